"""The meetings of the GCM: called, held, or not yet (TR-MEET-1)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from a87lib.facts import Entry
from a87lib.meetingfile.file import CouncilFile

TOLD_BY = ("attendance_recorded", "decision_made", "item_minuted")
MEETING_KINDS = ("meeting_held", "meeting_called", *TOLD_BY)
DAY_LENGTH = len("2024-05-02")


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting: its number, its day (that of the call while it was not held), what says so."""

    no: int
    on: date
    held: bool
    entry: Entry


def planned_on(called: Entry) -> date:
    """The day for which a meeting was called: `starts_at`, or the day of the entry itself."""
    stated = str(called.body.starts_at or "")[:DAY_LENGTH]
    try:
        return date.fromisoformat(stated)
    except ValueError:  # only a clock time, or nothing
        return called.when.last


def meetings(file: CouncilFile) -> list[Meeting]:
    """All meetings on file as of the file's day, by number."""
    key = "meetings"
    if key not in file.derived:
        file.derived[key] = _meetings(file)
    found: list[Meeting] = file.derived[key]
    return found


def meeting_of(file: CouncilFile, no: int | None) -> Meeting | None:
    """The meeting with this number."""
    return next((meeting for meeting in meetings(file) if meeting.no == no), None)


def held_by(file: CouncilFile) -> list[Meeting]:
    """The meetings held by the file's day, in order of days."""
    return sorted((m for m in meetings(file) if m.held), key=lambda m: (m.on, m.no))


def next_called(file: CouncilFile) -> Meeting | None:
    """The next meeting called for a later day than the file's."""
    coming = [m for m in meetings(file) if not m.held and m.on > file.asof]
    return min(coming, key=lambda m: (m.on, m.no), default=None)


def _meetings(file: CouncilFile) -> list[Meeting]:
    shelves: dict[int, list[Entry]] = defaultdict(list)
    for entry in file.everything:
        if entry.meeting is not None and entry.kind in MEETING_KINDS and _visible(file, entry):
            shelves[entry.meeting].append(entry)
    told = [_meeting(no, shelves[no]) for no in sorted(shelves)]
    return [meeting for meeting in told if meeting is not None]


def _visible(file: CouncilFile, entry: Entry) -> bool:
    """Whether it had happened; a call entered under the meeting's own day is known before."""
    if entry.when.last <= file.asof:
        return True
    return entry.kind == "meeting_called" and planned_on(entry) == entry.when.last


def _meeting(no: int, entries: list[Entry]) -> Meeting | None:
    """The meeting that entries tell of; None where they are apologies alone."""
    held = [e for e in entries if e.kind == "meeting_held"] or [e for e in entries if _tells(e)]
    if held:
        return Meeting(no, held[0].when.last, True, held[0])
    called = [e for e in entries if e.kind == "meeting_called"]
    return Meeting(no, planned_on(called[-1]), False, called[-1]) if called else None


def _tells(entry: Entry) -> bool:
    """Whether the entry tells that the meeting took place (an apology may come before it)."""
    if entry.kind == "attendance_recorded":
        return bool(entry.body.presence != "apology")
    return entry.kind in TOLD_BY
