"""Names as people type them: brought to one form, resolved exactly or refused with suggestions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache

from a87lib import framework

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼʹ`´ꞌ＇", "'"))
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064\ufeff]"
)
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_OVERRIDE = re.compile("[\u202d\u202e]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_MOJIBAKE = re.compile("[ÃÂ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œ]|â€[\x80-\xbf™œ“”¦\u0153]|\ufffd")


def normal(text: str) -> str:
    """A name as names are compared: spaces, case, apostrophes and dashes make no difference."""
    plain = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES).translate(_DASHES)
    return " ".join(plain.split()).casefold()


def overrides(text: str) -> bool:
    """Whether the text forces a direction of writing upon its reader."""
    return _OVERRIDE.search(text) is not None


def directs(text: str) -> bool:
    """Whether the text holds any character that steers the direction of writing."""
    return _DIRECTION.search(text) is not None


def invisible(text: str) -> bool:
    """Whether the text holds characters of no width."""
    return _INVISIBLE.search(text) is not None


def controls(text: str) -> bool:
    """Whether the text holds control characters, or characters that no text has."""
    return _CONTROL.search(text) is not None


def mojibake(text: str) -> bool:
    """Whether the text looks as if it had been read in a wrong encoding."""
    return _MOJIBAKE.search(text) is not None


def foreign_letters(text: str) -> str:
    """Letters of another script in a word of Latin letters, with their code points."""
    named = {c: unicodedata.name(c, "") for c in text if c.isalpha()}
    others = [c for c, name in named.items() if not name.startswith("LATIN")]
    if not others or len(others) == len(named):
        return ""
    return ", ".join(f"{c} (U+{ord(c):04X} {named[c].title()})" for c in others)


@lru_cache
def _countries() -> Mapping[str, str]:
    """Codes (two and three letters, M49) and names in three languages -> ISO 3166-1 alpha-3."""
    found: dict[str, str] = {}
    for table in (framework.countries(), framework.invented_countries()):
        for iso3, country in table.items():
            words = (iso3, country.iso2, country.m49, *country.names.values())
            found |= {normal(word): iso3 for word in words if word}
    return found


def country_of(text: str) -> str | None:
    """The country that a code or a name in one of the three languages stands for."""
    return _countries().get(normal(text))


def countries_near(text: str, language: str) -> list[str]:
    """Names of countries that may have been meant; never chosen from."""
    near = get_close_matches(normal(text), _countries(), n=8, cutoff=0.72)
    codes = dict.fromkeys(_countries()[word] for word in near)
    return [framework.country_name(code, language) for code in codes][:4]


def m49_without_zeros(number: float) -> list[str]:
    """Numeric country codes that a number may be when its leading zeros were lost."""
    if not float(number).is_integer() or not 0 < number < 1000:
        return []
    padded = f"{int(number):03d}"
    return [padded] if padded in _countries() and padded != str(int(number)) else []
