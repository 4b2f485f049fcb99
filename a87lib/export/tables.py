"""The tables of an export: their columns and typed rows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from a87lib import framework
from a87lib.language import LANGUAGES
from a87lib.register import Reader, Register, StoredEntry

Row = dict[str, Any]
ASSESSMENTS = "assessment_made"
ALL_SEEING = "secretariat"
"""The only role whose export holds reviewers' own assessments."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column. type: as Frictionless names it (string, integer, number, date, datetime, boolean,
    object); nullable: whether an empty cell means that there is nothing."""

    name: str
    type: str
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table. keys: columns that name a row; refers: column -> table and column it refers to."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    keys: tuple[str, ...]
    refers: Mapping[str, tuple[str, str]]


ENTRY = (
    Column("id", "integer"),
    Column("kind", "string"),
    Column("country", "string", nullable=True),
    Column("cycle", "integer", nullable=True),
    Column("meeting", "integer", nullable=True),
    Column("happened_on", "date"),
    Column("precision", "string"),
    Column("recorded_at", "datetime"),
    Column("corrects", "integer", nullable=True),
    Column("withdrawn", "boolean"),
    Column("visibility", "string"),
    Column("source", "string"),
    Column("body", "object", nullable=True),
)
OBSERVATION = (
    Column("entry", "integer"),
    Column("place", "integer"),
    Column("country", "string", nullable=True),
    Column("indicator", "string"),
    Column("period_start", "string"),
    Column("period_end", "string"),
    Column("sex", "string"),
    Column("age", "string"),
    Column("breakdown", "string"),
    Column("value_number", "number", nullable=True),
    Column("value_text", "string", nullable=True),
    Column("unit", "string"),
    Column("status", "string"),
    Column("nature", "string"),
    Column("source", "string"),
)
NAMES = tuple(Column(f"name_{language}", "string") for language in LANGUAGES)


def tables(
    register: Register,
    visible_to: str,
    country: str | None = None,
    known_at: datetime | None = None,
) -> list[Table]:
    """The tables that a reader may have: entries, observations, countries, vocabularies.

    visible_to: a role or a circle; country: whose file it is, for a focal point.
    """
    reader = Reader.of(visible_to, country)
    shown = [
        entry
        for entry in register.entries(known_at=known_at, visible_to=reader)
        if entry.kind != ASSESSMENTS or visible_to == ALL_SEEING
    ]
    own = {entry.no: place for place, entry in enumerate(shown, 1)}
    return [
        Table("entries", ENTRY, tuple(_entry(entry, own) for entry in shown), ("id",),
              {"corrects": ("entries", "id")}),
        Table("observations", OBSERVATION, tuple(_observations(shown, own)), ("entry", "place"),
              {"entry": ("entries", "id")}),
        _countries(shown),
        _vocabularies(),
    ]  # fmt: skip


def _entry(entry: StoredEntry, own: Mapping[int, int]) -> Row:
    return {
        "id": own[entry.no],
        "kind": entry.kind,
        "country": entry.country,
        "cycle": entry.cycle,
        "meeting": entry.meeting,
        "happened_on": entry.happened_on,
        "precision": entry.precision,
        "recorded_at": entry.recorded_at,
        "corrects": own.get(entry.corrects) if entry.corrects is not None else None,
        "withdrawn": entry.withdrawn,
        "visibility": entry.visibility,
        "source": entry.source,
        "body": None if entry.body_json is None else json.loads(entry.body_json),
    }


def _observations(shown: Sequence[StoredEntry], own: Mapping[int, int]) -> list[Row]:
    return [
        {"entry": own[entry.no], "place": place, **row._asdict()}
        for entry in shown
        for place, row in enumerate(entry.observations, 1)
    ]


def _countries(shown: Sequence[StoredEntry]) -> Table:
    codes = sorted({entry.country for entry in shown if entry.country is not None})
    rows = tuple(
        {"code": code, **{f"name_{each}": framework.country_name(code, each) for each in LANGUAGES}}
        for code in codes
    )
    return Table("countries", (Column("code", "string"), *NAMES), rows, ("code",), {})


def _vocabularies() -> Table:
    """What the codes in bodies and figures mean, in three languages."""
    known = framework.load().vocabularies
    rows = tuple(
        {"vocabulary": name, "code": code, **{f"name_{each}": words[each] for each in LANGUAGES}}
        for name, codes in sorted(known.items())
        for code, words in codes.items()
    )
    columns = (Column("vocabulary", "string"), Column("code", "string"), *NAMES)
    return Table("vocabularies", columns, rows, ("vocabulary", "code"), {})
