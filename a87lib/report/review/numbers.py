"""Figures, periods and breakdowns as a reader writes them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from babel import dates, numbers

from a87lib.facts import Observation
from a87lib.framework import Indicator
from a87lib.language import (
    LOCALES,
    enough,
    format_money,
    format_number,
    format_percent,
    has,
    join,
)
from a87lib.report.ages import age_group
from a87lib.report.review.opening import Review
from a87lib.report.review.series import Series

DIGITS = {"percent": 1, "per_1000": 1, "score_0_10": 1}
CURRENCY = re.compile("[A-Z]{3}")
LARGE = 1_000_000
SMALL = 2.5  # below it an axis may have ticks that differ by a quarter
MOST_DIGITS = 3  # decimals of a number whose decimals nothing asks for


def indicator(this: Review, code: str) -> Indicator | None:
    """The indicator of a code; None where the framework in use has none of that code."""
    known = {each.code: each for each in this.framework.indicators.items}
    return known.get(code)


def name(this: Review, code: str) -> str:
    """Code and name of an indicator, as `O1 Children …`."""
    found = indicator(this, code)
    if found is None:
        key = f"review.outside.{code}"
        return this.say(f"outside.{code}") if has(key, this.language) else code
    return f"{code} {found.name[this.language]}"


def value(this: Review, row: Observation) -> str:
    """A figure in words: its value, or why there is none."""
    if row.status != "value":
        return this.label("observation_status", row.status)
    if row.value_number is None:
        return text(this, row)
    if row.unit == "year":
        return str(int(row.value_number))
    return written(this, row.value_number, row.unit)


def written(this: Review, number: float, unit: str) -> str:
    """A number in its unit, the unit itself being named beside it except for per cent."""
    if unit == "percent":
        return format_percent(number, this.language)
    if CURRENCY.fullmatch(unit):
        return format_money(number, unit, this.language)
    digits = DIGITS.get(unit)
    if digits is None and float(number).is_integer():
        digits = 0
    most = MOST_DIGITS if digits is None else digits
    more = enough(number, most)
    return format_number(number, this.language, digits if more == most else more)


def text(this: Review, row: Observation) -> str:
    """A value that is no number: codes in the reader's language, other texts as they are."""
    given = (row.value_text or "").strip()
    codes = [part.strip() for part in given.split(",")]
    for vocabulary in ("indicator_option", "stakeholder_group"):
        known = this.framework.vocabulary(vocabulary)
        if all(code.lower() in known for code in codes):
            return join([known[code.lower()][this.language] for code in codes], this.language)
    return given


def reason_missing(this: Review, row: Observation) -> str:
    """Why there is no figure: the status, with the reason where one is stated."""
    status = this.label("observation_status", row.status)
    why = row.value_text or ""
    if why in this.framework.vocabulary("missing_reason"):
        return f"{status} – {this.label('missing_reason', why)}"
    return status


def format_day_of_year(month: int, day: int, language: str) -> str:
    """A day of every year, as `30 April`."""
    return dates.format_skeleton("MMMMd", date(2000, month, day), locale=LOCALES[language])


def compact(number: float, language: str) -> str:
    """A number for an axis: short where it is large (`6M`)."""
    if abs(number) < 1000:
        exact = Decimal(f"{number:.3g}")
        digits = -int(exact.as_tuple().exponent)
        return format_number(float(exact), language, digits if digits > MOST_DIGITS else None)
    if abs(number) < LARGE:
        return format_number(round(number), language)
    return numbers.format_compact_decimal(number, locale=LOCALES[language], fraction_digits=1)


def tenths(number: float, language: str) -> str:
    """A number for an axis of per cent: to the tenth, and smaller ones as `compact` has them."""
    if abs(number) < SMALL:
        return compact(number, language)
    return format_number(round(number, 1), language)


def unit(this: Review, code: str) -> str:
    """A unit in words."""
    return this.label("unit", code) if code in this.framework.vocabulary("unit") else code or "–"


def breakdown(this: Review, code: str) -> str:
    """A breakdown's name: a treaty, a term of the catalogue, or the code itself."""
    for vocabulary in ("treaty", "stakeholder_group", "theme"):
        if code in this.framework.vocabulary(vocabulary):
            return this.label(vocabulary, code)
    if has(f"review.breakdown.{code}", this.language):
        return this.say(f"breakdown.{code}")
    return code.replace("_", " ")


def who(this: Review, each: Series) -> str:
    """Sex, age and breakdown of a series, as far as it has any."""
    parts = []
    if each.sex != "total" or not each.breakdown:
        parts.append(this.label("sex", each.sex))
    if each.age:
        parts.append(age_group(each.age, this.language))
    if each.breakdown:
        parts.append(breakdown(this, each.breakdown))
    return ", ".join(parts)


def by_year(this: Review, each: Series) -> str:
    """All figures of a series with their survey years: `2011: 13.4% · 2018/19: 12%`."""
    return " · ".join(
        this.say("figure_of_year", years=f.row.years, value=value(this, f.row))
        for f in each.figures
    )
