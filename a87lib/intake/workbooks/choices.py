"""The codes that a drop-down offers, and the code that a label stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache

from a87lib import framework
from a87lib.intake.workbooks.layout import EVIDENCE_CIRCLES, STATUSES, Column
from a87lib.intake.workbooks.naming import normal
from a87lib.language import LANGUAGES

_FILTERED: dict[str, tuple[str, ...]] = {
    "observation_status": STATUSES,
    "visibility": EVIDENCE_CIRCLES,
}
_ALIASES = {"yes_no": ("indicator_option", ("yes", "no"))}


def _words(vocabulary: str) -> Mapping[str, Mapping[str, str]]:
    name, only = _ALIASES.get(vocabulary, (vocabulary, _FILTERED.get(vocabulary)))
    words = framework.load().vocabulary(name)
    return words if only is None else {code: words[code] for code in only}


@lru_cache(maxsize=256)
def offered(vocabularies: tuple[str, ...], language: str) -> Mapping[str, str]:
    """Code -> label, each label once: where two codes share one, the code is added to it."""
    labels = {code: w[language] for name in vocabularies for code, w in _words(name).items()}
    counts = Counter(map(normal, labels.values()))
    return {
        code: label if counts[normal(label)] == 1 else f"{label} [{code}]"
        for code, label in labels.items()
    }


@lru_cache(maxsize=256)
def _known(vocabularies: tuple[str, ...]) -> Mapping[str, str]:
    known: dict[str, str] = {}
    for language in LANGUAGES:
        for code, label in offered(vocabularies, language).items():
            known.setdefault(normal(label), code)
            known.setdefault(normal(code), code)
    return known


def code_of(column: Column, text: str) -> str | None:
    """The code that a label (of any of the languages) or a code stands for."""
    return _known(column.vocabularies).get(normal(text))


def labels(column: Column, language: str) -> Sequence[str]:
    """The labels of a column's drop-down."""
    return list(offered(column.vocabularies, language).values())


def label(column: Column, code: str, language: str) -> str:
    """The label of a code; the code itself where no vocabulary has it (a number of a priority)."""
    return offered(column.vocabularies, language).get(code, code)


def near(column: Column, text: str, language: str) -> list[str]:
    """Labels that may have been meant."""
    words = {normal(word): word for word in labels(column, language)}
    return [words[word] for word in get_close_matches(normal(text), words, n=3, cutoff=0.6)]
