"""What a workbook is checked against, and what comes of one that is sound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from a87lib.facts import Fact
from a87lib.intake.workbooks.faults import Fault
from a87lib.intake.workbooks.identity import Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known when a workbook comes in.

    received_on: the day of receipt; nothing reported may be later. actions: number of each action
    of the roadmap on file -> number of its priority; None where no roadmap is on file. periods:
    cycle -> first and last day that it covers. documents: what -> (reference, name) of a document
    stored whole: `workbook`, and `report` where the report came as a file of its own.
    """

    country: str
    received_on: date
    actions: Mapping[str, str] | None = None
    periods: Mapping[int, tuple[date, date]] = field(default_factory=dict)
    documents: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedFile:
    """A file that a row of evidence names: its name, and the fact it belongs to (by its place)."""

    name: str
    fact: int
    where: Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A sound workbook as facts, in the order of its sheets.

    files: named by its evidence. warnings: what was accepted, but should be looked at. empty: rows
    that the workbench offered and the country left empty.
    """

    identity: Identity
    facts: Sequence[Fact]
    files: Sequence[NamedFile] = ()
    warnings: Sequence[Fault] = ()
    empty: int = 0
