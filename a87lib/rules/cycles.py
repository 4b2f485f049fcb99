"""The annual cycle: reports and indicator frameworks, comments, finalised reports (AF-MON)."""

from __future__ import annotations

from datetime import date

from a87lib.countryfile import CountryFile
from a87lib.facts import Entry
from a87lib.facts.codes import Coded
from a87lib.framework import Framework
from a87lib.rules.duties import due_on, still_owes
from a87lib.rules.finding import Answer, Outcome, Reason
from a87lib.rules.history import STATUS_KINDS, history, status
from a87lib.rules.rule import rule

OWING = ("INT-01", "INT-02", "INT-18", "INT-19", "INT-20")
DUE = ("cycle.due",)


def only_active(file: CountryFile, framework: Framework) -> Outcome | None:
    """What to answer where the country is not an active pathfinder; None where it is."""
    now = status(file, framework)
    if now == "active":
        return None
    if now == "not_on_file":
        stated = tuple(
            Reason("status_stated", None, (entry.no,), _stated(entry))
            for entry in file.of("status_stated")
        )
        return Outcome(Answer.ASK, (Reason("status_not_on_file"), *stated))
    return Outcome(
        Answer.NOT_APPLICABLE, (Reason(f"status_is_{now}", None, decided_by(file, framework)),)
    )


def _stated(entry: Entry) -> dict[str, object]:
    body = entry.body
    return {
        "status": Coded("stated_status", getattr(body, "status")),  # noqa: B009
        "by": body.by,
        "when": entry.when,
    }


def decided_by(file: CountryFile, framework: Framework) -> tuple[int, ...]:
    """The number of the decision that the present status rests on."""
    changes = history(file, framework).changes
    return (changes[-1].entry.no,) if changes else ()


def absence_reasons(file: CountryFile, cycle: int, what: str) -> tuple[Reason, ...]:
    """What third parties state was not submitted in a cycle: shown, changes nothing (INT-18)."""
    return tuple(
        Reason("absence_stated", cycle, (entry.no,), {"by": entry.body.by or entry.source})
        for entry in file.of("absence_stated", cycle)
        if entry.body.what == what
    )


def received(entry: Entry, due: date) -> Reason:
    """That something arrived: on time, or late (INT-03)."""
    late = entry.when.last > due
    key = f"{entry.kind}_late" if late else entry.kind
    return Reason(key, entry.cycle, (entry.no,), {"when": entry.when, "due": due})


def nothing(file: CountryFile, kind: str, cycle: int, due: date) -> tuple[Answer, Reason]:
    """`no` where the register is complete for this, else `ask`: not on file."""
    if file.covered(kind, cycle):
        covered = file.coverage_entry(kind, cycle)
        return Answer.NO, Reason(f"{kind}_missing", cycle, covered, {"due": due})
    return Answer.ASK, Reason(f"{kind}_not_on_file", cycle, (), {"due": due})


def arrival(file: CountryFile, framework: Framework, cycle: int, kind: str, what: str) -> Outcome:
    """Whether the cycle's report, or framework, arrived: too early until due or there."""
    due = due_on(cycle, framework)
    entry = file.first(kind, cycle)
    if entry is not None:
        return Outcome(Answer.YES, (received(entry, due),), value=str(entry.when))
    if not still_owes(file, framework, cycle):
        return _not_owed(cycle)
    if file.asof <= due:
        return Outcome(
            Answer.TOO_EARLY, (Reason("due_date_to_come", cycle, (), {"due": due}),), next_on=due
        )
    answer, reason = nothing(file, kind, cycle, due)
    return Outcome(answer, (reason, *absence_reasons(file, cycle, what)))


def _not_owed(cycle: int) -> Outcome:
    return Outcome(Answer.NOT_APPLICABLE, (Reason("report_not_owed", cycle),))


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
        return _not_owed(cycle)
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
        return _not_owed(cycle)
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


def after_report(file: CountryFile, framework: Framework, cycle: int) -> Outcome | None:
    """What to answer while the cycle's report is not received; None once it is."""
    if file.first("report_received", cycle) is not None:
        return None
    due = due_on(cycle, framework)
    if not still_owes(file, framework, cycle):
        return _not_owed(cycle)
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
        return _not_owed(cycle)
    until = due_on(finalising_until(cycle, framework), framework)
    if asof <= until:
        reason = Reason("finalising_not_over", cycle, (), {"until": until})
        return Outcome(Answer.TOO_EARLY, (reason,), next_on=until)
    answer, reason = nothing(file, "report_finalised", cycle, until)
    return Outcome(answer, (reason,))


def finalising_until(cycle: int, framework: Framework) -> int:
    """The cycle by whose due date a cycle's report is expected to be final (INT-05)."""
    return cycle + 1 if framework.reading("INT-05") == "once_next_due_date_has_passed" else cycle


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
    if not still_owes(file, framework, cycle):
        return _not_owed(cycle)
    due = due_on(cycle, framework)
    if file.first("report_received", cycle) is None and asof <= due:
        return Outcome(Answer.TOO_EARLY, (Reason("due_date_to_come", cycle, (), {"due": due}),))
    answer, reason = nothing(file, "subgroup_concluded", cycle, due)
    return Outcome(answer, (reason,))


def concluded(entry: Entry) -> Reason:
    """What the subgroup concluded, as a reason."""
    body = entry.body
    args = {
        "criterion": Coded("criterion", getattr(body, "criterion")),  # noqa: B009
        "judgement": Coded("judgement", getattr(body, "judgement")),  # noqa: B009
        "when": entry.when,
    }
    return Reason("subgroup_concluded", entry.cycle, (entry.no,), args)
