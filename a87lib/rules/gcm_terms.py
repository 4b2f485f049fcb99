"""Terms of seats and the rotations ahead (TR-SEAT-2, TR-CHAIR-1, INT-10, INT-23)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from a87lib.facts.codes import Coded, Holder
from a87lib.framework import Framework
from a87lib.meetingfile import CouncilFile, Tenure, next_called, seating
from a87lib.meetingfile.meetings import MEETING_KINDS
from a87lib.rules.finding import Answer, Outcome, Reason
from a87lib.rules.gcm_seats import SEATS, changed_hands, vacant
from a87lib.rules.in_force import in_force
from a87lib.rules.rule import rule
from a87lib.rules.years import anniversary

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rotation:
    """A term: the seat, who holds it, from when to when, and the entry that says so."""

    seat: str
    holder: Holder
    since: date
    ends_on: date
    entry: int


def term_ends_on(tenure: Tenure, framework: Framework) -> date | None:
    """The last day of a term that began on the day the seat was taken; None where there is none."""
    return _last_day(tenure, framework) if framework.seats[tenure.seat].term else None


def _last_day(tenure: Tenure, framework: Framework) -> date:
    years = int(in_force(framework, "gcm.term_years", tenure.since))
    after = anniversary(tenure.since, years)
    return after if framework.reading("INT-10") == "anniversary" else after - ONE_DAY


def rotations(file: CouncilFile, framework: Framework) -> list[Rotation]:
    """The terms now running or over, in the order in which they end."""
    found = []
    for seat in framework.seats:
        tenure = seating(file).holding(seat, file.asof)
        ends_on = None if tenure is None else term_ends_on(tenure, framework)
        if tenure is not None and ends_on is not None:
            found.append(Rotation(seat, tenure.holder, tenure.since, ends_on, tenure.taken.no))
    return sorted(found, key=lambda each: (each.ends_on, list(framework.seats).index(each.seat)))


def early_leavers(file: CouncilFile, framework: Framework) -> list[Tenure]:
    """Tenures that ended before the last day of their term (TR-SEAT-2), unless the holder stays."""
    left = []
    for tenures in seating(file).tenures.values():
        again = {(tenure.holder, tenure.since) for tenure in tenures}
        for tenure in tenures:
            ends_on, until = term_ends_on(tenure, framework), tenure.until
            early = ends_on is not None and until is not None and until < ends_on
            if early and (tenure.holder, until) not in again:
                left.append(tenure)
    return sorted(left, key=lambda tenure: (tenure.until or date.max, tenure.seat))


@rule(
    "gcm.term_ending",
    paragraph="TR-SEAT-2",
    reads=("meeting_called", *SEATS, *MEETING_KINDS),
    interpretations=("INT-10", "INT-12", "INT-18", "INT-23"),
    parameters=("gcm.term_years", "gcm.term_ending_days"),
    of="council",
    asked=("seat",),
    also=("TR-CHAIR-1",),
)
def term_ending(file: CouncilFile, asof: date, framework: Framework, seat: str) -> Outcome:
    """Does the term of the seat's holder end before the next meeting?"""
    named = {"seat": Coded("seat", seat)}
    if not framework.seats[seat].term:
        return Outcome(Answer.NOT_APPLICABLE, (Reason("seat_without_term", None, (), named),))
    tenure = seating(file).holding(seat, asof)
    if tenure is None:
        return vacant(file, seat)
    if unknown := changed_hands(file, tenure):
        return unknown
    ends_on = _last_day(tenure, framework)
    here = (tenure.taken.no,)
    key = "term_ends" if ends_on >= asof else "term_over"
    reasons = [Reason(key, None, here, {"since": tenure.since, "on": ends_on})]
    meeting = next_called(file)
    if meeting is not None:
        args = {"meeting": meeting.no, "on": meeting.on}
        reasons.append(Reason("next_meeting_called", None, (meeting.entry.no,), args))
        answer = Answer.YES if ends_on < meeting.on else Answer.NO
        return Outcome(answer, tuple(reasons), value=ends_on)
    days = int(framework.value("gcm.term_ending_days", asof))
    announced = ends_on - timedelta(days=days)
    if ends_on >= asof and not file.covered("meeting_called"):
        reasons.append(Reason("next_meeting_not_on_file"))
        return Outcome(Answer.ASK, tuple(reasons), value=ends_on)
    reasons.append(Reason("no_meeting_called", None, (), {"count": days}))
    if announced <= asof:
        return Outcome(Answer.YES, tuple(reasons), value=ends_on)
    return Outcome(Answer.NO, tuple(reasons), value=ends_on, next_on=announced)
