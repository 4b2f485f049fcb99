"""A workbook checked as a whole: everything that is wrong with it at once, or its facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from a87lib.facts import KINDS, Fact, PartialDate
from a87lib.intake.workbooks.answers import AnswerRows
from a87lib.intake.workbooks.book import Book
from a87lib.intake.workbooks.context import Context, NamedFile, Submission
from a87lib.intake.workbooks.cover import Cover, read_cover
from a87lib.intake.workbooks.faults import Findings, Refused, fault
from a87lib.intake.workbooks.figures import Figure, FigureRows, cycle_of
from a87lib.intake.workbooks.finding import Found, filled, tables_of
from a87lib.intake.workbooks.identity import Identity
from a87lib.intake.workbooks.layout import TABLES
from a87lib.intake.workbooks.meaning import check_repeats, check_sums
from a87lib.intake.workbooks.narrative import Statement, Statements
from a87lib.intake.workbooks.settings import settings
from a87lib.intake.workbooks.values import Reader

REPORT = ("actions", "difficulties", "next_steps", "evidence", "participation")
DATES = {"report": "report_received", "framework": "indicator_framework_received",
         "final": "report_finalised"}  # fmt: skip
_ORDER = (
    "action_progress_stated", "participation_recorded", "next_steps_stated", "evidence_received",
)  # fmt: skip


@dataclass
class _Check:
    book: Book
    identity: Identity
    context: Context
    findings: Findings = field(default_factory=Findings)
    received: dict[tuple[str, int], PartialDate] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    empty: int = 0

    def reader(self, found: Found) -> Reader:
        return Reader(found, self.findings, self.identity.language, self.book.date1904)


def checked(book: Book, identity: Identity, context: Context) -> Submission:
    """The workbook's facts; Refused with everything that is wrong with it."""
    check = _Check(book, identity, context)
    cover = read_cover(book, identity, context, check.findings)
    tables = TABLES[identity.purpose]
    found = tables_of(book, tables, identity.language, check.findings)
    if received := found.get("received"):
        _received(check, received)
    for key in REPORT:
        if table := found.get(key):
            reading = Statements(check.reader(table), identity, context)
            check.statements += reading.read()
            check.empty += reading.empty
    _figures(check, found)
    if identity.purpose == "history":
        _dated(check, found)
    if not check.findings.faults and not (check.statements or check.figures or check.received):
        check.findings.add(fault("nothing_filled_in"))
    if check.findings.faults:
        faults = sorted(check.findings.faults, key=lambda f: _order(book, f.sheet, f.row, f.column))
        most = settings().limits.problems
        raise Refused(faults[:most], identity.language, check.findings.warnings)
    return _submission(check, cover)


def _order(book: Book, sheet: str, row: int, column: int) -> tuple[int, int, int]:
    names = [each.name for each in book.sheets]
    return (names.index(sheet) if sheet in names else -1, row, column)


def _received(check: _Check, table: Found) -> None:
    """The days on which reports of past cycles were received (history workbooks)."""
    reader = check.reader(table)
    for row in table.rows:
        cycle = cycle_of(reader, row, check.identity) if filled(table, row) else None
        for key, kind in DATES.items():
            when = reader.date(row, key) if cycle is not None else None
            if when is None or cycle is None:
                continue
            if when.first > check.context.received_on:
                reader.refuse(row, key, "date_future", when, today=check.context.received_on)
            elif when.last.year < cycle - 1:
                reader.refuse(row, key, "date_too_early", when, earliest=str(cycle - 1))
            elif (kind, cycle) in check.received:
                reader.refuse(row, key, "row_contradicts", when, first=str(cycle))
            else:
                check.received[kind, cycle] = when


def _figures(check: _Check, found: dict[str, Found]) -> None:
    for key, kind in (("figures", FigureRows), ("answers", AnswerRows)):
        if table := found.get(key):
            reader = check.reader(table)
            rows = kind(reader, check.identity, check.context)
            figures = rows.read()
            check_repeats(reader, figures, "value" if key == "figures" else "answer")
            if key == "figures":
                check_sums(reader, figures)
            check.figures += figures
            check.empty += rows.empty


