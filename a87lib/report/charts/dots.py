"""Indicators of one survey: a dot for each sex or breakdown on a common scale of per cent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from a87lib.report import documents as doc
from a87lib.report.charts.layout import canvas, legend_height
from a87lib.report.charts.layout import place as place_axes
from a87lib.report.charts.multiples import legend_handle, look_of
from a87lib.report.charts.wrapping import wrapped
from a87lib.report.colours import LINE
from a87lib.report.figures import WIDTH

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROW = 0.55  # inches
LETTERS = 50
LEFT, AXIS = 2.85, 0.45  # inches beside and below the dots
ACROSS = 3  # entries of the legend side by side


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


def dots(rows: Sequence[DotRow], axis: str, number: Callable[[float], str]) -> Figure:
    """The figure. axis: the scale's name. Raises ValueError without rows."""
    if not rows:
        raise ValueError("a dot chart needs at least one indicator")
    names = [f"{wrapped(row.label, LETTERS, 3)}\n{row.years}" for row in rows]
    looks = {dot.label: dot.look for row in rows for dot in row.dots}
    handles = [legend_handle(label, look, line=False) for label, look in looks.items()]
    legend = legend_height(len(handles), ACROSS)
    height = ROW * len(rows)
    with doc.style():
        figure = canvas(AXIS + height + legend)
        axes = place_axes(figure, LEFT, AXIS, WIDTH - LEFT - 0.2, height)
        for place, row in enumerate(rows):
            values = [dot.value for dot in row.dots]
            axes.plot([min(values), max(values)], [place, place], color=LINE, linewidth=3, zorder=1)
            for dot in row.dots:
                how = look_of(dot.look)
                axes.plot([dot.value], [place], markersize=6.5, linewidth=0, zorder=3,
                          marker=how["marker"], color=how["color"])  # fmt: skip
            _ends(axes, place, row.dots, number)
        axes.set_yticks(range(len(rows)), names, fontsize=7.5)
        axes.set_ylim(len(rows) - 0.5, -0.5)
        top = max(dot.value for row in rows for dot in row.dots)
        axes.set_xlim(-top * 0.08, top * 1.12 or 1)
        axes.xaxis.set_major_formatter(lambda value, _: number(value))
        axes.set_xlabel(axis, fontsize=8)
        axes.tick_params(axis="y", length=0)
        figure.legend(
            handles=handles, loc="upper left", ncols=ACROSS, fontsize=8, borderaxespad=0.1
        )
    return figure


def _ends(axes: Axes, place: int, found: Sequence[Dot], number: Callable[[float], str]) -> None:
    """The lowest and the highest value are written beside their dots."""
    low, high = min(d.value for d in found), max(d.value for d in found)
    ends = [(low, -9, "right"), (high, 9, "left")] if high > low else [(high, 9, "left")]
    for value, away, side in ends:
        axes.annotate(number(value), (value, place), xytext=(away, 0), ha=side, va="center",
                      textcoords="offset points", fontsize=8)  # fmt: skip
