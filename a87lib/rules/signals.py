"""The five signs of insufficient or no progress, and the early warning (AF-REV-7)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from a87lib.countryfile import CountryFile
from a87lib.framework import Framework
from a87lib.rules.cycle_states import (
    CycleState,
    Met,
    Missed,
    NotAsked,
    Unknown,
    finalised_state,
    judged_state,
    received_state,
)
from a87lib.rules.cycles import DUE, OWING, finalising_until, only_active
from a87lib.rules.duties import ONE_DAY, counted_cycles, due_on, next_due, owes
from a87lib.rules.finding import Answer, Outcome, Reason
from a87lib.rules.history import STATUS_KINDS
from a87lib.rules.rule import derived, rule

CONSECUTIVE = ("signals.consecutive_cycles", *DUE)
StateOf = Callable[[CountryFile, Framework, int], CycleState]


@dataclass(frozen=True, slots=True)
class Sign:
    """How one sign is read from the cycles.

    id: the rule. state: whether a cycle was missed. ended_by: the kind of entry of a later cycle
    that ends the run; None where none does. waits: whether a cycle counts only once the next due
    date has passed.
    """

    id: str
    state: StateOf
    ended_by: str | None
    waits: bool = False


def _report(file: CountryFile, framework: Framework, cycle: int) -> CycleState:
    return received_state(file, framework, cycle, "report_received", "report")


def _framework(file: CountryFile, framework: Framework, cycle: int) -> CycleState:
    return received_state(
        file, framework, cycle, "indicator_framework_received", "indicator_framework"
    )


def _evidence(file: CountryFile, framework: Framework, cycle: int) -> CycleState:
    return judged_state(
        file, framework, cycle, "evidence", ("report_received", "evidence_received")
    )


def _collaboration(file: CountryFile, framework: Framework, cycle: int) -> CycleState:
    arrivals = ("report_received", "evidence_received", "participation_recorded")
    return judged_state(file, framework, cycle, "collaboration", arrivals)


SIGNS = (
    Sign("signals.no_report", _report, "report_received"),
    Sign("signals.no_finalised_report", finalised_state, "report_finalised", waits=True),
    Sign("signals.no_indicator_framework", _framework, "indicator_framework_received"),
    Sign("signals.no_evidence", _evidence, None),
    Sign("signals.no_collaboration", _collaboration, None),
)
_BY_ID = {sign.id: sign for sign in SIGNS}


def counting(file: CountryFile, framework: Framework, sign: Sign) -> tuple[int, ...]:
    """The owed cycles that count for the sign as of the file's day."""
    cycles = counted_cycles(file, framework)
    return tuple(cycle for cycle in cycles if _counts_from(framework, sign, cycle) <= file.asof)


def _counts_from(framework: Framework, sign: Sign, cycle: int) -> date:
    """The first day on which a cycle counts for the sign (INT-04, INT-05)."""
    counted_by = finalising_until(cycle, framework) if sign.waits else cycle
    return due_on(counted_by, framework) + ONE_DAY


@derived
def present(file: CountryFile, framework: Framework, id: str) -> Outcome:
    """Whether a sign is there: the last cycles in a row were all missed (INT-04)."""
    if elsewhere := only_active(file, framework):
        return elsewhere
    sign = _BY_ID[id]
    in_a_row = int(framework.value("signals.consecutive_cycles", file.asof))
    cycles = counting(file, framework, sign)
    if len(cycles) < in_a_row:
        early = Reason("cycles_owed_so_far", None, (), {"count": len(cycles), "needed": in_a_row})
        shown = tuple(sign.state(file, framework, cycle).reason for cycle in cycles)
        return Outcome(Answer.TOO_EARLY, (early, *shown))
    states = [sign.state(file, framework, cycle) for cycle in cycles[-in_a_row:]]
    reasons = [state.reason for state in states]
    reasons += [reason for state in states for reason in state.remarks]
    later = _ended(file, framework, sign, cycles[-1])
    if later is not None:
        return Outcome(Answer.NO, (later, *reasons))
    if any(isinstance(state, (Met, NotAsked)) for state in states):
        return Outcome(Answer.NO, tuple(reasons))
    if any(isinstance(state, Unknown) for state in states):
        return Outcome(Answer.ASK, tuple(reasons))
    since = _since(file, framework, sign, cycles[-in_a_row:])
    return Outcome(Answer.YES, tuple(reasons), since=since)


