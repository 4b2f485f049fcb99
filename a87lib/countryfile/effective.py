"""Which entries hold: corrections applied, withdrawn ones gone, nothing recorded later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from a87lib.facts import Entry, in_order


def effective(entries: Iterable[Entry], known_at: datetime | None = None) -> list[Entry]:
    """The entries that hold by what was recorded by `known_at` (None: everything recorded).

    A correction stands in the place of the entry it corrects, with the corrected date; of a chain
    of corrections the last one holds, as the correction of the first. Sorted by day, then by place.
    """
    held: dict[int, Entry] = {}
    root: dict[int, int] = {}
    known = (e for e in entries if known_at is None or e.recorded_at <= known_at)
    for entry in sorted(known, key=lambda e: e.no):
        if entry.corrects is None:
            held[entry.no] = entry
            continue
        first = root.get(entry.corrects, entry.corrects)
        root[entry.no] = first
        earlier = held.pop(first, None)
        if not entry.withdrawn:
            held[first] = _completed(replace(entry, corrects=first), earlier)
    return sorted(held.values(), key=in_order)


def _completed(entry: Entry, earlier: Entry | None) -> Entry:
    """The correction, with country, cycle and meeting of what it corrects if it names none."""
    if earlier is None:
        return entry
    return replace(
        entry,
        country=entry.country or earlier.country,
        cycle=entry.cycle if entry.cycle is not None else earlier.cycle,
        meeting=entry.meeting if entry.meeting is not None else earlier.meeting,
    )
