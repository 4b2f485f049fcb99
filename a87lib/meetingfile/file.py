"""The Global Coordinating Group's file as of a date, or one meeting's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from a87lib.facts import Entry, Held, in_order


class Declared(Protocol):
    """What says for which kinds a register is complete (INT-18)."""

    def by(
        self,
        country: str | None,
        kind: str,
        cycle: int | None,
        asof: date,
        meeting: int | None = None,
    ) -> Any:
        """The declaration that covers a kind as of a day (and for a meeting), or None."""
        ...


class CouncilFile(Held):
    """What is on file about the GCM as of a day.

    meeting: the meeting that questions are about (None: the GCM as a whole). country: the country
    whose decisions are meant where no meeting is named. asof, known_at: as in a country's file.
    coverage: for what the register is complete.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        asof: date,
        *,
        coverage: Declared,
        known_at: datetime | None = None,
        meeting: int | None = None,
        country: str | None = None,
    ) -> None:
        self.everything = entries
        self.asof = asof
        self.coverage = coverage
        self.known_at = known_at
        self.meeting = meeting
        self.country = country
        self.derived: dict[Any, Any] = {}

    @property
    def subject(self) -> str:
        """`meeting 12`, or `gcm`."""
        return "gcm" if self.meeting is None else f"meeting {self.meeting}"

    def of(self, *kinds: str, meeting: int | None = None) -> list[Entry]:
        """The entries of kinds (of a meeting, where one is given), in order of days."""
        found = [entry for kind in kinds for entry in self._by_kind.get(kind, ())]
        if meeting is not None:
            found = [entry for entry in found if entry.meeting == meeting]
        return found if len(kinds) == 1 else sorted(found, key=in_order)

    def covered(self, kind: str) -> bool:
        """Whether nothing on file of this kind means that there was nothing."""
        return self.coverage.by(None, kind, None, self.asof, self.meeting) is not None

    def coverage_entry(self, kind: str) -> tuple[int, ...]:
        """The number of the entry that declares it, to be named as a reason."""
        found = self.coverage.by(None, kind, None, self.asof, self.meeting)
        return (found.entry,) if found is not None and found.entry else ()

    def as_of(self, asof: date) -> CouncilFile:
        """The same file as of another day."""
        return self._with(self.everything, asof, self.meeting)

    def about(self, meeting: int | None) -> CouncilFile:
        """The same file opened at a meeting."""
        return self._with(self.everything, self.asof, meeting)

    def read_as(self, entry: Entry, day: date) -> CouncilFile:
        """The file if the entry had happened on this day of its month or year."""
        return self._with(self._moved(entry, day), self.asof, self.meeting)

    def without(self, dropped: Iterable[int]) -> CouncilFile:
        """The file as if these entries had not been made."""
        return self._with(self._left(dropped), self.asof, self.meeting)

    def _with(self, entries: Sequence[Entry], asof: date, meeting: int | None) -> CouncilFile:
        return CouncilFile(
            entries,
            asof,
            coverage=self.coverage,
            known_at=self.known_at,
            meeting=meeting,
            country=self.country,
        )
