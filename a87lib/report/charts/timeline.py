"""The mechanism over the years: a band for the status and a lane for each kind of event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from a87lib.report.charts.axes import GRID, Axes
from a87lib.report.charts.canvas import INCH, Canvas
from a87lib.report.charts.legend import Key, Legend
from a87lib.report.charts.looks import Field, Marker, Stroke
from a87lib.report.charts.words import folded, width
from a87lib.report.colours import INK, PAPER, SOFT
from a87lib.report.figures import WIDTH

Look = Literal["event", "on_time", "late", "not_received", "not_on_file", "due", "statement"]
# Shapes differ as well as colours: nothing is told by colour alone.
LOOKS: dict[Look, Marker] = {
    "event": Marker("o", 5.8, "#0072B2"),
    "on_time": Marker("o", 6.2, "#00785A"),
    "late": Marker("^", 6.8, "#B35900"),
    "not_received": Marker("X", 6.8, "#8f1d1d"),
    "not_on_file": Marker("o", 5.8, "#4D4D4D", PAPER),
    "due": Marker("|", 9.5, "#4D4D4D", edge=1.4),
    "statement": Marker("D", 5.3, "#8a4f7d", PAPER),
}
_BANDS = {
    "candidate": Field("#cfe3f4", Stroke(INK, 0.6)),
    "active": Field("#bfe3d3", Stroke(INK, 0.6)),
    "inactive": Field("#f3d9b5", Stroke(INK, 0.6)),
}
LANE = 0.3  # inches per lane
LEFT, RIGHT, TOP, YEARS = 1.9, 0.1, 0.05, 0.28  # inches around the lanes
NAMES = 126.0  # points: how wide the name of a lane may be
ACROSS = 3  # entries of the legend side by side
TODAY = Stroke(INK, 0.9, (3.6, 2.7))
VAGUE = Stroke(SOFT, 1.2)
APART = 24.0  # points from year to year


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
) -> str:
    """The figure as SVG text. lanes: from top to bottom.

    words: of each look, and `asof` for the day's line. Raises ValueError where there is nothing to
    draw.
    """
    days = [day for mark in marks for day in (mark.on, mark.last)]
    days += [day for band in bands for day in (band.start, band.end)]
    if not days:
        raise ValueError("a timeline needs at least one event or status")
    start, end = min(days), max(*days, asof)
    room = max(timedelta(days=45), (end - start) / 30)
    rows = len(lanes) + bool(bands)
    keys = [Key(words[look], marker=LOOKS[look]) for look in LOOKS if look in _used(marks)]
    legend = Legend([*keys, Key(words["asof"], TODAY)], ACROSS)
    canvas = Canvas(TOP + LANE * rows + YEARS + legend.height)
    box = (LEFT, YEARS + legend.height, WIDTH - LEFT - RIGHT, LANE * rows)
    scale = (float((start - room).toordinal()), float((end + room).toordinal()))
    axes = Axes(canvas, box, scale, (len(lanes) + 0.5, -0.5 if bands else 0.5))
    _frame(axes, lanes)
    for band in bands:
        _band(axes, band)
    for row, lane in enumerate(lanes, 1):
        _lane(axes, row, [mark for mark in marks if mark.lane == lane])
    axes.line([(asof.toordinal(), axes.y[0]), (asof.toordinal(), axes.y[1])], TODAY, None)
    legend.draw(canvas, canvas.height - legend.height * INCH)
    return canvas.svg()


def _used(marks: Sequence[Mark]) -> set[Look]:
    return {mark.look for mark in marks}


def _band(axes: Axes, band: Band) -> None:
    """A status, with its name where it has room."""
    start = band.start.toordinal()
    days = max(band.end.toordinal() - start, 1)
    axes.bar(start, -0.31, days, 0.62, _BANDS[band.code])
    room = axes.at(start + days, 0)[0] - axes.at(start, 0)[0]
    if width(band.label, 8) + 6 < room:
        axes.write(band.label, start + days / 2, 0, 8)


def _lane(axes: Axes, place: int, marks: Sequence[Mark]) -> None:
    """The marks of a lane; a line spans the days on which a vaguely dated one may have happened."""
    for mark in marks:
        if mark.on != mark.last:
            axes.line([(mark.on.toordinal(), place), (mark.last.toordinal(), place)], VAGUE, None)
    for look in sorted(_used(marks), key=lambda look: (look != "due", [*LOOKS].index(look))):
        days = [mark.middle.toordinal() for mark in marks if mark.look == look]
        axes.mark([(day, place) for day in days], LOOKS[look])


def _frame(axes: Axes, lanes: Sequence[str]) -> None:
    """The lanes with their names, and the years."""
    first, last = (date.fromordinal(round(day)).year for day in axes.x)
    room = (axes.right - axes.left) / max(last - first, 1)
    every = next(n for n in (1, 2, 5, 10, 20, 50, 100, 1000) if n * room >= APART)
    years = [year for year in range(first + 1, last + 1) if year % every == 0]
    ticks = [(float(date(year, 1, 1).toordinal()), str(year)) for year in years]
    axes.grid(day for day, _ in ticks)
    for lane in range(1, len(lanes) + 1):
        axes.line([(axes.x[0], lane), (axes.x[1], lane)], GRID, None)
    axes.frame(beside=False)
    axes.below(ticks, 9)
    names = [folded(lane, NAMES, 8.5, 2) for lane in lanes]
    axes.beside(list(enumerate(names, 1)), 8.5, drawn=False, pitch=1.1)
