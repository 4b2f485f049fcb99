"""Indicators side by side: survey years as they were printed, a line per sex, no point invented."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from a87lib.report import documents as doc
from a87lib.report.charts.layout import canvas, legend_height, place
from a87lib.report.charts.wrapping import wrapped
from a87lib.report.colours import SOFT
from a87lib.report.figures import PALETTE, WIDTH

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

ACROSS = 3
HEIGHT = 1.85  # inches per row of panels
TITLE, BELOW, BESIDE = 0.6, 0.25, 0.42  # inches around a panel
_LOOKS: dict[str, dict[str, object]] = {
    "total": {"color": "#1b2733", "marker": "o", "linestyle": "-"},
    "female": {"color": PALETTE[1], "marker": "s", "linestyle": "--"},
    "male": {"color": PALETTE[0], "marker": "^", "linestyle": ":"},
}
MOST_TICKS = 4
_GAP: dict[str, object] = {
    "marker": "x",
    "color": SOFT,
    "linestyle": "none",
    "markersize": 4.5,
}
APART = 0.09  # share of the axis by which two written values stand apart at least
CROWDED = 6  # letters of a survey year that takes more room, as 2018/19


@dataclass(frozen=True, slots=True)
class Point:
    """A figure: the year it is placed at, the survey years as printed (2018/19), the value.

    value: None where a value is stated to be missing; the line is broken there.
    """

    year: int
    years: str
    value: float | None


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


def multiples(panels: Sequence[Panel], number: Callable[[float], str], missing: str) -> Figure:
    """The figure, three panels across. number: writes a value; missing: words for a missing one.

    Sexes have one legend for all panels, breakdowns one within their panel.
    """
    if not panels:
        raise ValueError("small multiples need at least one panel")
    across = max(min(len(panels), ACROSS), 2)
    rows = -(-len(panels) // across)
    handles = _handles(panels, missing)
    legend = legend_height(len(handles), ACROSS + 1)
    width = WIDTH / across
    with doc.style():
        figure = canvas(HEIGHT * rows + legend)
        for number_of, panel in enumerate(panels):
            row, column = divmod(number_of, across)
            bottom = HEIGHT * (rows - row - 1) + BELOW
            size = (width - BESIDE - 0.12, HEIGHT - TITLE - BELOW)
            _panel(place(figure, width * column + BESIDE, bottom, *size), panel, number)
        if handles:
            figure.legend(handles=handles, loc="upper left", ncols=ACROSS + 1, fontsize=8,
                          borderaxespad=0.1)  # fmt: skip
    return figure


def _panel(axes: Axes, panel: Panel, number: Callable[[float], str]) -> None:
    broken_down = any(line.look not in _LOOKS for line in panel.lines)
    top = max(known(line)[-1].value or 0 for line in panel.lines)
    top = max([top, *(point.value or 0 for line in panel.lines for point in line.points)])
    for line in panel.lines:
        values = [float("nan") if point.value is None else point.value for point in line.points]
        axes.plot([point.year for point in line.points], values, markersize=4.2, linewidth=1.3,
                  label=line.label, **look_of(line.look))  # type: ignore[arg-type]  # fmt: skip
    height = (top or 1) * (1 / (0.95 - 0.12 * len(panel.lines)) if broken_down else 1.15)
    _last_values(axes, panel.lines if broken_down else panel.lines[:1], number, height)
    gaps = sorted(_gaps(panel))
    axes.plot(gaps, [0] * len(gaps), clip_on=False, **_GAP)  # type: ignore[arg-type]
    title = wrapped(panel.title, 34, 3) + f"\n({panel.unit})"
    axes.set_title(title, fontsize=7.5, weight="normal")
    axes.set_ylim(0, height)
    axes.locator_params(axis="y", nbins=4, integer=top > 4)
    axes.yaxis.set_major_formatter(lambda value, _: number(value))
    axes.tick_params(labelsize=7)
    _years(axes, panel)
    if broken_down:
        axes.legend(loc="upper left", fontsize=6.5, borderpad=0, labelspacing=0.15,
                    handlelength=1.4, borderaxespad=0.1)  # fmt: skip


def known(line: Line) -> list[Point]:
    """The points that have a value."""
    return [point for point in line.points if point.value is not None]


def _gaps(panel: Panel) -> set[int]:
    """The years of which every line of the panel states that there is no value."""
    years = {point.year for line in panel.lines for point in line.points}
    return years - {point.year for line in panel.lines for point in known(line)}


def _last_values(
    axes: Axes, lines: Sequence[Line], number: Callable[[float], str], height: float
) -> None:
    """The last value of each line beside its point; one that would cover another is left out."""
    taken: list[float] = []
    for line in lines:
        last = known(line)[-1]
        value = last.value or 0.0
        if any(abs(value - other) < height * APART for other in taken):
            continue
        taken.append(value)
        axes.annotate(number(value), (last.year, value), xytext=(5, 0), va="center",
                      textcoords="offset points", fontsize=7, weight="bold")  # fmt: skip


def _years(axes: Axes, panel: Panel) -> None:
    """Ticks stand at survey years only, written as the source prints them."""
    printed = {point.year: point.years for line in panel.lines for point in line.points}
    years = sorted(printed)
    first, last = years[0], years[-1]
    span = max(last - first, 1)
    axes.set_xlim(first - span * 0.1, last + span * 0.28)
    wide = any(len(text) > CROWDED - 1 for text in printed.values())
    apart = span / (MOST_TICKS - 1 if wide else MOST_TICKS)
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


def _handles(panels: Sequence[Panel], missing: str) -> list[Line2D]:
    """What all panels share: the sexes, where there are several, and the mark of a gap."""
    from matplotlib.lines import Line2D

    sexes = {
        line.label: line.look for panel in panels for line in panel.lines if line.look in _LOOKS
    }
    handles = (
        [legend_handle(label, look) for label, look in sexes.items()] if len(sexes) > 1 else []
    )
    if any(_gaps(panel) for panel in panels):
        handles.append(Line2D([], [], label=missing, **_GAP))  # type: ignore[arg-type]
    return handles
