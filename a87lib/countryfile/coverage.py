"""For what a register is complete, so that nothing on file means nothing was received (INT-18)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from a87lib.facts import KINDS, Entry


@dataclass(frozen=True, slots=True)
class Declaration:
    """One declaration; None stands for all. entry: where it was declared (0: by a case)."""

    kinds: frozenset[str] | None = None
    cycles: frozenset[int] | None = None
    countries: frozenset[str] | None = None
    until: date | None = None
    entry: int = 0

    def covers(self, country: str | None, kind: str, cycle: int | None, asof: date) -> bool:
        """Whether the declaration speaks for this kind, cycle, country and day."""
        return (
            (self.kinds is None or kind in self.kinds)
            and (self.cycles is None or cycle is None or cycle in self.cycles)
            and (self.countries is None or country is None or country in self.countries)
            and (self.until is None or asof <= self.until)
        )


Hides = Callable[[str | None, str, int | None], bool]
"""Whether entries about a country (None: the GCM), of a kind and cycle, may be hidden."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """All declarations that hold.

    hides: what may be hidden from who reads, and is not covered. erased: entries that were erased;
    from their day on their kind is not covered: what seems to lack may be what they told of.
    """

    declarations: tuple[Declaration, ...] = ()
    hides: Hides | None = None
    erased: tuple[Entry, ...] = ()

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Coverage:
        """What entries of kind coverage_declared declare; an erased one declares nothing."""
        found = []
        for entry in entries:
            if entry.erased:
                continue
            body = entry.body
            fields = {
                name: frozenset(value)
                for name in ("kinds", "cycles", "countries")
                if (value := getattr(body, name)) is not None
            }
            found.append(Declaration(**fields, until=body.until, entry=entry.no))
        return cls(tuple(found))

    @classmethod
    def complete(cls) -> Coverage:
        """Everything is covered."""
        return cls((Declaration(),))

    def by(
        self,
        country: str | None,
        kind: str,
        cycle: int | None,
        asof: date,
        meeting: int | None = None,
    ) -> Declaration | None:
        """The declaration that covers this kind (in this cycle, for this country), or None.

        meeting: the meeting that is asked about, where it is one alone.
        """
        about = country if KINDS[kind].of in ("country", "either") else None
        if self.hides is not None and self.hides(about, kind, cycle):
            return None
        if any(_may_tell(e, about, kind, cycle, asof, meeting) for e in self.erased):
            return None
        for declaration in self.declarations:
            if declaration.covers(country, kind, cycle, asof):
                return declaration
        return None


def _may_tell(
    erased: Entry,
    country: str | None,
    kind: str,
    cycle: int | None,
    asof: date,
    meeting: int | None,
) -> bool:
    """Whether an erased entry may have told what is asked for (None: of any)."""
    return (
        erased.kind == kind
        and (country is None or erased.country in (None, country))
        and (cycle is None or erased.cycle in (None, cycle))
        and (meeting is None or erased.meeting in (None, meeting))
        and erased.when.first <= asof
    )
