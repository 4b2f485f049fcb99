"""The catalogues of readers' sentences."""

from __future__ import annotations

import gettext
import io
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from a87lib.language.formats import (
    check_language,
    format_day,
    format_instant,
    format_number,
    join,
)
from a87lib.language.typography import spaced

FOLDER = Path(__file__).parent / "catalogues"


class _Translations(gettext.GNUTranslations):
    """Translations that know which keys they hold, so that a missing one is an error."""

    known: frozenset[str]


def _merged(language: str) -> Catalog:
    merged = Catalog(locale=language)
    for path in sorted(FOLDER.glob(f"*.{language}.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language, abort_invalid=True):
                if not message.id:
                    continue
                key = message.id if isinstance(message.id, str) else message.id[0]
                if merged.get(key) is not None:
                    raise ValueError(f"{path.name}: key {key} stands in two catalogues or twice")
                merged.add(message.id, _spread(message.string, language))
    return merged


def _spread(text: Any, language: str) -> Any:
    """A sentence, or its plural forms, with the spaces that the language asks for."""
    return spaced(text, language) if isinstance(text, str) else [spaced(t, language) for t in text]


@lru_cache
def _translations(language: str) -> _Translations:
    catalogue = _merged(check_language(language))
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    buffer.seek(0)
    translations = _Translations(buffer)
    translations.known = frozenset(
        message.id if isinstance(message.id, str) else message.id[0]
        for message in catalogue
        if message.id and message.string
    )
    return translations


def keys(language: str = "en") -> frozenset[str]:
    """All keys of the language's catalogues."""
    return _translations(language).known


def has(key: str, language: str = "en") -> bool:
    """Whether the language has a sentence for the key."""
    return key in _translations(language).known


def spoken(value: object, language: str) -> str:
    """A value as a reader of the language writes it.

    What has a method `say` (a date of reduced precision, a country, a code) says itself.
    """
    own = getattr(value, "say", None)
    if own is not None:
        return str(own(language))
    if isinstance(value, bool) or value is None:
        raise TypeError(f"{value!r} has no words of its own: choose the sentence by it")
    if isinstance(value, datetime):
        return format_instant(value, language)
    if isinstance(value, date):
        return format_day(value, language)
    if isinstance(value, float):
        return format_number(value, language)
    if isinstance(value, (list, tuple)):
        return join([spoken(item, language) for item in value], language)
    return str(value)


class _Spoken(Formatter):
    """str.format whose fields are said in the reader's language ({cycle}, {asof}, {count})."""

    def __init__(self, language: str) -> None:
        self.language = language

    def format_field(self, value: object, format_spec: str) -> str:
        if format_spec == "n" and isinstance(value, (int, float)):
            return format_number(value, self.language)
        return format(spoken(value, self.language), format_spec)


@lru_cache
def _formatter(language: str) -> Callable[..., str]:
    return _Spoken(language).vformat


def say(key: str, language: str, **args: object) -> str:
    """The sentence of the key in the language, its fields filled in.

    Raises KeyError naming key and language where the catalogue has none, and where the sentence
    has a field that was not given. `count=` chooses among plural forms.
    """
    count = args.get("count")
    text = raw(key, language, count if isinstance(count, int) else 1)
    return _formatter(language)(text, (), args)


def raw(key: str, language: str, count: int = 1) -> str:
    """The sentence of the key with its fields still in it, in the plural form for `count`."""
    translations = _translations(language)
    if key not in translations.known:
        raise KeyError(f"no sentence {key!r} in {language!r}")
    plural = f"{key}.plural"
    text = translations.ngettext(key, plural, count)
    return translations.gettext(key) if text in (key, plural) else text
