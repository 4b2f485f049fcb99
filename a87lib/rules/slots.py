"""The slots of an agenda: clock times, minutes, and the time zone they are given in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

_CLOCK = re.compile(r"(\d{1,2})(?:\s*[:hH.]\s*(\d{2})?)?(?::\d{2})?\s*([aApP]\.?[mM]\.?)?")
NOON, HOUR, MINUTES_A_DAY = 12, 60, 24 * 60
SEASONAL = {
    "CET": "Europe/Paris",
    "CEST": "Europe/Paris",
    "EET": "Europe/Helsinki",
    "EEST": "Europe/Helsinki",
    "WET": "Europe/Lisbon",
    "WEST": "Europe/Lisbon",
    "BST": "Europe/London",
    "EST": "America/New_York",
    "EDT": "America/New_York",
}
"""Names of time that hold for a part of the year only, and a place where they are used."""


@dataclass(frozen=True, slots=True)
class Slot:
    """An agenda item's time in minutes since midnight; None where it is not given.

    minutes: its length, by the clock, else as stated. stated: the length as printed. speakers:
    minutes of all speakers together (None: no speaker has minutes).
    """

    no: str
    starts: int | None
    ends: int | None
    minutes: float | None
    stated: float | None
    speakers: float | None


def clock(text: str | None) -> int | None:
    """Minutes since midnight of a clock time such as 16:08, 16h08 or 4:08 pm; None for no time."""
    if text is None:
        return None
    matched = _CLOCK.fullmatch(text.strip()[11:] if "T" in text else text.strip())
    if matched is None:
        return None
    hour, minute = int(matched[1]), int(matched[2] or 0)
    if matched[3]:
        hour = hour % NOON + (NOON if matched[3][0] in "pP" else 0)
    found = hour * HOUR + minute
    return found if minute < HOUR and found <= MINUTES_A_DAY else None


def slots(items: Sequence[Any]) -> list[Slot]:
    """The slots of an agenda's items, in the order of the agenda."""
    return [_slot(item) for item in items]


def _slot(item: Any) -> Slot:
    starts, ends = clock(item.starts), clock(item.ends)
    if ends is None and starts is not None and item.minutes is not None:
        ends = starts + round(item.minutes)
    length = item.minutes if starts is None or ends is None else ends - starts
    stated = [speaker.minutes for speaker in item.speakers if speaker.minutes is not None]
    return Slot(item.no, starts, ends, length, item.minutes, sum(stated) if stated else None)


def out_of_season(timezone: str | None, day: date) -> str | None:
    """The name of the time in force on a day where an agenda gives the other season's name."""
    zone = SEASONAL.get(timezone or "")
    if zone is None:
        return None
    in_force = datetime.combine(day, time(NOON), ZoneInfo(zone)).tzname()
    return in_force if in_force != timezone else None
