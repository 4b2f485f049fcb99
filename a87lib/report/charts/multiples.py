"""Indicators side by side: survey years as they were printed, a line per sex, no point invented."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from a87lib.report import documents as doc
from a87lib.report.charts.wrapping import wrapped
from a87lib.report.figures import PALETTE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

ACROSS = 3
HEIGHT = 1.9  # inches per row of panels
_LOOKS: dict[str, dict[str, object]] = {
    "total": {"color": "#1b2733", "marker": "o", "linestyle": "-"},
    "female": {"color": PALETTE[1], "marker": "s", "linestyle": "--"},
    "male": {"color": PALETTE[0], "marker": "^", "linestyle": ":"},
}
MOST_TICKS = 6
CROWDED = 6  # letters of a survey year that takes more room, as 2018/19


@dataclass(frozen=True, slots=True)
class Point:
    """A figure: the year it is placed at, the survey years as printed (2018/19), the value."""

    year: int
    years: str
    value: float


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one sex, or of a breakdown. look: total, female, male, or its number."""

    label: str
    points: Sequence[Point]
    look: str = "total"


@dataclass(frozen=True, slots=True)
class Panel:
    """One indicator. title: its code and name. unit: as printed below the title."""

    title: str
    unit: str
    lines: Sequence[Line]


def multiples(
    panels: Sequence[Panel], number: Callable[[float], str], tick: Callable[[float], str]
) -> Figure:
    """The figure, three panels across. number, tick: write a value, and one of an axis, in words.

    Sexes have one legend for all panels, breakdowns one within their panel.
    """
    if not panels:
        raise ValueError("small multiples need at least one panel")
    across = max(min(len(panels), ACROSS), 2)
    rows = -(-len(panels) // across)
    with doc.style():
        figure = doc.drawing(HEIGHT * rows + 0.3)
        grid = figure.subplots(rows, across, squeeze=False)
        spread = list(grid.flat)
        for axes, panel in zip(spread, panels, strict=False):
            _panel(axes, panel, number, tick)
        for axes in spread[len(panels) :]:
            axes.set_visible(False)
        _legend(figure, panels)
    return figure


def _panel(
    axes: Axes, panel: Panel, number: Callable[[float], str], tick: Callable[[float], str]
) -> None:
    broken_down = any(line.look not in _LOOKS for line in panel.lines)
    for line in panel.lines:
        years = [point.year for point in line.points]
        values = [point.value for point in line.points]
        axes.plot(years, values, markersize=4.2, linewidth=1.3, label=line.label,
                  **look_of(line.look))  # type: ignore[arg-type]  # fmt: skip
        if line is panel.lines[0] or broken_down:
            axes.annotate(number(values[-1]), (years[-1], values[-1]), xytext=(5, 0), va="center",
                          textcoords="offset points", fontsize=7, weight="bold")  # fmt: skip
    axes.set_title(wrapped(panel.title, 34, 3) + f"\n({panel.unit})", fontsize=7.5, weight="normal")
    top = max(point.value for line in panel.lines for point in line.points)
    axes.set_ylim(0, (top or 1) * (1.55 if broken_down else 1.15))
    axes.yaxis.get_major_locator().set_params(nbins=4, integer=top > 4)  # type: ignore[attr-defined]
    axes.yaxis.set_major_formatter(lambda value, _: tick(value))
    axes.tick_params(labelsize=7)
    _years(axes, panel)
    if broken_down:
        axes.legend(loc="upper left", fontsize=6.5, ncols=1, borderpad=0, labelspacing=0.15,
                    handlelength=1.4, borderaxespad=0.1)  # fmt: skip


def _years(axes: Axes, panel: Panel) -> None:
    """Ticks stand at survey years only, written as the source prints them."""
    printed = {point.year: point.years for line in panel.lines for point in line.points}
    years = sorted(printed)
    first, last = years[0], years[-1]
    span = max(last - first, 1)
    axes.set_xlim(first - span * 0.1, last + span * 0.28)
    wide = any(len(text) > CROWDED - 1 for text in printed.values())
    apart = span / (MOST_TICKS - 2 if wide else MOST_TICKS)
    kept = [last]
    for year in reversed(years[:-1]):
        if kept[-1] - year >= apart:
            kept.append(year)
    axes.set_xticks(kept, [printed[year] for year in kept])


def look_of(name: str) -> dict[str, object]:
    """Colour, marker and line of total, female, male, or of a breakdown by its number."""
    if name in _LOOKS:
        return _LOOKS[name]
    place = int(name)
    marker = "DvPX*"[place % 5]
    return {"color": PALETTE[(2 + place) % len(PALETTE)], "marker": marker, "linestyle": "-"}


def legend_handle(label: str, look: str, line: bool = True) -> Line2D:
    """How a look is explained in a legend."""
    from matplotlib.lines import Line2D

    how = dict(look_of(look))
    if not line:
        how["linestyle"] = "none"
    return Line2D([], [], markersize=5.5, label=label, **how)  # type: ignore[arg-type]


def _legend(figure: Figure, panels: Sequence[Panel]) -> None:
    sexes = {
        line.label: line.look for panel in panels for line in panel.lines if line.look in _LOOKS
    }
    if len(sexes) > 1:
        handles = [legend_handle(label, look) for label, look in sexes.items()]
        figure.legend(handles=handles, loc="outside upper left", ncols=4, fontsize=8)
