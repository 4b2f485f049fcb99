"""The cells of a workbook, read from its XML within limits; nothing is calculated or believed."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import Any
from xml.sax.handler import ContentHandler

from a87lib.intake.content import Kind
from a87lib.intake.workbooks import formats
from a87lib.intake.workbooks.cells import Sheet, SheetReader, unescaped
from a87lib.intake.workbooks.container import Container, Stop
from a87lib.intake.workbooks.faults import Refused, fault
from a87lib.intake.workbooks.settings import settings

WORKBOOK = "xl/workbook.xml"


@dataclass
class Book:
    """A workbook: its sheets in order, by name; date1904: days count from 1904."""

    sheets: list[Sheet]
    date1904: bool = False

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of a name, if there is one."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def local(name: str) -> str:
    """An element's or attribute's name without its prefix."""
    return name.rpartition(":")[2]


class _Workbook(ContentHandler):
    """Names, states and relationship ids of the sheets, and the day that days count from."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str, str]] = []
        self.date1904 = False

    def startElement(self, name: str, attrs: Any) -> None:
        if local(name) == "sheet":
            own = {local(key): attrs.getValue(key) for key in attrs.getNames()}
            relation = next(
                (attrs.getValue(k) for k in attrs.getNames() if k.endswith(":id")),
                own.get("id", ""),
            )
            self.sheets.append((own.get("name", ""), own.get("state", "visible"), relation))
        elif local(name) == "workbookPr":
            self.date1904 = attrs.get("date1904", "0").casefold() in ("1", "true", "on")


class _Relations(ContentHandler):
    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder = folder
        self.targets: dict[str, str] = {}
        self.by_type: dict[str, str] = {}

    def startElement(self, name: str, attrs: Any) -> None:
        if local(name) != "Relationship" or attrs.get("TargetMode") == "External":
            return
        target = attrs.get("Target", "").replace("\\", "/")
        path = target[1:] if target.startswith("/") else f"{self.folder}/{target}"
        path = posixpath.normpath(path)
        self.targets[attrs.get("Id", "")] = path
        self.by_type[attrs.get("Type", "").rpartition("/")[2]] = path


class _Styles(ContentHandler):
    """The number format of each cell style."""

    def __init__(self) -> None:
        super().__init__()
        self.spelt: dict[int, str] = {}
        self.ids: list[int] = []
        self._inside = False

    def startElement(self, name: str, attrs: Any) -> None:
        tag = local(name)
        if tag == "numFmt":
            self.spelt[_whole(attrs.get("numFmtId"))] = attrs.get("formatCode", "")
        elif tag == "cellXfs":
            self._inside = True
        elif tag == "xf" and self._inside:
            self.ids.append(_whole(attrs.get("numFmtId")))

    def endElement(self, name: str) -> None:
        if local(name) == "cellXfs":
            self._inside = False

    @property
    def formats(self) -> list[str]:
        return [self.spelt.get(number, formats.built_in(number)) for number in self.ids]


class _Strings(ContentHandler):
    """The shared strings, without the phonetic readings of them."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._open = False
        self._skipped = 0
        self._left = settings().limits.texts
        self._elements = settings().limits.elements

    def startElement(self, name: str, attrs: Any) -> None:
        tag = local(name)
        self._elements -= 1
        if self._elements < 0:
            raise Stop
        if tag == "si":
            self._pieces = []
        elif tag in ("rPh", "phoneticPr"):
            self._skipped += 1
        self._open = tag == "t" and not self._skipped

    def characters(self, content: str) -> None:
        if self._open:
            self._left -= len(content)
            if self._left < 0:
                raise Stop
            self._pieces.append(content)

    def endElement(self, name: str) -> None:
        tag = local(name)
        self._open = False
        if tag in ("rPh", "phoneticPr"):
            self._skipped -= 1
        elif tag == "si":
            self.texts.append(unescaped("".join(self._pieces)))

    @property
    def too_many(self) -> bool:
        return self._left < 0 or self._elements < 0


@dataclass
class _Reading:
    container: Container
    relations: _Relations
    strings: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    cells: int = 0
    texts: int = 0


def read(container: Container) -> Book:
    """All sheets with everything that stands in them; Refused where it is more than the limits."""
    workbook = _Workbook()
    container.parse(WORKBOOK, workbook)
    relations = _Relations("xl")
    container.parse("xl/_rels/workbook.xml.rels", relations)
    reading = _Reading(container, relations)
    reading.strings = _shared_strings(container, relations)
    if (styles := relations.by_type.get("styles")) and container.has(styles):
        handler = _Styles()
        container.parse(styles, handler)
        reading.formats = handler.formats
    book = Book([], workbook.date1904)
    for name, state, relation in workbook.sheets:
        path = relations.targets.get(relation)
        if path is None or not container.has(path):
            raise Refused([fault("member_missing", path or name, sheet=name)])
        book.sheets.append(_sheet(reading, unescaped(name), state, path))
    if not book.sheets:
        raise Refused([fault("file_not_workbook", WORKBOOK, kind=Kind("zip"))])
    return book


def _shared_strings(container: Container, relations: _Relations) -> list[str]:
    path = relations.by_type.get("sharedStrings")
    if path is None or not container.has(path):
        return []
    handler = _Strings()
    container.parse(path, handler)
    if handler.too_many:
        raise Refused([fault("too_much_text", most=settings().limits.texts)])
    return handler.texts


def _sheet(reading: _Reading, name: str, state: str, path: str) -> Sheet:
    limits = settings().limits
    sheet = Sheet(name, state)
    handler = SheetReader(sheet, reading.strings, reading.formats, limits.cells - reading.cells)
    reading.container.parse(path, handler)
    handler.finish()
    reading.cells += len(sheet.cells)
    reading.texts += sum(len(c.value) for c in sheet.cells.values() if isinstance(c.value, str))
    if reading.texts > limits.texts:
        raise Refused([fault("too_much_text", most=limits.texts, sheet=name)])
    return sheet


def _whole(text: str | None) -> int:
    try:
        return int(text or 0)
    except ValueError:
        return 0
