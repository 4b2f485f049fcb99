"""What the overview shows: the table of countries, what came in, and the portfolio chart."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from a87lib import framework
from a87lib.language import format_day, say
from a87lib.report import documents as doc
from a87lib.report.charts.portfolio import Bar, portfolio
from a87lib.report.inline import Inline, Piece
from a87lib.report.review.pieces import SIGNS, STATUSES, answer_key
from a87lib.rules import Answer, Finding
from a87lib.rules.signals import SIGNS as SIGN_RULES
from a87lib.serving.view import View, link
from widgets import controls
from widgets.controls import said

if TYPE_CHECKING:
    from widgets.overview import CountryRow, Overview

MOST_LISTED = 100
STATES = ("yes", "open", "too_early", "no", "ask", "not_applicable")


def table(model: Overview) -> doc.Element:
    """The countries that search and filters leave, a row each, and how many they are."""
    language = model.language
    count = doc.paragraph(
        said("overview.count", language, count=len(model.rows), every=len(model.every))
    )
    if not model.rows:
        return doc.stack(count, doc.paragraph(said("overview.none", language)))
    names = ("country", "status", "since_day", *(s.id for s in SIGN_RULES), "warning", "came")
    titles = [said(f"column.{name}", language) for name in names]
    rows = [_row(model, row) for row in model.rows]
    caption = said("overview.caption", language, asof=model.asof)
    note = said("overview.note", language)
    return doc.stack(count, doc.table(caption, titles, rows, note=note))


def _row(model: Overview, row: CountryRow) -> tuple[Piece, ...]:
    language = model.language
    status = said(f"short.{row.status.value}", language)
    since = row.status.since
    return (
        country_link(row, model.view()),
        doc.badge(STATUSES[row.status.value], status),
        format_day(since, language) if since is not None else said("no_day", language),
        *(sign_badge(sign, language) for sign in row.signs),
        _warning(row, language),
        len(row.came),
    )


def _warning(row: CountryRow, language: str) -> Piece:
    """The day of the next sign; that there is none only where what is on file says so."""
    if row.warned is not None:
        return format_day(row.warned, language)
    if row.warning is None or row.warning.answer is Answer.NO:
        return said("no_warning", language)
    return sign_badge(row.warning, language)


def came(model: Overview) -> doc.Element:
    """What came in since the day chosen, folded: the latest first, each with its country."""
    language = model.language
    label = framework.load().label
    found = [(entry, row) for row in model.rows for entry in row.came]
    found.sort(key=lambda each: (each[0].recorded_at, each[0].no), reverse=True)
    if not found:
        return doc.stack()
    names = ("column.country", "came.what", "came.cycle", "came.recorded")
    rows = [
        (
            country_link(row, model.view()),
            label("entry_kind", entry.kind, language),
            str(entry.cycle) if entry.cycle is not None else "–",
            format_day(entry.recorded_at.date(), language),
        )
        for entry, row in found[:MOST_LISTED]
    ]
    title = said("came.title", language, day=model.since)
    more = said("came.most", language, most=MOST_LISTED) if len(found) > MOST_LISTED else ""
    columns = [said(name, language) for name in names]
    return controls.folded(doc.table(title, columns, rows, note=more or None), title)


def country_link(row: CountryRow, view: View) -> Inline:
    """The country's name, which opens its file on the same day."""
    own = View(country=row.code, date=view.date, known_at=view.known_at, language=view.language)
    return doc.link("#" + link("country", own), row.name)


def sign_badge(sign: Finding, language: str) -> Inline:
    """What is found about a sign, in a word or two."""
    told = said(f"answer.{answer_key(sign)}", language)
    if sign.answer is None or sign.answer is Answer.NOT_APPLICABLE:
        return doc.small(told)
    return doc.badge(SIGNS[sign.answer], told)


def chart(model: Overview) -> doc.Element:
    """How many countries have each sign."""
    language = model.language
    if not model.rows:
        return doc.stack()
    bars: list[Bar] = []
    told: list[tuple[Piece, ...]] = []
    for place, rule in enumerate(SIGN_RULES):
        name = say(f"rule.{rule.id}", language)
        found = [row.signs[place] for row in model.rows if len(row.signs) > place]
        counts = Counter(answer_key(sign) for sign in found)
        bars.append(Bar(name, counts))
        told.append((name, *(counts[state] for state in STATES)))
    words = {state: said(f"answer.{state}", language) for state in STATES}
    columns = [said("column.sign", language), *words.values()]
    caption = said("chart.caption", language, asof=model.asof, count=len(model.rows))
    alt = " ".join(
        f"{bar.label}: "
        + ", ".join(f"{words[s]} {bar.counts[s]}" for s in STATES if bar.counts[s])
        + "."
        for bar in bars
    )
    data = doc.table(said("chart.data", language), columns, told)
    return doc.figure(portfolio(bars, words), caption, alt, data)
