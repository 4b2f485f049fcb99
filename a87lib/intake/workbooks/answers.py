"""The answers of the indicator framework that are no figures: dates, choices, texts, sets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from a87lib import framework
from a87lib.facts import Observation
from a87lib.framework import Indicator
from a87lib.intake.workbooks.context import Context
from a87lib.intake.workbooks.figures import Figure, cycle_of, indicator_of, missing
from a87lib.intake.workbooks.finding import Row, filled
from a87lib.intake.workbooks.identity import Identity
from a87lib.intake.workbooks.naming import normal
from a87lib.intake.workbooks.values import Reader


@dataclass
class AnswerRows:
    """Reads the rows of `answers`: dates, choices and texts of the indicator framework."""

    reader: Reader
    identity: Identity
    context: Context
    found: list[Figure] = field(default_factory=list)
    empty: int = 0

    def read(self) -> list[Figure]:
        """All answers; the choices of one set become one answer."""
        sets: dict[tuple[int, str], tuple[Row, list[str]]] = {}
        for row in self.reader.found.rows:
            if not filled(self.reader.found, row):
                self.empty += "indicator" in row.cells
                continue
            figure = self._answer(row)
            if figure is None:
                continue
            if figure.observation.unit == "set":
                _, chosen = sets.setdefault((figure.cycle, figure.observation.indicator), (row, []))
                if figure.observation.value_text == "yes":
                    chosen.append(figure.observation.breakdown)
            else:
                self.found.append(figure)
        for (cycle, code), (row, chosen) in sets.items():
            if chosen:
                self.found.append(Figure(cycle, row, self._observed(code, cycle, ",".join(chosen))))
        return self.found

    def _observed(self, code: str, cycle: int, text: str | None, **more: Any) -> Observation:
        year = str(cycle - 1)
        return Observation.model_validate(
            {
                "country": self.identity.country, "indicator": code, "value_text": text,
                "period_start": year, "period_end": year, "nature": "country", **more,
            }
        )  # fmt: skip

    def _answer(self, row: Row) -> Figure | None:
        reader, before = self.reader, len(self.reader.findings.faults)
        cycle = cycle_of(reader, row, self.identity)
        indicator = indicator_of(reader, row, numbers=False)
        breakdown = (reader.code(row, "breakdown") or "") if row.cell("breakdown") else ""
        reason = reader.code(row, "reason")
        text = None if indicator is None else self._text(row, indicator)
        if row.cell("answer") is not None and row.cell("reason") is not None:
            at = reader.cell_name(row, "answer")
            reader.refuse(row, "reason", "value_and_reason", value_cell=at)
        source = reader.text(row, "source") or ""
        if indicator is None or cycle is None or len(reader.findings.faults) > before:
            return None
        unit = {"date": "date", "set": "set"}.get(indicator.type, "")
        more: dict[str, Any] = {"breakdown": breakdown, "source": source, "unit": unit}
        if reason is not None:
            why = missing(reason)
            more |= {"status": why["status"], "nature": "", "unit": ""}
            text = why.get("value_text")
        return Figure(cycle, row, self._observed(indicator.code, cycle, text, **more))

    def _text(self, row: Row, indicator: Indicator) -> str | None:
        if row.cell("answer") is None:
            return None
        if indicator.type == "date":
            when = self.reader.date(row, "answer")
            if when is not None and when.first > self.context.received_on:
                today = self.context.received_on
                self.reader.refuse(row, "answer", "date_future", when, today=today)
            return None if when is None else str(when)
        if indicator.type == "text":
            return self.reader.text(row, "answer", long=True)
        options = ("yes", "no") if indicator.type == "set" else indicator.options
        return self._option(row, options)

    def _option(self, row: Row, options: tuple[str, ...]) -> str | None:
        text = self.reader.key(row, "answer")
        if text is None:
            return None
        words = framework.load().vocabulary("indicator_option")
        known = {normal(w): code for code in options for w in (code, *words[code].values())}
        if normal(text) not in known:
            labels = ", ".join(words[code][self.reader.language] for code in options)
            self.reader.refuse(row, "answer", "code_unknown", text, labels=labels)
        return known.get(normal(text))
