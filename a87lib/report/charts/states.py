"""The state of a roadmap's actions by priority: a bar each, with its counts written in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from a87lib.report import documents as doc
from a87lib.report.charts.layout import canvas, legend_height, place
from a87lib.report.charts.wrapping import wrapped
from a87lib.report.colours import INK
from a87lib.report.figures import WIDTH

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch

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
LETTERS = 34
BAR = 0.5  # inches per priority
LEFT, AXIS = 2.35, 0.45  # inches beside and below the bars
ACROSS = 3  # entries of the legend side by side


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
        handles = _handles(bars, words)
        legend = legend_height(len(handles), ACROSS)
        height = BAR * len(bars)
        figure = canvas(AXIS + height + legend)
        axes = place(figure, LEFT, AXIS, WIDTH - LEFT - 0.15, height)
        for row, bar in enumerate(bars):
            _bar(axes, row, bar)
        axes.set_yticks(places, labels, fontsize=8)
        axes.set_ylim(len(bars) - 0.5, -0.5)
        axes.set_xlabel(axis, fontsize=8)
        axes.set_xlim(0, max(sum(bar.counts.values()) for bar in bars) + 0.05)
        axes.locator_params(axis="x", integer=True)
        axes.grid(axis="y", visible=False)
        axes.tick_params(axis="y", length=0)
        figure.legend(handles=handles, loc="upper left", ncols=ACROSS, fontsize=8,
                      handlelength=1.6, borderaxespad=0.1)  # fmt: skip
    return figure


def _bar(axes: Axes, place: int, bar: StateBar) -> None:
    """A priority's bar; the count stands on a plain ground so that hatching does not hide it."""
    left = 0
    for state, (fill, _, ink) in _LOOKS.items():
        count = bar.counts.get(state, 0)
        if not count:
            continue
        axes.barh(place, count, left=left, height=0.6, **_how(state))  # type: ignore[arg-type]
        ground = {"facecolor": fill, "edgecolor": "none", "pad": 2}
        axes.text(left + count / 2, place, str(count), color=ink, bbox=ground, ha="center",
                  va="center", fontsize=9, weight="bold")  # fmt: skip
        left += count


def _how(state: str) -> dict[str, object]:
    fill, hatch, _ = _LOOKS[state]
    edge = "#4D4D4D" if state == "unstated" or hatch else "white"
    line = "--" if state == "unstated" else "-"
    return {
        "facecolor": fill,
        "hatch": hatch,
        "edgecolor": edge,
        "linewidth": 0.8,
        "linestyle": line,
    }


def _handles(bars: Sequence[StateBar], words: Mapping[str, str]) -> list[Patch]:
    from matplotlib.patches import Patch

    used = [state for state in STATES if any(bar.counts.get(state) for bar in bars)]
    return [Patch(label=words[state], **_how(state)) for state in used]  # type: ignore[arg-type]
