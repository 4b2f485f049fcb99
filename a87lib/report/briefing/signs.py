"""The signs reported to the GCM, with the country's reply beside each (AF-REV-8)."""

from __future__ import annotations

from a87lib.report import documents as doc
from a87lib.report.briefing.country import Country
from a87lib.report.briefing.opening import Briefing
from a87lib.report.briefing.overview import country_rule, letter, present
from a87lib.report.briefing.pieces import columns, lines, nothing, told
from a87lib.report.inline import Piece
from a87lib.report.review.comments import REPLIES
from a87lib.rules import Finding


def signs(this: Briefing) -> doc.Element:
    """Country by country: each sign that is there, why, and what the country replied."""
    found = [(country, present(country)) for country in this.countries]
    parts = [_country(this, country, there) for country, there in found if there]
    if not parts:
        return nothing(this, "signs")
    lead = doc.paragraph(this.say("signs.lead", count=len(parts)), kind="lead")
    return doc.stack(lead, doc.paragraph(this.say("signs.meaning"), kind="note"), *parts)


def _country(this: Briefing, country: Country, there: list[Finding]) -> doc.Element:
    rows = [
        (
            lines([
                doc.strong(this.say("sign_letter", letter=letter(f.rule))),
                country_rule(this, f.rule),
                doc.small(this.say("since", day=f.since)) if f.since else "",
            ]) if f.since else country_rule(this, f.rule),
            told(this, f.because),
            reply(this, country, f),
        )
        for f in there
    ]  # fmt: skip
    table = doc.table(
        this.say("signs.table", country=country.name),
        columns(this, ("sign", "why", "reply"), (1.9, 2.8, 2.8)),
        rows,
        note=this.say("signs.note", asof=this.asof),
    )
    return doc.stack(doc.section(3, country.name), table)


def reply(this: Briefing, country: Country, finding: Finding) -> Piece:
    """What the country replied to the comments of the cycles that the finding rests on."""
    cycles = sorted({why.cycle for why in finding.because if why.cycle is not None})
    pieces: list[Piece] = []
    for cycle in cycles:
        for entry in country.shown.of("reply_received", cycle):
            pieces.append(doc.small(this.say("signs.reply_of", cycle=cycle, day=entry.when)))
            for item in entry.body.items:
                parts: list[Piece] = [f"{item.item}. "]
                if item.reply is not None:
                    badge = doc.badge(REPLIES[item.reply], this.label("reply", item.reply))
                    parts += [badge, " "]
                parts.append(this.quoted(entry, item.text) if item.text else this.say("no_text"))
                pieces.append(doc.joined(tuple(parts)))
    if pieces:
        return lines(pieces)
    return this.say("signs.no_reply" if this.internal else "signs.reply_elsewhere")
