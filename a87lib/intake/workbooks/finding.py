"""Where things stand in a workbook: sheets by name, columns by title, wherever they were moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from a87lib.intake.workbooks.book import Book
from a87lib.intake.workbooks.cells import Cell, Sheet
from a87lib.intake.workbooks.faults import Fault, Findings, fault
from a87lib.intake.workbooks.layout import CODES_SHEET, COVER, Column, Table, sheet_name, title
from a87lib.intake.workbooks.naming import normal
from a87lib.language import LANGUAGES

HEADER_WITHIN = 40


@dataclass
class Row:
    """A row of a table: its cells by the key of their column; empty ones are left out."""

    number: int
    cells: dict[str, Cell]

    def cell(self, key: str) -> Cell | None:
        """The cell in a column, if something stands there."""
        return self.cells.get(key)


@dataclass
class Found:
    """A table found in a workbook: its sheet, the row of its header, where its columns are."""

    table: Table
    sheet: Sheet
    header: int
    columns: dict[str, int] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    def place(self, key: str) -> tuple[int, str]:
        """The number and the printed title of a column."""
        column = self.columns.get(key, 0)
        cell = self.sheet.at(self.header, column) if column else None
        return column, str(cell.value) if cell is not None else key

    def fault(
        self,
        code: str,
        row: int,
        key: str,
        found: object = "",
        *,
        warning: bool = False,
        **args: object,
    ) -> Fault:
        """A fault at a cell of the table."""
        column, printed = self.place(key)
        return fault(
            code, found, sheet=self.sheet.name, row=row, column=column, title=printed,
            warning=warning, **args,
        )  # fmt: skip


def sheet_of(book: Book, key: str) -> Sheet | None:
    """The sheet that is called so in any of the languages."""
    names = {normal(sheet_name(key, language)) for language in LANGUAGES}
    return next((sheet for sheet in book.sheets if normal(sheet.name) in names), None)


def tables_of(
    book: Book, tables: tuple[Table, ...], language: str, findings: Findings
) -> dict[str, Found]:
    """The tables of the workbook by key; what is missing, hidden, doubled or strange is noted."""
    found: dict[str, Found] = {}
    for table in tables:
        sheet = sheet_of(book, table.key)
        if sheet is None:
            findings.add(fault("sheet_missing", sheet=sheet_name(table.key, language)))
            continue
        located = _located(table, sheet, language, findings)
        if located is not None:
            found[table.key] = located
            _hidden(located, findings)
    own = {id(t.sheet) for t in found.values()} | {id(sheet_of(book, t.key)) for t in tables}
    own |= {id(sheet_of(book, COVER)), id(book.sheet(CODES_SHEET))}
    findings.extend(_extra(sheet) for sheet in book.sheets if id(sheet) not in own and sheet.cells)
    return found


def _extra(sheet: Sheet) -> Fault:
    row, column = min(sheet.cells)
    if sheet.state == "visible":
        return fault("sheet_extra", sheet=sheet.name, warning=True)
    return fault("sheet_hidden", sheet=sheet.name, row=row, column=column)


def _titles(table: Table) -> dict[str, str]:
    return {
        normal(title(column.key, language)): column.key
        for language in LANGUAGES
        for column in table.columns
    }


def _located(table: Table, sheet: Sheet, language: str, findings: Findings) -> Found | None:
    titles = _titles(table)
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        key = titles.get(normal(cell.value)) if isinstance(cell.value, str) else None
        if key is not None:
            by_row.setdefault(row, {})[column] = key
    enough = max(2, (len(table.columns) + 1) // 2) if len(table.columns) > 2 else len(table.columns)
    headers = [row for row, keys in by_row.items() if len(set(keys.values())) >= enough]
    if not headers or headers[0] > HEADER_WITHIN:
        wanted = ", ".join(title(column.key, language) for column in table.columns)
        findings.add(fault("header_missing", sheet=sheet.name, titles=wanted))
        return None
    for row in headers[1:]:
        findings.add(fault("header_twice", sheet=sheet.name, row=row, column=min(by_row[row])))
    located = Found(table, sheet, headers[0])
    for column, key in by_row[headers[0]].items():
        if key in located.columns:
            printed = title(key, language)
            findings.add(
                fault(
                    "column_twice", sheet=sheet.name, row=headers[0], column=column, title=printed
                )
            )
        else:
            located.columns[key] = column
    _missing_columns(located, language, findings)
    located.rows = list(_rows(located, set(headers)))
    return located


def _missing_columns(located: Found, language: str, findings: Findings) -> None:
    for column in located.table.columns:
        if column.key not in located.columns and column.type != "shown":
            name = title(column.key, language)
            findings.add(
                fault("column_missing", sheet=located.sheet.name, row=located.header, title=name)
            )
    known = set(located.columns.values())
    sheet = located.sheet
    strange = sorted({c for r, c in sheet.cells if r > located.header and c not in known})
    for number in strange:
        head = sheet.at(located.header, number)
        named = "" if head is None else str(head.value)
        findings.add(fault("column_extra", named, sheet=sheet.name, column=number, warning=True))


def _rows(located: Found, headers: set[int]) -> Iterator[Row]:
    keys = {column: key for key, column in located.columns.items()}
    rows: dict[int, dict[str, Cell]] = {}
    for (row, column), cell in sorted(located.sheet.cells.items()):
        if row > located.header and row not in headers and column in keys and not cell.blank:
            rows.setdefault(row, {})[keys[column]] = cell
    return (Row(number, cells) for number, cells in rows.items())


def filled(located: Found, row: Row) -> bool:
    """Whether somebody filled the row in, or only the workbench did."""
    return any(key in row.cells for key in located.table.inputs)


def _first_input(located: Found, row: Row) -> str:
    return next(key for key in located.columns if key in row.cells and key in located.table.inputs)


def _hidden(located: Found, findings: Findings) -> None:
    sheet = located.sheet
    if sheet.filtered:
        findings.add(fault("filter_active", sheet=sheet.name, warning=True))
    rows = [row for row in located.rows if filled(located, row)]
    for row in rows:
        if row.number in sheet.hidden_rows and not sheet.filtered:
            findings.add(located.fault("row_hidden", row.number, _first_input(located, row)))
    for key, column in located.columns.items():
        if sheet.hides(column) and key in located.table.inputs:
            first = next((row for row in rows if key in row.cells), None)
            if first is not None:
                findings.add(located.fault("column_hidden", first.number, key))
    if sheet.state != "visible" and rows:
        first_key = _first_input(located, rows[0])
        findings.add(located.fault("sheet_hidden", rows[0].number, first_key))
    findings.extend(_merged(located))


def _merged(located: Found) -> Iterator[Fault]:
    columns = located.columns.values()
    for top, left, bottom, right in located.sheet.merged:
        if bottom > located.header and any(left <= column <= right for column in columns):
            keys: dict[int, Column] = {
                located.columns[c.key]: c for c in located.table.columns if c.key in located.columns
            }
            key = keys[left].key if left in keys else ""
            yield (
                located.fault("merged_cells", top, key)
                if key
                else fault("merged_cells", sheet=located.sheet.name, row=top, column=left)
            )
