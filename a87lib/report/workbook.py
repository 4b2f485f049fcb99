"""Tables as an XLSX workbook: text inert, numbers as numbers, days as days, the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from a87lib.report import sameness
from a87lib.report.colours import INK, TINT
from a87lib.report.inline import LIVE, printable

Value = str | int | float | date | None
LONGEST = 32_000
WIDEST, NARROWEST = 60, 8


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its name, the titles of its columns, its rows; None: an empty cell."""

    name: str
    titles: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def written(
    tables: Sequence[Table], title: str, creator: str, language: str, on: datetime
) -> bytes:
    """The workbook. Each table has a frozen head with filters. on: the day it bears."""
    book = Workbook()
    book.remove(book.worksheets[0])
    properties = book.properties
    properties.title, properties.creator, properties.language = title, creator, language
    for table in tables:
        _fill(book.create_sheet(table.name), table)
    properties.created = properties.modified = on.replace(tzinfo=None)
    buffer = io.BytesIO()
    book.save(buffer)
    return sameness.zipped(_dated(buffer.getvalue(), on))


def _dated(made: bytes, on: datetime) -> bytes:
    """openpyxl stamps the moment of saving over the day given: put it back."""
    name = "docProps/core.xml"
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        core = package.read(name).decode()
    day = on.strftime("%Y-%m-%dT%H:%M:%SZ")
    core = re.sub(r"(<dcterms:modified[^>]*>)[^<]*", rf"\g<1>{day}", core)
    return sameness.zipped(made, {name: core.encode()})


def _fill(sheet: Worksheet, table: Table) -> None:
    for place, title in enumerate(table.titles, 1):
        cell = sheet.cell(1, place)
        put(cell, title)
        cell.font = Font(bold=True, color=INK[1:])
        cell.fill = PatternFill("solid", fgColor=TINT[1:])
        cell.alignment = Alignment(wrap_text=True, vertical="bottom")
    for line, row in enumerate(table.rows, 2):
        for place, value in enumerate(row, 1):
            put(sheet.cell(line, place), value)
    last = f"{get_column_letter(len(table.titles))}{len(table.rows) + 1}"
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{last}"
    for place in range(1, len(table.titles) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = _width(table, place - 1)
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = "9"  # A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0


def put(cell: Cell | MergedCell, value: Value) -> None:
    """Write a value: text is never a formula, a day is a day, a number a number."""
    if value is None:
        return
    if isinstance(value, str):
        text = printable(value)[:LONGEST]
        cell.value = text
        cell.data_type = "s"
        if text.startswith(LIVE):
            cell.quotePrefix = True
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        return
    cell.value = value
    cell.alignment = Alignment(vertical="top")
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"


def _width(table: Table, place: int) -> float:
    texts = [
        table.titles[place],
        *(str(row[place]) for row in table.rows if row[place] is not None),
    ]
    return max(NARROWEST, min(WIDEST, max(map(len, texts)) + 3))
