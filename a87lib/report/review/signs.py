"""The five signs, each with its reasons, and the early warning (AF-REV-7, -8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from a87lib.language import format_number
from a87lib.report import documents as doc
from a87lib.report.inline import Piece
from a87lib.report.review.comments import replies_about
from a87lib.report.review.numbers import format_day_of_year
from a87lib.report.review.opening import Review
from a87lib.report.review.pieces import alike, lacking, reason, sign_badge, with_references
from a87lib.rules import Answer, Finding, sentence
from a87lib.rules.signals import SIGNS

WARNING = "signals.early_warning"


@dataclass(frozen=True, slots=True)
class Replies:
    """How often the country agreed, agreed in part and disagreed in a cycle. entry: its reply."""

    cycle: int
    entry: int
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Warned:
    """A sign that one further miss would make appear. on: the day; missed, coming: the cycles."""

    sign: str
    missed: int
    coming: int
    on: date


def signs(this: Review) -> list[Finding]:
    """What is found about each of the five signs, in the order of the text."""
    found = (this.finding(sign.id) for sign in SIGNS)
    return [finding for finding in found if finding is not None]


def replies(this: Review, finding: Finding) -> list[Replies]:
    """The country's replies in the cycles that a finding rests on."""
    cycles = sorted({why.cycle for why in finding.because if why.cycle is not None})
    return [
        Replies(cycle, entry.no, Counter(item.reply or "none" for item in entry.body.items))
        for cycle in cycles
        for entry in this.file.of("reply_received", cycle)
    ]


def warnings(this: Review) -> list[Warned]:
    """The signs that would appear, soonest first."""
    found = this.finding(WARNING)
    if found is None or found.answer is not Answer.YES:
        return []
    return [
        Warned(str(why.args["sign"]), why.args["missed"], why.cycle or 0, why.args["on"])
        for why in found.because
        if why.key == "sign_would_appear"
    ]


def five_signs(this: Review) -> doc.Element:
    """The five signs at a glance, then each with its reasons and what it rests on."""
    found = signs(this)
    parts = [
        doc.paragraph(summary(this, found), kind="lead"),
        doc.paragraph(this.say("signs.meaning"), kind="note"),
    ]
    if alike(found):
        parts += [_overview(this, found), _together(this, found)]
    else:
        parts += [_one(this, finding) for finding in found]
    return doc.stack(*parts)


def summary(this: Review, found: list[Finding]) -> str:
    """How many signs are there, in a sentence."""
    counts = Counter(finding.answer for finding in found)
    if counts[Answer.NOT_APPLICABLE] == len(found):
        return this.say("signs.not_applicable")
    if counts[Answer.ASK] == len(found):
        return this.say("signs.none_answered")
    here = [this.rule_name(f.rule) for f in found if f.answer is Answer.YES]
    told = this.listed(here)
    parts = [
        this.say("signs.present", count=len(here), signs=told) if here else this.say("signs.none")
    ]
    if counts[Answer.ASK]:
        parts.append(this.say("signs.open", count=counts[Answer.ASK]))
    if counts[Answer.TOO_EARLY]:
        parts.append(this.say("signs.early", count=counts[Answer.TOO_EARLY]))
    return " ".join(parts)


def _overview(this: Review, found: list[Finding]) -> doc.Element:
    return doc.table(
        this.say("signs.table"),
        [
            doc.Column(this.say("column.sign"), width=3.4),
            doc.Column(this.say("column.answer"), width=1.4),
            doc.Column(this.say("column.paragraph"), width=1.2),
        ],
        [(this.rule_name(f.rule), sign_badge(this, f), doc.code(f.paragraph)) for f in found],
    )


def _one(this: Review, finding: Finding) -> doc.Element:
    """A sign: its sentence, reasons, the country's reply, and what it rests on."""
    parts: list[doc.Element] = [
        doc.section(3, this.rule_name(finding.rule)),
        doc.paragraph(sign_badge(this, finding), " ", _dated(this, finding)),
    ]
    if finding.because:
        parts.append(doc.items([reason(this, why) for why in finding.because]))
    if finding.answer in (Answer.YES, Answer.ASK) and not lacking(finding):
        parts.append(_reply(this, finding))
    parts.append(doc.paragraph(rests_on(this, finding), kind="note"))
    return doc.stack(*parts)


