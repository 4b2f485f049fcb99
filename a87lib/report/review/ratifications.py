"""Ratifications on file; what is not on file is not said to be unratified (AF-BOX-2)."""

from __future__ import annotations

from dataclasses import dataclass

from a87lib.facts import Entry, Observation, PartialDate
from a87lib.report import documents as doc
from a87lib.report.review import numbers
from a87lib.report.review.opening import Review
from a87lib.report.review.pieces import with_references

INDICATORS = ("L1", "L2")


@dataclass(frozen=True, slots=True)
class Ratification:
    """A treaty and when the country became a party, as its source says."""

    treaty: str
    when: PartialDate
    source: str
    entry: Entry


def ratifications(this: Review) -> dict[str, list[Ratification]]:
    """What is on file of each treaty, several sources side by side, most precise first."""
    found: dict[str, list[Ratification]] = {}
    for one in _all(this):
        held = found.setdefault(one.treaty, [])
        if not any(other.when == one.when for other in held):
            held.append(one)
    for held in found.values():
        held.sort(key=lambda one: (one.when.last - one.when.first, one.when.first))
    return found


def _all(this: Review) -> list[Ratification]:
    found = [
        Ratification(entry.body.treaty, entry.when, entry.source, entry)
        for entry in this.file.of("treaty_ratified")
    ]
    for entry in this.file.entries:
        for row in entry.observations:
            own = row.country in (None, "", this.file.country)
            if own and row.indicator in INDICATORS and row.breakdown and row.status == "value":
                when, words = _stated(row)
                source = this.listed(filter(None, (row.source, words)))
                found.append(Ratification(row.breakdown, when, source, entry))
    return found


def _stated(row: Observation) -> tuple[PartialDate, str]:
    """The date stated, as precise as it is; of words that are no date the period, and the words."""
    try:
        return PartialDate.of(row.value_text or row.period_start), ""
    except ValueError:
        return PartialDate.of(row.period_start), row.value_text or ""


def table(this: Review) -> doc.Element:
    """The ratifications on file, then the treaties of which none is, without saying more."""
    found = ratifications(this)
    asked = [option for code in INDICATORS for option in this.framework.indicators[code].options]
    parts: list[doc.Element] = [doc.section(3, this.say("ratifications.title"))]
    if found:
        order = [t for t in asked if t in found] + [t for t in found if t not in asked]
        parts.append(_table(this, [(treaty, found[treaty]) for treaty in order]))
    absent = [this.label("treaty", treaty) for treaty in asked if treaty not in found]
    if absent:
        parts.append(doc.paragraph(this.say("ratifications.not_on_file")))
        parts.append(doc.items(absent))
    return doc.stack(*parts)


def _table(this: Review, rows: list[tuple[str, list[Ratification]]]) -> doc.Element:
    return doc.table(
        this.say("ratifications.table"),
        [
            doc.Column(this.say("column.treaty"), width=3.2),
            doc.Column(this.say("column.ratified"), width=1.4),
            doc.Column(this.say("column.source"), width=2.8),
        ],
        [
            (
                numbers.breakdown(this, treaty),
                this.listed(one.when.say(this.language) for one in held),
                _sources(this, held),
            )
            for treaty, held in rows
        ],
        note=this.say("ratifications.note"),
    )


def _sources(this: Review, held: list[Ratification]) -> doc.Inline:
    text = this.listed(dict.fromkeys(one.source for one in held if one.source))
    entries = [one.entry.no for one in held]
    return with_references(this, text or this.say("sources.register"), *entries)
