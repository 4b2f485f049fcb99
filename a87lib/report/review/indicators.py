"""Indicators with charts: survey years shown, by sex, `no data` stated, units, sources, status."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby

from a87lib.framework import version_in
from a87lib.language import with_colon
from a87lib.report import documents as doc
from a87lib.report.inline import Piece
from a87lib.report.review import numbers
from a87lib.report.review.indicator_charts import (
    DATED,
    Latest,
    charts,
    latest,
    line_label,
    on_file,
    unit_and_age,
)
from a87lib.report.review.opening import Review
from a87lib.report.review.pieces import lines, nothing, with_references
from a87lib.report.review.progress import progress
from a87lib.report.review.series import Series, Shelf, series


def without_figures(this: Review) -> dict[str, list[Series]]:
    """The framework's indicators of which no value is on file, each with the reasons stated.

    That a third party knows no value is no statement of the country: it stands with what they say.
    """
    held: dict[str, list[Series]] = defaultdict(list)
    for each in series(this.file, this.framework):
        held[each.indicator].append(each)
    ratified = set(DATED) if this.file.of("treaty_ratified") else set()
    return {
        indicator.code: [each for each in held[indicator.code] if not each.third_party]
        for indicator in this.framework.indicators.items
        if indicator.code not in ratified
        and not any(f.row.status == "value" for each in held[indicator.code] for f in each.figures)
    }


def indicators(this: Review) -> doc.Element:
    """Figures, charts by category, answers in words, and indicators without any figure."""
    found = on_file(this)
    rows = [row for row in latest(found) if row.code not in DATED]
    parts: list[doc.Element] = [doc.paragraph(framework_note(this), kind="note")]
    if rows:
        lead = this.say("indicators.lead", count=len({row.code for row in rows}))
        parts.insert(0, doc.paragraph(lead, kind="lead"))
        parts.append(doc.paragraph(this.say("indicators.reading")))
        parts += charts(this, rows, found)
        parts.append(_latest_table(this, rows))
    else:
        parts.insert(0, nothing(this, "indicators"))
    return doc.stack(*parts, progress(this), answers(this, found), _missing(this))


def framework_note(this: Review) -> str:
    """Which indicator framework was used, and whether it is the official one."""
    used = this.framework.indicators
    key = "official" if used.official else "not_official"
    return this.say(f"indicators.{key}", version=version_in(used.version, this.language))


def _latest_table(this: Review, rows: Sequence[Latest]) -> doc.Element:
    lines_ = []
    for row in rows:
        last = row.lines[0].values[-1]
        earlier = row.years[:-1]
        source: Piece = last.row.source or last.entry.source or this.say("not_stated")
        lines_.append((
            numbers.name(this, row.code),
            lines([
                *(_latest_figure(this, each, row) for each in row.lines),
                doc.small(unit_and_age(this, row.lines)),
            ]),
            last.row.years,
            ", ".join(earlier) if earlier else this.say("indicators.no_earlier"),
            with_references(this, source, last.entry.no),
        ))  # fmt: skip
    return doc.table(
        this.say("indicators.table"),
        [
            doc.Column(this.say("column.indicator"), width=2.8),
            doc.Column(this.say("column.latest"), width=2.2),
            doc.Column(this.say("column.survey"), width=0.9),
            doc.Column(this.say("column.earlier"), width=1.4),
            doc.Column(this.say("column.source"), width=2),
        ],
        lines_,
        note=this.say("indicators.table_note"),
    )


def _latest_figure(this: Review, each: Series, row: Latest) -> Piece:
    """A latest figure with whose it is."""
    figure = each.values[-1]
    label = line_label(this, each, row.lines)
    return doc.joined((numbers.value(this, figure.row), " ", doc.small(label)))


def answers(this: Review, found: dict[Shelf, list[Series]]) -> doc.Element:
    """Indicators answered in words (yes, in part, no; a text; a list)."""
    rows = []
    for (code, *_), every in found.items():
        for each in every:
            texts = [f for f in each.figures if f.row.value_text and f.row.value_number is None]
            if code in DATED or not texts or texts[-1].row.status != "value":
                continue
            last = texts[-1]
            name = numbers.name(this, code)
            if each.breakdown:
                name = with_colon(name, numbers.breakdown(this, each.breakdown), this.language)
            told = with_references(this, numbers.text(this, last.row), last.entry.no)
            rows.append((name, told, last.row.years))
    if not rows:
        return doc.stack()
    columns = [this.say(f"column.{n}") for n in ("indicator", "answer_given", "year")]
    return doc.table(this.say("indicators.answers"), columns, rows)


def _missing(this: Review) -> doc.Element:
    """The indicators without any figure, and why: stated, never drawn as zero."""
    found = without_figures(this)
    if not found:
        return doc.stack()
    parts: list[doc.Element] = [
        doc.section(3, this.say("indicators.missing")),
        doc.paragraph(this.say("indicators.missing_lead")),
        doc.definition_list(_by_category(this, [code for code, told in found.items() if not told])),
    ]
    rows = [(numbers.name(this, code), _why(this, told)) for code, told in found.items() if told]
    if rows:
        columns = [
            doc.Column(this.say("column.indicator"), width=3.5),
            doc.Column(this.say("column.file_says"), width=3),
        ]
        parts.append(doc.table(this.say("indicators.missing_table"), columns, rows))
    return doc.stack(*parts)


def _by_category(this: Review, codes: Sequence[str]) -> list[tuple[Piece, list[Piece]]]:
    """Indicators without anything on file, by category."""
    items = this.framework.indicators
    return [
        (label[this.language], [numbers.name(this, code) for code in shelf])
        for category, label in items.categories.items()
        if (shelf := [code for code in codes if items[code].category == category])
    ]


def _why(this: Review, told: Sequence[Series]) -> Piece:
    """Why there is no figure: a line for each series, the years of one reason together."""
    pieces = []
    for each in told:
        reasons = groupby(each.figures, lambda figure: numbers.reason_missing(this, figure.row))
        said = " · ".join(
            this.say("figure_of_year", years=", ".join(f.row.years for f in figures), value=reason)
            for reason, figures in reasons
        )
        if each.sex != "total" or each.age or each.breakdown:
            said = this.say("indicators.of", who=numbers.who(this, each), figures=said)
        pieces.append(with_references(this, said, *dict.fromkeys(f.entry.no for f in each.figures)))
    return lines(pieces)
