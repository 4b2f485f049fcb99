"""How the cells of a workbook look."""

from __future__ import annotations

from typing import Any

from a87lib.intake.workbooks.layout import Column

_BORDER: dict[str, Any] = {"border": 1, "border_color": "#B7C3CF"}
FORMATS: dict[str, dict[str, Any]] = {
    "all": {"font_name": "Calibri", "font_size": 11, "valign": "top"},
    "title": {"bold": True, "font_size": 16, "font_color": "#12395B", "valign": "vcenter"},
    "heading": {"bold": True, "font_size": 13, "font_color": "#12395B"},
    "guide": {"italic": True, "font_color": "#3C4A57"},
    "label": {"bold": True, "valign": "vcenter"},
    "wrapped": {"text_wrap": True},
    "header": {
        "bold": True, "font_color": "#FFFFFF", "bg_color": "#12395B", "text_wrap": True,
        "valign": "vcenter", **_BORDER,
    },
    "header_shown": {
        "bold": True, "font_color": "#12395B", "bg_color": "#DCE5EE", "text_wrap": True,
        "valign": "vcenter", **_BORDER,
    },
    "input": {"locked": False, "bg_color": "#FFFBE6", "text_wrap": True, **_BORDER},
    "shown": {"bg_color": "#F2F5F8", "font_color": "#33404C", "text_wrap": True, **_BORDER},
}  # fmt: skip
"""Cells to fill in are yellow and unlocked, those of the workbench grey and locked."""

NUMBER_FORMATS = {
    "percent": '0.0##" %"',
    "per_1000": '0.0##" ‰"',
    "count": "#,##0",
    "score_0_10": "0.0#",
    "year": "0",
}
"""How a value is shown with its unit. The percent sign is text: it multiplies nothing."""

TEXT = "@"


def numbers_as(column: Column, unit: str) -> str:
    """The number format of a cell: text stays text, so that 1.10 and 5-11 stay what they are."""
    if column.type == "number":
        return NUMBER_FORMATS.get(unit, "#,##0.##" if unit else "General")
    if column.type == "date":
        return "yyyy-mm-dd"
    return "" if column.type in ("period", "cycle", "answer") else TEXT
