"""A sheet's cells, and how they are read from its XML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from xml.sax.handler import ContentHandler

from a87lib.intake.workbooks.container import Stop
from a87lib.intake.workbooks.faults import Refused, fault
from a87lib.intake.workbooks.formats import GENERAL
from a87lib.intake.workbooks.settings import settings

Kind = Literal["text", "number", "boolean", "error", "date", "empty"]
_REF = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.A)
_Held = tuple[Kind, str | float | bool | None, bool]
MANY_ROWS = 1000
"""With more rows than this above it, a row too far down is one of too many, not a stray cell."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell. kind `date`: an ISO date as text; formula: it was calculated.

    A formula without a remembered result is kind `empty`. damaged: what stood there is no such
    value (a text number that no list has, a number that is none).
    """

    row: int
    column: int
    kind: Kind
    value: str | float | bool | None
    formula: bool = False
    format: str = GENERAL
    damaged: bool = False

    @property
    def blank(self) -> bool:
        """Whether nothing but spaces stands there."""
        return not self.formula and isinstance(self.value, str) and not self.value.strip()


@dataclass
class Sheet:
    """A sheet: what stands in it, and what may hide or distort that."""

    name: str
    state: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    filtered: bool = False

    def at(self, row: int, column: int) -> Cell | None:
        """The cell at a place, if something stands there."""
        cell = self.cells.get((row, column))
        return None if cell is None or cell.blank else cell

    def hides(self, column: int) -> bool:
        """Whether a column is hidden."""
        return any(first <= column <= last for first, last in self.hidden_columns)


def place(reference: str) -> tuple[int, int] | None:
    """Row and column of a reference such as C7; None where it is none."""
    found = _REF.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


class SheetReader(ContentHandler):
    """Fills a sheet from its XML; ends early, with a reason, where it goes beyond the limits."""

    def __init__(
        self, sheet: Sheet, strings: Sequence[str], formats: Sequence[str], left: int
    ) -> None:
        super().__init__()
        self.sheet = sheet
        self._strings = strings
        self._formats = formats
        self._left = left
        self._limits = settings().limits
        self._row = self._column = self._elements = 0
        self._attrs: dict[str, str] = {}
        self._pieces: list[str] = []
        self._text: list[str] = []
        self._inside = ""
        self._value: str | None = None
        self._formula = False
        self._skipped = False
        self._stopped: Refused | None = None

    def finish(self) -> None:
        """Raises what made the reading stop."""
        if self._stopped is not None:
            raise self._stopped

    def startElement(self, name: str, attrs: Any) -> None:
        """Notes what begins."""
        self._elements += 1
        if self._elements > self._limits.elements:
            self._stop("too_many_cells", 0, 0, most=self._limits.cells)
        tag = name.rpartition(":")[2]
        match tag:
            case "c":
                self._begin(attrs)
            case "v" | "t" | "f":
                self._inside = "" if self._skipped else tag
                self._pieces = []
            case "rPh":
                self._skipped = True
            case "row":
                self._begin_row(attrs)
            case "col" | "mergeCell" | "filterColumn":
                self._around(tag, attrs)

    def characters(self, content: str) -> None:
        """Gathers the text of a cell."""
        if self._inside:
            self._pieces.append(content)

    def endElement(self, name: str) -> None:
        """Notes what ended, and hands on a cell that is whole."""
        tag = name.rpartition(":")[2]
        match tag:
            case "v" if self._inside == "v":
                self._value = "".join(self._pieces)
            case "t" if self._inside == "t":
                self._text.append("".join(self._pieces))
            case "f":
                self._formula = True
            case "rPh":
                self._skipped = False
            case "c":
                self._end()
        if tag in ("v", "t", "f"):
            self._inside = ""

    def _begin_row(self, attrs: Any) -> None:
        given = attrs.get("r", "")
        self._row = int(given) if given.isdecimal() and len(given) < 9 else self._row + 1
        self._column = 0
        hidden = attrs.get("hidden", "0").casefold() in ("1", "true")
        if hidden and self._row <= self._limits.rows:
            self.sheet.hidden_rows.add(self._row)

    def _begin(self, attrs: Any) -> None:
        self._attrs = {key: attrs.getValue(key) for key in attrs.getNames()}
        found = place(self._attrs.get("r", ""))
        self._row, self._column = found or (max(self._row, 1), self._column + 1)
        self._value, self._text, self._formula = None, [], False

    def _end(self) -> None:
        cell = self._cell()
        if cell is None:
            return
        limits, sheet = self._limits, self.sheet
        if cell.row > limits.rows or cell.column > limits.columns:
            many = cell.row > limits.rows and len({row for row, _ in sheet.cells}) > MANY_ROWS
            code = "too_many_rows" if many else "cell_far_away"
            self._stop(code, cell.row, cell.column, rows=limits.rows, columns=limits.columns)
        self._left -= 1
        if self._left < 0:
            self._stop("too_many_cells", cell.row, cell.column, most=limits.cells)
        if (cell.row, cell.column) in sheet.cells:
            self._stop("cell_twice", cell.row, cell.column)
        sheet.cells[cell.row, cell.column] = cell

    def _stop(self, code: str, row: int, column: int, **args: Any) -> None:
        found = fault(code, sheet=self.sheet.name, row=row, column=column, **args)
        self._stopped = Refused([found])
        raise Stop

    def _cell(self) -> Cell | None:
        kind = self._attrs.get("t", "n")
        style = self._attrs.get("s", "0")
        number = int(style) if style.isdecimal() and len(style) < 7 else 0
        form = self._formats[number] if number < len(self._formats) else GENERAL
        held = self._held(kind)
        if held is None and not self._formula:
            return None
        said, value, damaged = held or ("empty", None, False)
        return Cell(self._row, self._column, said, value, self._formula, form, damaged)

    def _held(self, kind: str) -> _Held | None:
        if kind == "inlineStr":
            return ("text", unescaped("".join(self._text)), False) if self._text else None
        value = self._value
        if value is None or (value == "" and kind != "str"):
            return None
        if kind == "s":
            known = value.strip().isdecimal() and len(value) < 9 and int(value) < len(self._strings)
            return ("text", self._strings[int(value)] if known else value, not known)
        if kind == "str":
            return ("text", unescaped(value), False)
        if kind == "b":
            return ("boolean", value.strip() in ("1", "true"), False)
        if kind in ("e", "d"):
            return ("error" if kind == "e" else "date", value.strip(), False)
        sound = _NUMBER.fullmatch(value.strip()) is not None
        return ("number", float(value) if sound else value, not sound)

    def _around(self, tag: str, attrs: Any) -> None:
        if tag == "filterColumn":
            self.sheet.filtered = True
        elif tag == "mergeCell" and len(self.sheet.merged) < self._limits.rows:
            first, _, last = attrs.get("ref", "").partition(":")
            start, end = place(first), place(last or first)
            if start is not None and end is not None:
                self.sheet.merged.append((*start, *end))
        elif tag == "col" and attrs.get("hidden", "0").casefold() in ("1", "true"):
            first, last = attrs.get("min", ""), attrs.get("max", "")
            if first.isdecimal() and last.isdecimal():
                self.sheet.hidden_columns.append((int(first), int(last)))


def unescaped(text: str) -> str:
    """Text with the characters that spreadsheets write as _x0009_."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
