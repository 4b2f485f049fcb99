"""A country's workbook, written so that the same content always makes the same bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from a87lib import framework
from a87lib.intake.workbooks import choices
from a87lib.intake.workbooks.identity import Identity
from a87lib.intake.workbooks.layout import (
    CODES_SHEET,
    COVER,
    COVER_FIELDS,
    TABLES,
    Column,
    Table,
    sheet_name,
    title,
)
from a87lib.intake.workbooks.looks import FORMATS, NUMBER_FORMATS, numbers_as
from a87lib.intake.workbooks.prefill import Prefill
from a87lib.intake.workbooks.rowsout import Given, given_rows
from a87lib.intake.workbooks.settings import settings
from a87lib.language import format_day, raw, say

MADE_AT = datetime(2000, 1, 1)  # noqa: DTZ001 - the moment that every workbook says it was made
HEADER = 4
"""The row of the header (from 1): title, guide and an empty row stand above it."""
INSTRUCTIONS = 9
LONGEST_HELP, LONGEST_TITLE = 255, 32


@dataclass
class _Writing:
    prefill: Prefill
    book: xlsxwriter.Workbook
    formats: dict[str, Format] = field(default_factory=dict)
    lists: dict[tuple[str, ...], str] = field(default_factory=dict)

    @property
    def identity(self) -> Identity:
        return self.prefill.identity

    @property
    def language(self) -> str:
        return self.prefill.identity.language

    def looks(self, name: str, number: str = "") -> Format:
        """The format of cells of one kind (`input`, `shown`, …), with a number format or none."""
        key = f"{name} {number}"
        if key not in self.formats:
            properties = {**FORMATS["all"], **FORMATS[name]}
            if number:
                properties["num_format"] = number
            self.formats[key] = self.book.add_format(properties)
        return self.formats[key]


def written(prefill: Prefill) -> bytes:
    """The workbook of a country and cycle (or several past cycles), as XLSX."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"created": MADE_AT, "title": prefill.identity.name, "author": "a87"})
    writing = _Writing(prefill, book)
    tables = TABLES[prefill.identity.purpose]
    cover = book.add_worksheet(sheet_name(COVER, writing.language))
    sheets = [book.add_worksheet(sheet_name(table.key, writing.language)) for table in tables]
    codes = book.add_worksheet(CODES_SHEET)
    _codes(writing, codes, tables)
    _cover(writing, cover)
    for table, sheet in zip(tables, sheets, strict=True):
        _table(writing, table, sheet)
    cover.activate()
    book.close()
    return buffer.getvalue()


def _codes(writing: _Writing, sheet: Worksheet, tables: Sequence[Table]) -> None:
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


def _name_list(writing: _Writing, key: tuple[str, ...], column: int, length: int) -> None:
    letter = xlsxwriter.utility.xl_col_to_name(column, col_abs=True)
    writing.lists[key] = f"={CODES_SHEET}!{letter}$1:{letter}${length}"


