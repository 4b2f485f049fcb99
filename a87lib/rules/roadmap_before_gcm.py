"""Candidacy: the roadmap before the GCM, presented and commented on (AF-PLAN-7, -8)."""

from __future__ import annotations

from datetime import date

from a87lib.countryfile import CountryFile
from a87lib.facts import Entry, said
from a87lib.framework import Framework
from a87lib.rules.candidacy_steps import READINGS, STEP_KINDS, done, lacking, not_there
from a87lib.rules.finding import Answer, Outcome, Reason
from a87lib.rules.rule import rule


@rule(
    "candidacy.roadmap_presented",
    paragraph="AF-PLAN-7",
    reads=("roadmap_presented", *STEP_KINDS),
    interpretations=READINGS,
    strength="should",
)
def roadmap_presented(file: CountryFile, asof: date, framework: Framework) -> Outcome:
    """Were priorities and planned consultation process presented at a regular GCM meeting?"""
    entries = file.of("roadmap_presented")
    if not entries:
        return not_there(file, framework, "roadmap_presented", "presentation")
    faults: list[Reason] = []
    for entry in entries:
        faults = _presentation_faults(file, entry)
        if not faults:
            return done("presentation", entry)
    return lacking("presentation", entries, *faults)


def _presentation_faults(file: CountryFile, entry: Entry) -> list[Reason]:
    faults = [
        Reason(f"presented_without_{part}", None, (entry.no,))
        for part in ("priorities", "consultation_process")
        if (value := getattr(entry.body, part)) is not None and not said(value)
    ]
    for held in file.meetings.get(entry.meeting or 0, ()):
        if held.kind == "meeting_held" and not held.body.regular:
            faults.append(Reason("presented_at_extraordinary_meeting", None, (held.no,)))
    return faults


@rule(
    "candidacy.comments_addressed",
    paragraph="AF-PLAN-8",
    reads=("roadmap_comments_made", "roadmap_comments_addressed", *STEP_KINDS),
    interpretations=READINGS,
    strength="should",
)
def comments_addressed(file: CountryFile, asof: date, framework: Framework) -> Outcome:
    """Were the GCM's comments on the roadmap dealt with?"""
    made = file.last("roadmap_comments_made")
    if made is None:
        if file.covered("roadmap_comments_made"):
            return Outcome(Answer.NOT_APPLICABLE, (Reason("no_roadmap_comments"),))
        return Outcome(Answer.ASK, (Reason("roadmap_comments_not_on_file"),))
    answered = [e for e in file.of("roadmap_comments_addressed") if e.when.last >= made.when.last]
    if answered:
        return done(
            "comments",
            answered[0],
            Reason("roadmap_comments_made", None, (made.no,), {"when": made.when}),
        )
    return not_there(file, framework, "roadmap_comments_addressed", "comments")
