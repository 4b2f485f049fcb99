"""The paragraphs, dated values and readings that the findings used, in words."""

from __future__ import annotations

from collections.abc import Iterable

from a87lib.report import documents as doc
from a87lib.report.review.cycle import duties
from a87lib.report.review.decisions import questions
from a87lib.report.review.opening import Review
from a87lib.report.review.signs import WARNING, shown, signs
from a87lib.rules import Finding

STANDING = ("standing.status", "standing.phase", "standing.benefits_suspended")


def used(this: Review) -> list[Finding]:
    """The findings that the document shows."""
    found = [*signs(this), *(duty.finding for duty in duties(this))]
    found += [question.finding for question in questions(this)]
    found += [f for rule in (*STANDING, WARNING) if (f := this.finding(rule)) is not None]
    status = this.finding("standing.status")
    if status is not None and status.value == "candidate":
        found += [f for key, f in this.findings.items() if key[0].startswith("candidacy.")]
    return found


def paragraphs(found: Iterable[Finding]) -> list[str]:
    """Their paragraphs, each once, sorted."""
    return sorted({finding.paragraph for finding in found})


def readings(found: Iterable[Finding]) -> list[str]:
    """The readings they used, each once, sorted."""
    return sorted({name for finding in found for name in finding.interpretations})


def annex(this: Review) -> doc.Element:
    """Paragraphs with our summary; dated values; readings with the choice in use."""
    found = used(this)
    lead = doc.paragraph(this.say("annex.lead"))
    return doc.stack(lead, _paragraphs(this, found), _values(this, found), _readings(this, found))


def _paragraphs(this: Review, found: list[Finding]) -> doc.Element:
    texts = this.framework.paragraphs
    return doc.table(
        this.say("annex.paragraphs"),
        [
            doc.Column(this.say("column.paragraph"), width=1),
            doc.Column(this.say("column.summary"), width=5.5),
        ],
        [(doc.code(p), texts[p].summary[this.language]) for p in paragraphs(found)],
        note=this.say("annex.paragraphs_note"),
    )


def _values(this: Review, found: list[Finding]) -> doc.Element:
    values = {name: value for f in found for name, value in f.parameters.items()}
    dated = this.framework.parameters
    return doc.table(
        this.say("annex.values"),
        [this.say(f"column.{name}") for name in ("value_name", "value", "in_force")],
        [
            (
                dated[name].label[this.language],
                shown(this, name, value),
                this.day(dated[name].at(this.asked.asof).since),
            )
            for name, value in sorted(values.items())
        ],
        note=this.say("annex.values_note"),
    )


def _readings(this: Review, found: list[Finding]) -> doc.Element:
    read = this.framework.interpretations
    return doc.table(
        this.say("annex.readings"),
        [
            doc.Column(this.say("column.reading"), width=1),
            doc.Column(this.say("column.about"), width=1.8),
            doc.Column(this.say("column.words"), width=4),
        ],
        [
            (doc.code(name), read[name].title[this.language], read[name].in_words[this.language])
            for name in readings(found)
        ],
        note=this.say("annex.readings_note"),
    )
