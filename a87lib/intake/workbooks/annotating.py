"""A copy of a refused workbook in which the cells at fault are marked and explained."""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Sequence

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from a87lib.intake.workbooks.cells import place
from a87lib.intake.workbooks.container import opened
from a87lib.intake.workbooks.faults import Fault
from a87lib.language import say
from a87lib.problems import problem

MARK = PatternFill("solid", fgColor="F8B4B4")
WARN = PatternFill("solid", fgColor="FCE3A6")
LARGEST_MERGE = 4096
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([^"]*)"[^>]*?/>')
_LINKS = re.compile(rb"<((?:\w+:)?hyperlinks)\b.*?</\1>|<(?:\w+:)?hyperlinks\b[^>]*/>", re.S)
_PARTS = ("sheet", "cell", "title", "found", "problem", "expected", "fix")


def annotated(data: bytes, faults: Sequence[Fault], language: str) -> bytes:
    """The workbook with a list of problems in front, and a colour and a comment on each cell.

    data: the workbook as it came in. Raises Problems where it is no workbook that can be copied.
    """
    try:
        book = openpyxl.load_workbook(io.BytesIO(_tamed(data)))
        _mark(book, faults, language)
        _list(book, faults, language)
        buffer = io.BytesIO()
        book.save(buffer)
    except Exception as error:  # whatever a copying library makes of a file of somebody's making
        raise problem("copy_not_made", found=type(error).__name__) from error
    return buffer.getvalue()


def _tamed(data: bytes) -> bytes:
    """The file without what makes a library create a cell for every place of a huge range."""
    container = opened(data)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for path, name in container.names.items():
            content = container.read(path)
            if path.startswith("xl/worksheets/") and path.endswith(".xml"):
                content = _LINKS.sub(b"", _MERGE.sub(_small, content))
            target.writestr(name, content)
    return buffer.getvalue()


def _small(found: re.Match[bytes]) -> bytes:
    first, _, last = found[1].decode("ascii", "replace").partition(":")
    start, end = place(first), place(last or first)
    if start is None or end is None:
        return b""
    area = (abs(end[0] - start[0]) + 1) * (abs(end[1] - start[1]) + 1)
    return found[0] if area <= LARGEST_MERGE else b""


def _mark(book: Workbook, faults: Iterable[Fault], language: str) -> None:
    told: dict[tuple[str, str], list[Fault]] = defaultdict(list)
    for fault in faults:
        if fault.cell and fault.sheet in book.sheetnames:
            told[fault.sheet, fault.cell].append(fault)
    for (sheet, name), found in told.items():
        cell = book[sheet][name]
        if type(cell).__name__ == "MergedCell":
            continue
        cell.fill = WARN if all(each.warning for each in found) else MARK
        words = [each.told(language) for each in found]
        text = "\n\n".join(
            "\n".join(part for part in (w["problem"], w["expected"], w["fix"]) if part)
            for w in words
        )
        comment = Comment(text, "a87")
        comment.width, comment.height = 380, 60 + 22 * text.count("\n") + len(text) // 2
        cell.comment = comment


def _list(book: Workbook, faults: Sequence[Fault], language: str) -> None:
    sheet = book.create_sheet(_free(book, say("intake.sheet.problems", language)), 0)
    rows = [{part: say(f"intake.part.{part}", language) for part in _PARTS}]
    rows += [{**fault.told(language)} for fault in faults]
    for number, row in enumerate(rows, start=1):
        for column, part in enumerate(_PARTS, start=1):
            _write(sheet, number, column, str(row[part] or ""), heading=number == 1)
    for column, width in enumerate((26, 8, 24, 30, 52, 42, 52), start=1):
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = width
    sheet.freeze_panes = "A2"
    book.active = 0
    for each in book.worksheets[1:]:
        each.sheet_view.tabSelected = False


def _write(sheet: Worksheet, row: int, column: int, text: str, *, heading: bool) -> None:
    cell = sheet.cell(row, column, text)
    cell.data_type = "s"  # a text that begins with "=" is a text
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if heading:
        cell.font = Font(bold=True)


def _free(book: Workbook, name: str) -> str:
    return name if name not in book.sheetnames else f"{name} ({len(book.sheetnames)})"
