"""The parts of an XLSX file changed from outside, as no spreadsheet program would."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

Change = Callable[[bytes], bytes]


def members(data: bytes) -> dict[str, bytes]:
    """The members of the file by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes], again: Mapping[str, bytes] | None = None) -> bytes:
    """A file of these members; `again` are added a second time under the same names."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        for name, content in (again or {}).items():
            archive.writestr(name, content)
    return buffer.getvalue()


def changed(data: bytes, changes: Mapping[str, Change | bytes]) -> bytes:
    """The file with members rewritten, or added."""
    parts = members(data)
    for name, change in changes.items():
        parts[name] = change(parts[name]) if callable(change) else change
    return zipped(parts)


def replaced(old: str, new: str) -> Change:
    """A change of one text, which must be there."""

    def change(content: bytes) -> bytes:
        if old.encode() not in content:
            raise LookupError(f"{old} is not in the part")
        return content.replace(old.encode(), new.encode(), 1)

    return change


def sheet_part(order: int) -> str:
    """The member that holds a sheet, by its place in the workbook (from 1)."""
    return f"xl/worksheets/sheet{order}.xml"
