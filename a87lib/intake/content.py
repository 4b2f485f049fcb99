"""What a file is, told by its bytes; its name is never believed."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import Literal

from a87lib.language import say

Content = Literal[
    "empty", "xlsx", "xlsm", "xlsb", "docx", "pptx", "macros", "ods", "odt", "odp", "zip",
    "xls", "doc", "ppt", "ole", "encrypted", "pdf", "png", "jpeg", "tiff", "rtf", "html", "xml",
    "csv", "text", "program", "unknown",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file is, said in the reader's language."""

    content: Content

    def say(self, language: str) -> str:
        """The words: a picture (PNG), a program."""
        return say(f"intake.content.{self.content}", language)


MEDIA_TYPES: dict[Content, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "xls": "application/vnd.ms-excel",
    "doc": "application/msword",
    "ppt": "application/vnd.ms-powerpoint",
    "pdf": "application/pdf",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "tiff": "image/tiff",
    "rtf": "application/rtf",
    "csv": "text/csv",
    "text": "text/plain",
}
"""The types that are kept as documents or evidence, and what they are called."""

NAMES: dict[str, frozenset[str]] = {
    "jpeg": frozenset({"jpg", "jpeg"}),
    "tiff": frozenset({"tif", "tiff"}),
    "text": frozenset({"txt", "md", "text", "csv"}),
    "csv": frozenset({"csv", "tsv", "txt"}),
}
"""Endings of names that fit a type, where they are more than the type's own."""

DAMAGED = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError,
    RuntimeError, struct.error, LookupError,
)  # fmt: skip
"""What the standard library raises over a ZIP container that is cut off or damaged inside."""

_MAGIC: tuple[tuple[bytes, Content], ...] = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"{\\rtf", "rtf"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"#!", "program"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS: tuple[tuple[str, Content], ...] = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
    ("Workbook", "xls"),
    ("Book", "xls"),
)
_PARTS: tuple[tuple[str, Content], ...] = (
    ("xl/workbook.bin", "xlsb"),
    ("xl/", "xlsx"),
    ("word/", "docx"),
    ("ppt/", "pptx"),
)
_MARKUP = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(!doctype html|html|head|body|table|script|svg)", re.I | re.S
)
_XML = re.compile(rb"\s*<\?xml|\s*<[a-zA-Z_][\w.:-]*[\s>/]")
_TEXT_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f]")
_SEPARATED = re.compile(r"^[^\n]*[,;\t][^\n]*\r?\n[^\n]*[,;\t]")


def content_of(data: bytes) -> Content:
    """What the bytes are; `unknown` where they are nothing that is listed here."""
    if not data:
        return "empty"
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _zip(data)
    if data.startswith(_OLE):
        return _ole(data)
    for magic, content in _MAGIC:
        if data.startswith(magic):
            return content
    return _text(data)


def media_type(content: Content) -> str | None:
    """The media type of a content that is kept; None for one that is not."""
    return MEDIA_TYPES.get(content)


def named_as(name: str, content: str) -> bool:
    """Whether the ending of a name fits what the file is; a name without one always does."""
    _, dot, ending = name.rpartition(".")
    if not dot:
        return True
    return ending.casefold().strip() in NAMES.get(content, frozenset({content}))


def _zip(data: bytes) -> Content:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if "mimetype" in names:
                return _open_document(archive)
    except DAMAGED:
        return "zip"
    if any(name.casefold().endswith("vbaproject.bin") for name in names):
        return "xlsm" if any(name.startswith("xl/") for name in names) else "macros"
    for part, content in _PARTS:
        if any(name.startswith(part) for name in names):
            return content
    return "zip"


def _open_document(archive: zipfile.ZipFile) -> Content:
    with archive.open("mimetype") as member:
        named = member.read(100).decode("ascii", "replace").strip()
    kinds = {value: key for key, value in MEDIA_TYPES.items() if key in ("ods", "odt", "odp")}
    return kinds.get(named, "zip")


def _ole(data: bytes) -> Content:
    for stream, content in _STREAMS:
        if stream.encode("utf-16-le") in data:
            return content
    return "ole"


def _text(data: bytes) -> Content:
    if _MARKUP.match(data[:4096].removeprefix(b"\xef\xbb\xbf")):
        return "html"
    if _XML.match(data[:512].removeprefix(b"\xef\xbb\xbf")):
        return "xml"
    text = _decoded(data)
    if text is None or _TEXT_FORBIDDEN.search(text):
        return "unknown"
    return "csv" if _SEPARATED.match(text) else "text"


def _decoded(data: bytes) -> str | None:
    encodings = ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
