"""When a decision of the GCM is valid (TR-DEC-1, TR-DEC-2, INT-08, INT-16)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from a87lib.facts import Entry
from a87lib.facts.codes import Coded
from a87lib.framework import Framework
from a87lib.meetingfile import Seating
from a87lib.rules.erased import content_not_on_file
from a87lib.rules.finding import Reason
from a87lib.rules.in_force import in_force

SEPARATE = ("development_partners", "regional_governments")


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many seats were present, and which stakeholder groups were not.

    present: seats counted. needed: how many make a quorum. missing_seats: how many more are needed
    by number; missing_groups: groups with nobody present, where too few groups were.
    """

    present: int
    needed: int
    missing_seats: int
    missing_groups: tuple[str, ...]

    @property
    def reached(self) -> bool:
        """Whether there is a quorum."""
        return self.missing_seats == 0 and not self.missing_groups

    @property
    def more_needed(self) -> int:
        """How many more must come at least: one of each missing group counts towards the number."""
        return max(self.missing_seats, len(self.missing_groups))


@dataclass(frozen=True, slots=True)
class Presence:
    """The seats recorded as present that somebody held, and those that nobody did."""

    seats: tuple[str, ...]
    unseated: tuple[str, ...] = ()


def quorum_groups(framework: Framework, asof: date) -> dict[str, str]:
    """Each seat's group for the quorum: five groups, or seven where so read (INT-08)."""
    five = {seat.id: seat.group for seat in framework.seats.values()}
    more = int(in_force(framework, "gcm.quorum_groups", asof)) > len(set(five.values()))
    if framework.reading("INT-08") != "seven_groups" and not more:
        return five
    return {
        seat.id: seat.sub_group if seat.sub_group in SEPARATE else seat.group
        for seat in framework.seats.values()
    }


def quorum(present: Iterable[str], framework: Framework, asof: date) -> Quorum:
    """Whether these seats make a quorum: 16 of them, and one of each stakeholder group."""
    seats = frozenset(present)
    groups = quorum_groups(framework, asof)
    here = {groups[seat] for seat in seats}
    order = list(dict.fromkeys(groups.values()))
    needed = int(in_force(framework, "gcm.quorum", asof))
    groups_needed = len(order)
    if framework.reading("INT-08") != "seven_groups":
        groups_needed = min(groups_needed, int(in_force(framework, "gcm.quorum_groups", asof)))
    missing = tuple(group for group in order if group not in here)
    return Quorum(
        present=len(seats),
        needed=needed,
        missing_seats=max(0, needed - len(seats)),
        missing_groups=missing if len(here) < groups_needed else (),
    )


def seated(
    present: Iterable[str], seating: Seating, day: date, *, seats_complete: bool
) -> Presence:
    """Of the seats recorded as present, those that somebody held on the day.

    seats_complete: whether the register tells of every seat that was taken; without that, a seat of
    which nothing is on file is counted as recorded.
    """
    counted: list[str] = []
    unseated: list[str] = []
    for seat in dict.fromkeys(present):
        sat = seating.sat(seat, day)
        if sat is None:
            sat = not (seating.known and seats_complete)
        (counted if sat else unseated).append(seat)
    return Presence(tuple(counted), tuple(unseated))


def quorum_reasons(found: Quorum, entries: tuple[int, ...] = ()) -> list[Reason]:
    """How many were there, and what is missing for a quorum."""
    reasons = [
        Reason("quorum_present", None, entries, {"count": found.present, "needed": found.needed})
    ]
    if found.missing_seats:
        args = {"count": found.missing_seats, "needed": found.needed}
        reasons.append(Reason("quorum_seats_missing", None, entries, args))
    reasons += [
        Reason("quorum_group_missing", None, entries, {"group": group_name(group)})
        for group in found.missing_groups
    ]
    return reasons


def unseated_reason(presence: Presence, entries: tuple[int, ...] = ()) -> list[Reason]:
    """That somebody was recorded as present on a seat that nobody held: not counted."""
    if not presence.unseated:
        return []
    seats = tuple(Coded("seat", seat) for seat in presence.unseated)
    args = {"seats": seats, "count": len(seats)}
    return [Reason("attendance_without_seat", None, entries, args)]


def group_name(group: str) -> Coded:
    """A stakeholder group, to be said in the reader's language."""
    return Coded("seat_sub_group" if group in SEPARATE else "seat_group", group)


def present_at(entries: Sequence[Entry]) -> list[str] | None:
    """The seats recorded as present at a meeting; None where no attendance is on file."""
    last = {e.body.seat: e.body.presence for e in entries if e.kind == "attendance_recorded"}
    if not last:
        return None
    return [seat for seat, presence in last.items() if presence == "present"]


def _attendance_erased(entries: Sequence[Entry]) -> bool:
    return any(entry.erased and entry.kind == "attendance_recorded" for entry in entries)


@dataclass(frozen=True, slots=True)
class Validity:
    """Whether a decision is valid (None: the file does not say whether there was a quorum).

    valid: whether it has its effect; where the quorum is not known it stands (INT-16).
    """

    valid: bool
    reasons: tuple[Reason, ...] = ()
    reached: bool | None = None
    quorum: Quorum | None = None


def validity(
    decision: Entry,
    meeting: Sequence[Entry],
    framework: Framework,
    asof: date,
    *,
    seating: Seating,
    seats_complete: bool,
) -> Validity:
    """Valid with quorum at that decision and consensus recorded; no word of quorum: noted (INT-16).

    meeting: the entries of the meeting. The seats present at the decision itself are looked at
    first, then what the record says of the quorum, then the meeting's attendance.
    """
    body = decision.body
    if decision.erased:
        return Validity(False, content_not_on_file([decision]))
    here = (decision.no,)
    reasons = []
    if body.consensus is not True:
        reasons.append(Reason("decision_without_consensus", None, here, _day(decision)))
    present = body.present
    if present is None and body.quorum is None:
        present = present_at(meeting)
    counted, reached, notes = None, body.quorum, []
    if present is not None:
        day = decision.when.last
        presence = seated(present, seating, day, seats_complete=seats_complete)
        counted = quorum(presence.seats, framework, asof)
        reached = counted.reached
        if not reached and body.present is None and _attendance_erased(meeting):
            counted, reached = None, None  # somebody else may have been there
        notes = unseated_reason(presence, here)
    if reached is False:
        reasons.append(Reason("decision_without_quorum", None, here, _day(decision)))
    valid = not reasons or framework.reading("INT-16") == "recorded_stands"
    if reached is None:
        reasons.append(Reason("quorum_not_recorded", None, here, _day(decision)))
    return Validity(valid, (*reasons, *notes), reached, counted)


def _day(decision: Entry) -> dict[str, Any]:
    return {"when": decision.when}
