"""Evidence of progress by type, and what the review subgroup concluded (AF-REV-2, -3, INT-06)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from a87lib.facts import Entry
from a87lib.report import documents as doc
from a87lib.report.charts import Matrix, matrix
from a87lib.report.inline import Piece
from a87lib.report.review.comments import replies_about
from a87lib.report.review.cycle import CRITERIA, JUDGED, conclusions
from a87lib.report.review.opening import Review
from a87lib.report.review.pieces import (
    day,
    lines,
    nothing,
    quoted,
    restricted,
    stated,
    with_references,
)
from a87lib.rules import cycles_of

KIND = "evidence_received"


@dataclass(frozen=True, slots=True)
class ByType:
    """How many pieces of evidence of each type are on file for each cycle."""

    types: tuple[str, ...]
    cycles: tuple[int, ...]
    counts: tuple[tuple[int | None, ...], ...]


def by_type(this: Review) -> ByType:
    """Evidence by type and cycle, up to the cycle under review; None where nothing is on file."""
    found = Counter((e.body.type, e.cycle) for e in this.file.of(KIND))
    known = {cycle for _, cycle in found if cycle is not None} | {this.cycle}
    known |= set(cycles_of(this.file, this.framework))
    cycles = tuple(sorted(cycle for cycle in known if cycle <= this.cycle))
    types = tuple(this.framework.vocabulary("evidence_type"))
    counts = tuple(tuple(found.get((each, cycle)) for cycle in cycles) for each in types)
    return ByType(types, cycles, counts)


def evidence(this: Review) -> doc.Element:
    """The matrix of evidence, the pieces of the cycle, and the subgroup's conclusion."""
    if not this.file.of(KIND):
        return doc.stack(nothing(this, "evidence"), conclusion(this, CRITERIA))
    pieces = this.file.of(KIND, this.cycle)
    lead = this.say("evidence.lead", count=len(pieces), cycle=this.cycle)
    if not pieces:
        lead = this.say("evidence.lead_none", cycle=this.cycle)
    parts = [doc.paragraph(lead, kind="lead"), _figure(this)]
    if pieces:
        parts.append(_table(this, pieces))
    return doc.stack(*parts, conclusion(this, CRITERIA))


def _figure(this: Review) -> doc.Element:
    data = by_type(this)
    labels = [this.label("evidence_type", each) for each in data.types]
    columns = [str(cycle) for cycle in data.cycles]
    told = [
        (label, _told(this, columns, row))
        for label, row in zip(labels, data.counts, strict=True)
        if any(row)
    ]
    table = doc.table(
        this.say("evidence.data"),
        [this.say("column.type"), this.say("column.pieces")],
        told,
        note=this.say("nothing_else"),
    )
    alt = [this.say("evidence.alt_type", type=label, cycles=said) for label, said in told]
    return doc.figure(
        matrix(Matrix(labels, columns, data.counts)),
        this.say("evidence.caption"),
        " ".join([this.say("evidence.alt"), *alt]),
        table,
    )


def _told(this: Review, cycles: list[str], row: tuple[int | None, ...]) -> str:
    return this.listed(
        this.say("evidence.alt_count", cycle=cycle, count=count)
        for cycle, count in zip(cycles, row, strict=True)
        if count
    )


def _table(this: Review, pieces: list[Entry]) -> doc.Element:
    rows = []
    for entry in pieces:
        title = entry.body.title
        shown: Piece = quoted(this, entry, title) if title else this.say("no_title")
        named = with_references(this, shown, entry.no)
        mark = restricted(this, entry)
        about = entry.body.about
        rows.append((
            lines([named, mark]) if mark is not None else named,
            this.label("evidence_type", entry.body.type),
            stated(this, entry, about) if about is not None else this.say("not_stated"),
            day(this, entry.when),
        ))  # fmt: skip
    columns = [this.say(f"column.{name}") for name in ("title", "type", "about", "received")]
    return doc.table(this.say("evidence.table", cycle=this.cycle), columns, rows)


def conclusion(this: Review, criteria: tuple[str, ...]) -> doc.Element:
    """What the subgroup concluded on the criteria in the cycle, and the guidance it gave."""
    found = conclusions(this, this.cycle)
    parts: list[doc.Element] = [doc.section(3, this.say("evidence.conclusions"))]
    rows: list[tuple[Piece, ...]] = []
    for criterion in criteria:
        entry = found.get(criterion)
        name = this.label("criterion", criterion)
        if entry is None:
            badge = doc.badge("missing", this.say("no_conclusion"))
            rows.append((name, badge, this.say("no_text")))
            continue
        judgement = entry.body.judgement
        text = entry.body.text
        said: Piece = quoted(this, entry, text) if text else this.say("no_text")
        badge = doc.badge(JUDGED[judgement], this.label("judgement", judgement))
        dated = lines([badge, doc.small(day(this, entry.when))])
        said = with_references(this, said, entry.no)
        rows.append((name, dated, lines([said, *replies_about(this, this.cycle, criterion)])))
    if found:
        columns = [this.say(f"column.{name}") for name in ("criterion", "conclusion", "grounds")]
        table = doc.table(this.say("evidence.conclusions_table", cycle=this.cycle), columns, rows)
        parts.append(table)
    else:
        parts.append(nothing(this, "conclusions"))
    for entry in this.file.of("guidance_given", this.cycle):
        text = entry.body.text or this.say("no_text")
        source = with_references(this, this.say("evidence.guidance", day=entry.when), entry.no)
        parts.append(doc.quotation(quoted(this, entry, text), source))
    return doc.stack(*parts)