def _ended(file: CountryFile, framework: Framework, sign: Sign, last: int) -> Reason | None:
    """What of a later cycle has arrived and ends the run (INT-04)."""
    if sign.ended_by is None or framework.reading("INT-04") != "later_report_ends_run":
        return None
    for entry in file.of(sign.ended_by):
        if entry.cycle is not None and entry.cycle > last:
            return Reason("later_cycle_ends_run", entry.cycle, (entry.no,), {"when": entry.when})
    return None


def _since(file: CountryFile, framework: Framework, sign: Sign, last: tuple[int, ...]) -> date:
    """The day on which the sign appeared, by what was on file then: it may have begun with cycles
    before the last ones, and a cycle that was open for a while does not break it."""
    states = (sign.state(file, framework, cycle) for cycle in last)
    start = max(state.from_day for state in states if isinstance(state, Missed))
    before = present(file.as_of(start - ONE_DAY), framework, sign.id)
    if before.answer is Answer.ASK:
        counted = _counts_from(framework, sign, last[-1])
        before = present(file.as_of(counted - ONE_DAY), framework, sign.id)
    return before.since or start


@derived
def warning_on(file: CountryFile, framework: Framework, id: str) -> tuple[date, int, int] | None:
    """When one further miss would make the sign: the day, the cycle missed, the cycle to come.

    None where the sign is there, cannot appear by one further miss, or nothing says so.
    """
    sign = _BY_ID[id]
    if present(file, framework, id).answer in (Answer.YES, Answer.NOT_APPLICABLE):
        return None
    missed = _last_misses(file, framework, sign)
    if not missed:
        return None
    coming = missed[-1] + 1
    if _ended(file, framework, sign, missed[-1]) is not None:
        return None
    state = sign.state(file, framework, coming)
    if isinstance(state, (Met, NotAsked)) and not _comments_to_come(file, sign, coming, state):
        return None
    if not owes(file, framework, coming):
        return None
    on = _appears_on(framework, sign, coming)
    return (on, missed[-1], coming) if on > file.asof else None


def _last_misses(file: CountryFile, framework: Framework, sign: Sign) -> list[int]:
    """The last cycles missed in a row, one fewer than make the sign; empty where there are not."""
    needed = int(framework.value("signals.consecutive_cycles", file.asof)) - 1
    cycles = list(counting(file, framework, sign))
    while cycles and _undecided(sign.state(file, framework, cycles[-1])):
        cycles.pop()
    last = cycles[-needed:]
    missed = [c for c in last if isinstance(sign.state(file, framework, c), Missed)]
    return missed if len(missed) == needed else []


def _undecided(state: CycleState) -> bool:
    return isinstance(state, Unknown) and state.silent_until is not None


def _comments_to_come(file: CountryFile, sign: Sign, cycle: int, state: CycleState) -> bool:
    """Whether comments on the coming cycle may still be sent (they are not there yet)."""
    return isinstance(state, NotAsked) and sign.waits and not file.of("report_finalised", cycle)


def _appears_on(framework: Framework, sign: Sign, coming: int) -> date:
    """The first day on which the coming cycle, if missed, would count."""
    if sign.ended_by is None:
        month, day = _silence(framework, coming)
        return date(coming, month, day) + ONE_DAY
    return _counts_from(framework, sign, coming)


def _silence(framework: Framework, cycle: int) -> tuple[int, int]:
    month, day = str(framework.value("signals.silence_until", date(cycle, 1, 1))).split("-")
    return int(month), int(day)


@rule(
    "signals.no_report",
    paragraph="AF-REV-7a",
    reads=("report_received", *STATUS_KINDS),
    interpretations=("INT-03", "INT-04", "INT-12", *OWING),
    parameters=CONSECUTIVE,
    also=("AF-REV-7",),
)
def no_report(file: CountryFile, asof: date, framework: Framework) -> Outcome:
    """Was no progress report presented for two cycles in a row?"""
    return present(file, framework, "signals.no_report")


