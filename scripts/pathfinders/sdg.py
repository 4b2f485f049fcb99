"""Indicator series of the UN Statistics Division and of the World Bank."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from pathfinders.places import Countries
from pathfinders.tables import Fact, Row, read_csv, read_yaml

SERIES: dict[str, dict[str, Any]] = read_yaml("series.yaml")

AGES = {
    "": "",
    "allage": "",
    "18": "18+",
    "lt18y": "<18",
    "lt1y": "<1",
    "lt5y": "<5",
    "lt6y": "<6",
    "lt8y": "<8",
    "m6t59": "6-59 months",
}
SEXES = {"": "total", "bothsex": "total", "female": "female", "male": "male"}
NATURES = {
    "c": "country",
    "ca": "country_adjusted",
    "e": "estimated",
    "g": "global_monitoring",
    "": "not_stated",
}


def age_of(code: str) -> str:
    """An age group as we write it: 5_17 is 5-17; ValueError for a code not known."""
    if code in AGES:
        return AGES[code]
    first, _, last = code.partition("_")
    if not (first.isdigit() and last.isdigit()):
        raise ValueError(f"age {code!r} is none that the table of ages knows")
    return f"{first}-{last}"


def source_file(sources: Path, about: dict[str, Any]) -> Path:
    """Where a series lies: among the sources, or beside this module where we hold the extract."""
    folder = Path(__file__).parent if about.get("own_extract") else sources
    return folder / str(about["file"])


def unsd_rows(sources: Path, name: str) -> Iterator[tuple[str, Row]]:
    """The figures of a UNSD series, each with its M49 area (the row itself names no country)."""
    about = SERIES[name]
    for given in read_csv(source_file(sources, about)):
        row = Row(
            country="",
            indicator=about["indicator"],
            period_start=given["year"],
            period_end=given["year"],
            sex=SEXES[given.get("sex", "")],
            age=age_of(given.get("age", "")),
            breakdown=given.get("breakdown") or about.get("breakdown", ""),
            value_number=given[about["column"]],
            unit=about["unit"],
            nature=NATURES[given["nature"]],
            source=about["cite"],
        )
        yield given["geo_area"], row


def wdi_rows(sources: Path, name: str, countries: Countries) -> Iterator[Row]:
    """Children in employment, ages 7-14, from the World Development Indicators."""
    about = SERIES[name]
    for given in read_csv(source_file(sources, about)):
        if given["geo"].upper() in countries.wanted:
            yield Row(
                country=given["geo"].upper(),
                indicator=about["indicator"],
                period_start=given["time"],
                period_end=given["time"],
                age=about["age"],
                value_number=given[about["column"]],
                unit=about["unit"],
                nature="not_stated",
                source=about["cite"],
            )


def tables(sources: Path, countries: Countries) -> dict[str, list[Row]]:
    """The tables of all series read here, for the countries wanted."""
    found: dict[str, list[Row]] = {}
    for name, about in SERIES.items():
        if about["reader"] == "unsd":
            rows = ((countries.m49(area), row) for area, row in unsd_rows(sources, name))
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
