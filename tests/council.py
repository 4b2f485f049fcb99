"""Facts about the GCM in a few words, as the archive that they make."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from a87lib import framework
from a87lib.cases.running import numbered
from a87lib.countryfile import Archive, Coverage
from a87lib.facts import Entry, Fact
from a87lib.framework import Framework
from a87lib.intake import FactsReader
from a87lib.rules import Finding, ask, council_file

ALL = Coverage.complete()
NONE = Coverage()


@lru_cache(maxsize=1)
def fw() -> Framework:
    """The framework as shipped."""
    return framework.load()


def facts(rows: Iterable[dict[str, Any]]) -> list[Fact]:
    """Facts from plain rows, as a fact file would have them; a wrong row fails the test."""
    reader = FactsReader("rows")
    found = reader.read(list(rows))
    assert reader.problems == []
    return found


def entries(rows: Iterable[dict[str, Any]]) -> list[Entry]:
    """The rows as entries, numbered from 1."""
    return numbered(facts(rows))


def archive(
    rows: Sequence[dict[str, Any]],
    coverage: Coverage = ALL,
    known_at: datetime | None = None,
) -> Archive:
    """The archive of these facts, complete unless said otherwise."""
    return Archive(entries(rows), known_at=known_at, coverage=coverage)


def find(
    rows: Sequence[dict[str, Any]],
    rule: str,
    asof: str,
    *,
    meeting: int | None = None,
    coverage: Coverage = ALL,
    using: Framework | None = None,
    **about: Any,
) -> Finding:
    """The finding of a rule about the GCM, or a meeting, that these facts make."""
    file = council_file(archive(rows, coverage), date.fromisoformat(asof), meeting)
    return ask(rule, file, using or fw(), **about)


def answer(*args: Any, **kwargs: Any) -> str:
    """Just the answer of that finding."""
    return str(find(*args, **kwargs).answer)


def seat(seat: str, on: str, **fields: Any) -> dict[str, Any]:
    """A seat taken."""
    return {"kind": "seat_taken", "happened_on": on, "seat": seat, "holder": seat, **fields}


def full(on: str = "2020-01-01", without: Iterable[str] = ()) -> list[dict[str, Any]]:
    """All seats taken on a day, but for some."""
    return [
        seat(each.id, on, named_by=each.named_by)
        for each in fw().seats.values()
        if each.id not in set(without)
    ]


def held(meeting: int, on: str, **fields: Any) -> dict[str, Any]:
    """A meeting held."""
    return {"kind": "meeting_held", "meeting": meeting, "happened_on": on, **fields}


def called(meeting: int, on: str, **fields: Any) -> dict[str, Any]:
    """A meeting called."""
    return {"kind": "meeting_called", "meeting": meeting, "happened_on": on, **fields}


def was(seat: str, presence: str, meeting: int, on: str) -> dict[str, Any]:
    """A seat's presence at a meeting."""
    row = {"kind": "attendance_recorded", "meeting": meeting, "happened_on": on}
    return {**row, "seat": seat, "presence": presence}


def decided(subject: str, on: str, **fields: Any) -> dict[str, Any]:
    """A decision of the GCM."""
    return {"kind": "decision_made", "happened_on": on, "subject": subject, **fields}
