"""What follows a report: comments, final version, consultation, review (AF-MON, AF-REV-2)."""

from __future__ import annotations

from datetime import date

from a87lib.countryfile import CountryFile
from a87lib.framework import Framework
from a87lib.rules.cycle_reasons import (
    DUE,
    OWING,
    concluded,
    finalising_until,
    not_owed,
    nothing,
    only_active,
)
from a87lib.rules.duties import due_on, still_owes
from a87lib.rules.erased import content_not_on_file
from a87lib.rules.finding import Answer, Outcome, Reason
from a87lib.rules.history import STATUS_KINDS
from a87lib.rules.rule import rule


def after_report(file: CountryFile, framework: Framework, cycle: int) -> Outcome | None:
    """What to answer while the cycle's report is not received; None once it is."""
    if file.first("report_received", cycle) is not None:
        return None
    due = due_on(cycle, framework)
    if not still_owes(file, framework, cycle):
        return not_owed(cycle)
    if file.asof > due and not file.covered("report_received", cycle):
        return Outcome(
            Answer.ASK, (Reason("report_received_not_on_file", cycle, (), {"due": due}),)
        )
    return Outcome(Answer.TOO_EARLY, (Reason("report_awaited", cycle),))


@rule(
    "cycle.comments_sent",
    paragraph="AF-MON-4",
    reads=("comments_sent", "report_received", *STATUS_KINDS),
    interpretations=OWING,
    asked=("cycle",),
)
def comments_sent(file: CountryFile, asof: date, framework: Framework, cycle: int) -> Outcome:
    """Were the working group's comments on the cycle's report sent?"""
    if elsewhere := only_active(file, framework):
        return elsewhere
    entry = file.first("comments_sent", cycle)
    if entry is not None:
        reason = Reason("comments_sent", cycle, (entry.no,), {"when": entry.when})
        return Outcome(Answer.YES, (reason,), value=str(entry.when))
    if early := after_report(file, framework, cycle):
        return early
    answer, reason = nothing(file, "comments_sent", cycle, due_on(cycle, framework))
    return Outcome(answer, (reason,))


@rule(
    "cycle.report_finalised",
    paragraph="AF-MON-4",
    reads=("report_finalised", *STATUS_KINDS),
    interpretations=("INT-05", *OWING),
    parameters=DUE,
    asked=("cycle",),
)
def report_finalised(file: CountryFile, asof: date, framework: Framework, cycle: int) -> Outcome:
    """Was the cycle's report revised and finalised?"""
    if elsewhere := only_active(file, framework):
        return elsewhere
    entry = file.first("report_finalised", cycle)
    if entry is not None:
        reason = Reason("report_finalised", cycle, (entry.no,), {"when": entry.when})
        return Outcome(Answer.YES, (reason,), value=str(entry.when))
    if not still_owes(file, framework, cycle):
        return not_owed(cycle)
    until = due_on(finalising_until(cycle, framework), framework)
    if asof <= until:
        reason = Reason("finalising_not_over", cycle, (), {"until": until})
        return Outcome(Answer.TOO_EARLY, (reason,), next_on=until)
    answer, reason = nothing(file, "report_finalised", cycle, until)
    return Outcome(answer, (reason,))


@rule(
    "cycle.consulted",
    paragraph="AF-MON-2",
    reads=("participation_recorded", "coordination_body_named", "report_received", *STATUS_KINDS),
    interpretations=OWING,
    asked=("cycle",),
    also=("AF-EOI-6",),
)
def consulted(file: CountryFile, asof: date, framework: Framework, cycle: int) -> Outcome:
    """Was the report made in consultation, through a coordination body?"""
    if elsewhere := only_active(file, framework):
        return elsewhere
    if early := after_report(file, framework, cycle):
        return early
    due = due_on(cycle, framework)
    body = file.first("coordination_body_named")
    heard = [e for e in file.of("participation_recorded", cycle) if e.body.stage == "reporting"]
    reasons, answers = [], []
    if body is not None:
        reasons.append(Reason("coordination_body_named", None, (body.no,), {"when": body.when}))
    else:
        answer, reason = nothing(file, "coordination_body_named", cycle, due)
        answers.append(answer)
        reasons.append(Reason(reason.key, None, reason.entries))
    if heard:
        numbers = tuple(entry.no for entry in heard)
        reasons.append(Reason("consulted_on_report", cycle, numbers, {"count": len(heard)}))
    else:
        answer, reason = nothing(file, "participation_recorded", cycle, due)
        answers.append(answer)
        reasons.append(reason)
    answer = Answer.NO if Answer.NO in answers else Answer.ASK if answers else Answer.YES
    return Outcome(answer, tuple(reasons))


@rule(
    "cycle.reviewed",
    paragraph="AF-REV-2",
    reads=("subgroup_concluded", "report_received", *STATUS_KINDS),
    interpretations=("INT-06", *OWING),
    asked=("cycle", "criterion"),
)
def reviewed(
    file: CountryFile, asof: date, framework: Framework, cycle: int, criterion: str
) -> Outcome:
    """Has the subgroup concluded on this criterion for the cycle?"""
    if elsewhere := only_active(file, framework):
        return elsewhere
    for entry in file.of("subgroup_concluded", cycle):
        if entry.body.criterion == criterion:
            return Outcome(Answer.YES, (concluded(entry),), value=entry.body.judgement)
    if erased := file.erased("subgroup_concluded", cycle=cycle):
        return Outcome(Answer.ASK, content_not_on_file(erased))
    if not still_owes(file, framework, cycle):
        return not_owed(cycle)
    due = due_on(cycle, framework)
    if file.first("report_received", cycle) is None and asof <= due:
        return Outcome(Answer.TOO_EARLY, (Reason("due_date_to_come", cycle, (), {"due": due}),))
    answer, reason = nothing(file, "subgroup_concluded", cycle, due)
    return Outcome(answer, (reason,))
