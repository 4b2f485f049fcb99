"""Charts: the same for the same rows, told in words, never inventing a value."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from lxml import etree
from reviewing import opened, recorded, shown, words

from a87lib.language import LANGUAGES
from a87lib.report.charts import (
    Band,
    Dot,
    DotRow,
    Line,
    Mark,
    Matrix,
    Panel,
    Point,
    StateBar,
    dots,
    matrix,
    multiples,
    states,
    timeline,
)
from a87lib.report.charts.axes import ticks
from a87lib.report.charts.canvas import Canvas
from a87lib.report.charts.multiples import known
from a87lib.report.charts.states import STATES
from a87lib.report.charts.timeline import LOOKS
from a87lib.report.review import indicator_charts, indicators, numbers

WORDS = {look: look for look in ("event", "on_time", "late", "due")} | {"asof": "as of"}
ASOF = date(2025, 12, 15)
SVG = '<svg width="1pt" height="1pt"/>'
BAND = Band(date(2019, 1, 1), ASOF, "active", "Active")


def number(value: float) -> str:
    return f"{value:g}"


def drawn(name: str) -> str:
    vague = Mark("Report", date(2020, 1, 1), "event", date(2020, 12, 31))
    marks = [Mark("Report", date(2020, 4, 30), "due"), vague]
    line = Line(
        "Total", [Point(2018, "2018/19", 8.4), Point(2020, "2020", None), Point(2022, "2022", 0)]
    )
    counts = {"completed": 2, "unstated": 1, "delayed": 1}
    grid = Matrix(["a", "b"], ["2024", "2025"], [[1, None], [None, 3]], [("All", 2)])
    row = DotRow("O1", "2011", [Dot("Total", "total", 0.0), Dot("Female", "female", 9)])
    chart: dict[str, Callable[[], str]] = {
        "timeline": lambda: timeline(["Report"], marks, [BAND], ASOF, WORDS),
        "states": lambda: states([StateBar("1. A", counts)], dict.fromkeys(STATES, "x"), "n"),
        "matrix": lambda: matrix(grid),
        "multiples": lambda: multiples([Panel("O1 Children", "%", [line])], number, "no value"),
        "dots": lambda: dots([row], "%", number),
    }
    return chart[name]()


def canvases_of(draw: Callable[[], object]) -> list[Canvas]:
    """What charts keep of what they draw."""
    kept: list[Canvas] = []
    plain = Canvas.svg
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Canvas, "svg", lambda canvas: (kept.append(canvas), plain(canvas))[1])
        draw()
    return kept


def canvas_of(draw: Callable[[], object]) -> Canvas:
    """What a chart keeps of what it draws."""
    (canvas,) = canvases_of(draw)
    return canvas


def joined(page: str) -> list[int]:
    """Of how many places each line of data of a chart is made."""
    paths = etree.fromstring(page).iterfind(".//{*}path[@stroke-width='1.3']")
    return [path.get("d").count("L") + 1 for path in paths]


@pytest.mark.parametrize("name", ["timeline", "states", "matrix", "multiples", "dots"])
def test_the_same_rows_give_the_same_bytes(name):
    """A chart depends on its rows alone: two drawings are equal."""
    assert drawn(name) == drawn(name)


@pytest.mark.parametrize(
    "draw",
    [
        lambda: timeline([], [], [], ASOF, WORDS),
        lambda: states([], {}, ""),
        lambda: matrix(Matrix([], [], [])),
        lambda: multiples([], number, ""),
        lambda: dots([], "", number),
    ],
)
def test_nothing_to_draw_is_refused(draw):
    """An empty chart would look like a country without progress."""
    with pytest.raises(ValueError, match=r"needs? (at least|rows)"):
        draw()


def test_a_missing_value_breaks_the_line_and_zero_does_not():
    """The line has a gap at the year stated as missing; zero is drawn as a value."""
    axes = canvas_of(lambda: drawn("multiples")).axes[0]
    assert axes.lines[0] == [(2018, 8.4), (2020, None), (2022, 0)]
    line = [Point(2010, "", 1), Point(2012, "", 2), Point(2015, "", None), Point(2018, "", 0)]
    page = multiples([Panel("A", "%", [Line("Total", line)])], number, "-")
    assert joined(page) == [2]
    line[2] = Point(2015, "", 0)
    assert joined(multiples([Panel("A", "%", [Line("Total", line)])], number, "-")) == [4]
    line = Line("Total", [Point(2018, "2018", 0), Point(2019, "2019", None)])
    assert [point.value for point in known(line)] == [0]


def test_a_review_s_chart_breaks_where_a_year_is_stated_to_be_missing(exercise_register):
    """Jastovar's inspections of 2021 and 2022 are not known: no line joins 2020 to 2023."""
    charts = canvases_of(lambda: indicators(opened(exercise_register, "QMJ")))
    (axes,) = (axes for each in charts for axes in each.axes if axes.title.startswith("E2"))
    assert [value is None for _, value in axes.lines[0]] == [False, True, True, False, False]
    assert [year for year, _ in axes.lines[-1]] == [2021, 2022]