def _dated(this: Review, finding: Finding) -> str:
    """The finding's sentence, with the day since which the sign is there."""
    told = sentence(finding, this.language)
    if finding.since is None:
        return told
    return f"{told} {this.say('signs.since', day=finding.since)}"


def _together(this: Review, found: list[Finding]) -> doc.Element:
    """One explanation where all five rest on the same reasons."""
    told = [why for why in found[0].because if why.key != "status_stated"]
    listed = [doc.items([reason(this, why) for why in told])] if told else []
    return doc.stack(
        doc.callout("note", this.say("signs.together"), *listed),
        doc.paragraph(rests_on(this, *found), kind="note"),
    )


def _reply(this: Review, finding: Finding) -> doc.Element:
    """The country's reply beside the finding, or that none is on file."""
    found = replies(this, finding)
    if not found:
        return doc.paragraph(doc.strong(this.say("signs.reply")), " ", this.say("signs.no_reply"))
    told = [with_references(this, _counted(this, reply), reply.entry) for reply in found]
    told += [said for reply in found for said in replies_about(this, reply.cycle, finding.rule)]
    link = doc.link("#comments", this.say("signs.replies_link"))
    return doc.stack(doc.paragraph(doc.strong(this.say("signs.reply")), " ", link), doc.items(told))


def _counted(this: Review, reply: Replies) -> str:
    parts = [
        this.say(f"signs.reply_{answer}", count=reply.counts[answer])
        for answer in ("agree", "partly", "disagree", "none")
        if reply.counts[answer]
    ]
    return this.say("signs.reply_in", cycle=reply.cycle, answers=parts)


def rests_on(this: Review, *found: Finding) -> doc.Inline:
    """Paragraphs, dated values and readings that findings used; the annex has their words."""
    paragraphs = {f.paragraph for f in found}
    pieces: list[Piece] = [this.say("signs.rests", count=len(paragraphs)), " ", *_codes(paragraphs)]
    for name, value in {name: v for f in found for name, v in f.parameters.items()}.items():
        label = this.framework.parameters[name].label[this.language]
        pieces += [
            this.listed(("", "")),
            this.say("signs.value", label=label, value=shown(this, name, value)),
        ]
    if readings := _codes(name for f in found for name in f.interpretations):
        pieces += [this.listed(("", "")), this.say("signs.readings"), " ", *readings]
    return doc.joined((*pieces, ". ", doc.link("#annex", this.say("signs.annex_link"))))


def _codes(names: Iterable[str]) -> list[Piece]:
    """Codes, each once, sorted, with commas between them."""
    each: list[tuple[Piece, Piece]] = [(doc.code(name), ", ") for name in sorted(set(names))]
    return [piece for pair in each for piece in pair][:-1]


def shown(this: Review, name: str, value: object) -> str:
    """A dated value as a reader writes it: a number, a day of the year, yes or no."""
    if isinstance(value, bool):
        return this.label("answer", "yes" if value else "no")
    if this.framework.parameters[name].unit == "day_of_year":
        month, day = map(int, str(value).split("-"))
        return format_day_of_year(month, day, this.language)
    return format_number(value, this.language) if isinstance(value, (int, float)) else str(value)


def early_warnings(this: Review) -> doc.Element:
    """Which sign would appear after one further miss, and on which day."""
    finding = this.finding(WARNING)
    if finding is None:
        return doc.stack()
    found = warnings(this)
    if not found:
        told = [why for why in finding.because if not why.key.startswith("status_")]
        return doc.stack(
            doc.paragraph(sentence(finding, this.language)),
            doc.items([reason(this, why) for why in told]) if told else doc.stack(),
        )
    rows = [
        (this.rule_name(each.sign), str(each.missed), str(each.coming), this.day(each.on))
        for each in found
    ]
    columns = [this.say(f"column.{name}") for name in ("sign", "missed", "coming", "would_appear")]
    return doc.stack(
        doc.callout("attention", sentence(finding, this.language), this.say("warnings.meaning")),
        doc.table(this.say("warnings.table"), columns, rows, note=rests_on(this, finding)),
    )
