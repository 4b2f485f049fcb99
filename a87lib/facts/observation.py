"""Figures that came with an entry."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, model_validator

from a87lib.facts.body import Part, _text
from a87lib.facts.when import PartialDate

ObservationStatus = Literal["value", "missing", "not_applicable", "not_assessable"]
Period = Annotated[str, BeforeValidator(_text)]

# "PUBLISHER, EDITION, SERIES_CODE; notes": the form in which imported figures are cited.
_CITED = re.compile(r"([^;,]+), (?:[^;]*, )?((?=[^;]*[_.])[A-Z][A-Z0-9_.-]+)(?:;.*)?", re.DOTALL)
_PRINTED = re.compile(r"; printed \".*", re.DOTALL)


def origin(source: str) -> str:
    """Whose figure it is, whatever the edition: a later edition's figure stands in its place.

    Publisher and series code where a source is cited so; any other source as it is, without the
    cell as printed.
    """
    if cited := _CITED.fullmatch(source):
        return f"{cited[1]}, {cited[2]}"
    return _PRINTED.sub("", source)


class Observation(Part):
    """One figure: of an indicator, for a country and a period.

    indicator: code of the indicator framework (`O1`). period_start, period_end: year or ISO date
    (equal for one year; 2018 and 2019 for a split survey year). sex: total, female, male. age and
    breakdown: free codes, empty where there is none. value_number: the figure in `unit`; zero is a
    value. value_text: a figure that is no number (Yes, No, a date). status: whether there is a
    value, and why not. nature: how it came about (country data, estimate …). source: as a text.
    """

    country: str | None = None
    indicator: str
    period_start: Period
    period_end: Period
    sex: Literal["total", "female", "male"] = "total"
    age: str = ""
    breakdown: str = ""
    value_number: float | None = None
    value_text: str | None = None
    unit: str = ""
    status: ObservationStatus = "value"
    nature: str = ""
    source: str = ""

    @model_validator(mode="after")
    def _consistent(self) -> Observation:
        start, end = PartialDate.of(self.period_start), PartialDate.of(self.period_end)
        if end.last < start.first:
            raise ValueError(f"the period ends ({self.period_end}) before it starts")
        if self.status == "value" and self.value_number is None and self.value_text is None:
            raise ValueError("status is value, but there is no value: say why (missing, …)")
        return self

    @property
    def year(self) -> int:
        """The year the figure is placed at: the last of its period."""
        return PartialDate.of(self.period_end).last.year

    @property
    def years(self) -> str:
        """The survey years as printed: 2018, or 2018/19 for a split survey year."""
        first, last = self.period_start[:4], self.period_end[:4]
        return first if first == last else f"{first}/{last[2:]}"
