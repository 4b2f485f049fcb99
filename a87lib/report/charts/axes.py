"""A box on a canvas with two scales: data go in, and are drawn at their places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from a87lib.report.charts.canvas import CAPITAL, INCH, PITCH, Canvas
from a87lib.report.charts.looks import Field, Marker, Pair, Stroke
from a87lib.report.charts.words import width
from a87lib.report.colours import INK, LINE

FRAME = Stroke(INK, 0.8)
GRID = Stroke(LINE, 0.6)
TICK, APART = 3.5, 3.5  # points: how long a tick is, and how far its words are from it
Gap = tuple[float, float | None]
Ticks = Sequence[tuple[float, str]]


class Axes:
    """The box. left, bottom, width, height: in inches, from the lower left corner of the canvas.

    x, y: the values at its left and right, and at its bottom and top. lines, points, bars and
    words: what was drawn in it, as data (a bar as its corner and its size).
    """

    def __init__(
        self,
        canvas: Canvas,
        box: tuple[float, float, float, float],
        x: Pair,
        y: Pair,
    ) -> None:
        left, bottom, width, height = (side * INCH for side in box)
        self.canvas, self.x, self.y, self.title = canvas, x, y, ""
        self.left, self.right = left, left + width
        self.top, self.bottom = canvas.height - bottom - height, canvas.height - bottom
        self.lines: list[list[Gap]] = []
        self.points: list[list[Pair]] = []
        self.bars: list[tuple[float, float, float, float]] = []
        self.words: list[tuple[float, float, str]] = []
        canvas.axes.append(self)

    def at(self, x: float, y: float) -> Pair:
        """Where data are on the canvas."""
        right, up = (
            (x - self.x[0]) / (self.x[1] - self.x[0]),
            (y - self.y[0]) / (self.y[1] - self.y[0]),
        )
        return (
            self.left + right * (self.right - self.left),
            self.bottom - up * (self.bottom - self.top),
        )

    def line(self, data: Sequence[Gap], stroke: Stroke | None, marker: Marker | None) -> None:
        """A line with a mark at each of its data; it breaks where there is no value."""
        self.lines.append([*data])
        runs = groupby((self._known(each) for each in data), key=lambda place: place is None)
        every = [[place for place in run if place] for missing, run in runs if not missing]
        if stroke is not None:
            self.canvas.lines([run for run in every if len(run) > 1], stroke)
        if marker is not None:
            for x, y in (place for run in every for place in run):
                self.canvas.mark(marker, x, y)

    def mark(self, data: Sequence[Pair], marker: Marker) -> None:
        """A mark at each of the data."""
        self.points.append([*data])
        for each in data:
            self.canvas.mark(marker, *self.at(*each))

    def bar(self, x: float, y: float, width: float, height: float, look: Field) -> None:
        """A field. x, y: the corner that has the least of both."""
        self.bars.append((x, y, width, height))
        (one, low), (other, high) = self.at(x, y), self.at(x + width, y + height)
        size = (abs(other - one), abs(high - low))
        self.canvas.field(min(one, other), min(low, high), *size, look)

    def write(
        self,
        text: str,
        x: float,
        y: float,
        size: float,
        *,
        away: float = 0.0,
        across: float = 0.5,
        bold: bool = False,
        ink: str = INK,
        ground: str = "",
        middle: float | None = None,
    ) -> None:
        """Words at data. away: so many points to the right; the rest as on a canvas.

        They stay above the line below the box, if only just. middle: their height on the canvas,
        where they had to make room.
        """
        self.words.append((x, y, text))
        left, own = self.at(x, y)
        height = min(own if middle is None else middle, self.bottom - size / 2)
        self.canvas.write(
            text, left + away, height, size, across=across, bold=bold, ink=ink, ground=ground
        )

    def grid(self, x: Iterable[float] = (), y: Iterable[float] = ()) -> None:
        """Faint lines at values of both scales."""
        upright = [
            [(self.at(each, 0)[0], self.top), (self.at(each, 0)[0], self.bottom)] for each in x
        ]
        level = [
            [(self.left, self.at(0, each)[1]), (self.right, self.at(0, each)[1])] for each in y
        ]
        self.canvas.lines([*upright, *level], GRID)

    def frame(self, beside: bool = True) -> None:
        """The line below the box, and the one on its left."""
        corner = (self.left, self.bottom)
        ends = [(self.left, self.top), corner] if beside else [corner]
        self.canvas.line([*ends, (self.right, self.bottom)], FRAME)

    def below(self, ticks: Ticks, size: float) -> None:
        """Ticks of the lower scale with their words."""
        places = [self.at(value, 0)[0] for value, _ in ticks]
        self.canvas.lines([[(x, self.bottom), (x, self.bottom + TICK)] for x in places], FRAME)
        middle = self.bottom + TICK + APART + (1 + CAPITAL) / 2 * size
        for x, (_, text) in zip(places, ticks, strict=True):
            self._upright(text, x, middle, size)

    def above(self, ticks: Ticks, size: float) -> None:
        """Words above the box, the last of their lines at one height."""
        for value, text in ticks:
            high = (PITCH * text.count("\n") + CAPITAL) / 2 * size
            self._upright(text, self.at(value, 0)[0], self.top - 2 * APART - high, size)

    def beside(self, ticks: Ticks, size: float, drawn: bool = True, pitch: float = PITCH) -> None:
        """Words on the left of the box, with ticks where they are drawn."""
        places = [self.at(0, value)[1] for value, _ in ticks]
        if drawn:
            self.canvas.lines([[(self.left, y), (self.left - TICK, y)] for y in places], FRAME)
        right = self.left - APART - (TICK if drawn else 0)
        for y, (_, text) in zip(places, ticks, strict=True):
            self.canvas.write(text, right, y, size, across=1.0, pitch=pitch)

    def _upright(self, text: str, x: float, y: float, size: float) -> None:
        """Words with their middle at a place, or as near to it as the canvas is wide."""
        most = self.canvas.width - width(text, size) / 2
        self.canvas.write(text, min(x, most), y, size, across=0.5)

    def _known(self, data: Gap) -> Pair | None:
        x, y = data
        return None if y is None else self.at(x, y)


def ticks(low: float, high: float, most: int, whole: bool = False) -> list[float]:
    """Round values from one to another. most: into so many parts. whole: whole numbers only."""
    from matplotlib.ticker import MaxNLocator

    found = MaxNLocator(nbins=most, integer=whole, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    return [float(value) for value in found if low <= value <= high]
