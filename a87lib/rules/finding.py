"""What a rule answers, why, and on what it rests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Answer(StrEnum):
    """The five answers of a rule."""

    YES = "yes"
    NO = "no"
    TOO_EARLY = "too_early"
    ASK = "ask"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a key of the catalogue (`reason.<key>`), the cycle it is about, and what it rests on.

    entries: numbers of the register's entries. args: what the sentence names (days, seats …).
    """

    key: str
    cycle: int | None = None
    entries: tuple[int, ...] = ()
    args: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The key, followed by its cycle where it has one: as cases write it."""
        return self.key if self.cycle is None else f"{self.key} {self.cycle}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule's function found; the decorator makes a Finding of it."""

    answer: Answer | None
    because: tuple[Reason, ...] = ()
    value: Any = None
    since: date | None = None
    next_on: date | None = None


ASKED = ("cycle", "criterion", "seat", "indicator", "year", "group")
"""What a question may name beside the subject."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The answer of one rule about one subject as of a day.

    subject: a country's code, or `meeting 12`, or `gcm`. answer: None where the rule gives a value
    only (standing.status). because: the reasons. paragraph: where the rule comes from. parameters:
    the dated values used. interpretations: the readings used. value, since, next_on: what the rule
    adds. cycle, criterion, seat, indicator, year, group: what exactly it was asked about.
    """

    rule: str
    subject: str
    asof: date
    answer: Answer | None
    because: tuple[Reason, ...]
    paragraph: str
    parameters: Mapping[str, Any]
    interpretations: tuple[str, ...]
    value: Any = None
    since: date | None = None
    next_on: date | None = None
    cycle: int | None = None
    criterion: str | None = None
    seat: str | None = None
    indicator: str | None = None
    year: int | None = None
    group: str | None = None

    @property
    def meeting(self) -> int | None:
        """The number of the meeting that the finding is about, where it is about one."""
        kind, _, number = self.subject.partition(" ")
        return int(number) if kind == "meeting" else None

    @property
    def about(self) -> dict[str, Any]:
        """What the rule was asked about, beside the subject."""
        asked = {name: getattr(self, name) for name in ASKED}
        return {name: value for name, value in asked.items() if value is not None}
