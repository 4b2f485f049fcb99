"""Difficulties met and what the country wishes to learn, as its report states them (AF-MON-2)."""

from __future__ import annotations

from a87lib.facts import Entry
from a87lib.report import documents as doc
from a87lib.report.inline import Piece
from a87lib.report.review.opening import Review
from a87lib.report.review.pieces import quoted, with_references


def learning(this: Review) -> doc.Element:
    """What the report of the cycle states of the country as a whole, then of single actions."""
    parts = [*_general(this), *_of_actions(this)]
    if not parts:
        return doc.stack()
    return doc.stack(doc.section(3, this.say("roadmap.learning")), *parts)


def _general(this: Review) -> list[doc.Element]:
    """Difficulties and wishes of the country as a whole."""
    told: list[tuple[Piece, list[Piece]]] = []
    reports = this.file.of("report_received", this.cycle)
    for key, field in (("difficulty", "difficulties"), ("wish", "wishes_to_learn")):
        texts = [
            with_references(this, quoted(this, entry, text), entry.no)
            for entry in reports
            for text in getattr(entry.body, field)
        ]
        if texts:
            told.append((this.say(f"column.{key}"), list(texts)))
    if not told:
        return []
    lead = this.say("roadmap.learning_country", cycle=this.cycle)
    return [doc.paragraph(lead), doc.definition_list(told)]


def _of_actions(this: Review) -> list[doc.Element]:
    """Difficulties and wishes beside the actions that they are about."""
    rows = [
        (
            with_references(this, entry.body.action, entry.no),
            _said(this, entry, entry.body.difficulty),
            _said(this, entry, entry.body.wish_to_learn),
        )
        for entry in this.file.of("action_progress_stated", this.cycle)
        if entry.body.difficulty or entry.body.wish_to_learn
    ]
    if not rows:
        return []
    columns = [this.say(f"column.{name}") for name in ("action", "difficulty", "wish")]
    return [doc.table(this.say("roadmap.learning_table", cycle=this.cycle), columns, rows)]


def _said(this: Review, entry: Entry, text: str | None) -> Piece:
    return quoted(this, entry, text) if text else this.say("none_stated")
