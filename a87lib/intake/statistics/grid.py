"""A table with a header: its columns by title, its rows as cells by title."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from a87lib.intake.statistics.figures import Reading
from a87lib.intake.statistics.files import (
    Received,
    Row,
    header_at,
    missing_columns,
    rows_of,
    title_of,
)
from a87lib.problems import Problem, Problems


@dataclass(frozen=True)
class Grid:
    """A table below its header.

    titles: by the plain form of each title (see title_of), the title as printed. preamble: the rows
    above the header. rows: where each stands, and its cells by plain title.
    """

    file: Received
    titles: Mapping[str, str]
    preamble: Sequence[Row]
    below: Sequence[Row]
    order: Sequence[str] = field(default_factory=tuple)

    def rows(self, reading: Reading) -> Iterator[tuple[str, dict[str, str]]]:
        """Each row as cells by plain title; one with more cells than titles is refused."""
        for where, cells in self.below:
            if len(cells) > len(self.order):
                reading.read += 1
                reading.refused += 1
                found = cells[len(self.order)]
                reading.refuse("statistics_ragged", where, "", found, columns=len(self.order))
                continue
            yield where, dict(zip(self.order, cells + [""] * len(self.order), strict=False))

    def printed(self, **columns: str) -> dict[str, str]:
        """How the file calls the columns of these fields."""
        return {name: self.titles.get(title, title) for name, title in columns.items()}

    def first(self, *names: str) -> str:
        """The first of these columns that there is; the first where there is none."""
        return next((name for name in names if name in self.titles), names[0])


def grid_of(file: Received, *needed: str) -> Grid:
    """The table of a file that has all of the columns needed, in any writing (or: joined by |).

    In a workbook it is on the first sheet that has them. Raises Problems naming the columns that
    are missing, or that are there twice.
    """
    sets = [frozenset(map(title_of, names.split("|"))) for names in needed]
    nearest: tuple[int, list[str], list[str]] = (-1, [], [])
    for _, rows in _sheets(file):
        at = header_at(rows, sets)
        if at is not None:
            return _grid(file, rows, at, sets)
        for _, cells in rows[:10]:
            titles = {title_of(cell) for cell in cells}
            missing = [
                shown for shown, names in zip(needed, sets, strict=True) if not titles & names
            ]
            if len(needed) - len(missing) > nearest[0]:
                nearest = (len(needed) - len(missing), missing, cells)
    raise missing_columns(file, nearest[1] or list(needed), nearest[2])


def _sheets(file: Received) -> Iterator[tuple[str, list[Row]]]:
    named = ((where.rpartition("!")[0], (where, cells)) for where, cells in rows_of(file))
    for sheet, rows in groupby(named, key=lambda each: each[0]):
        yield sheet, [row for _, row in rows]


def _grid(file: Received, rows: list[Row], at: int, needed: list[frozenset[str]]) -> Grid:
    where, cells = rows[at]
    order = [title_of(cell) or f"#{place}" for place, cell in enumerate(cells)]
    twice = sorted({name for name in order if order.count(name) > 1 and any(
        name in names for names in needed)})  # fmt: skip
    if twice:
        raise Problems(
            Problem("statistics_column_twice", f"{file.name}:{where}", name) for name in twice
        )
    return Grid(file, dict(zip(order, cells, strict=True)), rows[:at], rows[at + 1 :], order)
