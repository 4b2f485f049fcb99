"""A country's workbook, written so that the same content always makes the same bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from a87lib import framework
from a87lib.intake.workbooks import choices
from a87lib.intake.workbooks.coverout import write_cover
from a87lib.intake.workbooks.layout import (
    CODES_SHEET,
    COVER,
    TABLES,
    Column,
    Table,
    sheet_name,
    title,
)
from a87lib.intake.workbooks.looks import numbers_as
from a87lib.intake.workbooks.prefill import Prefill
from a87lib.intake.workbooks.rowsout import Given, given_rows
from a87lib.intake.workbooks.settings import settings
from a87lib.intake.workbooks.sheetsout import (
    LONGEST_HELP,
    LONGEST_TITLE,
    Writing,
    help_text,
    set_print,
)
from a87lib.language import raw, say

MADE_AT = datetime(2000, 1, 1, tzinfo=UTC)
"""The moment that every workbook says it was made."""
HEADER = 4
"""The row of the header (from 1): title, guide and an empty row stand above it."""
LINE = 15.5


def written(prefill: Prefill) -> bytes:
    """The workbook of a country and cycle (or several past cycles), as XLSX."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"created": MADE_AT, "title": prefill.identity.name, "author": "a87"})
    writing = Writing(prefill, book)
    tables = TABLES[prefill.identity.purpose]
    cover = book.add_worksheet(sheet_name(COVER, writing.language))
    sheets = [book.add_worksheet(sheet_name(table.key, writing.language)) for table in tables]
    codes = book.add_worksheet(CODES_SHEET)
    _codes(writing, codes, tables)
    write_cover(writing, cover)
    for table, sheet in zip(tables, sheets, strict=True):
        _table(writing, table, sheet)
    cover.activate()
    book.close()
    return buffer.getvalue()


def _codes(writing: Writing, sheet: Worksheet, tables: Sequence[Table]) -> None:
    """The hidden sheet: what the workbook is, and the lists that its drop-downs take."""
    for row, (key, value) in enumerate(writing.identity.rows()):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, value)
    column = 3
    for vocabularies in dict.fromkeys(c.vocabularies for t in tables for c in t.columns):
        if not vocabularies:
            continue
        offered = choices.offered(vocabularies, writing.language)
        for row, (code, label) in enumerate(offered.items()):
            sheet.write_string(row, column, code)
            sheet.write_string(row, column + 1, label)
        _name_list(writing, vocabularies, column + 1, len(offered))
        column += 2
    options = framework.load().vocabulary("indicator_option")
    for row, code in enumerate(options):
        sheet.write_string(row, column, code)
        sheet.write_string(row, column + 1, options[code][writing.language])
    _name_list(writing, ("indicator_option",), column + 1, len(options))
    sheet.hide()
    sheet.protect()


def _name_list(writing: Writing, key: tuple[str, ...], column: int, length: int) -> None:
    letter = xlsxwriter.utility.xl_col_to_name(column, col_abs=True)
    writing.lists[key] = f"={CODES_SHEET}!{letter}$1:{letter}${length}"


def _table(writing: Writing, table: Table, sheet: Worksheet) -> None:
    language = writing.language
    sheet.hide_gridlines(2)
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, sheet_name(table.key, language), writing.looks("title"))
    sheet.write_string(1, 0, raw(f"intake.guide.{table.key}", language), writing.looks("guide"))
    sheet.set_row(HEADER - 1, 48)
    for number, column in enumerate(table.columns):
        sheet.set_column(number, number, column.width)
        looks = "header" if column.type != "shown" and not column.locked else "header_shown"
        sheet.write_string(HEADER - 1, number, title(column.key, language), writing.looks(looks))
    rows = given_rows(writing.prefill, table)
    history = writing.identity.purpose == "history"
    blank = (settings().history_rows if history else settings().blank_rows)[table.key]
    for offset, given in enumerate([*rows, *[Given({})] * blank]):
        if given.values:
            sheet.set_row(HEADER + offset, _height(table, given))
        for number, column in enumerate(table.columns):
            _cell(writing, sheet, HEADER + offset, number, column, given)
    last = HEADER + len(rows) + blank - 1
    for number, column in enumerate(table.columns):
        if last >= HEADER and column.type != "shown":
            _validate(writing, sheet, (HEADER, number, last, number), column)
    if table.key == "answers":
        _validate_answers(writing, sheet, table, rows)
    sheet.freeze_panes(HEADER, 0)
    set_print(sheet, landscape=True)
    sheet.repeat_rows(HEADER - 1)
    sheet.protect(options={"format_columns": True, "format_rows": True, "sort": False})


def _height(table: Table, given: Given) -> float:
    """The height of a row in which every given text is seen whole (programs do not fit it)."""
    texts = ((column.width, str(given.values.get(column.key, ""))) for column in table.columns)
    lines = max(1 + max(0, len(text) - 1) // max(1, int(width * 0.95)) for width, text in texts)
    return LINE * lines


def _cell(
    writing: Writing, sheet: Worksheet, row: int, number: int, column: Column, given: Given
) -> None:
    """One cell: given or empty, open to the country or not."""
    value = given.values.get(column.key)
    own = bool(given.values) and (column.locked or column.type == "shown")
    if column.key == "unit" and given.open_unit:
        own = False
    if column.key == "cycle" and given.values.get("cycle") is None:
        own = False
    looks = writing.looks("shown" if own else "input", numbers_as(column, given.unit))
    if value is None or value == "":
        sheet.write_blank(row, number, None, looks)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, number, value, looks)
    else:
        sheet.write_string(row, number, value, looks)


def _validate(
    writing: Writing, sheet: Worksheet, place: tuple[int, int, int, int], column: Column
) -> None:
    """The drop-down and the help text of a column. What is typed otherwise is told on intake."""
    rule: dict[str, object] = {"validate": "any", **help_text(writing.language, column.key)}
    if column.vocabularies and column.key not in ("unit", "breakdown"):
        rule |= {
            "validate": "list",
            "source": writing.lists[column.vocabularies],
            "error_title": title(column.key, writing.language)[:LONGEST_TITLE],
            "error_message": say("intake.choose", writing.language)[:LONGEST_HELP],
        }
    sheet.data_validation(*place, rule)


def _validate_answers(
    writing: Writing, sheet: Worksheet, table: Table, rows: Sequence[Given]
) -> None:
    keys = [column.key for column in table.columns]
    column = keys.index("answer")
    for offset, given in enumerate(rows):
        if given.options:
            labels = framework.load().vocabulary("indicator_option")
            source = [labels[code][writing.language] for code in given.options]
            rule = {"validate": "list", "source": source, **help_text(writing.language, "answer")}
            sheet.data_validation(HEADER + offset, column, HEADER + offset, column, rule)
