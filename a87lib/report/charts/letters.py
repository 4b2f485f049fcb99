"""Letters as outlines, cut from our own fonts, and where they stand in a line of text.

Each text is laid out by matplotlib's FreeType with shaping, whatever its script. That costs some
ten microseconds a letter; for letters whose place depends on their neighbours alone (Latin ones,
digits, punctuation), the distance of two is asked for once and kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product
from string import ascii_letters, ascii_uppercase, digits
from typing import TYPE_CHECKING, Any, NamedTuple

from a87lib.language import keys, raw
from a87lib.report.fonts import files

if TYPE_CHECKING:
    from matplotlib.ft2font import FT2Font

EM = 1000  # units of outlines in the size of a font
_SIDE_BY_SIDE = re.compile(
    r"[ -~\u00a0-\u00ac\u00ae-\u017f\u2010-\u2015\u2018-\u201f\u2026\u202f]+"
)
_OPENS = re.compile(r"[^A-Za-z\u00c0-\u017f]*[(<\[{\u00ab\u2018\u201c]")
"""A bracket before any letter: it and what closes it are laid out without their neighbours."""
_LETTER = re.compile(r"ff[il]?|f[il]|.")  # what is drawn as one


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


_outlines: dict[str, Outline] = {}
"""Outlines by name: the place of their font and the number of their glyph, alike everywhere."""
_names: dict[str, Any] = {}
"""The names by matplotlib's, as `NotoSans-Regular-4b`."""
_letters: dict[tuple[bool, str], str] = {}
"""The outlines of letters that depend on no other, by weight and letter."""
_steps: dict[tuple[bool, str, str], float] = {}
"""How far the second of two such letters stands from the first."""


def outline(name: str) -> Outline:
    """An outline of which a glyph has the name."""
    return _outlines[name]


def laid(text: str, bold: bool) -> list[Glyph]:
    """The glyphs of a line of text. What a font does not hold, the next one does."""
    if _OPENS.match(text):
        return _shaped(text, bold)
    return _known(text, bold) or _learnt(text, bold)


def learn(language: str) -> None:
    """Know how the letters of a language stand, so that a forked process need not lay them out.

    No font stays open.
    """
    from matplotlib.ft2font import FT2Font

    text = "\n".join(raw(key, language) for key in sorted(keys(language)))
    numbers = [*product(digits, [*digits, *" ,.%/–)KM"]), *product("(/–,. ", digits)]
    codes = [*product(ascii_uppercase, digits), *product("(", ascii_letters)]
    sentences = [*pairwise(_LETTER.findall(text)), *numbers, *codes]
    for bold, pairs in ((False, sentences), (True, numbers)):
        new = {(one, other) for one, other in pairs if (bold, one, other) not in _steps}
        known = sorted("".join(pair) for pair in new if _SIDE_BY_SIDE.fullmatch("".join(pair)))
        _learnt(" ".join(["n", *known]), bold, FT2Font(files(bold)[0]))


def _known(text: str, bold: bool) -> list[Glyph]:
    """The glyphs of a text whose letters are known; none where any is not."""
    every = _LETTER.findall(text)
    x, placed = 0.0, []
    try:
        for before, letter in pairwise(["", *every]):
            x += _steps[bold, before, letter] if before else 0.0
            placed.append(Glyph(_letters[bold, letter], x, 0.0))
    except KeyError:
        return []
    return placed


def _learnt(text: str, bold: bool, font: FT2Font | None = None) -> list[Glyph]:
    """Lay a text out; keep how its letters stand where each depends on its neighbours alone."""
    placed, every = _shaped(text, bold, font), _LETTER.findall(text)
    if not _SIDE_BY_SIDE.fullmatch(text) or len(placed) != len(every) or any(g.y for g in placed):
        return placed
    for letter, glyph in zip(every, placed, strict=True):
        _letters[bold, letter] = glyph.name
    for (one, other), (here, there) in zip(pairwise(every), pairwise(placed), strict=True):
        _steps[bold, one, other] = there.x - here.x
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
