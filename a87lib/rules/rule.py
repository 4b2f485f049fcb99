"""The decorator that makes a rule of a function, and the table of all rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar

from a87lib.facts import Entry
from a87lib.framework import Framework
from a87lib.rules.finding import Answer, Finding, Outcome, Reason


class File(Protocol):
    """What a rule reads: a country's file, or the GCM's."""

    asof: date
    derived: dict[Any, Any]

    @property
    def subject(self) -> str:
        """What findings are about."""

    @property
    def imprecise(self) -> list[Entry]:
        """Entries whose day is not known."""

    def read_as(self, entry: Entry, day: date) -> Any:
        """The file if the entry had happened on this day."""


Judge = Callable[..., Outcome]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its id, its paragraph, what it reads and how it reads what the text leaves open.

    of: whose file it judges (country, meeting, council). asked: what one of its questions names
    beside the file (cycle, criterion, seat, indicator, year, group). parameters: names of the dated
    values used. asks_about_days: whether a date of reduced precision that matters makes it `ask`.
    """

    id: str
    paragraph: str
    judge: Judge
    reads: tuple[str, ...]
    interpretations: tuple[str, ...]
    parameters: tuple[str, ...]
    of: str
    asked: tuple[str, ...]
    strength: str
    asks_about_days: bool
    also: tuple[str, ...]

    @property
    def question(self) -> str:
        """The rule's question, the first line of its function's docstring."""
        return (self.judge.__doc__ or "").strip().split("\n")[0]

    def finding(self, file: Any, framework: Framework, **about: Any) -> Finding:
        """The rule's finding about a file as of its day."""
        asof = file.asof
        outcome = self.judge(file, asof, framework, **about)
        if self.asks_about_days and file.imprecise:
            outcome = _certain(self, file, framework, about, outcome)
        return Finding(
            rule=self.id,
            subject=file.subject,
            asof=asof,
            answer=outcome.answer,
            because=outcome.because,
            paragraph=self.paragraph,
            parameters={name: framework.value(name, asof) for name in self.parameters},
            interpretations=self.interpretations,
            value=outcome.value,
            since=outcome.since,
            next_on=outcome.next_on,
            **about,
        )


RULES: dict[str, Rule] = {}


def rule(
    id: str,
    *,
    paragraph: str,
    reads: tuple[str, ...] = (),
    interpretations: tuple[str, ...] = (),
    parameters: tuple[str, ...] = (),
    of: str = "country",
    asked: tuple[str, ...] = (),
    strength: str = "must",
    asks_about_days: bool = True,
    also: tuple[str, ...] = (),
) -> Callable[[Judge], Callable[..., Finding]]:
    """Registers a function (file, asof, framework, …) -> Outcome as the rule of a paragraph.

    paragraph: the paragraph that the rule mainly rests on; also: further ones that it covers. The
    decorated function returns the whole Finding.
    """

    def register(judge: Judge) -> Callable[..., Finding]:
        if id in RULES:
            raise ValueError(f"rule {id} is defined twice")
        RULES[id] = Rule(
            id=id,
            paragraph=paragraph,
            judge=judge,
            reads=reads,
            interpretations=interpretations,
            parameters=parameters,
            of=of,
            asked=asked,
            strength=strength,
            asks_about_days=asks_about_days,
            also=also,
        )

        @wraps(judge)
        def find(file: Any, asof: date, framework: Framework, **about: Any) -> Finding:
            opened = file if file.asof == asof else file.as_of(asof)
            return RULES[id].finding(opened, framework, **about)

        return find

    return register


P = ParamSpec("P")
T = TypeVar("T")


def derived(function: Callable[P, T]) -> Callable[P, T]:
    """Remembers in the file what several rules derive from it (arguments: file, framework, …)."""

    @wraps(function)
    def remembered(*args: P.args, **kwargs: P.kwargs) -> T:
        file: Any = args[0]
        key = (function.__qualname__, *args[1:])
        if key not in file.derived:
            file.derived[key] = function(*args, **kwargs)
        found: T = file.derived[key]
        return found

    return remembered


def _certain(
    rule: Rule, file: Any, framework: Framework, about: dict[str, Any], outcome: Outcome
) -> Outcome:
    """The outcome, or `ask` where two days of a month or year would answer differently (INT-12)."""
    if framework.reading("INT-12") != "ask_where_it_matters":
        return outcome
    read = [
        entry
        for entry in file.imprecise
        if entry.kind in rule.reads and entry.cycle in (None, about.get("cycle", entry.cycle))
    ]
    for entry, opened in _other_readings(file, read):
        other = rule.judge(opened, file.asof, framework, **about)
        if other.answer != outcome.answer:
            reason = Reason("date_imprecise", entry.cycle, (entry.no,), {"when": entry.when})
            either_way = (shared for shared in outcome.because if shared in other.because)
            return Outcome(Answer.ASK, (reason, *either_way))
    named = {no for reason in outcome.because for no in reason.entries}
    notes = [
        Reason("date_taken_as_last_day", entry.cycle, (entry.no,), {"when": entry.when})
        for entry in read
        if entry.no in named
    ]
    return replace(outcome, because=(*outcome.because, *notes)) if notes else outcome


def _other_readings(file: Any, read: list[Entry]) -> Iterator[tuple[Entry, Any]]:
    """The file with one entry on another of its days, then with all of them on their first days."""
    for entry in read:
        for day in _days_that_may_matter(entry, file.asof):
            yield entry, file.read_as(entry, day)
    if len(read) > 1:
        earliest = file
        for entry in read:
            earliest = earliest.read_as(entry, entry.when.first)
        yield read[0], earliest


def _days_that_may_matter(entry: Entry, asof: date) -> tuple[date, ...]:
    """The first day, and the day asked where it is one of them (the last day is the default).

    No other day can matter: an answer turns once as a date moves on, or is different from some day
    up to the day asked (a dialogue since the sign appeared).
    """
    when = entry.when
    return (when.first, asof) if when.first < asof < when.last else (when.first,)
