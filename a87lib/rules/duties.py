"""Which reports a country owes, and when they are due (AF-MON-3, INT-01, -02, -04, -19)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from a87lib.countryfile import CountryFile
from a87lib.facts import PartialDate
from a87lib.framework import Framework
from a87lib.rules.history import history
from a87lib.rules.in_force import in_force
from a87lib.rules.rule import derived

READINGS = ("INT-01", "INT-02")
ONE_DAY = timedelta(days=1)


@lru_cache
def due_on(cycle: int, framework: Framework) -> date:
    """The last day on which the cycle's report is on time."""
    last = _day_of(cycle, "cycle.due", framework)
    return last if framework.reading("INT-02") == "last_day_included" else last - ONE_DAY


@lru_cache
def silent_until(cycle: int, framework: Framework) -> date:
    """The day up to which silence about a cycle says nothing (INT-06)."""
    return _day_of(cycle, "signals.silence_until", framework)


def _day_of(year: int, name: str, framework: Framework) -> date:
    """The day of a year that a parameter names as month and day."""
    month, day = map(int, str(in_force(framework, name, date(year, 1, 1))).split("-"))
    return date(year, month, day)


def on_time(when: PartialDate, due: date) -> bool | None:
    """Whether a day is on or before the due date; None where its month or year leaves it open."""
    return None if when.first <= due < when.last else when.last <= due


def first_cycle(granted_on: date, framework: Framework) -> int:
    """The first cycle of a country whose status was granted on a day (INT-01)."""
    if framework.reading("INT-01") == "april_of_following_year":
        return granted_on.year + 1
    same_year = granted_on.year
    return same_year if granted_on <= due_on(same_year, framework) else same_year + 1


@derived
def owes(file: CountryFile, framework: Framework, cycle: int) -> bool:
    """Whether the country owed (or, on a day to come, will owe) the report of a cycle.

    A reactivated country owes what is due after the day of the decision, not on it (INT-19).
    """
    past = history(file, framework)
    if past.granted_on is None or cycle < first_cycle(past.granted_on, framework):
        return False
    due = due_on(cycle, framework)
    return past.active_on(due) and due not in past.reactivations


def still_owes(file: CountryFile, framework: Framework, cycle: int) -> bool:
    """Whether the report of a cycle is owed still: nothing of before a reactivation is (INT-19)."""
    since = history(file, framework).reactivated_on
    past = since is not None and due_on(cycle, framework) <= since
    return not past and owes(file, framework, cycle)


@derived
def owed_cycles(file: CountryFile, framework: Framework) -> tuple[int, ...]:
    """The cycles owed whose due date has passed, oldest first."""
    granted = history(file, framework).granted_on
    if granted is None:
        return ()
    years = range(first_cycle(granted, framework), file.asof.year + 1)
    return tuple(
        year
        for year in years
        if due_on(year, framework) < file.asof and owes(file, framework, year)
    )


@derived
def counted_cycles(file: CountryFile, framework: Framework) -> tuple[int, ...]:
    """The owed cycles that count for a sign: those since a reactivation only (INT-04, INT-19)."""
    owed = owed_cycles(file, framework)
    return tuple(cycle for cycle in owed if still_owes(file, framework, cycle))


def next_due(asof: date, framework: Framework) -> tuple[int, date]:
    """The next cycle whose due date has not passed, and that date."""
    cycle = asof.year if asof <= due_on(asof.year, framework) else asof.year + 1
    return cycle, due_on(cycle, framework)
