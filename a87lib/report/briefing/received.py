"""What was received since the cut-off: cut-off and as-of day are both stated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from a87lib.facts import Entry
from a87lib.report import documents as doc
from a87lib.report.briefing.country import Country
from a87lib.report.briefing.opening import Briefing
from a87lib.report.briefing.pieces import columns
from a87lib.report.briefing.sheets import Sheet
from a87lib.report.inline import Piece

LEFT_OUT = frozenset({"assessment_made", "statistics_received", "coverage_declared"})
"""Kinds that are nobody's submission, and reviewers' own assessments, which are never printed."""


@dataclass(frozen=True, slots=True)
class Received:
    """Entries of one kind about one country that came since the cut-off.

    late: when it was recorded, where it happened before the cut-off already.
    """

    country: Country
    kind: str
    cycle: int | None
    entries: tuple[Entry, ...]
    late: date | None

    @property
    def last(self) -> Entry:
        """The latest of them."""
        return self.entries[-1]


def received(this: Briefing) -> list[Received]:
    """What came since the cut-off, by country in order of days."""
    if this.cutoff is None:
        return []
    grouped: dict[tuple[str, str, int | None, date | None], list[Entry]] = {}
    named = {country.code: country for country in this.countries}
    for country in this.countries:
        for entry in country.shown.entries:
            if entry.kind in LEFT_OUT or not _came(this, entry, this.cutoff):
                continue
            late = None if entry.when.last > this.cutoff else entry.recorded_at.date()
            key = (country.code, entry.kind, entry.cycle, late)
            grouped.setdefault(key, []).append(entry)
    return [
        Received(named[code], kind, cycle, tuple(entries), late)
        for (code, kind, cycle, late), entries in grouped.items()
    ]


def _came(this: Briefing, entry: Entry, cutoff: date) -> bool:
    """Whether it happened after the cut-off, or was recorded only then."""
    if entry.when.last > cutoff:
        return True
    return cutoff < entry.recorded_at.date() <= this.asof


def since_cutoff(this: Briefing) -> doc.Element:
    """The table, or that nothing came."""
    if this.cutoff is None:
        return doc.paragraph(this.say("received.no_cutoff", asof=this.asof))
    dates = doc.paragraph(
        this.say("received.dates", cutoff=this.cutoff, asof=this.asof), kind="lead"
    )
    found = received(this)
    if not found:
        return doc.stack(dates, doc.paragraph(this.say("received.nothing")))
    rows: list[tuple[Piece, ...]] = [
        (row.country.name, _what(this, row), len(row.entries), _day(this, row)) for row in found
    ]
    table = doc.table(
        this.say("received.table", cutoff=this.cutoff),
        columns(this, ("country", "received", "number", "day"), (1.7, 3.3, 1.1, 2.2)),
        rows,
        align="llrl",
    )
    return doc.stack(dates, table)


def _what(this: Briefing, row: Received) -> Piece:
    label = this.label("entry_kind", row.kind)
    if row.cycle is None:
        return label
    return doc.joined((label, " ", doc.small(this.say("of_cycle", cycle=row.cycle))))


def _day(this: Briefing, row: Received) -> Piece:
    day = this.day(row.last.when)
    if row.late is None:
        return day
    late = doc.small(this.say("received.recorded", day=row.late))
    return doc.joined((day, doc.line_break(), late))


def sheet(this: Briefing) -> Sheet:
    """What came since the cut-off as plain values."""
    return Sheet.of(
        "received",
        ("code", "country", "received", "cycle", "number", "day", "recorded"),
        [
            (row.country.code, row.country.name, this.label("entry_kind", row.kind), row.cycle,
             len(row.entries),
             row.last.when.last if row.last.when.exact else this.day(row.last.when), row.late)
            for row in received(this)
        ],
    )  # fmt: skip
