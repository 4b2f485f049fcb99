"""What is wrong with a workbook, each at its cell, all at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from a87lib.language import has, say, told
from a87lib.problems import Problem, Problems

LONGEST = 80
_HIDDEN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}


def letters(column: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    text = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def escaped(value: object) -> str:
    """A value as text in which nothing is hidden: invisible characters by their code points."""
    text = str(value)
    cut = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return "".join(f"⟨U+{ord(c):04X}⟩" if _hides(c) else c for c in cut)


def _hides(character: str) -> bool:
    return unicodedata.category(character) in _HIDDEN


@dataclass(frozen=True, slots=True)
class Fault(Problem):
    """A problem at a place of a workbook.

    sheet: name of the sheet, "" for the file as a whole. row, column: from 1, 0 where it is about
    all of them. title: the title of the column. warning: the workbook is taken in nevertheless.
    """

    sheet: str = ""
    row: int = 0
    column: int = 0
    title: str = ""
    warning: bool = False

    @property
    def cell(self) -> str:
        """The cell as spreadsheets name it: C7; "" where no single cell is meant."""
        return f"{letters(self.column)}{self.row}" if self.row and self.column else ""

    def told(self, language: str) -> dict[str, Any]:
        """The problem in words, part by part, for a JSON document or a table."""
        args = {**self.args, "where": self.where, "found": self.found}
        key = f"problem.{self.code}"
        words = {
            part: say(f"{key}.{part}", language, **args) if has(f"{key}.{part}") else ""
            for part in ("expected", "fix")
        }
        return {
            "code": self.code,
            "sheet": self.sheet,
            "cell": self.cell,
            "row": self.row or None,
            "column": letters(self.column) or None,
            "title": self.title,
            "found": self.found,
            "problem": say(key, language, **args),
            **words,
            "where": self.where,
            "text": told(self, language),
        }


def fault(
    code: str,
    found: object = "",
    *,
    sheet: str = "",
    row: int = 0,
    column: int = 0,
    title: str = "",
    warning: bool = False,
    **args: object,
) -> Fault:
    """A fault whose `where` is written as people name a cell: sheet!C7 (column title)."""
    cell = f"{letters(column)}{row}" if row and column else str(row) if row else letters(column)
    where = f"{sheet}!{cell}" if sheet and cell else sheet or cell
    if title:
        where = f"{where} ({title})"
    return Fault(
        code, where, escaped(found), args, sheet=sheet, row=row, column=column, title=title,
        warning=warning,
    )  # fmt: skip


class Refused(Problems):
    """A workbook that is not taken in: everything wrong with it, and the language to tell it in."""

    def __init__(
        self, faults: Iterable[Fault], language: str = "", warnings: Sequence[Fault] = ()
    ) -> None:
        self.faults = tuple(faults)
        self.language = language
        self.warnings = tuple(warnings)
        super().__init__(self.faults)


@dataclass
class Findings:
    """Gathers what is wrong and what is worth a warning, in the order of the workbook."""

    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def add(self, found: Fault) -> None:
        """Notes a fault or a warning."""
        (self.warnings if found.warning else self.faults).append(found)

    def extend(self, found: Iterable[Fault]) -> None:
        """Notes several."""
        for each in found:
            self.add(each)

    def __iter__(self) -> Iterator[Fault]:
        return iter((*self.faults, *self.warnings))
