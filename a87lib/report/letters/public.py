"""What is shown to everybody: overview of a cycle, material for the bulletin, country profile."""

from __future__ import annotations

from collections import Counter

from a87lib.facts import PartialDate
from a87lib.language import with_colon
from a87lib.report import documents as doc
from a87lib.report.briefing.context import context
from a87lib.report.briefing.country import Country
from a87lib.report.inline import Piece
from a87lib.report.letters.opening import Letter
from a87lib.report.review.actions import BADGES
from a87lib.report.review.pieces import STATUSES, lines
from a87lib.rules import sentence

NEWS = (
    "interest_expressed", "workshop_held", "roadmap_submitted", "roadmap_presented",
    "decision_made", "profile_published", "profile_updated", "report_finalised",
    "report_published", "commitment_shown", "treaty_ratified",
)  # fmt: skip
"""Kinds of public entries that make news; none that tells what somebody did not do."""
STATES = tuple(state for state in BADGES if state != "unstated")


def overview(this: Letter) -> doc.Element:
    """Progress in a cycle for the annual meeting beside the HLPF (AF-MON-5)."""
    if not this.file.countries:
        raise this.refused()
    counts = Counter(country.status for country in this.file.countries)
    told = [
        this.say("overview.count", status=this.file.label("status", status), number=counts[status])
        for status in ("active", "candidate")
        if counts[status]
    ]
    parts = [this.paragraph("overview.lead", cycle=this.cycle)]
    if told:
        parts.append(this.paragraph("overview.counts", counts=told))
    rows = [row for country in this.file.countries if (row := _row(this, country)) is not None]
    if rows:
        parts.append(
            doc.table(
                this.say("overview.table", cycle=this.cycle),
                this.columns("country", "final", "published", "actions", "evidence",
                             widths=(1.6, 1.5, 1.5, 2.6, 1)),
                rows,
                note=this.say("overview.note"),
            )
        )  # fmt: skip
    else:
        parts.append(this.paragraph("overview.nothing", cycle=this.cycle))
    parts += _achievements(this)
    return doc.stack(*parts, doc.section(2, this.say("overview.context")), context(this.file))


def _row(this: Letter, country: Country) -> tuple[Piece, ...] | None:
    """What a country's public file shows of the cycle; None where it shows nothing."""
    file = country.shown
    final = file.first("report_finalised", this.cycle)
    published = file.first("report_published", this.cycle)
    states = Counter(e.body.state for e in file.of("action_progress_stated", this.cycle))
    evidence = file.of("evidence_received", this.cycle)
    if not (final or published or states or evidence):
        return None
    done: list[Piece] = [
        with_colon(this.file.label("action_state", state), states[state], this.language)
        for state in STATES
        if states[state]
    ]
    none = this.say("not_on_file")
    return (
        country.name,
        this.file.day(final.when) if final is not None else none,
        this.file.day(published.when) if published is not None else none,
        lines(done) if done else none,
        len(evidence) if evidence else none,
    )


def _achievements(this: Letter) -> list[doc.Element]:
    """Commitments turned into action and treaties ratified in the cycle's year (AF-BOX-2)."""
    rows: list[tuple[Piece, ...]] = []
    for country in this.file.countries:
        for entry in country.shown.of("commitment_shown"):
            if entry.cycle == this.cycle or entry.when.last.year == this.cycle:
                text = this.file.quoted(entry, entry.body.text) if entry.body.text else "–"
                label = this.file.label("commitment_about", entry.body.about)
                rows.append((country.name, label, text))
        for entry in country.shown.of("treaty_ratified"):
            if entry.when.last.year == this.cycle:
                treaty = this.file.label("treaty", entry.body.treaty)
                kind = this.file.label("entry_kind", entry.kind)
                rows.append((country.name, kind, treaty))
    if not rows:
        return []
    columns = this.columns("country", "about", "text", widths=(1.5, 2, 4))
    title = doc.section(2, this.say("overview.achievements"))
    return [title, doc.table(this.say("overview.achievements_table"), columns, rows)]


