"""What the looks of a chart mean, in columns: as many as there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from a87lib.report.charts.canvas import INCH, Canvas
from a87lib.report.charts.looks import Field, Marker, Stroke
from a87lib.report.charts.words import folded, width
from a87lib.report.figures import WIDTH

SIZE = 8.0  # points
LINE = 1.8  # from line to line, of the size
ABOVE = 0.04  # inches, and as much below
BETWEEN = 16.0  # points between columns
MARGIN = 4.0
BESIDE = 6.0  # points between a sample and its words


@dataclass(frozen=True, slots=True)
class Key:
    """A look and what it means."""

    label: str
    stroke: Stroke | None = None
    marker: Marker | None = None
    field: Field | None = None


class Legend:
    """Keys in columns, filled from top to bottom.

    across: how many columns at most. wide: inches that there are. size: of the words, in points.
    """

    def __init__(
        self, keys: Sequence[Key], across: int, wide: float = WIDTH, size: float = SIZE
    ) -> None:
        self.size, self._sample = size, 2 * size
        self._line = LINE * size / INCH
        room = wide * INCH - 2 * MARGIN
        words = room - self._sample - BESIDE
        self.keys = [replace(key, label=folded(key.label, words, size, 1)) for key in keys]
        for columns in range(min(across, len(keys)), 0, -1):
            self._columns = self._filled(columns)
            if sum(map(self._wide, self._columns)) - BETWEEN <= room:
                break

    @property
    def height(self) -> float:
        """In inches."""
        return self._line * len(self._columns[0]) + 2 * ABOVE if self.keys else 0.05

    def draw(self, canvas: Canvas, top: float) -> None:
        """Draw it. top: points from the canvas's upper edge."""
        left = MARGIN
        for column in self._columns if self.keys else ():
            for place, key in enumerate(column):
                middle = top + (ABOVE + (place + 0.5) * self._line) * INCH
                sampled(canvas, key, left, middle, self._sample)
                canvas.write(key.label, left + self._sample + BESIDE, middle, self.size)
            left += self._wide(column)

    def _filled(self, columns: int) -> list[Sequence[Key]]:
        """The keys by column; the first ones have one more where it does not come out even."""
        least, more = divmod(len(self.keys), columns)
        ends = [least * place + min(place, more) for place in range(columns + 1)]
        return [self.keys[ends[n] : ends[n + 1]] for n in range(columns)]

    def _wide(self, column: Sequence[Key]) -> float:
        words = max(width(key.label, self.size) for key in column)
        return self._sample + BESIDE + words + BETWEEN


def sampled(canvas: Canvas, key: Key, left: float, middle: float, long: float) -> None:
    """A look as a sample of some length."""
    if key.stroke is not None:
        canvas.line([(left, middle), (left + long, middle)], key.stroke)
    if key.marker is not None:
        canvas.mark(key.marker, left + long / 2, middle)
    if key.field is not None:
        canvas.field(left, middle - 0.2 * long, long, 0.4 * long, key.field)
