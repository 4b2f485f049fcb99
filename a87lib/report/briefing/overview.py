"""Statuses and signs of all countries on one page (AF-REV-7, AF-REV-8)."""

from __future__ import annotations

from collections import Counter

from a87lib.language import in_a_row, say
from a87lib.report import documents as doc
from a87lib.report.briefing.country import Country
from a87lib.report.briefing.opening import Briefing
from a87lib.report.briefing.pieces import answer_word, columns, nothing, sign
from a87lib.report.briefing.sheets import Sheet
from a87lib.report.inline import Piece
from a87lib.report.review.pieces import STATUSES, lacking
from a87lib.report.review.signs import WARNING
from a87lib.rules import Answer, Finding
from a87lib.rules.signals import SIGNS

LETTERS = tuple(sign.id for sign in SIGNS)


def letter(rule: str) -> str:
    """The letter of a sign, as in the text (AF-REV-7a to 7e)."""
    return "abcde"[LETTERS.index(rule)]


def present(country: Country) -> list[Finding]:
    """The signs that are there."""
    found = (country.whole.finding(rule) for rule in LETTERS)
    return [f for f in found if f is not None and f.answer is Answer.YES]


def overview(this: Briefing) -> doc.Element:
    """One line a country: status, since when, the five signs, the day of a warning."""
    if not this.countries:
        return nothing(this, "countries")
    names = ("country", "status", "since", *(f"sign_{letter(rule)}" for rule in LETTERS), "warning")
    rows = [_row(this, country) for country in this.countries]
    meanings = [
        this.say("overview.legend", letter=letter(rule), sign=country_rule(this, rule))
        for rule in LETTERS
    ]
    return doc.stack(
        doc.paragraph(_summary(this)),
        doc.table(
            this.say("overview.table", day=this.asof),
            columns(this, names, (2.1, 1.7, 2.1, 0.8, 0.8, 0.8, 0.8, 0.8, 1.9)),
            rows,
            note=f"{in_a_row(meanings, this.language)}. {this.say('overview.note')}",
        ),
    )


def country_rule(this: Briefing, rule: str) -> str:
    """The name of a rule in the reader's language."""
    return say(f"rule.{rule}", this.language)


def _summary(this: Briefing) -> str:
    counts = Counter(country.status for country in this.countries)
    told = [
        this.say("overview.count", status=this.label("status", status), number=counts[status])
        for status in this.framework.vocabulary("status")
        if counts[status]
    ]
    signs = sum(bool(present(country)) for country in this.countries)
    return " ".join(
        [this.say("overview.statuses", counts=told), this.say("overview.signs", count=signs)]
    )


def _row(this: Briefing, country: Country) -> tuple[Piece, ...]:
    status = country.whole.found("standing.status")
    badge = doc.badge(STATUSES[country.status], this.say(f"status.{country.status}"))
    answers = [_sign(this, country.whole.finding(rule)) for rule in LETTERS]
    return (country.name, badge, _since(this, status), *answers, _warning(this, country))


def _sign(this: Briefing, finding: Finding | None) -> Piece:
    """The answer as a badge; a dash where the register does not say, so that all fits a page."""
    if finding is None or finding.answer is None:
        return "–"
    return "–" if finding.answer is Answer.ASK and lacking(finding) else sign(this, finding)


def _since(this: Briefing, status: Finding) -> Piece:
    if status.since is not None:
        return this.day(status.since)
    return "–" if status.value == "not_on_file" else this.say("answer.na")


def _warning(this: Briefing, country: Country) -> Piece:
    """The day of a warning; in words why there is none, a dash where the register does not say."""
    found = country.whole.finding(WARNING)
    if found is None or (found.answer is Answer.ASK and lacking(found)):
        return "–"
    if found.next_on is not None:
        return this.day(found.next_on)
    return this.say("overview.none") if found.answer is Answer.NO else answer_word(this, found)


def sheet(this: Briefing) -> Sheet:
    """Statuses and signs as plain values."""
    rows = []
    for country in this.countries:
        status = country.whole.found("standing.status")
        warning = country.whole.finding(WARNING)
        rows.append((
            country.code, country.name, this.label("status", country.status), status.since,
            *(answer_word(this, country.whole.finding(rule)) for rule in LETTERS),
            warning.next_on if warning is not None and warning.answer is Answer.YES else None,
        ))  # fmt: skip
    names = (
        "code",
        "country",
        "status",
        "since",
        *(f"sign_{letter(r)}" for r in LETTERS),
        "warning",
    )
    return Sheet.of("overview", names, rows)
