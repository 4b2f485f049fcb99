"""The parts of a workbook around what is wrong with it, as plain texts to be shown.

A region is one sheet's rows at fault with a row before and after each, under the titles of their
columns; of its columns the first two, which name a row, and those at fault with their neighbours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from a87lib.facts import PartialDate
from a87lib.intake.workbooks import formats
from a87lib.intake.workbooks.book import Book
from a87lib.intake.workbooks.cells import Cell, Sheet
from a87lib.intake.workbooks.faults import Fault, escaped
from a87lib.language import format_day, format_number

NAMING = 2
"""The columns from the first that say what a row is about."""
MOST_ROWS = 60
LONGEST = 60


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell as text. faults: the places (from 1) of its problems among all of the answer's."""

    text: str
    faults: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row by its number. heads: whether it holds the titles; faults: about the row as a whole."""

    number: int
    cells: tuple[ShownCell, ...]
    heads: bool = False
    faults: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Region:
    """Part of a sheet. columns: their numbers; left_out: rows at fault beyond the most shown."""

    sheet: str
    columns: tuple[int, ...]
    rows: tuple[ShownRow, ...]
    left_out: int = 0


def regions(book: Book, faults: Sequence[Fault], language: str) -> list[Region]:
    """A region for each sheet with a row at fault, in the order of the workbook."""
    placed: dict[str, dict[tuple[int, int], list[int]]] = defaultdict(lambda: defaultdict(list))
    for place, each in enumerate(faults, start=1):
        if each.row:
            placed[each.sheet][each.row, each.column].append(place)
    return [
        _region(book, sheet, placed[sheet.name], _heads(sheet, faults), language)
        for sheet in book.sheets
        if sheet.name in placed
    ]


def _region(
    book: Book, sheet: Sheet, placed: dict[tuple[int, int], list[int]], heads: int, language: str
) -> Region:
    at_fault = sorted({row for row, _ in placed})
    shown = at_fault[:MOST_ROWS]
    there = {row for row, _ in sheet.cells} | set(at_fault)
    numbers = {near for row in shown for near in (row - 1, row, row + 1) if near in there}
    numbers |= {heads} if heads else set()
    columns = tuple(_columns(sheet, (column for row, column in placed if row in shown)))

    def cell(row: int, column: int) -> ShownCell:
        text = _text(sheet.at(row, column), book.date1904, language)
        return ShownCell(text, tuple(placed.get((row, column), ())))

    rows = tuple(
        ShownRow(
            number,
            tuple(cell(number, column) for column in columns),
            heads=number == heads,
            faults=tuple(placed.get((number, 0), ())),
        )
        for number in sorted(numbers)
    )
    return Region(sheet.name, columns, rows, len(at_fault) - len(shown))


def _columns(sheet: Sheet, at_fault: Iterable[int]) -> list[int]:
    last = max((column for _, column in sheet.cells), default=1)
    wanted = set(range(1, NAMING + 1))
    far = set()
    for column in at_fault:
        wanted |= {column - 1, column, column + 1}
        far.add(column)
    return sorted(c for c in wanted if 0 < c <= last or c in far)


def _heads(sheet: Sheet, faults: Sequence[Fault]) -> int:
    """The row of the titles: that in which the title of a column at fault stands; 0 for none."""
    titles = {(f.column, f.title.strip()) for f in faults if f.sheet == sheet.name and f.title}
    rows = [
        row
        for (row, column), cell in sheet.cells.items()
        if (column, str(cell.value).strip()) in titles
    ]
    return min(rows, default=0)


def _text(cell: Cell | None, date1904: bool, language: str) -> str:
    """A cell's content as a spreadsheet program would show it in the language."""
    if cell is None or cell.value is None:
        return "=…" if cell is not None and cell.formula else ""
    if cell.kind == "number" and isinstance(cell.value, float):
        return _number(cell.value, cell.format, date1904, language)
    if cell.kind == "date":
        return _day(str(cell.value), language)
    text = escaped(cell.value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _number(value: float, form: str, date1904: bool, language: str) -> str:
    """A number, percentage or day; digits are neither rounded nor grouped."""
    if formats.shows_date(form) and (day := formats.day(value, date1904)) is not None:
        return format_day(day, language)
    percent = formats.shows_percent(form)
    shown = round(100 * value, 10) if percent else value
    whole = abs(shown) < 1e15 and shown == int(shown)
    text = str(int(shown)) if whole else repr(shown).replace(".", format_number(0.5, language)[1])
    return f"{text} %" if percent else text


def _day(text: str, language: str) -> str:
    try:
        return format_day(PartialDate.of(text[:10]).first, language)
    except ValueError:
        return escaped(text)
