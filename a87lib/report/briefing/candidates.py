"""Candidates for decision, each with its checklist on a page of its own (AF-PLAN-9, AF-REA-1)."""

from __future__ import annotations

from a87lib.facts import PartialDate
from a87lib.report import documents as doc
from a87lib.report.briefing.country import Country
from a87lib.report.briefing.matters import Matter, candidates, matters
from a87lib.report.briefing.opening import Briefing
from a87lib.report.briefing.overview import country_rule
from a87lib.report.briefing.pieces import answered, columns, lines, nothing, reasons, told
from a87lib.report.briefing.sheets import Sheet
from a87lib.report.briefing.wording import draft
from a87lib.report.inline import Piece
from a87lib.report.review.actions import current
from a87lib.rules import Answer, sentence
from a87lib.rules.readiness import READY, ChecklistRow, checklist


def papers(this: Briefing) -> doc.Element:
    """The candidates at a glance, a page for each, and those that are not ready."""
    found = candidates(this)
    if not found:
        return doc.stack(nothing(this, "candidates"), _waiting(this))
    names = ("country", "decision", "paragraph", "page")
    rows = [
        (
            matter.country.name,
            this.label("decision_subject", matter.subject),
            doc.code(matter.finding.paragraph),
            doc.page_of(anchor(matter), this.say("see")),
        )
        for matter in found
    ]
    table = doc.table(
        this.say("candidates.table"), columns(this, names, (2, 3, 1.4, 0.9)), rows, align="lllr"
    )
    lead = doc.paragraph(this.say("candidates.lead", count=len(found)), kind="lead")
    pages = [_page(this, matter) for matter in found]
    return doc.stack(lead, table, _waiting(this), *pages)


def anchor(matter: Matter) -> str:
    """The name of a matter's page."""
    return f"{matter.subject.replace('_', '-')}-{matter.country.code.lower()}"


def _page(this: Briefing, matter: Matter) -> doc.Element:
    title = this.say(
        "candidates.page",
        country=matter.country.name,
        decision=this.label("decision_subject", matter.subject),
    )
    parts = [doc.section(3, title, id=anchor(matter), new_page=True)]
    status = matter.country.whole.found("standing.status")
    parts.append(doc.paragraph(sentence(status, this.language)))
    text = draft(this, matter)
    parts.append(
        doc.callout(
            "decision",
            this.say("candidates.draft"),
            doc.joined((text, " ", doc.code(matter.finding.paragraph))),
        )
    )
    if matter.subject == "grant_status":
        parts += [_roadmap(this, matter.country), _checklist(this, matter.country)]
    else:
        why = reasons(this, matter.finding.because)
        parts.append(doc.paragraph(sentence(matter.finding, this.language)))
        parts.append(doc.items(why) if why else doc.paragraph(this.say("reasons_elsewhere")))
    return doc.stack(*parts)


def _roadmap(this: Briefing, country: Country) -> doc.Element:
    """The letter and the roadmap: days, themes, priorities with the number of actions."""
    letter = country.shown.first("interest_expressed")
    roadmap = country.shown.last("roadmap_submitted")
    presented = country.shown.last("roadmap_presented")
    rows: list[tuple[Piece, Piece]] = []
    for key, entry in (("letter", letter), ("presented", presented), ("roadmap", roadmap)):
        rows.append(
            (this.say(f"candidates.{key}"), this.day(entry.when if entry is not None else None))
        )
    if roadmap is not None and current(country.whole) is not None:
        year = roadmap.when.last.year
        themes = [this.label("theme", theme) for theme in roadmap.body.themes]
        if themes:
            rows.append((this.say("candidates.themes"), ", ".join(themes)))
        told_of: list[Piece] = []
        for priority in roadmap.body.priorities:
            soon = sum(
                a.due is not None and PartialDate.of(a.due).last.year == year
                for a in priority.actions
            )
            args = {"count": len(priority.actions), "soon": soon, "year": year}
            title = this.quoted(roadmap, f"{priority.no}. {priority.title}")
            said = doc.small(this.say("candidates.actions", **args))
            told_of.append(doc.joined((title, " – ", said)))
        if told_of:
            rows.append((this.say("candidates.priorities"), lines(told_of)))
    return doc.definition_list(rows)


def rows(this: Briefing, country: Country) -> list[ChecklistRow]:
    """The steps of a candidate, the last of which is whether it is ready."""
    return checklist(country.whole.file, this.framework)


def _checklist(this: Briefing, country: Country) -> doc.Element:
    names = ("step", "strength", "answer", "finding")
    found = [row for row in rows(this, country) if row.finding.rule != READY]
    return doc.table(
        this.say("candidates.checklist", country=country.name),
        columns(this, names, (2.4, 1.2, 1.2, 4.6)),
        [
            (
                country_rule(this, row.finding.rule),
                this.label("strength", row.strength),
                answered(this, row.finding),
                doc.joined(
                    (sentence(row.finding, this.language), " ", doc.code(row.finding.paragraph))
                ),
            )
            for row in found
        ],
    )


def _waiting(this: Briefing) -> doc.Element:
    """Countries on the way to a decision, and what is still open."""
    found: list[tuple[Piece, ...]] = []
    for country in this.countries:
        ready = country.whole.finding(READY)
        if country.status == "candidate" and ready is not None and ready.answer is not Answer.YES:
            lacking = [why for why in ready.because if why.key == "must_open"]
            found.append((country.name, this.label("decision_subject", "grant_status"),
                          told(this, lacking)))  # fmt: skip
    for matter in matters(this):
        if matter.open and matter.subject == "reactivate":
            found.append((matter.country.name, this.label("decision_subject", "reactivate"),
                          told(this, matter.finding.because)))  # fmt: skip
    if not found:
        return doc.stack()
    return doc.table(
        this.say("candidates.waiting"),
        columns(this, ("country", "decision", "open_steps"), (1.6, 2, 4.4)),
        found,
        note=this.say("candidates.waiting_note"),
    )


def sheet(this: Briefing) -> Sheet:
    """The checklists of all candidates as plain values."""
    made = []
    for country in this.countries:
        if country.status != "candidate":
            continue
        for row in rows(this, country):
            answer = row.finding.answer
            made.append((
                country.code, country.name, country_rule(this, row.finding.rule),
                this.label("strength", row.strength),
                this.label("answer", str(answer)) if answer is not None else None,
                this.say(f"moves.{row.moves}") if row.moves else None, row.finding.paragraph,
            ))  # fmt: skip
    names = ("code", "country", "step", "strength", "answer", "moves", "paragraph")
    return Sheet.of("candidates", names, made)
