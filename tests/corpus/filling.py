"""A country's workbook, and how somebody fills it in with a spreadsheet program."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import openpyxl

from a87lib import register
from a87lib.desk import outgoing, records
from a87lib.facts import KINDS, Fact, Observation, PartialDate
from a87lib.intake.workbooks.layout import CODES_SHEET, sheet_name, title

RECEIVED_ON = date(2025, 4, 20)
CYCLE = 2025
HEADER = 4
FIRST = 5
ACTIONS = ("1.1", "1.2", "1.10", "2.1", "03")
COUNTRIES = ("CIV", "NAM", "NER", "FJI", "GUY")


def facts(country: str) -> list[Fact]:
    """What is on file of a country: its status, a roadmap, last year's framework."""

    def fact(kind: str, on: str, cycle: int | None = None, rows: Any = (), **body: Any) -> Fact:
        said = KINDS[kind].model_validate(body)
        when = PartialDate.of(on)
        return Fact(
            kind=kind, when=when, body=said, country=country, cycle=cycle, observations=tuple(rows)
        )

    actions = [{"no": no, "title": f"Action {no}", "due": "2026-12"} for no in ACTIONS]
    priorities = [
        {"no": "1", "title": "Inspection", "themes": ["child_labour"], "actions": actions[:3]},
        {"no": "2", "title": "Recruitment", "themes": ["forced_labour"], "actions": actions[3:]},
    ]
    rows = [
        Observation(indicator=i, period_start="2023", period_end="2023", sex=s, age=a,
                    breakdown=b, value_number=v, unit=u, nature="country", source="Statistics")
        for i, s, a, b, v, u in (
            ("O1", "total", "5-17", "", 12.5, "percent"),
            ("E1", "total", "", "", 140.0, "count"),
            ("P3", "total", "", "planned", 900000.0, "XOF"),
        )
    ]  # fmt: skip
    return [
        fact("decision_made", "2020-01-10", subject="grant_status", consensus=True, quorum=True),
        fact("roadmap_submitted", "2021-02-01", version="1", priorities=priorities),
        fact("report_received", "2024-04-20", 2024),
        fact("action_progress_stated", "2024-04-20", 2024, action="1.1", state="ongoing"),
        fact("indicator_framework_received", "2024-04-20", 2024, rows),
    ]


def make_register(where: Path | str) -> str:
    """A register of real countries with what `facts` says of each, at a path or URL."""
    with_all = [fact for country in COUNTRIES for fact in facts(country)]
    register.make(str(where), "real", "corpus", lambda on: records.record(on, with_all, by="test"))
    return str(where)


def template(on: register.Register, country: str = "CIV", language: str = "en") -> bytes:
    """The workbook that the country was sent."""
    return outgoing.template(on, country, [CYCLE], language, asof=RECEIVED_ON)[1]


@dataclass
class Sheets:
    """A workbook opened in a spreadsheet program: cells by table, row and column."""

    data: bytes
    language: str = "en"

    @cached_property
    def book(self) -> Any:
        """The workbook, opened when somebody first looks into it."""
        return openpyxl.load_workbook(io.BytesIO(self.data))

    def sheet(self, table: str) -> Any:
        return self.book[CODES_SHEET if table == CODES_SHEET else sheet_name(table, self.language)]

    def column(self, table: str, key: str) -> int:
        """The number of a column, by the title printed above it."""
        wanted = title(key, self.language)
        sheet = self.sheet(table)
        return next(c.column for c in sheet[HEADER] if c.value == wanted)

    def row(self, table: str, **keys: str) -> int:
        """The first row whose cells hold these values."""
        sheet = self.sheet(table)
        columns = {self.column(table, key): value for key, value in keys.items()}
        for row in range(FIRST, sheet.max_row + 1):
            if all(str(sheet.cell(row, c).value or "") == v for c, v in columns.items()):
                return row
        raise LookupError(f"{table}: no row {keys}")

    def put(self, table: str, row: int, key: str, value: object, form: str | None = None) -> str:
        """Types a value into a cell; returns `sheet!cell`."""
        cell = self.sheet(table).cell(row, self.column(table, key))
        cell.value = value
        if isinstance(value, str) and not value.startswith("=SUM"):
            cell.data_type = "s"
        if form is not None:
            cell.number_format = form
        return f"{self.sheet(table).title}!{cell.coordinate}"

    def cover(self, label: str, value: object) -> str:
        """Types a value beside a label of the first sheet."""
        from a87lib.language import say

        sheet = self.sheet("cover")
        wanted = say(f"intake.cover.{label}", self.language)
        row = next(c.row for c in sheet["A"] if c.value == wanted)
        sheet.cell(row, 2).value = value
        if isinstance(value, str):
            sheet.cell(row, 2).data_type = "s"
        return f"{sheet.title}!B{row}"

    def label(self, vocabulary: str, code: str) -> str:
        from a87lib import framework

        return framework.load().label(vocabulary, code, self.language)

    def saved(self) -> bytes:
        """The file as it is now; as it came where nobody has opened it."""
        if "book" not in self.__dict__:
            return self.data
        buffer = io.BytesIO()
        self.book.save(buffer)
        return buffer.getvalue()


