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
    """Participations of a cycle: groups at their level, by stage; None where nothing is on file.

    rows: (level, group), the national ones first, all of them. identified: the groups that the
    country identified as its stakeholders.
    """

    rows: tuple[tuple[str, str], ...]
    stages: tuple[str, ...]
    counts: tuple[tuple[int | None, ...], ...]
    identified: frozenset[str]

    @property
    def heard(self) -> list[str]:
        """The groups of which a participation is on file."""
        rows = zip(self.rows, self.counts, strict=True)
        return list(dict.fromkeys(group for (_, group), row in rows if any(row)))


def by_group(this: Review) -> Participation:
    """The participations of the cycle under review."""
    found = Counter(
        ((e.body.level, e.body.group), e.body.stage or NO_STAGE)
        for e in this.file.of(KIND, this.cycle)
    )
    groups = [*this.framework.vocabulary("stakeholder_group")]
    groups += this.framework.vocabulary("international_group")
    there = {row for row, _ in found}
    rows = [("national", g) for g in this.framework.vocabulary("stakeholder_group")]
    rows += [
        (level, g)
        for level in LEVELS
        for g in groups
        if (level, g) in there and (level, g) not in rows
    ]
    stages = [*this.framework.vocabulary("participation_stage")]
    stages += [NO_STAGE] if any(stage == NO_STAGE for _, stage in found) else []
    rows.sort(key=lambda row: LEVELS.index(row[0]))
    counts = tuple(tuple(found.get((row, stage)) for stage in stages) for row in rows)
    named = this.file.last("stakeholders_identified")
    identified = frozenset(named.body.groups if named is not None else ())
    return Participation(tuple(rows), tuple(stages), counts, identified)


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


def _lead(this: Review, data: Participation, entries: list[Entry]) -> str:
    organisations = {e.body.organisation for e in entries if e.body.organisation}
    return this.say(
        "participation.lead",
        cycle=this.cycle,
        count=len(data.heard),
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
    labels = [group_label(this, group) for _, group in data.rows]
    stages = [_stage(this, stage) for stage in data.stages]
    levels = [level for level, _ in data.rows]
    blocks = [
        (this.label("participation_level", level), levels.count(level))
        for level in LEVELS
        if level in levels
    ]
    told = [
        (label, this.label("participation_level", level), _told(this, stages, row))
        for (level, _), label, row in zip(data.rows, labels, data.counts, strict=True)
        if any(row)
    ]
    table = doc.table(
        this.say("participation.data"),
        [this.say(f"column.{name}") for name in ("group", "level", "participations")],
        told,
        note=this.say("nothing_else"),
    )
    alt = [
        this.say("participation.alt_group", group=label, level=level, stages=said)
        for label, level, said in told
    ]
    return doc.figure(
        matrix(Matrix(labels, stages, data.counts, blocks)),
        this.say("participation.caption", cycle=this.cycle),
        " ".join([this.say("participation.alt", cycle=this.cycle), *alt]),
        table,
    )


def _told(this: Review, stages: list[str], row: tuple[int | None, ...]) -> str:
    return this.listed(
        f"{stage} {count}" for stage, count in zip(stages, row, strict=True) if count
    )


def _levels(this: Review, data: Participation) -> doc.Element:
    """That no international participation is on file, where the figure has no rows for it."""
    if any(level == "international" for level, _ in data.rows):
        return doc.stack()
    return doc.paragraph(this.say("participation.no_international", cycle=this.cycle))


def _not_heard(this: Review, data: Participation) -> doc.Element:
    """Stakeholders that the country identified, of whom no participation is on file this cycle."""
    order = this.framework.vocabulary("stakeholder_group")
    missing = [g for g in order if g in data.identified and g not in data.heard]
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
