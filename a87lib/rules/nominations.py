"""By whom the holder of a seat must be named, and the appointment of chair and vice-chair."""

from __future__ import annotations

import re
import unicodedata

from a87lib.facts import Entry
from a87lib.facts.codes import Coded
from a87lib.framework import Framework, Seat
from a87lib.meetingfile import CouncilFile, Tenure, seating
from a87lib.rules.decisions import validity
from a87lib.rules.finding import Answer, Outcome, Reason

OWN = "own_group"
_IN_BRACKETS = re.compile(r"\(([^)]*)\)")
_NOT_WORDS = re.compile(r"[\W_]+")


def _spelt(name: str) -> str:
    """A name without case and accents, with single spaces between and around its words."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return f" {_NOT_WORDS.sub(' ', bare).strip().casefold()} "


def _spellings(framework: Framework, vocabulary: str, code: str) -> set[str]:
    """How a code may be written: itself, its labels, and the short forms in their brackets."""
    labels = framework.vocabulary(vocabulary)[code].values()
    found = {_spelt(code)}
    for label in labels:
        found.add(_spelt(label))
        found.add(_spelt(_IN_BRACKETS.sub("", label)))
        found.update(_spelt(short) for short in _IN_BRACKETS.findall(label))
    return found


def names(framework: Framework, seat: Seat, name: str) -> bool:
    """Whether a name contains, word for word, a spelling of who names the holder of the seat."""
    return any(spelling in _spelt(name) for spelling in names_of(framework, seat))


def names_of(framework: Framework, seat: Seat) -> set[str]:
    """Every spelling of who names the holder of a seat."""
    found = _spellings(framework, "named_by", seat.named_by)
    if seat.named_by == "regional_group":
        for region in framework.vocabulary("un_region"):
            found |= _spellings(framework, "un_region", region)
    if seat.named_by == OWN:
        found |= _spellings(framework, "seat_group", seat.group)
        found |= _spellings(framework, "seat_sub_group", seat.sub_group)
    return found


def named(tenure: Tenure, framework: Framework) -> Outcome:
    """Whether the holder was named by whom TR-SEAT-1 says; for some groups it names nobody."""
    seat = framework.seats[tenure.seat]
    body = tenure.taken.body
    here = (tenure.taken.no,)
    wanted = Coded("named_by", seat.named_by)
    if body.named_by is not None and body.named_by.strip():
        args = {"by": _coded(framework, "named_by", body.named_by), "wanted": wanted}
        if names(framework, seat, body.named_by):
            return Outcome(Answer.YES, (Reason("named_by_right_body", None, here, args),))
        if seat.named_by != OWN or _names_others(framework, body.named_by):
            return Outcome(Answer.NO, (Reason("named_by_another", None, here, args),))
        return Outcome(Answer.ASK, (Reason("named_by_not_known", None, here, args),))
    if seat.named_by != OWN:
        return Outcome(
            Answer.ASK, (Reason("named_by_not_recorded", None, here, {"wanted": wanted}),)
        )
    if seat.group == "un_igo" and body.capacity:
        args = {"capacity": _coded(framework, "seat_capacity", body.capacity)}
        return Outcome(Answer.YES, (Reason("seat_by_capacity", None, here, args),))
    return Outcome(Answer.NOT_APPLICABLE, (Reason("naming_left_to_group", None, here),))


def _names_others(framework: Framework, name: str) -> bool:
    """Whether the name is that of a body that names the holders of other seats."""
    others = [seat for seat in framework.seats.values() if seat.named_by != OWN]
    return any(names(framework, seat, name) for seat in others)


def _coded(framework: Framework, vocabulary: str, text: str) -> object:
    """A code of a vocabulary, to be said by its label; any other text as it is."""
    return Coded(vocabulary, text) if text in framework.vocabulary(vocabulary) else text


def appointment(file: CouncilFile, framework: Framework, tenure: Tenure, found: Outcome) -> Outcome:
    """Adds what is on file of the GCM's approval of a chair or vice-chair (TR-CHAIR-1)."""
    judged = [
        (entry, validity(
            entry,
            () if entry.meeting is None else file.of("attendance_recorded", meeting=entry.meeting),
            framework,
            entry.when.last,
            seating=seating(file),
            seats_complete=file.covered("seat_taken"),
        ))
        for entry in _appointments(file, tenure)
    ]  # fmt: skip
    if not judged:
        key = "appointment_missing" if file.covered("decision_made") else "appointment_not_on_file"
        return Outcome(found.answer, (*found.because, Reason(key)))
    entry, last = judged[-1]
    if entry.erased:
        return Outcome(Answer.ASK, (*found.because, *last.reasons))
    args = {"when": entry.when}
    if not last.valid:
        reason = Reason("appointment_invalid", None, (entry.no,), args)
        return Outcome(Answer.NO, (*found.because, reason, *last.reasons))
    reason = Reason("appointment_decided", None, (entry.no,), args)
    return Outcome(found.answer, (*found.because, reason, *last.reasons))


def _appointments(file: CouncilFile, tenure: Tenure) -> list[Entry]:
    """The decisions that appoint, since the seat's holder before and by the day it was taken."""
    earlier = [t.since for t in seating(file).tenures[tenure.seat] if t.since < tenure.since]
    return [
        entry
        for entry in file.of("decision_made")
        if (entry.body.subject == "appoint_chair" or (entry.erased and entry.country is None))
        and entry.when.last <= tenure.since
        and (not earlier or entry.when.last > max(earlier))
    ]
