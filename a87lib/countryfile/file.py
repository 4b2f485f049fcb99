"""One country's file as of a date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any

from a87lib.countryfile.coverage import Coverage
from a87lib.facts import Entry, Held


class CountryFile(Held):
    """What is on file about a country as of a day.

    country: ISO 3166-1 alpha-3. asof: only what had happened by then (a date of reduced precision
    is taken as its last day, INT-12). known_at: only what had been recorded by then (None: all).
    coverage: for what the register is complete. meetings: the entries of each GCM meeting. seats:
    those about the GCM's seats.
    """

    def __init__(
        self,
        country: str,
        entries: Sequence[Entry],
        asof: date,
        *,
        known_at: datetime | None = None,
        coverage: Coverage | None = None,
        meetings: Mapping[int, Sequence[Entry]] | None = None,
        seats: Sequence[Entry] = (),
    ) -> None:
        self.country = country
        self.everything = entries
        self.asof = asof
        self.known_at = known_at
        self.coverage = coverage or Coverage()
        self.meetings = meetings or {}
        self.seats = seats
        self.derived: dict[Any, Any] = {}

    @property
    def subject(self) -> str:
        """What findings are about: the country's code."""
        return self.country

    @cached_property
    def _by_cycle(self) -> dict[tuple[str, int | None], list[Entry]]:
        shelves: dict[tuple[str, int | None], list[Entry]] = defaultdict(list)
        for entry in self.entries:
            shelves[entry.kind, entry.cycle].append(entry)
        return shelves

    def of(self, kind: str, cycle: int | None = None) -> list[Entry]:
        """The entries of a kind (of a cycle, where one is given), in order of days."""
        if cycle is None:
            return self._by_kind.get(kind, [])
        return self._by_cycle.get((kind, cycle), [])

    def first(self, kind: str, cycle: int | None = None) -> Entry | None:
        """The earliest entry of a kind."""
        found = self.of(kind, cycle)
        return found[0] if found else None

    def last(self, kind: str, cycle: int | None = None) -> Entry | None:
        """The latest entry of a kind."""
        found = self.of(kind, cycle)
        return found[-1] if found else None

    def covered(self, kind: str, cycle: int | None = None) -> bool:
        """Whether nothing on file of this kind means that there was nothing."""
        return self.coverage.by(self.country, kind, cycle, self.asof) is not None

    def coverage_entry(self, kind: str, cycle: int | None = None) -> tuple[int, ...]:
        """The number of the entry that declares it, to be named as a reason."""
        found = self.coverage.by(self.country, kind, cycle, self.asof)
        return (found.entry,) if found is not None and found.entry else ()

    def as_of(self, asof: date) -> CountryFile:
        """The same file as of another day (opened once, since several rules look at it)."""
        key = ("as_of", asof)
        if key not in self.derived:
            self.derived[key] = self._with(self.everything, asof)
        opened: CountryFile = self.derived[key]
        return opened

    def read_as(self, entry: Entry, day: date) -> CountryFile:
        """The file if the entry had happened on this day of its month or year (opened once)."""
        key = ("read_as", entry.no, day)
        if key not in self.derived:
            self.derived[key] = self._with(self._moved(entry, day), self.asof)
        opened: CountryFile = self.derived[key]
        return opened

    def without(self, dropped: Iterable[int]) -> CountryFile:
        """The file as if these entries had not been made."""
        return self._with(self._left(dropped), self.asof)

    def _with(self, entries: Sequence[Entry], asof: date) -> CountryFile:
        return CountryFile(
            self.country,
            entries,
            asof,
            known_at=self.known_at,
            coverage=self.coverage,
            meetings=self.meetings,
            seats=self.seats,
        )
