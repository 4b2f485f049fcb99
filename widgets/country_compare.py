"""A country's file compared: between two days, or between two cycles' indicator frameworks."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

import ipywidgets as w

from a87lib.countryfile import Change, Figure, FrameworkLine
from a87lib.report import documents as doc
from a87lib.report.inline import BadgeKind, Piece
from a87lib.report.review import Review, numbers
from a87lib.report.review.pieces import day, lines, with_references
from a87lib.rules import Finding, sentence
from a87lib.rules.differences import Difference
from widgets import controls
from widgets.controls import said

if TYPE_CHECKING:
    from widgets.country import Country

DATES, FRAMEWORKS = "dates", "frameworks"
COMPARED = (DATES, FRAMEWORKS)
BADGES: dict[Change, BadgeKind] = {
    "new": "info", "left_out": "missing", "revised": "attention", "later": "good",
    "earlier": "attention", "same": "neutral",
}  # fmt: skip


def panel(model: Country) -> w.Box:
    """What is compared with what."""
    language = model.language
    options = {each: said(f"compare.{each}", language) for each in COMPARED}
    what = controls.choice("compare.what", language, options, model.compared)
    other = controls.day("compare.with", language)
    cycles = _cycles(model)
    own = str(model.other_cycle)
    cycle = controls.choice("compare.with_cycle", language, {own: own} | cycles, own)
    controls.bind(what, model, "compared")
    controls.bind(other, model, "other")

    def picked(change: dict[str, str | None]) -> None:
        if change["new"] is not None:
            model.other_cycle = int(change["new"])

    def offer(_: object = None) -> None:
        other.layout.display = None if model.compared == DATES else "none"
        cycle.layout.display = None if model.compared == FRAMEWORKS else "none"

    cycle.observe(picked, "value")
    model.observe(offer, "compared")
    offer()
    return controls.row(what, other, cycle)


def chosen(model: Country) -> str:
    """With what the file is compared, as a link says it: a day, or a cycle."""
    return model.other.isoformat() if model.compared == DATES else str(model.other_cycle)


def choose(model: Country, other: str) -> None:
    """Compares with what a link says; a day that is none changes nothing."""
    if len(other) == len("2024"):
        model.compared = FRAMEWORKS
        model.other_cycle = int(other)
        return
    with suppress(ValueError):
        model.other = date.fromisoformat(other)


def _cycles(model: Country) -> dict[str, str]:
    return {str(cycle): str(cycle) for cycle in model.cycles}


def shown(model: Country) -> doc.Element:
    """The comparison chosen."""
    this = model.this
    if this is None:
        return doc.stack()
    if model.compared == FRAMEWORKS:
        return frameworks(this, model.frameworks(), *sorted((model.cycle, model.other_cycle)))
    if model.other == model.asof:
        return doc.paragraph(said("compare.choose", model.language))
    return days(this, model.differences(), *sorted((model.asof, model.other)))


def days(this: Review, found: list[Difference], before: date, after: date) -> doc.Element:
    """The findings that differ between two days."""
    language = this.language
    between = {"before": before, "after": after}
    if not found:
        return doc.paragraph(said("compare.none", language, **between))
    titles = [
        said("compare.rule", language),
        said("compare.about", language),
        said("compare.on", language, day=before),
        said("compare.on", language, day=after),
    ]
    rows = [
        (this.rule_name(each.rule), _about(this, each), _told(this, each.before),
         _told(this, each.after))
        for each in found
    ]  # fmt: skip
    return doc.stack(
        doc.paragraph(said("compare.count", language, count=len(found)), kind="lead"),
        doc.table(said("compare.caption", language, **between), titles, rows),
    )


def frameworks(this: Review, found: list[FrameworkLine], first: int, second: int) -> doc.Element:
    """What two cycles' frameworks say, indicator by indicator."""
    language = this.language
    if first == second:
        return doc.paragraph(said("compare.choose_cycle", language))
    received = [_received(this, cycle) for cycle in (first, second)]
    if not found:
        return doc.stack(*received)
    counts = Counter(line.change for line in found)
    told = this.listed(
        said(f"compare.count_{change}", language, count=counts[change])
        for change in BADGES
        if counts[change]
    )
    titles = [
        said("compare.indicator", language),
        said("compare.framework", language, cycle=first),
        said("compare.framework", language, cycle=second),
        said("compare.change", language),
    ]
    rows = [
        (_line(this, line), _figure(this, line.before), _figure(this, line.after),
         doc.badge(BADGES[line.change], said(f"compare.{line.change}", language)))
        for line in found
    ]  # fmt: skip
    caption = said("compare.frameworks_caption", language, first=first, second=second)
    return doc.stack(doc.paragraph(told, kind="lead"), *received, doc.table(caption, titles, rows))


def _received(this: Review, cycle: int) -> doc.Element:
    """When a cycle's framework came, or that it is not on file."""
    came = this.file.of("indicator_framework_received", cycle)
    if not came:
        return doc.paragraph(said("compare.no_framework", this.language, cycle=cycle))
    days_ = ", ".join(day(this, entry.when) for entry in came)
    sentence_ = said("compare.framework_came", this.language, cycle=cycle, days=days_)
    return doc.paragraph(with_references(this, sentence_, *(entry.no for entry in came)))


def _line(this: Review, line: FrameworkLine) -> Piece:
    figure = line.after or line.before
    if figure is None:
        return line.indicator
    row = figure.observation
    about = [this.label("sex", row.sex)] if row.sex != "total" else []
    about += [row.age] if row.age else []
    about += [numbers.breakdown(this, row.breakdown)] if row.breakdown else []
    name = numbers.name(this, row.indicator)
    return lines([name, doc.small(", ".join(about))]) if about else name


def _figure(this: Review, figure: Figure | None) -> Piece:
    if figure is None:
        return doc.small(said("compare.absent", this.language))
    row = figure.observation
    return doc.joined((numbers.value(this, row), " ", doc.small(f"({row.years})")))


def _about(this: Review, each: Difference) -> Piece:
    finding = each.after or each.before
    told = []
    for name, value in (finding.about if finding is not None else {}).items():
        if name == "indicator":
            told.append(numbers.name(this, str(value)))
        elif name == "criterion":
            told.append(this.label("criterion", str(value)))
        else:
            told.append(str(value))
    return ", ".join(told) or said("compare.whole", this.language)


def _told(this: Review, finding: Finding | None) -> Piece:
    if finding is None:
        return doc.small(said("compare.not_asked", this.language))
    return sentence(finding, this.language)
