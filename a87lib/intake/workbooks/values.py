"""What a cell says, as a typed value; what could be read in two ways is refused, not guessed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from a87lib.facts import PartialDate
from a87lib.intake.workbooks import choices, days, formats, naming
from a87lib.intake.workbooks.cells import Cell
from a87lib.intake.workbooks.faults import Findings, letters
from a87lib.intake.workbooks.finding import Found, Row
from a87lib.intake.workbooks.settings import settings
from a87lib.language import join

_NO_DATA = frozenset(
    "n/a na n.a. n.a n/d nd n.d. n.d s/o s.o. - -- . .. ... … : x ? none null nil".split()
)
_PLAIN = re.compile(r"[+-]?\d+([.,]\d+)?", re.A)
_GROUPED = re.compile(r"[+-]?\d{1,3}([ .,'\u00a0\u202f’]\d{3})+([.,]\d+)?", re.A)
_AMBIGUOUS = re.compile(r"[+-]?\d{1,3}[.,]\d{3}", re.A)
_SCIENTIFIC = re.compile(r"[+-]?\d+([.,]\d+)?[eE][+-]?\d+", re.A)


@dataclass
class Reader:
    """Reads the cells of one row after another; notes what is wrong at its cell."""

    found: Found
    findings: Findings
    language: str
    date1904: bool = False

    def refuse(self, row: Row, key: str, code: str, found: object = "", **args: Any) -> None:
        """Notes a fault at a cell."""
        self.findings.add(self.found.fault(code, row.number, key, found, **args))

    def warn(self, row: Row, key: str, code: str, found: object = "", **args: Any) -> None:
        """Notes a warning at a cell."""
        self.findings.add(self.found.fault(code, row.number, key, found, warning=True, **args))

    def _usable(self, row: Row, key: str) -> Cell | None:
        """The cell, unless it is empty, a formula, an error or damaged."""
        cell = row.cell(key)
        if cell is None or not self._literal(row, key, cell):
            return None
        return cell

    def _literal(self, row: Row, key: str, cell: Cell) -> bool:
        if cell.formula:
            code = "formula_without_value" if cell.kind == "empty" else "formula"
            self.refuse(row, key, code, "" if cell.value is None else cell.value)
        elif cell.kind == "error":
            self.refuse(row, key, "cell_error", cell.value)
        elif cell.damaged:
            self.refuse(row, key, "cell_damaged", cell.value)
        else:
            return True
        return False

    def text(self, row: Row, key: str, *, long: bool = False) -> str | None:
        """A text, as it was written: nothing is cut, cleaned or interpreted."""
        cell = self._usable(row, key)
        if cell is None:
            return None
        text = self._as_text(cell)
        limits = settings().limits
        most = limits.long_text if long else limits.short_text
        if len(text) > most:
            self.refuse(row, key, "text_too_long", text, length=len(text), most=most)
        elif naming.controls(text):
            self.refuse(row, key, "text_control", text)
        elif naming.overrides(text):
            self.refuse(row, key, "text_direction", text)
        else:
            if naming.mojibake(text):
                self.warn(row, key, "text_mojibake", text)
            return text
        return None

    def _as_text(self, cell: Cell) -> str:
        if isinstance(cell.value, bool):
            return str(cell.value).upper()
        if isinstance(cell.value, float):
            if formats.shows_date(cell.format):
                day = formats.day(cell.value, self.date1904)
                return repr(cell.value) if day is None else day.isoformat()
            return _number_as_text(cell.value)
        return str(cell.value)

    def key(self, row: Row, key: str) -> str | None:
        """A short code such as the number of an action; nothing invisible may be in it."""
        cell = self._usable(row, key)
        if cell is None:
            return None
        if cell.kind == "date" or (cell.kind == "number" and formats.shows_date(cell.format)):
            self.refuse(row, key, "key_is_date", self._as_text(cell))
            return None
        text = self._as_text(cell)
        if naming.controls(text) or naming.invisible(text) or naming.directs(text):
            self.refuse(row, key, "text_invisible", text)
            return None
        if len(text) > settings().limits.short_text:
            most = settings().limits.short_text
            self.refuse(row, key, "text_too_long", text, length=len(text), most=most)
            return None
        return " ".join(unicodedata.normalize("NFC", text).split())

    def code(self, row: Row, key: str) -> str | None:
        """The code of a drop-down, from its label in any of the languages."""
        text = self.key(row, key)
        if text is None:
            return None
        column = self.found.table.column(key)
        code = choices.code_of(column, text)
        if code is None:
            near = choices.near(column, text, self.language) or choices.labels(
                column, self.language
            )
            self.refuse(row, key, "code_unknown", text, labels=join(near[:8], self.language))
        return code

    def date(self, row: Row, key: str) -> PartialDate | None:
        """A day, month or year; what could be two days is refused."""
        cell = self._usable(row, key)
        if cell is None:
            return None
        read = days.read(cell, self.date1904)
        if isinstance(read, PartialDate):
            return read
        self.refuse(row, key, read, self._shown(cell))
        return None

    def _shown(self, cell: Cell) -> str:
        value = cell.value
        return _number_as_text(value) if isinstance(value, float) else str(value)

    def number(self, row: Row, key: str) -> float | None:
        """A number typed as a number; text that looks like one is refused with what it may mean."""
        cell = self._usable(row, key)
        if cell is None:
            return None
        if isinstance(cell.value, bool):
            self.refuse(row, key, "number_boolean", str(cell.value).upper())
        elif isinstance(cell.value, float):
            if cell.value - cell.value != 0:
                self.refuse(row, key, "number_huge", cell.value)
            elif formats.shows_date(cell.format):
                self.refuse(row, key, "number_is_date", self._as_text(cell))
            elif formats.shows_percent(cell.format):
                shown = _number_as_text(cell.value * 100)
                stored = _number_as_text(cell.value)
                self.refuse(row, key, "number_percent_format", f"{shown} %", stored=stored)
            else:
                return cell.value
        else:
            self.refuse(row, key, number_fault(str(cell.value)), cell.value)
        return None

    def cell_name(self, row: Row, key: str) -> str:
        """The name of a cell of this table, for messages about another."""
        return f"{letters(self.found.place(key)[0])}{row.number}"


def number_fault(text: str) -> str:
    """Why a text is not taken as a number: the code of the problem."""
    bare = text.strip().replace("−", "-")
    if bare.casefold() in _NO_DATA or (bare and set(bare) <= set("-–—.…")):
        return "no_data_mark"
    if any(c.isdecimal() and not c.isascii() for c in bare):
        return "number_digits"
    if bare.endswith(("%", "٪", "‰")) and _looks(bare[:-1].strip()):
        return "number_percent_sign"
    if _AMBIGUOUS.fullmatch(bare):
        return "number_ambiguous"
    return "number_text" if _looks(bare) else "number_expected"


def _looks(text: str) -> bool:
    return any(p.fullmatch(text) for p in (_PLAIN, _GROUPED, _SCIENTIFIC))


def _number_as_text(number: float) -> str:
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
