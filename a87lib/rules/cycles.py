"""What a country owes in a cycle: its report and its indicator framework (AF-MON-1 to -3)."""

from __future__ import annotations

from datetime import date

from a87lib.countryfile import CountryFile
from a87lib.framework import Framework
from a87lib.rules.cycle_reasons import (
    DUE,
    OWING,
    absence_reasons,
    decided_by,
    not_owed,
    nothing,
    only_active,
    received,
)
from a87lib.rules.duties import due_on, still_owes
from a87lib.rules.finding import Answer, Outcome, Reason
from a87lib.rules.history import STATUS_KINDS
from a87lib.rules.rule import rule


def arrival(file: CountryFile, framework: Framework, cycle: int, kind: str, what: str) -> Outcome:
    """Whether the cycle's report, or framework, arrived: too early until due or there."""
    due = due_on(cycle, framework)
    entry = file.first(kind, cycle)
    if entry is not None:
        return Outcome(Answer.YES, (received(entry, due),), value=str(entry.when))
    if not still_owes(file, framework, cycle):
        return not_owed(cycle)
    if file.asof <= due:
        return Outcome(
            Answer.TOO_EARLY, (Reason("due_date_to_come", cycle, (), {"due": due}),), next_on=due
        )
    answer, reason = nothing(file, kind, cycle, due)
    return Outcome(answer, (reason, *absence_reasons(file, cycle, what)))


@rule(
    "cycle.report_due",
    paragraph="AF-MON-3",
    reads=STATUS_KINDS,
    interpretations=OWING,
    parameters=DUE,
    asked=("cycle",),
)
def report_due(file: CountryFile, asof: date, framework: Framework, cycle: int) -> Outcome:
    """Has the due date of the cycle's report passed?"""
    if elsewhere := only_active(file, framework):
        return elsewhere
    if not still_owes(file, framework, cycle):
        return not_owed(cycle)
    due = due_on(cycle, framework)
    if asof <= due:
        reason = Reason("due_date_to_come", cycle, (), {"due": due})
        return Outcome(Answer.TOO_EARLY, (reason,), value=due, next_on=due)
    reason = Reason("due_date_passed", cycle, decided_by(file, framework), {"due": due})
    return Outcome(Answer.YES, (reason,), value=due)


@rule(
    "cycle.report_received",
    paragraph="AF-MON-1",
    reads=("report_received", *STATUS_KINDS),
    interpretations=("INT-03", *OWING),
    parameters=DUE,
    asked=("cycle",),
)
def report_received(file: CountryFile, asof: date, framework: Framework, cycle: int) -> Outcome:
    """Was the cycle's progress report received?"""
    elsewhere = only_active(file, framework)
    return elsewhere or arrival(file, framework, cycle, "report_received", "report")


@rule(
    "cycle.report_on_time",
    paragraph="AF-MON-3",
    reads=("report_received", *STATUS_KINDS),
    interpretations=("INT-03", "INT-12", *OWING),
    parameters=DUE,
    asked=("cycle",),
    also=("AF-MON-2",),
)
def report_on_time(file: CountryFile, asof: date, framework: Framework, cycle: int) -> Outcome:
    """Was the cycle's progress report received by the due date?"""
    if elsewhere := only_active(file, framework):
        return elsewhere
    if not still_owes(file, framework, cycle):
        return not_owed(cycle)
    found = arrival(file, framework, cycle, "report_received", "report")
    entry = file.first("report_received", cycle)
    if entry is None:
        return found
    on_time = entry.when.last <= due_on(cycle, framework)
    return Outcome(Answer.YES if on_time else Answer.NO, found.because, value=found.value)


@rule(
    "cycle.framework_updated",
    paragraph="AF-MON-1",
    reads=("indicator_framework_received", *STATUS_KINDS),
    interpretations=("INT-03", *OWING),
    parameters=DUE,
    asked=("cycle",),
)
def framework_updated(file: CountryFile, asof: date, framework: Framework, cycle: int) -> Outcome:
    """Was the cycle's indicator framework presented or updated?"""
    elsewhere = only_active(file, framework)
    return elsewhere or arrival(
        file, framework, cycle, "indicator_framework_received", "indicator_framework"
    )
