"""Typography of a language that authors of catalogues need not type."""

from __future__ import annotations

import re

NARROW = "\u202f"  # narrow no-break space
NO_BREAK = "\u00a0"

_FRENCH = (
    (re.compile(r"« ?|«[\u00a0\u202f]"), f"«{NARROW}"),
    (re.compile(r"[ \u00a0\u202f]?»"), f"{NARROW}»"),
    (re.compile(r"[ \u00a0\u202f]([;!?])"), rf"{NARROW}\1"),
    (re.compile(r"[ \u00a0\u202f](:)(?=\s|$)"), rf"{NO_BREAK}\1"),
    (re.compile(r"(\d|\}) (%)"), rf"\1{NARROW}\2"),
    (re.compile(r"\bn° "), f"n°{NO_BREAK}"),
)


def spaced(text: str, language: str) -> str:
    """The text with curly apostrophes and the no-break spaces that its language asks for."""
    text = text.replace("'", "\u2019")
    if language != "fr":
        return text
    for pattern, replacement in _FRENCH:
        text = pattern.sub(replacement, text)
    return text
