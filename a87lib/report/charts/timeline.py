"""The mechanism over the years: a band for the status and a lane for each kind of event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from a87lib.report import documents as doc
from a87lib.report.colours import INK
from a87lib.report.figures import WIDTH

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Look = Literal["event", "on_time", "late", "not_received", "not_on_file", "due", "statement"]
# Shapes differ as well as colours: nothing is told by colour alone.
_LOOKS: dict[str, dict[str, object]] = {
    "event": {"marker": "o", "color": "#0072B2", "s": 34},
    "on_time": {"marker": "o", "color": "#00785A", "s": 38},
    "late": {"marker": "^", "color": "#B35900", "s": 46},
    "not_received": {"marker": "X", "color": "#8f1d1d", "s": 46},
    "not_on_file": {"marker": "o", "facecolors": "white", "edgecolors": "#4D4D4D", "s": 34},
    "due": {"marker": "|", "color": "#4D4D4D", "s": 90, "linewidths": 1.4},
    "statement": {"marker": "D", "facecolors": "white", "edgecolors": "#8a4f7d", "s": 28},
}
_BANDS = {
    "candidate": "#cfe3f4",
    "active": "#bfe3d3",
    "inactive": "#f3d9b5",
}
LANE = 0.34  # inches per lane
FRAME = 1.25  # inches for the years, the legend and the band
PLOT = 0.72  # share of the width that is left beside the names of the lanes
CHARACTER = 0.075  # inches, about the width of a letter of a band's label


@dataclass(frozen=True, slots=True)
class Mark:
    """An event on a lane, and how it looks."""

    lane: str
    on: date
    look: Look


@dataclass(frozen=True, slots=True)
class Band:
    """A status from a day to a day. code: candidate, active or inactive; label: its words."""

    start: date
    end: date
    code: str
    label: str


def timeline(
    lanes: Sequence[str],
    marks: Sequence[Mark],
    bands: Sequence[Band],
    asof: date,
    words: Mapping[str, str],
) -> Figure:
    """The figure. lanes: from top to bottom. words: of each look, and `asof` for the day's line.

    Raises ValueError where there is nothing to draw.
    """
    days = [mark.on for mark in marks] + [day for band in bands for day in (band.start, band.end)]
    if not days:
        raise ValueError("a timeline needs at least one event or status")
    start, end = min(days), max(*days, asof)
    room = max(timedelta(days=45), (end - start) / 30)
    with doc.style():
        figure = doc.drawing(FRAME + LANE * (len(lanes) + bool(bands)))
        axes = figure.subplots()
        axes.set_xlim(start - room, end + room)  # type: ignore[arg-type]
        _bands(axes, bands, (end - start + 2 * room).days)
        for place, lane in enumerate(lanes, 1):
            _lane(axes, place, [mark for mark in marks if mark.lane == lane])
        _frame(axes, lanes, bool(bands))
        axes.axvline(asof, color=INK, linewidth=0.9, linestyle=(0, (4, 3)), label=words["asof"])  # type: ignore[arg-type]
        _legend(figure, axes, marks, words)
    return figure


def _bands(axes: Axes, bands: Sequence[Band], days: int) -> None:
    inch = days / (WIDTH * PLOT)
    for band in bands:
        width = max((band.end - band.start).days, 1)
        axes.barh(0, width, left=band.start, height=0.62, color=_BANDS[band.code], edgecolor=INK,
                  linewidth=0.6, align="center")  # type: ignore[arg-type]  # fmt: skip
        if width / inch > len(band.label) * CHARACTER:
            middle = band.start + timedelta(days=width / 2)
            axes.text(middle, 0, band.label, ha="center", va="center", fontsize=8)  # type: ignore[arg-type]


def _lane(axes: Axes, place: int, marks: Sequence[Mark]) -> None:
    for look, how in _LOOKS.items():
        days = [mark.on for mark in marks if mark.look == look]
        if days:
            axes.scatter(days, [place] * len(days), zorder=2 if look == "due" else 3, **how)  # type: ignore[arg-type]


def _frame(axes: Axes, lanes: Sequence[str], banded: bool) -> None:
    from matplotlib.dates import DateFormatter, YearLocator

    axes.set_ylim(len(lanes) + 0.6, -0.6 if banded else 0.4)
    axes.set_yticks(range(1, len(lanes) + 1), lanes)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="y", linewidth=0.5)
    first, last = axes.get_xlim()
    axes.xaxis.set_major_locator(YearLocator(base=1 if last - first < 366 * 14 else 2))
    axes.xaxis.set_major_formatter(DateFormatter("%Y"))


def _legend(figure: Figure, axes: Axes, marks: Sequence[Mark], words: Mapping[str, str]) -> None:
    from matplotlib.lines import Line2D

    used = [look for look in _LOOKS if any(mark.look == look for mark in marks)]
    handles = [_handle(look, words[look]) for look in used]
    handles.append(
        Line2D([], [], color=INK, linewidth=0.9, linestyle=(0, (4, 3)), label=words["asof"])
    )
    figure.legend(handles=handles, loc="outside lower left", ncols=3, fontsize=8, handletextpad=0.4)


def _handle(look: str, label: str) -> object:
    from matplotlib.lines import Line2D

    how = _LOOKS[look]
    edge = how.get("edgecolors", how.get("color"))
    return Line2D(
        [], [], linestyle="none", marker=how["marker"], markersize=6.5,  # type: ignore[arg-type]
        markerfacecolor=how.get("facecolors", how.get("color")), markeredgecolor=edge, label=label,  # type: ignore[arg-type]
    )  # fmt: skip
