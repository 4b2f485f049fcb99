"""The form that goes out: text that never runs, cells to fill in, and everything else locked."""

from __future__ import annotations

import io

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from a87lib import framework
from a87lib.desk.acting import Acting
from a87lib.desk.offline.base import Base, base_of
from a87lib.desk.permissions import require
from a87lib.desk.reviewing import assessing, drafts
from a87lib.desk.reviewing.assessing import Judgement
from a87lib.desk.reviewing.review import criteria
from a87lib.intake.workbooks.layout import CODES_SHEET
from a87lib.intake.workbooks.looks import FORMATS, TEXT
from a87lib.intake.workbooks.writing import MADE_AT
from a87lib.language import say
from a87lib.register import Register

HEADER, FIRST = 5, 6
"""The rows (from 0) of the titles and of the first criterion."""
COLUMNS = ("criterion", "judgement", "text")
WIDTHS = (34, 24, 90)
GUIDES = ("guide", "again")
LINES = 9 * 15.5  # the height of a criterion's row, in points


def made(on: Register, acting: Acting, country: str, cycle: int, language: str) -> bytes:
    """The form of a reviewer for a file, with what is drafted so far, as XLSX.

    The same draft makes the same bytes.
    """
    require(on, acting, "assess", country, cycle)
    drafted = assessing.judgements_of(drafts.load(on, acting, country, cycle, "assessment").content)
    own = [each.judgement for each in assessing.own(on, acting, country, cycle)]
    given = {each.criterion: each for each in drafted or own}
    return _written(base_of(on, acting, country, cycle, language), given)


def _written(base: Base, given: dict[str, Judgement]) -> bytes:
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    book = xlsxwriter.Workbook(buffer, options)
    title = say("offline.title", base.language)
    book.set_properties({"created": MADE_AT, "title": title, "author": "a87"})
    looks = {
        name: book.add_format({**FORMATS["all"], **FORMATS[name], "num_format": TEXT})
        for name in ("title", "guide", "header", "header_shown", "input", "shown")
    }
    sheet = book.add_worksheet(say("offline.sheet", base.language))
    codes = book.add_worksheet(CODES_SHEET)
    _head(base, sheet, looks)
    for offset, code in enumerate(criteria()):
        _row(base, sheet, looks, FIRST + offset, given.get(code) or Judgement(code, ""))
    _codes(base, codes)
    sheet.freeze_panes(FIRST, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.protect(options={"format_columns": True, "format_rows": True})
    sheet.activate()
    book.close()
    return buffer.getvalue()


def _head(base: Base, sheet: Worksheet, looks: dict[str, Format]) -> None:
    language = base.language
    name = framework.country_name(base.country, language)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, say("offline.title", language), looks["title"])
    about = say("offline.about", language, country=name, cycle=base.cycle, who=base.reviewer)
    sheet.write_string(1, 0, about, looks["guide"])
    for row, key in enumerate(GUIDES, 2):
        sheet.write_string(row, 0, say(f"offline.{key}", language), looks["guide"])
    if framework.is_fictional(base.country):
        notice = say("review.notice.fictional", language)
        sheet.write_string(HEADER - 1, 0, notice, looks["guide"])
    sheet.set_row(HEADER, 24)
    for number, (key, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
        sheet.set_column(number, number, width)
        look = looks["header" if number else "header_shown"]
        sheet.write_string(HEADER, number, say(f"offline.column.{key}", language), look)


def _row(
    base: Base, sheet: Worksheet, looks: dict[str, Format], row: int, given: Judgement
) -> None:
    """A criterion: its name, the judgement from a list, and room for words."""
    language = base.language
    fw = framework.load()
    judgements = fw.vocabulary("judgement")
    sheet.set_row(row, LINES)
    sheet.write_string(row, 0, fw.label("criterion", given.criterion, language), looks["shown"])
    chosen = judgements[given.judgement][language] if given.judgement in judgements else ""
    for column, text in ((1, chosen), (2, given.text)):
        if text:
            sheet.write_string(row, column, text, looks["input"])
        else:
            sheet.write_blank(row, column, None, looks["input"])
    rule = {
        "validate": "list",
        "source": [words[language] for words in judgements.values()],
        "error_message": say("offline.choose", language),
    }
    sheet.data_validation(row, 1, row, 1, rule)


def _codes(base: Base, sheet: Worksheet) -> None:
    """The hidden sheet: what the form is, and what it started from."""
    for row, (key, value) in enumerate(base.rows()):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, value)
    sheet.hide()
    sheet.protect()