def _cover(writing: _Writing, sheet: Worksheet) -> None:
    language, identity = writing.language, writing.identity
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, 1, 74)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 30)
    heading = say(f"intake.title.{identity.purpose}", language)
    sheet.write_string(0, 0, heading, writing.looks("title"))
    row = 2
    for key, value in _cover_values(writing).items():
        sheet.set_row(row, 22)
        sheet.write_string(row, 0, say(f"intake.cover.{key}", language), writing.looks("label"))
        own = key in ("office", "approved_on")
        looks = writing.looks(
            "input" if own else "shown", "yyyy-mm-dd" if key == "approved_on" else ""
        )
        sheet.write_string(row, 1, value, looks) if value else sheet.write_blank(
            row, 1, None, looks
        )
        if own:
            sheet.data_validation(row, 1, row, 1, {"validate": "any", **_help(language, key)})
        row += 1
    row += 1
    sheet.write_string(row, 0, say("intake.instructions", language), writing.looks("heading"))
    due = writing.prefill.due_on
    for number in range(1, INSTRUCTIONS + 1):
        row += 1
        text = say(f"intake.instruction.{number}", language, due=_day(due, language))
        sheet.set_row(row, 15 * (1 + len(text) // 112))
        sheet.merge_range(row, 0, row, 1, text, writing.looks("wrapped"))
    _printed(sheet, landscape=False)
    sheet.protect()


def _day(day: date | None, language: str) -> str:
    return format_day(day, language) if day is not None else "–"


def _cover_values(writing: _Writing) -> dict[str, str]:
    identity, language = writing.identity, writing.language
    period = writing.prefill.period
    values = {
        "country": framework.country_name(identity.country, language),
        "cycle": str(identity.cycles[0]),
        "cycles": ", ".join(map(str, identity.cycles)),
        "period": "" if period is None else " – ".join(format_day(d, language) for d in period),
        "version": identity.name,
        "office": "",
        "approved_on": "",
    }
    return {key: values[key] for key in COVER_FIELDS[identity.purpose]}


def _help(language: str, key: str) -> dict[str, object]:
    words = say(f"intake.help.{key}", language)
    return {"input_title": title_or_label(key, language)[:LONGEST_TITLE],
            "input_message": words[:LONGEST_HELP]}  # fmt: skip


def title_or_label(key: str, language: str) -> str:
    """The title of a column or the label of a field of the first sheet."""
    return (
        say(f"intake.cover.{key}", language)
        if key in ("office", "approved_on")
        else title(key, language)
    )


def _table(writing: _Writing, table: Table, sheet: Worksheet) -> None:
    language = writing.language
    sheet.hide_gridlines(2)
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
        for number, column in enumerate(table.columns):
            _cell(writing, sheet, HEADER + offset, number, column, given)
    last = HEADER + len(rows) + blank - 1
    for number, column in enumerate(table.columns):
        if last >= HEADER and column.type != "shown":
            _validate(writing, sheet, (HEADER, number, last, number), column)
    if table.key == "answers":
        _validate_answers(writing, sheet, table, rows)
    sheet.freeze_panes(HEADER, 0)
    _printed(sheet, landscape=True)
    sheet.repeat_rows(HEADER - 1)
    sheet.protect(options={"format_columns": True, "format_rows": True, "sort": False})


def _cell(
    writing: _Writing, sheet: Worksheet, row: int, number: int, column: Column, given: Given
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
    writing: _Writing, sheet: Worksheet, place: tuple[int, int, int, int], column: Column
) -> None:
    """The drop-down and the help text of a column. What is typed otherwise is told on intake."""
    rule: dict[str, object] = {"validate": "any", **_help(writing.language, column.key)}
    if column.vocabularies and column.key not in ("unit", "breakdown"):
        rule |= {
            "validate": "list",
            "source": writing.lists[column.vocabularies],
            "error_title": title(column.key, writing.language)[:LONGEST_TITLE],
            "error_message": say("intake.choose", writing.language)[:LONGEST_HELP],
        }
    sheet.data_validation(*place, rule)


def _validate_answers(
    writing: _Writing, sheet: Worksheet, table: Table, rows: Sequence[Given]
) -> None:
    keys = [column.key for column in table.columns]
    column = keys.index("answer")
    for offset, given in enumerate(rows):
        if given.options:
            labels = framework.load().vocabulary("indicator_option")
            source = [labels[code][writing.language] for code in given.options]
            rule = {"validate": "list", "source": source, **_help(writing.language, "answer")}
            sheet.data_validation(HEADER + offset, column, HEADER + offset, column, rule)


def _printed(sheet: Worksheet, *, landscape: bool) -> None:
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.4, 0.4, 0.6, 0.6)
    sheet.set_footer("&L&A&R&P / &N")


__all__ = ["HEADER", "NUMBER_FORMATS", "written"]
