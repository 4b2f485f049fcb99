"""The indicator framework and the questions of a progress report, and how a file gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from a87lib.framework.source import Part, Words
from a87lib.language import say

Vocabularies = Mapping[str, Mapping[str, Words]]

REQUIRED = ("category", "name", "type", "direction", "paragraph")
OPTIONAL = ("unit", "target_year", "target_value", "breakdowns", "sdg", "series", "options")
PROPOSAL = "proposal "


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of the framework in use.

    type: number, date, enum, text or set; unit: a code of the vocabulary `unit` or "";
    direction: lower, higher, ambiguous or none; target_year and target_value: None where there
    is no target; breakdowns: codes of the vocabulary `breakdown`; sdg: the global indicator's
    code or ""; series: public series as SOURCE:CODE; options: the words an enum or set may take.
    """

    code: str
    category: str
    name: Mapping[str, str]
    unit: str
    type: str
    direction: str
    target_year: int | None
    target_value: float | None
    breakdowns: tuple[str, ...]
    paragraph: str
    sdg: str = ""
    series: tuple[str, ...] = ()
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorFramework:
    """The indicators that countries are asked for; official is false for our own proposal."""

    version: str
    official: bool
    title: Mapping[str, str]
    note: Mapping[str, str]
    categories: Mapping[str, Mapping[str, str]]
    items: tuple[Indicator, ...]

    def __getitem__(self, code: str) -> Indicator:
        for indicator in self.items:
            if indicator.code == code:
                return indicator
        raise KeyError(f"indicator framework {self.version} has no indicator {code!r}")

    def __contains__(self, code: object) -> bool:
        return any(indicator.code == code for indicator in self.items)


def version_in(version: str, language: str) -> str:
    """A version of the framework as its reader says it (`proposal 2026-11`)."""
    parts = version.split(" · ")
    return " · ".join(
        say("framework.proposal", language, version=part.removeprefix(PROPOSAL))
        if part.startswith(PROPOSAL)
        else part
        for part in parts
    )


@dataclass(frozen=True, slots=True)
class ReportCriterion:
    """What a progress report must (or should) answer."""

    id: str
    strength: str
    paragraph: str
    text: Mapping[str, str]


def _codes(part: Part, known: Mapping[str, object]) -> tuple[str, ...]:
    codes = part.texts()
    for code in codes:
        if code not in known:
            part.refuse("framework_unknown_value", code, known=", ".join(known))
    return codes


def _indicator(
    code: str, part: Part, categories: Mapping[str, object], lists: Vocabularies
) -> Indicator:
    members = part.members(REQUIRED, OPTIONAL)
    year, value = members.get("target_year"), members.get("target_value")
    if (year is None) != (value is None):
        part.refuse("framework_half_a_target", code)
    return Indicator(
        code=code,
        category=members["category"].choice(categories),
        name=members["name"].words(),
        unit=members["unit"].choice(lists["unit"]) if "unit" in members else "",
        type=members["type"].choice(lists["indicator_type"]),
        direction=members["direction"].choice(lists["direction"]),
        target_year=None if year is None else year.whole(),
        target_value=None if value is None else value.number(),
        breakdowns=_codes(members["breakdowns"], lists["breakdown"])
        if "breakdowns" in members
        else (),
        paragraph=members["paragraph"].text(),
        sdg=members["sdg"].text() if "sdg" in members else "",
        series=members["series"].texts() if "series" in members else (),
        options=members["options"].texts() if "options" in members else (),
    )


def _criterion(name: str, part: Part) -> ReportCriterion:
    members = part.members(("strength", "paragraph", "text"))
    return ReportCriterion(
        id=name,
        strength=members["strength"].choice(("must", "should")),
        paragraph=members["paragraph"].text(),
        text=members["text"].words(),
    )


def indicator_framework(
    top: Part, vocabularies: Vocabularies
) -> tuple[IndicatorFramework, tuple[ReportCriterion, ...]]:
    """The file's indicators and report criteria; codes are checked against the vocabularies."""
    members = top.members(
        ("version", "official", "title", "note", "categories", "indicators", "report_criteria")
    )
    categories = {name: part.words() for name, part in members["categories"].entries().items()}
    found = members["indicators"].entries()
    criteria = members["report_criteria"].entries()
    framework = IndicatorFramework(
        version=members["version"].text(),
        official=members["official"].flag(),
        title=members["title"].words(),
        note=members["note"].words(),
        categories=categories,
        items=tuple(
            _indicator(code, part, categories, vocabularies) for code, part in found.items()
        ),
    )
    return framework, tuple(_criterion(name, part) for name, part in criteria.items())
