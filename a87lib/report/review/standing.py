"""Status and how it came about (AF-PHA-1, AF-PLAN-9, AF-BOX-1 to -3)."""

from __future__ import annotations

from dataclasses import dataclass

from a87lib.countryfile import CountryFile
from a87lib.facts import Entry, PartialDate
from a87lib.report import documents as doc
from a87lib.report.inline import Piece
from a87lib.report.review.opening import Review
from a87lib.report.review.pieces import (
    STATUSES,
    answered,
    day,
    lines,
    quoted,
    reason,
    restricted,
    with_references,
)
from a87lib.rules import RULES, Answer, sentence
from a87lib.rules.readiness import CANDIDACY, READY

STEPS = (
    "interest_expressed",
    "interest_acknowledged",
    "gcm_informed",
    "calendar_set",
    "stakeholders_identified",
    "coordination_body_named",
    "situation_mapped",
    "workshop_held",
    "roadmap_submitted",
    "roadmap_presented",
    "roadmap_comments_made",
    "roadmap_comments_addressed",
    "decision_made",
    "profile_published",
    "profile_updated",
    "dialogue_opened",
    "dialogue_held",
    "dialogue_concluded",
    "support_offered",
    "support_given",
    "inactive_notice_sent",
    "reactivation_requested",
    "commitment_shown",
)
"""Kinds of entries that make the history of a status, beside the annual cycles."""
THIRD_PARTY = "status_stated"


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step on file. meeting: the GCM meeting at which it happened, where one is named."""

    kind: str
    when: PartialDate
    entry: Entry
    meeting: int | None


def milestones(file: CountryFile) -> list[Milestone]:
    """The steps of a country in order of days."""
    return [
        Milestone(entry.kind, entry.when, entry, entry.meeting)
        for entry in file.entries
        if entry.kind in STEPS
    ]


def standing(this: Review) -> doc.Element:
    """The status, since when and by which decision; the phase; what follows from it."""
    status = this.found("standing.status")
    phase = this.finding("standing.phase")
    benefits = this.finding("standing.benefits_suspended")
    told = [why for why in status.because if why.key != THIRD_PARTY]
    parts = [
        doc.paragraph(sentence(status, this.language), kind="lead"),
        doc.items([reason(this, why) for why in told]),
    ]
    rows: list[tuple[Piece, Piece]] = [
        (
            this.say("standing.status"),
            doc.badge(STATUSES[status.value], this.label("status", status.value)),
        )
    ]
    if phase is not None and phase.value is not None:
        rows.append((this.say("standing.phase"), this.label("phase", phase.value)))
    if benefits is not None and status.value in ("active", "inactive"):
        rows.append((this.say("standing.benefits"), sentence(benefits, this.language)))
    if any(why.key == THIRD_PARTY for why in status.because):
        link = doc.link("#statements", this.say("standing.statements_link"))
        rows.append((this.say("standing.statements"), link))
    parts.append(doc.definition_list(rows))
    return doc.stack(*parts, checklist(this))


def checklist(this: Review) -> doc.Element:
    """A candidate's steps towards the status: what is open, then musts before shoulds."""
    found = [f for key, f in this.findings.items() if key[0].startswith(CANDIDACY)]
    asked = [f for f in found if f.rule != READY and f.answer != Answer.NOT_APPLICABLE]
    if this.found("standing.status").value != "candidate" or not asked:
        return doc.stack()
    ready = this.found(READY)
    rows = [
        (
            this.rule_name(f.rule),
            this.label("strength", RULES[f.rule].strength),
            answered(this, f),
            with_references(
                this, sentence(f, this.language), *(no for why in f.because for no in why.entries)
            ),
            doc.code(f.paragraph),
        )
        for f in sorted(asked, key=lambda f: RULES[f.rule].strength != "must")
    ]
    return doc.stack(
        doc.section(3, this.rule_name(READY)),
        doc.paragraph(answered(this, ready), " ", sentence(ready, this.language)),
        doc.items([reason(this, why) for why in ready.because]),
        doc.table(
            this.say("standing.checklist"),
            [
                doc.Column(this.say("column.step"), width=2.2),
                doc.Column(this.say("column.strength"), width=1.2),
                doc.Column(this.say("column.answer"), width=1.2),
                doc.Column(this.say("column.finding"), width=3.6),
                doc.Column(this.say("column.paragraph"), width=1.3),
            ],
            rows,
        ),
    )


def steps(this: Review) -> doc.Element:
    """The steps on file, earliest first."""
    found = milestones(this.file)
    if not found:
        return doc.paragraph(this.say("nothing.milestones"))
    rows = [(day(this, step.when), _step(this, step)) for step in found]
    return doc.table(
        this.say("standing.milestones"),
        [
            doc.Column(this.say("column.date"), width=1.5),
            doc.Column(this.say("column.step"), width=5),
        ],
        rows,
        note=this.say("standing.milestones_note"),
    )


def _step(this: Review, step: Milestone) -> doc.Inline:
    name = with_references(this, doc.strong(this.label("entry_kind", step.kind)), step.entry.no)
    more = detail(this, step.entry)
    return name if more is None else lines([name, more])


def detail(this: Review, entry: Entry) -> doc.Inline | None:
    """What a step consisted of, in a few words; None where nothing more is on file."""
    pieces: list[Piece] = []
    if entry.meeting is not None:
        pieces.append(this.say("meeting", number=entry.meeting))
    pieces += _own(this, entry)
    if (mark := restricted(this, entry)) is not None:
        pieces.append(mark)
    return doc.joined(tuple(pieces), " · ") if pieces else None


CODED = (
    ("subject", "decision_subject"),
    ("addressed_to", "reactivation_addressed_to"),
    ("basis", "roadmap_basis"),
    ("outcome", "dialogue_outcome"),
    ("form", "support_form"),
)
WORDS = ("name", "place", "by", "text")


def _own(this: Review, entry: Entry) -> list[Piece]:
    body = entry.body
    found: list[Piece] = []
    for name, vocabulary in CODED:
        code = getattr(body, name, None)
        if code is not None:
            found.append(this.label(vocabulary, code))
    about = getattr(body, "about", None)
    if about is not None:
        vocabulary = "commitment_about" if entry.kind == "commitment_shown" else "dialogue_about"
        found.append(this.label(vocabulary, about))
    if getattr(body, "version", None):
        found.append(this.say("standing.version", version=body.version))
    if getattr(body, "groups", None):
        labels = [this.label("stakeholder_group", group) for group in body.groups]
        found.append(this.say("standing.groups", count=len(labels), groups=labels))
    for name in WORDS:
        text = getattr(body, name, None)
        if isinstance(text, str):
            found.append(quoted(this, entry, text))
    return found
