"""The mechanism over the years: a band for the status and a lane for each kind of event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal

from a87lib.report import documents as doc
from a87lib.report.charts.layout import canvas, legend_height, place
from a87lib.report.colours import INK, SOFT
from a87lib.report.figures import WIDTH

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

Look = Literal["event", "on_time", "late", "not_received", "not_on_file", "due", "statement"]
# Shapes differ as well as colours: nothing is told by colour alone.
_LOOKS: dict[str, dict[str, Any]] = {
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
LANE = 0.3  # inches per lane
LEFT, RIGHT, TOP, YEARS = 1.9, 0.1, 0.05, 0.28  # inches around the lanes
ACROSS = 3  # entries of the legend side by side
DASHES = (0, (4, 3))
CHARACTER = 0.075  # inches, about the width of a letter of a band's label


@dataclass(frozen=True, slots=True)
class Mark:
    """An event on a lane, and how it looks.

    on: the day, or the first of the days it may have happened on; until: the last of them.
    """

    lane: str
    on: date
    look: Look
    until: date | None = None

    @property
    def last(self) -> date:
        """The last day it may have happened on."""
        return self.on if self.until is None else self.until

    @property
    def middle(self) -> date:
        """Where it is drawn: in the middle of the days it may have happened on."""
        return self.on + (self.last - self.on) / 2


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
    days = [day for mark in marks for day in (mark.on, mark.last)]
    days += [day for band in bands for day in (band.start, band.end)]
    if not days:
        raise ValueError("a timeline needs at least one event or status")
    start, end = min(days), max(*days, asof)
    room = max(timedelta(days=45), (end - start) / 30)
    rows = len(lanes) + bool(bands)
    used = [look for look in _LOOKS if any(mark.look == look for mark in marks)]
    legend = legend_height(len(used) + 1, ACROSS)
    with doc.style():
        figure = canvas(TOP + LANE * rows + YEARS + legend)
        axes: Any = place(figure, LEFT, YEARS + legend, WIDTH - LEFT - RIGHT, LANE * rows)
        axes.set_xlim(start - room, end + room)
        _bands(axes, bands, (end - start + 2 * room).days)
        for row, lane in enumerate(lanes, 1):
            _lane(axes, row, [mark for mark in marks if mark.lane == lane])
        _frame(axes, lanes, bool(bands))
        axes.axvline(asof, color=INK, linewidth=0.9, linestyle=DASHES)
        _legend(figure, used, words)
    return figure


def _bands(axes: Any, bands: Sequence[Band], days: int) -> None:
    inch = days / (WIDTH - LEFT - RIGHT)
    for band in bands:
        width = max((band.end - band.start).days, 1)
        axes.barh(0, width, left=band.start, height=0.62, color=_BANDS[band.code], edgecolor=INK,
                  linewidth=0.6, align="center")  # fmt: skip
        if width / inch > len(band.label) * CHARACTER:
            middle = band.start + timedelta(days=width / 2)
            axes.text(middle, 0, band.label, ha="center", va="center", fontsize=8)


def _lane(axes: Any, place: int, marks: Sequence[Mark]) -> None:
    """The marks of a lane; a line spans the days on which a vaguely dated one may have happened."""
    vague = [mark for mark in marks if mark.on != mark.last]
    axes.hlines([place] * len(vague), [mark.on for mark in vague], [mark.last for mark in vague],
                color=SOFT, linewidth=1.2)  # fmt: skip
    for look, how in _LOOKS.items():
        days = [mark.middle for mark in marks if mark.look == look]
        if days:
            axes.scatter(days, [place] * len(days), zorder=2 if look == "due" else 3, **how)


def _frame(axes: Any, lanes: Sequence[str], banded: bool) -> None:
    from matplotlib import dates as matplotlib_dates

    dates: Any = matplotlib_dates

    axes.set_ylim(len(lanes) + 0.5, -0.5 if banded else 0.5)
    axes.set_yticks(range(1, len(lanes) + 1), lanes, fontsize=8.5)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="y", linewidth=0.5)
    first, last = axes.get_xlim()
    axes.xaxis.set_major_locator(dates.YearLocator(base=1 if last - first < 366 * 14 else 2))
    axes.xaxis.set_major_formatter(dates.DateFormatter("%Y"))


def _legend(figure: Any, used: Sequence[str], words: Mapping[str, str]) -> None:
    from matplotlib.lines import Line2D

    handles = [_handle(look, words[look]) for look in used]
    day = Line2D([], [], color=INK, linewidth=0.9, linestyle=DASHES, label=words["asof"])
    figure.legend(handles=[*handles, day], loc="lower left", ncols=ACROSS, fontsize=8,
                  handletextpad=0.4, borderaxespad=0.1)  # fmt: skip


def _handle(look: str, label: str) -> Line2D:
    from matplotlib.lines import Line2D

    how = _LOOKS[look]
    edge = how.get("edgecolors", how.get("color"))
    return Line2D(
        [], [], linestyle="none", marker=how["marker"], markersize=6.5,
        markerfacecolor=how.get("facecolors", how.get("color")), markeredgecolor=edge, label=label,
    )  # fmt: skip
