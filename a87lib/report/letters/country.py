"""Letters to a country: interest, yearly notice, comments, dialogue, inactivity, reactivation."""

from __future__ import annotations

from typing import Any

from a87lib.facts import Entry
from a87lib.language import with_colon
from a87lib.report import documents as doc
from a87lib.report.briefing.overview import LETTERS as SIGNS
from a87lib.report.briefing.overview import present
from a87lib.report.briefing.pieces import answered, reasons, sign
from a87lib.report.inline import Piece
from a87lib.report.letters.opening import Letter
from a87lib.report.review.signs import WARNING
from a87lib.rules import Answer, sentence
from a87lib.rules.duties import due_on, next_due
from a87lib.rules.history import Change, history
from a87lib.rules.readiness import READY, checklist

DUTIES = ("cycle.report_received", "cycle.report_on_time", "cycle.framework_updated",
          "cycle.report_finalised")  # fmt: skip
SUPPORT = ("I", "II", "III", "IV")
REACTIVATION = ("letter", "measures", "report", "framework", "evidence", "collaboration")


def interest_answer(this: Letter) -> doc.Element:
    """Answer to an expression of interest (AF-EOI-1 to -4)."""
    file = this.country.shown
    letter = file.last("interest_expressed")
    if letter is None:
        raise this.refused()
    who = this.file.label("addressed_to", letter.body.addressed_to)
    parts = [this.paragraph("interest.thanks", day=letter.when, who=who)]
    told = file.last("gcm_informed")
    parts.append(
        this.paragraph("interest.gcm_informed", day=told.when)
        if told is not None
        else this.paragraph("interest.gcm_will_be")
    )
    parts += [this.paragraph("interest.invites"), this.paragraph("interest.calendar")]
    named = this.finding("candidacy.focal_points_named")
    if named is not None and named.answer in (Answer.NO, Answer.ASK):
        parts.append(this.paragraph("interest.focal_points"))
    steps = [
        row.finding
        for row in checklist(this.country.whole.file, this.file.framework)
        if row.strength == "must" and row.moves and row.finding.rule != READY
    ]
    if steps:
        listed: list[Piece] = [
            doc.joined((this.rule_name(f.rule), " ", doc.code(f.paragraph))) for f in steps
        ]
        parts += [this.paragraph("interest.steps"), doc.items(listed)]
    return doc.stack(*parts, this.paragraph("interest.peers"))


def status_notice(this: Letter) -> doc.Element:
    """Yearly notice of status (AF-REV-5)."""
    status = this.country.whole.found("standing.status")
    if status.value not in ("active", "inactive"):
        raise this.refused()
    parts = [
        this.paragraph("notice.lead", cycle=this.cycle),
        doc.paragraph(doc.strong(sentence(status, this.language))),
    ]
    duties = [f for rule in DUTIES if (f := this.finding(rule, this.cycle)) is not None]
    owed = [f for f in duties if f.answer is not Answer.NOT_APPLICABLE]
    if owed:
        parts.append(
            doc.table(
                this.say("notice.duties", cycle=this.cycle),
                this.columns("duty", "answer", "why", widths=(2.4, 1, 3.8)),
                [
                    (this.rule_name(f.rule), answered(this.file, f),
                     " ".join(reasons(this.file, f.because)) or sentence(f, this.language))
                    for f in owed
                ],
            )
        )  # fmt: skip
    return doc.stack(*parts, *(_signs(this) if status.value == "active" else _way_back(this)))


def _signs(this: Letter) -> list[doc.Element]:
    found = [f for rule in SIGNS if (f := this.finding(rule)) is not None]
    parts = [
        doc.table(
            this.say("notice.signs", day=this.asked.asof),
            this.columns("sign", "answer", widths=(5, 1)),
            [(this.rule_name(f.rule), sign(this.file, f)) for f in found],
            note=this.say("notice.meaning"),
        )
    ]
    warning = this.finding(WARNING)
    if warning is not None and warning.answer is Answer.YES:
        parts.append(doc.paragraph(sentence(warning, this.language)))
    coming, on = next_due(this.asked.asof, this.file.framework)
    return [*parts, this.paragraph("next_due", cycle=coming, day=on)]


def _way_back(this: Letter) -> list[doc.Element]:
    """What a reactivation takes."""
    listed: list[Piece] = [this.say(f"back.{step}") for step in REACTIVATION]
    return [this.paragraph("back.lead"), doc.items(listed), this.paragraph("back.support")]


