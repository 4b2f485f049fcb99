"""The state of a roadmap's actions by priority: a bar each, with its counts written in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from a87lib.report import documents as doc
from a87lib.report.charts.wrapping import wrapped
from a87lib.report.colours import INK

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
        for place, bar in enumerate(bars):
            _bar(axes, place, bar)
        axes.set_yticks(places, labels)
        axes.invert_yaxis()
        axes.set_xlabel(axis)
        axes.set_xlim(0, max(sum(bar.counts.values()) for bar in bars) + 0.05)
        axes.xaxis.get_major_locator().set_params(integer=True)  # type: ignore[attr-defined]
        axes.grid(axis="y", visible=False)
        axes.tick_params(axis="y", length=0)
        figure.legend(
            handles=_handles(bars, words),
            loc="outside upper left",
            ncols=3,
            fontsize=8.5,
            handlelength=1.4,
        )
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
