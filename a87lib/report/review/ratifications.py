"""Ratifications on file; what is not on file is not said to be unratified (AF-BOX-2)."""

from __future__ import annotations

from dataclasses import dataclass

from a87lib.facts import Entry, PartialDate
from a87lib.report import documents as doc
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
                when = PartialDate.of(row.value_text or row.period_start)
                found.append(Ratification(row.breakdown, when, row.source, entry))
    return found


def table(this: Review) -> doc.Element:
    """Every treaty that the framework asks about, with the date on file."""
    found = ratifications(this)
    asked = [option for code in INDICATORS for option in this.framework.indicators[code].options]
    asked += [treaty for treaty in found if treaty not in asked]
    rows = [
        (
            this.label("treaty", treaty),
            _dates(this, found.get(treaty, [])),
            _sources(this, found.get(treaty, [])),
        )
        for treaty in asked
    ]
    return doc.stack(
        doc.section(3, this.say("ratifications.title")),
        doc.table(
            this.say("ratifications.table"),
            [
                doc.Column(this.say("column.treaty"), width=3.4),
                doc.Column(this.say("column.ratified"), width=1.5),
                doc.Column(this.say("column.source"), width=2.6),
            ],
            rows,
            note=this.say("ratifications.note"),
        ),
    )


def _dates(this: Review, found: list[Ratification]) -> doc.Inline | str:
    if not found:
        return doc.badge("missing", this.say("not_on_file"))
    return "; ".join(one.when.say(this.language) for one in found)


def _sources(this: Review, found: list[Ratification]) -> doc.Inline | str:
    if not found:
        return this.say("no_source")
    numbers = tuple(one.entry.no for one in found)
    text = "; ".join(dict.fromkeys(one.source for one in found if one.source))
    return with_references(this, text or this.say("not_stated"), *numbers)
