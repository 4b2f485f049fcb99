"""Groups of the GCM: results and an end (TR-GCM-2)."""

from __future__ import annotations

from datetime import date

from a87lib.facts import Entry, PartialDate, said
from a87lib.framework import Framework
from a87lib.meetingfile import CouncilFile, Group, groups
from a87lib.rules.erased import content_not_on_file
from a87lib.rules.finding import Answer, Outcome, Reason
from a87lib.rules.rule import rule

WORST_FIRST = (Answer.NO, Answer.ASK, Answer.TOO_EARLY, Answer.YES, Answer.NOT_APPLICABLE)


@rule(
    "gcm.group_time_bound",
    paragraph="TR-GCM-2",
    reads=("group_created", "group_proposed", "decision_made"),
    interpretations=("INT-12", "INT-18"),
    of="council",
    asked=("group",),
    also=("TR-GCM-3",),
)
def group_time_bound(
    file: CouncilFile, asof: date, framework: Framework, group: str | None = None
) -> Outcome:
    """Has the group (without a name: has every group created) results to reach and an end date?"""
    found = [each for each in groups(file) if group in (None, each.name)]
    if not found:
        if file.covered("group_created"):
            return Outcome(Answer.NOT_APPLICABLE, (Reason("no_group"),))
        return Outcome(Answer.ASK, (Reason("group_not_on_file"),))
    created = [each for each in found if each.created is not None]
    judged = [_bound(file, each) for each in created or found]
    return min(judged, key=lambda outcome: WORST_FIRST.index(outcome.answer or Answer.YES))


def _bound(file: CouncilFile, group: Group) -> Outcome:
    args = {"group": group.name}
    if group.closed is not None:
        reason = Reason(
            "group_closed", None, (group.closed.no,), args | {"when": group.closed.when}
        )
        return Outcome(Answer.NOT_APPLICABLE, (reason,), value=group.name)
    if group.created is None:
        return _not_created(file, group)
    last = group.decided[-1] if group.decided else group.created
    later = [e for e in file.erased("decision_made") if e.when.last >= last.when.last]
    if erased := content_not_on_file(e for e in later if e.country is None):
        return Outcome(Answer.ASK, erased, value=group.name)  # it may have closed the group
    answers, reasons = [], []
    for field, there in (("results", said(group.created.body.results)), ("end", _ends(group))):
        if there:
            reasons.append(_has(field, group.created))
            continue
        stated = field == "results" and "results" in group.created.body.model_fields_set
        known = stated or file.covered("group_created")
        answers.append(Answer.NO if known else Answer.ASK)
        key = f"group_without_{field}" if known else f"group_{field}_not_on_file"
        reasons.append(Reason(key, None, (group.created.no,), args))
    return Outcome(
        min(answers, key=WORST_FIRST.index, default=Answer.YES),
        (*reasons, *_remarks(file, group, group.created)),
        value=group.name,
    )


def _ends(group: Group) -> bool:
    """Whether the group has an end; an end before its last reactivation is none any more."""
    if group.created is None or group.created.body.ends_on is None:
        return False
    revived = [e for e in group.decided if e.body.subject == "reactivate_group"]
    ends_on = PartialDate.of(group.created.body.ends_on).last
    return not revived or revived[-1].when.last <= ends_on


def _has(field: str, created: Entry) -> Reason:
    args: dict[str, object] = {"group": created.body.name}
    if field == "end":
        args["on"] = PartialDate.of(created.body.ends_on)
    return Reason(f"group_has_{field}", None, (created.no,), args)


def _not_created(file: CouncilFile, group: Group) -> Outcome:
    args = {"group": group.name}
    if group.proposed is not None:
        reason = Reason("group_proposed_only", None, (group.proposed.no,), args)
        return Outcome(Answer.TOO_EARLY, (reason,), value=group.name)
    numbers = tuple(entry.no for entry in (*group.decided, *group.plan))
    reason = Reason("group_creation_not_on_file", None, numbers, args)
    return Outcome(Answer.ASK, (reason,), value=group.name)


def _remarks(file: CouncilFile, group: Group, created: Entry) -> list[Reason]:
    """What is to be said beside: its time is over; no decision to create it is on file."""
    remarks = []
    args = {"group": group.name}
    ends_on = created.body.ends_on
    if ends_on is not None and PartialDate.of(ends_on).last < file.asof:
        on = PartialDate.of(ends_on)
        remarks.append(Reason("group_end_passed", None, (created.no,), args | {"on": on}))
    if not group.decided:
        remarks.append(Reason("group_decision_not_on_file", None, (), args))
    return remarks
