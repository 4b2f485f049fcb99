"""Counts in a grid: the tint repeats the number, an empty cell says that nothing is on file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from a87lib.report import documents as doc
from a87lib.report.charts.wrapping import wrapped
from a87lib.report.colours import INK

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NOTHING = "–"
TINTS = ("#e4eef7", "#bcd8ee", "#8fbfe2")
ROW = 0.225  # inches
LETTERS = 34
LONG = 6  # letters of a title that needs room
NARROW = 6  # more columns than this have their titles at an angle


@dataclass(frozen=True, slots=True)
class Matrix:
    """A grid of counts; None where nothing is on file. groups: spans of columns under one title."""

    rows: Sequence[str]
    columns: Sequence[str]
    counts: Sequence[Sequence[int | None]]
    groups: Sequence[tuple[str, int]] = ()


def matrix(data: Matrix) -> Figure:
    """The figure. Raises ValueError where rows or columns are missing."""
    if not data.rows or not data.columns:
        raise ValueError("a matrix needs rows and columns")
    names = [wrapped(name, LETTERS, 2) for name in data.rows]
    extra = 0.1 * sum("\n" in name for name in names)
    with doc.style():
        turned = len(data.columns) > NARROW and any(len(name) > LONG for name in data.columns)
        head = 0.4 + 0.22 * bool(data.groups) + (0.55 if turned else 0.1)
        figure = doc.drawing(head + ROW * len(names) + extra)
        axes = figure.subplots()
        _cells(axes, data)
        axes.set_xlim(-0.5, len(data.columns) - 0.5)
        axes.set_ylim(len(names) - 0.5, -0.5)
        axes.set_yticks(range(len(names)), names)
        axes.set_xticks(range(len(data.columns)), [wrapped(name, 15, 2) for name in data.columns])
        axes.xaxis.tick_top()
        axes.tick_params(length=0, labelsize=8)
        if turned:
            axes.tick_params(axis="x", labelrotation=35)
            for label in axes.get_xticklabels():
                label.set_horizontalalignment("left")
        axes.grid(visible=False)
        for side in axes.spines.values():
            side.set_visible(False)
        _groups(axes, data, 48 if turned else 19)
    return figure


def _cells(axes: Axes, data: Matrix) -> None:
    from matplotlib.patches import Rectangle

    for down, row in enumerate(data.counts):
        for across, count in enumerate(row):
            tint = TINTS[min(count, len(TINTS)) - 1] if count else "white"
            corner = (across - 0.47, down - 0.45)
            axes.add_patch(Rectangle(corner, 0.94, 0.9, facecolor=tint, edgecolor="#c9d1d9", linewidth=0.6))  # fmt: skip
            text = NOTHING if count is None else str(count)
            weight = "bold" if count else "normal"
            axes.text(across, down, text, ha="center", va="center", fontsize=8.5, weight=weight)


def _groups(axes: Axes, data: Matrix, away: int) -> None:
    start = 0
    for title, width in data.groups:
        middle = start + (width - 1) / 2
        axes.annotate(title, (middle, 1), xycoords=("data", "axes fraction"), xytext=(0, away),
                      textcoords="offset points", ha="center", fontsize=8.5, weight="bold")  # fmt: skip
        if start:
            axes.axvline(start - 0.5, color=INK, linewidth=1)
        start += width