def test_one_look_means_one_thing_among_the_dots_of_several_indicators(exercise_register, tmp_path):
    """Ages of two indicators share a legend: each has a mark of its own, the same in all rows."""
    rows = [("O1", "5-11", 4), ("O1", "15-17", 6), ("O2", "12-14", 9), ("O2", "15-17", 12)]
    observations = [
        {"indicator": code, "period_start": 2024, "period_end": 2024, "age": age,
         "value_number": number, "unit": "percent"}
        for code, age, number in rows
    ]  # fmt: skip
    stated = {"kind": "indicator_framework_received", "country": "QZA", "cycle": 2025}
    fact = stated | {"happened_on": "2025-04-02", "observations": observations}
    copy = recorded(exercise_register, tmp_path, [fact])
    drawn: list[DotRow] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(indicator_charts, "dots", lambda given, *_: (drawn.extend(given), SVG)[1])
        indicators(opened(copy, "QZA"))
    looks = {(dot.label, dot.look) for row in drawn for dot in row.dots}
    assert len(drawn) == 2 and len(looks) == 3
    assert len({label for label, _ in looks}) == len({look for _, look in looks}) == 3


def test_figures_in_two_units_are_never_on_one_line(exercise_register, tmp_path):
    """A budget stated in two currencies: both stay on file, each with a chart and a row of its own;
    a year without a figure, and so without a currency, stands among those stated last."""
    told = [(2022, 5e6, "USD"), (2022, 3e9, "XOF"), (2024, 6e6, "USD"), (2024, 4e9, "XOF")]
    observations = [
        {"indicator": "P3", "breakdown": "planned", "period_start": year, "period_end": year,
         "value_number": number, "unit": unit}
        for year, number, unit in told
    ]  # fmt: skip
    gone = {"indicator": "P3", "breakdown": "planned", "status": "missing"}
    observations.append(gone | {"period_start": 2023, "period_end": 2023})
    stated = {"kind": "indicator_framework_received", "country": "QZA", "cycle": 2025}
    fact = stated | {"happened_on": "2025-04-02", "observations": observations}
    this = opened(recorded(exercise_register, tmp_path, [fact]), "QZA")
    (canvas,) = canvases_of(lambda: indicators(this))
    assert [axes.title.rpartition("\n")[2] for axes in canvas.axes] == ["(USD)", "(XOF)"]
    assert [axes.lines[0] for axes in canvas.axes] == [
        [(2022, 5e6), (2024, 6e6)],
        [(2022, 3e9), (2023, None), (2024, 4e9)],
    ]
    said = words(this, "indicators")
    assert all(money in said for money in ("USD 6,000,000", "XOF 4,000,000,000"))


def test_ticks_stand_at_survey_years_as_printed():
    """2018/19 is written so, and no year without a survey is on the axis."""
    line = Line("Total", [Point(year, f"{year}/{year % 100 + 1}", 1.0) for year in (2011, 2018)])
    canvas = canvas_of(lambda: multiples([Panel("A", "%", [line])], number, "-"))
    below = [each.text for each in canvas.words if each.top > canvas.axes[0].bottom]
    assert below == ["2018/19", "2011/12"]


