"""Legal standards and enforcement figures as one government (USDOL/ILAB) states them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pathfinders.places import Countries
from pathfinders.sdg import SERIES
from pathfinders.tables import Row, read_csv, read_yaml

STANDARDS: dict[str, list[str]] = read_yaml("ilab.yaml")["standards"]
MEASURES: dict[str, list[str]] = read_yaml("ilab.yaml")["measures"]
MARKS = "*†‡"
NUMBER = re.compile(r"\d+|\d{1,3}(,\d{3})+")
NOT_APPLICABLE = ("", "N/A", "Not Applicable")


def unmarked(cell: str) -> str:
    """A cell without its footnote mark."""
    return cell.strip().rstrip(MARKS).strip()


def cite(name: str, year: str, cell: str) -> str:
    """The source of a figure, with the cell as printed where it bears a footnote mark."""
    text = str(SERIES[name]["cite"]).format(year=year)
    return f'{text}; printed "{cell.strip()}"' if cell.strip() != unmarked(cell) else text


def verdict(exists: str, conforms: str) -> tuple[str, str, str]:
    """Status, word and the suffix of the breakdown of one legal standard.

    The word is about conformity with the international standard; where none is stated, about
    whether the law has such a standard (suffix in_law); where that is not applicable either, so
    says the status.
    """
    for cell, suffix in ((conforms, ""), (exists, ":in_law")):
        if unmarked(cell) in ("Yes", "No"):
            return "value", unmarked(cell).lower(), suffix
    return "not_applicable", unmarked(conforms), ""


def standard_rows(sources: Path, countries: Countries) -> Iterator[Row]:
    """Yes or no per legal standard, and the age in law where one is printed."""
    name = "ilab_legal_standards"
    for given in read_csv(sources / SERIES[name]["file"]):
        if given["iso3"] not in countries.wanted:
            continue
        indicator, standard = STANDARDS[given["standard"]]
        year, age = given["report_year"], given["age"]
        cell = given["conforms_to_intl_standard"]
        status, word, suffix = verdict(given["exists"], cell)
        common = {
            "country": given["iso3"],
            "indicator": indicator,
            "period_start": year,
            "period_end": year,
            "nature": "third_party",
        }
        yield Row(
            **common,
            breakdown=standard + suffix,
            value_text=word,
            status=status,
            source=cite(name, year, given["exists"] if suffix else cell),
        )
        if unmarked(age) not in NOT_APPLICABLE:
            yield Row(
                **common,
                breakdown=f"{standard}:age",
                value_number=str(int(unmarked(age))),
                unit="year",
                source=cite(name, year, age),
            )


def figure(cell: str) -> dict[str, str]:
    """Number, word and status of an enforcement cell; the word is kept where there is no number."""
    text = unmarked(cell)
    if NUMBER.fullmatch(text):
        return {"value_number": text.replace(",", "")}
    if text in NOT_APPLICABLE:
        return {"value_text": text, "status": "not_applicable"}
    return {"value_text": text, "status": "missing" if text == "Unknown" else "not_assessable"}


def enforcement_rows(sources: Path, countries: Countries) -> Iterator[Row]:
    """Counts of inspectors, inspections, violations, penalties and criminal proceedings."""
    name = "ilab_enforcement"
    for given in read_csv(sources / SERIES[name]["file"]):
        if given["iso3"] in countries.wanted and given["measure"] in MEASURES:
            indicator, breakdown = MEASURES[given["measure"]]
            yield Row(
                country=given["iso3"],
                indicator=indicator,
                period_start=given["report_year"],
                period_end=given["report_year"],
                breakdown=breakdown,
                unit="count",
                nature="third_party",
                source=cite(name, given["report_year"], given["value"]),
                **figure(given["value"]),
            )


def tables(sources: Path, countries: Countries) -> dict[str, list[Row]]:
    """The two tables of one government's assessment."""
    return {
        "ilab_legal_standards": list(standard_rows(sources, countries)),
        "ilab_enforcement": list(enforcement_rows(sources, countries)),
    }
