"""What the sheets of a workbook that goes out have in common."""

from __future__ import annotations

from dataclasses import dataclass, field

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from a87lib.intake.workbooks.identity import Identity
from a87lib.intake.workbooks.layout import title
from a87lib.intake.workbooks.looks import FORMATS
from a87lib.intake.workbooks.prefill import Prefill
from a87lib.language import say

LONGEST_HELP, LONGEST_TITLE = 255, 32
"""Characters that spreadsheet programs show in the help text of a cell, and in its title."""


@dataclass
class Writing:
    """A workbook being written: its content, formats made so far, places of its lists."""

    prefill: Prefill
    book: xlsxwriter.Workbook
    formats: dict[str, Format] = field(default_factory=dict)
    lists: dict[tuple[str, ...], str] = field(default_factory=dict)

    @property
    def identity(self) -> Identity:
        """What the workbook says it is."""
        return self.prefill.identity

    @property
    def language(self) -> str:
        """Its language."""
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


def help_text(language: str, key: str) -> dict[str, object]:
    """The help text that a cell shows when it is chosen."""
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


def set_print(sheet: Worksheet, *, landscape: bool) -> None:
    """Lets the sheet be printed on A4, one page wide, with its name and page numbers."""
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.4, 0.4, 0.6, 0.6)
    sheet.set_footer("&L&A&R&P / &N")
