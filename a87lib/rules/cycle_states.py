"""How one owed cycle counts for a sign: missed, met, not asked for, or not known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from a87lib.countryfile import CountryFile
from a87lib.framework import Framework
from a87lib.rules.cycle_reasons import (
    absence_reasons,
    concluded,
    finalising_until,
    nothing,
    received,
)
from a87lib.rules.duties import ONE_DAY, due_on, silent_until
from a87lib.rules.erased import content_not_on_file
from a87lib.rules.finding import Answer, Reason
from a87lib.rules.rule import derived


@dataclass(frozen=True, slots=True)
class CycleState:
    """How a cycle counts, and why. remarks: what is said beside it."""

    reason: Reason
    remarks: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Missed(CycleState):
    """What was owed did not come; from_day: since when the cycle counts as missed."""

    from_day: date = date.max


@dataclass(frozen=True, slots=True)
class Met(CycleState):
    """What was owed came, or was shown."""


@dataclass(frozen=True, slots=True)
class NotAsked(CycleState):
    """Nothing was asked of the country (no comments were sent)."""


@dataclass(frozen=True, slots=True)
class Unknown(CycleState):
    """It cannot be said. uncovered: the register is not complete for it; silent_until: nothing has
    arrived, and after that day silence counts as not shown."""

    uncovered: bool = False
    silent_until: date | None = None


@derived
def received_state(
    file: CountryFile, framework: Framework, cycle: int, kind: str, what: str
) -> CycleState:
    """Whether the cycle's report, or framework, was received (INT-03, INT-18)."""
    due = due_on(cycle, framework)
    entry = file.first(kind, cycle)
    if entry is not None:
        return Met(received(entry, due))
    answer, reason = nothing(file, kind, cycle, due)
    stated = absence_reasons(file, cycle, what)
    if answer is Answer.ASK:
        return Unknown(reason, stated, uncovered=True)
    return Missed(reason, stated, from_day=due + ONE_DAY)


@derived
def finalised_state(file: CountryFile, framework: Framework, cycle: int) -> CycleState:
    """Whether comments on the cycle's report were followed up (INT-05)."""
    final = file.first("report_finalised", cycle)
    if final is not None:
        return Met(Reason("report_finalised", cycle, (final.no,), {"when": final.when}))
    due = due_on(cycle, framework)
    comments = file.first("comments_sent", cycle)
    if comments is None:
        answer, reason = nothing(file, "comments_sent", cycle, due)
        if answer is Answer.ASK:
            return Unknown(reason, uncovered=True)
        return NotAsked(Reason("no_comments_were_sent", cycle, reason.entries))
    until = due_on(finalising_until(cycle, framework), framework)
    answer, reason = nothing(file, "report_finalised", cycle, until)
    if answer is Answer.ASK:
        return Unknown(reason, uncovered=True)
    missing = Reason(
        "comments_not_followed_up",
        cycle,
        (comments.no, *reason.entries),
        {"when": comments.when, "until": until},
    )
    return Missed(missing, from_day=max(until + ONE_DAY, comments.when.last))


@derived
def judged_state(
    file: CountryFile, framework: Framework, cycle: int, criterion: str, arrivals: tuple[str, ...]
) -> CycleState:
    """What the subgroup concluded on a criterion, or what silence means (INT-06)."""
    for entry in reversed(file.of("subgroup_concluded", cycle)):
        if entry.body.criterion == criterion:
            reason = concluded(entry)
            if entry.body.judgement == "not_shown":
                return Missed(
                    reason, from_day=max(entry.when.last, due_on(cycle, framework) + ONE_DAY)
                )
            return Met(reason)
    return _unjudged(file, framework, cycle, criterion, arrivals)


def _unjudged(
    file: CountryFile, framework: Framework, cycle: int, criterion: str, arrivals: tuple[str, ...]
) -> CycleState:
    args = {"criterion": criterion}
    kinds = ("subgroup_concluded", *arrivals)
    if not all(file.covered(kind, cycle) for kind in kinds):
        erased = content_not_on_file(file.erased(*kinds, cycle=cycle))
        return Unknown(Reason(f"{criterion}_not_on_file", cycle), erased, uncovered=True)
    there = [entry.no for kind in arrivals for entry in file.of(kind, cycle)]
    if there:
        return Unknown(Reason(f"{criterion}_not_concluded", cycle, tuple(there), args))
    until = silent_until(cycle, framework)
    covered = file.coverage_entry("subgroup_concluded", cycle)
    if framework.reading("INT-06") != "silence_counts_after_year_end":
        return Unknown(Reason(f"{criterion}_not_concluded", cycle, covered, args))
    if file.asof <= until:
        waiting = Reason(f"{criterion}_nothing_yet", cycle, covered, {"until": until})
        return Unknown(waiting, silent_until=until)
    silent = Reason(f"{criterion}_nothing_received", cycle, covered, {"until": until})
    return Missed(silent, from_day=until + ONE_DAY)
