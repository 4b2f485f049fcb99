"""What the GCM may have to decide, and what it decided (AF-REV-8 to -13, AF-REA, TR-DEC)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from a87lib.report import documents as doc
from a87lib.report.inline import Piece
from a87lib.report.review.opening import Review
from a87lib.report.review.pieces import day, lines, quoted, reason, with_references
from a87lib.rules import Answer, Finding, Reason, sentence


@dataclass(frozen=True, slots=True)
class Question:
    """Something that the GCM may decide: never a duty, never decided by the program.

    subject: as in decisions (grant_status, open_dialogue, declare_inactive, reactivate), or
    conclude_dialogue. open: a person has yet to say something first.
    """

    subject: str
    finding: Finding
    open: bool


def questions(this: Review) -> list[Question]:
    """The questions that follow from the file."""
    return list(_questions(this))


def _questions(this: Review) -> Iterator[Question]:
    asked = (
        ("grant_status", "candidacy.ready"),
        ("open_dialogue", "standing.dialogue_suggested"),
        ("declare_inactive", "standing.inactive_grounds"),
    )
    for subject, rule in asked:
        found = this.finding(rule)
        if found is None:
            continue
        if found.answer is Answer.YES:
            yield Question(subject, found, False)
        elif subject == "declare_inactive" and _only_conclusion_missing(found):
            yield Question("conclude_dialogue", found, True)
    ready = this.finding("standing.reactivation_ready")
    requested = this.file.of("reactivation_requested")
    if ready is not None and requested and ready.answer is not Answer.NOT_APPLICABLE:
        yield Question("reactivate", ready, ready.answer is not Answer.YES)


def _only_conclusion_missing(found: Finding) -> bool:
    keys = {why.key for why in found.because}
    return found.answer is Answer.ASK and "grounds_without_conclusion" in keys


def to_decide(this: Review) -> doc.Element:
    """The questions with their reasons, the state of dialogue and support, past decisions."""
    found = questions(this)
    parts: list[doc.Element] = []
    if found:
        parts.append(doc.paragraph(this.say("decisions.lead", count=len(found)), kind="lead"))
        parts += [_asked(this, question) for question in found]
    else:
        parts.append(doc.paragraph(this.say(f"decisions.{_why_none(this)}"), kind="lead"))
    parts.append(doc.paragraph(this.say("decisions.only_gcm"), kind="note"))
    return doc.stack(*parts, _inactive(this), _taken(this))


def _why_none(this: Review) -> str:
    status = this.finding("standing.status")
    return "not_on_file" if status is not None and status.value == "not_on_file" else "none"


def _asked(this: Review, question: Question) -> doc.Element:
    title = this.say(f"decisions.ask_{question.subject}", country=this.name)
    body: list[doc.Element | Piece] = [sentence(question.finding, this.language)]
    body.append(doc.items([reason(this, why) for why in question.finding.because]))
    if question.open:
        body.append(doc.strong(this.say(f"decisions.open_{question.subject}")))
    return doc.callout("decision", title, *body)


def _inactive(this: Review) -> doc.Element:
    """What of a reactivation is on file and what is not, for an inactive country."""
    ready = this.finding("standing.reactivation_ready")
    if ready is None or ready.answer is Answer.NOT_APPLICABLE or not ready.because:
        return doc.stack()
    if all(why.key == "status_not_on_file" for why in ready.because):
        return doc.stack()
    if "status_stated" in {why.key for why in ready.because}:
        return doc.stack()
    if this.file.of("reactivation_requested"):
        return doc.stack()
    return doc.stack(
        doc.section(3, this.say("decisions.reactivation")),
        doc.paragraph(this.say("decisions.reactivation_lead")),
        doc.items([_step(this, why) for why in ready.because]),
    )


def _step(this: Review, why: Reason) -> doc.Inline:
    return reason(this, why)


def _taken(this: Review) -> doc.Element:
    """Decisions on file, with how they were taken."""
    entries = this.file.of("decision_made")
    if not entries:
        return doc.stack()
    rows = []
    for entry in entries:
        body = entry.body
        how: list[Piece] = [_consensus(this, body.consensus)]
        if body.present is not None:
            how.append(this.say("decisions.present", count=len(body.present)))
        elif body.quorum is not None:
            how.append(this.say("decisions.quorum" if body.quorum else "decisions.no_quorum"))
        if entry.meeting is not None:
            how.insert(0, this.say("meeting", number=entry.meeting))
        what = with_references(this, this.label("decision_subject", body.subject), entry.no)
        text = quoted(this, entry, body.text) if body.text else this.say("no_text")
        rows.append((day(this, entry.when), what, text, lines(how)))
    columns = [this.say(f"column.{name}") for name in ("date", "decision", "wording", "how")]
    return doc.stack(
        doc.section(3, this.say("decisions.taken")),
        doc.table(this.say("decisions.table"), columns, rows, row_header=1),
    )


def _consensus(this: Review, consensus: bool | None) -> str:
    if consensus is None:
        return this.say("decisions.consensus_not_recorded")
    return this.say("decisions.consensus" if consensus else "decisions.no_consensus")
