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
    fw = this.framework
    language = this.language
    values = {name: value for f in found for name, value in f.parameters.items()}
    texts = doc.table(
        this.say("annex.paragraphs"),
        [
            doc.Column(this.say("column.paragraph"), width=1),
            doc.Column(this.say("column.summary"), width=5.5),
        ],
        [(doc.code(p), fw.paragraphs[p].summary[language]) for p in paragraphs(found)],
        note=this.say("annex.paragraphs_note"),
    )
    dated = doc.table(
        this.say("annex.values"),
        [this.say(f"column.{name}") for name in ("value_name", "value", "in_force")],
        [
            (
                fw.parameters[name].label[language],
                shown(this, name, value),
                this.day(fw.parameters[name].at(this.asked.asof).since),
            )
            for name, value in sorted(values.items())
        ],
        note=this.say("annex.values_note"),
    )
    read = doc.table(
        this.say("annex.readings"),
        [
            doc.Column(this.say("column.reading"), width=1),
            doc.Column(this.say("column.about"), width=1.8),
            doc.Column(this.say("column.words"), width=4),
        ],
        [
            (
                doc.code(name),
                fw.interpretations[name].title[language],
                fw.interpretations[name].in_words[language],
            )
            for name in readings(found)
        ],
        note=this.say("annex.readings_note"),
    )
    return doc.stack(doc.paragraph(this.say("annex.lead")), texts, dated, read)
