"""Counts in a grid: the tint repeats the number, an empty cell says that nothing is on file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from a87lib.report import documents as doc
from a87lib.report.charts.layout import canvas, place
from a87lib.report.charts.wrapping import wrapped
from a87lib.report.colours import LINE
from a87lib.report.figures import WIDTH

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NOTHING = "–"
TINTS = ("#e4eef7", "#bcd8ee", "#8fbfe2")
ROW = 0.225  # inches
LEFT, HEAD = 2.35, 0.34  # inches beside and above the cells
LETTERS, WRAP = 44, 16


@dataclass(frozen=True, slots=True)
class Matrix:
    """A grid of counts; None where nothing is on file.

    blocks: titles over spans of rows (title, how many rows), where rows belong to several.
    """

    rows: Sequence[str]
    columns: Sequence[str]
    counts: Sequence[Sequence[int | None]]
    blocks: Sequence[tuple[str, int]] = ()


def matrix(data: Matrix) -> Figure:
    """The figure. Raises ValueError where rows or columns are missing."""
    if not data.rows or not data.columns:
        raise ValueError("a matrix needs rows and columns")
    titles, places = _places(data)
    count = len(data.rows) + len(titles)
    with doc.style():
        figure = canvas(HEAD + ROW * count + 0.05)
        axes = place(figure, LEFT, 0.05, WIDTH - LEFT - 0.02, ROW * count)
        for at, row in zip(places, data.counts, strict=True):
            _cells(axes, at, row)
        axes.set_xlim(-0.5, len(data.columns) - 0.5)
        axes.set_ylim(count - 0.5, -0.5)
        axes.set_yticks(places, [wrapped(name, LETTERS, 1) for name in data.rows])
        axes.set_xticks(range(len(data.columns)), [wrapped(c, WRAP, 2) for c in data.columns])
        axes.xaxis.tick_top()
        axes.tick_params(length=0, labelsize=8)
        axes.grid(visible=False)
        for side in axes.spines.values():
            side.set_visible(False)
        for at, title in titles:
            axes.text(-0.47, at + 0.1, title, fontsize=8.5, weight="bold", va="center")
    return figure


def _places(data: Matrix) -> tuple[list[tuple[int, str]], list[int]]:
    """Where the titles of blocks and where the rows stand, counted from the top."""
    titles: list[tuple[int, str]] = []
    places: list[int] = []
    at = 0
    for title, size in data.blocks or (("", len(data.rows)),):
        if title:
            titles.append((at, title))
            at += 1
        places += range(at, at + size)
        at += size
    return titles, places


def _cells(axes: Axes, at: int, row: Sequence[int | None]) -> None:
    from matplotlib.patches import Rectangle

    for across, count in enumerate(row):
        tint = TINTS[min(count, len(TINTS)) - 1] if count else "white"
        corner = (across - 0.47, at - 0.45)
        cell = Rectangle(corner, 0.94, 0.9, facecolor=tint, edgecolor=LINE, linewidth=0.6)
        axes.add_patch(cell)
        text = NOTHING if count is None else str(count)
        weight = "bold" if count else "normal"
        axes.text(across, at, text, ha="center", va="center", fontsize=8.5, weight=weight)
