"""Two cycles' indicator frameworks side by side: what is new, left out, revised or carried on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from a87lib.countryfile.figures import Figure
from a87lib.countryfile.file import CountryFile
from a87lib.facts import Observation

KIND = "indicator_framework_received"
Change = Literal["new", "left_out", "revised", "later", "earlier", "same"]
Name = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class FrameworkLine:
    """What two frameworks say of one indicator (for a sex, age and breakdown, in a unit).

    before, after: the latest figure in the earlier and in the later cycle's framework. change: new,
    left_out; revised where both give a period and do not say the same of it; later or earlier where
    the latest figure is of another period; else same.
    """

    indicator: str
    before: Figure | None
    after: Figure | None
    change: Change


def frameworks_compared(file: CountryFile, first: int, second: int) -> list[FrameworkLine]:
    """The lines of two cycles' frameworks, in order of indicators; first: the earlier cycle."""
    before, after = _lines(file, first), _lines(file, second)
    _match(before, after)
    return [
        FrameworkLine(
            name[0], _last(before[name]), _last(after[name]), _change(before, after, name)
        )
        for name in sorted(before.keys() | after.keys())
    ]


Periods = dict[tuple[str, str], Figure]


def _lines(file: CountryFile, cycle: int) -> defaultdict[Name, Periods]:
    """The figures of a cycle's framework by line and period; of two of one period the latter."""
    held: defaultdict[Name, Periods] = defaultdict(dict)
    for entry in file.of(KIND, cycle):
        for row in entry.observations:
            name = (row.indicator, row.sex, row.age, row.breakdown, row.unit)
            held[name][row.period_start, row.period_end] = Figure(entry.no, row)
    return held


def _match(before: dict[Name, Periods], after: dict[Name, Periods]) -> None:
    """A line without any value has no unit of its own: it takes that of its counterpart."""
    for one, other in ((before, after), (after, before)):
        for name in [each for each in one if each not in other and not _has_value(one[each])]:
            there = [each for each in other if each[:-1] == name[:-1] and each not in one]
            if len(there) == 1:
                one[there[0]] = one.pop(name)


def _has_value(periods: Periods) -> bool:
    return any(figure.observation.status == "value" for figure in periods.values())


def _last(periods: Periods) -> Figure | None:
    return max(periods.values(), key=lambda figure: figure.time, default=None)


def _change(before: dict[Name, Periods], after: dict[Name, Periods], name: Name) -> Change:
    old, new = before[name], after[name]
    if not old or not new:
        return "left_out" if old else "new"
    if any(_said(old[each]) != _said(new[each]) for each in old.keys() & new.keys()):
        return "revised"
    ended = max(figure.time for figure in old.values())
    ends = max(figure.time for figure in new.values())
    return "same" if ends == ended else "later" if ends > ended else "earlier"


def _said(figure: Figure) -> tuple[float | None, str | None, str]:
    row: Observation = figure.observation
    return row.value_number, row.value_text, row.status
