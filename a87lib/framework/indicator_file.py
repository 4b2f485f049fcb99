"""The indicator framework and the questions of a progress report, read from indicators.yaml."""

from __future__ import annotations

from collections.abc import Mapping

from a87lib.framework.model import Indicator, IndicatorFramework, ReportCriterion
from a87lib.framework.source import Part, Words

Vocabularies = Mapping[str, Mapping[str, Words]]

REQUIRED = ("category", "name", "type", "direction", "paragraph")
OPTIONAL = ("unit", "target_year", "target_value", "breakdowns", "sdg", "series", "options")


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
