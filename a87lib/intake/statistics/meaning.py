"""What the cells of a file mean: from texts to a figure of an indicator, or why not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from a87lib.intake.statistics import codes
from a87lib.intake.statistics.asked import Asked, Series
from a87lib.intake.statistics.figures import Figure, Reading
from a87lib.intake.statistics.places import code_points, gazetteer

HIGHEST = {"percent": 100.0, "score_0_10": 10.0, "per_1000": 1000.0}
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One figure as a file gives it, in the publisher's own codes and not yet understood.

    publisher and code: the series. scale: the power of ten of the unit (UNIT_MULT). breakdowns:
    further dimensions by name. nature None: the form has none. survey: where there may be
    figures of several. notes: footnotes and the like, kept
    as they are. where: row, or sheet and row. columns: how the file calls each of these fields.
    """

    where: str
    publisher: str
    code: str
    area: str
    period: str
    value: str
    sex: str = ""
    age: str = ""
    breakdowns: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    scale: str = ""
    nature: str | None = None
    status: str = ""
    survey: str = ""
    notes: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)

    def column(self, name: str) -> str:
        """What the file calls a field."""
        return self.columns.get(name, name)


@dataclass
class Understanding:
    """Reads meaning into the rows of one file and notes in `reading` what came of each."""

    reading: Reading
    asked: Asked

    def take(self, rows: Iterable[Given]) -> Reading:
        """All rows, each kept, left out or refused."""
        for given in rows:
            self.reading.read += 1
            series = self.asked.find(given.publisher, given.code)
            if series is None:
                self.reading.leave("not_asked", f"{given.publisher}:{given.code}")
            else:
                self._one(given, series)
        return self.reading

    def _one(self, given: Given, series: Series) -> None:
        country = self.country(given)
        if country is None:
            return
        parts = self._parts(given, series)
        if parts is None:
            self.reading.refused += 1
            return
        for indicator in series.indicators:
            figure = Figure(country=country, indicator=indicator, **parts)
            self.reading.keep(series.name, figure, given.where)

    def country(self, given: Given) -> str | None:
        """The ISO3 code of the row's State; None, and noted why, where it is not about one."""
        place = gazetteer().find(given.area)
        if place is None:
            self.reading.refused += 1
            near = ", ".join(gazetteer().near(given.area))
            points = code_points(given.area)
            code = "statistics_hidden_letters" if points else "statistics_no_place"
            if not points and not near:
                code = "statistics_no_place_at_all"
            column = given.column("area")
            self.reading.refuse(code, given.where, column, given.area, near=near, points=points)
            return None
        if place.kind != "state":
            self.reading.leave(place.kind, given.area)
            return None
        return place.code

    def _parts(self, given: Given, series: Series) -> dict[str, str] | None:
        year = self._coded(given, "period", given.period, codes.period_of)
        who, sex = self._who(given, "sex", given.sex, codes.sex_of)
        older, age = self._who(given, "age", given.age, codes.age_of)
        value = self._value(given, series)
        nature = self._coded(given, "nature", given.nature or "", codes.nature_of)
        if value is None or None in (year, sex, age, nature):
            return None
        notes = self._notes(given)
        return {
            "period_start": year or "",
            "period_end": year or "",
            "sex": sex or "total",
            "age": age or series.age,
            "breakdown": _breakdown(series, {**given.breakdowns, **who, **older}),
            "unit": series.unit,
            "nature": nature or "",
            "source": "; ".join([series.cited(self.reading.edition, given.survey), *notes]),
            **value,
        }

    def _who(
        self, given: Given, name: str, code: str, meaning: Callable[[str], str]
    ) -> tuple[dict[str, str], str | None]:
        """The meaning of a code of sex or age; those of whom it is unknown are a breakdown."""
        if codes.unknown(code):
            return {name: "unknown"}, "total" if name == "sex" else ""
        return {}, self._coded(given, name, code, meaning)

    def _coded(
        self, given: Given, name: str, code: str, meaning: Callable[[str], str]
    ) -> str | None:
        try:
            return meaning(code)
        except ValueError:
            column = given.column(name)
            self.reading.refuse(f"statistics_{name}", given.where, column, code)
            return None

    def _value(self, given: Given, series: Series) -> dict[str, str] | None:
        if codes.missing(given.value, given.status):
            return {"status": "missing", "value_text": codes.unmarked(given.value)}
        if codes.bound(given.value):
            return {"value_text": codes.unmarked(given.value)}
        unit = self._coded(given, "unit", given.unit or series.stated_unit, codes.unit_of)
        if unit is None:
            return None
        column = given.column("value")
        if unit != series.unit:
            found, where = given.unit, given.where
            self.reading.refuse("statistics_other_unit", where, column, found, unit=series.unit)
            return None
        try:
            number = codes.number_of(given.value, int(given.scale or 0))
        except ValueError:
            self.reading.refuse("statistics_not_a_number", given.where, column, given.value)
            return None
        if not within(float(number), unit):
            found, highest = number, HIGHEST.get(unit, float("inf"))
            code = "statistics_above" if highest != float("inf") else "statistics_no_count"
            self.reading.refuse(code, given.where, column, found, highest=highest)
            return None
        return {"value_number": number}

    def _notes(self, given: Given) -> Iterable[str]:
        """What stands beside the figure, kept word for word; the cell itself where it is marked."""
        value = given.value.strip()
        if codes.unmarked(value) != value:
            yield f'printed "{value}"'
        if given.status and not codes.total(given.status) and given.status.upper() != "A":
            yield f"{given.column('status')} {given.status.strip()}"
        yield from (text for note in given.notes if (text := _SPACES.sub(" ", note).strip(" ;")))


def within(number: float, unit: str) -> bool:
    """Whether a number can be one of its unit: no negative, no share above the whole."""
    if unit in HIGHEST:
        return 0 <= number <= HIGHEST[unit]
    return unit != "count" or (number >= 0 and number.is_integer())


def _breakdown(series: Series, given: Mapping[str, str]) -> str:
    """The series' own breakdown and those of the row, as name=code, in order."""
    own = [series.breakdown] if series.breakdown else []
    rest = [
        f"{name.lower()}={code.strip().rpartition(': ')[2].lower()}"
        for name, code in sorted(given.items())
        if code == "unknown" or not (codes.total(code) or codes.unknown(code))
    ]
    return ";".join(own + rest)
