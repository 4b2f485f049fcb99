"""How far a review is, and by when each round of it is to be done."""

from __future__ import annotations

from a87lib.desk.reviewing.review import Deadline
from a87lib.language import format_day
from a87lib.report import documents as doc
from a87lib.report.inline import BadgeKind, Inline, Piece
from widgets.controls import said
from widgets.judging import label

STATES: dict[str, BadgeKind] = {
    "empty": "missing", "draft": "attention", "delivered": "info", "concluded": "good",
}  # fmt: skip


def state(code: str, language: str) -> Inline:
    """A state of the review as a badge."""
    return doc.badge(STATES[code], label("review_state", code, language))


def undeclared(language: str) -> Inline:
    """The badge of a file that is closed until its reviewer has declared."""
    return doc.badge("attention", said("reviews.undeclared", language))


def deadline(found: Deadline | None, language: str) -> Piece:
    """The day of a deadline, and the last day with grace."""
    if found is None:
        return said("reviews.no_day", language)
    day = format_day(found.due_on, language)
    if found.closes_on == found.due_on:
        return day
    grace = said("reviews.grace", language, day=found.closes_on)
    return doc.joined((day, doc.line_break(), doc.small(grace)))
