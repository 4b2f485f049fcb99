"""The roadmap by priority: its versions, the state of its actions as a figure (AF-PLAN-6)."""

from __future__ import annotations

from collections import Counter

from a87lib.facts import Entry, PartialDate
from a87lib.language import join
from a87lib.report import documents as doc
from a87lib.report.charts import StateBar, states
from a87lib.report.charts.states import STATES
from a87lib.report.review.actions import (
    UNSTATED,
    PriorityRow,
    by_priority,
    current,
    priorities,
    state_label,
    unlisted,
)
from a87lib.report.review.learning import learning
from a87lib.report.review.opening import Review
from a87lib.report.review.pieces import day, nothing, with_references


def roadmap(this: Review) -> doc.Element:
    """The roadmap: its versions, a figure by priority, its actions, difficulties and wishes."""
    entry = current(this)
    found = priorities(this)
    if entry is None:
        return doc.stack(nothing(this, "roadmap"), learning(this))
    if not found:
        return doc.stack(_versions(this), nothing(this, "priorities"), learning(this))
    parts = [
        doc.paragraph(_lead(this, entry, found), kind="lead"),
        _versions(this),
        _figure(this, found),
        doc.section(3, this.say("roadmap.actions")),
        *(by_priority(this, entry, row) for row in found),
        learning(this),
        unlisted(this, found),
    ]
    return doc.stack(*parts)


def _lead(this: Review, entry: Entry, found: list[PriorityRow]) -> str:
    counts = Counter(row.state for priority in found for row in priority.actions)
    overdue = sum(row.overdue for priority in found for row in priority.actions)
    parts = [
        this.say(
            "roadmap.lead",
            basis=this.label("roadmap_basis", entry.body.basis),
            priorities=len(found),
            count=sum(counts.values()),
            completed=counts["completed"],
        )
    ]
    if overdue:
        parts.append(this.say("roadmap.overdue", count=overdue, asof=this.asked.asof))
    if counts[UNSTATED]:
        parts.append(this.say("roadmap.unstated", count=counts[UNSTATED]))
    return " ".join(parts)


def _versions(this: Review) -> doc.Element:
    rows = [
        (
            with_references(this, entry.body.version or this.say("not_stated"), entry.no),
            day(this, entry.when),
            this.label("roadmap_basis", entry.body.basis),
            period(this, entry),
            join([this.label("theme", theme) for theme in themes(entry)], this.language)
            or this.say("not_stated"),
        )
        for entry in this.file.of("roadmap_submitted")
    ]
    columns = [this.say(f"column.{n}") for n in ("version", "date", "basis", "period", "themes")]
    return doc.table(this.say("roadmap.versions"), columns, rows)


def themes(entry: Entry) -> list[str]:
    """The themes of a roadmap: its own, or those of its priorities."""
    own = list(entry.body.themes)
    return own or list(dict.fromkeys(t for p in entry.body.priorities for t in p.themes))


def period(this: Review, entry: Entry) -> str:
    """The years that a roadmap covers, as stated."""
    span = entry.body.period
    if span is None:
        return this.say("not_stated")
    if isinstance(span, str):
        return span
    start, end = (span.start, span.end) if not isinstance(span, list) else (span[0], span[-1])
    return f"{PartialDate.of(start).say(this.language)}–{PartialDate.of(end).say(this.language)}"


def _figure(this: Review, found: list[PriorityRow]) -> doc.Element:
    words = {state: state_label(this, state) for state in STATES}
    bars = [StateBar(f"{row.priority.no}. {row.priority.title}", row.counts) for row in found]
    columns = [this.say("column.priority"), *words.values()]
    table = doc.table(
        this.say("roadmap.data"),
        columns,
        [(bar.label, *(bar.counts.get(state, 0) for state in STATES)) for bar in bars],
    )
    told = [
        this.say("roadmap.alt_bar", label=bar.label, states=[
            f"{words[state]} {bar.counts[state]}" for state in STATES if bar.counts.get(state)
        ])
        for bar in bars
    ]  # fmt: skip
    return doc.figure(
        states(bars, words, this.say("roadmap.axis")),
        this.say("roadmap.caption", cycle=this.cycle),
        " ".join([this.say("roadmap.alt"), *told]),
        table,
    )
