"""The sheets of a workbook and their columns; what they are called stands in the catalogue."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from a87lib.language import say

Type = Literal[
    "key", "line", "text", "code", "date", "period", "number", "answer", "cycle", "shown"
]
Purpose = Literal["report", "history"]

CODES_SHEET = "a87"
"""The hidden sheet that says what the workbook is, and holds the lists of its drop-downs."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    type: what its cells hold; `shown` is printed for the reader and not read back. vocabularies:
    whose labels its drop-down offers. locked: filled in by the workbench where the row is its own.
    needed: a filled row must have it. width: in characters.
    """

    key: str
    type: Type
    width: int = 14
    vocabularies: tuple[str, ...] = ()
    locked: bool = False
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with one table. inputs: the columns that make a row count as filled in."""

    key: str
    columns: tuple[Column, ...]
    inputs: frozenset[str] = field(default_factory=frozenset)

    def column(self, key: str) -> Column:
        """The column of this key."""
        return next(column for column in self.columns if column.key == key)


def _table(key: str, inputs: str, *columns: Column) -> Table:
    return Table(key, columns, frozenset(inputs.split()))


CYCLE = Column("cycle", "cycle", 9, needed=True)
GROUPS = ("stakeholder_group", "international_group")
ACTIONS = _table(
    "actions",
    "state done difficulty wish",
    Column("priority", "key", 9, locked=True),
    Column("priority_title", "shown", 30, locked=True),
    Column("action", "key", 9, locked=True, needed=True),
    Column("action_title", "shown", 44, locked=True),
    Column("due", "shown", 13, locked=True),
    Column("last_state", "shown", 15, locked=True),
    Column("state", "code", 16, ("action_state",), needed=True),
    Column("done", "text", 50),
    Column("difficulty", "text", 40),
    Column("wish", "text", 40),
)
DIFFICULTIES = _table(
    "difficulties",
    "difficulty wish",
    Column("difficulty", "text", 70),
    Column("wish", "text", 70),
)
NEXT_STEPS = _table(
    "next_steps",
    "step",
    Column("no", "key", 9, needed=True),
    Column("step", "text", 110, needed=True),
)
EVIDENCE = _table(
    "evidence",
    "type title about dated file visibility where",
    Column("type", "code", 28, ("evidence_type",), needed=True),
    Column("title", "line", 52, needed=True),
    Column("about", "key", 14),
    Column("dated", "date", 14),
    Column("file", "line", 32),
    Column("visibility", "code", 24, ("visibility",)),
    Column("where", "line", 40),
)
PARTICIPATION = _table(
    "participation",
    "group organisation level stage endorsed",
    Column("group", "code", 34, GROUPS, needed=True),
    Column("organisation", "line", 48),
    Column("level", "code", 16, ("participation_level",)),
    Column("stage", "code", 26, ("participation_stage",)),
    Column("endorsed", "code", 16, ("yes_no",)),
)
FIGURES = _table(
    "figures",
    "value reason",
    Column("indicator", "key", 9, locked=True, needed=True),
    Column("name", "shown", 46, locked=True),
    Column("sex", "code", 18, ("sex",), locked=True),
    Column("age", "key", 9, locked=True),
    Column("breakdown", "code", 24, ("breakdown_value",), locked=True),
    Column("last", "shown", 20, locked=True),
    Column("unit", "code", 18, ("unit",), locked=True),
    Column("value", "number", 16),
    Column("start", "period", 13),
    Column("end", "period", 13),
    Column("reason", "code", 28, ("missing_reason", "observation_status")),
    Column("nature", "code", 24, ("observation_nature",)),
    Column("source", "line", 44),
    Column("note", "line", 36),
)
ANSWERS = _table(
    "answers",
    "answer reason",
    Column("indicator", "key", 9, locked=True, needed=True),
    Column("name", "shown", 56, locked=True),
    Column("breakdown", "code", 30, ("treaty", "theme", "stakeholder_group"), locked=True),
    Column("last", "shown", 24, locked=True),
    Column("answer", "answer", 34),
    Column("reason", "code", 28, ("missing_reason", "observation_status")),
    Column("source", "line", 48),
)
RECEIVED = _table(
    "received",
    "report framework final",
    Column("report", "date", 24),
    Column("framework", "date", 24),
    Column("final", "date", 24),
)
REPORT_TABLES = (
    ACTIONS, DIFFICULTIES, NEXT_STEPS, EVIDENCE, PARTICIPATION, FIGURES, ANSWERS,
)  # fmt: skip


def _by_cycle(table: Table) -> Table:
    return Table(table.key, (CYCLE, *table.columns), table.inputs)


TABLES: dict[Purpose, tuple[Table, ...]] = {
    "report": REPORT_TABLES,
    "history": tuple(_by_cycle(table) for table in (RECEIVED, *REPORT_TABLES)),
}
COVER = "cover"
COVER_FIELDS: dict[Purpose, tuple[str, ...]] = {
    "report": ("country", "cycle", "period", "version", "office", "approved_on"),
    "history": ("country", "cycles", "version", "office"),
}
"""What the first sheet says; `office` and `approved_on` are filled in by the country."""

STATUSES = ("not_applicable", "not_assessable")
"""Codes of observation_status that a drop-down of missing reasons offers beside the reasons."""

EVIDENCE_CIRCLES = ("country", "members", "public")
"""Circles that a country can choose for its evidence."""


def sheet_name(key: str, language: str) -> str:
    """What a sheet is called in a language."""
    return say(f"intake.sheet.{key}", language)


def title(column: str, language: str) -> str:
    """The title of a column in a language."""
    return say(f"intake.column.{column}", language)
