"""A register of the exercise of one's own in which a meeting may be held, and its 22nd meeting."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from shutil import copy

from a87lib import register
from a87lib.desk import council, records
from a87lib.desk.acting import Acting
from a87lib.meetingfile import seating
from a87lib.register import Register

MEETING, CANDIDATE = 22, "QMG"
SECRETARY = Acting("sec", alone=True)
LEAVING = ("workers-1", "workers-2", "workers-3")


def room(source: str, folder: Path) -> str:
    """A copy of the exercise's register, complete until the end of this year."""
    where = str(folder / "exercise.db")
    copy(source, where)
    with register.open(where) as on:
        year = on.today().year
        records.declare(on, by="sec", cycles=range(2018, year + 1), until=date(year, 12, 31))
    return where


def held_seats(on: Register) -> list[str]:
    """The seats that somebody holds on the day of the meeting."""
    found = council.sitting(on, MEETING)
    return list(seating(found.file).held(found.on))


def begin(on: Register, present: Iterable[str] | None = None) -> date:
    """Opens the meeting with everybody (or these) present: the day it is held."""
    day = min(date(2026, 6, 10), on.today())
    council.open_meeting(on, MEETING, day, by=SECRETARY)
    seats = held_seats(on) if present is None else present
    council.mark(on, MEETING, seats, "present", by=SECRETARY)
    return day
