"""The indicator framework in a workbook: figures and answers, each with its period or a reason."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from a87lib import framework
from a87lib.facts import Observation
from a87lib.framework import Indicator
from a87lib.intake.workbooks.context import Context
from a87lib.intake.workbooks.finding import Row, filled
from a87lib.intake.workbooks.identity import Identity
from a87lib.intake.workbooks.layout import STATUSES
from a87lib.intake.workbooks.ranges import check_range
from a87lib.intake.workbooks.settings import settings
from a87lib.intake.workbooks.values import Reader

CURRENCY = re.compile("[A-Z]{3}", re.A)
AGE = re.compile(r"\d{1,3}(-\d{1,3}|\+)?", re.A)


@dataclass
class Figure:
    """A row that says something: its cycle, its observation, and where it stands."""

    cycle: int
    row: Row
    observation: Observation


@dataclass
class FigureRows:
    """Reads the rows of `figures`."""

    reader: Reader
    identity: Identity
    context: Context
    found: list[Figure] = field(default_factory=list)
    empty: int = 0

    def read(self) -> list[Figure]:
        """All figures; what is wrong is noted at its cell."""
        for row in self.reader.found.rows:
            if filled(self.reader.found, row) or self._about_to_be(row):
                figure = self._figure(row)
                if figure is not None:
                    self.found.append(figure)
            else:
                self.empty += "indicator" in row.cells
        return self.found

    def _about_to_be(self, row: Row) -> bool:
        if not any(row.cell(key) for key in ("source", "nature", "note")):
            return False
        self.reader.refuse(row, "value", "value_missing")
        return False

    def _figure(self, row: Row) -> Figure | None:
        before = len(self.reader.findings.faults)
        cycle = cycle_of(self.reader, row, self.identity)
        indicator = indicator_of(self.reader, row, numbers=True)
        said = self._value(row, indicator, cycle)
        kept: dict[str, Any] = {
            "country": self.identity.country,
            "sex": self.reader.code(row, "sex") or "total",
            "age": self._age(row),
            "breakdown": self._breakdown(row, indicator),
            "unit": self._unit(row, indicator),
            "nature": self.reader.code(row, "nature") or "",
            "source": self._source(row),
        }
        start, end = self._period(row, indicator, said, cycle)
        if indicator is None or cycle is None or len(self.reader.findings.faults) > before:
            return None
        kept |= said | {"indicator": indicator.code, "period_start": start, "period_end": end}
        return Figure(cycle, row, Observation.model_validate(kept))

    def _value(self, row: Row, indicator: Indicator | None, cycle: int | None) -> dict[str, Any]:
        reader = self.reader
        reason = reader.code(row, "reason")
        if row.cell("value") is None:
            return {} if reason is None else missing(reason)
        if row.cell("reason") is not None:
            reader.refuse(
                row, "reason", "value_and_reason", value_cell=reader.cell_name(row, "value")
            )
        value = reader.number(row, "value")
        if value is None or indicator is None or cycle is None:
            return {}
        problem = check_range(value, indicator.unit, self.context.received_on.year)
        if problem is not None:
            code, args = problem
            reader.refuse(row, "value", code, f"{value:g}", **args)
            return {}
        return {"value_number": value}

    def _age(self, row: Row) -> str:
        text = self.reader.key(row, "age")
        if text is None:
            return ""
        age = re.sub("[‐‑‒–—−]", "-", text).replace(" ", "")
        if AGE.fullmatch(age) is None:
            self.reader.refuse(row, "age", "age_unknown", text)
        return age

    def _breakdown(self, row: Row, indicator: Indicator | None) -> str:
        if row.cell("breakdown") is None:
            return ""
        if indicator is not None and "priority" in indicator.breakdowns:
            text = self.reader.key(row, "breakdown") or ""
            if text in set((self.context.actions or {}).values()):
                return text
        return self.reader.code(row, "breakdown") or ""

    def _unit(self, row: Row, indicator: Indicator | None) -> str:
        if indicator is None:
            return ""
        if indicator.unit == "currency":
            text = self.reader.key(row, "unit")
            if text is None or CURRENCY.fullmatch(text) is None:
                self.reader.refuse(row, "unit", "currency_needed", text or "")
            return text or ""
        if row.cell("unit") is not None:
            code = self.reader.code(row, "unit")
            if code is not None and code != indicator.unit:
                wanted = framework.load().label("unit", indicator.unit, self.reader.language)
                self.reader.refuse(row, "unit", "unit_changed", code, unit=wanted)
        return indicator.unit

    def _source(self, row: Row) -> str:
        source = self.reader.text(row, "source")
        note = self.reader.text(row, "note")
        return " – ".join(text.strip() for text in (source, note) if text)

    def _period(
        self, row: Row, indicator: Indicator | None, said: dict[str, Any], cycle: int | None
    ) -> tuple[str, str]:
        reader = self.reader
        start, end = reader.date(row, "start"), reader.date(row, "end")
        if start is None and row.cell("start") is None:
            default = self._default_period(indicator, said, cycle)
            surveyed = indicator is not None and indicator.unit == "year"
            if default is None and row.cell("value") is not None and not surveyed:
                reader.refuse(row, "start", "period_missing")
            elif default is not None and row.cell("end") is None:
                return default, default
        if start is None:
            return "", ""
        last = end or start
        if last.last < start.first:
            reader.refuse(row, "end", "period_reversed", last, start=str(start))
        elif cycle is not None:
            earliest = settings().periods.earliest
            latest = min(cycle + settings().periods.latest_gap, self.context.received_on.year)
            for key, when in (("start", start), ("end", last)):
                if not earliest <= when.first.year <= latest:
                    at = key if row.cell(key) is not None else "start"
                    reader.refuse(
                        row, at, "period_outside", when, earliest=str(earliest), latest=str(latest)
                    )
                    break
        return str(start), str(last)

    @staticmethod
    def _default_period(
        indicator: Indicator | None, said: dict[str, Any], cycle: int | None
    ) -> str | None:
        """The year a figure is about where the row gives none: its own, or the year reported on."""
        if indicator is not None and indicator.unit == "year" and "value_number" in said:
            return str(int(said["value_number"]))
        return str(cycle - 1) if "status" in said and cycle is not None else None


def cycle_of(reader: Reader, row: Row, identity: Identity) -> int | None:
    """The cycle that a row is about: its own column, or the only cycle of the workbook."""
    if identity.purpose == "report":
        return identity.cycles[0]
    text = reader.key(row, "cycle")
    if text is None:
        if row.cell("cycle") is None:
            reader.refuse(row, "cycle", "cell_needed")
        return None
    if text not in map(str, identity.cycles):
        cycles = ", ".join(map(str, identity.cycles))
        reader.refuse(row, "cycle", "cycle_unknown", text, cycles=cycles)
        return None
    return int(text)


def indicator_of(reader: Reader, row: Row, *, numbers: bool) -> Indicator | None:
    """The indicator that a row is about. numbers: one that is a number, else one that is not."""
    code = reader.key(row, "indicator")
    if code is None:
        if row.cell("indicator") is None:
            reader.refuse(row, "indicator", "cell_needed")
        return None
    known = framework.load().indicators
    codes = [i.code for i in known.items if (i.type == "number") is numbers]
    if code.upper() not in codes:
        reader.refuse(row, "indicator", "indicator_unknown", code, codes=", ".join(codes))
        return None
    return known[code.upper()]


def missing(reason: str) -> dict[str, Any]:
    """Why there is no value, as an observation says it."""
    if reason in STATUSES:
        return {"status": reason}
    return {"status": "missing", "value_text": reason}
