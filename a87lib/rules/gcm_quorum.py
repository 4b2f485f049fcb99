"""Quorum and valid decisions of the GCM (TR-DEC-1, TR-DEC-2, TR-CHAIR-1)."""

from __future__ import annotations

from datetime import date

from a87lib.facts import Entry
from a87lib.framework import Framework
from a87lib.meetingfile import (
    CouncilFile,
    attendance,
    decisions,
    in_the_room,
    meeting_of,
    seating,
)
from a87lib.meetingfile.meetings import MEETING_KINDS
from a87lib.rules.decisions import (
    Presence,
    Quorum,
    Validity,
    quorum,
    quorum_reasons,
    seated,
    unseated_reason,
    validity,
)
from a87lib.rules.finding import Answer, Outcome, Reason
from a87lib.rules.meeting_states import day_of, not_held
from a87lib.rules.rule import rule

SEATS = ("seat_taken", "seat_left")
QUORUM = ("gcm.quorum", "gcm.quorum_groups")


def presence_of(file: CouncilFile, present: list[str], day: date) -> Presence:
    """Of the seats recorded as present, those that somebody held on the day."""
    return seated(present, seating(file), day, seats_complete=file.covered("seat_taken"))


def meeting_quorum(
    file: CouncilFile, framework: Framework
) -> tuple[Quorum, Presence, tuple[int, ...]] | None:
    """The quorum by the meeting's attendance; None where no attendance is on file."""
    records = attendance(file, file.meeting) if file.meeting is not None else {}
    if not records:
        return None
    here = {seat: entry for seat, entry in records.items() if entry.body.presence == "present"}
    presence = presence_of(file, list(here), day_of(file) or file.asof)
    numbers = tuple(here[seat].no for seat in presence.seats)
    return quorum(presence.seats, framework, file.asof), presence, numbers


def quorum_now(file: CouncilFile, framework: Framework) -> tuple[Quorum, Presence]:
    """The quorum of those who are in the room of the file's meeting, as its last records say."""
    here = in_the_room(file, file.meeting) if file.meeting is not None else {}
    presence = presence_of(file, list(here), day_of(file) or file.asof)
    return quorum(presence.seats, framework, file.asof), presence


def decided(file: CouncilFile, framework: Framework) -> list[tuple[Entry, Validity]]:
    """The decisions of the file's meeting, or of its country, each with whether it is valid."""
    return [
        (
            entry,
            validity(
                entry,
                ()
                if entry.meeting is None
                else file.of("attendance_recorded", meeting=entry.meeting),
                framework,
                entry.when.last,
                seating=seating(file),
                seats_complete=file.covered("seat_taken"),
            ),
        )
        for entry in decisions(file)
    ]


@rule(
    "gcm.quorum",
    paragraph="TR-DEC-2",
    reads=("attendance_recorded", *SEATS, *MEETING_KINDS),
    interpretations=("INT-08", "INT-12", "INT-18"),
    parameters=QUORUM,
    of="meeting",
    also=("TR-SEAT-3",),
)
def quorum_there(file: CouncilFile, asof: date, framework: Framework) -> Outcome:
    """Was there a quorum, by number and by group?"""
    if elsewhere := not_held(file):
        return elsewhere
    found = meeting_quorum(file, framework)
    if found is None:
        return _quorum_by_decisions(file, framework)
    reached, presence, numbers = found
    reasons = [*quorum_reasons(reached, numbers), *unseated_reason(presence)]
    answer = Answer.YES
    if not reached.reached:
        more = {"count": reached.more_needed}
        reasons.append(Reason("quorum_more_needed", None, (), more))
        answer = Answer.NO
        if (unknown := _unrecorded(file, framework)) is not None:
            reasons.append(unknown)
            answer = Answer.ASK
    return Outcome(answer, (*reasons, *_lost(file, framework)), value=reached.present)


