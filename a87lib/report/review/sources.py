"""The entries that the document rests on, with where they come from, and corrections made."""

from __future__ import annotations

from dataclasses import dataclass

from a87lib.facts import Entry
from a87lib.report import documents as doc
from a87lib.report.inline import Piece
from a87lib.report.review.opening import Review
from a87lib.report.review.pieces import breakable, day, lines

KEPT = "sha256:"
"""How the reference to a document begins that is kept, whole, in the register."""


@dataclass(frozen=True, slots=True)
class Correction:
    """An entry that was corrected or withdrawn, and the entry that did it."""

    before: Entry
    after: Entry


def corrections(this: Review) -> list[Correction]:
    """Corrections of entries of this file, in the order in which they were recorded."""
    by_no = {entry.no: entry for entry in this.entries}
    return [
        Correction(by_no[entry.corrects], entry)
        for entry in this.entries
        if entry.corrects in by_no and by_no[entry.corrects].country == this.asked.country
    ]


def sources(this: Review) -> doc.Element:
    """Every entry cited so far, by its number in this document; like ones in one row."""
    shown = [e for e in this.file.entries if e.no in this.cited]
    declared = [e for e in this.entries if e.no in this.cited and e.kind == "coverage_declared"]
    parts: list[doc.Element] = [doc.paragraph(this.say("sources.lead"))]
    rows = [_row(this, group) for group in grouped(this, [*shown, *declared])]
    if rows:
        parts.append(
            doc.table(
                this.say("sources.table"),
                [
                    doc.Column(this.say("column.no"), width=0.5),
                    doc.Column(this.say("column.entry"), width=2.3),
                    doc.Column(this.say("column.happened"), width=1.6),
                    doc.Column(this.say("column.source"), width=3.6),
                ],
                rows,
                note=this.say("sources.note"),
            )
        )
    return doc.stack(*parts, _corrections(this))


def grouped(this: Review, entries: list[Entry]) -> list[list[Entry]]:
    """Entries that came together (same kind, cycle, days and origin), in order."""
    groups: dict[tuple[object, ...], list[Entry]] = {}
    for entry in entries:
        came = entry.recorded_at.date()
        key = (entry.kind, entry.cycle, entry.when, came, origin(this, entry))
        groups.setdefault(key, []).append(entry)
    return list(groups.values())


def _row(this: Review, group: list[Entry]) -> tuple[Piece, ...]:
    entry = group[0]
    what: list[Piece] = [this.label("entry_kind", entry.kind)]
    if entry.cycle is not None:
        what.append(doc.small(this.say("sources.cycle", cycle=entry.cycle)))
    return (
        numbers_told([this.numbers[each.no] for each in group]),
        doc.joined(tuple(what), " "),
        _days(this, entry),
        origin(this, entry),
    )


def numbers_told(names: list[str]) -> str:
    """Numbers as a reader writes them: `3`, `3, 5`, `110–117`."""
    places = [int(name) for name in names if name.isdigit()]
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    told = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    return ", ".join([*told, *(name for name in names if not name.isdigit())])


def _days(this: Review, entry: Entry) -> Piece:
    """When it happened, and when it was recorded where that was on another day."""
    happened = day(this, entry.when)
    came = entry.recorded_at.date()
    if entry.when.first <= came <= entry.when.last:
        return happened
    return lines([happened, doc.small(this.say("sources.recorded", day=came))])


def origin(this: Review, entry: Entry) -> Piece:
    """The document received, the source stated, or the publisher's series."""
    body = entry.body
    told: list[Piece] = []
    document = document_name(this, entry)
    if document is not None:
        told.append(document)
    publisher = getattr(body, "publisher", None)
    if publisher:
        told.append(" – ".join(filter(None, (publisher, body.series, body.edition))))
        if body.licence:
            told.append(doc.small(this.say("sources.licence", licence=body.licence)))
    if entry.source:
        told.append(breakable(entry.source))
    return lines(told) if told else this.say("sources.register")


def document_name(this: Review, entry: Entry) -> Piece | None:
    """What the sender called the document of an entry; of one without a name, that it is kept."""
    document = getattr(entry.body, "document", None)
    if not document:
        return None
    named = getattr(entry.body, "document_name", None)
    if named:
        return breakable(named)
    return this.say("sources.kept") if document.startswith(KEPT) else doc.code(document)


def _corrections(this: Review) -> doc.Element:
    """What was corrected: the text before stays in the register, this says what changed."""
    found = corrections(this)
    if not found:
        return doc.stack()
    rows = [
        (
            this.label("entry_kind", one.before.kind),
            this.day(one.after.recorded_at.date()),
            changed(this, one),
        )
        for one in found
    ]
    columns = [this.say(f"column.{name}") for name in ("entry", "corrected", "change")]
    return doc.stack(
        doc.section(3, this.say("sources.corrections")),
        doc.table(this.say("sources.corrections_table"), columns, rows),
    )


def changed(this: Review, one: Correction) -> str:
    """What a correction changed, in words."""
    if one.after.withdrawn:
        return this.say("sources.withdrawn", day=one.before.when)
    parts = []
    if one.before.when != one.after.when:
        parts.append(this.say("sources.day_changed", before=one.before.when, after=one.after.when))
    if one.before.cycle != one.after.cycle and one.after.cycle is not None:
        parts.append(
            this.say("sources.cycle_changed", before=one.before.cycle or 0, after=one.after.cycle)
        )
    if one.before.body != one.after.body or one.before.observations != one.after.observations:
        parts.append(this.say("sources.content_changed"))
    return " ".join(parts) or this.say("sources.envelope_changed")
