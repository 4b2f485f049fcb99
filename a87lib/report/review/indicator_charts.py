"""Charts of indicators: several surveys side by side, one survey as dots; data behind each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from a87lib.report import documents as doc
from a87lib.report.ages import age_group
from a87lib.report.charts import Dot, DotRow, Line, Panel, Point, dots, multiples
from a87lib.report.inline import Piece
from a87lib.report.review import numbers
from a87lib.report.review.opening import Review
from a87lib.report.review.pieces import with_references
from a87lib.report.review.series import Series, Shelf, by_indicator, main_lines, series

NOT_DRAWN = ("year", "date", "")
MOST_PANELS = 9
DATED = ("L1", "L2")  # ratifications have a table of their own
SURVEYS = ("D1", "D2")  # the year of the last survey is a year, not a size


@dataclass(frozen=True, slots=True)
class Latest:
    """The latest figure of an indicator and publisher, in a unit.

    lines: what a chart can show together. years: the survey years on file, as printed.
    """

    shelf: Shelf
    lines: tuple[Series, ...]
    years: tuple[str, ...]

    @property
    def code(self) -> str:
        """The indicator's code."""
        return self.shelf.indicator

    @property
    def drawable(self) -> bool:
        """Whether its numbers can stand on an axis."""
        if self.code in DATED + SURVEYS or not self.lines:
            return False
        return self.lines[0].values[0].row.unit not in NOT_DRAWN


def on_file(this: Review, third_party: bool = False) -> dict[Shelf, list[Series]]:
    """The series of each indicator, publisher and unit, those of third parties apart."""
    return by_indicator(
        s for s in series(this.file, this.framework) if s.third_party == third_party
    )


def latest(found: dict[Shelf, list[Series]]) -> list[Latest]:
    """One row per indicator, publisher and unit with numbers."""
    rows = []
    for shelf, every in found.items():
        lines = tuple(main_lines(every))
        if not lines:
            continue
        years = {f.row.year: f.row.years for each in lines for f in each.values}
        rows.append(Latest(shelf, lines, tuple(years[year] for year in sorted(years))))
    return rows


def charts(
    this: Review, rows: Sequence[Latest], found: dict[Shelf, list[Series]]
) -> list[doc.Element]:
    """Small multiples of indicators with several surveys; dots for those with one."""
    several = [row for row in rows if row.drawable and len(row.years) > 1]
    parts = -(-len(several) // MOST_PANELS) or 1
    size = -(-len(several) // parts)
    drawn = [
        _multiples(this, several[start : start + size], found)
        for start in range(0, len(several), size or 1)
    ]
    once = [row for row in rows if row.drawable and len(row.years) == 1 and _percent(row)]
    return [*drawn, _dots(this, once, found)] if once else drawn


def _percent(row: Latest) -> bool:
    return all(f.row.unit == "percent" for each in row.lines for f in each.values)


def _looks(lines: Sequence[Series]) -> Iterator[tuple[Series, str]]:
    """Each line with its look: of its sex, or its number among ages or breakdowns."""
    by_sex = not any(each.breakdown for each in lines) and len({e.age for e in lines}) == 1
    for place, each in enumerate(lines):
        yield each, each.sex if by_sex else str(place)


def line_label(this: Review, each: Series, lines: Sequence[Series]) -> str:
    """What tells a line from the others beside it: its breakdown, age or sex."""
    if each.breakdown:
        return numbers.breakdown(this, each.breakdown)
    if len({other.age for other in lines}) > 1:
        return age_group(each.age, this.language) if each.age else this.label("sex", each.sex)
    return this.label("sex", each.sex)


def _multiples(
    this: Review, rows: Sequence[Latest], found: dict[Shelf, list[Series]]
) -> doc.Element:
    panels = [
        Panel(
            numbers.name(this, row.code),
            unit_and_age(this, row.lines),
            [
                Line(line_label(this, each, row.lines), points(each), look)
                for each, look in _looks(row.lines)
            ],
        )
        for row in rows
    ]
    codes = ", ".join(dict.fromkeys(row.code for row in rows))
    drawn = multiples(
        panels,
        lambda number: numbers.compact(number, this.language),
        this.say("indicators.gap"),
    )
    return doc.figure(
        drawn,
        this.say("indicators.caption", codes=codes),
        description(this, rows),
        data_table(this, this.say("indicators.data", codes=codes), _behind(rows, found)),
    )


def points(each: Series) -> list[Point]:
    """The numbers of a series as points; a year without one, as stated, has no value (zero is)."""
    rows = (figure.row for figure in each.figures)
    return [
        Point(row.year, row.years, row.value_number if row.status == "value" else None)
        for row in rows
        if row.status != "value" or row.value_number is not None
    ]


def _behind(rows: Sequence[Latest], found: dict[Shelf, list[Series]]) -> list[Series]:
    return [each for row in rows for each in found[row.shelf]]


def unit_and_age(this: Review, lines: Sequence[Series]) -> str:
    """The unit of some lines, and their age group where they share one."""
    unit = numbers.unit(this, lines[0].values[0].row.unit)
    ages = {each.age for each in lines}
    age = ages.pop() if len(ages) == 1 else ""
    return f"{unit}, {age_group(age, this.language)}" if age else unit


def _dots(this: Review, rows: Sequence[Latest], found: dict[Shelf, list[Series]]) -> doc.Element:
    numbered: dict[str, str] = {}  # all rows have one legend

    def dot(row: Latest, each: Series) -> Dot:
        label, sex = line_label(this, each, row.lines), this.label("sex", each.sex)
        look = each.sex if label == sex else numbered.setdefault(label, str(len(numbered)))
        return Dot(label, look, each.values[-1].row.value_number or 0.0)

    lines = [
        DotRow(
            numbers.name(this, row.code),
            row.years[0],
            [dot(row, each) for each in row.lines],
        )
        for row in rows
    ]
    return doc.figure(
        dots(
            lines,
            this.label("unit", "percent"),
            lambda n: numbers.tenths(n, this.language),
        ),
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
            doc.Column(this.say("column.code"), width=0.9),
            doc.Column(this.say("column.who_unit"), width=2.2),
            doc.Column(this.say("column.figures"), width=4),
            doc.Column(this.say("column.nature"), width=2.2),
        ],
        [
            (
                each.indicator,
                _who_in_unit(this, each),
                numbers.by_year(this, each),
                with_references(this, nature(this, each), each.last.entry.no),
            )
            for each in every
        ],
    )


def _who_in_unit(this: Review, each: Series) -> Piece:
    """Who a series is about, and in what unit, unless none was given."""
    who, code = numbers.who(this, each), each.unit
    if not code:
        return who
    told = doc.small(this.say("unit", unit=numbers.unit(this, code)))
    return doc.joined((who, " ", told))


def nature(this: Review, each: Series) -> str:
    """How the last figure came about."""
    code = each.last.row.nature
    known = this.framework.vocabulary("observation_nature")
    return this.label("observation_nature", code if code in known else "not_stated")
