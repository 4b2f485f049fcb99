"""The state of a roadmap's actions by priority: a bar each, with its counts written in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from a87lib.report import documents as doc
from a87lib.report.charts.wrapping import wrapped
from a87lib.report.colours import INK

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# State: fill, hatch, colour of the count. `unstated` is drawn as an empty, dashed field.
_LOOKS: dict[str, tuple[str, str, str]] = {
    "completed": ("#00785A", "", "white"),
    "ongoing": ("#56B4E9", "", INK),
    "delayed": ("#E69F00", "///", INK),
    "not_started": ("#d5dbe1", "...", INK),
    "dropped": ("#4D4D4D", "xxx", "white"),
    "unstated": ("white", "", INK),
}
STATES = tuple(_LOOKS)
LETTERS = 30
BAR = 0.5  # inches per priority
FRAME = 0.95


@dataclass(frozen=True, slots=True)
class StateBar:
    """A priority, and how many of its actions are in each state."""

    label: str
    counts: Mapping[str, int]


def states(bars: Sequence[StateBar], words: Mapping[str, str], axis: str) -> Figure:
    """The figure. words: of each state; axis: what is counted. Raises ValueError without bars."""
    if not bars:
        raise ValueError("a chart of states needs at least one priority")
    labels = [wrapped(bar.label, LETTERS, 3) for bar in bars]
    places = range(len(bars))
    with doc.style():
        figure = doc.drawing(FRAME + BAR * len(bars) + 0.1 * sum("\n" in text for text in labels))
        axes = figure.subplots()
        left = [0] * len(bars)
        for state, (fill, hatch, ink) in _LOOKS.items():
            counts = [bar.counts.get(state, 0) for bar in bars]
            if not any(counts):
                continue
            edge = "#4D4D4D" if state == "unstated" else "white" if hatch == "" else INK
            drawn = axes.barh(places, counts, left=left, height=0.6, color=fill, hatch=hatch,
                              edgecolor=edge, linewidth=0.8, label=words[state],
                              linestyle="--" if state == "unstated" else "-")  # fmt: skip
            written = [str(count) if count else "" for count in counts]
            boxes = axes.bar_label(drawn, written, label_type="center", fontsize=8.5, color=ink)
            for box in boxes if hatch else ():
                box.set_bbox({"facecolor": fill, "edgecolor": "none", "pad": 1.5})
            left = [before + count for before, count in zip(left, counts, strict=True)]
        axes.set_yticks(places, labels)
        axes.invert_yaxis()
        axes.set_xlabel(axis)
        axes.set_xlim(0, max(left) + 0.02)
        axes.xaxis.get_major_locator().set_params(integer=True)  # type: ignore[attr-defined]
        axes.grid(axis="y", visible=False)
        axes.tick_params(axis="y", length=0)
        figure.legend(loc="outside upper left", ncols=3, fontsize=8.5, handlelength=1.4)
    return figure
