"""How wide the columns of a table are to be, how large its type, and whether it stays on a page."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml.html import HtmlElement

from a87lib.report.tree import words

LONG = 24  # characters from which on a column may break its lines
SHORT_ROWS, SHORT_TEXT = 11, 700  # rows with the head, characters
SIZES = ((115, 8.4), (135, 7.6))  # characters side by side, and the type that holds them
SMALLEST = 6.8
LONGEST = 240  # a longer text makes its column no wider
BREAK = re.compile(r"[ \n]|(?<=[-–/])")  # where a line may end
MANY = 5  # columns from which on a table fills the page


def widths(table: HtmlElement, columns: int) -> list[float]:
    """Shares of the width; 0 for a column as wide as its content.

    Those that the author gave; else columns of long text share what short ones leave, and a table
    of many short columns gives the rest to its first.
    """
    heads = table.findall("./thead/tr/th")
    given = [float(cell.get("data-width", "0")) for cell in heads]
    if len(given) == columns and any(given):
        return given
    texts = longest(table, columns)
    shares = [min(length, LONGEST) ** 0.5 if length >= LONG else 0.0 for length in texts]
    if not any(shares) and columns >= MANY:
        shares[0] = 1.0
    return shares


def short(table: HtmlElement) -> bool:
    """Whether a table is so small that it is to stay on one page."""
    return len(table.findall(".//tr")) <= SHORT_ROWS and len(words(table)) <= SHORT_TEXT


def longest(table: HtmlElement, columns: int) -> list[int]:
    """The longest text of each column, in characters."""
    return _most(table, columns, lambda cell: len(words(cell)))


def longest_word(table: HtmlElement, columns: int) -> list[int]:
    """The longest word of each column, in characters, up to where any word may be broken."""
    return _most(table, columns, _longest_of)


def _longest_of(cell: HtmlElement) -> int:
    parts = (part for text in cell.itertext() for part in BREAK.split(text))
    return min(LONG, max(map(len, parts), default=0))


def _most(table: HtmlElement, columns: int, measure: Callable[[HtmlElement], int]) -> list[int]:
    most = [0] * columns
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("th", "td")]
        if len(cells) == columns:
            most = [max(a, measure(b)) for a, b in zip(most, cells, strict=True)]
    return most


def size(table: HtmlElement, columns: int) -> float:
    """The type size in points: smaller where much stands beside one another."""
    crowd = sum(min(length, LONG) + 2 for length in longest(table, columns))
    return next((points for most, points in SIZES if crowd <= most), SMALLEST)
