"""The figures of a file: of several entries that give the same figure the latest holds."""

from __future__ import annotations

from dataclasses import dataclass

from a87lib.countryfile.file import CountryFile
from a87lib.facts import Observation
from a87lib.facts.observation import origin


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and the number of the entry that it came with."""

    entry: int
    observation: Observation

    @property
    def time(self) -> float:
        """The year that the figure is placed at: the middle of a split survey year (2018.5)."""
        row = self.observation
        return (int(row.period_start[:4]) + int(row.period_end[:4])) / 2


def figures(file: CountryFile, indicator: str | None = None) -> list[Figure]:
    """The figures on file (of an indicator), superseded row by row, in order of their periods."""
    held: dict[tuple[str, ...], Figure] = {}
    for entry in file.entries:
        for row in entry.observations:
            if indicator in (None, row.indicator):
                held[_key(row)] = Figure(entry.no, row)
    return sorted(held.values(), key=lambda figure: (figure.time, _key(figure.observation)))


def _key(row: Observation) -> tuple[str, ...]:
    """What makes two rows the same figure."""
    period = (row.period_start, row.period_end)
    return (row.indicator, *period, row.sex, row.age, row.breakdown, row.unit, origin(row.source))
