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
HEIGHT = 1.85  # inches per row of panels
_LOOKS: dict[str, dict[str, object]] = {
    "total": {"color": "#1b2733", "marker": "o", "linestyle": "-"},
    "female": {"color": PALETTE[1], "marker": "s", "linestyle": "--"},
    "male": {"color": PALETTE[0], "marker": "^", "linestyle": ":"},
}
MOST_TICKS = 5


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


def multiples(panels: Sequence[Panel], number: Callable[[float], str]) -> Figure:
    """The figure, three panels across. number: writes a value as the reader's language does."""
    if not panels:
        raise ValueError("small multiples need at least one panel")
    rows = -(-len(panels) // ACROSS)
    with doc.style():
        figure = doc.drawing(HEIGHT * rows + 0.35)
        grid = figure.subplots(rows, ACROSS, squeeze=False)
        spread = list(grid.flat)
        for axes, panel in zip(spread, panels, strict=False):
            _panel(axes, panel, number)
        for axes in spread[len(panels) :]:
            axes.set_visible(False)
        _legend(figure, panels)
    return figure


def _panel(axes: Axes, panel: Panel, number: Callable[[float], str]) -> None:
    values = [point.value for line in panel.lines for point in line.points]
    for line in panel.lines:
        years = [point.year for point in line.points]
        axes.plot(years, [point.value for point in line.points], markersize=4.5, linewidth=1.3,
                  **look_of(line.look))  # type: ignore[arg-type]  # fmt: skip
    main = max(panel.lines, key=lambda line: (line.look == "total", len(line.points)))
    last = main.points[-1]
    axes.annotate(number(last.value), (last.year, last.value), xytext=(0, 5), ha="center",
                  textcoords="offset points", fontsize=8, weight="bold")  # fmt: skip
    axes.set_title(wrapped(panel.title, 33, 3) + f"\n{panel.unit}", fontsize=7.5, weight="normal")
    top = max(values)
    axes.set_ylim(0, top * 1.28 if top else 1)
    axes.yaxis.set_major_formatter(lambda value, _: number(value))
    axes.yaxis.get_major_locator().set_params(nbins=4)  # type: ignore[attr-defined]
    _years(axes, panel)
    axes.tick_params(labelsize=7.5)


def _years(axes: Axes, panel: Panel) -> None:
    """Ticks stand at survey years only, written as the source prints them."""
    printed = {point.year: point.years for line in panel.lines for point in line.points}
    years = sorted(printed)
    first, last = years[0], years[-1]
    room = max((last - first) * 0.12, 0.6)
    axes.set_xlim(first - room, last + room)
    shown = years
    if len(years) > MOST_TICKS:
        step = (len(years) - 1) / (MOST_TICKS - 1)
        shown = [years[round(place * step)] for place in range(MOST_TICKS)]
    apart = (last - first) / 7
    kept = [shown[-1]]
    for year in reversed(shown[:-1]):
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
    looks = {line.label: line.look for panel in panels for line in panel.lines}
    if len(looks) > 1:
        handles = [legend_handle(label, look) for label, look in looks.items()]
        figure.legend(handles=handles, loc="outside upper left", ncols=4, fontsize=8)
