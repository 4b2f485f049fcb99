"""Indicators with charts: survey years shown, by sex, `no data` stated, units, sources, status."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from a87lib.language import format_number
from a87lib.report import documents as doc
from a87lib.report.charts import Dot, DotRow, Line, Panel, Point, dots, multiples
from a87lib.report.inline import Piece
from a87lib.report.review import numbers
from a87lib.report.review.opening import Review
from a87lib.report.review.pieces import nothing, with_references
from a87lib.report.review.series import Series, by_indicator, main_lines, series

NOT_DRAWN = ("year", "date", "")
MOST_PANELS = 9
DATED = ("L1", "L2")  # ratifications have a table of their own
SURVEYS = ("D1", "D2")  # the year of the last survey is a year, not a size


@dataclass(frozen=True, slots=True)
class Latest:
    """The latest figure of an indicator and publisher. lines: what a chart can show together.

    years: the survey years on file, as printed.
    """

    code: str
    publisher: str
    lines: tuple[Series, ...]
    years: tuple[str, ...]

    @property
    def drawable(self) -> bool:
        """Whether its numbers can stand on an axis."""
        if self.code in DATED + SURVEYS or not self.lines:
            return False
        return self.lines[0].values[0].row.unit not in NOT_DRAWN


def on_file(this: Review, third_party: bool = False) -> dict[tuple[str, str], list[Series]]:
    """The series of each indicator and publisher, those of third parties apart."""
    return by_indicator(s for s in series(this.file, this.framework) if s.third_party == third_party)


def latest(found: dict[tuple[str, str], list[Series]]) -> list[Latest]:
    """One row per indicator and publisher with numbers."""
    rows = []
    for (code, publisher), every in found.items():
        lines = tuple(main_lines(every))
        if not lines:
            continue
        years = {f.row.year: f.row.years for each in lines for f in each.values}
        rows.append(Latest(code, publisher, lines, tuple(years[year] for year in sorted(years))))
    return rows


def without_figures(this: Review) -> dict[str, list[str]]:
    """Codes of the framework's indicators of which no figure is on file, by category."""
    there = {s.indicator for s in series(this.file, this.framework) if s.figures}
    if this.file.of("treaty_ratified"):
        there |= set(DATED)
    shelves: dict[str, list[str]] = defaultdict(list)
    for indicator in this.framework.indicators.items:
        if indicator.code not in there:
            shelves[indicator.category].append(indicator.code)
    return dict(shelves)


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
    return doc.stack(*parts, answers(this, found), _missing(this))


def framework_note(this: Review) -> str:
    """Which indicator framework was used, and whether it is the official one."""
    used = this.framework.indicators
    key = "official" if used.official else "not_official"
    return this.say(f"indicators.{key}", version=used.version)


def charts(
    this: Review, rows: Sequence[Latest], found: dict[tuple[str, str], list[Series]]
) -> list[doc.Element]:
    """Small multiples by category of indicators with several surveys; dots for those with one."""
    drawn: list[doc.Element] = []
    several = [row for row in rows if row.drawable and len(row.years) > 1]
    for category, label in this.framework.indicators.categories.items():
        shelf = [row for row in several if _category(this, row.code) == category]
        for start in range(0, len(shelf), MOST_PANELS):
            part = shelf[start : start + MOST_PANELS]
            drawn.append(_multiples(this, part, label[this.language], found))
    once = [row for row in rows if row.drawable and len(row.years) == 1 and _percent(row)]
    return [*drawn, _dots(this, once, found)] if once else drawn


def _percent(row: Latest) -> bool:
    return all(f.row.unit == "percent" for each in row.lines for f in each.values)


def _category(this: Review, code: str) -> str:
    found = numbers.indicator(this, code)
    return found.category if found is not None else ""


def _looks(lines: Sequence[Series]) -> Iterator[tuple[Series, str]]:
    for place, each in enumerate(lines):
        yield each, each.sex if not each.breakdown else str(place)


def _line_label(this: Review, each: Series) -> str:
    return numbers.breakdown(this, each.breakdown) if each.breakdown else this.label("sex", each.sex)


def _multiples(
    this: Review, rows: Sequence[Latest], category: str, found: dict[tuple[str, str], list[Series]]
) -> doc.Element:
    panels = [
        Panel(
            numbers.name(this, row.code),
            _unit_and_age(this, row.lines[0]),
            [
                Line(
                    _line_label(this, each),
                    [Point(f.row.year, f.row.years, f.row.value_number or 0.0) for f in each.values],
                    look,
                )
                for each, look in _looks(row.lines)
            ],
        )
        for row in rows
    ]
    return doc.figure(
        multiples(panels, lambda number: format_number(number, this.language)),
        this.say("indicators.caption", category=category),
        description(this, rows),
        data_table(this, this.say("indicators.data", category=category), _behind(rows, found)),
    )


