"""What each tab of the Country screen shows, from the sections of the review."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from a87lib.facts import Entry
from a87lib.report import documents as doc
from a87lib.report import review
from a87lib.report.inline import Piece
from a87lib.report.review import Review, numbers
from a87lib.report.review.pieces import day, sign_badge
from a87lib.report.review.signs import rests_on, signs, summary
from a87lib.report.review.sources import origin
from a87lib.rules import Finding, reason_sentence, sentence
from a87lib.rules.differences import Difference
from widgets.controls import said


def _glance(this: Review) -> list[doc.Element]:
    return [review.glance(this), this.section("decisions"), review.to_decide(this)]


def _history(this: Review) -> list[doc.Element]:
    return [
        *(this.section("standing"), review.standing(this), review.timeline(this)),
        *(review.steps(this), this.section("statements"), review.third_parties(this)),
    ]


def _cycle(this: Review) -> list[doc.Element]:
    return [this.section("cycle"), review.obligations(this)]


def _signs(this: Review) -> list[doc.Element]:
    found = signs(this)
    parts = [this.section("signs"), doc.paragraph(summary(this, found), kind="lead")]
    for finding in found:
        parts += _sign(this, finding)
    parts += [this.section("warnings"), review.early_warnings(this)]
    return [*parts, this.section("annex"), review.annex(this)]


def _sign(this: Review, finding: Finding) -> list[doc.Element]:
    """A sign, its sentence, and folded below it each reason with the entries it rests on."""
    return [
        doc.section(3, this.rule_name(finding.rule)),
        doc.paragraph(sign_badge(this, finding), " ", sentence(finding, this.language)),
        folded(reasons(this, finding)),
        doc.paragraph(rests_on(this, finding), kind="note"),
    ]


def reasons(this: Review, finding: Finding) -> doc.Element:
    """The reasons of a finding, a row for each entry that one rests on."""
    language = this.language
    held = {entry.no: entry for entry in this.entries}
    rows: list[tuple[Piece, ...]] = []
    for why in finding.because:
        told = reason_sentence(why, language)
        entries = [held[no] for no in why.entries if no in held]
        rows += [(told, *entry_cells(this, entry)) for entry in entries]
        if not entries:
            nothing = said("reason.none", language)
            rows.append((told, nothing, *(["–"] * 3)))
    names = ("kind", "happened", "recorded", "source")
    titles = [said("reason.column", language), *(said(f"entries.{n}", language) for n in names)]
    return doc.table(said("reasons", language), titles, rows)


def entry_cells(this: Review, entry: Entry) -> tuple[Piece, ...]:
    """An entry in cells: what, when it happened, when it was recorded, and where it comes from."""
    what: Piece = this.label("entry_kind", entry.kind)
    if entry.cycle is not None:
        what = doc.joined((what, " ", doc.small(str(entry.cycle))))
    no = this.numbers.get(entry.no)
    named = what if no is None else doc.joined((what, " ", doc.small(f"[{no}]")))
    return named, day(this, entry.when), this.day(entry.recorded_at.date()), origin(this, entry)


def folded(element: doc.Element) -> doc.Element:
    """An element that its reader opens."""
    return doc.Element(f'<div class="data">{element.html}</div>')


def entries(this: Review) -> doc.Element:
    """Every entry of the file, with whom it is meant for."""
    language = this.language
    rows = [
        (
            this.numbers[entry.no],
            *entry_cells(this, entry),
            this.label("visibility", entry.visibility),
        )
        for entry in this.file.entries
    ]
    if not rows:
        return doc.paragraph(said("entries.none", language))
    names = ("no", "kind", "happened", "recorded", "source", "visible")
    titles = [said(f"entries.{name}", language) for name in names]
    return doc.table(said("entries.caption", language), titles, rows)


PARTS: dict[str, Callable[[Review], Iterable[doc.Element]]] = {
    "glance": _glance,
    "history": _history,
    "cycle": _cycle,
    "signs": _signs,
    "roadmap": lambda this: [this.section("roadmap"), review.roadmap(this)],
    "indicators": lambda this: [
        *(this.section("indicators"), review.indicators(this), review.ratifications(this)),
    ],
    "evidence": lambda this: [this.section("evidence"), review.evidence(this)],
    "participation": lambda this: [this.section("participation"), review.participation(this)],
    "comments": lambda this: [this.section("comments"), review.comments(this)],
}
"""The tabs that show sections of the review."""


def part(this: Review, tab: str) -> doc.Element:
    """A tab's sections, and below them the entries that they cite."""
    this.cited.clear()
    shown = list(PARTS[tab](this))
    if this.cited:
        shown += [this.section("sources"), review.sources(this)]
    return doc.stack(*shown)


def compared(this: Review, found: list[Difference], before: date, after: date) -> doc.Element:
    """The findings that differ between two days."""
    language = this.language
    days = {"before": before, "after": after}
    if not found:
        return doc.paragraph(said("compare.none", language, **days))
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
        doc.table(said("compare.caption", language, **days), titles, rows),
    )


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
