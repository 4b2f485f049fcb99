"""What third parties state, marked as theirs; it changes no answer (INT-18)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from a87lib.facts import Entry
from a87lib.language import with_colon
from a87lib.report import documents as doc
from a87lib.report.inline import Piece
from a87lib.report.review import numbers
from a87lib.report.review.indicator_charts import charts, latest, on_file
from a87lib.report.review.opening import Review
from a87lib.report.review.pieces import (
    breakable,
    day,
    lines,
    nothing,
    quoted,
    restricted,
    with_references,
)
from a87lib.report.review.series import Series, Shelf

KINDS = ("status_stated", "absence_stated", "claim_recorded")


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody states. by: who; about: what, in the reader's language."""

    entry: Entry
    by: str
    about: str


def statements(this: Review) -> list[Statement]:
    """All statements on file, in order of days."""
    return [
        Statement(entry, entry.body.by or entry.source, _about(this, entry))
        for entry in this.file.entries
        if entry.kind in KINDS
    ]


def _about(this: Review, entry: Entry) -> str:
    body = entry.body
    if entry.kind == "status_stated":
        return this.say("statements.status", status=this.label("stated_status", body.status))
    if entry.kind == "absence_stated":
        what = this.label("absence_what", body.what)
        return this.say("statements.absence", what=what, cycle=entry.cycle or 0)
    return this.label("claim_topic", body.topic)


def third_parties(this: Review) -> doc.Element:
    """The statements with their sources, and figures published by one government."""
    found = statements(this)
    parts: list[doc.Element] = [doc.paragraph(this.say("statements.lead"), kind="lead")]
    parts.append(_table(this, found) if found else nothing(this, "statements"))
    return doc.stack(*parts, _evidence(this))


def _table(this: Review, found: list[Statement]) -> doc.Element:
    rows = []
    for one in found:
        body = one.entry.body
        texts = (getattr(body, "value", None), getattr(body, "text", None), body.note)
        said: list[Piece] = [quoted(this, one.entry, text) for text in texts if text]
        if (mark := restricted(this, one.entry)) is not None:
            said.append(mark)
        source: list[Piece] = [breakable(one.entry.source) or this.say("not_stated")]
        if body.confidence:
            level = this.label("confidence", body.confidence)
            source.append(doc.small(this.say("statements.confidence", level=level)))
        rows.append((
            with_references(this, one.about, one.entry.no),
            lines([one.by or this.say("not_stated"), doc.small(day(this, one.entry.when))]),
            lines(said) if said else this.say("statements.no_words"),
            lines(source),
        ))  # fmt: skip
    return doc.table(
        this.say("statements.table"),
        [
            doc.Column(this.say("column.statement"), width=1.8),
            doc.Column(this.say("column.by"), width=1.3),
            doc.Column(this.say("column.adds"), width=2.4),
            doc.Column(this.say("column.source"), width=2.4),
        ],
        rows,
        note=this.say("statements.note"),
    )


def _evidence(this: Review) -> doc.Element:
    """Figures and assessments that a third party published about the country."""
    found = on_file(this, third_party=True)
    found = {key: every for key, every in found.items() if key.indicator not in ("L1", "L2")}
    if not found:
        return doc.stack()
    drawn = {row.shelf for row in latest(found) if row.drawable and len(row.years) > 1}
    publishers = sorted({shelf.publisher for shelf in found if shelf.publisher})
    parts = [
        doc.section(3, this.say("statements.evidence")),
        doc.callout(
            "note",
            this.say("statements.one_government"),
            this.say("statements.one_government_text", publishers=publishers),
        ),
        *charts(this, latest(found), found),
        _figures(this, {key: every for key, every in found.items() if key not in drawn}),
        _standards(this, found),
    ]
    return doc.stack(*parts)


def _figures(this: Review, found: dict[Shelf, list[Series]]) -> doc.Element:
    """Counts without a chart of their own: each with all its years, missing ones named."""
    rows = [
        (
            with_colon(
                numbers.name(this, code), numbers.breakdown(this, each.breakdown), this.language
            )
            if each.breakdown
            else numbers.name(this, code),
            numbers.by_year(this, each),
        )
        for (code, *_), every in found.items()
        for each in every
        if each.unit == "count"
    ]
    if not rows:
        return doc.stack()
    columns = [
        doc.Column(this.say("column.figure"), width=2.4),
        doc.Column(this.say("column.figures"), width=4),
    ]
    return doc.table(this.say("statements.figures"), columns, rows, note=_sources(this, found))


def _standards(this: Review, found: dict[Shelf, list[Series]]) -> doc.Element:
    """Legal standards: the publisher's yes or no of each year, with the age where there is one."""
    ages: dict[str, Series] = {}
    answers: dict[tuple[str, str], Series] = {}
    for (code, *_), every in found.items():
        for each in every:
            name, _, what = each.breakdown.partition(":")
            if what == "age":
                ages[name] = each
            elif each.unit != "count" and each.breakdown:
                answers[code, each.breakdown] = each
    if not answers:
        return doc.stack()
    rows = [
        (
            numbers.breakdown(this, breakdown),
            _met(this, each, ages.get(breakdown)),
            each.last.row.years,
            _changes(this, each),
        )
        for (_, breakdown), each in answers.items()
    ]
    columns = [
        doc.Column(this.say("column.standard"), width=3),
        doc.Column(this.say("column.met"), width=1.5),
        doc.Column(this.say("column.year"), width=0.8),
        doc.Column(this.say("column.earlier_answers"), width=2),
    ]
    return doc.table(this.say("statements.standards"), columns, rows, note=_sources(this, found))


def _met(this: Review, each: Series, age: Series | None) -> str:
    """The publisher's answer, with the age that it names."""
    answer = numbers.value(this, each.last.row)
    if age is None or age.last.row.year != each.last.row.year:
        return answer
    return this.say("statements.met_at", answer=answer, age=numbers.value(this, age.last.row))


def _changes(this: Review, each: Series) -> str:
    """The earlier years in which the publisher answered otherwise."""
    last = numbers.value(this, each.last.row)
    other: dict[str, list[str]] = defaultdict(list)
    for figure in each.figures[:-1]:
        if (value := numbers.value(this, figure.row)) != last:
            other[value].append(figure.row.years)
    if not other:
        return this.say("statements.same", count=len(each.figures))
    return this.listed(
        this.say("figure_of_year", years=value, value=", ".join(years))
        for value, years in other.items()
    )


def _sources(this: Review, found: dict[Shelf, list[Series]]) -> doc.Inline:
    entries = {each.last.entry.no: each.last.entry for every in found.values() for each in every}
    texts = dict.fromkeys(getattr(e.body, "series", "") or e.source for e in entries.values())
    told = this.say("statements.source", sources=this.listed(text for text in texts if text))
    return with_references(this, told, *entries)
