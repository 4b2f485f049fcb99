"""What a case says in short about the GCM, as facts: all seats held, so many present per group."""

from __future__ import annotations

from datetime import date

from a87lib import framework
from a87lib.cases.model import Case
from a87lib.facts import KINDS, Fact, PartialDate

HELD_FOR_YEARS = 1  # the seats of a full council were taken a year before the day asked


def council_facts(case: Case) -> list[Fact]:
    """What `council: full` and `attendance:` of a case stand for."""
    facts = []
    if case.council == "full":
        taken = PartialDate.of(date(case.asof.year - HELD_FOR_YEARS, 1, 1))
        facts += [
            _fact("seat_taken", taken, seat=seat, holder=seat) for seat in framework.load().seats
        ]
    if case.attendance is not None:
        day = PartialDate.of(case.asof)
        facts.append(_fact("meeting_held", day, case.meeting))
        here = _present(case.attendance)
        for seat in framework.load().seats:
            presence = "present" if seat in here else "absent"
            facts.append(
                _fact("attendance_recorded", day, case.meeting, seat=seat, presence=presence)
            )
    return facts


def _present(attendance: object) -> set[str]:
    """The first so many seats of each group."""
    seats = framework.load().seats.values()
    counts = dict(attendance)  # type: ignore[call-overload]
    return {
        seat.id
        for group, count in counts.items()
        for seat in [seat for seat in seats if seat.group == group][:count]
    }


def _fact(kind: str, when: PartialDate, meeting: int | None = None, **fields: object) -> Fact:
    body = KINDS[kind].model_validate(fields)
    return Fact(kind=kind, when=when, body=body, meeting=meeting)
