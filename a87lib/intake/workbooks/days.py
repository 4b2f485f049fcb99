"""Days as people and spreadsheets write them."""

from __future__ import annotations

import re
from datetime import date

from a87lib.facts import PartialDate
from a87lib.intake.workbooks import formats
from a87lib.intake.workbooks.cells import Cell

_NUMERIC = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{2}|\d{4})", re.A)
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})", re.A)
_INSTANT = re.compile(r"(\d{4}-\d{2}-\d{2})T[\d:.Z+-]*", re.A)
_PARTIAL = re.compile(r"\d{4}(-\d{2})?", re.A)
YEARS = range(1900, 2101)


def read(cell: Cell, date1904: bool) -> PartialDate | str:
    """The day, month or year in a cell, or the code of what is wrong with it."""
    if isinstance(cell.value, bool):
        return "date_expected"
    if isinstance(cell.value, float):
        return _serial(cell.value, cell.format, date1904)
    return _text(str(cell.value).strip())


def _serial(number: float, form: str, date1904: bool) -> PartialDate | str:
    if number - number != 0:
        return "date_expected"
    if not formats.shows_date(form):
        if number.is_integer() and int(number) in YEARS:
            return PartialDate.of(str(int(number)))
        return "date_serial"
    day = formats.day(number, date1904)
    if day is None:
        return "date_leap_1900" if int(number) == formats.LEAP_1900 else "date_impossible"
    return PartialDate.of(day)


def _text(text: str) -> PartialDate | str:
    if any(c.isdecimal() and not c.isascii() for c in text):
        return "number_digits"
    if found := _INSTANT.fullmatch(text):
        text = found[1]
    if _PARTIAL.fullmatch(text):
        try:
            return PartialDate.of(text)
        except ValueError:
            return "date_impossible"
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMERIC.fullmatch(text):
        return _either(int(found[1]), int(found[2]), found[3])
    return "date_expected"


def _either(first: int, second: int, year: str) -> PartialDate | str:
    if len(year) == 2:
        return "date_ambiguous"
    if first <= 12 and second <= 12 and first != second:
        return "date_ambiguous"
    return _day(int(year), *((first, second) if second > 12 else (second, first)))


def _day(year: int, month: int, day: int) -> PartialDate | str:
    try:
        return PartialDate.of(date(year, month, day))
    except ValueError:
        return "date_impossible"
