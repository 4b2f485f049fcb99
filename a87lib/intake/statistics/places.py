"""Places as publishers name them: M49 numbers, ISO codes, names in three languages."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Literal

from a87lib.framework import countries
from a87lib.framework.states import TABLE

Kind = Literal["state", "territory", "group"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a file names: a State by its ISO3 code, or what is no State of our table.

    kind: state; territory (its figures are no State's); group (of several countries). code: ISO3
    of a State, else as the file has it.
    """

    kind: Kind
    code: str


def plain_name(name: str) -> str:
    """A name without accents, apostrophes, spaces, a closing article and capitals."""
    letters = unicodedata.normalize("NFKD", name.strip().removesuffix(" (the)"))
    return "".join(letter for letter in letters if letter.isalnum()).casefold()


@dataclass(frozen=True)
class Gazetteer:
    """All places that can be resolved, each only by what names it exactly."""

    by_code: Mapping[str, Place]
    by_name: Mapping[str, Place]
    patterns: Mapping[str, Place]

    def find(self, text: str) -> Place | None:
        """The place that a code or name is, or None: nothing is guessed.

        Digits are M49 numbers (with or without leading zeros); two and three letters are ISO codes
        in either case, so that NA is Namibia.
        """
        word = text.strip()
        code = word.lstrip("0") if word.isdigit() else word.upper()
        if code in self.by_code:
            return self.by_code[code]
        for pattern, place in self.patterns.items():
            if fnmatchcase(code, pattern):
                return place
        return self.by_name.get(plain_name(word)) if plain_name(word) else None

    def near(self, text: str) -> list[str]:
        """ISO3 codes of States that somebody may have meant; never chosen for them."""
        names = {name: place.code for name, place in self.by_name.items() if place.kind == "state"}
        found = [names[n] for n in get_close_matches(plain_name(text), names, n=4, cutoff=0.7)]
        if len(text.strip()) == 3:
            codes = [code for code, place in self.by_code.items() if place.kind == "state"]
            found += get_close_matches(text.strip().upper(), codes, n=3, cutoff=0.6)
        return list(dict.fromkeys(code for code in found if len(code) == 3))


def code_points(text: str) -> str:
    """The characters of a name that are not Latin, with their code points."""
    strange = [c for c in text if c.isalpha() and "LATIN" not in unicodedata.name(c, "LATIN")]
    hidden = [c for c in text if unicodedata.category(c) in ("Cf", "Cc")]
    return " ".join(f"U+{ord(c):04X}" for c in dict.fromkeys(strange + hidden))


def _rows(name: str) -> list[dict[str, str]]:
    with TABLE.with_name(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@lru_cache
def gazetteer() -> Gazetteer:
    """The States of the reference table and what else data/reference knows of places."""
    states = {iso3: Place("state", iso3) for iso3 in countries()}
    by_code = dict(states)
    by_name: dict[str, Place] = {}
    patterns: dict[str, Place] = {}
    for iso3, country in countries().items():
        by_code[country.iso2] = by_code[country.m49.lstrip("0")] = states[iso3]
        by_name |= {plain_name(name): states[iso3] for name in country.names.values()}
    by_name |= {plain_name(row["name"]): states[row["iso3"]] for row in _rows("other_names.csv")}
    for row in _rows("areas.csv"):
        kind: Kind = "territory" if row["kind"] == "territory" else "group"
        place = Place(kind, row["code"])
        if "*" in row["code"] or "[" in row["code"]:
            patterns[row["code"]] = place
        else:
            by_code.setdefault(row["code"].upper(), place)
            by_name.setdefault(plain_name(row["name"]), place)
            by_name.setdefault(plain_name(row["code"]), place)
    return Gazetteer(by_code, by_name, patterns)
