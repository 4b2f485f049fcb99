"""The mechanism over the years, as a figure: what happened, what was due, what was received."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from a87lib.language import format_day
from a87lib.report import documents as doc
from a87lib.report.charts import Band, Look, Mark
from a87lib.report.charts import timeline as draw
from a87lib.report.review.opening import Review
from a87lib.rules import cycles_of
from a87lib.rules.duties import due_on, on_time, owes
from a87lib.rules.history import NOT_KNOWN, history

LANES: dict[str, tuple[str, ...]] = {
    "candidacy": (
        "interest_expressed",
        "stakeholders_identified",
        "coordination_body_named",
        "situation_mapped",
        "workshop_held",
        "roadmap_submitted",
        "roadmap_presented",
    ),
    "council": ("decision_made",),
    "report": (),
    "framework": (),
    "comments": ("comments_sent",),
    "final": ("report_finalised",),
    "review": ("subgroup_concluded",),
    "dialogue": ("dialogue_held", "support_offered", "support_given", "reactivation_requested"),
    "statements": ("status_stated", "absence_stated", "claim_recorded"),
}
OWED = {"report": "report_received", "framework": "indicator_framework_received"}
CAME: dict[bool | None, Look] = {True: "on_time", False: "late", None: "event"}
"""The looks of what came; a date too vague to tell accuses nobody (INT-12)."""
DAYS_OF_A_MONTH = 31
LOOKS: tuple[Look, ...] = (
    "event", "on_time", "late", "not_received", "not_on_file", "due", "statement",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the figure shows, from which its table and its description are made, too."""

    lanes: tuple[str, ...]
    marks: tuple[Mark, ...]
    bands: tuple[Band, ...]


def events(this: Review) -> Timeline:
    """The marks on each lane that has any, and the bands of the status."""
    marks = [*_happened(this)]
    for lane, kind in OWED.items():
        marks += _owed(this, lane, kind)
    lanes = tuple(lane for lane in LANES if any(mark.lane == lane for mark in marks))
    marks.sort(key=lambda mark: (mark.last, mark.lane, mark.look))
    return Timeline(lanes, tuple(marks), tuple(_bands(this)))


def _happened(this: Review) -> Iterator[Mark]:
    for lane, kinds in LANES.items():
        look: Look = "statement" if lane == "statements" else "event"
        days = {entry.when for kind in kinds for entry in this.file.of(kind)}
        yield from (Mark(lane, when.first, look, when.last) for when in sorted(days))


def _owed(this: Review, lane: str, kind: str) -> Iterator[Mark]:
    for cycle in cycles_of(this.file, this.framework):
        due = due_on(cycle, this.framework)
        entry = this.file.first(kind, cycle)
        if entry is not None:
            look = CAME[on_time(entry.when, due)]
            yield Mark(lane, entry.when.first, look, entry.when.last)
        if not owes(this.file, this.framework, cycle):
            continue
        yield Mark(lane, due, "due")
        if entry is None and due < this.asked.asof:
            covered = this.file.covered(kind, cycle)
            yield Mark(lane, due, "not_received" if covered else "not_on_file")
    for entry in this.file.of(kind):
        if entry.cycle not in cycles_of(this.file, this.framework):
            yield Mark(lane, entry.when.first, "event", entry.when.last)


def _bands(this: Review) -> Iterator[Band]:
    changes = [(c.on, c.status) for c in history(this.file, this.framework).changes]
    letter = this.file.first("interest_expressed")
    status = this.finding("standing.status")
    known = changes or (status is not None and status.value == "candidate")
    if letter is not None and known and (not changes or letter.when.last < changes[0][0]):
        changes.insert(0, (letter.when.last, "candidate"))
    if not changes:
        return
    ends = [*(on for on, _ in changes[1:]), this.asked.asof]
    for (on, status_code), end in zip(changes, ends, strict=True):
        if status_code != NOT_KNOWN:
            yield Band(on, end, status_code, this.label("status", status_code))


def figure(this: Review) -> doc.Element:
    """The figure with its description and the table behind it; nothing where nothing is on file."""
    found = events(this)
    if len({mark.last for mark in found.marks}) < 2 and not found.bands:
        return doc.stack()
    words: dict[str, str] = {look: this.say(f"look.{look}") for look in LOOKS}
    words["asof"] = this.say("look.asof", asof=this.asked.asof)
    lanes = {lane: this.say(f"lane.{lane}") for lane in found.lanes}
    marks = [replace(mark, lane=lanes[mark.lane]) for mark in found.marks]
    drawn = draw(tuple(lanes.values()), marks, found.bands, this.asked.asof, words)
    return doc.figure(
        drawn,
        this.say("timeline.caption", country=this.name, asof=this.asked.asof),
        description(this, found),
        _table(this, found),
    )


def description(this: Review, found: Timeline) -> str:
    """The figure in words, from the same data."""
    days = [mark.last for mark in found.marks] + [band.start for band in found.bands]
    parts = [this.say("timeline.alt", start=str(min(days).year), end=str(max(days).year))]
    for band in found.bands:
        args = {"status": band.label, "start": band.start, "end": band.end}
        parts.append(this.say("timeline.alt_band", **args))
    for lane in found.lanes:
        told = []
        for look in LOOKS:
            years = _years(m.last for m in found.marks if (m.lane, m.look) == (lane, look))
            if years:
                told.append(f"{this.say(f'look.{look}')} {', '.join(years)}")
        parts.append(
            this.say("timeline.alt_lane", lane=this.say(f"lane.{lane}"), told=this.listed(told))
        )
    return " ".join(parts)


def _years(days: Iterator[date]) -> list[str]:
    return list(dict.fromkeys(str(day.year) for day in days))


def _table(this: Review, found: Timeline) -> doc.Element:
    """The data: each lane with its days, one row for each kind of mark."""
    rows = [
        (
            this.say("lane.status"),
            band.label,
            this.say("timeline.span", start=band.start, end=band.end),
        )
        for band in found.bands
    ]
    for lane in found.lanes:
        for look in LOOKS:
            marks = [m for m in found.marks if (m.lane, m.look) == (lane, look)]
            if marks:
                told = this.listed(dict.fromkeys(_day(this, mark) for mark in marks))
                rows.append((this.say(f"lane.{lane}"), this.say(f"look.{look}"), told))
    return doc.table(
        this.say("timeline.data"),
        [
            doc.Column(this.say("column.lane"), width=1.3),
            doc.Column(this.say("column.event"), width=1.3),
            doc.Column(this.say("column.days"), width=4),
        ],
        rows,
    )


def _day(this: Review, mark: Mark) -> str:
    """The day of a mark, or the month or year where no more is known."""
    if mark.on == mark.last:
        return this.day(mark.last)
    precision = "year" if (mark.last - mark.on).days > DAYS_OF_A_MONTH else "month"
    return format_day(mark.last, this.language, precision)
