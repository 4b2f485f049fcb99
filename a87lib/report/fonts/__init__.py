"""The fonts that documents carry: open licences, the same on every machine.

Noto Sans for Latin, Greek and Cyrillic; a Noto Sans for each further script; Droid Sans Fallback
for Chinese and Japanese, the everyday Korean syllables of Nanum Gothic; and, last, a font of our
own that draws any other character as a crossed box, so that no character can stop a PDF or vanish
from it.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent
MAIN = "Noto Sans"
SCRIPTS = (
    "Arabic", "Armenian", "Bengali", "Devanagari", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi",
    "Hebrew", "Kannada", "Khmer", "Lao", "Malayalam", "Myanmar", "NKo", "Sinhala", "Tamil",
    "Telugu", "Thaana", "Thai", "Tifinagh",
)  # fmt: skip
SYMBOLS = ("Noto Sans Symbols2", "Noto Sans Symbols", "Noto Sans Math")
HANGUL = "A87 Hangul"
LAST_RESORT = "A87 Last Resort"
FAMILIES = (
    MAIN,
    *(f"{MAIN} {script}" for script in SCRIPTS),
    *SYMBOLS,
    "Droid Sans Fallback",
    HANGUL,
    LAST_RESORT,
)
# matplotlib looks every family up for every word it draws: its figures get the likely scripts only.
IN_CHARTS = (
    MAIN,
    *(f"{MAIN} {script}" for script in ("Arabic", "Bengali", "Devanagari", "Ethiopic", "Sinhala")),
    SYMBOLS[0],
    "Droid Sans Fallback",
    LAST_RESORT,
)


@lru_cache
def files(bold: bool = False) -> tuple[Path, ...]:
    """The files of the families in their order, in the weight that is asked for where there is one.

    What is missing in the bold font of a script may be in its regular one, which comes after it.
    """
    found = []
    for family in FAMILIES:
        name = family.replace(" ", "")
        weights = ["-Bold", "-Regular"] if bold else ["-Regular"]
        named = [FOLDER / f"{name}{weight}.ttf" for weight in (*weights, "", "Full")]
        found += [path for path in named if path.exists()]
    return tuple(found)


@lru_cache
def _starts_and_ends() -> tuple[list[int], list[int]]:
    lines = (FOLDER / "coverage.txt").read_text(encoding="ascii").split()
    pairs = [line.split("-") for line in lines]
    return [int(first, 16) for first, _ in pairs], [int(last, 16) for _, last in pairs]


def unsupported(text: str) -> list[str]:
    """The characters of the text that only the last-resort font draws, each once, in order.

    Characters that are not drawn at all (spaces, joiners, direction marks) are not among them.
    """
    starts, ends = _starts_and_ends()
    found = []
    for letter in sorted(set(text)):
        place = bisect_right(starts, ord(letter)) - 1
        drawn = place >= 0 and ord(letter) <= ends[place]
        if not drawn and unicodedata.category(letter) not in ("Cc", "Cf", "Zs", "Zl", "Zp"):
            found.append(letter)
    return found
