"""What a file of statistics comes to: figures, what was left out and why, and problems."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, NamedTuple

from a87lib.facts import Observation
from a87lib.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Figure:
    """One figure in the columns of a table of observations.

    The number is kept as the source writes it, so that no rounding of ours comes between.
    """

    country: str
    indicator: str
    period_start: str
    period_end: str
    sex: str = "total"
    age: str = ""
    breakdown: str = ""
    value_number: str = ""
    value_text: str = ""
    unit: str = ""
    status: str = "value"
    nature: str = ""
    source: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What makes two figures of one series the same one."""
        period = (self.period_start, self.period_end)
        return (self.country, self.indicator, *period, self.sex, self.age, self.breakdown)

    @property
    def said(self) -> tuple[str, str, str]:
        """What it says: number, text and status."""
        return (self.value_number, self.value_text, self.status)

    def observation(self) -> Observation:
        """The figure as a fact; empty cells are left out."""
        given = {f.name: getattr(self, f.name) for f in fields(self)}
        return Observation.model_validate({k: v for k, v in given.items() if v != ""})


COLUMNS = tuple(field.name for field in fields(Figure))


class Placed(NamedTuple):
    """A figure, the name of its series, and where it stands in the file."""

    series: str
    figure: Figure
    where: str


class Remark(NamedTuple):
    """What an import says about a record of a known error of the source.

    key: applied, left_out, other_value, not_there. correction: the record's id; the rest as found.
    """

    key: str
    correction: str
    where: str = ""
    expected: str = ""
    found: str = ""


@dataclass
class Reading:
    """One file as read.

    sha256: of its bytes. form: which of the publisher's formats. edition: as the file or its user
    states it. published_on: the day of the edition, if known. read: how many figures the file
    gives. left_out: how many, by reason and what it was about. refused: how many were not
    understood; problems: why, one per cause with its first place.
    """

    file: str
    sha256: str
    form: str = ""
    edition: str = ""
    published_on: date | None = None
    read: int = 0
    figures: list[Placed] = field(default_factory=list)
    left_out: Counter[tuple[str, str]] = field(default_factory=Counter)
    refused: int = 0
    remarks: list[Remark] = field(default_factory=list)
    _causes: dict[tuple[str, str, str], tuple[Problem, int]] = field(default_factory=dict)

    def keep(self, series: str, figure: Figure, where: str) -> None:
        """Takes a figure."""
        self.figures.append(Placed(series, figure, where))

    def leave(self, reason: str, about: str = "") -> None:
        """Leaves out a figure that is understood and not for the register."""
        self.left_out[reason, about] += 1

    def refuse(self, code: str, where: str, column: str, found: object, **args: Any) -> None:
        """Notes why a figure is not understood; the same cause again is counted, not repeated."""
        cause = (code, column, str(found))
        place = f"{self.file}:{where} {column}".rstrip()
        first, count = self._causes.get(cause, (Problem(code, place, str(found)[:80], args), 0))
        self._causes[cause] = (first, count + 1)

    @property
    def problems(self) -> list[Problem]:
        """Every cause once: where it first stands, and (+N) in how many further places."""
        return [
            replace(first, where=first.where if n == 1 else f"{first.where} (+{n - 1})")
            for first, n in self._causes.values()
        ]

    def summed(self, reason: str) -> dict[str, int]:
        """How many figures were left out for a reason, by what it was about."""
        return {about: n for (why, about), n in sorted(self.left_out.items()) if why == reason}
