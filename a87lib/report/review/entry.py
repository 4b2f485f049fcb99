"""One entry opened: everything that it says, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from a87lib.facts import Entry, PartialDate
from a87lib.facts.codes import Code
from a87lib.language import has
from a87lib.report import documents as doc
from a87lib.report.inline import Piece
from a87lib.report.review import numbers
from a87lib.report.review.opening import Review
from a87lib.report.review.pieces import breakable, day, lines, quoted
from a87lib.report.review.sources import document_name

SHOWN_APART = frozenset({"document", "document_name", "language", "confidence"})
DAYS = frozenset({"approved_on", "dated", "until", "due", "ends_on"})
MOST_FIGURES = 60
NEVER_PRINTED = frozenset({"assessment_made"})
"""What single reviewers judged is for the subgroup's own work; here it is only said to be there."""


def contents(this: Review, entry: Entry) -> doc.Element:
    """What an entry says: when, for whom, from where, each of its fields, and its figures."""
    rows: list[tuple[Piece, Piece]] = [
        (_named(this, "happened"), day(this, entry.when)),
        (_named(this, "recorded"), this.day(entry.recorded_at.date())),
        (_named(this, "visible_to"), this.label("visibility", entry.visibility)),
    ]
    document = document_name(this, entry)
    if document is not None:
        rows.append((_named(this, "document"), document))
    if entry.source:
        rows.append((_named(this, "source"), breakable(entry.source)))
    rows += list(_fields(this, entry))
    return doc.stack(doc.definition_list(rows), _figures(this, entry))


def _named(this: Review, field: str) -> str:
    return this.say(f"field.{field}")


def _fields(this: Review, entry: Entry) -> Iterator[tuple[Piece, Piece]]:
    """The fields of the kind that say something and have a name for readers."""
    if entry.kind in NEVER_PRINTED:
        return
    for field, about in type(entry.body).model_fields.items():
        value = getattr(entry.body, field)
        if field in SHOWN_APART or value in (None, [], "") or not has(f"review.field.{field}"):
            continue
        code = _code(about.metadata) or _code_within(about.annotation)
        yield _named(this, field), _told(this, entry, field, value, code)


def _code(metadata: Any) -> Code | None:
    return next((each for each in metadata if isinstance(each, Code)), None)


def _code_within(annotation: Any) -> Code | None:
    """The code of a list's members, or of a field that may be empty."""
    for inner in get_args(annotation):
        found = _code(getattr(inner, "__metadata__", ())) or _code_within(inner)
        if found is not None:
            return found
    return None


def _told(this: Review, entry: Entry, field: str, value: Any, code: Code | None) -> Piece:
    if isinstance(value, bool):
        return this.say(f"answer.{'yes' if value else 'no'}")
    if isinstance(value, list) and code is not None:
        return ", ".join(_label(this, code, str(each)) for each in value)
    if isinstance(value, list):
        return lines([_told(this, entry, field, each, code) for each in value])
    if code is not None and isinstance(value, str):
        return _label(this, code, value)
    if field in DAYS and isinstance(value, str):
        return PartialDate.of(value).say(this.language)
    if isinstance(value, (str, int, float)):
        return quoted(this, entry, str(value))
    return _part(this, entry, value)


def _part(this: Review, entry: Entry, value: Any) -> Piece:
    """A part with fields of its own, such as a comment or a priority: its number and words."""
    given = value if isinstance(value, dict) else value.model_dump()
    number, text = given.get("no") or given.get("item"), given.get("text") or given.get("title")
    told = [str(piece) for piece in (number, text) if piece]
    if reply := given.get("reply"):
        told.insert(1 if number else 0, this.label("reply", reply))
    named = (str(each) for each in given.values() if isinstance(each, (str, int)))
    return quoted(this, entry, " – ".join(told or named))


def _label(this: Review, code: Code, value: str) -> str:
    for vocabulary in (code.vocabulary, code.or_of):
        if vocabulary is not None and value in this.framework.vocabulary(vocabulary):
            return this.label(vocabulary, value)
    return value


def _figures(this: Review, entry: Entry) -> doc.Element:
    """The figures that came with the entry."""
    rows = [
        (
            numbers.name(this, row.indicator),
            this.label("sex", row.sex),
            numbers.breakdown(this, row.breakdown) if row.breakdown else "–",
            row.years,
            numbers.value(this, row),
        )
        for row in entry.observations[:MOST_FIGURES]
    ]
    if not rows:
        return doc.stack()
    names = ("column.indicator", "field.sex", "field.breakdown", "column.year", "column.value")
    columns = [this.say(name) for name in names]
    return doc.table(this.say("field.figures", count=len(entry.observations)), columns, rows)
