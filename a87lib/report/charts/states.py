"""The state of a roadmap's actions by priority: a bar each, with its counts written in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from a87lib.report.charts.axes import Axes, ticks
from a87lib.report.charts.canvas import Canvas
from a87lib.report.charts.legend import Key, Legend
from a87lib.report.charts.looks import Field, Stroke
from a87lib.report.charts.words import folded
from a87lib.report.colours import INK, PAPER
from a87lib.report.figures import WIDTH

_EDGE, _BETWEEN = Stroke("#4D4D4D", 0.8), Stroke(PAPER, 0.8)
Look = tuple[Field, str]  # a field, and the colour of the count in it
# `unstated` is drawn as an empty, dashed field.
_LOOKS: dict[str, Look] = {
    "completed": (Field("#00785A", _BETWEEN), PAPER),
    "ongoing": (Field("#56B4E9", _BETWEEN), INK),
    "delayed": (Field("#E69F00", _EDGE, "lines"), INK),
    "not_started": (Field("#d5dbe1", _EDGE, "dots"), INK),
    "dropped": (Field("#4D4D4D", Stroke("#8a8a8a", 0.8), "crosses"), PAPER),
    "unstated": (Field(PAPER, Stroke("#4D4D4D", 0.8, (3, 1.3))), INK),
}
STATES = tuple(_LOOKS)
BAR = 0.5  # inches per priority
LEFT, AXIS = 2.35, 0.45  # inches beside and below the bars
NAMES = 158.0  # points: how wide the name of a priority may be
ACROSS = 3  # entries of the legend side by side
MOST_TICKS = 9


@dataclass(frozen=True, slots=True)
class StateBar:
    """A priority, and how many of its actions are in each state."""

    label: str
    counts: Mapping[str, int]


def states(bars: Sequence[StateBar], words: Mapping[str, str], axis: str) -> str:
    """The figure as SVG text. words: of each state; axis: what is counted.

    Raises ValueError without bars.
    """
    if not bars:
        raise ValueError("a chart of states needs at least one priority")
    used = [state for state in STATES if any(bar.counts.get(state) for bar in bars)]
    legend = Legend([Key(words[state], field=_LOOKS[state][0]) for state in used], ACROSS)
    height = BAR * len(bars)
    canvas = Canvas(AXIS + height + legend.height)
    scale = (0.0, max(sum(bar.counts.values()) for bar in bars) + 0.05)
    box = (LEFT, AXIS, WIDTH - LEFT - 0.15, height)
    axes = Axes(canvas, box, scale, (len(bars) - 0.5, -0.5))
    found = ticks(*scale, MOST_TICKS, whole=True)
    axes.grid(found)
    axes.below([(value, f"{value:.0f}") for value in found], 9)
    labels = [folded(bar.label, NAMES, 8, 3) for bar in bars]
    axes.beside(list(enumerate(labels)), 8, drawn=False)
    canvas.write(axis, (axes.left + axes.right) / 2, canvas.height - 6, 8, across=0.5)
    for row, bar in enumerate(bars):
        stacked(axes, row, bar.counts, _LOOKS)
    axes.frame()
    legend.draw(canvas, 0)
    return canvas.svg()


def stacked(
    axes: Axes, place: int, counts: Mapping[str, int], looks: Mapping[str, Look], size: float = 9
) -> None:
    """A bar of fields, as long as their counts, which are written in them.

    A count stands on a plain ground so that hatching does not hide it.
    """
    left = 0
    for state, (look, ink) in looks.items():
        count = counts.get(state, 0)
        if not count:
            continue
        axes.bar(left, place - 0.3, count, 0.6, look)
        ground = look.fill if look.hatch else ""
        middle = left + count / 2
        axes.write(str(count), middle, place, size, bold=True, ink=ink, ground=ground)
        left += count
