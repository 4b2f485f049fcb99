"""What secretariat and chair record at a meeting of the GCM (TR-DEC-1, TR-DEC-2, TR-MIN-1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from a87lib.countryfile import Archive
from a87lib.desk import records
from a87lib.desk.acting import Acting
from a87lib.desk.attendance import movement
from a87lib.desk.permissions import require
from a87lib.facts import KINDS, Entry, Fact, PartialDate
from a87lib.meetingfile import CouncilFile, agenda, meeting_of
from a87lib.problems import Problem, Problems, problem
from a87lib.register import Register
from a87lib.register.within import as_one
from a87lib.rules import council_file


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting as the register has it now. on: its day; entries: all that is on file."""

    no: int
    on: date
    file: CouncilFile
    archive: Archive

    @property
    def held(self) -> bool:
        """Whether the meeting was opened."""
        found = meeting_of(self.file, self.no)
        return found is not None and found.held


def sitting(on: Register, meeting: int) -> Sitting:
    """The meeting, on the day it was held or is called for. Raises Problems where it is not."""
    archive = Archive(on.facts())
    found = meeting_of(council_file(archive, date.max), meeting)
    if found is None:
        raise problem("meeting_not_on_file", found=meeting)
    return Sitting(meeting, found.on, council_file(archive, found.on, meeting), archive)


def opened(on: Register, meeting: int, who: Acting, verb: str = "run_meeting") -> Sitting:
    """The same, for somebody who is about to record at it. Raises Problems where that cannot be."""
    require(on, who, verb)
    found = sitting(on, meeting)
    if not found.held:
        raise problem("meeting_not_open", found=meeting)
    return found


@as_one
def open_meeting(on: Register, meeting: int, day: date, *, by: Acting) -> int:
    """Records that the meeting begins, in the form and place for which it was called."""
    require(on, by, "run_meeting")
    found = sitting(on, meeting)
    if found.held:
        raise problem("meeting_open_already", found=meeting, day=found.on)
    if day > on.today():
        raise problem("meeting_in_future", found=day.isoformat(), today=on.today())
    call = [e for e in found.file.everything if _calls(e, meeting)][-1].body
    told = {"mode": call.mode, "place": call.place, "regular": call.regular}
    body = {name: value for name, value in told.items() if value is not None}
    return records.record(on, [fact("meeting_held", meeting, day, body)], by=by.person)[0]


def _calls(entry: Entry, meeting: int) -> bool:
    return entry.kind == "meeting_called" and entry.meeting == meeting


@as_one
def set_agenda(
    on: Register,
    meeting: int,
    items: Sequence[Mapping[str, object]],
    *,
    by: Acting,
    language: str | None = None,
) -> int:
    """Records the agenda, where none was set. items: as in `agenda_set`."""
    require(on, by, "run_meeting")
    found = sitting(on, meeting)
    if agenda(found.file, meeting) is not None:
        raise problem("agenda_set_already", found=meeting)
    day = min(on.today(), found.on)
    body = {"items": [dict(item) for item in items], "language": language}
    return records.record(on, [fact("agenda_set", meeting, day, body)], by=by.person)[0]


@as_one
def mark(
    on: Register,
    meeting: int,
    seats: Iterable[str],
    what: str,
    *,
    by: Acting,
    at: str | None = None,
) -> list[int]:
    """Records seats as present, apology or absent, or as left or back at a clock time `15:20`.

    A presence that was recorded otherwise is corrected. Raises Problems, all at once, for seats
    that cannot leave or come back, because they are not in the room or never left it.
    """
    found = opened(on, meeting, by)
    facts: list[Fact] = []
    wrong: list[Problem] = []
    for seat in dict.fromkeys(seats):
        made = movement(found.file, meeting, seat, what, at)
        if isinstance(made, Problem):
            wrong.append(made)
        else:
            facts += [
                fact("attendance_recorded", meeting, found.on, body, corrects=no, withdrawn=gone)
                for body, no, gone in made
            ]
    if wrong:
        raise Problems(wrong)
    return records.record(on, facts, by=by.person) if facts else []


@as_one
def note_summary(
    on: Register,
    meeting: int,
    item: str,
    *,
    by: Acting,
    summary: str = "",
    conclusion: str = "",
    corrects: int | None = None,
    language: str | None = None,
) -> int:
    """Records what was said on an item of the agenda, and what was concluded.

    corrects: the entry that the writer saw and replaces; None: there was none. Raises Conflict
    where somebody else wrote meanwhile.
    """
    found = opened(on, meeting, by)
    given = {"summary": summary.strip(), "conclusion": conclusion.strip()}
    said = {name: text for name, text in given.items() if text}
    if not said:
        raise problem("nothing_said", found=item)
    body = {"item": item, "language": language, **said}
    slot = None if corrects is not None else f"item_minuted:{meeting}:{item}"
    made = fact("item_minuted", meeting, found.on, body, corrects=corrects, slot=slot)
    return records.record(on, [made], by=by.person)[0]


@as_one
def add_action(
    on: Register,
    meeting: int,
    text: str,
    *,
    by: Acting,
    owner: str = "",
    due: date | None = None,
    language: str | None = None,
) -> int:
    """Records an action agreed, with its number, who is to do it, and until when."""
    found = opened(on, meeting, by)
    if not text.strip():
        raise problem("nothing_said", found=meeting)
    number = len(found.file.of("action_agreed", meeting=meeting)) + 1
    body = {
        "no": str(number), "text": text.strip(), "owner": owner.strip() or None,
        "due": due.isoformat() if due is not None else None, "language": language,
    }  # fmt: skip
    made = fact("action_agreed", meeting, found.on, body)
    return records.record(on, [made], by=by.person)[0]


@as_one
def send_minutes(on: Register, meeting: int, day: date, *, by: Acting) -> int:
    """Records that the minutes were sent to all members."""
    opened(on, meeting, by, "send_minutes")
    return records.record(on, [fact("minutes_sent", meeting, day, {})], by=by.person)[0]


def fact(kind: str, meeting: int, day: date, body: Mapping[str, Any], **envelope: Any) -> Fact:
    """A fact of a meeting on a day; what is None in the body is not stated."""
    stated = {name: value for name, value in body.items() if value is not None}
    model = KINDS[kind]
    return Fact(
        kind=kind,
        when=PartialDate.of(day),
        body=model.model_validate(stated),
        meeting=meeting,
        visibility=model.default_visibility,
        **envelope,
    )
