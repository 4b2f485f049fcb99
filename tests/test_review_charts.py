"""Charts: the same for the same rows, told in words, never inventing a value."""

from __future__ import annotations

import re
from datetime import date

import pytest
from reviewing import opened, shown

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
from a87lib.report.charts.multiples import known
from a87lib.report.charts.states import STATES
from a87lib.report.figures import svg

WORDS = {look: look for look in ("event", "on_time", "late", "due")} | {"asof": "as of"}
ASOF = date(2025, 12, 15)
BAND = Band(date(2019, 1, 1), ASOF, "active", "Active")


def number(value: float) -> str:
    return f"{value:g}"


def drawings() -> dict[str, object]:
    vague = Mark("Report", date(2020, 1, 1), "event", date(2020, 12, 31))
    marks = [Mark("Report", date(2020, 4, 30), "due"), vague]
    line = Line(
        "Total", [Point(2018, "2018/19", 8.4), Point(2020, "2020", None), Point(2022, "2022", 0)]
    )
    counts = {"completed": 2, "unstated": 1}
    grid = Matrix(["a", "b"], ["2024", "2025"], [[1, None], [None, 3]], [("All", 2)])
    row = DotRow("O1", "2011", [Dot("Total", "total", 0.0), Dot("Female", "female", 9)])
    return {
        "timeline": timeline(["Report"], marks, [BAND], ASOF, WORDS),
        "states": states([StateBar("1. A", counts)], dict.fromkeys(STATES, "x"), "n"),
        "matrix": matrix(grid),
        "multiples": multiples([Panel("O1 Children", "per cent", [line])], number, "no value"),
        "dots": dots([row], "%", number),
    }


@pytest.mark.parametrize("name", ["timeline", "states", "matrix", "multiples", "dots"])
def test_the_same_rows_give_the_same_bytes(name):
    """A chart depends on its rows alone: two drawings are equal."""
    assert svg(drawings()[name]) == svg(drawings()[name])


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
    figure = drawings()["multiples"]
    drawn = figure.axes[0].lines[0].get_ydata()
    assert drawn[0] == 8.4 and drawn[1] != drawn[1] and drawn[2] == 0
    line = Line("Total", [Point(2018, "2018", 0), Point(2019, "2019", None)])
    assert [point.value for point in known(line)] == [0]


def test_ticks_stand_at_survey_years_as_printed():
    """2018/19 is written so, and no year without a survey is on the axis."""
    axes = drawings()["multiples"].axes[0]
    assert {label.get_text() for label in axes.get_xticklabels()} <= {"2018/19", "2020", "2022"}


def test_an_empty_cell_is_no_zero():
    """Where nothing is on file a matrix has a dash, not 0."""
    texts = [text.get_text() for text in drawings()["matrix"].axes[0].texts]
    assert texts.count("–") == 2 and "0" not in texts


def test_looks_differ_in_shape_not_only_in_colour():
    """Received on time, late, not received and not on file have markers of their own."""
    from a87lib.report.charts.timeline import _LOOKS

    seen = {(how["marker"], "facecolors" in how) for how in _LOOKS.values()}
    filled = {
        how["marker"] for name, how in _LOOKS.items() if name in ("on_time", "late", "not_received")
    }
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
