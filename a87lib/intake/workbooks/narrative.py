"""The progress report in a workbook: actions, difficulties, next steps, evidence, participation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from a87lib import framework
from a87lib.intake.workbooks.context import Context
from a87lib.intake.workbooks.figures import cycle_of
from a87lib.intake.workbooks.finding import Row, filled
from a87lib.intake.workbooks.identity import Identity
from a87lib.intake.workbooks.naming import normal
from a87lib.intake.workbooks.settings import settings
from a87lib.intake.workbooks.values import Reader


@dataclass
class Statement:
    """What a row states: the kind of entry, its cycle, its body, and where it stands."""

    kind: str
    cycle: int
    row: Row
    sheet: str
    body: dict[str, Any] = field(default_factory=dict)
    visibility: str | None = None
    source: str = ""
    file: str | None = None


@dataclass
class Statements:
    """Reads the rows of one of the sheets of the report."""

    reader: Reader
    identity: Identity
    context: Context
    empty: int = 0

    def read(self) -> list[Statement]:
        """What the rows state; what is wrong is noted at its cell."""
        return list(self._read(_READERS[self.reader.found.table.key]))

    def _read(self, reader: _RowReader) -> Iterator[Statement]:
        seen: dict[object, Row] = {}
        for row in self.reader.found.rows:
            if not filled(self.reader.found, row):
                self.empty += "action" in row.cells
                continue
            before = len(self.reader.findings.faults)
            cycle = cycle_of(self.reader, row, self.identity)
            for column in self.reader.found.table.columns:
                if column.needed and column.key != "cycle" and row.cell(column.key) is None:
                    self.reader.refuse(row, column.key, "cell_needed")
            kind, said = reader(self, row)
            if cycle is None or len(self.reader.findings.faults) > before:
                continue
            made = Statement(kind, cycle, row, self.reader.found.sheet.name, **said)
            self._repeats(seen, made)
            yield made

    def _repeats(self, seen: dict[object, Row], made: Statement) -> None:
        """An action, or a group with the same organisation and stage, stated twice."""
        keys = {
            "action_progress_stated": ("action",),
            "participation_recorded": ("group", "organisation", "level", "stage"),
        }.get(made.kind)
        if keys is None:
            return
        key = (made.kind, made.cycle, *(made.body.get(name) for name in keys))
        earlier = seen.setdefault(key, made.row)
        if earlier is not made.row:
            column = "action" if keys == ("action",) else "group"
            same = _said(earlier) == _said(made.row)
            first = self.reader.cell_name(earlier, column)
            cell = made.row.cell(column)
            found = "" if cell is None else cell.value
            code = "row_repeated" if same else "row_contradicts"
            self.reader.refuse(made.row, column, code, found, first=first)

    def action(self, row: Row) -> tuple[str, dict[str, Any]]:
        """The state of an action of the roadmap."""
        number = self._known_action(row)
        state = self.reader.code(row, "state")
        body = {
            "action": number,
            "state": state,
            "text": self.reader.text(row, "done", long=True),
            "difficulty": self.reader.text(row, "difficulty", long=True),
            "wish_to_learn": self.reader.text(row, "wish", long=True),
        }
        priority = (self.context.actions or {}).get(number or "") or self.reader.key(
            row, "priority"
        )
        if priority is not None:
            body = {"priority": priority, **body}
        return "action_progress_stated", {"body": body}

    def _known_action(self, row: Row) -> str | None:
        number = self.reader.key(row, "action")
        known = self.context.actions
        if number is None or known is None:
            return number
        cell = row.cell("action")
        if cell is not None and isinstance(cell.value, float):
            alike = sorted(k for k in known if _shorn(k) == _shorn(number))
            if alike and alike != [number]:
                self.reader.refuse(row, "action", "zeros_lost", number, near=", ".join(alike))
                return None
        if number not in known:
            near = get_close_matches(number, known, n=4, cutoff=0.5) or sorted(known)[:12]
            self.reader.refuse(row, "action", "action_unknown", number, near=", ".join(near))
            return None
        return number

    def difficulty(self, row: Row) -> tuple[str, dict[str, Any]]:
        """Difficulties and wishes of the country as a whole."""
        body = {
            "difficulties": self.reader.text(row, "difficulty", long=True),
            "wishes_to_learn": self.reader.text(row, "wish", long=True),
        }
        return "report_received", {"body": body}

    def step(self, row: Row) -> tuple[str, dict[str, Any]]:
        """A next step."""
        text = self.reader.text(row, "step", long=True)
        return "next_steps_stated", {"body": {"no": self.reader.key(row, "no"), "text": text}}

    def evidence(self, row: Row) -> tuple[str, dict[str, Any]]:
        """A piece of evidence, and the file that it names."""
        reader = self.reader
        body = {
            "type": reader.code(row, "type"),
            "title": reader.text(row, "title"),
            "about": self._about(row),
        }
        when = reader.date(row, "dated")
        if when is not None and when.first > self.context.received_on:
            reader.refuse(row, "dated", "date_future", when, today=self.context.received_on)
        elif when is not None and when.last.year < settings().periods.earliest:
            earliest = str(settings().periods.earliest)
            reader.refuse(row, "dated", "date_too_early", when, earliest=earliest)
        elif when is not None:
            body["dated"] = str(when)
        visibility = reader.code(row, "visibility") or "country"
        source, file = reader.text(row, "where") or "", reader.text(row, "file")
        said = {"body": body, "visibility": visibility, "source": source, "file": file}
        return "evidence_received", said

    def _about(self, row: Row) -> str | None:
        """An action, a priority or an indicator; a theme by its code or label."""
        text = self.reader.key(row, "about")
        if text is None:
            return None
        fw = framework.load()
        actions = self.context.actions or {}
        themes = {
            normal(word): code
            for code, words in fw.vocabulary("theme").items()
            for word in (code, *words.values())
        }
        if text in actions or text in actions.values() or self.context.actions is None:
            return text
        if text.upper() in fw.indicators:
            return text.upper()
        if normal(text) in themes:
            return themes[normal(text)]
        near = ", ".join([*sorted(actions)[:10], *(i.code for i in fw.indicators.items)])
        self.reader.refuse(row, "about", "about_unknown", text, near=near)
        return None

    def participation(self, row: Row) -> tuple[str, dict[str, Any]]:
        """The participation of a group, or of an organisation of it."""
        reader = self.reader
        group = reader.code(row, "group")
        level = reader.code(row, "level")
        if level is None and group in framework.load().vocabulary("international_group"):
            level = "international"
        endorsed = reader.code(row, "endorsed")
        body = {
            "group": group,
            "organisation": reader.text(row, "organisation"),
            "level": level or "national",
            "stage": reader.code(row, "stage"),
            "endorsed": None if endorsed is None else endorsed == "yes",
        }
        return "participation_recorded", {"body": body}


_RowReader = Callable[[Statements, Row], tuple[str, dict[str, Any]]]
_READERS: dict[str, _RowReader] = {
    "actions": Statements.action,
    "difficulties": Statements.difficulty,
    "next_steps": Statements.step,
    "evidence": Statements.evidence,
    "participation": Statements.participation,
}


def _shorn(number: str) -> str:
    """The number of an action as a spreadsheet keeps it when it takes it for a number."""
    try:
        return repr(float(number))
    except ValueError:
        return number


def _said(row: Row) -> list[object]:
    return [(key, cell.value) for key, cell in sorted(row.cells.items())]
