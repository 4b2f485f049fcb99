"""The file itself, before anything reads cells: members, sizes, markup, what must not be in it."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser

from a87lib.intake.content import DAMAGED, Kind, content_of
from a87lib.intake.workbooks.faults import Fault, Refused, fault
from a87lib.intake.workbooks.settings import settings

CHUNK = 1 << 16
_FOREIGN = {
    "empty": "file_empty",
    "encrypted": "file_encrypted",
    "xls": "file_xls",
    "xlsb": "file_xlsb",
    "xlsm": "file_macros",
    "macros": "file_macros",
    "ods": "file_ods",
    "docx": "file_document",
    "doc": "file_document",
    "odt": "file_document",
    "rtf": "file_document",
    "pdf": "file_document",
    "html": "file_html",
    "csv": "file_csv",
}
_FORBIDDEN = (
    ("xl/externallinks/", "external_links"),
    ("xl/connections.xml", "external_links"),
    ("xl/querytables/", "external_links"),
    ("xl/embeddings/", "ole_objects"),
    ("xl/activex/", "ole_objects"),
    ("xl/ctrlprops/", "ole_objects"),
    ("xl/macrosheets/", "file_macros"),
    ("xl/dialogsheets/", "file_macros"),
)
_MACRO_TYPES = (b"macroEnabled", b"ms-office.vbaProject", b"ms-excel.macrosheet")


class Stop(Exception):
    """Raised by a handler that has seen enough."""


@dataclass(frozen=True, slots=True)
class Container:
    """The members of a workbook file, each within the limits; read one at a time."""

    archive: zipfile.ZipFile
    names: dict[str, str]

    def has(self, path: str) -> bool:
        """Whether there is such a member (case makes no difference, as in spreadsheet programs)."""
        return path.casefold() in self.names

    def read(self, path: str) -> bytes:
        """The bytes of a member; Refused where it is missing, damaged or larger than it says."""
        name = self.names.get(path.casefold())
        if name is None:
            raise Refused([fault("member_missing", path)])
        return _bounded(self.archive, name)

    def parse(self, path: str, handler: ContentHandler) -> None:
        """Runs a handler over a member; Refused where it is not sound XML without a DTD."""
        sax(self.read(path), handler, path)


def sax(data: bytes, handler: ContentHandler, path: str) -> None:
    """Runs a handler over XML, with DTDs, entities and external references forbidden."""
    parser = make_parser()
    parser.forbid_dtd = True
    parser.setContentHandler(handler)
    try:
        parser.parse(io.BytesIO(data))
    except Stop:
        return
    except DefusedXmlException:
        raise Refused([fault("xml_dtd", path)]) from None
    except SAXParseException as error:
        line = error.getLineNumber()
        raise Refused([fault("xml_malformed", path, line=line)]) from None
    except (SAXException, ValueError, LookupError) as error:  # an encoding that nobody knows
        raise Refused([fault("xml_malformed", path, line=0)]) from error


def opened(data: bytes) -> Container:
    """The file as a container of members; Refused with what is wrong with it as a file."""
    limits = settings().limits
    if len(data) > limits.bytes:
        raise Refused([fault("file_too_large", len(data), most=limits.bytes // (1 << 20))])
    if data.startswith(b"PK") and not zipfile.is_zipfile(io.BytesIO(data)):
        raise Refused([fault("file_truncated")])
    content = content_of(data)
    if content in _FOREIGN:
        raise Refused([fault(_FOREIGN[content], content)])
    if content not in ("xlsx", "zip"):
        raise Refused([fault("file_not_workbook", content, kind=Kind(content))])
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except DAMAGED:
        raise Refused([fault("file_truncated")]) from None
    if faults := [*_members(members), *_contents(archive, members)]:
        raise Refused(faults)
    container = Container(archive, {_plain(m.filename).casefold(): m.filename for m in members})
    _markup(container)
    return container


def _plain(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/")).removeprefix("/")


def _members(members: list[zipfile.ZipInfo]) -> Iterator[Fault]:
    limits = settings().limits
    if len(members) > limits.members:
        yield fault("zip_members", len(members), most=limits.members)
        return
    inflated = sum(member.file_size for member in members)
    if inflated > limits.inflated:
        most = limits.inflated // (1 << 20)
        yield fault("zip_inflates", inflated // (1 << 20), most=most)
    seen: set[str] = set()
    for member in members:
        name = member.filename
        parts = name.replace("\\", "/").split("/")
        if ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0]:
            yield fault("zip_unsafe_member", name)
        if _plain(name).casefold() in seen:
            yield fault("zip_duplicate_member", name)
        seen.add(_plain(name).casefold())
        if member.flag_bits & 0x1:
            yield fault("file_encrypted", name)
        elif member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            yield fault("file_truncated", name)


def _contents(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> Iterator[Fault]:
    names = [_plain(member.filename).casefold() for member in members]
    found: dict[str, str] = {}
    for name in names:
        for start, code in _FORBIDDEN:
            if name.startswith(start):
                found.setdefault(code, name)
    for code, name in found.items():
        yield fault(code, name)
    if "[content_types].xml" not in names or "xl/workbook.xml" not in names:
        yield fault("file_not_workbook", "zip", kind=Kind("zip"))
        return
    types = next(m for m in members if _plain(m.filename).casefold() == "[content_types].xml")
    if types.file_size < (1 << 20) and not types.flag_bits & 0x1:
        held = _bounded(archive, types.filename)
        if any(mark in held for mark in _MACRO_TYPES):
            yield fault("file_macros", types.filename)


def _bounded(archive: zipfile.ZipFile, name: str) -> bytes:
    """A member's bytes, read no further than it may be large."""
    most = settings().limits.inflated
    pieces, total = [], 0
    try:
        with archive.open(name) as member:
            while piece := member.read(CHUNK):
                total += len(piece)
                if total > most:
                    raise Refused([fault("zip_inflates", name, most=most >> 20)])
                pieces.append(piece)
    except DAMAGED:
        raise Refused([fault("file_truncated", name)]) from None
    return b"".join(pieces)


class _Looking(ContentHandler):
    """Looks at no more of a part than the limits allow; a DTD stands before all of it."""

    def __init__(self) -> None:
        super().__init__()
        self._left = settings().limits.elements

    def startElement(self, name: str, attrs: Any) -> None:
        self._left -= 1
        if self._left < 0:
            raise Stop


class _External(_Looking):
    """Notes relationships to somewhere outside that are more than a link to click on."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def startElement(self, name: str, attrs: Any) -> None:
        super().startElement(name, attrs)
        if name.rpartition(":")[2] != "Relationship" or attrs.get("TargetMode") != "External":
            return
        if not attrs.get("Type", "").endswith("/hyperlink"):
            self.found.append(attrs.get("Target", ""))


def _markup(container: Container) -> None:
    """Every member that is XML must be sound, have no DTD, and refer to nothing outside."""
    faults: list[Fault] = []
    for path, name in container.names.items():
        if not path.endswith((".xml", ".rels", ".vml")):
            continue
        if path.startswith(("xl/worksheets/", "xl/sharedstrings")) and not path.endswith(".rels"):
            continue  # parsed when they are read, by handlers that stop at their limits
        handler = _External() if path.endswith(".rels") else _Looking()
        try:
            sax(_bounded(container.archive, name), handler, name)
        except Refused as refused:
            if not path.endswith(".vml"):  # old markup of comments, never read and often unsound
                faults += refused.faults
        if isinstance(handler, _External) and handler.found:
            faults.append(fault("external_links", handler.found[0]))
    if faults:
        raise Refused(faults)
