"""The review of one country's file in one cycle, as its entries say; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

from a87lib import framework
from a87lib.countryfile.effective import effective
from a87lib.facts import DESK_KINDS, Entry
from a87lib.register import Register, StoredEntry
from a87lib.register.typed import typed

Round = Literal["assessment", "conclusion", "comments", "reply", "finalisation"]
Timeliness = Literal["on_time", "late", "closed"]
ROUNDS: tuple[Round, ...] = ("assessment", "conclusion", "comments", "reply", "finalisation")
READ = (
    *sorted(DESK_KINDS - {"roles_given"}),
    "assessment_made",
    "comments_sent",
    "reply_received",
    "report_finalised",
    "report_received",
    "subgroup_concluded",
)
"""The kinds of entries that a review is computed from."""


def criteria() -> tuple[str, ...]:
    """What is judged: evidence, participation, collaboration, and what the framework adds."""
    return tuple(framework.load().vocabulary("criterion"))


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when a round is to be done. closes_on: the last day of grace."""

    due_on: date
    closes_on: date


@dataclass(frozen=True)
class Review:
    """One country, one cycle. entries: those of READ that hold, corrections applied.

    versions: of an entry that holds, how many there were of it (1: it corrects none).
    """

    country: str
    cycle: int
    entries: Sequence[Entry]
    versions: Mapping[int, int]

    def of(self, *kinds: str) -> list[Entry]:
        """The entries of these kinds in this cycle, in order of their numbers."""
        found = [e for e in self.entries if e.kind in kinds and e.cycle == self.cycle]
        return sorted(found, key=lambda e: e.no)

    def version(self, entry: Entry | None) -> int:
        """Which version an entry is: 0 where there is none yet. Tells nothing of other entries."""
        return 0 if entry is None else self.versions[entry.no]

    def last(self, kind: str) -> Entry | None:
        """The latest entry of a kind in this cycle."""
        return next(reversed(self.of(kind)), None)

    @cached_property
    def assigned(self) -> dict[str, Entry]:
        """Who reviews this file: the assignment by person."""
        return {e.body.reviewer: e for e in self.of("review_assigned")}

    @property
    def leads(self) -> list[str]:
        """Who leads the review."""
        return [who for who, e in self.assigned.items() if e.body.role == "lead"]

    @cached_property
    def assessments(self) -> dict[str, dict[str, Entry]]:
        """What each reviewer delivered: by person, then by criterion."""
        found: dict[str, dict[str, Entry]] = {}
        for entry in self.of("assessment_made"):
            found.setdefault(entry.body.reviewer or "", {})[entry.body.criterion] = entry
        return found

    def delivered(self, person: str) -> bool:
        """Whether a person delivered an assessment of every criterion."""
        return set(self.assessments.get(person, ())) >= set(criteria())

    @cached_property
    def conclusions(self) -> dict[str, Entry]:
        """The subgroup's conclusions by criterion."""
        return {e.body.criterion: e for e in self.of("subgroup_concluded")}

    @property
    def concluded(self) -> bool:
        """Whether there is a conclusion on every criterion."""
        return set(self.conclusions) >= set(criteria())

    def deadline(self, round: Round) -> Deadline | None:
        """By when a round is to be done: the country's own day, else that of all."""
        set_ = [e for e in self.of("review_deadline_set") if e.body.round == round]
        own = [e for e in set_ if e.country is not None] or set_
        if not own:
            return None
        body = own[-1].body
        last = body.due_on + timedelta(days=body.grace_days)
        return Deadline(body.due_on, last)

    def reopened(self, round: Round, person: str, today: date, after: int) -> Entry | None:
        """The reopening that holds for a person on a day and came after entry no. `after`."""
        for entry in reversed(self.of("review_reopened")):
            body = entry.body
            meant = body.round == round and body.person in (None, person)
            if meant and body.until >= today and entry.no > after:
                return entry
        return None

    def timeliness(self, round: Round, person: str, today: date, after: int = 0) -> Timeliness:
        """Whether something done today is in time, late, or the round is closed.

        after: the entry by which it was done last; a reopening before that is used up.
        """
        deadline = self.deadline(round)
        if deadline is None or today <= deadline.due_on:
            return "on_time"
        if today <= deadline.closes_on or self.reopened(round, person, today, after):
            return "late"
        return "closed"


def review_of(on: Register, country: str, cycle: int) -> Review:
    """The review of a country's file in a cycle as the register has it; whoever asks."""
    stored = [e for e in on.entries(country, kinds=READ) if e.cycle == cycle]
    held = [*_general(on), *effective(map(typed, stored))]
    return Review(country, cycle, held, _versions(stored))


def reviews_of(on: Register, cycle: int) -> dict[str, Review]:
    """The reviews of a cycle by country, of every country with an entry that they are about."""
    stored = [e for e in on.entries(kinds=READ) if e.cycle == cycle]
    held, versions = effective(map(typed, stored)), _versions(stored)
    general = [e for e in held if e.country is None]
    codes = sorted({e.country for e in held if e.country is not None})
    return {
        code: Review(code, cycle, [*general, *(e for e in held if e.country == code)], versions)
        for code in codes
    }


def _versions(stored: Sequence[StoredEntry]) -> dict[int, int]:
    found: dict[int, int] = {}
    for entry in stored:
        found[entry.no] = found.get(entry.corrects or 0, 0) + 1
    return found


def _general(on: Register) -> list[Entry]:
    """The entries of reviews that are about no country in particular: deadlines for all."""
    found = effective(on.facts(kinds=("review_deadline_set",)))
    return [e for e in found if e.country is None]
