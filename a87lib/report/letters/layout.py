"""Head and foot of a letter: subject, addressee, sender, date; closing; what it rests on."""

from __future__ import annotations

from a87lib.language import in_a_row
from a87lib.report import documents as doc
from a87lib.report.about import About, Title
from a87lib.report.inline import Piece, inline
from a87lib.report.letters.opening import Letter

PAGES = frozenset({"minutes", "overview", "bulletin", "profile"})
"""Records and pages, which have no salutation and no signature."""


def head(this: Letter) -> Title:
    """Subject, addressee, sender, date and the paragraph that asks for the letter."""
    about = _about(this)
    kicker = f'<p class="kicker">{inline(about.kind).html}</p>'
    title = f"<h1>{inline(about.title).html}</h1>"
    rows: list[tuple[Piece, Piece]] = []
    if this.asked.kind not in PAGES:
        rows.append((this.say("to"), addressee(this)))
    rows += [
        (this.say("from"), this.say(f"sender.{this.asked.about.sender}")),
        (this.say("date"), this.file.day(this.asked.asof)),
        (this.say("under"), doc.code(this.asked.about.paragraph)),
    ]
    facts = doc.definition_list(rows).html
    salutation = "" if this.asked.kind in PAGES else this.paragraph("salutation").html
    return Title(f'<div class="head">{kicker}{title}</div>{facts}{salutation}', about)


def addressee(this: Letter) -> str:
    """To whom the letter goes: offices, never names."""
    if this.asked.country is None:
        return this.say("to_members")
    return this.say("to_country", country=this.country.name)


def _about(this: Letter) -> About:
    kind = this.asked.kind
    args: dict[str, object] = {"cycle": this.cycle, "meeting": this.asked.meeting or 0}
    args["country"] = this.country.name if this.asked.country else ""
    args["since"], args["asof"] = this.since, this.asked.asof
    file = this.file
    return About(
        title=this.say(f"subject.{kind}", **args),
        language=this.language,
        asof=this.asked.asof,
        known_at=file.known_at,
        digest=file.digest,
        framework=file.framework.version,
        country=this.asked.country or "",
        country_name=this.country.name if this.asked.country else "",
        cycle=this.asked.cycle,
        kind=this.say(f"kind.{kind}"),
        notice=file.notice,
    )


def foot(this: Letter) -> doc.Element:
    """Closing and sender, and in small type what every document states of itself."""
    parts: list[doc.Element] = []
    if this.asked.kind not in PAGES:
        parts += [
            this.paragraph("closing"),
            doc.paragraph(doc.strong(this.say(f"sender.{this.asked.about.sender}"))),
        ]
    facts = in_a_row(
        [this.say("fact", label=label, value=value) for label, value in _about(this).facts()],
        this.language,
    )
    return doc.stack(*parts, doc.paragraph(this.say("about", facts=facts), kind="note"))
