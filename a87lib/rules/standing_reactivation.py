"""What a reactivation asks for (AF-REA-1, AF-BOX-3)."""

from __future__ import annotations

from datetime import date

from a87lib.countryfile import CountryFile
from a87lib.facts import said
from a87lib.framework import Framework
from a87lib.rules.cycle_reasons import decided_by, only_active
from a87lib.rules.erased import content_not_on_file
from a87lib.rules.finding import Answer, Outcome, Reason
from a87lib.rules.history import STATUS_KINDS, history
from a87lib.rules.rule import rule
from a87lib.rules.signals import ALL_SIGNS


@rule(
    "standing.reactivation_ready",
    paragraph="AF-REA-1",
    reads=("reactivation_requested", *ALL_SIGNS, *STATUS_KINDS),
    interpretations=("INT-13", "INT-18", "INT-19", "INT-20"),
    parameters=("reactivation.by_decision",),
    also=("AF-BOX-3",),
)
def reactivation_ready(file: CountryFile, asof: date, framework: Framework) -> Outcome:
    """Is everything on file that a reactivation asks for?"""
    since = history(file, framework).inactive_since
    if since is None:
        active = Reason("status_is_active", None, decided_by(file, framework))
        return only_active(file, framework) or Outcome(Answer.NOT_APPLICABLE, (active,))
    reasons, answers = [], []
    for key, kinds, numbers in _checklist(file, since):
        if numbers:
            reasons.append(Reason(f"{key}_there", None, numbers))
            continue
        told = file.erased(*kinds, *SHOWS.get(key, ()))
        erased = [entry for entry in told if entry.when.last > since]
        covered = not erased and all(file.covered(kind) for kind in kinds)
        answers.append(Answer.NO if covered else Answer.ASK)
        reasons.append(Reason(f"{key}_{'lacking' if covered else 'not_on_file'}"))
        reasons += content_not_on_file(erased)
    answer = Answer.NO if Answer.NO in answers else Answer.ASK if answers else Answer.YES
    return Outcome(answer, tuple(reasons))


SHOWS = dict.fromkeys(
    ("reactivation_evidence", "reactivation_collaboration"), ("subgroup_concluded",)
)
"""Kinds that may show a step too, beside those whose lack is told."""
Step = tuple[str, tuple[str, ...], tuple[int, ...]]


def _checklist(file: CountryFile, since: date) -> list[Step]:
    """The steps of a reactivation (AF-REA-1, AF-BOX-3): key, kinds read, entries that show it."""
    requests = [e for e in file.of("reactivation_requested") if e.when.last > since]
    letters = tuple(e.no for e in requests if e.body.addressed_to == "alliance_chair")
    corrected = tuple(e.no for e in requests if said(e.body.corrective_measures))

    def after(*kinds: str) -> tuple[int, ...]:
        return tuple(e.no for kind in kinds for e in file.of(kind) if e.when.last > since)

    def shown(criterion: str) -> tuple[int, ...]:
        return tuple(
            e.no
            for e in file.of("subgroup_concluded")
            if e.when.last > since
            and e.body.criterion == criterion
            and e.body.judgement != "not_shown"
        )

    request = ("reactivation_requested",)
    return [
        ("reactivation_letter", request, letters),
        ("corrective_measures", request, corrected),
        ("reactivation_report", ("report_received",), after("report_received")),
        (
            "reactivation_framework",
            ("indicator_framework_received",),
            after("indicator_framework_received"),
        ),
        (
            "reactivation_evidence",
            ("evidence_received",),
            after("evidence_received") + shown("evidence"),
        ),
        (
            "reactivation_collaboration",
            ("participation_recorded",),
            after("participation_recorded") + shown("collaboration"),
        ),
    ]
