"""Global figures that set the meeting's subject in context, each with its source (BR-EST-1)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache

from a87lib.language import format_money, format_number, format_percent, has
from a87lib.report import documents as doc
from a87lib.report.ages import age_group
from a87lib.report.briefing.opening import Briefing
from a87lib.report.briefing.pieces import columns
from a87lib.report.briefing.sheets import Sheet
from a87lib.report.review.opening import PROJECT

TABLE = PROJECT / "data" / "pathfinders" / "tables" / "context.csv"
CURRENCY = "USD"


@dataclass(frozen=True, slots=True)
class Figure:
    """A global figure. years: as printed in its source."""

    code: str
    breakdown: str
    years: str
    age: str
    value: float
    unit: str
    source: str


@lru_cache
def _read() -> tuple[Figure, ...]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Figure(
                row["indicator"],
                row["breakdown"],
                row["period_start"] if row["period_start"] == row["period_end"]
                else f"{row['period_start']}–{row['period_end']}",
                row["age"],
                float(row["value_number"]),
                row["unit"],
                row["source"],
            )
            for row in csv.DictReader(file)
            if row["status"] == "value"
        )  # fmt: skip


def figures(this: Briefing) -> list[Figure]:
    """The estimates and counts that the catalogue names; those known by the day of the briefing."""
    return [
        figure
        for figure in _read()
        if has(f"briefing.figure.{figure.code}", this.language)
        and int(figure.years[-4:] if "–" in figure.years else figure.years[:4]) <= this.asof.year
    ]


def context(this: Briefing) -> doc.Element:
    """The figures with year and source; conflicting ones stand side by side."""
    found = figures(this)
    if not found:
        return doc.paragraph(this.say("context.none", year=str(this.asof.year)))
    return doc.stack(
        doc.paragraph(this.say("context.lead"), kind="note"),
        doc.table(
            this.say("context.table"),
            columns(this, ("figure", "value", "year", "source"), (2.6, 2, 1.2, 2.8)),
            [(name(this, each), value(this, each), each.years, each.source) for each in found],
            align="lrll",
        ),
    )


def name(this: Briefing, figure: Figure) -> str:
    """What a figure counts."""
    own = f"figure.{figure.code}.{figure.breakdown}"
    key = own if has(f"briefing.{own}", this.language) else f"figure.{figure.code}"
    said = this.say(key)
    return f"{said} ({age_group(figure.age, this.language)})" if figure.age else said


def value(this: Briefing, figure: Figure) -> str:
    """A figure as a reader writes it."""
    if figure.unit == "percent":
        return format_percent(figure.value, this.language, 0)
    if figure.unit == "currency":
        return format_money(figure.value, CURRENCY, this.language)
    return format_number(figure.value, this.language, 0)


def sheet(this: Briefing) -> Sheet:
    """The figures as plain values."""
    return Sheet.of(
        "context",
        ("figure", "value", "unit", "year", "source"),
        [
            (name(this, each), each.value, this.say(f"unit.{each.unit}"), each.years, each.source)
            for each in figures(this)
        ],
    )
