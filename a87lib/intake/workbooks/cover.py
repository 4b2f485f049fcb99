"""The first sheet: whose workbook it is, who filled it in, and when it was approved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from a87lib import framework
from a87lib.facts import PartialDate
from a87lib.intake.workbooks import days, naming
from a87lib.intake.workbooks.book import Book
from a87lib.intake.workbooks.cells import Cell, Sheet
from a87lib.intake.workbooks.context import Context
from a87lib.intake.workbooks.faults import Fault, Findings, fault
from a87lib.intake.workbooks.finding import sheet_of
from a87lib.intake.workbooks.identity import Identity
from a87lib.intake.workbooks.layout import COVER, COVER_FIELDS, sheet_name
from a87lib.intake.workbooks.settings import settings
from a87lib.language import LANGUAGES, join, say

LABELS, VALUES = 1, 2


@dataclass
class Cover:
    """What the first sheet says."""

    office: str = ""
    approved_on: PartialDate | None = None


@dataclass
class _Field:
    sheet: Sheet
    label: str
    row: int

    @property
    def cell(self) -> Cell | None:
        return self.sheet.at(self.row, VALUES)

    def fault(self, code: str, found: object = "", **args: Any) -> Fault:
        return fault(
            code,
            found,
            sheet=self.sheet.name,
            row=self.row,
            column=VALUES,
            title=self.label,
            **args,
        )


def read_cover(book: Book, identity: Identity, context: Context, findings: Findings) -> Cover:
    """Reads the first sheet and checks that it is of the country and cycle expected."""
    sheet = sheet_of(book, COVER)
    if sheet is None:
        findings.add(fault("sheet_missing", sheet=sheet_name(COVER, identity.language)))
        return Cover()
    fields = _fields(sheet, identity, findings)
    cover = Cover()
    if country := fields.get("country"):
        _country(country, identity, context, findings)
    if cycle := fields.get("cycle"):
        _cycle(cycle, identity, findings)
    if office := fields.get("office"):
        cover.office = _office(office, findings)
    if approved := fields.get("approved_on"):
        cover.approved_on = _approved(approved, book, identity, context, findings)
    return cover


def _fields(sheet: Sheet, identity: Identity, findings: Findings) -> dict[str, _Field]:
    wanted = COVER_FIELDS[identity.purpose]
    labels = {
        naming.normal(say(f"intake.cover.{key}", language)): key
        for language in LANGUAGES
        for key in wanted
    }
    found: dict[str, _Field] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        key = labels.get(naming.normal(str(cell.value))) if column == LABELS else None
        if key is not None and key not in found:
            found[key] = _Field(sheet, str(cell.value), row)
    for key in wanted:
        if key not in found and key in ("country", "cycle"):
            label = say(f"intake.cover.{key}", identity.language)
            findings.add(fault("field_missing", sheet=sheet.name, title=label))
    return found


def _country(field: _Field, identity: Identity, context: Context, findings: Findings) -> None:
    cell = field.cell
    if cell is None or cell.value is None:
        findings.add(field.fault("country_missing"))
        return
    if cell.formula or cell.kind in ("error", "boolean"):
        findings.add(
            field.fault("formula" if cell.formula else "country_unknown", cell.value, near="")
        )
        return
    if isinstance(cell.value, float):
        near = naming.m49_without_zeros(cell.value)
        text = f"{cell.value:g}"
        if near:
            findings.add(field.fault("zeros_lost", text, near=join(near, identity.language)))
            return
    else:
        text = str(cell.value)
    if naming.controls(text) or naming.invisible(text) or naming.directs(text):
        findings.add(field.fault("text_invisible", text))
    elif letters := naming.foreign_letters(text):
        findings.add(field.fault("country_lookalike", text, letters=letters))
    elif (code := naming.country_of(text)) is None:
        near = naming.countries_near(text, identity.language)
        findings.add(
            field.fault("country_unknown", text, near=join(near, identity.language) or "–")
        )
    elif code != identity.country or code != context.country:
        wanted = framework.country_name(context.country, identity.language)
        findings.add(field.fault("country_differs", text, wanted=wanted))


def _cycle(field: _Field, identity: Identity, findings: Findings) -> None:
    cell = field.cell
    found = None if cell is None else cell.value
    text = f"{found:g}" if isinstance(found, float) else str(found or "").strip()
    if cell is not None and cell.formula:
        findings.add(field.fault("formula", text))
    elif text != str(identity.cycles[0]):
        findings.add(field.fault("cycle_differs", text, cycle=identity.cycles[0]))


def _office(field: _Field, findings: Findings) -> str:
    cell = field.cell
    if cell is None or cell.value is None:
        return ""
    text = f"{cell.value:g}" if isinstance(cell.value, float) else str(cell.value)
    most = settings().limits.short_text
    if cell.formula:
        findings.add(field.fault("formula", text))
    elif naming.controls(text):
        findings.add(field.fault("text_control", text))
    elif naming.overrides(text):
        findings.add(field.fault("text_direction", text))
    elif len(text) > most:
        findings.add(field.fault("text_too_long", text, length=len(text), most=most))
    else:
        return text
    return ""


def _approved(
    field: _Field, book: Book, identity: Identity, context: Context, findings: Findings
) -> PartialDate | None:
    cell = field.cell
    if cell is None:
        return None
    if cell.formula or cell.kind == "error":
        findings.add(field.fault("formula" if cell.formula else "cell_error", cell.value))
        return None
    when = days.read(cell, book.date1904)
    start, _ = context.periods.get(identity.cycles[0], (None, None))
    if isinstance(when, str):
        findings.add(field.fault(when, cell.value))
    elif when.first > context.received_on:
        findings.add(field.fault("date_future", when, today=context.received_on))
    elif start is not None and when.last < start:
        findings.add(field.fault("date_before_period", when, start=start))
    else:
        return when
    return None
