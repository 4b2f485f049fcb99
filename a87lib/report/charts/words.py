"""Words as outlines: laid out and cut from our own fonts, so that a chart looks alike everywhere.

Each text is laid out by matplotlib's FreeType with shaping, whatever its script. That costs some
ten microseconds a letter; for letters that stand side by side whatever comes before and after them
(Latin ones, digits, punctuation), the distance of two is asked for once and kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product
from string import digits
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.sax.saxutils import quoteattr

from a87lib.language import keys, raw
from a87lib.report.fonts import files

if TYPE_CHECKING:
    from matplotlib.ft2font import FT2Font

EM = 1000  # units of outlines in the size of a font
SPACE = 0.35  # of the size: at most, between the ink of two words
EVEN = 1.12  # how much longer than even a line of a folded text may be
_SIDE_BY_SIDE = re.compile(
    r"[ -~\u00a0-\u00ac\u00ae-\u017f\u2010-\u2015\u2018-\u201f\u2026\u202f]+"
)
_JOINED = {"ff", "fi", "fl"}


@dataclass(frozen=True, slots=True)
class Outline:
    """A glyph. path: of SVG, y downwards. right: how far its ink reaches."""

    path: str
    right: float


class Glyph(NamedTuple):
    """An outline by its name, and where it stands, y upwards."""

    name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Run:
    """A line of text laid out. uses: as SVG, in EM units; names: of its outlines; width: of ink."""

    uses: str
    names: tuple[str, ...]
    width: float


_outlines: dict[str, Outline] = {}
"""Outlines by name: the place of their font and the number of their glyph, alike everywhere."""
_names: dict[Any, Any] = {}
"""The names by matplotlib's, as `NotoSans-Regular-4b`."""
_letters: dict[bool, dict[str, str]] = {False: {}, True: {}}
"""The outlines of letters that depend on no other, regular and bold."""
_steps: dict[tuple[bool, str], float] = {}
"""How far the second of two such letters stands from the first."""


def outline(name: str) -> str:
    """The path of an outline that a run has named."""
    return _outlines[name].path


@lru_cache(maxsize=4096)
def run(text: str, bold: bool = False) -> Run:
    """A line of text laid out. What a font does not hold, the next one does."""
    placed = _side_by_side(text, bold) or _learn(text, bold)
    inked = [glyph for glyph in placed if _outlines[glyph.name].path]
    return Run(
        "".join(_use(*glyph) for glyph in inked),
        tuple(dict.fromkeys(glyph.name for glyph in inked)),
        max((glyph.x + _outlines[glyph.name].right for glyph in inked), default=0.0),
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
    return f"aria-label={quoteattr(text)}"


def learn(language: str) -> None:
    """Know how the letters of a language stand, so that a forked process need not lay them out.

    No font stays open.
    """
    from matplotlib.ft2font import FT2Font

    text = " ".join(raw(key, language) for key in sorted(keys(language)))
    numbers = "".join(map("".join, product(digits, digits + " ,.%")))
    for bold, pairs in ((False, _pairs(text + numbers)), (True, _pairs(numbers))):
        new = sorted(pair for pair in pairs if (bold, pair) not in _steps)
        _learn(" ".join(new), bold, FT2Font(files(bold)[0]))


def _pairs(text: str) -> set[str]:
    """The letters that stand side by side in a text, but for those that are drawn as one."""
    pairs = {before + letter for before, letter in pairwise(text)}
    return {pair for pair in pairs if _SIDE_BY_SIDE.fullmatch(pair) and pair not in _JOINED}


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


def _side_by_side(text: str, bold: bool) -> list[Glyph]:
    """The glyphs of a text whose letters are known; none where any is not."""
    names, x = _letters[bold], 0.0
    try:
        placed = [Glyph(names[text[0]], 0.0, 0.0)] if text else []
        for pair in map("".join, pairwise(text)):
            x += _steps[bold, pair]
            placed.append(Glyph(names[pair[1]], x, 0.0))
    except KeyError:
        return []
    return placed


def _learn(text: str, bold: bool, font: FT2Font | None = None) -> list[Glyph]:
    """Lay a text out; keep how its letters stand where each depends on its neighbours alone."""
    placed = _shaped(text, bold, font)
    if not _SIDE_BY_SIDE.fullmatch(text) or len(placed) != len(text) or any(g.y for g in placed):
        return placed
    _letters[bold].update(zip(text, (glyph.name for glyph in placed), strict=True))
    for pair, (one, other) in zip(pairwise(text), pairwise(placed), strict=True):
        _steps[bold, "".join(pair)] = other.x - one.x
    return placed


def _shaped(text: str, bold: bool, font: FT2Font | None = None) -> list[Glyph]:
    """The glyphs of a text and where they stand, as FreeType lays them out.

    font: the one to use; else the first, which has all letters that stand side by side, or all.
    """
    if not text:
        return []
    from matplotlib.font_manager import get_font
    from matplotlib.textpath import text_to_path

    if font is None:
        every = files(bold)
        font = get_font(every[:1] if _SIDE_BY_SIDE.fullmatch(text) else every)
    font.set_size(EM, 72)
    placed, cut, _ = text_to_path.get_glyphs_with_font(font, text, _names, True)
    for found, path in cut.items():
        family, _, glyph = found.rpartition("-")
        _names[found] = f"g{_places()[family]}-{glyph}"
        _outlines[_names[found]] = _cut(*path)
    return [Glyph(_names[found], x, y) for found, x, y, _ in placed]


@lru_cache
def _places() -> dict[str, int]:
    """The place of each font, by the name that matplotlib knows it by."""
    from urllib.parse import quote

    from matplotlib.ft2font import FT2Font

    paths = dict.fromkeys([*files(bold=False), *files(bold=True)])
    return {quote(FT2Font(path).postscript_name): place for place, path in enumerate(paths)}


_COMMANDS = {1: ("m", 1), 2: ("l", 1), 3: ("q", 2), 4: ("c", 3)}
_CLOSE = 79


def _cut(vertices: Any, codes: Any) -> Outline:
    """A path of matplotlib's as an outline, in whole numbers, each from the point before."""
    points = [(round(x), -round(y)) for x, y in vertices.tolist()]
    parts: list[str] = []
    at = start = (0, 0)
    place, kinds = 0, [int(code) for code in codes]
    while place < len(kinds):
        if kinds[place] == _CLOSE:
            parts.append("z")
            at, place = start, place + 1
            continue
        command, count = _COMMANDS[kinds[place]]
        ends = points[place : place + count]
        steps = " ".join(f"{x - at[0]} {y - at[1]}" for x, y in ends)
        parts.append(command + steps.replace(" -", "-"))
        at, place = ends[-1], place + count
        start = at if command == "m" else start
    return Outline("".join(parts), float(max((x for x, _ in points), default=0)))
