"""Ratifications: years of ILO conventions, dates of UN treaties."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from pathfinders.places import Countries
from pathfinders.sdg import SERIES
from pathfinders.tables import Row, read_csv

ILO_CONVENTIONS = ("C029", "P029", "C105", "C138", "C182", "C087", "C098", "C189", "C081", "C129")
UN_2015 = {"PALERMO": "18-12-a", "CRC": "4-11", "OPAC": "4-11-b", "OPSC": "4-11-c", "ICRMW": "4-13"}
UN_2022 = {"CRC": "crc", "OPAC": "op_crc_ac", "OPSC": "op_crc_sc", "ICRMW": "icmw"}
ACTS = {
    "": "ratification",
    "a": "accession",
    "d": "succession",
    "A": "acceptance",
    "AA": "approval",
}


def ilo_rows(sources: Path, countries: Countries) -> Iterator[Row]:
    """Years of ratification as cited in footnotes; where citations differ, every year seen."""
    about = SERIES["ilo_ratification_years"]
    for given in read_csv(sources / about["file"]):
        if given["iso3"] not in countries.wanted or given["convention"] not in ILO_CONVENTIONS:
            continue
        for seen in given["all_years_seen"].split("|"):
            year, _, citations = seen.partition(":")
            yield Row(
                country=given["iso3"],
                indicator=about["indicator"],
                period_start=year,
                period_end=year,
                breakdown=given["convention"],
                value_number=year,
                value_text=year,
                unit="year",
                nature="third_party",
                source=about["cite"].format(citations=citations),
            )


def dated_act(cell: str) -> tuple[str, str]:
    """The ISO date and the kind of act of a cell such as `22 Jun 2012 a`."""
    day, month, year, *mark = cell.split()
    on = datetime.strptime(f"{day} {month} {year}", "%d %b %Y").date()  # noqa: DTZ007 - a day
    return on.isoformat(), ACTS[mark[0] if mark else ""]


def un_rows(sources: Path, countries: Countries) -> Iterator[Row]:
    """Full dates of the UN treaties as of March 2015; who only signed has no row."""
    about = SERIES["un_treaties_2015"]
    for treaty, number in UN_2015.items():
        file = about["file"].format(number=number)
        for given in read_csv(sources / file):
            iso3 = countries.find(given["Participant"])
            cell = next(text for title, text in given.items() if title.startswith("Ratification"))
            if iso3 is None or not cell.strip():
                continue
            on, act = dated_act(cell)
            yield Row(
                country=iso3,
                indicator=about["indicator"],
                period_start=on,
                period_end=on,
                breakdown=treaty,
                value_text=on,
                nature="not_stated",
                source=about["cite"].format(number=number, act=act),
            )


def later_un_rows(sources: Path, countries: Countries, dated: list[Row]) -> Iterator[Row]:
    """Years as of August 2022 that the dates of 2015 do not have, or have differently."""
    about = SERIES["un_treaties_2022"]
    known = {(row.country, row.breakdown, row.period_start[:4]) for row in dated}
    for treaty, name in UN_2022.items():
        for given in read_csv(sources / about["file"].format(name=name)):
            iso3, year = countries.find(given["iso2"]), given["year ratification or accession"]
            if iso3 is None or given["state party"] != "1" or (iso3, treaty, year) in known:
                continue
            yield Row(
                country=iso3,
                indicator=about["indicator"],
                period_start=year,
                period_end=year,
                breakdown=treaty,
                value_number=year,
                value_text=year,
                unit="year",
                nature="not_stated",
                source=about["cite"],
            )


def tables(sources: Path, countries: Countries) -> dict[str, list[Row]]:
    """The three tables of ratifications."""
    dated = list(un_rows(sources, countries))
    return {
        "ilo_ratification_years": list(ilo_rows(sources, countries)),
        "un_treaties_2015": dated,
        "un_treaties_2022": list(later_un_rows(sources, countries, dated)),
    }
