"""From entries to the GCM's file, and one meeting's, as of a date."""

from a87lib.meetingfile.file import CouncilFile
from a87lib.meetingfile.groups import Group, groups, partners
from a87lib.meetingfile.meetings import (
    Meeting,
    held_by,
    meeting_of,
    meetings,
    next_called,
    planned_on,
)
from a87lib.meetingfile.records import (
    agenda,
    attendance,
    decisions,
    in_the_room,
    minutes,
    movements,
    observers,
)
from a87lib.meetingfile.seating import Seating, Tenure, seating

__all__ = [
    "CouncilFile",
    "Group",
    "Meeting",
    "Seating",
    "Tenure",
    "agenda",
    "attendance",
    "decisions",
    "groups",
    "held_by",
    "in_the_room",
    "meeting_of",
    "meetings",
    "minutes",
    "movements",
    "next_called",
    "observers",
    "partners",
    "planned_on",
    "seating",
]