def bulletin(this: Letter) -> doc.Element:
    """Material for the monthly bulletin (TR-SEC-2)."""
    rows: list[tuple[Piece, ...]] = []
    for country in this.file.countries:
        for kind in NEWS:
            for entry in country.shown.of(kind):
                if not this.since < entry.when.last <= this.asked.asof:
                    continue
                what = this.file.label("entry_kind", kind)
                if kind == "decision_made":
                    if entry.body.subject not in ("grant_status", "reactivate"):
                        continue
                    what = this.file.label("decision_subject", entry.body.subject)
                cycle = this.say("of_cycle", cycle=entry.cycle) if entry.cycle else ""
                text = getattr(entry.body, "text", None)
                pieces: list[Piece] = [" ".join(filter(None, (what, cycle)))]
                if text:
                    pieces.append(this.file.quoted(entry, text))
                rows.append((country.name, this.file.day(entry.when), lines(pieces)))
    lead = this.paragraph("bulletin.lead", since=this.since, asof=this.asked.asof)
    if not rows:
        return doc.stack(lead, this.paragraph("bulletin.nothing"))
    columns = this.columns("country", "day", "news", widths=(1.5, 1.5, 4.5))
    return doc.stack(lead, doc.table(this.say("bulletin.table"), columns, rows))


def profile(this: Letter) -> doc.Element:
    """The country profile for the web site (AF-PLAN-9, AF-PLAN-10)."""
    country = this.country
    file = country.shown
    status = country.whole.found("standing.status")
    rows: list[tuple[Piece, Piece]] = [
        (
            this.say("profile.status"),
            doc.badge(STATUSES[country.status], this.file.label("status", country.status)),
        )
    ]
    body = file.last("coordination_body_named")
    if body is not None:
        rows.append((this.say("profile.body"), this.file.quoted(body, body.body.name)))
    groups = file.last("stakeholders_identified")
    if groups is not None and groups.body.groups:
        named = [this.file.label("stakeholder_group", group) for group in groups.body.groups]
        rows.append((this.say("profile.groups"), ", ".join(named)))
    return doc.stack(
        doc.paragraph(sentence(status, this.language), kind="lead"),
        doc.definition_list(rows),
        *_roadmap(this, country),
        *_reports(this, country),
        *_commitments(this, country),
        *_treaties(this, country),
    )


def _roadmap(this: Letter, country: Country) -> list[doc.Element]:
    roadmap = country.shown.last("roadmap_submitted")
    if roadmap is None or not roadmap.body.priorities:
        return []
    told = {e.body.action: e.body.state for e in country.shown.of("action_progress_stated")}
    rows: list[tuple[Piece, ...]] = []
    for priority in roadmap.body.priorities:
        for action in priority.actions:
            state = told.get(action.no)
            due = this.file.day(PartialDate.of(action.due)) if action.due else this.say("no_due")
            shown: Piece = this.say("not_on_file")
            if state is not None:
                shown = doc.badge(BADGES[state], this.file.label("action_state", state))
            title = this.file.quoted(roadmap, f"{action.no} {action.title}")
            rows.append((title, this.file.quoted(roadmap, priority.title), due, shown))
    columns = this.columns("action", "priority", "due", "state", widths=(3, 2.2, 1.4, 1.2))
    return [
        doc.section(2, this.say("profile.roadmap", day=roadmap.when)),
        doc.table(this.say("profile.actions"), columns, rows),
    ]


def _reports(this: Letter, country: Country) -> list[doc.Element]:
    published = country.shown.of("report_published")
    if not published:
        return []
    rows: list[tuple[Piece, ...]] = [
        (str(e.cycle), this.file.day(e.when), doc.code(e.body.document) if e.body.document else "–")
        for e in reversed(published)
    ]
    columns = this.columns("cycle", "published", "document", widths=(1, 2, 4))
    table = doc.table(this.say("profile.reports_table"), columns, rows)
    return [doc.section(2, this.say("profile.reports")), table]


def _commitments(this: Letter, country: Country) -> list[doc.Element]:
    shown = [e for e in country.shown.of("commitment_shown") if e.body.text]
    if not shown:
        return []
    listed: list[Piece] = [
        doc.joined((this.file.quoted(e, e.body.text), f" ({this.file.day(e.when)})")) for e in shown
    ]
    return [doc.section(2, this.say("profile.commitments")), doc.items(listed)]


def _treaties(this: Letter, country: Country) -> list[doc.Element]:
    found = country.shown.of("treaty_ratified")
    if not found:
        return []
    listed: list[Piece] = [
        f"{this.file.label('treaty', e.body.treaty)} ({this.file.day(e.when)})" for e in found
    ]
    return [doc.section(2, this.say("profile.treaties")), doc.items(listed)]
