"""The country reviews of the pack, linked, and the paragraphs that the papers rest on."""

from __future__ import annotations

from a87lib.framework import version_in
from a87lib.language import alphabetical
from a87lib.report import documents as doc
from a87lib.report.briefing.actions import country_name
from a87lib.report.briefing.opening import Briefing
from a87lib.report.briefing.overview import present
from a87lib.report.briefing.pieces import columns
from a87lib.report.briefing.wording import drafts
from a87lib.report.inline import Piece


def annexes(this: Briefing) -> doc.Element:
    """Links to the reviews; the paragraphs cited, in our own words."""
    return doc.stack(_reviews(this), _paragraphs(this))


def _reviews(this: Briefing) -> doc.Element:
    by_country: dict[str, list[str]] = {}
    for path in this.asked.reviews:
        by_country.setdefault(path.split("/")[0], []).append(path)
    if not by_country:
        return doc.paragraph(this.say("annexes.none" if this.internal else "annexes.members"))
    named = {country_name(this, code): paths for code, paths in by_country.items()}
    rows: list[tuple[Piece, ...]] = []
    for name in sorted(named, key=alphabetical):
        links = [
            doc.document(f"../{each}", each.rsplit(".", 1)[-1].upper()) for each in named[name]
        ]
        rows.append((name, doc.joined(tuple(links), " · ")))
    return doc.stack(
        doc.section(3, this.say("annexes.reviews")),
        doc.table(
            this.say("annexes.table"), columns(this, ("country", "review"), (3, 4)), rows,
            note=this.say("annexes.note"),
        ),
    )  # fmt: skip


def cited(this: Briefing) -> list[str]:
    """The paragraphs on which drafts and signs rest, each once."""
    found = {each.paragraph for each in drafts(this)} | {"TR-DEC-1", "TR-DEC-2"}
    for country in this.countries:
        found |= {finding.paragraph for finding in present(country)}
    return sorted(found)


def _paragraphs(this: Briefing) -> doc.Element:
    texts = this.framework.paragraphs
    return doc.stack(
        doc.section(3, this.say("annexes.paragraphs")),
        doc.table(
            this.say("annexes.paragraphs_table"),
            columns(this, ("paragraph", "summary"), (1, 5.5)),
            [(doc.code(each), texts[each].summary[this.language]) for each in cited(this)],
            note=this.say(
                "annexes.paragraphs_note", version=version_in(this.framework.version, this.language)
            ),
        ),
    )
