"""Bytes of a file of statistics as rows of text: encodings, CSV, XLSX, XML, and their limits."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from a87lib.intake.content import DAMAGED
from a87lib.problems import Problem, Problems, problem

LARGEST = 500_000_000
"""Bytes of a file, or of what a workbook unpacks to; the whole UNSD database has about 300 MB."""
MOST_COLUMNS = 2_000
_DAY = re.compile(r"(?<!\d)(20\d\d)-(\d\d)-(\d\d)(?!\d)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")

csv.field_size_limit(10_000_000)


@dataclass(frozen=True)
class Received:
    """A file as it came: its name (never a path) and all its bytes."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The digest of its bytes."""
        return sha256(self.content).hexdigest()

    @property
    def zipped(self) -> bool:
        """Whether it is a ZIP container, such as a workbook."""
        return self.content.startswith(b"PK\x03\x04")

    @property
    def dated(self) -> date | None:
        """The day in the file's name, if there is one."""
        found = _DAY.search(self.name)
        try:
            return date(*map(int, found.groups())) if found else None
        except ValueError:
            return None

    @property
    def year(self) -> str:
        """The last year in the file's name, or nothing."""
        found: list[str] = _YEAR.findall(self.name)
        return found[-1] if found else ""


def receive(path: Path) -> Received:
    """A file read whole; a problem where it is not there, empty or too large."""
    try:
        if path.stat().st_size > LARGEST:
            raise problem("statistics_too_large", path.name, path.stat().st_size)
        content = path.read_bytes()
    except FileNotFoundError:
        raise problem("no_such_file", path.name, path.name) from None
    except OSError as error:
        raise problem("unreadable_file", path.name, error.strerror or "") from None
    if not content.strip():
        raise problem("statistics_empty", path.name)
    return Received(path.name, content)


def text_of(file: Received) -> str:
    """The text in UTF-8 (with or without its mark), UTF-16 with its mark, else in cp1252."""
    if file.content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return file.content.decode("utf-16")
    try:
        text = file.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = file.content.decode("cp1252")
        except UnicodeDecodeError as error:
            raise problem("statistics_encoding", file.name, f"0x{error.object[error.start]:02X}"
                          ) from None  # fmt: skip
    if "\0" in text:
        raise problem("statistics_not_text", file.name, "U+0000")
    return text


Row = tuple[str, list[str]]
"""Where a row stands (its line, or sheet and row) and its cells as text."""


def rows_of(file: Received) -> Iterator[Row]:
    """The rows of a CSV file or of a workbook's sheets, without empty ones and trailing cells."""
    rows = _workbook_rows(file) if file.zipped else _text_rows(file)
    for where, cells in rows:
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            yield where, cells


def _text_rows(file: Received) -> Iterator[Row]:
    text = text_of(file)
    first = text[: text.find("\n")]
    delimiter = max((",", ";", "\t"), key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            where = f"{file.name}:{reader.line_num}"
            raise problem("statistics_not_csv", where, str(error)) from None
        yield str(reader.line_num), cells


def _workbook_rows(file: Received) -> Iterator[Row]:
    _check_container(file)
    for where, cells in _sheets(file):
        if len(cells) > MOST_COLUMNS:
            place, found = f"{file.name}:{where}", len(cells)
            raise problem("statistics_too_wide", place, found, most=MOST_COLUMNS)
        if any(cell is not None for cell in cells):
            yield where, [_cell(cell) for cell in cells]


def _sheets(file: Received) -> Iterator[tuple[str, Sequence[Any]]]:
    """The rows of all sheets as the library gives them."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(file.content), read_only=True, data_only=True)
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # what a sheet says of its own size may be wrong
            for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
                yield f"{sheet.title}!{number}", cells
    except Exception as error:  # the library raises whatever its parts raise
        raise problem("statistics_no_workbook", file.name, type(error).__name__) from error


def _cell(value: Any) -> str:
    """A cell as its text: whole numbers without a point, days as ISO dates."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()[:10]
    return str(value)


def _check_container(file: Received) -> None:
    """Refuses a container that is damaged, unpacks to too much or holds macros or declarations."""
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as packed:
            members = packed.infolist()
            if sum(member.file_size for member in members) > LARGEST:
                raise problem("statistics_too_large", file.name, sum(m.file_size for m in members))
            if any(member.filename.endswith("vbaProject.bin") for member in members):
                raise problem("statistics_macros", file.name, "vbaProject.bin")
            for member in members:
                if member.filename.endswith((".xml", ".rels")):
                    with packed.open(member) as part:
                        if b"<!DOCTYPE" in part.read(4_096):
                            raise problem("statistics_dtd", file.name, member.filename)
    except DAMAGED as error:
        raise problem("statistics_no_workbook", file.name, type(error).__name__) from None


def header_at(
    rows: Sequence[Row], needed: Sequence[frozenset[str]], furthest: int = 10
) -> int | None:
    """The place of the first of the upper rows that has one of each set of titles."""
    for at, (_, cells) in enumerate(rows[:furthest]):
        titles = {title_of(cell) for cell in cells}
        if all(titles & names for names in needed):
            return at
    return None


def title_of(cell: str) -> str:
    """A column's title without case, brackets, spaces, underscores and invisible marks."""
    letters = (c for c in cell.casefold() if c.isalnum() or c in ".%")
    return "".join(letters)


def xml_of(file: Received) -> Element:
    """The root of an XML document without declarations of a type or of entities."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(file.content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise problem("statistics_dtd", file.name, type(error).__name__) from None
    except (LookupError, ValueError) as error:  # an encoding that nobody knows
        raise problem("statistics_not_xml", file.name, str(error)) from None
    except ParseError as error:
        raise problem("statistics_not_xml", f"{file.name}:{error.position[0]}", str(error)
                      ) from None  # fmt: skip
    return root


def missing_columns(file: Received, missing: Sequence[str], found: Sequence[str]) -> Problems:
    """The problem of a table that lacks columns, all of them at once."""
    titles = ", ".join(cell for cell in found if cell.strip())[:300]
    return Problems(
        Problem("statistics_no_column", file.name, titles, {"column": name}) for name in missing
    )
