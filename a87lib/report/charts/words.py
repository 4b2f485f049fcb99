"""Words as outlines, so that a chart looks alike everywhere: measured, folded, to be placed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from a87lib.report.charts.letters import EM, laid, outline
from a87lib.report.inline import escaped, printable

SPACE = 0.35  # of the size: at most, between the ink of two words
EVEN = 1.12  # how much longer than even a line of a folded text may be


@dataclass(frozen=True, slots=True)
class Run:
    """A line of text laid out. uses: as SVG, in EM units; names: of its outlines; width: of ink."""

    uses: str
    names: tuple[str, ...]
    width: float


@lru_cache(maxsize=4096)
def run(text: str, bold: bool = False) -> Run:
    """A line of text laid out. What a font does not hold, the next one does."""
    inked = [
        glyph
        for glyph in laid(printable(text.replace("\t", " ")), bold)
        if outline(glyph.name).path
    ]
    return Run(
        "".join(_use(*glyph) for glyph in inked),
        tuple(dict.fromkeys(glyph.name for glyph in inked)),
        max((glyph.x + outline(glyph.name).right for glyph in inked), default=0.0),
    )


def width(text: str, size: float, bold: bool = False) -> float:
    """How wide a text is whose size is so many points: that of its longest line."""
    return max(run(line, bold).width for line in text.split("\n")) * size / EM


def folded(text: str, room: float, size: float, lines: int) -> str:
    """The text in lines no wider than the room, in points, and about as long as each other.

    What is too much becomes an ellipsis.
    """
    kept = _lines(text, room, size)
    if 1 < len(kept) <= lines:
        even = EVEN * sum(width(line, size) for line in kept) / len(kept)
        evened = _lines(text, min(even, room), size)
        kept = evened if len(evened) == len(kept) else kept
    if len(kept) <= lines:
        return "\n".join(kept)
    last = kept[lines - 1]
    while last and width(f"{last} …", size) > room:
        last = last[:-1].rstrip()
    return "\n".join([*kept[: lines - 1], f"{last} …"])


def _lines(text: str, room: float, size: float) -> list[str]:
    """The words of a text in lines, each as full as it can be."""
    kept: list[str] = []
    reach, space = 0.0, SPACE * size
    for word in _words(text, room, size):
        wide = width(word, size)
        if kept and reach + space + wide <= room:
            kept[-1] = f"{kept[-1]} {word}"
            reach += space + wide
        else:
            kept.append(word)
            reach = wide
    return kept


def label(text: str) -> str:
    """The attribute that says a drawn text in letters."""
    return f'aria-label="{escaped(text)}"'


def _words(text: str, room: float, size: float) -> Iterator[str]:
    """The words of a text; one that is wider than the room comes in pieces."""
    for word in re.split(r"[ \t\r\n]+", text.strip()):
        while width(word, size) > room and len(word) > 1:
            fits = next((n for n in range(len(word), 1, -1) if width(word[:n], size) <= room), 1)
            yield word[:fits]
            word = word[fits:]
        yield word


def _use(name: str, x: float, y: float) -> str:
    return f'<use href="#{name}" x="{x:.0f}"' + (f' y="{-y:.0f}"/>' if round(y) else "/>")
