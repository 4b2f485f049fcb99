"""Dialogue and support: cases under way, and where each stands (AF-REV-8 to -12, AF-IMP-2)."""

from __future__ import annotations

from a87lib.facts import Entry, in_order, said
from a87lib.report import documents as doc
from a87lib.report.briefing.country import Country
from a87lib.report.briefing.opening import Briefing
from a87lib.report.briefing.overview import present
from a87lib.report.briefing.pieces import columns, lines, nothing, stated, told
from a87lib.report.briefing.sheets import Sheet
from a87lib.report.inline import Piece
from a87lib.rules import Answer, sentence

STEPS = (
    "dialogue_opened", "dialogue_held", "support_offered", "support_given", "dialogue_concluded",
    "inactive_notice_sent", "reactivation_requested",
)  # fmt: skip
DECISIONS = ("open_dialogue", "offer_support", "declare_inactive", "reactivate")
STATES = ("standing.dialogue_suggested", "standing.inactive_grounds", "standing.reactivation_ready")
RECENT_DAYS = 365


def steps(this: Briefing, country: Country) -> list[Entry]:
    """What is on file of dialogue and support with a country, in order of days."""
    found = [entry for kind in STEPS for entry in country.shown.of(kind)]
    found += [e for e in country.shown.of("decision_made") if e.body.subject in DECISIONS]
    return sorted(found, key=in_order)


def cases(this: Briefing) -> list[tuple[Country, list[Entry]]]:
    """The countries with a sign, an inactive status, or a step taken in the last year."""
    found = []
    for country in this.countries:
        taken = steps(this, country)
        recent = [e for e in taken if (this.asof - e.when.last).days <= RECENT_DAYS]
        if present(country) or country.status == "inactive" or recent:
            found.append((country, _current(taken, recent)))
    return found


def _current(taken: list[Entry], recent: list[Entry]) -> list[Entry]:
    """The steps of the last year, or at least the last three."""
    return recent if len(recent) > len(taken[-3:]) else taken[-3:]


def dialogues(this: Briefing) -> doc.Element:
    """Each case with its steps and where it stands."""
    found = cases(this)
    if not found:
        return nothing(this, "dialogues")
    lead = doc.paragraph(this.say("dialogues.lead"), kind="note")
    return doc.stack(lead, *(_case(this, country, taken) for country, taken in found))


def _case(this: Briefing, country: Country, taken: list[Entry]) -> doc.Element:
    stands = [
        finding
        for rule in STATES
        if (finding := country.whole.finding(rule)) is not None
        and finding.answer in (Answer.YES, Answer.ASK)
    ]
    if country.status == "inactive" and (ready := country.whole.finding(STATES[2])) is not None:
        stands = [ready]
    parts = [doc.section(3, country.name)]
    if taken:
        parts.append(
            doc.table(
                this.say("dialogues.table", country=country.name),
                columns(this, ("day", "step", "details"), (1.3, 2.2, 3.6)),
                [(this.day(e.when), _step(this, e), detail(this, e)) for e in taken],
            )
        )
    else:
        parts.append(doc.paragraph(this.say("dialogues.no_steps")))
    for finding in stands:
        parts.append(doc.paragraph(doc.strong(this.say("dialogues.stands")), " ",
                                   sentence(finding, this.language)))  # fmt: skip
        parts.append(doc.paragraph(doc.small(told(this, finding.because))))
    return doc.stack(*parts)


def _step(this: Briefing, entry: Entry) -> str:
    if entry.kind == "decision_made":
        return this.label("decision_subject", entry.body.subject)
    return this.label("entry_kind", entry.kind)


def detail(this: Briefing, entry: Entry) -> Piece:
    """What a step consisted of."""
    body = entry.body
    pieces: list[Piece] = []
    if entry.meeting is not None:
        pieces.append(this.say("of_meeting", meeting=entry.meeting))
    for name, vocabulary in (("about", "dialogue_about"), ("form", "support_form"),
                             ("outcome", "dialogue_outcome")):  # fmt: skip
        code = getattr(body, name, None)
        if code:
            pieces.append(this.label(vocabulary, code))
    if getattr(body, "by", None):
        pieces.append(this.quoted(entry, body.by))
    for name in ("circumstances", "way_forward", "corrective_measures", "roadmap_changes"):
        value = getattr(body, name, None)
        if value is not None and said(value):
            pieces.append(
                doc.joined((this.say(f"dialogues.{name}"), " ", stated(this, entry, value)))
            )
    if getattr(body, "text", None):
        pieces.append(this.quoted(entry, body.text))
    return lines(pieces) if pieces else "–"


def sheet(this: Briefing) -> Sheet:
    """The steps of all cases as plain values."""
    return Sheet.of(
        "dialogues",
        ("code", "country", "day", "step", "meeting"),
        [
            (country.code, country.name,
             e.when.last if e.when.exact else this.day(e.when), _step(this, e), e.meeting)
            for country, taken in cases(this)
            for e in taken
        ],
    )  # fmt: skip
