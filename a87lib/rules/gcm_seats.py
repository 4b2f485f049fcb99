"""Seats of the GCM: held, nominated, lost by absence (TR-SEAT-1, TR-SEAT-4, TR-CHAIR-1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from a87lib.facts.codes import Coded
from a87lib.framework import Framework
from a87lib.meetingfile import CouncilFile, Meeting, Tenure, attendance, held_by, seating
from a87lib.meetingfile.meetings import MEETING_KINDS
from a87lib.rules.erased import content_not_on_file
from a87lib.rules.finding import Answer, Outcome, Reason
from a87lib.rules.nominations import appointment, named
from a87lib.rules.rule import rule

SEATS = ("seat_taken", "seat_left")


def vacant(file: CouncilFile, seat: str) -> Outcome:
    """What to answer about a seat that nobody is on file as holding."""
    args = {"seat": Coded("seat", seat)}
    if file.covered("seat_taken"):
        return Outcome(Answer.NOT_APPLICABLE, (Reason("seat_vacant", None, (), args),))
    return Outcome(Answer.ASK, (Reason("seat_not_on_file", None, (), args),))


def changed_hands(file: CouncilFile, tenure: Tenure) -> Outcome | None:
    """What to answer where an erased entry may have said that the seat changed hands since."""
    erased = [e for e in file.erased(*SEATS) if e.when.last >= tenure.since]
    return Outcome(Answer.ASK, content_not_on_file(erased)) if erased else None


@rule(
    "gcm.seats",
    paragraph="TR-SEAT-1",
    reads=SEATS,
    interpretations=("INT-12", "INT-18"),
    parameters=("gcm.seats",),
    of="council",
)
def seats_held(file: CouncilFile, asof: date, framework: Framework) -> Outcome:
    """Are all seats of the GCM held?"""
    found = seating(file)
    held = [seat for seat in framework.seats if found.holding(seat, asof) is not None]
    needed = int(framework.value("gcm.seats", asof))
    reasons = [Reason("seats_held", None, (), {"count": len(held), "needed": needed})]
    covered = file.covered("seat_taken")
    for seat in framework.seats:
        if seat not in held:
            left = found.tenures.get(seat, ())
            entry = left[-1].left if left else None
            numbers = () if entry is None else (entry.no,)
            key = "seat_vacant" if covered else "seat_not_on_file"
            reasons.append(Reason(key, None, numbers, {"seat": Coded("seat", seat)}))
    if erased := content_not_on_file(file.erased(*SEATS)):
        return Outcome(Answer.ASK, (*reasons, *erased), value=len(held))
    if len(held) >= needed:
        return Outcome(Answer.YES, tuple(reasons), value=len(held))
    return Outcome(Answer.NO if covered else Answer.ASK, tuple(reasons), value=len(held))


@dataclass(frozen=True, slots=True)
class Miss:
    """A meeting as it counts for a seat: missed, not missed, or not known (None)."""

    meeting: Meeting
    missed: bool | None
    reason: Reason


def member_since(tenures: Sequence[Tenure], tenure: Tenure) -> date:
    """Since when the same member has had the seat without a break (renewed terms included)."""
    since = tenure.since
    for earlier in reversed(tenures[: tenures.index(tenure)]):
        if earlier.holder != tenure.holder or earlier.until != since:
            break
        since = earlier.since
    return since


def misses(file: CouncilFile, framework: Framework, seat: str, since: date) -> list[Miss]:
    """How each meeting held since a day counts for the seat's member, oldest first (INT-09)."""
    counting = {"absent"}
    if framework.reading("INT-09") == "every_absence":
        counting.add("apology")
    found = []
    for meeting in held_by(file):
        if meeting.on < since:
            continue
        args = {"meeting": meeting.no, "on": meeting.on}
        record = attendance(file, meeting.no).get(seat)
        if record is None:
            found.append(Miss(meeting, None, Reason("seat_attendance_not_on_file", None, (), args)))
            continue
        presence = record.body.presence
        reason = Reason(f"seat_{presence}", None, (record.no,), args)
        found.append(Miss(meeting, presence in counting, reason))
    return found


@rule(
    "gcm.absence_limit",
    paragraph="TR-SEAT-4",
    reads=("attendance_recorded", *SEATS, *MEETING_KINDS),
    interpretations=("INT-09", "INT-12", "INT-18"),
    parameters=("gcm.absence_limit",),
    of="council",
    asked=("seat",),
)
def absence_limit(file: CouncilFile, asof: date, framework: Framework, seat: str) -> Outcome:
    """Has the seat's member missed as many meetings in a row without notice as the limit?"""
    tenure = seating(file).holding(seat, asof)
    if tenure is None:
        return vacant(file, seat)
    if unknown := changed_hands(file, tenure):
        return unknown
    limit = int(framework.value("gcm.absence_limit", asof))
    since = member_since(seating(file).tenures[seat], tenure)
    found = misses(file, framework, seat, since)
    if not found:
        return _no_meeting_yet(file, since)
    last = found[-limit:]
    run = _run(found)
    reasons = [miss.reason for miss in last]
    if run >= limit:
        reached = found[len(found) - run + limit - 1].meeting.on
        return Outcome(Answer.YES, tuple(reasons), value=run, since=reached)
    if len(last) == limit and all(miss.missed is not False for miss in last):
        return Outcome(Answer.ASK, tuple(reasons), value=run)
    return Outcome(Answer.NO, (*reasons, *_reached_before(found, limit)), value=run)


def _no_meeting_yet(file: CouncilFile, since: date) -> Outcome:
    args = {"since": since}
    if file.covered("meeting_held"):
        return Outcome(
            Answer.TOO_EARLY, (Reason("no_meeting_since_seat", None, (), args),), value=0
        )
    return Outcome(Answer.ASK, (Reason("no_meeting_on_file", None, (), args),))


def _run(found: Sequence[Miss]) -> int:
    """How many meetings in a row were missed, up to the last one."""
    run = 0
    for miss in reversed(found):
        if not miss.missed:
            break
        run += 1
    return run


def _reached_before(found: Sequence[Miss], limit: int) -> list[Reason]:
    """That the limit had been reached at an earlier meeting, and the member came back since."""
    run = 0
    for miss in found:
        run = run + 1 if miss.missed else 0
        if run == limit:
            args = {"meeting": miss.meeting.no, "on": miss.meeting.on}
            return [Reason("absence_limit_reached_before", None, (), args)]
    return []


@rule(
    "gcm.nominated",
    paragraph="TR-SEAT-1",
    reads=("decision_made", "attendance_recorded", *SEATS),
    interpretations=("INT-08", "INT-12", "INT-16", "INT-18"),
    parameters=("gcm.quorum", "gcm.quorum_groups"),
    of="council",
    asked=("seat",),
    also=("TR-CHAIR-1",),
)
def nominated(file: CouncilFile, asof: date, framework: Framework, seat: str) -> Outcome:
    """Was the seat's holder named by whom the terms of reference say?"""
    tenure = seating(file).holding(seat, asof)
    if tenure is None:
        return vacant(file, seat)
    if unknown := changed_hands(file, tenure):
        return unknown
    found = named(tenure, framework)
    if framework.seats[seat].named_by != "governments" or found.answer is not Answer.YES:
        return found
    return appointment(file, framework, tenure, found)
