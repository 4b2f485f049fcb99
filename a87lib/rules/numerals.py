"""Numbers of agenda items as people write them: 3, III, iii, c, 3.2, 3a."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ROMAN = re.compile(r"m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})")
_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_PARTS = re.compile(r"\d+|[a-z]+")
AFTER = {"bis": 2, "ter": 3, "quater": 4}
Number = tuple[int, ...]


def roman(text: str) -> int | None:
    """The value of a roman numeral in lower case, or None."""
    if not text or not _ROMAN.fullmatch(text):
        return None
    values = [_DIGITS[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(
        -value if value < after else value for value, after in zip(values, following, strict=True)
    )


def numbers(texts: Sequence[str]) -> list[Number | None]:
    """Each item's number, part by part; None where it is no number.

    A single letter is a roman numeral where others beside it are (i, ii), else a letter (3a, 3b);
    the first part of a number is a letter only where the first item's is the letter a.
    """
    parts = [_parts(text) for text in texts]
    by_letter = bool(parts) and parts[0][:1] == ["a"]
    sub_roman = any("ii" in each[1:] for each in parts)
    return [_number(each, by_letter, sub_roman) for each in parts]


def _parts(text: str) -> list[str]:
    """The parts of a number, without a word before it (Item 3)."""
    parts = _PARTS.findall(text.casefold())
    while len(parts) > 1 and not parts[0].isdigit() and len(parts[0]) > 1 and not roman(parts[0]):
        parts.pop(0)
    return parts


def _number(parts: Sequence[str], by_letter: bool, sub_roman: bool) -> Number | None:
    found: list[int] = []
    for part in parts:
        letters = not sub_roman if found else by_letter
        value = AFTER.get(part) if found and part in AFTER else _value(part, letters)
        if value is None:
            return None
        found.append(value)
    return tuple(found) or None


def _value(part: str, letters: bool) -> int | None:
    if part.isdigit():
        return int(part)
    if letters and len(part) == 1:
        return ord(part) - ord("a") + 1
    return roman(part)
