"""Earlier comments and what became of them, with the country's reply beside each (AF-MON-4)."""

from __future__ import annotations

from dataclasses import dataclass

from a87lib.facts import Entry
from a87lib.report import documents as doc
from a87lib.report.inline import BadgeKind, Piece
from a87lib.report.review.opening import Review
from a87lib.report.review.pieces import day, lines, nothing, quoted, with_references

REPLIES: dict[str, BadgeKind] = {"agree": "good", "partly": "attention", "disagree": "info"}


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A comment with the country's reply to it, if there is one on file.

    about: the criterion or rule that it is about, if it says so.
    """

    no: str
    text: str
    comment: Entry
    reply: str | None
    reply_text: str | None
    replied: Entry | None
    about: str | None = None


def cycles_with_comments(this: Review) -> list[int]:
    """The cycles of which comments are on file, latest first, up to the cycle under review."""
    cycles = {entry.cycle for entry in this.file.of("comments_sent") if entry.cycle is not None}
    return sorted((cycle for cycle in cycles if cycle <= this.cycle), reverse=True)


def rows(this: Review, cycle: int) -> list[CommentRow]:
    """The comments of a cycle, each with the last reply to it."""
    replied = {
        item.item: (entry, item)
        for entry in this.file.of("reply_received", cycle)
        for item in entry.body.items
    }
    found = []
    for entry in this.file.of("comments_sent", cycle):
        for item in entry.body.items:
            reply, answer = replied.get(item.no, (None, None))
            found.append(
                CommentRow(
                    no=item.no,
                    text=item.text,
                    comment=entry,
                    reply=answer.reply if answer is not None else None,
                    reply_text=answer.text if answer is not None else None,
                    replied=reply,
                    about=item.about,
                )
            )
    return found


def replies_about(this: Review, cycle: int, about: str) -> list[doc.Inline]:
    """The country's replies to the comments about a criterion or rule: its right of reply."""
    return [
        lines([this.say("comments.reply_to", no=row.no), _reply(this, row)])
        for row in rows(this, cycle)
        if row.about == about and row.replied is not None
    ]


def comments(this: Review) -> doc.Element:
    """The comments of each cycle with replies and what followed; next steps; the roadmap's."""
    parts: list[doc.Element] = []
    found = cycles_with_comments(this)
    if not found:
        parts.append(nothing(this, "comments"))
    for cycle in found:
        parts += [doc.section(3, this.say("comments.cycle", cycle=cycle)), *_cycle(this, cycle)]
    return doc.stack(*parts, _next_steps(this), _on_roadmap(this))


def _cycle(this: Review, cycle: int) -> list[doc.Element]:
    found = rows(this, cycle)
    what = doc.paragraph(_became(this, cycle))
    if not found:
        return [what, doc.paragraph(this.say("comments.no_items"))]
    table = doc.table(
        this.say("comments.table", cycle=cycle),
        [
            doc.Column(this.say("column.no"), width=0.5),
            doc.Column(this.say("column.comment"), width=3),
            doc.Column(this.say("column.reply"), width=3.4),
        ],
        [(row.no, _comment(this, row), _reply(this, row)) for row in found],
    )
    return [what, table]


def _became(this: Review, cycle: int) -> doc.Inline:
    """What became of a cycle's comments, in a sentence."""
    sent = this.file.of("comments_sent", cycle)[0]
    reply = this.file.last("reply_received", cycle)
    final = this.file.first("report_finalised", cycle)
    parts: list[Piece] = [with_references(this, this.say("comments.sent", day=sent.when), sent.no)]
    for entry, key in ((reply, "replied"), (final, "finalised")):
        if entry is not None:
            text = this.say(f"comments.{key}", day=entry.when)
            parts.append(with_references(this, text, entry.no))
        else:
            parts.append(this.say(f"comments.not_{key}"))
    return doc.joined(tuple(parts), " ")


def _comment(this: Review, row: CommentRow) -> Piece:
    return quoted(this, row.comment, row.text)


def _reply(this: Review, row: CommentRow) -> Piece:
    if row.replied is None:
        return doc.badge("missing", this.say("comments.no_reply"))
    pieces: list[Piece] = []
    if row.reply is not None:
        pieces.append(doc.badge(REPLIES[row.reply], this.label("reply", row.reply)))
    if row.reply_text:
        pieces.append(quoted(this, row.replied, row.reply_text))
    return lines(pieces) if pieces else this.say("no_text")


def _next_steps(this: Review) -> doc.Element:
    """The next steps that the country set itself, latest cycle first."""
    entries = [e for e in this.file.of("next_steps_stated") if (e.cycle or 0) <= this.cycle]
    if not entries:
        return doc.stack()
    table = doc.table(
        this.say("comments.steps_table"),
        [
            doc.Column(this.say("column.cycle"), width=0.7),
            doc.Column(this.say("column.stated_on"), width=1.3),
            doc.Column(this.say("column.steps"), width=4),
        ],
        [
            (
                str(entry.cycle),
                with_references(this, day(this, entry.when), entry.no),
                lines([quoted(this, entry, f"{item.no}. {item.text}") for item in entry.body.items])
                if entry.body.items
                else this.say("no_text"),
            )
            for entry in reversed(entries)
        ],
    )
    return doc.stack(doc.section(3, this.say("comments.steps")), table)


def _on_roadmap(this: Review) -> doc.Element:
    """The GCM's comments on the roadmap and how the country dealt with each (AF-PLAN-8)."""
    made = this.file.of("roadmap_comments_made")
    if not made:
        return doc.stack()
    addressed = {
        item.no: (entry, item.text)
        for entry in this.file.of("roadmap_comments_addressed")
        for item in entry.body.items
    }
    found = []
    for entry in made:
        for item in entry.body.items:
            text: Piece = quoted(this, entry, item.text)
            found.append(
                (
                    item.no,
                    with_references(this, text, entry.no),
                    _dealt(this, addressed.get(item.no)),
                )
            )
    if not found:
        return doc.stack()
    columns = [this.say(f"column.{name}") for name in ("no", "comment", "dealt")]
    return doc.stack(
        doc.section(3, this.say("comments.roadmap")),
        doc.table(this.say("comments.roadmap_table"), columns, found),
    )


def _dealt(this: Review, found: tuple[Entry, str] | None) -> Piece:
    if found is None:
        return doc.badge("missing", this.say("not_on_file"))
    entry, text = found
    return with_references(this, quoted(this, entry, text), entry.no)