def _unrecorded(file: CouncilFile, framework: Framework) -> Reason | None:
    """That seats without a record may have made the quorum; None where every record is on file."""
    if file.meeting is None or file.covered("attendance_recorded"):
        return None
    records = attendance(file, file.meeting)
    silent = [seat for seat in framework.seats if seat not in records]
    there = [seat for seat, entry in records.items() if entry.body.presence == "present"]
    presence = presence_of(file, [*there, *silent], day_of(file) or file.asof)
    if not quorum(presence.seats, framework, file.asof).reached:
        return None
    return Reason("attendance_incomplete", None, (), {"count": len(silent)})


def _lost(file: CouncilFile, framework: Framework) -> list[Reason]:
    """Decisions at which so many had left the room that there was no quorum."""
    return [
        Reason(
            "quorum_lost_at_decision",
            None,
            (entry.no,),
            {"when": entry.when, "count": found.quorum.present},
        )
        for entry, found in decided(file, framework)
        if found.quorum is not None and not found.quorum.reached and entry.body.present is not None
    ]


def _quorum_by_decisions(file: CouncilFile, framework: Framework) -> Outcome:
    """The quorum by what the records of decisions say, where no attendance is on file."""
    told = [(e, v) for e, v in decided(file, framework) if v.reached is not None]
    if not told:
        held = meeting_of(file, file.meeting)
        numbers = () if held is None else (held.entry.no,)
        return Outcome(Answer.ASK, (Reason("attendance_not_on_file", None, numbers),))
    reasons = []
    for entry, found in told:
        if found.quorum is not None:
            reasons += quorum_reasons(found.quorum, (entry.no,))
        else:
            key = "quorum_stated" if found.reached else "quorum_denied"
            reasons.append(Reason(key, None, (entry.no,), {"when": entry.when}))
    counts = [found.quorum.present for _, found in told if found.quorum is not None]
    reached = all(found.reached for _, found in told)
    return Outcome(
        Answer.YES if reached else Answer.NO,
        tuple(reasons),
        value=min(counts) if counts else None,
    )


@rule(
    "gcm.decision_valid",
    paragraph="TR-DEC-1",
    reads=("decision_made", "attendance_recorded", *SEATS, *MEETING_KINDS),
    interpretations=("INT-08", "INT-12", "INT-16", "INT-18"),
    parameters=QUORUM,
    of="meeting",
    also=("TR-CHAIR-1", "AF-PLAN-9"),
)
def decision_valid(file: CouncilFile, asof: date, framework: Framework) -> Outcome:
    """Were the decisions taken by consensus and with a quorum?"""
    made = decided(file, framework)
    if not made:
        return _no_decision(file)
    judged = [_valid(file, entry, found) for entry, found in made]
    answer = min((each for each, _ in judged), key=(Answer.NO, Answer.ASK, Answer.YES).index)
    reasons = tuple(reason for _, told in judged for reason in told)
    return Outcome(answer, reasons, value=len(made))


def _valid(file: CouncilFile, entry: Entry, found: Validity) -> tuple[Answer, tuple[Reason, ...]]:
    """Whether one decision is valid; of consensus only a complete register's silence says no."""
    args = {"when": entry.when}
    unknown = entry.body.consensus is None and not file.covered("decision_made")
    if unknown and found.reached is not False:
        rest = tuple(r for r in found.reasons if r.key != "decision_without_consensus")
        return Answer.ASK, (Reason("consensus_not_on_file", None, (entry.no,), args), *rest)
    if not found.valid:
        return Answer.NO, found.reasons
    if found.reached is None:
        return Answer.ASK, found.reasons
    if any(reason.key.startswith("decision_without_") for reason in found.reasons):
        return Answer.YES, found.reasons
    is_valid = Reason("decision_is_valid", None, (entry.no,), args)
    return Answer.YES, (is_valid, *found.reasons)


def _no_decision(file: CouncilFile) -> Outcome:
    """Nothing was decided, or it is not on file."""
    if file.meeting is not None and (elsewhere := not_held(file)):
        return elsewhere
    if file.covered("decision_made"):
        return Outcome(Answer.NOT_APPLICABLE, (Reason("no_decision_made"),))
    return Outcome(Answer.ASK, (Reason("decision_not_on_file"),))
