"""Pieces that all sections use: answers as badges, references to entries, words of others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from a87lib.facts import Entry, PartialDate, said
from a87lib.report import documents as doc
from a87lib.report.inline import BadgeKind, Piece
from a87lib.report.review.opening import Review
from a87lib.rules import Answer, Finding, Reason, reason_sentence

ZERO_WIDTH_SPACE = "\u200b"
_LONG = re.compile(r"\S{25,}")
_PART = re.compile(r"[^/.-]{1,12}[/.-]*|[/.-]+")
ANSWERS: dict[Answer, BadgeKind] = {
    Answer.YES: "good",
    Answer.NO: "bad",
    Answer.TOO_EARLY: "neutral",
    Answer.ASK: "missing",
    Answer.NOT_APPLICABLE: "neutral",
}
SIGNS: dict[Answer, BadgeKind] = ANSWERS | {Answer.YES: "bad", Answer.NO: "good"}
STATUSES: dict[str, BadgeKind] = {
    "active": "good",
    "candidate": "info",
    "inactive": "attention",
    "none": "neutral",
    "not_on_file": "missing",
}


def answered(this: Review, finding: Finding | None) -> doc.Inline:
    """The answer of a finding about a step or duty, as a badge."""
    if finding is None or finding.answer is None:
        return doc.badge("missing", this.say("not_on_file"))
    return doc.badge(ANSWERS[finding.answer], this.say(f"answer.{answer_key(finding)}"))


def sign_badge(this: Review, finding: Finding | None) -> doc.Inline:
    """Whether a sign is there, as a badge; what is not on file is no sign."""
    if finding is None or finding.answer is None:
        return doc.badge("missing", this.say("not_on_file"))
    return doc.badge(SIGNS[finding.answer], this.say(f"sign.{answer_key(finding)}"))


def answer_key(finding: Finding) -> str:
    """The answer as a key; `open` where things are on file and people are still to say."""
    if finding.answer is Answer.ASK and not lacking(finding):
        return "open"
    return str(finding.answer)


def lacking(finding: Finding) -> bool:
    """Whether the answer is open because the register does not claim to be complete."""
    return any("not_on_file" in reason.key for reason in finding.because)


def alike(found: Sequence[Finding]) -> bool:
    """Whether all findings have the same answer for the same reasons."""
    first = found[0]
    return all((f.answer, f.because) == (first.answer, first.because) for f in found)


def references(this: Review, numbers: Iterable[int]) -> doc.Inline | None:
    """References to entries, `[12, 13]`, which lead to the list of sources; None without any."""
    known = [no for no in dict.fromkeys(numbers) if no in this.numbers]
    if not known:
        return None
    this.cited.update(known)
    names = ", ".join(this.numbers[no] for no in known)
    return doc.small(doc.link("#sources", f"[{names}]"))


def with_references(this: Review, piece: Piece, *numbers: int) -> doc.Inline:
    """A piece followed by the references of the entries it rests on."""
    found = references(this, numbers)
    return doc.joined((piece,)) if found is None else doc.joined((piece, " ", found))


def reason(this: Review, why: Reason) -> doc.Inline:
    """A reason as a sentence with its references."""
    return with_references(this, reason_sentence(why, this.language), *why.entries)


def reasons(this: Review, because: Iterable[Reason]) -> doc.Inline:
    """Reasons in one cell, a line each."""
    lines: list[Piece] = []
    for why in because:
        lines += [doc.line_break(), reason(this, why)] if lines else [reason(this, why)]
    return doc.joined(tuple(lines))


def lines(pieces: Sequence[Piece]) -> doc.Inline:
    """Pieces in one cell, a line each."""
    spread: list[Piece] = []
    for piece in pieces:
        spread += [doc.line_break(), piece] if spread else [piece]
    return doc.joined(tuple(spread))


def quoted(this: Review, entry: Entry, text: str) -> Piece:
    """Somebody's own words, marked with their language where it is not the document's."""
    language = getattr(entry.body, "language", None)
    return doc.foreign(language, text) if language and language != this.language else text


def stated(this: Review, entry: Entry, value: object) -> Piece:
    """A field that holds text, texts, or just that something was stated."""
    if isinstance(value, str) and said(value):
        return quoted(this, entry, value)
    if isinstance(value, list) and value:
        return lines([quoted(this, entry, str(one)) for one in value])
    return this.say("stated" if said(value) else "not_stated")


def day(this: Review, when: PartialDate) -> str:
    """A date as precise as it is known."""
    return when.say(this.language)


def restricted(this: Review, entry: Entry) -> doc.Inline | None:
    """Who may see an entry, where it was kept narrower than its kind is by default."""
    if entry.visibility == type(entry.body).default_visibility:
        return None
    return doc.badge("neutral", this.label("visibility", entry.visibility))


def breakable(text: str) -> str:
    """The text with places in its long words (addresses, digests) where a line may end."""
    return _LONG.sub(lambda word: ZERO_WIDTH_SPACE.join(_PART.findall(word[0])), text)


def nothing(this: Review, key: str) -> doc.Element:
    """A sentence where there is nothing on file to show."""
    return doc.paragraph(this.say(f"nothing.{key}"))
