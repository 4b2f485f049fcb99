"""What is on file as of a day: what had happened by then, and what may have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from a87lib.facts.entry import Entry
from a87lib.facts.when import PartialDate


def in_order(entry: Entry) -> tuple[date, int]:
    """The order of a file: by day, then by number; a correction has that of what it corrects."""
    return entry.when.last, entry.no if entry.corrects is None else entry.corrects


class Held:
    """Entries as of a day. everything: all that are held, also those that happen after it."""

    everything: Sequence[Entry]
    asof: date

    @cached_property
    def entries(self) -> list[Entry]:
        """Everything that had happened by asof, in order of days."""
        return [entry for entry in self.everything if entry.when.last <= self.asof]

    @cached_property
    def imprecise(self) -> list[Entry]:
        """Entries whose day is not known and that may have happened by asof."""
        return [e for e in self.everything if not e.when.exact and e.when.first <= self.asof]

    @cached_property
    def _erased(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.erased]

    def erased(self, *kinds: str, cycle: int | None = None) -> list[Entry]:
        """The entries of kinds (of a cycle, where one is given) that were erased.

        They happened; what they said is not known, and must not be taken for nothing.
        """
        return [e for e in self._erased if e.kind in kinds and cycle in (None, e.cycle)]

    @cached_property
    def _by_kind(self) -> dict[str, list[Entry]]:
        shelves: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            shelves[entry.kind].append(entry)
        return shelves

    def _moved(self, entry: Entry, day: date) -> list[Entry]:
        """Everything, if the entry had happened on this day of its month or year."""
        moved = replace(entry, when=PartialDate(day, day))
        held = [moved if other.no == entry.no else other for other in self.everything]
        return sorted(held, key=in_order)

    def _left(self, dropped: Iterable[int]) -> list[Entry]:
        """Everything, as if these entries had not been made."""
        gone = frozenset(dropped)
        return [entry for entry in self.everything if entry.no not in gone]
