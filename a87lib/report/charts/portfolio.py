"""How many countries have each sign: a bar each, with its counts written in it; for a screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from a87lib.report.charts.axes import Axes
from a87lib.report.charts.canvas import Canvas
from a87lib.report.charts.legend import Key, Legend
from a87lib.report.charts.looks import Field, Stroke
from a87lib.report.charts.states import Look, stacked
from a87lib.report.charts.states import StateBar as Bar
from a87lib.report.charts.words import folded
from a87lib.report.colours import INK, PAPER

__all__ = ["LOOKS", "Bar", "portfolio"]

WIDE, LEFT, ROW = 9.58, 3.3, 0.46  # inches: of all, beside the bars, and for each of them
NAMES = 228.0  # points: how wide the name of a sign may be
SIZE = 10.5
ACROSS = 3  # entries of the legend side by side
_EDGE, _BETWEEN = Stroke("#4D4D4D", 0.8), Stroke(PAPER, 1.6)
# Colour only repeats what count and pattern say.
LOOKS: dict[str, Look] = {
    "yes": (Field("#8f1d1d", _BETWEEN), PAPER),
    "open": (Field("#E69F00", _EDGE, "lines"), INK),
    "too_early": (Field("#bcd8ee", _BETWEEN), INK),
    "no": (Field("#0a7a4b", _BETWEEN), PAPER),
    "ask": (Field(PAPER, Stroke("#4D4D4D", 0.8, (3, 2.2))), INK),
    "not_applicable": (Field("#d5dbe1", _EDGE, "dots"), INK),
}


def portfolio(bars: Sequence[Bar], words: Mapping[str, str]) -> str:
    """The figure as SVG text. words: of each state, see LOOKS. Raises ValueError without bars."""
    most = max((sum(bar.counts.values()) for bar in bars), default=0)
    if not most:
        raise ValueError("a portfolio needs at least one country")
    used = [state for state in LOOKS if any(bar.counts.get(state) for bar in bars)]
    keys = [Key(words[state], field=LOOKS[state][0]) for state in used]
    legend = Legend(keys, ACROSS, WIDE, SIZE)
    height = ROW * len(bars)
    canvas = Canvas(legend.height + height, WIDE)
    box = (LEFT, 0.0, WIDE - LEFT - 0.05, height)
    axes = Axes(canvas, box, (0.0, float(most)), (len(bars) - 0.5, -0.5))
    names = [folded(bar.label, NAMES, SIZE, 2) for bar in bars]
    axes.beside(list(enumerate(names)), SIZE, drawn=False)
    for place, bar in enumerate(bars):
        stacked(axes, place, bar.counts, LOOKS, SIZE)
    legend.draw(canvas, 0)
    return canvas.svg()
