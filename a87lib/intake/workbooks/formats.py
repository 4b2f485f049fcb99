"""Number formats: whether a number is shown as a date or as a percentage."""

from __future__ import annotations

import re
from datetime import date, timedelta

_LITERAL = re.compile(r'"[^"]*"|\\.|\[(?!h|m|s)[^\]]*\]|_.|\*.', re.I)
_DATE_IDS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_PERCENT_IDS = {9, 10}
GENERAL = "General"
LEAP_1900 = 60
"""The serial of 29 February 1900, a day that there was not."""


def built_in(number: int) -> str:
    """The format of an id that files do not spell out, as far as it matters here."""
    if number in _DATE_IDS:
        return "yyyy-mm-dd"
    return "0%" if number in _PERCENT_IDS else GENERAL


def _bare(form: str) -> str:
    return _LITERAL.sub("", form.split(";")[0])


def shows_date(form: str) -> bool:
    """Whether a number in this format is shown as a day or a time."""
    bare = _bare(form)
    return bare.casefold() != "general" and re.search(r"[dmyhs]", bare, re.I) is not None


def shows_percent(form: str) -> bool:
    """Whether a number in this format is shown multiplied by a hundred, with a percent sign."""
    return "%" in _bare(form)


def day(serial: float, date1904: bool) -> date | None:
    """The day that a serial stands for; None where there is no such day."""
    whole = int(serial // 1)
    if whole < 0 or whole > 2_958_465 or (whole == LEAP_1900 and not date1904):
        return None
    if date1904:
        start = date(1904, 1, 1)
    else:
        start = date(1899, 12, 30) if whole > LEAP_1900 else date(1899, 12, 31)
    try:
        return start + timedelta(days=whole)
    except OverflowError:
        return None
