"""Who took part, nationally and internationally, and at which stage (AF-REV-2, -4, AF-EOI-5)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from a87lib.facts import Entry
from a87lib.report import documents as doc
from a87lib.report.charts import Matrix, matrix
from a87lib.report.inline import Piece
from a87lib.report.review.opening import Review
from a87lib.report.review.pieces import nothing, quoted, restricted, with_references

KIND = "participation_recorded"
LEVELS = ("national", "international")
NO_STAGE = "no_stage"


@dataclass(frozen=True, slots=True)
class Participation:
    """Participations of a cycle by group, level and stage; None where nothing is on file.

    identified: the groups that the country identified as its stakeholders.
    """

    groups: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    counts: tuple[tuple[int | None, ...], ...]
    identified: frozenset[str]


def by_group(this: Review) -> Participation:
    """The participations of the cycle under review."""
    found = Counter(
        (e.body.group, e.body.level, e.body.stage or NO_STAGE)
        for e in this.file.of(KIND, this.cycle)
    )
    stages = tuple(this.framework.vocabulary("participation_stage"))
    levels = [level for level in LEVELS if level == "national" or any(k[1] == level for k in found)]
    columns = [(level, stage) for level in levels for stage in stages]
    columns += [
        (level, NO_STAGE) for level in levels if any(k[1:] == (level, NO_STAGE) for k in found)
    ]
    columns.sort(key=lambda column: LEVELS.index(column[0]))
    groups = [*this.framework.vocabulary("stakeholder_group")]
    abroad = this.framework.vocabulary("international_group")
    groups += [group for group in abroad if any(k[0] == group for k in found)]
    counts = tuple(tuple(found.get((group, *column)) for column in columns) for group in groups)
    named = this.file.last("stakeholders_identified")
    identified = frozenset(named.body.groups if named is not None else ())
    return Participation(tuple(groups), tuple(columns), counts, identified)


def participation(this: Review) -> doc.Element:
    """The matrix by group, stage and level; those identified and not heard; who took part."""
    entries = this.file.of(KIND, this.cycle)
    body = this.file.last("coordination_body_named")
    parts: list[doc.Element] = []
    if body is not None:
        name = quoted(this, body, body.body.name)
        told = with_references(
            this, doc.joined((this.say("participation.body"), " ", name)), body.no
        )
        parts.append(doc.paragraph(told))
    if not entries:
        return doc.stack(nothing(this, "participation"), *parts, _not_heard(this, by_group(this)))
    data = by_group(this)
    parts = [
        doc.paragraph(_lead(this, data, entries), kind="lead"),
        *parts,
        _figure(this, data),
        _levels(this, data),
        _not_heard(this, data),
        _table(this, entries),
    ]
    return doc.stack(*parts)


def _heard(data: Participation) -> list[str]:
    return [g for g, row in zip(data.groups, data.counts, strict=True) if any(row)]


def _lead(this: Review, data: Participation, entries: list[Entry]) -> str:
    organisations = {e.body.organisation for e in entries if e.body.organisation}
    return this.say(
        "participation.lead",
        cycle=this.cycle,
        count=len(_heard(data)),
        organisations=len(organisations),
    )


def group_label(this: Review, group: str) -> str:
    """A group's label, national or international."""
    own = group in this.framework.vocabulary("stakeholder_group")
    return this.label("stakeholder_group" if own else "international_group", group)


def _stage(this: Review, stage: str) -> str:
    if stage == NO_STAGE:
        return this.say("participation.no_stage")
    return this.label("participation_stage", stage)


def _figure(this: Review, data: Participation) -> doc.Element:
    labels = [group_label(this, group) for group in data.groups]
    stages = [_stage(this, stage) for _, stage in data.columns]
    groups = [
        (this.label("participation_level", level), sum(own == level for own, _ in data.columns))
        for level in LEVELS
        if any(own == level for own, _ in data.columns)
    ]
    heads = [
        this.say(
            "participation.column", level=this.label("participation_level", level), stage=stage
        )
        for (level, _), stage in zip(data.columns, stages, strict=True)
    ]
    table = doc.table(
        this.say("participation.data"),
        [this.say(f"column.{name}") for name in ("group", "stage", "participations")],
        [
            (label, head, n)
            for label, row in zip(labels, data.counts, strict=True)
            for head, n in zip(heads, row, strict=True)
            if n
        ],
        note=this.say("nothing_else"),
    )
    told = [
        this.say("participation.alt_group", group=label, stages=[
            f"{head} {n}" for head, n in zip(heads, row, strict=True) if n
        ])
        for label, row in zip(labels, data.counts, strict=True) if any(row)
    ]  # fmt: skip
    return doc.figure(
        matrix(Matrix(labels, stages, data.counts, groups)),
        this.say("participation.caption", cycle=this.cycle),
        " ".join([this.say("participation.alt", cycle=this.cycle), *told]),
        table,
    )


def _levels(this: Review, data: Participation) -> doc.Element:
    """That no international participation is on file, where the figure has no column for it."""
    if any(level == "international" for level, _ in data.columns):
        return doc.stack()
    return doc.paragraph(this.say("participation.no_international", cycle=this.cycle))


def _not_heard(this: Review, data: Participation) -> doc.Element:
    """Stakeholders that the country identified, of whom no participation is on file this cycle."""
    missing = [
        group for group in data.groups if group in data.identified and group not in _heard(data)
    ]
    if not missing:
        return doc.stack()
    named = [group_label(this, group) for group in missing]
    return doc.paragraph(this.say("participation.not_heard", cycle=this.cycle, groups=named))


def _table(this: Review, entries: list[Entry]) -> doc.Element:
    rows = []
    for entry in entries:
        body = entry.body
        organisation: Piece = (
            quoted(this, entry, body.organisation)
            if body.organisation
            else this.say("participation.no_organisation")
        )
        named = with_references(this, organisation, entry.no)
        mark = restricted(this, entry)
        rows.append((
            named if mark is None else doc.joined((named, " ", mark)),
            group_label(this, body.group),
            this.label("participation_level", body.level),
            _stage(this, body.stage or NO_STAGE),
            _endorsed(this, body.endorsed),
        ))  # fmt: skip
    names = ("organisation", "group", "level", "stage", "endorsed")
    columns = [this.say(f"column.{name}") for name in names]
    return doc.table(this.say("participation.table", cycle=this.cycle), columns, rows)


def _endorsed(this: Review, endorsed: bool | None) -> str:
    if endorsed is None:
        return this.say("not_stated")
    return this.say("participation.endorsed" if endorsed else "participation.not_endorsed")
