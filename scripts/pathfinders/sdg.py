"""Indicator series of the UN Statistics Division and of the World Bank."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from a87lib.intake.statistics import Reading, Received, codes, ddf, unsd
from a87lib.intake.statistics.meaning import Given
from pathfinders.places import Countries
from pathfinders.tables import Fact, Row, read_yaml

SERIES: dict[str, dict[str, Any]] = read_yaml("series.yaml")


def source_file(sources: Path, about: dict[str, Any]) -> Path:
    """Where a series lies: among the sources, or beside this module where we hold the extract."""
    folder = Path(__file__).parent if about.get("own_extract") else sources
    return folder / str(about["file"])


def points(sources: Path, name: str) -> Iterator[Given]:
    """The points of a series, as the reader of the import gives them."""
    path = source_file(sources, SERIES[name])
    file = Received(path.name, path.read_bytes())
    return ddf.points(file, unsd.PUBLISHER, Reading(file.name, file.sha256))


def unsd_rows(sources: Path, name: str) -> Iterator[tuple[str, Row]]:
    """The figures of a UNSD series, each with its M49 area (the row itself names no country)."""
    about = SERIES[name]
    for given in points(sources, name):
        row = Row(
            country="",
            indicator=about["indicator"],
            period_start=given.period,
            period_end=given.period,
            sex=codes.sex_of(given.sex),
            age=codes.age_of(given.age),
            breakdown=given.breakdowns.get("breakdown") or about.get("breakdown", ""),
            value_number=codes.number_of(given.value),
            unit=about["unit"],
            nature=codes.nature_of(given.nature or ""),
            source=about["cite"],
        )
        yield given.area, row


def wdi_rows(sources: Path, name: str, countries: Countries) -> Iterator[Row]:
    """Children in employment, ages 7-14, from the World Development Indicators."""
    about = SERIES[name]
    for given in points(sources, name):
        if given.area.upper() in countries.wanted:
            yield Row(
                country=given.area.upper(),
                indicator=about["indicator"],
                period_start=given.period,
                period_end=given.period,
                age=about["age"],
                value_number=codes.number_of(given.value),
                unit=about["unit"],
                nature="not_stated",
                source=about["cite"],
            )


def tables(sources: Path, countries: Countries) -> dict[str, list[Row]]:
    """The tables of all series read here, for the countries wanted."""
    found: dict[str, list[Row]] = {}
    for name, about in SERIES.items():
        if about["reader"] == "unsd":
            rows = ((countries.find(area), row) for area, row in unsd_rows(sources, name))
            found[name] = [replace(row, country=iso3) for iso3, row in rows if iso3]
        elif about["reader"] == "wdi":
            found[name] = list(wdi_rows(sources, name, countries))
    return found


def statistics(country: str, tables: dict[str, list[Row]]) -> list[Fact]:
    """One fact per series that has figures for the country; the figures stay in the table."""
    facts: list[Fact] = []
    for name, about in SERIES.items():
        if any(row.country == country for row in tables[name]):
            facts.append(
                {
                    "id": f"statistics-{name.replace('_', '-')}",
                    "kind": "statistics_received",
                    "happened_on": about["happened_on"],
                    "publisher": about["publisher"],
                    "series": about["series"],
                    "edition": about["edition"],
                    "licence": about["licence"],
                    **({"note": about["note"]} if "note" in about else {}),
                    "language": "en",
                    "source": about["source"],
                    "observations": f"../tables/{name}.csv",
                }
            )
    return facts
