"""The early warning: by which further miss, and on which day, a sign would appear (INT-04)."""

from __future__ import annotations

from datetime import date

from a87lib.countryfile import CountryFile
from a87lib.framework import Framework
from a87lib.rules.cycle_reasons import OWING, only_active
from a87lib.rules.cycle_states import CycleState, Met, Missed, NotAsked, Unknown
from a87lib.rules.duties import ONE_DAY, counted_cycles, next_due, silent_until
from a87lib.rules.finding import Answer, Outcome, Reason
from a87lib.rules.rule import derived, rule
from a87lib.rules.signals import (
    BY_ID,
    CONSECUTIVE,
    JUDGED,
    SIGNS,
    Sign,
    SignName,
    counting,
    counts_from,
    ended,
    present,
)


@derived
def warning_on(file: CountryFile, framework: Framework, id: str) -> tuple[date, int, int] | None:
    """When one further miss would make the sign: the day, the cycle missed, the cycle to come.

    None where the sign is there, cannot appear by one further miss, or nothing says so.
    """
    sign = BY_ID[id]
    if present(file, framework, id).answer in (Answer.YES, Answer.NOT_APPLICABLE):
        return None
    missed = _last_misses(file, framework, sign)
    if not missed:
        return None
    coming = missed[-1] + 1
    if ended(file, framework, sign, missed[-1]) is not None:
        return None
    state = sign.state(file, framework, coming)
    if isinstance(state, (Met, NotAsked)) and not _comments_to_come(file, coming, state):
        return None
    return _appears_on(framework, sign, coming), missed[-1], coming


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


def _comments_to_come(file: CountryFile, cycle: int, state: CycleState) -> bool:
    """Whether comments on the coming cycle may still be sent (they are not there yet)."""
    return isinstance(state, NotAsked) and not file.of("report_finalised", cycle)


def _appears_on(framework: Framework, sign: Sign, coming: int) -> date:
    """The first day on which the coming cycle, if missed, would count."""
    if sign.ended_by is None:
        return silent_until(coming, framework) + ONE_DAY
    return counts_from(framework, sign, coming)


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
