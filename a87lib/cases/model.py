"""A case: a few facts, a day, and what must be found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from a87lib.countryfile import Coverage
from a87lib.facts import Fact


@dataclass(frozen=True, slots=True)
class Expectation:
    """What one rule must answer. about: cycle, criterion, seat, indicator, where named."""

    rule: str
    about: Mapping[str, Any]
    expected: Mapping[str, Any]
    line: int


@dataclass(frozen=True, slots=True)
class Case:
    """One case.

    council: the seats that are held (`full`, `none`). attendance: how many seats of each group are
    present, and the presence of single seats (present, apology, absent). year: the calendar year
    that gcm.meetings_held is asked about.
    """

    name: str
    paragraph: str
    country: str | None
    meeting: int | None
    facts: tuple[Fact, ...]
    asof: date
    known_at: datetime | None
    coverage: Coverage
    council: str | None
    attendance: Mapping[str, int | str] | None
    year: int | None
    expectations: tuple[Expectation, ...]
    file: str
    line: int = 0