def _dated(check: _Check, found: dict[str, Found]) -> None:
    """What is said of a past cycle needs the day on which it was received."""
    named = [("report_received", s.cycle, s.row, s.sheet) for s in check.statements]
    sheets = {id(row): table.sheet.name for table in found.values() for row in table.rows}
    named += [
        ("indicator_framework_received", f.cycle, f.row, sheets[id(f.row)]) for f in check.figures
    ]
    told: set[tuple[str, int]] = set()
    for kind, cycle, row, sheet in named:
        if (kind, cycle) not in check.received and (kind, cycle) not in told:
            told.add((kind, cycle))
            check.findings.add(
                fault("cycle_without_date", cycle, sheet=sheet, row=row.number, column=1)
            )


def _submission(check: _Check, cover: Cover) -> Submission:
    made = _Made(check, cover)
    facts = list(made.facts())
    return Submission(
        identity=check.identity,
        facts=facts,
        files=made.files,
        warnings=check.findings.warnings,
        empty=check.empty,
    )


@dataclass
class _Made:
    """The facts of a sound workbook, cycle by cycle."""

    check: _Check
    cover: Cover
    files: list[NamedFile] = field(default_factory=list)
    count: int = 0

    def facts(self) -> Iterator[Fact]:
        for cycle in self.check.identity.cycles:
            said = [s for s in self.check.statements if s.cycle == cycle]
            yield from self._reported(cycle, said)
            figures = [f.observation for f in self.check.figures if f.cycle == cycle]
            if figures or ("indicator_framework_received", cycle) in self.check.received:
                yield self._fact(
                    "indicator_framework_received", cycle, self._document("workbook"),
                    observations=tuple(figures),
                )  # fmt: skip
            if ("report_finalised", cycle) in self.check.received:
                yield self._fact("report_finalised", cycle, {})

    def _reported(self, cycle: int, said: list[Statement]) -> Iterator[Fact]:
        """The report itself, then what it states, in a fixed order of kinds."""
        by_kind = {kind: [s for s in said if s.kind == kind] for kind in _ORDER}
        if said or ("report_received", cycle) in self.check.received:
            yield self._fact("report_received", cycle, self._report(said))
        for kind, stated in by_kind.items():
            if kind == "next_steps_stated" and stated:
                yield self._fact(kind, cycle, {"items": [s.body for s in stated]})
            elif kind != "next_steps_stated":
                yield from map(self._stated, stated)

    def _report(self, said: list[Statement]) -> dict[str, Any]:
        general = [s.body for s in said if s.kind == "report_received"]
        own = "report" if "report" in self.check.context.documents else "workbook"
        body = self._document(own)
        for name in ("difficulties", "wishes_to_learn"):
            if texts := [b[name] for b in general if b.get(name)]:
                body[name] = texts
        if self.cover.approved_on is not None:
            body["approved_on"] = str(self.cover.approved_on)
        return body

    def _document(self, what: str) -> dict[str, Any]:
        found = self.check.context.documents.get(what)
        return {} if found is None else {"document": found[0], "document_name": found[1]}

    def _stated(self, each: Statement) -> Fact:
        made = self._fact(
            each.kind, each.cycle, each.body, visibility=each.visibility, source=each.source,
            file=each.sheet, line=each.row.number,
        )  # fmt: skip
        if each.file:
            at = fault("evidence_not_attached", each.file, sheet=each.sheet, row=each.row.number)
            self.files.append(NamedFile(name=each.file.strip(), fact=self.count - 1, where=at))
        return made

    def _fact(self, kind: str, cycle: int, body: dict[str, Any], **more: Any) -> Fact:
        model = KINDS[kind]
        said = {key: value for key, value in body.items() if value is not None}
        about = "indicator_framework_received" if kind.startswith("ind") else "report_received"
        if kind == "report_finalised":
            about = kind
        when = self.check.received.get((about, cycle))
        visibility = more.pop("visibility", None) or model.default_visibility
        source = more.pop("source", "") or self.cover.office
        self.count += 1
        return Fact(
            kind=kind,
            when=when or PartialDate.of(self.check.context.received_on),
            body=model.model_validate({"language": self.check.identity.language, **said}),
            country=self.check.identity.country,
            cycle=cycle,
            visibility=visibility,
            source=source,
            **more,
        )
