"""Dates as people know them: to the day, the month or the year."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Literal

from a87lib.language import format_day

Precision = Literal["day", "month", "year"]

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEAR = re.compile(r"\d{4}")
EARLIEST_YEAR = 1900


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date known to the day, month or year: the days it may be, from first to last (INT-12)."""

    first: date
    last: date
    precision: Precision = "day"

    @classmethod
    def of(cls, value: object, precision: str | None = None) -> PartialDate:
        """A date from `2022-04-30`, `2022-04`, `2022` or a date, at most as precise as `precision`.

        Raises ValueError naming the value where it is no date of the calendar.
        """
        first, last, own = _span(value)
        if precision is None or precision == own:
            return cls(first, last, own)
        if precision not in ("day", "month", "year"):
            raise ValueError(f"precision {precision!r} is none of day, month, year")
        if precision == "month" and own == "day":
            return cls(*_month(first.year, first.month), "month")
        if precision == "year":
            return cls(date(first.year, 1, 1), date(first.year, 12, 31), "year")
        raise ValueError(f"{value!r} is known to the {own} only, not to the {precision}")

    @property
    def exact(self) -> bool:
        """Whether the day itself is known."""
        return self.first == self.last

    def say(self, language: str) -> str:
        """The date in words, to what is known of it."""
        return format_day(self.first, language, self.precision)

    def __str__(self) -> str:
        return self.first.isoformat()[: {"day": 10, "month": 7, "year": 4}[self.precision]]


def _month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _span(value: object) -> tuple[date, date, Precision]:
    if isinstance(value, datetime):
        raise ValueError(f"{value.isoformat()} is an instant where a day is meant")
    if isinstance(value, date):
        return value, value, "day"
    text = str(value).strip()
    if _YEAR.fullmatch(text) and int(text) >= EARLIEST_YEAR:
        return date(int(text), 1, 1), date(int(text), 12, 31), "year"
    if matched := _MONTH.fullmatch(text):
        if 1 <= int(matched[2]) <= 12:
            return (*_month(int(matched[1]), int(matched[2])), "month")
        raise ValueError(f"{text} names no month of the calendar")
    day = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    if day is None:
        raise ValueError(f"{text!r} is not a date such as 2022-04-30, 2022-04 or 2022")
    return day, day, "day"


def instant(value: object, *, end_of_day: bool = False) -> datetime:
    """An instant in UTC from an instant or a day (a day: its first, or last, microsecond).

    Raises ValueError where the value is neither.
    """
    if isinstance(value, str):
        text = value.strip()
        value = date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    if isinstance(value, date):
        return datetime.combine(value, time.max if end_of_day else time.min, UTC)
    raise ValueError(f"{value!r} is neither an instant nor a day")
