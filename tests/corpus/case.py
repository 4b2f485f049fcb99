"""A case of the corpus: how the file is made, and what must be answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from corpus.filling import Sheets

Make = Callable[[Sheets], "Made"]


@dataclass(frozen=True)
class Made:
    """A file, and where its fault is: `sheet!cell`, a sheet, or "" for the file as a whole."""

    data: bytes
    at: str = ""
    evidence: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """A case. code: the problem expected, or the warning where the file is taken in.

    country: whose workbook it is made from. found: part of what the answer must show.
    """

    name: str
    make: Make
    code: str
    country: str = "CIV"
    warning: bool = False
    found: str = ""


CASES: list[Case] = []


def bad(code: str, *, country: str = "CIV", found: str = "") -> Callable[[Make], Make]:
    """Registers a function that makes a file which must be refused with this code."""

    def register(make: Make) -> Make:
        CASES.append(Case(make.__name__, make, code, country, found=found))
        return make

    return register


def noted(code: str) -> Callable[[Make], Make]:
    """Registers a function that makes a file which is taken in with this warning."""

    def register(make: Make) -> Make:
        CASES.append(Case(make.__name__, make, code, warning=True))
        return make

    return register
