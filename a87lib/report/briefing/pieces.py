"""Pieces that all papers use: answers as badges, reasons that this edition may show, dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from a87lib.facts import Entry, said
from a87lib.report import documents as doc
from a87lib.report.briefing.opening import Briefing
from a87lib.report.inline import BadgeKind, Piece
from a87lib.report.review.pieces import ANSWERS, SIGNS, lacking
from a87lib.report.review.pieces import lines as lines
from a87lib.rules import Answer, Finding, Reason, reason_sentence

SHORT: dict[Answer, str] = {
    Answer.YES: "yes",
    Answer.NO: "no",
    Answer.TOO_EARLY: "early",
    Answer.ASK: "ask",
    Answer.NOT_APPLICABLE: "na",
}


def answer_word(this: Briefing, finding: Finding | None) -> str:
    """An answer as a word: yes, no, too early, open, not on file, not applicable."""
    if finding is None or finding.answer is None:
        return this.say("answer.not_on_file")
    if finding.answer is Answer.ASK and lacking(finding):
        return this.say("answer.not_on_file")
    return this.say(f"answer.{SHORT[finding.answer]}")


def answered(this: Briefing, finding: Finding | None) -> doc.Inline:
    """The answer about a step or a duty, as a badge."""
    return _badge(this, finding, ANSWERS)


def sign(this: Briefing, finding: Finding | None) -> doc.Inline:
    """Whether a sign is there, as a badge."""
    return _badge(this, finding, SIGNS)


def _badge(this: Briefing, finding: Finding | None, kinds: dict[Answer, BadgeKind]) -> doc.Inline:
    kind: BadgeKind = "missing"
    if finding is not None and finding.answer is not None:
        kind = kinds[finding.answer]
    return doc.badge(kind, answer_word(this, finding))


def reasons(this: Briefing, because: Iterable[Reason]) -> list[str]:
    """The reasons as sentences: those that rest only on what this edition may show."""
    shown = [why for why in because if this.seen.issuperset(why.entries)]
    return list(dict.fromkeys(reason_sentence(why, this.language) for why in shown))


def told(this: Briefing, because: Iterable[Reason]) -> Piece:
    """The reasons in one cell, a line each."""
    found = reasons(this, because)
    return lines(list(found)) if found else this.say("reasons_elsewhere")


def stated(this: Briefing, entry: Entry, value: object) -> Piece:
    """A field that holds text, texts, or just that something was stated."""
    if isinstance(value, str) and said(value):
        return this.quoted(entry, value)
    if isinstance(value, list) and value:
        return lines([this.quoted(entry, str(one)) for one in value])
    return this.say("stated" if said(value) else "not_stated")


def text_of(this: Briefing, entry: Entry, value: str | None) -> Piece:
    """Free text, or that there is none on file."""
    return this.quoted(entry, value) if value else this.say("no_text")


def nothing(this: Briefing, key: str) -> doc.Element:
    """A sentence where there is nothing to show."""
    return doc.paragraph(this.say(f"nothing.{key}"))


def columns(this: Briefing, names: Sequence[str], widths: Sequence[float]) -> list[doc.Column]:
    """Titled columns with their relative widths; 0 for as wide as the content."""
    return [
        doc.Column(this.say(f"column.{name}"), width=width or None)
        for name, width in zip(names, widths, strict=True)
    ]
