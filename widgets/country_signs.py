"""The signs of a country's file, each open down to its reasons, their entries and documents."""

from __future__ import annotations

from collections.abc import Iterable

from a87lib.facts import Entry
from a87lib.report import documents as doc
from a87lib.report import review
from a87lib.report.inline import Piece
from a87lib.report.review import Review
from a87lib.report.review.entry import contents
from a87lib.report.review.pieces import day, sign_badge
from a87lib.report.review.signs import rests_on, signs, summary
from a87lib.report.review.sources import origin
from a87lib.rules import Finding, reason_sentence, sentence
from widgets.controls import folded, said


def shown(this: Review) -> list[doc.Element]:
    """The five signs with their reasons, the early warnings, and the texts they rest on."""
    found = signs(this)
    parts = [this.section("signs"), doc.paragraph(summary(this, found), kind="lead")]
    for finding in found:
        parts += _sign(this, finding)
    parts += [this.section("warnings"), review.early_warnings(this)]
    annex = folded(review.annex(this), said("annex", this.language))
    return [*parts, this.section("annex"), annex]


def _sign(this: Review, finding: Finding) -> list[doc.Element]:
    """A sign, its sentence, and folded below it the reasons, then each entry they rest on."""
    inside = doc.stack(
        reasons(this, finding),
        *(opened(this, entry) for entry in _rests_on(this, finding)),
        doc.paragraph(rests_on(this, finding), kind="note"),
    )
    return [
        doc.section(3, this.rule_name(finding.rule)),
        doc.paragraph(sign_badge(this, finding), " ", sentence(finding, this.language)),
        folded(inside, said("reasons", this.language)),
    ]


def resting(this: Review) -> list[Entry]:
    """Every entry of the file that a sign rests on."""
    found = {entry.no: entry for sign in signs(this) for entry in _rests_on(this, sign)}
    return [entry for entry in this.file.entries if entry.no in found]


def _rests_on(this: Review, finding: Finding) -> list[Entry]:
    held = {entry.no: entry for entry in this.entries}
    numbers = dict.fromkeys(no for why in finding.because for no in why.entries)
    return [held[no] for no in numbers if no in held and no in this.numbers]


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
    return doc.table(this.rule_name(finding.rule), titles, rows)


def entry_cells(this: Review, entry: Entry, numbered: bool = True) -> tuple[Piece, ...]:
    """An entry in cells: what, when it happened, when it was recorded, and where it comes from."""
    what: Piece = this.label("entry_kind", entry.kind)
    if entry.cycle is not None:
        what = doc.joined((what, " ", doc.small(str(entry.cycle))))
    if numbered and entry.no in this.numbers:
        what = doc.joined((what, " ", doc.small(f"[{this.numbers[entry.no]}]")))
    return what, day(this, entry.when), this.day(entry.recorded_at.date()), origin(this, entry)


def opened(this: Review, entry: Entry) -> doc.Element:
    """An entry that its reader opens: what it says, and that its document is to be had below."""
    inside = contents(this, entry)
    if kept(entry) is not None:
        link = doc.link("#documents", said("document.below", this.language))
        inside = doc.stack(inside, doc.paragraph(link))
    return folded(inside, entry_name(this, entry))


def entry_name(this: Review, entry: Entry) -> str:
    """What an entry is called in a list: its number here, kind, cycle, title and day."""
    kind = this.label("entry_kind", entry.kind)
    what = kind if entry.cycle is None else f"{kind} {entry.cycle}"
    title = getattr(entry.body, "document_name", None) or getattr(entry.body, "title", None)
    parts = [f"[{this.numbers[entry.no]}] {what}", title, day(this, entry.when)]
    return " – ".join(filter(None, parts))


def kept(entry: Entry) -> str | None:
    """The digest of the document of an entry, where it is kept in the register."""
    named = getattr(entry.body, "document", None)
    if not isinstance(named, str) or not named.startswith("sha256:"):
        return None
    return named.removeprefix("sha256:")


def entries(this: Review, shown_: Iterable[Entry]) -> doc.Element:
    """Entries of the file in one table, with whom each is meant for."""
    language = this.language
    rows = [
        (
            this.numbers[entry.no],
            *entry_cells(this, entry, numbered=False),
            this.label("visibility", entry.visibility),
        )
        for entry in shown_
    ]
    if not rows:
        return doc.paragraph(said("entries.none", language))
    names = ("no", "kind", "happened", "recorded", "source", "visible")
    titles = [said(f"entries.{name}", language) for name in names]
    return doc.table(said("entries.caption", language), titles, rows)
