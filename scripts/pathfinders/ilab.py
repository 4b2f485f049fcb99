"""Legal standards and enforcement figures as one government (USDOL/ILAB) states them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from a87lib.intake.statistics import Received
from a87lib.intake.statistics.ilab import Cell, cells, root_of
from a87lib.intake.statistics.places import gazetteer
from a87lib.intake.statistics.reading import ilab_figure
from pathfinders.places import Countries
from pathfinders.sdg import SERIES
from pathfinders.tables import Row


def reports(sources: Path, name: str) -> Iterator[tuple[str, Cell]]:
    """The cells of every reporting year, each with its year."""
    for path in sorted((sources / SERIES[name]["file"]).parent.glob(SERIES[name]["reports"])):
        file = Received(path.name, path.read_bytes())
        for cell in cells(root_of(file)):
            yield file.year, cell


def rows(sources: Path, countries: Countries, name: str, series: str) -> Iterator[Row]:
    """The figures of one series about the countries wanted; those of a part of one have no row."""
    for year, cell in reports(sources, name):
        place = gazetteer().find(cell.name)
        if cell.series != series or not cell.indicator or cell.part or place is None:
            continue
        if place.code in countries.wanted:
            yield ilab_figure(cell, place.code, year, str(SERIES[name]["cite"]).format(year=year))


def tables(sources: Path, countries: Countries) -> dict[str, list[Row]]:
    """The two tables of one government's assessment."""
    return {
        f"ilab_{series}": list(rows(sources, countries, f"ilab_{series}", series))
        for series in ("legal_standards", "enforcement")
    }
