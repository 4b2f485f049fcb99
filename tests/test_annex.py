"""The XLSX annex: text inert, numbers and days as such, head frozen, filters, the same bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime

import openpyxl
import pytest
from briefings import opened

from a87lib.language import LANGUAGES
from a87lib.report import workbook
from a87lib.report.briefing.annex import annex, sheets

KNOWN_AT = datetime(2025, 12, 15, 12, tzinfo=UTC)
LIVE = ['=HYPERLINK("http://x")', "+1+1", "-2+3", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "plain"]


def book(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_text_that_begins_like_a_formula_stays_text():
    """It is stored as a string, marked as quoted, and no formula is in the file."""
    table = workbook.Table("t", ("a",), tuple((text,) for text in LIVE))
    made = workbook.written([table], "T", "A", "en-GB", KNOWN_AT)
    cells = [row[0] for row in book(made)["t"].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == LIVE
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.quotePrefix for cell in cells] == [True] * 6 + [False]
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")


def test_titles_are_inert_too():
    """A title is text like any other."""
    made = workbook.written([workbook.Table("t", ("=1+1",), ())], "T", "A", "en", KNOWN_AT)
    assert book(made)["t"]["A1"].data_type == "s"


def test_numbers_are_numbers_and_days_are_days():
    """Zero is a value; nothing is an empty cell."""
    table = workbook.Table("t", ("a", "b", "c", "d"), ((0, 2.5, date(2025, 4, 30), None),))
    row = book(workbook.written([table], "T", "A", "en", KNOWN_AT))["t"][2]
    assert [row[0].value, row[1].value, row[3].value] == [0, 2.5, None]
    assert row[2].is_date and row[2].value.date() == date(2025, 4, 30)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_has_a_frozen_head_and_filters(exercise_register, language):
    """Each table of the pack is a sheet that can be sorted and filtered at once."""
    this = opened(exercise_register, language=language)
    made = book(annex(this))
    assert len(made.sheetnames) == len(sheets(this)) + 1 >= 12
    for sheet in made.worksheets:
        assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref
        assert all(cell.value for cell in sheet[1])


def test_the_annex_says_what_the_papers_say(exercise_register):
    """Statuses and signs, the terms' days and the minutes are typed values."""
    made = book(annex(opened(exercise_register)))
    rows = {row[0].value: row for row in made["Statuses and signs"].iter_rows(min_row=2)}
    assert rows["QMB"][4].value == "Yes" and rows["QMA"][4].value == "No"
    assert rows["QMA"][3].is_date
    minutes = [row[5].value for row in made["Agenda"].iter_rows(min_row=2)]
    assert sum(minutes) == 130


def test_the_same_inputs_give_the_same_bytes(exercise_register):
    """Nothing of the moment of making is in the file."""
    first = annex(opened(exercise_register))
    assert first == annex(opened(exercise_register))
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = package.read("docProps/core.xml").decode()
    assert str(datetime.now(UTC).year) not in core
