"""Figures of one government about others: USDOL/ILAB, Findings on the Worst Forms of Child Labor.

One XML document per reporting year, a Country each: legal standards, enforcement, statistics.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any
from xml.etree.ElementTree import Element

from a87lib.intake.statistics import codes
from a87lib.intake.statistics.files import Received, xml_of
from a87lib.intake.yaml_text import parse_yaml, plain
from a87lib.problems import problem

PUBLISHER = "USDOL"
ROOTS = ("Countries", "Goods")
WHOLE = ("All Territories", "All")
NOT_APPLICABLE = ("", "N/A", "Not Applicable")
COUNT = re.compile(r"[0-9]+|[0-9]{1,3}(,[0-9]{3})+")
DECIMAL = re.compile(r"[0-9]+(\.[0-9]+)?")
FAMILIES = {"Legal_Standards": "legal_standards", "Enforcements": "enforcement",
            "Country_Statistics": "statistics"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a report in our terms.

    name: of the country, as printed. series: legal_standards, enforcement, statistics, or another
    element of the file. indicator "" : our tables have no place for it. printed: the cell itself.
    part: a territory of the country that alone it is about, else "".
    """

    name: str
    where: str
    series: str
    indicator: str = ""
    breakdown: str = ""
    age: str = ""
    value_number: str = ""
    value_text: str = ""
    unit: str = ""
    status: str = "value"
    printed: str = ""
    part: str = ""

    @property
    def notes(self) -> tuple[str, ...]:
        """The cell as printed where it bears a footnote mark."""
        cell = self.printed.strip()
        return (f'printed "{cell}"',) if cell != codes.unmarked(cell) else ()


@lru_cache
def measures() -> dict[str, Any]:
    """The content of ilab.yaml."""
    text = files("a87lib.intake.statistics").joinpath("ilab.yaml").read_text("utf-8")
    found: dict[str, Any] = plain(parse_yaml(text, "ilab.yaml"))
    return found


def root_of(file: Received) -> Element:
    """The root of a report; a problem where the document is another one."""
    root = xml_of(file)
    if root.tag not in ROOTS:
        raise problem("statistics_other_document", file.name, root.tag, known=", ".join(ROOTS))
    return root


def cells(root: Element) -> Iterator[Cell]:
    """Every cell of a report, with its meaning where our tables have one."""
    for number, country in enumerate(root, start=1):
        name = _text(country.find("Name" if root.tag == "Countries" else "Good_Name"))
        if root.tag == "Goods":
            yield Cell(name=name, where=f"Good {number}", series="goods")
            continue
        for block in country:
            where = f"{name}/{block.tag}"
            if block.tag == "Legal_Standards":
                yield from _legal(name, where, block)
            elif block.tag == "Enforcements":
                yield from _enforcement(name, where, block)
            elif block.tag == "Country_Statistics":
                yield from _statistics(name, where, block)
            elif len(block):
                yield Cell(name=name, where=where, series=block.tag)


def _text(element: Element | None) -> str:
    return "" if element is None else (element.text or "").strip()


def _parts(name: str, element: Element) -> Iterator[tuple[str, Element]]:
    """The territories of a measure, or the measure itself; "" stands for the whole country."""
    territories = element.findall("Territory")
    for territory in territories:
        called = _text(territory.find("Territory_Name"))
        yield "" if called in (*WHOLE, name) else called, territory
    if not territories:
        yield "", element


def _legal(name: str, where: str, block: Element) -> Iterator[Cell]:
    for element in block:
        indicator, breakdown = measures()["standards"].get(element.tag, ("", element.tag))
        for part, given in _parts(name, element):
            exists = _text(given.find("Standard"))
            conforms = _text(given.find("Conforms_To_Intl_Standard"))
            status, word, suffix = verdict(exists, conforms)
            common = {"name": name, "where": f"{where}/{element.tag}", "part": part,
                      "series": "legal_standards", "indicator": indicator}  # fmt: skip
            yield Cell(
                **common,
                breakdown=breakdown + suffix,
                value_text=word,
                status=status,
                printed=exists if suffix else conforms,
            )
            age = _text(given.find("Age"))
            if codes.unmarked(age) not in NOT_APPLICABLE:
                yield Cell(**common, breakdown=f"{breakdown}:age", unit="year", printed=age,
                           **number_or_word(age, DECIMAL))  # fmt: skip


def verdict(exists: str, conforms: str) -> tuple[str, str, str]:
    """Status, word and the suffix of the breakdown of one legal standard.

    The word is about conformity with the international standard; where none is stated, about
    whether the law has such a standard (suffix in_law); where that is not applicable either, so
    says the status.
    """
    for cell, suffix in ((conforms, ""), (exists, ":in_law")):
        if codes.unmarked(cell) in ("Yes", "No"):
            return "value", codes.unmarked(cell).lower(), suffix
    return "not_applicable", codes.unmarked(conforms), ""


def number_or_word(cell: str, form: re.Pattern[str]) -> dict[str, str]:
    """Number, word and status of a cell; the word is kept where there is no number."""
    text = codes.unmarked(cell)
    if form.fullmatch(text):
        return {"value_number": text.replace(",", "")}
    if text in NOT_APPLICABLE:
        return {"value_text": text, "status": "not_applicable"}
    known = text in ("Unknown", "Unavailable")
    return {"value_text": text, "status": "missing" if known else "not_assessable"}


def _enforcement(name: str, where: str, block: Element) -> Iterator[Cell]:
    for element in block:
        indicator, breakdown = measures()["measures"].get(element.tag, ("", element.tag))
        for part, given in _parts(name, element):
            cell = _text(given.find("Enforcement") if given is not element else given)
            yield Cell(
                name=name,
                where=f"{where}/{element.tag}",
                series="enforcement",
                indicator=indicator,
                breakdown=breakdown,
                unit="count",
                printed=cell,
                part=part,
                **number_or_word(cell, COUNT),
            )


def _statistics(name: str, where: str, block: Element) -> Iterator[Cell]:
    """Shares, printed as fractions of one; the age stands before the share it belongs to."""
    for group in block:
        asked = measures()["statistics"].get(group.tag, {})
        age = ""
        for element in group:
            cell = _text(element)
            if element.tag == "Age_Range":
                age = cell
                continue
            indicator, breakdown = asked.get(element.tag, ("", element.tag))
            value = number_or_word(cell, DECIMAL)
            if indicator and "value_number" in value:
                value["value_number"] = codes.number_of(cell, 2)
            yield Cell(
                name=name,
                where=f"{where}/{group.tag}",
                series="statistics",
                indicator=indicator,
                breakdown=breakdown,
                age=age if re.fullmatch(r"[0-9]+-[0-9]+", age) else "",
                unit="percent",
                printed=cell,
                **value,
            )
