"""Counts in a grid: the tint repeats the number, an empty cell says that nothing is on file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from a87lib.report.charts.axes import Axes
from a87lib.report.charts.canvas import Canvas
from a87lib.report.charts.looks import Field, Stroke
from a87lib.report.charts.words import folded, width
from a87lib.report.colours import LINE, PAPER
from a87lib.report.figures import WIDTH

NOTHING = "–"
TINTS = (PAPER, "#e4eef7", "#bcd8ee", "#8fbfe2")
CELLS = [Field(tint, Stroke(LINE, 0.6)) for tint in TINTS]
ROW = 0.225  # inches
LEFT, HEAD = 2.35, 0.34  # inches beside and above the cells
SIZE, LEAST = 8.0, 6.0  # points: of the columns' names
BETWEEN = 3.0  # points between two of them
NAMES = 160.0  # points: how wide the name of a row may be


@dataclass(frozen=True, slots=True)
class Matrix:
    """A grid of counts; None where nothing is on file.

    blocks: titles over spans of rows (title, how many rows), where rows belong to several.
    """

    rows: Sequence[str]
    columns: Sequence[str]
    counts: Sequence[Sequence[int | None]]
    blocks: Sequence[tuple[str, int]] = ()


def matrix(data: Matrix) -> str:
    """The figure as SVG text. Raises ValueError where rows or columns are missing."""
    if not data.rows or not data.columns:
        raise ValueError("a matrix needs rows and columns")
    titles, places = _places(data)
    count, across = len(data.rows) + len(titles), len(data.columns)
    canvas = Canvas(HEAD + ROW * count + 0.05)
    box = (LEFT, 0.05, WIDTH - LEFT - 0.02, ROW * count)
    axes = Axes(canvas, box, (-0.5, across - 0.5), (count - 0.5, -0.5))
    _heads(axes, data.columns)
    names = [folded(name, NAMES, SIZE, 1) for name in data.rows]
    axes.beside(list(zip(places, names, strict=True)), SIZE, drawn=False)
    for at, row in zip(places, data.counts, strict=True):
        _cells(axes, at, row)
    for at, title in titles:
        axes.write(folded(title, axes.right - axes.left, 8.5, 1), -0.47, at + 0.1, 8.5, across=0,
                   bold=True)  # fmt: skip
    return canvas.svg()


def _heads(axes: Axes, columns: Sequence[str]) -> None:
    """The columns' names: smaller where they are many; where they are too many not each has one."""
    room = (axes.right - axes.left) / len(columns)
    widest = max(width(word, 1) for name in columns for word in name.split())
    size = max(LEAST, min(SIZE, (room - BETWEEN) / widest))
    every = ceil((widest * size + BETWEEN) / room - 0.01)
    kept = range((len(columns) - 1) % every, len(columns), every)
    axes.above([(n, folded(columns[n], room * every - BETWEEN, size, 2)) for n in kept], size)


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
    for across, count in enumerate(row):
        look = CELLS[min(count or 0, len(CELLS) - 1)]
        axes.bar(across - 0.47, at - 0.45, 0.94, 0.9, look)
        text = NOTHING if count is None else str(count)
        axes.write(text, across, at, 8.5, bold=bool(count))
