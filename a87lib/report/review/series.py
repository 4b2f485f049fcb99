"""The figures on file about a country, put together by indicator (observations of all entries)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from a87lib.countryfile import CountryFile
from a87lib.facts import Entry, Observation
from a87lib.framework import Framework

SEXES = ("total", "female", "male")
OWN = ""  # the publisher of what the country itself presented
THIRD_PARTY = "third_party"
MOST_LINES = 4


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and the entry that it came with."""

    row: Observation
    entry: Entry


class Shelf(NamedTuple):
    """What the figures have in common that can stand side by side."""

    indicator: str
    publisher: str
    unit: str


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of one indicator for one sex, age and breakdown, from one publisher, by year.

    publisher: who published them ("" for the country's own indicator framework). unit: of all of
    them (a currency is one); one without a unit counts among those in the unit stated last.
    third_party: a government or body other than the country and the statistical custodians says so.
    """

    indicator: str
    sex: str
    age: str
    breakdown: str
    publisher: str
    unit: str
    third_party: bool
    figures: tuple[Figure, ...]

    @property
    def values(self) -> list[Figure]:
        """The figures that have a number: zero is one, a missing figure is none."""
        return [
            f for f in self.figures if f.row.status == "value" and f.row.value_number is not None
        ]

    @property
    def last(self) -> Figure:
        """The latest figure, with a number or without."""
        return self.figures[-1]


def series(file: CountryFile, framework: Framework) -> list[Series]:
    """All series on file, in the order of the indicator framework.

    A later entry's figure for the same period stands in the place of an earlier one.
    """
    told = [
        Figure(row, entry)
        for entry in file.entries
        for row in entry.observations
        if row.country in (None, "", file.country)
    ]
    units = {(f.row.indicator, _publisher(f)): f.row.unit for f in told if f.row.unit}
    shelves: dict[tuple[str, ...], dict[tuple[str, str], Figure]] = defaultdict(dict)
    for figure in told:
        row, publisher = figure.row, _publisher(figure)
        unit = row.unit or units.get((row.indicator, publisher), "")
        name = (row.indicator, row.sex, row.age, row.breakdown, *publisher, unit)
        shelves[name][row.period_start, row.period_end] = figure
    order = {indicator.code: place for place, indicator in enumerate(framework.indicators.items)}
    found = [_series(name, held.values()) for name, held in shelves.items()]
    return sorted(found, key=lambda each: _place(each, order))


def _publisher(figure: Figure) -> tuple[str, str]:
    """Who published a figure, and whether as a third party."""
    publisher = getattr(figure.entry.body, "publisher", OWN) or OWN
    return publisher, THIRD_PARTY if figure.row.nature == THIRD_PARTY else ""


def _series(name: tuple[str, ...], figures: Iterable[Figure]) -> Series:
    indicator, sex, age, breakdown, publisher, third, unit = name
    held = tuple(sorted(figures, key=lambda f: (f.row.year, f.row.period_start)))
    return Series(indicator, sex, age, breakdown, publisher, unit, third == THIRD_PARTY, held)


def _place(each: Series, order: dict[str, int]) -> tuple[object, ...]:
    known = order.get(each.indicator, len(order))
    about = (each.publisher, each.breakdown, each.age, SEXES.index(each.sex), each.unit)
    return (known, each.indicator, *about)


def main_lines(found: list[Series]) -> list[Series]:
    """The series of one indicator, publisher and unit that a chart can show together.

    By sex where there are figures by sex (of the age group with most figures), else by age, else by
    breakdown.
    """
    plain = [each for each in found if not each.breakdown and each.values]
    if plain and any(each.sex != "total" for each in plain):
        counts: dict[str, int] = defaultdict(int)
        for each in plain:
            counts[each.age] += len(each.values)
        age = max(sorted(counts), key=lambda name: counts[name])
        return [each for each in plain if each.age == age]
    if plain:
        return plain[:MOST_LINES]
    both = [each for each in found if each.breakdown and each.sex != "male" and each.values]
    return both[:MOST_LINES]


def by_indicator(found: Iterable[Series]) -> dict[Shelf, list[Series]]:
    """The series of each indicator and publisher, in one unit."""
    shelves: dict[Shelf, list[Series]] = defaultdict(list)
    for each in found:
        shelves[Shelf(each.indicator, each.publisher, each.unit)].append(each)
    return dict(shelves)