@rule(
    "signals.no_finalised_report",
    paragraph="AF-REV-7b",
    reads=("report_finalised", "comments_sent", *STATUS_KINDS),
    interpretations=("INT-04", "INT-05", "INT-12", *OWING),
    parameters=CONSECUTIVE,
)
def no_finalised_report(file: CountryFile, asof: date, framework: Framework) -> Outcome:
    """Were comments not followed up by a finalised report for two cycles in a row?"""
    return present(file, framework, "signals.no_finalised_report")


@rule(
    "signals.no_indicator_framework",
    paragraph="AF-REV-7c",
    reads=("indicator_framework_received", *STATUS_KINDS),
    interpretations=("INT-03", "INT-04", "INT-12", *OWING),
    parameters=CONSECUTIVE,
)
def no_indicator_framework(file: CountryFile, asof: date, framework: Framework) -> Outcome:
    """Was the indicator framework neither presented nor updated for two cycles in a row?"""
    return present(file, framework, "signals.no_indicator_framework")


JUDGED = ("subgroup_concluded", "report_received", "evidence_received", *STATUS_KINDS)


@rule(
    "signals.no_evidence",
    paragraph="AF-REV-7d",
    reads=JUDGED,
    interpretations=("INT-04", "INT-06", "INT-12", *OWING),
    parameters=(*CONSECUTIVE, "signals.silence_until"),
    also=("AF-REV-2",),
)
def no_evidence(file: CountryFile, asof: date, framework: Framework) -> Outcome:
    """Was no evidence of progress against the roadmap shown for two cycles in a row?"""
    return present(file, framework, "signals.no_evidence")


@rule(
    "signals.no_collaboration",
    paragraph="AF-REV-7e",
    reads=("participation_recorded", *JUDGED),
    interpretations=("INT-04", "INT-06", "INT-12", *OWING),
    parameters=(*CONSECUTIVE, "signals.silence_until"),
    also=("AF-REV-2",),
)
def no_collaboration(file: CountryFile, asof: date, framework: Framework) -> Outcome:
    """Was no evidence of collaborative efforts shown for two cycles in a row?"""
    return present(file, framework, "signals.no_collaboration")


@rule(
    "signals.early_warning",
    paragraph="AF-REV-7",
    reads=(
        "participation_recorded",
        "comments_sent",
        "report_finalised",
        "indicator_framework_received",
        *JUDGED,
    ),
    interpretations=("INT-04", "INT-05", "INT-06", *OWING),
    parameters=(*CONSECUTIVE, "signals.silence_until"),
)
def early_warning(file: CountryFile, asof: date, framework: Framework) -> Outcome:
    """Would one further missed cycle make a sign appear, and on which day?"""
    if elsewhere := only_active(file, framework):
        return elsewhere
    warnings = []
    for sign in SIGNS:
        if (found := warning_on(file, framework, sign.id)) is not None:
            on, missed, coming = found
            args = {"sign": SignName(sign.id), "missed": missed, "on": on}
            warnings.append((on, Reason("sign_would_appear", coming, (), args)))
    if warnings:
        warnings.sort(key=lambda warning: warning[0])
        reasons = tuple(reason for _, reason in warnings)
        return Outcome(Answer.YES, reasons, next_on=warnings[0][0])
    if not counted_cycles(file, framework):
        cycle, due = next_due(asof, framework)
        return Outcome(Answer.TOO_EARLY, (Reason("due_date_to_come", cycle, (), {"due": due}),))
    unknown = _not_on_file(file, framework)
    if unknown:
        return Outcome(Answer.ASK, unknown)
    return Outcome(Answer.NO, (Reason("no_sign_by_one_more_miss"),))


def _not_on_file(file: CountryFile, framework: Framework) -> tuple[Reason, ...]:
    """Reasons why the last cycle cannot be judged: not on file and not covered."""
    last = counted_cycles(file, framework)[-1]
    states = [sign.state(file, framework, last) for sign in SIGNS]
    return tuple(s.reason for s in states if isinstance(s, Unknown) and s.uncovered)


@dataclass(frozen=True, slots=True)
class SignName:
    """The name of a sign, said in the reader's language."""

    rule: str

    def say(self, language: str) -> str:
        """The name in the language."""
        from a87lib.language import say

        return say(f"rule.{self.rule}", language)

    def __str__(self) -> str:
        return self.rule
