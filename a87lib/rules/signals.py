"""The five signs of insufficient or no progress (AF-REV-7a to -7e)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from a87lib.countryfile import CountryFile
from a87lib.framework import Framework
from a87lib.rules.cycle_reasons import DUE, OWING, absence_reasons, finalising_until, only_active
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
from a87lib.rules.duties import ONE_DAY, counted_cycles, due_on
from a87lib.rules.finding import Answer, Outcome, Reason
from a87lib.rules.history import STATUS_KINDS
from a87lib.rules.in_force import in_force
from a87lib.rules.rule import derived, rule

ALL_SIGNS = (
    "report_received",
    "report_finalised",
    "comments_sent",
    "indicator_framework_received",
    "subgroup_concluded",
    "evidence_received",
    "participation_recorded",
)
"""All kinds of entries that some sign is read from."""
CONSECUTIVE = ("signals.consecutive_cycles", *DUE)
StateOf = Callable[[CountryFile, Framework, int], CycleState]


@dataclass(frozen=True, slots=True)
class Sign:
    """How one sign is read from the cycles.

    id: the rule. state: whether a cycle was missed. ended_by: the kind of entry of a later cycle
    that ends the run; None where none does. waits: whether a cycle counts only once the next due
    date has passed. stated: what third parties may state was not submitted (absence_stated).
    """

    id: str
    state: StateOf
    ended_by: str | None
    waits: bool = False
    stated: str | None = None


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
    Sign("signals.no_report", _report, "report_received", stated="report"),
    Sign("signals.no_finalised_report", finalised_state, "report_finalised", waits=True),
    Sign(
        "signals.no_indicator_framework",
        _framework,
        "indicator_framework_received",
        stated="indicator_framework",
    ),
    Sign("signals.no_evidence", _evidence, None),
    Sign("signals.no_collaboration", _collaboration, None),
)
BY_ID = {sign.id: sign for sign in SIGNS}


def counting(file: CountryFile, framework: Framework, sign: Sign) -> tuple[int, ...]:
    """The owed cycles that count for the sign as of the file's day."""
    cycles = counted_cycles(file, framework)
    return tuple(cycle for cycle in cycles if counts_from(framework, sign, cycle) <= file.asof)


def counts_from(framework: Framework, sign: Sign, cycle: int) -> date:
    """The first day on which a cycle counts for the sign (INT-04, INT-05)."""
    counted_by = finalising_until(cycle, framework) if sign.waits else cycle
    return due_on(counted_by, framework) + ONE_DAY


@derived
def present(file: CountryFile, framework: Framework, id: str) -> Outcome:
    """Whether a sign is there: the last cycles in a row were all missed (INT-04)."""
    sign = BY_ID[id]
    if elsewhere := only_active(file, framework):
        return _with_statements(file, sign, elsewhere)
    in_a_row = int(in_force(framework, "signals.consecutive_cycles", file.asof))
    cycles = counting(file, framework, sign)
    if len(cycles) < in_a_row:
        early = Reason("cycles_owed_so_far", None, (), {"count": len(cycles), "needed": in_a_row})
        shown = tuple(sign.state(file, framework, cycle).reason for cycle in cycles)
        return Outcome(Answer.TOO_EARLY, (early, *shown))
    states = [sign.state(file, framework, cycle) for cycle in cycles[-in_a_row:]]
    reasons = [state.reason for state in states]
    reasons += [reason for state in states for reason in state.remarks]
    later = ended(file, framework, sign, cycles[-1])
    if later is not None:
        return Outcome(Answer.NO, (later, *reasons))
    if any(isinstance(state, (Met, NotAsked)) for state in states):
        return Outcome(Answer.NO, tuple(reasons))
    if any(isinstance(state, Unknown) for state in states):
        return Outcome(Answer.ASK, tuple(reasons))
    since = _since(file, framework, sign, cycles[-in_a_row:])
    return Outcome(Answer.YES, tuple(reasons), since=since)


def _with_statements(file: CountryFile, sign: Sign, elsewhere: Outcome) -> Outcome:
    """The same answer, with what third parties state was not submitted (INT-18, INT-20)."""
    if elsewhere.answer is not Answer.ASK or sign.stated is None:
        return elsewhere
    stated = absence_reasons(file, None, sign.stated)
    return replace(elsewhere, because=(*elsewhere.because, *stated))


def ended(file: CountryFile, framework: Framework, sign: Sign, last: int) -> Reason | None:
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
        counted = counts_from(framework, sign, last[-1])
        before = present(file.as_of(counted - ONE_DAY), framework, sign.id)
    return before.since or start


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
