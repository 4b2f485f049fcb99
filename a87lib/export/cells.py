"""Values as cells of a CSV table and back: text that a spreadsheet would run is made inert."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

from a87lib.export.tables import Column
from a87lib.report import inline

MARK = "'"
LIVE = (*inline.LIVE, MARK)
"""Beginnings of text before which an apostrophe is put, and taken away again by `back`."""


def cell(column: Column, value: Any) -> str:
    """The cell of a value; an empty one for nothing."""
    if value is None:
        return ""
    if column.type == "string":
        text = str(value)
        return MARK + text if text.startswith(LIVE) else text
    if column.type == "boolean":
        return "true" if value else "false"
    if column.type == "object":
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if column.type == "datetime":
        stamp: str = value.astimezone(UTC).isoformat()
        return stamp.replace("+00:00", "Z")
    if column.type == "number":
        return repr(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def back(column: Column, text: str) -> Any:
    """The value of a cell. Raises ValueError where it is none of the column's type."""
    if text == "" and (column.nullable or column.type != "string"):
        return None
    if column.type == "integer":
        return int(text)
    if column.type == "number":
        return float(text)
    if column.type == "boolean":
        return {"true": True, "false": False}[text]
    if column.type == "date":
        return date.fromisoformat(text)
    if column.type == "datetime":
        return datetime.fromisoformat(text)
    if column.type == "object":
        return json.loads(text)
    return text.removeprefix(MARK) if text.startswith(MARK) else text
