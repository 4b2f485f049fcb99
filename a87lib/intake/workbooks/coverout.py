"""The first sheet of a workbook that goes out: whose it is, and how it is filled in."""

from __future__ import annotations

from datetime import date

from xlsxwriter.worksheet import Worksheet

from a87lib import framework
from a87lib.intake.workbooks.layout import COVER_FIELDS
from a87lib.intake.workbooks.sheetsout import Writing, help_text, set_print
from a87lib.language import format_day, say

INSTRUCTIONS = 9
OWN = ("office", "approved_on")
"""The fields that the country fills in."""


def write_cover(writing: Writing, sheet: Worksheet) -> None:
    """Writes the first sheet."""
    language, identity = writing.language, writing.identity
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, 1, 74)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 30)
    heading = say(f"intake.title.{identity.purpose}", language)
    sheet.write_string(0, 0, heading, writing.looks("title"))
    if framework.is_fictional(identity.country):
        notice = say("review.notice.fictional", language)
        sheet.write_string(1, 0, notice, writing.looks("guide"))
    row = 2
    for key, value in _cover_values(writing).items():
        sheet.set_row(row, 22)
        sheet.write_string(row, 0, say(f"intake.cover.{key}", language), writing.looks("label"))
        own = key in OWN
        looks = writing.looks(
            "input" if own else "shown", "yyyy-mm-dd" if key == "approved_on" else ""
        )
        sheet.write_string(row, 1, value, looks) if value else sheet.write_blank(
            row, 1, None, looks
        )
        if own:
            sheet.data_validation(row, 1, row, 1, {"validate": "any", **help_text(language, key)})
        row += 1
    row += 1
    sheet.set_row(row, 26)
    sheet.write_string(row, 0, say("intake.instructions", language), writing.looks("heading"))
    due = writing.prefill.due_on
    for number in range(1, INSTRUCTIONS + 1):
        row += 1
        text = say(f"intake.instruction.{number}", language, due=_day(due, language))
        sheet.set_row(row, 18 * (1 + len(text) // 112))
        sheet.merge_range(row, 0, row, 1, text, writing.looks("wrapped"))
    set_print(sheet, landscape=False)
    sheet.protect()


def _day(day: date | None, language: str) -> str:
    return format_day(day, language) if day is not None else "–"


def _cover_values(writing: Writing) -> dict[str, str]:
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
