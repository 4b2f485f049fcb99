"""Indicators of one survey: a dot for each sex or breakdown on a common scale of per cent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from a87lib.report.charts.axes import Axes, ticks
from a87lib.report.charts.canvas import Canvas
from a87lib.report.charts.legend import Key, Legend
from a87lib.report.charts.looks import Stroke
from a87lib.report.charts.multiples import marker_of
from a87lib.report.charts.words import folded
from a87lib.report.colours import LINE
from a87lib.report.figures import WIDTH

ROW = 0.55  # inches
LEFT, AXIS = 2.85, 0.45  # inches beside and below the dots
NAMES = 192.0  # points: how wide a name may be
ACROSS = 3  # entries of the legend side by side
MOST_TICKS = 9
SPAN = Stroke(LINE, 3.0)


@dataclass(frozen=True, slots=True)
class Dot:
    """A value in per cent. look: total, female, male, or the number of a breakdown."""

    label: str
    look: str
    value: float


@dataclass(frozen=True, slots=True)
class DotRow:
    """An indicator with its survey years, as printed."""

    label: str
    years: str
    dots: Sequence[Dot]


def dots(rows: Sequence[DotRow], axis: str, number: Callable[[float], str]) -> str:
    """The figure as SVG text. axis: the scale's name. Raises ValueError without rows."""
    if not rows:
        raise ValueError("a dot chart needs at least one indicator")
    looks = {dot.label: dot.look for row in rows for dot in row.dots}
    keys = [Key(label, marker=marker_of(look, 5.5)) for label, look in looks.items()]
    legend = Legend(keys, ACROSS)
    height = ROW * len(rows)
    canvas = Canvas(AXIS + height + legend.height)
    values = [dot.value for row in rows for dot in row.dots]
    low, high = min(0.0, *values), max(0.0, *values)
    room = (high - low) or 1.0
    scale = (low - room * 0.12, high + room * 0.12)
    box = (LEFT, AXIS, WIDTH - LEFT - 0.2, height)
    axes = Axes(canvas, box, scale, (len(rows) - 0.5, -0.5))
    found = ticks(*scale, MOST_TICKS)
    axes.grid(found, range(len(rows)))
    axes.frame()
    axes.below([(value, number(value)) for value in found], 9)
    names = [f"{folded(row.label, NAMES, 7.5, 2)}\n{row.years}" for row in rows]
    axes.beside(list(enumerate(names)), 7.5, drawn=False)
    canvas.write(axis, (axes.left + axes.right) / 2, canvas.height - 6, 8, across=0.5)
    for place, row in enumerate(rows):
        _row(axes, place, row, number)
    legend.draw(canvas, 0)
    return canvas.svg()


def _row(axes: Axes, place: int, row: DotRow, number: Callable[[float], str]) -> None:
    """The dots of an indicator, and the line between the lowest and the highest."""
    low, high = min(dot.value for dot in row.dots), max(dot.value for dot in row.dots)
    axes.line([(low, place), (high, place)], SPAN, None)
    for dot in row.dots:
        axes.line([(dot.value, place)], None, marker_of(dot.look, 6.5))
    axes.write(number(high), high, place, 8, away=9, across=0)
    if low < high:
        axes.write(number(low), low, place, 8, away=-9, across=1)
