"""Where things stand in a chart, in inches: fixed, so that it is quick and always the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from a87lib.report import documents as doc
from a87lib.report.figures import WIDTH

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LEGEND_LINE = 0.2


def canvas(height: float) -> Figure:
    """An empty figure of the text's width whose parts we place ourselves."""
    return doc.drawing(height, placed=True)


def place(figure: Figure, left: float, bottom: float, width: float, height: float) -> Axes:
    """Axes of this size, this far from the figure's left and lower edges."""
    total = figure.get_figheight()
    return figure.add_axes((left / WIDTH, bottom / total, width / WIDTH, height / total))


def legend_height(entries: int, across: int) -> float:
    """How high a legend is with so many entries side by side."""
    return LEGEND_LINE * -(-entries // across) + 0.08 if entries else 0.05
