"""What a figure in a unit can be at all."""

from __future__ import annotations

from typing import Any

EXACT = 2.0**53
"""Above it a spreadsheet no longer tells one whole number from the next."""

MOST = {"percent": 100.0, "per_1000": 1000.0, "score_0_10": 10.0}
WHOLE = frozenset({"count", "year"})
FIRST_YEAR = 1900


def check_range(value: float, unit: str, year: int) -> tuple[str, dict[str, Any]] | None:
    """The code of what is wrong with a value in a unit, and its arguments; None where nothing is.

    year: the present one, after which no survey was made.
    """
    if abs(value) > EXACT:
        return "number_huge", {}
    if value < 0:
        return "number_negative", {}
    if unit in MOST and value > MOST[unit]:
        return "number_above", {"most": f"{MOST[unit]:g}"}
    if unit in WHOLE and not value.is_integer():
        return "number_not_whole", {}
    if unit == "year" and not FIRST_YEAR <= value <= year:
        return "year_outside", {"first": str(FIRST_YEAR), "last": str(year)}
    return None
