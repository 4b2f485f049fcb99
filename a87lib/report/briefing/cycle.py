"""The working group's report on the cycle: what came, when, and what became of it (AF-REV-5)."""

from __future__ import annotations

from dataclasses import dataclass

from a87lib.facts import Entry
from a87lib.report import documents as doc
from a87lib.report.briefing.country import Country
from a87lib.report.briefing.opening import Briefing
from a87lib.report.briefing.pieces import answer_word, answered, columns, lines, nothing, text_of
from a87lib.report.briefing.sheets import Sheet, Value
from a87lib.report.inline import Piece
from a87lib.report.review.cycle import CAME, CRITERIA, JUDGED
from a87lib.rules import Answer
from a87lib.rules.duties import due_on, on_time, owes

STEPS = (
    ("report", "report_received", "cycle.report_received"),
    ("framework", "indicator_framework_received", "cycle.framework_updated"),
    ("comments", "comments_sent", "cycle.comments_sent"),
    ("final", "report_finalised", "cycle.report_finalised"),
)
WIDE = {
    "report": 0.98, "framework": 1.3, "comments": 1.52, "participation": 1.3,
    "collaboration": 1.36,
}  # fmt: skip
"""Widths of columns whose titles would otherwise break inside a word."""
ACTS = ("subgroup_formed", "signs_reported", "review_reported")


@dataclass(frozen=True, slots=True)
class CycleRow:
    """A country that owed a report of the cycle: each step's entry, as far as it may be shown."""

    country: Country
    steps: dict[str, Entry | None]
    conclusions: dict[str, Entry]


def owing(this: Briefing) -> list[CycleRow]:
    """The countries that owed the report of the cycle."""
    found = []
    for country in this.countries:
        if not owes(country.whole.file, this.framework, this.cycle):
            continue
        file = country.shown
        found.append(
            CycleRow(
                country,
                {name: file.first(kind, this.cycle) for name, kind, _ in STEPS},
                {e.body.criterion: e for e in file.of("subgroup_concluded", this.cycle)},
            )
        )
    return found


def count(this: Briefing, rows: list[CycleRow], rule: str) -> int:
    """For how many of them the answer of a rule about the cycle is yes."""
    found = (row.country.whole.finding(rule, this.cycle) for row in rows)
    return sum(f is not None and f.answer is Answer.YES for f in found)


def report(this: Briefing) -> doc.Element:
    """The cycle in a paragraph and a table; what the working group did."""
    rows = owing(this)
    due = due_on(this.cycle, this.framework)
    if not rows:
        return doc.stack(
            doc.paragraph(this.say("report.nobody", cycle=this.cycle, due=due)), _acts(this)
        )
    told = [
        this.say("report.owed", cycle=this.cycle, due=due, count=len(rows)),
        *(
            this.say(f"report.{name}", count=count(this, rows, rule))
            for name, _, rule in STEPS
            if name != "comments"
        ),
        this.say("report.on_time", count=count(this, rows, "cycle.report_on_time")),
    ]
    return doc.stack(doc.paragraph(" ".join(told), kind="lead"), _table(this, rows), _acts(this))


def shown_steps(this: Briefing) -> tuple[tuple[str, str, str], ...]:
    """The steps that this edition shows: comments are for the country and the secretariat."""
    return tuple(step for step in STEPS if this.internal or step[0] != "comments")


def _table(this: Briefing, rows: list[CycleRow]) -> doc.Element:
    steps = shown_steps(this)
    criteria = CRITERIA if this.internal else ()
    names = ("country", *(name for name, _, _ in steps), *criteria)
    return doc.table(
        this.say("report.table", cycle=this.cycle),
        columns(this, names, (1.29, *(WIDE.get(name, 1.11) for name in names[1:]))),
        [
            (
                row.country.name,
                *(_step(this, row, *step) for step in steps),
                *(_concluded(this, row.conclusions.get(each)) for each in criteria),
            )
            for row in rows
        ],
        note=None if this.internal else this.say("report.members_note"),
    )


def _step(this: Briefing, row: CycleRow, name: str, kind: str, rule: str) -> Piece:
    entry = row.steps[name]
    finding = row.country.whole.finding(rule, this.cycle)
    if entry is None:
        return answered(this, finding)
    due = due_on(this.cycle, this.framework)
    timed = name in ("report", "framework")
    badge, key = CAME[on_time(entry.when, due) if timed else None]
    return lines([doc.badge(badge, this.say(key)), doc.small(this.day(entry.when))])


def _concluded(this: Briefing, entry: Entry | None) -> Piece:
    if entry is None:
        return doc.badge("missing", this.say("no_conclusion"))
    judgement = entry.body.judgement
    return doc.badge(JUDGED[judgement], this.label("judgement", judgement))


def _acts(this: Briefing) -> doc.Element:
    """What working group and subgroup did in the cycle, and the guidance they gave."""
    acts = [
        entry
        for entry in this.archive.entries
        if entry.kind in ACTS and entry.cycle == this.cycle and entry.when.last <= this.asof
    ]
    rows: list[tuple[Piece, Piece]] = [
        (this.label("entry_kind", e.kind), this.day(e.when)) for e in acts
    ]
    parts: list[doc.Element] = []
    if rows:
        heads = columns(this, ("act", "day"), (4, 2))
        parts.append(doc.table(this.say("report.acts", cycle=this.cycle), heads, rows))
    given = [(c, e) for c in this.countries for e in c.shown.of("guidance_given", this.cycle)]
    if given:
        table = doc.table(
            this.say("report.guidance", cycle=this.cycle),
            columns(this, ("country", "guidance"), (1.5, 5)),
            [(country.name, text_of(this, entry, entry.body.text)) for country, entry in given],
        )
        parts.append(table)
    return doc.stack(*parts) if parts else nothing(this, "acts")


def sheet(this: Briefing) -> Sheet:
    """The cycle as a table of plain values: the day of each step, or the answer in words."""
    steps = shown_steps(this)
    criteria = CRITERIA if this.internal else ()
    rows: list[tuple[Value, ...]] = []
    for row in owing(this):
        cells: list[Value] = [row.country.code, row.country.name]
        for name, _, rule in steps:
            entry = row.steps[name]
            finding = row.country.whole.finding(rule, this.cycle)
            exact = entry is not None and entry.when.exact
            day = None if entry is None else entry.when.last if exact else this.day(entry.when)
            cells.append(day or answer_word(this, finding))
        for each in criteria:
            said = row.conclusions.get(each)
            cells.append(this.label("judgement", said.body.judgement) if said else None)
        rows.append(tuple(cells))
    return Sheet.of("cycle", ("code", "country", *(n for n, _, _ in steps), *criteria), rows)
