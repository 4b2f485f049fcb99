"""Who held which seat, and when (TR-SEAT-1, TR-SEAT-2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby

from a87lib.facts import Entry, in_order
from a87lib.facts.codes import Holder
from a87lib.meetingfile.file import CouncilFile

SEAT_KINDS = ("seat_taken", "seat_left")


@dataclass(frozen=True, slots=True)
class Tenure:
    """A seat held by one holder: from the day it was taken until the day it was left.

    until: None while it is held. left: the entry that says so; None where the seat was taken over.
    """

    seat: str
    holder: Holder
    since: date
    taken: Entry
    until: date | None = None
    left: Entry | None = None

    def held_at_end_of(self, day: date) -> bool:
        """Whether the seat was still held when the day was over."""
        return self.since <= day and (self.until is None or day < self.until)

    def held_on(self, day: date) -> bool:
        """Whether the seat was held at some time of the day (the day it was left included)."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Seating:
    """All seats of which something is on file. tenures: per seat, oldest first.

    vacated: per seat, the days on which it was left; they tell of a holder even where nobody
    recorded when the seat had been taken.
    """

    tenures: dict[str, list[Tenure]] = field(default_factory=dict)
    vacated: dict[str, list[date]] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Seating:
        """The seating that entries of kinds seat_taken and seat_left tell of."""
        events: dict[str, list[Entry]] = defaultdict(list)
        for entry in sorted((e for e in entries if not e.erased), key=in_order):
            events[entry.body.seat].append(entry)
        tenures = {seat: _tenures(seat, told) for seat, told in events.items()}
        vacated = {
            seat: [entry.when.last for entry in told if entry.kind == "seat_left"]
            for seat, told in events.items()
        }
        return cls(tenures, vacated)

    @property
    def known(self) -> bool:
        """Whether anything at all is on file about seats."""
        return bool(self.tenures)

    def holding(self, seat: str, day: date) -> Tenure | None:
        """Who held the seat at the end of the day."""
        for tenure in reversed(self.tenures.get(seat, ())):
            if tenure.held_at_end_of(day):
                return tenure
        return None

    def held(self, day: date) -> list[str]:
        """The seats held at the end of the day."""
        return [seat for seat in self.tenures if self.holding(seat, day) is not None]

    def sat(self, seat: str, day: date) -> bool | None:
        """Whether somebody had the seat on the day; None where the file does not say."""
        told = self.tenures.get(seat, ())
        if any(tenure.held_on(day) for tenure in told) or day in self.vacated.get(seat, ()):
            return True
        if any(left < day for left in self.vacated.get(seat, ())):
            return False
        return None


def _tenures(seat: str, told: list[Entry]) -> list[Tenure]:
    found: list[Tenure] = []
    for _, of_day in groupby(told, key=lambda entry: entry.when.last):
        today = list(of_day)
        held = bool(found) and found[-1].until is None
        # whoever held the seat leaves before the next one takes it on the same day
        today.sort(key=lambda entry: (entry.kind != "seat_left") if held else entry.no)
        for entry in today:
            _apply(found, seat, entry)
    return found


def _apply(found: list[Tenure], seat: str, entry: Entry) -> None:
    day = entry.when.last
    if found and found[-1].until is None:
        left = entry if entry.kind == "seat_left" else None
        found[-1] = replace(found[-1], until=day, left=left)
    if entry.kind == "seat_taken":
        found.append(Tenure(seat, Holder(entry.body.holder), day, entry))


def seating(file: CouncilFile) -> Seating:
    """The seating on file by the file's day."""
    key = "seating"
    if key not in file.derived:
        file.derived[key] = Seating.of(file.of(*SEAT_KINDS))
    found: Seating = file.derived[key]
    return found
