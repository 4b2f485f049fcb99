"""Small entries for tests of the register."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from a87lib.facts import canonical
from a87lib.register import NewEntry, ObservationRow

FIGURE = ObservationRow(
    "QMA", "O1", "2020", "2020", "total", "5-17", "", 12.5, None, "percent", "value", "survey", "S"
)


def at(text: str) -> datetime:
    """An instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def report(cycle: int = 2022, **changed: Any) -> NewEntry:
    """A report received, with what is changed about it."""
    body = changed.pop("body", {"document": f"report-{cycle}.pdf"})
    fields: dict[str, Any] = {
        "kind": "report_received",
        "country": "QMA",
        "cycle": cycle,
        "happened_on": date(cycle, 4, 20),
        "body_json": canonical(body),
        "recorded_by": "test",
        "source": "letter",
    }
    return NewEntry(**fields | changed)