def figure(
    sheets: Sheets, indicator: str, sex: str = "total", age: str = "", breakdown: str = ""
) -> int:
    """The row of a figure."""
    keys = {"indicator": indicator, "sex": sheets.label("sex", sex), "age": age}
    code = sheets.label("breakdown_value", breakdown) if breakdown else ""
    return sheets.row("figures", **keys, breakdown=code)


def filled(data: bytes, language: str = "en") -> Sheets:
    """The workbook filled in as a careful person does it."""
    sheets = Sheets(data, language)
    sheets.cover("office", "Ministry of Labour")
    sheets.cover("approved_on", date(2025, 4, 11))
    for offset, no in enumerate(ACTIONS):
        row = sheets.row("actions", action=no)
        state = ("ongoing", "completed", "not_started", "delayed", "dropped")[offset]
        sheets.put("actions", row, "state", sheets.label("action_state", state))
        sheets.put("actions", row, "done", f"Work on {no} went on in four districts.")
    sheets.put(
        "difficulties", FIRST, "difficulty", "Inspectors had no vehicles in the rainy season."
    )
    sheets.put("difficulties", FIRST + 1, "wish", "How others pay for school meals.")
    for number in (1, 2):
        sheets.put("next_steps", FIRST + number - 1, "no", str(number))
        sheets.put(
            "next_steps", FIRST + number - 1, "step", f"Step {number} by the end of the year"
        )
    evidence = {
        "type": sheets.label("evidence_type", "survey"), "title": "Labour force survey 2023",
        "about": "O1", "dated": date(2024, 9, 30), "where": "Statistical office",
        "visibility": sheets.label("visibility", "public"),
    }  # fmt: skip
    for key, value in evidence.items():
        sheets.put("evidence", FIRST, key, value)
    for offset, (group, stage) in enumerate((("workers", "reporting"), ("survivors", "planning"))):
        row = FIRST + offset
        sheets.put("participation", row, "group", sheets.label("stakeholder_group", group))
        sheets.put("participation", row, "organisation", f"Organisation of {group}")
        sheets.put("participation", row, "stage", sheets.label("participation_stage", stage))
    for indicator, value, start in (("E1", 152, None), ("E2", 2310, None), ("V4", 81.25, 2023)):
        row = figure(sheets, indicator)
        sheets.put("figures", row, "value", value)
        sheets.put("figures", row, "source", "Labour inspectorate")
        if start is not None:
            sheets.put("figures", row, "start", start)
    for sex, value in (("total", 41), ("female", 17), ("male", 24)):
        sheets.put("figures", figure(sheets, "V1", sex), "value", value)
    row = figure(sheets, "O4")
    sheets.put("figures", row, "reason", sheets.label("missing_reason", "not_collected"))
    row = sheets.row("answers", indicator="L3")
    sheets.put("answers", row, "answer", sheets.label("indicator_option", "partial"))
    row = sheets.row("answers", indicator="L1", breakdown=sheets.label("treaty", "C182"))
    sheets.put("answers", row, "answer", date(2003, 2, 7))
    return sheets
