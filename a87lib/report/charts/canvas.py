"""A figure drawn by hand as SVG text: what is drawn later lies above what was drawn before.

Places are points from the upper left corner. Words are outlines (see `words`), which are said once,
in letters, to whoever reads the picture. The same drawing gives the same bytes; outlines and
patterns are named by what they look like, so that pictures may stand side by side in one page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from a87lib.report.charts.letters import EM, outline
from a87lib.report.charts.looks import Field, Marker, Pair, Stroke, marked, path, short
from a87lib.report.charts.words import label, run, width
from a87lib.report.colours import INK, PAPER
from a87lib.report.figures import WIDTH

if TYPE_CHECKING:
    from a87lib.report.charts.axes import Axes

INCH = 72.0
PITCH = 1.25  # from line to line, of the size
CAPITAL = 0.714  # height of a capital letter, of the size
ASCENT, DESCENT = 0.77, 0.24  # how far the ink of letters reaches above and below their line


@dataclass(frozen=True, slots=True)
class Words:
    """A text that was drawn, and the box that its letters fill."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


class Canvas:
    """An empty figure. height, width: in inches.

    words: the texts that were drawn. axes: the boxes with scales that were placed on it.
    """

    def __init__(self, height: float, width: float = WIDTH) -> None:
        self.width, self.height = width * INCH, height * INCH
        self.words: list[Words] = []
        self.axes: list[Axes] = []
        self._parts: list[str] = []
        self._outlines: dict[str, None] = {}
        self._patterns: dict[str, str] = {}

    def line(self, points: Sequence[Pair], stroke: Stroke) -> None:
        """A line through points."""
        self.lines([points], stroke)

    def lines(self, every: Sequence[Sequence[Pair]], stroke: Stroke) -> None:
        """Several lines of one look."""
        drawn = "".join(path(points) for points in every)
        joined = "" if stroke.dash else ' stroke-linecap="square" stroke-linejoin="round"'
        if drawn:
            self._parts.append(f'<path d="{drawn}" fill="none"{stroke}{joined}/>')

    def field(self, left: float, top: float, width: float, height: float, look: Field) -> None:
        """A rectangle."""
        if look.hatch:
            self._patterns[look.pattern] = look.definition
        box = f'x="{short(left)}" y="{short(top)}" width="{short(width)}" height="{short(height)}"'
        self._parts.append(f'<rect {box} fill="{look.paint}"{look.edge or ""}/>')

    def mark(self, marker: Marker, x: float, y: float) -> None:
        """A mark with its middle at a place."""
        self._parts.append(marked(marker, x, y))

    def write(
        self,
        text: str,
        x: float,
        y: float,
        size: float,
        *,
        across: float = 0.0,
        bold: bool = False,
        ink: str = INK,
        ground: str = "",
        pitch: float = PITCH,
    ) -> None:
        """Words whose middle is at a height. across: how much of them is left of x, 0 to 1.

        A text of several lines is aligned as it stands: on the left, in the middle, on the right.
        ground: the colour of a plain field behind them, so that no line or hatch crosses them.
        """
        lines = text.split("\n")
        first = y + (CAPITAL - pitch * (len(lines) - 1)) / 2 * size
        last, wide = first + pitch * (len(lines) - 1) * size, width(text, size, bold)
        left = x - wide * across
        box = Words(text, left, first - ASCENT * size, left + wide, last + DESCENT * size)
        self.words.append(box)
        if ground:
            high = last - first + (CAPITAL + 0.4) * size
            self.field(left - 1.5, first - (CAPITAL + 0.2) * size, wide + 3, high, Field(ground))
        fill = "" if ink == INK else f' fill="{ink}"'
        for place, each in enumerate(lines):
            laid = run(each, bold)
            self._outlines.update(dict.fromkeys(laid.names))
            start, base = x - laid.width * size / EM * across, first + place * pitch * size
            self._parts.append(
                f'<g {label(each)} role="img"{fill} transform="translate({short(start)} '
                f'{short(base)})scale({size / EM:.6g})">{laid.uses}</g>'
            )

    def svg(self) -> str:
        """The figure as SVG text."""
        outlines = "".join(
            f'<path id="{n}" d="{outline(n).path}"/>' for n in sorted(self._outlines)
        )
        patterns = "".join(self._patterns[name] for name in sorted(self._patterns))
        width, height = short(self.width), short(self.height)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt" '
            f'viewBox="0 0 {width} {height}" fill="{INK}"><defs>{patterns}{outlines}</defs>'
            f'<rect width="100%" height="100%" fill="{PAPER}"/>{"".join(self._parts)}</svg>'
        )
