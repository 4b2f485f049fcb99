"""Tables as plain values, from which a section and its sheet in the annex are made alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

Value = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of the annex. key: of its name in the catalogue; columns: keys of their titles.

    A value is text, a number or a day; None where nothing is on file.
    """

    key: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    @classmethod
    def of(cls, key: str, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> Sheet:
        """The sheet; ValueError where a row has another number of cells than there are columns."""
        for row in rows:
            if len(row) != len(columns):
                raise ValueError(f"sheet {key}: {len(row)} cells, {len(columns)} columns")
        return cls(key, tuple(columns), tuple(tuple(row) for row in rows))
