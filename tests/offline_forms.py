"""Filled forms for an assessment, as a spreadsheet program leaves them."""

from __future__ import annotations

import io

import openpyxl

FIRST = 7
"""The row of the first criterion (from 1)."""


def filled(data: bytes, judgement: str, text: str) -> bytes:
    """The form as somebody fills it in."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    for row in range(FIRST, FIRST + 3):
        sheet.cell(row, 2).value = judgement
        sheet.cell(row, 3).value = text
        sheet.cell(row, 3).data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
