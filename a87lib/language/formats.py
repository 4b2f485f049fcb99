"""Dates, numbers and lists as a reader of a language writes them (Babel)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from babel import Locale, dates, lists, numbers

from a87lib.language.typography import NARROW, NO_BREAK
from a87lib.problems import usage

LANGUAGES = ("en", "fr", "es")
LOCALES = {"en": "en_GB", "fr": "fr_FR", "es": "es_ES"}
FOUR = 4  # digits that are written without a space in Spanish
SOUND_OF_I = re.compile(r"[ií]|h[ií](?![aeo])", re.IGNORECASE)
MONTH_PATTERNS = {"en": "MMMM y", "fr": "MMMM y", "es": "MMMM 'de' y"}


def check_language(language: str) -> str:
    """The language, if it is one of ours; otherwise a problem of usage."""
    if language not in LANGUAGES:
        raise usage("unknown_language", found=language, known=", ".join(LANGUAGES))
    return language


@lru_cache
def locale(language: str) -> Locale:
    """Babel's locale of a language."""
    return Locale.parse(LOCALES[check_language(language)])


@lru_cache(maxsize=4096)
def format_day(day: date, language: str, precision: str = "day") -> str:
    """A calendar day in words; with precision month or year only what is known."""
    if precision == "year":
        return str(day.year)
    if precision == "month":
        return dates.format_date(day, MONTH_PATTERNS[language], locale(language))
    text = dates.format_date(day, "long", locale(language))
    return text.replace("1 ", "1er ", 1) if language == "fr" and day.day == 1 else text


def format_instant(instant: datetime, language: str) -> str:
    """An instant in UTC, to the minute."""
    day = format_day(instant.date(), language)
    time = dates.format_time(instant, "HH:mm", locale=locale(language))
    return f"{day}, {time} UTC"


def format_number(value: float | int | Decimal, language: str, digits: int | None = None) -> str:
    """A number with the language's separators; digits: its decimals (None: up to 3)."""
    pattern = "#,##0.###" if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    text = numbers.format_decimal(value, format=pattern, locale=locale(language))
    return _spaced_thousands(text) if language == "es" else text


def _spaced_thousands(text: str) -> str:
    """A Spanish number with a thin space between thousands from five digits on, without a dot."""
    whole, comma, rest = text.partition(",")
    digits = sum(sign.isdigit() for sign in whole)
    return whole.replace(".", NARROW if digits > FOUR else "") + comma + rest


def enough(value: float | int | Decimal, digits: int) -> int:
    """So many decimals, or as many as it takes that what is not zero is not printed as zero."""
    if not 0 < abs(float(value)) < 1:
        return digits
    exact = Decimal(str(value))
    return digits if round(exact, digits) else -exact.adjusted()


def format_percent(value: float, language: str, digits: int = 1) -> str:
    """A percentage given in percent (12.5 is 12.5 %), not as a share; 0 only where it is zero."""
    number = format_number(value, language, enough(value, digits))
    return (
        f"{number}%"
        if language == "en"
        else f"{number}\u202f%"
        if language == "fr"
        else f"{number}\u00a0%"
    )


def format_money(value: float | int | Decimal, currency: str, language: str) -> str:
    """An amount with its ISO 4217 code, without decimals."""
    number = format_number(value, language, 0)
    return f"{currency}\u00a0{number}" if language == "en" else f"{number}\u00a0{currency}"


def in_a_row(items: Sequence[str], language: str) -> str:
    """Items one after the other, with the semicolon of the language: a; b; c."""
    return ("\u202f; " if language == "fr" else "; ").join(items)


def with_colon(name: str, told: object, language: str) -> str:
    """What is told under a name, with the colon of the language: name: told."""
    return f"{name}{NO_BREAK if language == 'fr' else ''}: {told}"


def join(items: Sequence[str], language: str) -> str:
    """Items as a list in words: a, b and c; in Spanish “e” before the sound of i."""
    told = lists.format_list(list(items), style="standard", locale=locale(language))
    if language == "es" and len(items) > 1 and SOUND_OF_I.match(items[-1]):
        return f"{told.removesuffix(f'y {items[-1]}')}e {items[-1]}"
    return told


def alphabetical(name: str) -> str:
    """What a name is sorted by, as in a dictionary: without case and accents."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return plain.casefold()
