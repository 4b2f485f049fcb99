"""Charts as they are drawn: words in every script, nothing cut, nothing over something else."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import BytesIO
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from matplotlib.image import imread
from test_review_charts import ASOF, canvas_of, number

from a87lib.language import LANGUAGES, keys, raw
from a87lib.report import pictures
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
    letters,
    matrix,
    multiples,
    states,
    timeline,
    words,
)
from a87lib.report.charts.canvas import Canvas, Words
from a87lib.report.charts.looks import SHAPES, Field, Marker, Stroke
from a87lib.report.charts.multiples import LETTERS
from a87lib.report.charts.multiples import apart as set_apart
from a87lib.report.charts.portfolio import LOOKS as SIGN_LOOKS
from a87lib.report.charts.portfolio import portfolio
from a87lib.report.charts.states import STATES
from a87lib.report.charts.timeline import LOOKS
from a87lib.report.colours import contrast, legible

LOOK_WORDS = dict.fromkeys(LOOKS, "received after it was due") | {"asof": "as of 15 December 2025"}
NOWHERE = "\U00012000"  # a cuneiform sign, of which we have no font
SCRIPTS = {
    "Latin": "Éducation, efficacité – 50 %",
    "Greek": "Παιδική εργασία",
    "Cyrillic": "Детский труд",
    "Arabic": "عمل الأطفال",
    "Devanagari": "शिक्षा क्षेत्र",
    "Ethiopic": "የሕፃናት ጉልበት",
    "Bengali": "শিশুশ্রম",
    "Khmer": "ពលកម្មកុមារ",
    "Georgian": "ბავშვთა შრომა",
    "Chinese": "童工",
    "Korean": "아동 노동",
}
label = st.text("abcdefghij é", min_size=1, max_size=90).filter(str.strip)
count = st.integers(0, 60)
value = st.floats(-500, 9000, allow_nan=False).map(lambda each: float(round(each)))


def test_letters_learnt_stand_as_the_font_lays_them_out():
    """Words put together from letters are the words that FreeType lays out, in both weights."""
    texts = {word for language in LANGUAGES for key in sorted(keys(language))[::25]
             for word in raw(key, language).split()}  # fmt: skip
    texts |= {"(of)", "a (of)", "« chef »", "1 (chef)", "“f” (f)"}
    several = 0
    for text, bold in ((text, bold) for text in sorted(texts) for bold in (False, True)):
        words.run(text, bold)
        found = letters._known(text, bold)
        several += len(found) > 1
        assert letters.laid(text, bold) == letters._shaped(text, bold), text
    opening = [text for text in texts if text[0] in "([{<«“‘"]
    assert several > 0.95 * 2 * (len(texts) - len(opening))


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_is_drawn_in_its_own_letters(script):
    """Each letter has ink, and none is the crossed box of the last resort."""
    (box,) = words.run(NOWHERE).names
    crossed = box.partition("-")[0]
    run = words.run(SCRIPTS[script], bold=True)
    assert run.width > 1000 and len(run.names) > 1
    assert crossed not in {name.partition("-")[0] for name in run.names}


def test_letters_that_join_are_joined():
    """Arabic letters take the form of their place, and fi is one letter."""
    (alone,) = words.run("ع").names
    assert alone not in words.run("عمل").names
    assert len(words.run("fi").names) == 1


def test_what_no_font_holds_is_a_crossed_box():
    """A character of no font is seen, and does not vanish."""
    (box,) = words.run(NOWHERE).names
    assert words.run("\U00013000").names == (box,) and letters.outline(box).path


def test_what_no_document_may_hold_stops_no_picture():
    """Controls, half of a sign and markup in a text are drawn, and said, as in the document."""
    canvas = Canvas(0.5, 1.0)
    canvas.write('a\x0bb\ud800<&"\u202e\t', 4, 10, 8)
    (drawn,) = etree.fromstring(canvas.svg().encode()).findall("{*}g")
    assert drawn.get("aria-label").startswith('a\ufffdb\ufffd<&"') and len(drawn) >= 7
    assert pictures.png(canvas.svg(), 96, 48)


@pytest.mark.parametrize(
    ("text", "room", "lines", "shown"),
    [
        ("Child labour", 500, 2, "Child labour"),
        ("Children aged 5 to 17 at work", 90, 2, "Children aged 5\nto 17 at work"),
        ("one two three four five six", 40, 2, None),
        ("Antidisestablishmentarianism", 60, 3, None),
        ("", 60, 3, ""),
    ],
)
def test_long_words_are_folded(text, room, lines, shown):
    """No line is wider than its room, and what is left out is said by an ellipsis."""
    found = words.folded(text, room, 8, lines)
    assert shown is None or found == shown
    assert len(found.split("\n")) <= lines
    assert words.width(found, 8) <= room
    assert found.endswith("…") or "".join(found.split()) == "".join(text.split())


@given(text=label, room=st.integers(30, 200), lines=st.integers(1, 4))
def test_folding_keeps_to_the_room(text, room, lines):
    """Whatever the words are."""
    found = words.folded(text, room, 8, lines)
    assert len(found.split("\n")) <= lines and words.width(found, 8) <= room
    assert found.endswith("…") or "".join(found.split()) == "".join(text.split())


def inside(canvas: Canvas, page: str) -> None:
    """All words, lines, fields and marks of a canvas are on it."""
    for each in canvas.words:
        assert each.left >= -0.5 and each.right <= canvas.width + 0.5, each
        assert each.top >= -0.5 and each.bottom <= canvas.height + 0.5, each
    for x, y in places(page):
        assert -0.5 <= x <= canvas.width + 0.5 and -0.5 <= y <= canvas.height + 0.5


def places(page: str) -> list[tuple[float, float]]:
    """Corners of what is drawn, but for words."""
    found = []
    for part in etree.fromstring(page):
        if part.tag.endswith("path"):
            pairs = re.findall(r"[ML]([-\d.]+) ([-\d.]+)", part.get("d"))
            found += [(float(x), float(y)) for x, y in pairs]
        elif part.tag.endswith("circle"):
            found.append((float(part.get("cx")), float(part.get("cy"))))
        elif part.tag.endswith("rect") and part.get("x"):
            x, y, width, height = (float(part.get(n)) for n in ("x", "y", "width", "height"))
            found += [(x, y), (x + width, y + height)]
    return found


def apart(every: list[Words]) -> None:
    """None of some words lies over another."""
    for one, other in combinations(every, 2):
        across = min(one.right, other.right) - max(one.left, other.left)
        down = min(one.bottom, other.bottom) - max(one.top, other.top)
        assert across <= 0.1 or down <= 2.5, (one, other)  # descenders and ascenders may touch


def whole(page: str) -> None:
    """What is named is there, once; all is in numbers; each text is there in letters."""
    tree = etree.fromstring(page)
    names = tree.xpath("//@id")
    assert len(names) == len(set(names))
    used = [each.lstrip("#") for each in tree.xpath("//@href")]
    painted = re.findall(r"url\(#(.+?)\)", " ".join(tree.xpath("//@fill")))
    assert {*used, *painted} == {*names}
    assert not re.search(r"\bnan\b|\binf\b|\de[-+]?\d", re.sub(r'aria-label="[^"]*"', "", page))
    assert all(each.get("aria-label") for each in tree.findall("{*}g"))


def checked(page: str, canvas: Canvas) -> None:
    """What holds for each chart."""
    whole(page)
    inside(canvas, page)
    for axes in canvas.axes:
        beside = [w for w in canvas.words if w.right <= axes.left and w.bottom > axes.top]
        apart([w for w in beside if w.left >= axes.left - 40 and w.top < axes.bottom])
        apart([w for w in canvas.words if axes.bottom < w.top < axes.bottom + 9])


def line(name: str, years: set[int], values: list[float], look: str) -> Line:
    """A line with values at survey years."""
    pairs = zip(sorted(years), values, strict=False)
    points = [Point(year, f"{year}/{year % 100 + 1}", each) for year, each in pairs]
    return Line(name, points, look)


lines = st.builds(
    line,
    label,
    st.sets(st.integers(1990, 2030), min_size=2, max_size=9),
    st.lists(value, min_size=9, max_size=9),
    st.sampled_from(["total", "female", "0", "1", "5"]),
)
panels = st.lists(
    st.builds(Panel, label, label, st.lists(lines, min_size=1, max_size=5)), min_size=1, max_size=5
)


@settings(max_examples=40)
@given(panels)
def test_multiples_stay_on_the_page(found):
    pages: list[str] = []
    canvas = canvas_of(lambda: pages.append(multiples(found, lambda n: f"{n:.0f}", "no value")))
    checked(pages[0], canvas)
    for axes, panel in zip(canvas.axes, found, strict=True):
        last = [f"{each.points[-1].value:.0f}" for each in panel.lines]
        written = [text for _, _, text in axes.words]
        assert written == last or (not written and len(last) > 4)  # of every line its own, or none
        inside = [w for w in canvas.words if axes.left < w.left < axes.right
                  and axes.top - 1 <= w.top and w.bottom <= axes.bottom + 3]  # fmt: skip
        values_ = [w for w in inside if w.text in last]
        assert len(values_) >= len(written)
        apart(values_ if written else [])


@given(
    st.lists(st.floats(-20, 120, allow_nan=False), max_size=12),
    st.floats(0, 40),
    st.floats(30, 90),
)
def test_labels_make_room_for_each_other_or_are_left_out_together(middles, top, bottom):
    """In the order of the ends, none over another, all inside; where they do not fit, none."""
    found = set_apart(middles, top, bottom)
    high = LETTERS
    assert len(found) == (len(middles) if high * len(middles) <= bottom - top else 0)
    placed = sorted(zip(middles, found, strict=False))
    assert [each for _, each in placed] == sorted(found)
    heights = sorted(found)
    assert all(b - a >= high - 1e-6 for a, b in pairwise(heights))
    assert all(top - 1e-6 <= each - high / 2 and each + high / 2 <= bottom + 1e-6 for each in found)


def test_labels_that_have_room_stay_where_their_lines_end():
    """Only what would be covered is moved, and as little as may be."""
    assert set_apart([50.0, 10.0, 30.0], 0, 60) == [50.0, 10.0, 30.0]
    assert set_apart([30.0, 30.0, 10.0], 0, 60) == [26.5, 33.5, 10.0]
    assert set_apart([30.0, 32.0], 0, 60) == [27.5, 34.5]


def test_a_last_value_has_the_colour_of_its_line():
    """Darkened only as far as words must be: nobody reads it of another line."""
    found = Panel("E3", "n", [line(each, {2016, 2019}, [3, 4], each) for each in
                              ("total", "female", "male")])  # fmt: skip
    page = multiples([found], lambda n: f"= {n:.0f}", "no value")
    inks = re.findall(r'<g aria-label="= 4" role="img"(?: fill="(.+?)")?', page)
    assert inks[-3:] == ["", legible("#D55E00"), "#0072B2"]
    assert contrast(legible("#D55E00")) >= 4.5 > contrast("#D55E00")


@settings(max_examples=40)
@given(
    st.lists(label, min_size=1, max_size=12),
    st.integers(1, 50),
    st.lists(count, min_size=50, max_size=50),
)
def test_matrices_stay_on_the_page(rows, columns, counts):
    years = [str(2017 + n) for n in range(columns)]
    cells = [counts[:columns] for _ in rows]
    pages: list[str] = []
    canvas = canvas_of(lambda: pages.append(matrix(Matrix(rows, years, cells, [("A", len(rows))]))))
    checked(pages[0], canvas)
    apart([each for each in canvas.words if each.text in years and each.bottom < 26])


@settings(max_examples=40)
@given(st.lists(st.tuples(label, st.lists(value, min_size=1, max_size=4)), min_size=1, max_size=6))
def test_dots_stay_on_the_page(rows):
    found = [
        DotRow(name, "2018/19", [Dot(f"{name} {n}", str(n), each) for n, each in enumerate(values)])
        for name, values in rows
    ]
    pages: list[str] = []
    checked_page = canvas_of(lambda: pages.append(dots(found, "Per cent", number)))
    checked(pages[0], checked_page)


@settings(max_examples=40)
@given(st.lists(st.tuples(label, st.lists(count, min_size=6, max_size=6)), min_size=1, max_size=6))
def test_states_stay_on_the_page(rows):
    bars = [StateBar(name, dict(zip(STATES, each, strict=True))) for name, each in rows]
    pages: list[str] = []
    canvas = canvas_of(lambda: pages.append(states(bars, dict.fromkeys(STATES, "in hand"), "n")))
    checked(pages[0], canvas)


@settings(max_examples=40)
@given(st.lists(st.tuples(label, st.lists(count, min_size=6, max_size=6)), min_size=1, max_size=6))
def test_portfolios_stay_on_the_page(rows):
    bars = [StateBar(name, dict(zip(SIGN_LOOKS, each, strict=True))) for name, each in rows]
    if not any(sum(bar.counts.values()) for bar in bars):
        with pytest.raises(ValueError, match="at least one country"):
            portfolio(bars, {})
        return
    pages: list[str] = []
    canvas = canvas_of(lambda: pages.append(portfolio(bars, dict.fromkeys(SIGN_LOOKS, "open"))))
    checked(pages[0], canvas)


@settings(max_examples=40)
@given(
    st.lists(label, min_size=1, max_size=8, unique=True),
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 30000), st.integers(0, 400)), min_size=1),
)
def test_timelines_stay_on_the_page(lanes, days):
    first = date(1990, 3, 1)
    marks = [
        Mark(lanes[lane % len(lanes)], day := first + timedelta(days=start), [*LOOKS][long % 7],
             day + timedelta(days=long))
        for lane, start, long in days
    ]  # fmt: skip
    bands = [Band(first, ASOF, "active", "Active pathfinder country")]
    pages: list[str] = []
    canvas = canvas_of(lambda: pages.append(timeline(lanes, marks, bands, ASOF, LOOK_WORDS)))
    checked(pages[0], canvas)


def test_a_picture_shows_every_shape_and_hatch():
    """Typst draws what the browser draws: marks, patterns and words leave ink where they stand."""
    canvas = Canvas(1.0, 3.0)
    for place, shape in enumerate(("o", *SHAPES)):
        canvas.mark(Marker(shape, 10, "#000000"), 12 + 20 * place, 12)
    for place, hatch in enumerate(("", "lines", "dots", "crosses")):
        canvas.field(4 + 50 * place, 24, 40, 16, Field("#ffffff", Stroke("#000000"), hatch))
    canvas.write("Ink", 4, 56, 12)
    drawn = imread(BytesIO(pictures.png(canvas.svg(), 288, 96)), format="png")[:, :, :3]
    scale = drawn.shape[1] / canvas.width

    def ink(*box: float) -> float:
        left, top, right, bottom = (round(side * scale) for side in box)
        return 1 - float(drawn[top:bottom, left:right].mean())

    for place in range(len(SHAPES) + 1):
        assert ink(6 + 20 * place, 6, 18 + 20 * place, 18) > 0.05, place
    inner = [ink(6 + 50 * n, 26, 42 + 50 * n, 38) for n in range(4)]
    assert inner[0] < 0.001 and min(inner[1:]) > 0.01 and inner[3] > inner[1]
    assert ink(4, 48, 24, 64) > 0.05
