"""What a case says in short about the GCM, as facts: all seats held, so many present per group."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from a87lib import framework
from a87lib.cases.model import Case
from a87lib.facts import KINDS, Fact, PartialDate, instant
from a87lib.framework import Seat
from a87lib.meetingfile import Seating

SOME_MEETING = 1  # where a case gives attendance and does not say at which meeting
TAKES_PLACE = ("meeting_held", "attendance_recorded", "decision_made", "item_minuted")


def council_facts(case: Case) -> list[Fact]:
    """`council: full` and `attendance:` of a case as facts of kinds seat_taken, meeting_held and
    attendance_recorded.

    A full council has held its seats since the year before anything in the case. Attendance
    without a word on the council takes all seats as held of which the case says nothing itself.
    """
    facts = _seats(case)
    if case.attendance is not None:
        facts += _meeting(case, case.attendance, [*case.facts, *facts])
    return facts


def meeting_meant(case: Case) -> int | None:
    """The meeting that a case is about: the one it names, else the last one among its facts."""
    if case.meeting is not None:
        return case.meeting
    told = [f for f in case.facts if f.meeting is not None and f.when.first <= case.asof]
    if told:
        return max(told, key=lambda f: (f.when.last, f.meeting or 0)).meeting
    return None if case.attendance is None else SOME_MEETING


def _seats(case: Case) -> list[Fact]:
    if case.council == "none" or (case.council is None and case.attendance is None):
        return []
    told = {
        getattr(f.body, "seat", "") for f in case.facts if f.kind in ("seat_taken", "seat_left")
    }
    first = min([case.asof, *(f.when.first for f in case.facts if not f.withdrawn)])
    taken = PartialDate.of(date(first.year - 1, 1, 1))
    capacity = {"un_igo": "mandate"}
    return [
        _fact(
            "seat_taken",
            taken,
            seat=seat.id,
            holder=f"holder of {seat.id}",
            named_by=seat.named_by,
            capacity=capacity.get(seat.group),
        )
        for seat in framework.load().seats.values()
        if case.council == "full" or seat.id not in told
    ]


def _meeting(case: Case, attendance: Mapping[str, int | str], facts: list[Fact]) -> list[Fact]:
    meeting = meeting_meant(case)
    own = [fact for fact in case.facts if fact.meeting == meeting]
    held = [fact for fact in own if fact.kind == "meeting_held"]
    day = held[-1].when if held else _day(case, own)
    recorded = {getattr(f.body, "seat", "") for f in own if f.kind == "attendance_recorded"}
    made = [] if held else [_fact("meeting_held", day, meeting)]
    for seat, presence in _presences(attendance, facts, day.last).items():
        if seat not in recorded:
            made.append(_fact("attendance_recorded", day, meeting, seat=seat, presence=presence))
    return made


def _day(case: Case, own: list[Fact]) -> PartialDate:
    """The day of the meeting where the case does not say it: that of what took place at it."""
    days = [f.when for f in own if f.kind in TAKES_PLACE and f.when.exact and not f.withdrawn]
    return max([day for day in days if day.last <= case.asof], default=PartialDate.of(case.asof))


def _presences(attendance: Mapping[str, int | str], facts: list[Fact], day: date) -> dict[str, str]:
    """Each seat's presence: the first so many seats held of each group are present."""
    entries = [
        fact.entry(no, instant(fact.when.last), None)
        for no, fact in enumerate(facts, 1)
        if fact.kind in ("seat_taken", "seat_left") and not fact.withdrawn
    ]
    seating = Seating.of(entries)
    seats = framework.load().seats
    found: dict[str, str] = {}
    for group in dict.fromkeys(seat.group for seat in seats.values()):
        mine = [seat for seat in seats.values() if seat.group == group]
        order = sorted(mine, key=lambda seat: not seating.sat(seat.id, day))
        count = attendance.get(group, 0)
        here = {seat.id for seat in order[: count if isinstance(count, int) else 0]}
        found |= {s.id: _presence(s, here) for s in mine if s.id in here or seating.sat(s.id, day)}
    return found | {seat: str(said) for seat, said in attendance.items() if seat in seats}


def _presence(seat: Seat, here: set[str]) -> str:
    return "present" if seat.id in here else "absent"


def _fact(kind: str, when: PartialDate, meeting: int | None = None, **fields: object) -> Fact:
    stated = {name: value for name, value in fields.items() if value is not None}
    body = KINDS[kind].model_validate(stated)
    return Fact(kind=kind, when=when, body=body, meeting=meeting)
