"""What a workbook is filled in with before it goes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from a87lib import framework
from a87lib.framework import Indicator
from a87lib.intake.workbooks.identity import Identity
from a87lib.intake.workbooks.settings import settings

SET_VOCABULARY = "stakeholder_group"


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """An action of the roadmap, with the state that the country last stated (a code, or "")."""

    priority: str
    priority_title: str
    action: str
    title: str
    due: str = ""
    last_state: str = ""


@dataclass(frozen=True, slots=True)
class LastFigure:
    """The latest value on file of one row of the indicator framework, as printed beside it."""

    indicator: str
    sex: str = "total"
    age: str = ""
    breakdown: str = ""
    unit: str = ""
    value: float | str | None = None
    years: str = ""
    status: str = "value"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefill:
    """Everything that goes into a country's workbook.

    period: first and last day that the cycle covers; due_on: until when the report is due.
    """

    identity: Identity
    actions: Sequence[PlannedAction] = ()
    last: Sequence[LastFigure] = ()
    period: tuple[date, date] | None = None
    due_on: date | None = None
    received: Mapping[int, Mapping[str, str]] = field(default_factory=dict)


def figure_rows(last: Sequence[LastFigure]) -> list[LastFigure]:
    """The rows offered for figures: those on file, and those that the settings add."""
    items = [i for i in framework.load().indicators.items if i.type == "number"]
    return [row for i in items for row in _rows(i, [r for r in last if r.indicator == i.code])]


def answer_rows(last: Sequence[LastFigure]) -> list[LastFigure]:
    """The rows offered for the indicators that are no figures."""
    items = [i for i in framework.load().indicators.items if i.type != "number"]
    return [row for i in items for row in _answers(i, [r for r in last if r.indicator == i.code])]


def _rows(indicator: Indicator, last: Sequence[LastFigure]) -> Iterator[LastFigure]:
    known = {(row.sex, row.age, row.breakdown): row for row in last}
    for sex, age, breakdown in _offered(indicator):
        known.setdefault((sex, age, breakdown), LastFigure(indicator.code, sex, age, breakdown))
    order = {"total": 0, "female": 1, "male": 2}
    for key in sorted(known, key=lambda k: (k[2], _age(k[1]), order.get(k[0], 3))):
        yield known[key]


def _offered(indicator: Indicator) -> Iterator[tuple[str, str, str]]:
    more = settings().rows.get(indicator.code)
    ages = more.ages if more is not None and more.ages else ("",)
    breakdowns = more.breakdowns if more is not None and more.breakdowns else ("",)
    for breakdown in breakdowns:
        for number, age in enumerate(ages):
            both = "sex" in indicator.breakdowns and number == 0
            for sex in ("total", "female", "male") if both else ("total",):
                yield sex, age, breakdown


def _age(age: str) -> tuple[int, int]:
    first, _, last = age.partition("-")
    return (int(first) if first.isdecimal() else 0, -(int(last) if last.isdecimal() else 0))


def _answers(indicator: Indicator, last: Sequence[LastFigure]) -> Iterator[LastFigure]:
    known = {row.breakdown: row for row in last}
    if indicator.type == "set":
        chosen = str(known[""].value).split(",") if "" in known else []
        years = known[""].years if "" in known else ""
        for code in framework.load().vocabulary(SET_VOCABULARY):
            value = "yes" if code in chosen else None
            yield LastFigure(indicator.code, breakdown=code, value=value, years=years)
    elif indicator.type == "date":
        for code in dict.fromkeys((*indicator.options, *known)):
            yield known.get(code, LastFigure(indicator.code, breakdown=code))
    else:
        for code in known or ("",):
            yield known.get(code, LastFigure(indicator.code, breakdown=code))
