"""How lines, fields and marks look, and their shapes as SVG. Sizes in points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin, sqrt

from a87lib.report.colours import INK

Pair = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line. dash: how much is drawn and how much is left out, in turn."""

    color: str = INK
    width: float = 1.0
    dash: tuple[float, ...] = ()

    def __str__(self) -> str:
        dashes = f' stroke-dasharray="{" ".join(map(short, self.dash))}"' if self.dash else ""
        return f' stroke="{self.color}" stroke-width="{short(self.width)}"{dashes}'


@dataclass(frozen=True, slots=True)
class Field:
    """An area and its edge. hatch: `lines`, `dots` or `crosses`, in the colour of the edge."""

    fill: str
    edge: Stroke | None = None
    hatch: str = ""

    @property
    def paint(self) -> str:
        """Its colour, or the address of its pattern."""
        return f"url(#{self.pattern})" if self.hatch else self.fill

    @property
    def pattern(self) -> str:
        """The name of its pattern: what it looks like, so that no two patterns have one name."""
        return "-".join((self.hatch, self.fill.lstrip("#"), self._ink.lstrip("#")))

    @property
    def definition(self) -> str:
        """Its pattern."""
        line = f'fill="none" stroke="{self._ink}"'
        slope, fall = "M-2 2L2-2M0 8L8 0M6 10L10 6", "M-2 6L2 10M0 0L8 8M6-2L10 2"
        fill = f'fill="{self._ink}"'
        drawn = {
            "lines": f'<path d="{slope}" {line}/>',
            "crosses": f'<path d="{slope}{fall}" {line}/>',
            "dots": f'<path d="M1 1h1v1h-1zM5 1h1v1h-1zM3 5h1v1h-1zM7 5h1v1h-1z" {fill}/>',
        }[self.hatch]
        return (
            f'<pattern id="{self.pattern}" width="8" height="8" patternUnits="userSpaceOnUse">'
            f'<path d="M0 0H8V8H0z" fill="{self.fill}"/>{drawn}</pattern>'
        )

    @property
    def _ink(self) -> str:
        return self.edge.color if self.edge else INK


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark. shape: one of SHAPES. size: across. fill: of its area, where it has one."""

    shape: str
    size: float
    color: str
    fill: str = ""
    edge: float = 1.0


def short(number: float) -> str:
    """A number as SVG needs it: to the hundredth of a point."""
    text = f"{number:.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def path(points: Sequence[Pair], closed: bool = False) -> str:
    """A line through points, as the commands of an SVG path."""
    joined = "L".join(f"{short(x)} {short(y)}" for x, y in points)
    return f"M{joined}z" if closed else f"M{joined}"


def marked(marker: Marker, x: float, y: float) -> str:
    """A mark at a place, as SVG."""
    line = Stroke(marker.color, marker.edge)
    fill = marker.fill or marker.color
    if marker.shape == "o":
        where = f'cx="{short(x)}" cy="{short(y)}" r="{short(marker.size / 2)}"'
        return f'<circle {where} fill="{fill}"{line}/>'
    strokes = SHAPES[marker.shape]
    drawn = "".join(
        path([(x + across * marker.size, y + down * marker.size) for across, down in stroke], area)
        for area, stroke in strokes
    )
    inside = fill if strokes[0][0] else "none"
    return f'<path d="{drawn}" fill="{inside}"{line}/>'


def _turned(points: Sequence[Pair], share: float = 1.0) -> list[Pair]:
    return [(share * x, share * y) for x, y in points]


_HALF = sqrt(0.5)
_PLUS = [
    (-1, -3), (1, -3), (1, -1), (3, -1), (3, 1), (1, 1), (1, 3), (-1, 3), (-1, 1), (-3, 1),
    (-3, -1), (-1, -1),
]  # fmt: skip
_CROSS = [
    (-1, -2), (0, -1), (1, -2), (2, -1), (1, 0), (2, 1), (1, 2), (0, 1), (-1, 2), (-2, 1),
    (-1, 0), (-2, -1),
]  # fmt: skip
_STAR = [
    (sin(corner * pi / 5) * far, -cos(corner * pi / 5) * far)
    for corner in range(10)
    for far in ((0.5,) if corner % 2 == 0 else (0.191,))
]
SHAPES: dict[str, list[tuple[bool, list[Pair]]]] = {
    "s": [(True, [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)])],
    "^": [(True, [(0, -0.5), (0.5, 0.5), (-0.5, 0.5)])],
    "v": [(True, [(0, 0.5), (0.5, -0.5), (-0.5, -0.5)])],
    "D": [(True, [(0, -_HALF), (_HALF, 0), (0, _HALF), (-_HALF, 0)])],
    "P": [(True, _turned(_PLUS, 1 / 6))],
    "X": [(True, _turned(_CROSS, 1 / 4))],
    "*": [(True, _STAR)],
    "x": [(False, [(-0.5, -0.5), (0.5, 0.5)]), (False, [(-0.5, 0.5), (0.5, -0.5)])],
    "|": [(False, [(0, -0.5), (0, 0.5)])],
}
"""Shapes of marks, as large as 1: areas and lines. A circle, `o`, is one to SVG."""