def _behind(
    rows: Sequence[Latest], found: dict[tuple[str, str], list[Series]]
) -> list[Series]:
    return [each for row in rows for each in found[row.code, row.publisher]]


def _unit_and_age(this: Review, each: Series) -> str:
    unit = numbers.unit(this, each.values[0].row.unit)
    return f"{unit}, {this.say('age', age=each.age)}" if each.age else unit


def _dots(
    this: Review, rows: Sequence[Latest], found: dict[tuple[str, str], list[Series]]
) -> doc.Element:
    lines = [
        DotRow(
            numbers.name(this, row.code),
            row.years[0],
            [
                Dot(_line_label(this, each), look, each.values[-1].row.value_number or 0.0)
                for each, look in _looks(row.lines)
            ],
        )
        for row in rows
    ]
    return doc.figure(
        dots(lines, this.label("unit", "percent"), lambda n: format_number(n, this.language)),
        this.say("indicators.caption_once"),
        description(this, rows),
        data_table(this, this.say("indicators.data_once"), _behind(rows, found)),
    )


def description(this: Review, rows: Sequence[Latest]) -> str:
    """A figure in words: each indicator with its line's figures and years."""
    told = [
        this.say(
            "indicators.alt_line",
            name=numbers.name(this, row.code),
            who=numbers.who(this, each),
            figures=numbers.by_year(this, each),
        )
        for row in rows
        for each in row.lines
    ]
    return " ".join([this.say("indicators.alt"), *told])


def data_table(this: Review, caption: str, every: Sequence[Series]) -> doc.Element:
    """The series with all their figures, units, nature and source."""
    return doc.table(
        caption,
        [
            doc.Column(this.say("column.indicator"), width=1),
            doc.Column(this.say("column.who"), width=2),
            doc.Column(this.say("column.unit"), width=1.1),
            doc.Column(this.say("column.figures"), width=4),
            doc.Column(this.say("column.nature"), width=1.6),
        ],
        [
            (
                each.indicator,
                numbers.who(this, each),
                numbers.unit(this, each.last.row.unit),
                numbers.by_year(this, each),
                with_references(this, nature(this, each), each.last.entry.no),
            )
            for each in every
        ],
    )


def nature(this: Review, each: Series) -> str:
    """How the last figure came about."""
    code = each.last.row.nature
    known = this.framework.vocabulary("observation_nature")
    return this.label("observation_nature", code if code in known else "not_stated")


def _latest_table(this: Review, rows: Sequence[Latest]) -> doc.Element:
    lines = []
    for row in rows:
        each = row.lines[0]
        last = each.values[-1]
        earlier = row.years[:-1]
        source: Piece = last.row.source or last.entry.source or this.say("not_stated")
        lines.append((
            numbers.name(this, row.code),
            doc.joined((numbers.value(this, last.row), " ", doc.small(numbers.who(this, each)))),
            last.row.years,
            ", ".join(earlier) if earlier else this.say("indicators.no_earlier"),
            with_references(this, source, last.entry.no),
        ))  # fmt: skip
    return doc.table(
        this.say("indicators.table"),
        [
            doc.Column(this.say("column.indicator"), width=3.2),
            doc.Column(this.say("column.latest"), width=1.6),
            doc.Column(this.say("column.survey"), width=1),
            doc.Column(this.say("column.earlier"), width=1.4),
            doc.Column(this.say("column.source"), width=2.2),
        ],
        lines,
        note=this.say("indicators.table_note"),
    )


def answers(this: Review, found: dict[tuple[str, str], list[Series]]) -> doc.Element:
    """Indicators answered in words (yes, in part, no; a text; a list)."""
    rows = []
    for (code, _), every in found.items():
        for each in every:
            texts = [f for f in each.figures if f.row.value_text and f.row.value_number is None]
            if code in DATED or not texts or texts[-1].row.status != "value":
                continue
            last = texts[-1]
            name: Piece = numbers.name(this, code)
            if each.breakdown:
                name = f"{name}: {numbers.breakdown(this, each.breakdown)}"
            told = with_references(this, numbers.text(this, last.row), last.entry.no)
            rows.append((name, told, last.row.years))
    if not rows:
        return doc.stack()
    columns = [this.say(f"column.{n}") for n in ("indicator", "answer_given", "year")]
    return doc.table(this.say("indicators.answers"), columns, rows)


def _missing(this: Review) -> doc.Element:
    """The indicators of which no figure is on file: stated, never drawn as zero."""
    shelves = without_figures(this)
    if not shelves:
        return doc.stack()
    categories = this.framework.indicators.categories
    rows = [
        (categories[category][this.language], [numbers.name(this, code) for code in codes])
        for category, codes in shelves.items()
    ]
    return doc.stack(
        doc.section(3, this.say("indicators.missing")),
        doc.paragraph(this.say("indicators.missing_lead")),
        doc.definition_list(rows),
    )