def comments(this: Letter) -> doc.Element:
    """The working group's comments, item by item, with room for the reply (AF-MON-4)."""
    sent = this.country.shown.of("comments_sent", this.cycle)
    items = [(entry, item) for entry in sent for item in entry.body.items]
    if not items:
        raise this.refused()
    replies = {
        item.item: (entry, item)
        for entry in this.country.shown.of("reply_received", this.cycle)
        for item in entry.body.items
    }
    table = doc.table(
        this.say("comments.table", cycle=this.cycle),
        this.columns("no", "comment", "reply", widths=(0.5, 3.2, 3)),
        [
            (item.no, this.file.quoted(entry, item.text), _reply(this, replies.get(item.no)))
            for entry, item in items
        ],
        note=this.say("comments.note"),
    )
    due = due_on(this.cycle + 1, this.file.framework)
    return doc.stack(
        this.paragraph("comments.lead", cycle=this.cycle),
        table,
        this.paragraph("comments.finalise", day=due),
    )


def _reply(this: Letter, found: tuple[Entry, Any] | None) -> Piece:
    """The reply on file, or the three answers to choose from."""
    if found is None:
        return this.say("comments.room")
    entry, item = found
    pieces: list[Piece] = [this.file.label("reply", item.reply)] if item.reply else []
    if item.text:
        pieces.append(this.file.quoted(entry, item.text))
    colon = with_colon("", "", this.language)
    return doc.joined(tuple(pieces), colon) if pieces else this.say("comments.room")


def dialogue(this: Letter) -> doc.Element:
    """Opening of a dialogue (AF-REV-8 to -11)."""
    there = present(this.country)
    file = this.country.shown
    opened = file.last("dialogue_opened")
    decided = [e for e in file.of("decision_made") if e.body.subject == "open_dialogue"]
    if not there or not (opened or decided):
        raise this.refused()
    last = decided[-1] if decided else None
    parts = [
        this.paragraph("dialogue.decided", meeting=last.meeting or "", day=last.when)
        if last is not None and last.meeting is not None
        else this.paragraph("dialogue.opened")
    ]
    listed: list[Piece] = []
    for finding in there:
        why = " ".join(reasons(this.file, finding.because))
        listed.append(
            doc.joined((doc.strong(this.rule_name(finding.rule)), f". {why}" if why else ""))
        )
    parts += [
        this.paragraph("dialogue.signs"),
        doc.items(listed),
        this.paragraph("dialogue.purpose"),
    ]
    parts += [this.paragraph("dialogue.circumstances"), this.paragraph("dialogue.support")]
    forms: list[Piece] = [f"{form}. {this.file.label('support_form', form)}" for form in SUPPORT]
    return doc.stack(*parts, doc.items(forms), this.paragraph("dialogue.proposal"))


def _change(this: Letter, status: str) -> Change:
    """The last change of status, if it is to this one; otherwise the letter has no ground."""
    changes = history(this.country.whole.file, this.file.framework).changes
    if not changes or changes[-1].status != status:
        raise this.refused()
    return changes[-1]


def inactivity(this: Letter) -> doc.Element:
    """That the country was declared inactive, and the way back (AF-REV-12, -13)."""
    change = _change(this, "inactive")
    parts = [_decision(this, "inactivity.decided", change)]
    steps = [
        this.file.label("entry_kind", entry.kind) + ", " + this.file.day(entry.when)
        for kind in ("dialogue_held", "support_offered", "support_given", "dialogue_concluded")
        for entry in this.country.shown.of(kind)
        if entry.when.last <= change.on
    ]
    if steps:
        parts += [this.paragraph("inactivity.before"), doc.items(steps)]
    return doc.stack(*parts, this.paragraph("inactivity.suspended"), *_way_back(this))


def _decision(this: Letter, key: str, change: Change) -> doc.Element:
    return this.paragraph(key, meeting=change.entry.meeting or "–", day=change.on)


def reactivation(this: Letter) -> doc.Element:
    """That the status is active again, and what is owed next (AF-REA-1, INT-19)."""
    change = _change(this, "active")
    if change.entry.body.subject != "reactivate":
        raise this.refused()
    coming, on = next_due(this.asked.asof, this.file.framework)
    return doc.stack(
        _decision(this, "reactivation.decided", change),
        this.paragraph("reactivation.advantages"),
        this.paragraph("next_due", cycle=coming, day=on),
        this.paragraph("reactivation.support"),
    )