def test_an_empty_cell_is_no_zero():
    """Where nothing is on file a matrix has a dash, not 0."""
    texts = [text for _, _, text in canvas_of(lambda: drawn("matrix")).axes[0].words]
    assert texts.count("–") == 2 and "0" not in texts


def test_looks_differ_in_shape_not_only_in_colour():
    """Received on time, late, not received and not on file have markers of their own."""
    seen = {(look.shape, bool(look.fill)) for look in LOOKS.values()}
    filled = {LOOKS[name].shape for name in ("on_time", "late", "not_received")}
    assert len(filled) == 3 and len(seen) >= 6


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_every_figure_of_a_review_is_told_in_words_with_its_data(exercise_register, language):
    """Alternative text in the reader's language, composed from the data; the data behind it."""
    this = opened(exercise_register, "QMC", language)
    for section in ("timeline", "roadmap", "indicators", "evidence", "participation"):
        page = shown(this, section)
        figures = page.findall(".//figure")
        assert figures, section
        assert len(page.xpath(".//div[@class='data']//table")) == len(figures)
        for alt in page.xpath(".//img/@alt"):
            assert len(alt) > 40 and not re.search(r"\{|\}|\bNone\b|\bnan\b", alt)
    timeline_alt = shown(this, "timeline").xpath(".//img/@alt")[0]
    assert (
        this.label("status", "active") in timeline_alt and this.say("look.on_time") in timeline_alt
    )


def test_labels_of_panels_are_written_as_the_language_does(exercise_register):
    """A French chart has a decimal comma."""
    page = shown(opened(exercise_register, "QMA", "fr"), "indicators")
    assert any(re.search(r"\d,\d", alt) for alt in page.xpath(".//img/@alt"))


def test_a_series_without_a_unit_shows_no_empty_one(exercise_register):
    """Where nothing was counted because the question does not apply, there is no unit to name."""
    told = shown(opened(exercise_register, "QMH"), "indicators").text_content()
    assert "Not applicable" in told
    assert "(–)" not in told


@pytest.mark.parametrize("written", [numbers.compact, numbers.tenths])
@pytest.mark.parametrize("high", [0.00007, 0.0004, 0.003, 0.04, 0.1, 0.4, 4, 40, 400, 90_000])
def test_neighbouring_ticks_are_never_written_alike(written, high):
    """Small scales have the decimals that they need; only zero is written as zero."""
    for language in LANGUAGES:
        told = [written(value, language) for value in ticks(0, high, 4)]
        assert len(told) > 2 and len(set(told)) == len(told)


@pytest.mark.parametrize("most", [4, 5, 7, 9])
def test_a_tick_is_written_where_it_stands(most):
    """What an axis of per cent says of a tick is its value, not one near it."""
    for high in range(1, 2000):
        for value in ticks(0, high / 20, most):
            assert float(numbers.tenths(value, "en")) == pytest.approx(value)


def test_a_small_figure_is_not_printed_as_zero(exercise_register, tmp_path):
    """0.03 % is not 0 %: neither in the tables nor in the words of the chart; zero stays zero."""
    observations = [
        {"indicator": "O2", "period_start": year, "period_end": year, "sex": "total",
         "value_number": number, "unit": "percent"}
        for year, number in ((2018, 0), (2021, 0.04), (2024, 0.0007))
    ]  # fmt: skip
    stated = {"kind": "indicator_framework_received", "country": "QZA", "cycle": 2025}
    fact = stated | {"happened_on": "2025-04-02", "observations": observations}
    this = opened(recorded(exercise_register, tmp_path, [fact]), "QZA")
    page = shown(this, "indicators")
    (alt,) = page.xpath(".//img/@alt")
    for told in (alt, words(this, "indicators")):
        assert all(figure in told for figure in ("0.0%", "0.04%", "0.0007%"))
