"""Indicators side by side: survey years as they were printed, a line per sex, no point invented."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from a87lib.report.charts.axes import Axes, ticks
from a87lib.report.charts.canvas import INCH, PITCH, Canvas
from a87lib.report.charts.legend import Key, Legend, sampled
from a87lib.report.charts.looks import Marker, Stroke
from a87lib.report.charts.words import folded, width
from a87lib.report.colours import INK, PAPER, SOFT, legible
from a87lib.report.figures import PALETTE, WIDTH

Number = Callable[[float], str]
ACROSS = 3
HEIGHT = 1.85  # inches per row of panels
TITLE, BELOW, BESIDE = 0.6, 0.25, 0.42  # inches around a panel
OUT, BEYOND = 14.0, 5.0  # points: so far a title reaches beyond its panel, left and right
# Sex: colour, mark, dashes of the line.
_LOOKS: dict[str, tuple[str, str, tuple[float, ...]]] = {
    "total": (INK, "o", ()),
    "female": (PALETTE[1], "s", (4.8, 2.1)),
    "male": (PALETTE[0], "^", (1.3, 2.1)),
}
_GAP = Marker("x", 4.5, SOFT)
MOST_PARTS = 4  # of the scale of values
KEY, MOST_KEYS = 8.8, 50.0  # points: a line of a panel's legend, and all of them
LETTERS = 7.0  # points: how high a written value is
BETWEEN = 5.0  # points between two survey years


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


def multiples(panels: Sequence[Panel], number: Number, missing: str) -> str:
    """The figure as SVG text, three panels across.

    number: writes a value; missing: words for a missing one. Sexes have one legend for all panels,
    breakdowns one within their panel.
    """
    if not panels:
        raise ValueError("small multiples need at least one panel")
    across = max(min(len(panels), ACROSS), 2)
    rows = -(-len(panels) // across)
    legend = Legend(_keys(panels, missing), ACROSS + 1)
    width = WIDTH / across
    canvas = Canvas(HEIGHT * rows + legend.height)
    for place, panel in enumerate(panels):
        row, column = divmod(place, across)
        bottom = HEIGHT * (rows - row - 1) + BELOW
        size = (width - BESIDE - 0.12, HEIGHT - TITLE - BELOW)
        _panel(canvas, (width * column + BESIDE, bottom, *size), panel, number)
    legend.draw(canvas, 0)
    return canvas.svg()


def _panel(
    canvas: Canvas, box: tuple[float, float, float, float], panel: Panel, number: Number
) -> None:
    broken_down = any(line.look not in _LOOKS for line in panel.lines)
    values = [p.value for line in panel.lines for p in line.points if p.value is not None]
    low, high = min(0.0, *values), max(0.0, *values)
    room = 0.13 if not broken_down else min(KEY * len(panel.lines) + 6, MOST_KEYS) / (box[3] * INCH)
    span = ((high - low) or 1.0) / (1 - room)
    axes = Axes(canvas, box, _years(panel), (low - (0.15 * span if low else 0), low + span))
    found = ticks(*axes.y, MOST_PARTS, whole=high > MOST_PARTS)
    years = _printed(axes, panel)
    axes.grid((year for year, _ in years), found)
    axes.frame()
    axes.below(years, 7)
    axes.beside([(value, number(value)) for value in found], 7)
    for line in panel.lines:
        marker, stroke = marker_of(line.look, 4.2), stroke_of(line.look)
        axes.line([(point.year, point.value) for point in line.points], stroke, marker)
    axes.line([(year, 0.0) for year in sorted(_gaps(panel))], None, _GAP)
    keys = KEY * len(panel.lines) if broken_down else 0.0
    _last_values(axes, panel.lines, number, axes.top + keys)
    _title(axes, panel)
    if broken_down:
        _legend(axes, panel)


def _title(axes: Axes, panel: Panel) -> None:
    """Code, name and unit of the indicator above its panel."""
    room = OUT + axes.right - axes.left + BEYOND
    unit = folded(f"({panel.unit})", room, 7.5, 1)
    axes.title = f"{folded(panel.title, room, 7.5, 3)}\n{unit}"
    high = (PITCH * axes.title.count("\n") + 1) / 2 * 7.5
    axes.canvas.write(axes.title, axes.left - OUT, axes.top - 4 - high, 7.5)


def _legend(axes: Axes, panel: Panel) -> None:
    """The breakdowns of a panel, in the room that is left above its lines."""
    for place, line in enumerate(panel.lines):
        middle = axes.top + KEY * (place + 0.5)
        key = Key(line.label, stroke_of(line.look), marker_of(line.look, 4.2))
        sampled(axes.canvas, key, axes.left + 3, middle, 9)
        label = folded(line.label, axes.right - axes.left - 16, 6.5, 1)
        axes.canvas.write(label, axes.left + 16, middle, 6.5, ground=PAPER)


def known(line: Line) -> list[Point]:
    """The points that have a value."""
    return [point for point in line.points if point.value is not None]


def _gaps(panel: Panel) -> set[int]:
    """The years of which every line of the panel states that there is no value."""
    years = {point.year for line in panel.lines for point in line.points}
    return years - {point.year for line in panel.lines for point in known(line)}


def _last_values(axes: Axes, lines: Sequence[Line], number: Number, top: float) -> None:
    """The last value of each line beside its end, in the line's colour.

    Where ends are close together the values stand one above the other, in the order of the ends;
    none is written where there is no room for all: one alone would be read of another line.
    """
    ends = [(known(line)[-1], legible(stroke_of(line.look).color)) for line in lines if known(line)]
    middles = [axes.at(point.year, point.value or 0.0)[1] for point, _ in ends]
    for (point, ink), middle in zip(ends, apart(middles, top, axes.bottom), strict=False):
        value = point.value or 0.0
        axes.write(number(value), point.year, value, 7, away=5, across=0, bold=True, ink=ink,
                   ground=PAPER, middle=middle)  # fmt: skip


def apart(middles: Sequence[float], top: float, bottom: float) -> list[float]:
    """Heights at which labels do not meet, as near to their middles as may be, in their order.

    Empty where they would not all fit between top and bottom.
    """
    if LETTERS * len(middles) > bottom - top:
        return []
    order = sorted(range(len(middles)), key=lambda place: middles[place])
    stacks: list[tuple[float, int]] = []  # the middle of labels that touch, and how many they are
    for place in order:
        middle, count = _within(middles[place], 1, top, bottom), 1
        while stacks and middle - stacks[-1][0] < LETTERS * (count + stacks[-1][1]) / 2:
            other, more = stacks.pop()
            middle, count = (middle * count + other * more) / (count + more), count + more
            middle = _within(middle, count, top, bottom)
        stacks.append((middle, count))
    ranked = [
        middle + LETTERS * (place - (count - 1) / 2)
        for middle, count in stacks
        for place in range(count)
    ]
    return [ranked[order.index(place)] for place in range(len(middles))]


def _within(middle: float, count: int, top: float, bottom: float) -> float:
    """The middle of so many labels that reach neither above the top nor below the bottom."""
    half = LETTERS * count / 2
    return min(max(middle, top + half), bottom - half)


def _years(panel: Panel) -> tuple[float, float]:
    """The years at both ends of the scale: there is room for the last values."""
    years = [point.year for line in panel.lines for point in line.points]
    first, last = min(years), max(years)
    span = max(last - first, 1)
    return first - span * 0.1, last + span * 0.28


def _printed(axes: Axes, panel: Panel) -> list[tuple[float, str]]:
    """The survey years as the source prints them: the last one, and before it what has room."""
    printed = {point.year: point.years for line in panel.lines for point in line.points}
    kept: list[tuple[float, str]] = []
    end = float("inf")
    for year, text in sorted(printed.items(), reverse=True):
        middle, half = axes.at(year, 0)[0], width(text, 7) / 2
        if middle + half + BETWEEN <= end:
            kept.append((year, text))
            end = middle - half
    return kept


def marker_of(look: str, size: float) -> Marker:
    """The mark of total, female, male, or of a breakdown by its number."""
    color, shape, _ = _look(look)
    return Marker(shape, size, color)


def stroke_of(look: str) -> Stroke:
    """The line of a look."""
    color, _, dash = _look(look)
    return Stroke(color, 1.3, dash)


def _look(name: str) -> tuple[str, str, tuple[float, ...]]:
    if name in _LOOKS:
        return _LOOKS[name]
    place = int(name)
    return PALETTE[(2 + place) % len(PALETTE)], "DvPX*"[place % 5], ()


def _keys(panels: Sequence[Panel], missing: str) -> list[Key]:
    """What all panels share: the sexes, where there are several, and the mark of a gap."""
    sexes = {
        line.label: line.look for panel in panels for line in panel.lines if line.look in _LOOKS
    }
    keys = [Key(label, stroke_of(look), marker_of(look, 5.5)) for label, look in sexes.items()]
    keys = keys if len(keys) > 1 else []
    return [*keys, Key(missing, marker=_GAP)] if any(map(_gaps, panels)) else keys
