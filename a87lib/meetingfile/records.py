"""What is on file of one meeting: attendance, decisions, agenda, observers, minutes."""

from __future__ import annotations

from a87lib.facts import Entry
from a87lib.meetingfile.file import CouncilFile


def attendance(file: CouncilFile, meeting: int) -> dict[str, Entry]:
    """Each seat's last record of presence at a meeting."""
    return {e.body.seat: e for e in file.of("attendance_recorded", meeting=meeting)}


def movements(file: CouncilFile, meeting: int) -> dict[str, list[Entry]]:
    """Each seat's records of presence at a meeting, in the order in which they were made."""
    found: dict[str, list[Entry]] = {}
    for entry in file.of("attendance_recorded", meeting=meeting):
        found.setdefault(entry.body.seat, []).append(entry)
    return found


def in_the_room(file: CouncilFile, meeting: int) -> dict[str, Entry]:
    """The seats that are in the room: present, and not gone since. With the record that says so."""
    last = {seat: records[-1] for seat, records in movements(file, meeting).items()}
    return {
        seat: entry
        for seat, entry in last.items()
        if entry.body.presence == "present" and entry.body.left_at is None
    }


def decisions(file: CouncilFile) -> list[Entry]:
    """The decisions meant: of the file's meeting, else of its country, else all."""
    if file.meeting is not None:
        return file.of("decision_made", meeting=file.meeting)
    made = file.of("decision_made")
    return made if file.country is None else [e for e in made if e.country == file.country]


def agenda(file: CouncilFile, meeting: int | None) -> Entry | None:
    """The agenda of a meeting, as last set."""
    found = [e for e in file.of("agenda_set") if e.meeting == meeting]
    return found[-1] if found else None


def observers(file: CouncilFile, meeting: int | None) -> list[Entry]:
    """The invitations of observers to a meeting."""
    return [e for e in file.of("observer_invited") if e.meeting == meeting]


def minutes(file: CouncilFile, meeting: int | None) -> Entry | None:
    """The first sending of a meeting's minutes."""
    found = [e for e in file.of("minutes_sent") if e.meeting == meeting]
    return found[0] if found else None
