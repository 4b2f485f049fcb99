"""Whole years counted from a day."""

from __future__ import annotations

from datetime import date


def anniversary(day: date, years: int) -> date:
    """The same day so many years later; 1 March for a 29 February that the year does not have."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; 28 February for a 29 February the year does not have."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)
