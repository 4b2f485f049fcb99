"""All entries of a register, from which the files of countries and meetings are opened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property

from a87lib.countryfile.coverage import Coverage, Hides
from a87lib.countryfile.effective import effective
from a87lib.countryfile.file import CountryFile
from a87lib.facts import DESK_KINDS, KINDS, Body, Entry


class Archive:
    """The entries of a register as known at an instant.

    coverage: given where it is declared otherwise than by entries (in a case). hides: what may be
    hidden from who reads, where these are the entries that a reader may see. Nothing of that is
    covered: what is not among them may have been received all the same.
    Steps of the review itself are left out: no file holds them.
    """

    def __init__(
        self,
        entries: Iterable[Entry],
        *,
        known_at: datetime | None = None,
        coverage: Coverage | None = None,
        hides: Hides | None = None,
    ) -> None:
        self.known_at = known_at
        self.entries = effective((e for e in entries if e.kind not in DESK_KINDS), known_at)
        declared = [entry for entry in self.entries if entry.kind == "coverage_declared"]
        claimed = coverage if coverage is not None else Coverage.of(declared)
        erased = tuple(entry for entry in self.entries if entry.erased and _says(entry.kind))
        self.coverage = replace(claimed, hides=hides or claimed.hides, erased=erased)

    @cached_property
    def _by_country(self) -> dict[str | None, list[Entry]]:
        shelves: dict[str | None, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            shelves[entry.country].append(entry)
        return shelves

    @cached_property
    def countries(self) -> list[str]:
        """Codes of the countries that have an entry, sorted."""
        return sorted(code for code in self._by_country if code is not None)

    @cached_property
    def council(self) -> list[Entry]:
        """The entries about the GCM: seats, meetings, groups, partners, and all its decisions."""
        return [
            entry
            for entry in self.entries
            if entry.country is None or entry.meeting is not None or entry.kind == "decision_made"
        ]

    @cached_property
    def seats(self) -> list[Entry]:
        """The entries about who took and left a seat of the GCM."""
        return [entry for entry in self.entries if entry.kind in ("seat_taken", "seat_left")]

    @cached_property
    def meetings(self) -> dict[int, list[Entry]]:
        """The entries of each meeting."""
        shelves: dict[int, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            if entry.meeting is not None:
                shelves[entry.meeting].append(entry)
        return dict(shelves)

    def file(self, country: str, asof: date) -> CountryFile:
        """The file of a country as of a day."""
        return CountryFile(
            country,
            self._by_country.get(country, []),
            asof,
            known_at=self.known_at,
            coverage=self.coverage,
            meetings=self.meetings,
            seats=self.seats,
        )


def _says(kind: str) -> bool:
    """Whether entries of a kind say more than that something happened, and when."""
    return bool(KINDS[kind].model_fields.keys() - Body.model_fields.keys())
