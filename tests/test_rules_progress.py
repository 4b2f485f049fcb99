"""The three methods of progress against hand-worked figures, and which series is judged."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from stated import file_of

from a87lib import framework
from a87lib.countryfile import Figure
from a87lib.facts import Observation
from a87lib.rules import Finding, ask
from a87lib.rules.progress import baseline, headline
from a87lib.rules.progress_methods import Path, cagr_ratio, linear, un_2023

FW = framework.load()
HALVED = Path(2015, 20, 2022, 10, 2030, 0)
"""Child labour of 20 % in 2015 and 10 % in 2022, to be zero by 2030: the design's example."""


def test_the_designs_example_by_three_methods() -> None:
    """Linear 1.07 (on track), UN 0.774 (fair), ratio of growth rates 0.195 with 0.001 for zero."""
    assert linear(HALVED) == pytest.approx(10 / (20 * 7 / 15))
    assert linear(HALVED) == pytest.approx(1.07, abs=0.005)
    assert un_2023(HALVED) == pytest.approx(0.774, abs=0.0005)
    assert cagr_ratio(HALVED, 0.001) == pytest.approx(0.195, abs=0.0005)


@pytest.mark.parametrize(
    ("path", "ratio"),
    [
        (Path(2015, 20, 2020, 15, 2030, 5), 1.0),  # a third of the way in a third of the time
        (Path(2015, 20, 2020, 20, 2030, 5), 0.0),
        (Path(2015, 20, 2020, 25, 2030, 5), -1.0),
        (Path(2015, 20, 2032, 5, 2030, 5), 1.0),  # later than the target year: the whole change
        (Path(2015, 20, 2032, 12.5, 2030, 5), 0.5),
        (Path(2015, 60, 2020, 70, 2030, 90), 1.0),  # a target above the baseline
        (Path(2030, 20, 2031, 10, 2030, 0), 0.5),  # a baseline of the target year
        (Path(2031, 20, 2032, 10, 2030, 0), 0.5),  # or of a later one
        (Path(2029.5, 20, 2029.75, 15, 2030, 0), 0.5),  # half a year before it
        (Path(2015, 0, 2020, 5, 2030, 10), 1.5),  # zero is a value
        (Path(2015, 5, 2020, 9, 2030, 5), None),  # the baseline is the target
        (Path(2015, 20, 2015, 15, 2030, 5), None),  # no time has passed
        (Path(2016, 20, 2015, 15, 2030, 5), None),
    ],
)
def test_linear_pace(path: Path, ratio: float | None) -> None:
    """Actual change over the change that a straight line asks for by that time."""
    assert linear(path) == (None if ratio is None else pytest.approx(ratio))


@pytest.mark.parametrize(
    ("path", "ratio"),
    [
        (Path(2015, 16, 2020, 8, 2025, 4), 1.0),  # halved once, halved again by the target year
        (Path(2015, 16, 2020, 8, 2030, 0), 14 / 16),
        (Path(2015, 16, 2020, 16, 2025, 4), 0.0),
        (Path(2015, 16, 2020, 32, 2025, 4), -4.0),
        (Path(2015, 16, 2026, 10, 2025, 4), 0.5),  # after the target year nothing is projected
        (Path(2015, 16, 2016, 0, 2025, 4), 16 / 12),  # zero stays zero
        (Path(2015, 0.5, 2020, 0.25, 2025, 0), 0.75),  # values below one
        (Path(2015, 0, 2020, 8, 2025, 4), None),
        (Path(2015, -1, 2020, 8, 2025, 4), None),
        (Path(2015, 16, 2020, -8, 2025, 4), None),
        (Path(2015, 16, 2020, -0.5, 2025, 4), None),
        (Path(2015, 16, 2020, 8, 2025, 16), None),
        (Path(2015, 16, 2015, 8, 2025, 4), None),
        (Path(2020, 16, 2015, 8, 2025, 4), None),
        (Path(2015, 1e-300, 2016, 1e300, 2500, 0), None),  # beyond what can be said
    ],
)
def test_projection_of_the_un_chart(path: Path, ratio: float | None) -> None:
    """Share of the required change reached by the target year if growth goes on."""
    assert un_2023(path) == (None if ratio is None else pytest.approx(ratio))


@pytest.mark.parametrize(
    ("path", "ratio"),
    [
        (Path(2015, 16, 2016, 8, 2017, 4), 1.0),  # halved in one year, as required in each of two
        (Path(2015, 16, 2017, 4, 2018, 2), 1.0),
        (Path(2015, 100, 2016, 90, 2017, 81), 1.0),
        (Path(2015, 100, 2016, 95, 2017, 81), 0.5),
        (Path(2015, 100, 2016, 100, 2017, 81), 0.0),
        (Path(2015, 0.5, 2016, 0.25, 2017, 0.125), 1.0),
        (Path(2015, 8, 2016, 4, 2017, 8), None),  # no change is required
        (Path(2015, -8, 2016, 4, 2017, 2), None),
        (Path(2015, 8, 2016, -4, 2017, 2), None),
        (Path(2015, 8, 2016, -0.5, 2017, 2), None),
        (Path(2015, 8, 2015, 4, 2017, 2), None),
        (Path(2016, 8, 2015, 4, 2017, 2), None),
        (Path(2017, 8, 2018, 4, 2017, 2), None),  # no time to the target
        (Path(2018, 8, 2019, 4, 2017, 2), None),
    ],
)
def test_ratio_of_growth_rates(path: Path, ratio: float | None) -> None:
    """Actual over required compound annual growth rate."""
    assert cagr_ratio(path, 0.001) == (None if ratio is None else pytest.approx(ratio))


def test_zero_is_replaced_where_a_rate_divides_by_it() -> None:
    """A target, value or baseline of zero counts as the stand-in."""
    assert cagr_ratio(Path(2015, 0.002, 2016, 0, 2017, 0), 0.001) == pytest.approx(
        (0.5 - 1) / (0.5**0.5 - 1)
    )
    assert cagr_ratio(Path(2015, 0, 2016, 0.002, 2017, 0.004), 0.001) == pytest.approx(1.0)


def figure(
    start: int, value: float | None = 1.0, *, entry: int = 1, end: int | None = None, **row: Any
) -> Figure:
    """A figure of O4."""
    fields = {
        "indicator": "O4",
        "period_start": str(start),
        "period_end": str(end or start),
        "value_number": value,
        "unit": "per_1000",
        **({"status": "missing"} if value is None else {}),
        **row,
    }
    return Figure(entry, Observation.model_validate(fields))


def chosen(*found: Figure) -> list[tuple[float, float | None]]:
    """Time and value of the figures of the series that is judged."""
    return [(each.time, each.observation.value_number) for each in headline(list(found))]


def test_the_series_of_both_sexes_is_judged() -> None:
    """Figures of women, or of men, are shown and not judged."""
    assert chosen(figure(2020, 5, sex="female"), figure(2019, 7)) == [(2019, 7)]
    assert chosen(figure(2020, 5, sex="female")) == []


def test_the_whole_population_goes_before_a_breakdown() -> None:
    """A longer series of one region does not stand for the country."""
    regional = [figure(year, 9, breakdown="north") for year in (2016, 2018, 2020)]
    assert chosen(*regional, figure(2017, 7)) == [(2017, 7)]


def test_the_longest_series_is_judged_then_the_one_of_the_most_ages() -> None:
    """Of series with as many figures the one that spans more years of age."""
    short, long = [figure(2020, 1, age="5-17")], [figure(y, 2, age="5-14") for y in (2016, 2020)]
    assert chosen(*short, *long) == [(2016, 2), (2020, 2)]
    assert chosen(figure(2020, 1, age="5-17"), figure(2020, 2, age="5-14")) == [(2020, 1)]
    assert chosen(figure(2020, 1, age="5-17"), figure(2020, 2)) == [(2020, 2)]
    assert chosen(figure(2020, 1, age="5-17"), figure(2020, 2, age="15+")) == [(2020, 2)]
    assert chosen(figure(2020, 1, age="15+"), figure(2020, 2)) == [(2020, 2)]
    assert chosen(figure(2020, 1, age="15+"), figure(2018, 2)) == [(2018, 2)]


def test_of_series_alike_the_later_one_is_judged() -> None:
    """As many figures, the same ages, another unit: the one with the last survey."""
    for order in (1, -1):
        two = [figure(2016, 5, unit="percent"), figure(2020, 9, unit="per_1000")][::order]
        assert chosen(*two) == [(2020, 9)]


def test_a_missing_figure_makes_a_series_no_longer() -> None:
    """Only figures count for the length; a text is no figure."""
    missing = [figure(year, None, age="5-17") for year in (2016, 2018, 2020)]
    assert chosen(*missing, figure(2017, 7, age="5-14")) == [(2017, 7)]
    assert chosen(figure(2020, None, status="value", value_text="Yes"), figure(2018, 3)) == [
        (2018, 3)
    ]


def test_of_two_figures_for_a_period_the_later_entry_holds() -> None:
    """Surveys of several sources make one series, in order of their years."""
    found = [
        figure(2020, 5, entry=9, source="B"),
        figure(2020, 6, entry=3),
        figure(2016, 8, entry=4),
    ]
    assert chosen(*found) == [(2016, 8), (2020, 5)]
    assert chosen(figure(2018, 4, end=2019), figure(2018, 5)) == [(2018, 5), (2018.5, 4)]


def test_the_base_is_the_figure_of_2015_or_the_nearest_before_it() -> None:
    """Where there is none up to 2015, the first one after it."""
    points = [figure(2010), figure(2014), figure(2016), figure(2020)]
    assert baseline(points, 2015).time == 2014
    assert baseline([*points[:1], figure(2015), *points[2:]], 2015).time == 2015
    assert baseline(points[2:], 2015).time == 2016
    assert baseline([figure(2010), figure(2013)], 2015).time == 2010


def found(
    *rows: str,
    indicator: str = "O4",
    asof: str = "2023-01-01",
    using: framework.Framework = FW,
) -> Finding:
    """The finding about figures received in 2022."""
    text = """
    - kind: statistics_received
      happened_on: 2022-06-10
      publisher: A statistics office
      series: A series
      observations:
    """ + "".join(f"    - {{indicator: {indicator}, unit: x, {row}}}\n    " for row in rows)
    return ask("progress.on_track", file_of(text, asof), using, indicator=indicator)


def year(number: int, value: float, more: str = "") -> str:
    """A figure of a year as a row."""
    return f"period_start: {number}, period_end: {number}, value_number: {value}{more}"


def args(finding: Finding, key: str) -> dict[str, Any]:
    """What the reason with this key names."""
    return next(dict(reason.args) for reason in finding.because if reason.key == key)


def test_the_finding_shows_its_inputs_and_every_method() -> None:
    """Baseline, latest figure and target; three ratios to three digits; that they disagree."""
    finding = found(year(2015, 20), year(2022, 10))
    assert args(finding, "progress_inputs") == {
        "base_years": "2015",
        "base": 20,
        "years": "2022",
        "value": 10,
        "target": 0,
        "target_year": 2030,
    }
    ratios = {key: args(finding, key)["ratio"] for key in ("method_linear", "method_un_2023")}
    assert ratios == {"method_linear": 1.071, "method_un_2023": 0.774}
    assert args(finding, "method_cagr_ratio") == {"ratio": 0.195}
    assert [reason.key for reason in finding.because] == [
        "progress_inputs",
        "method_linear",
        "method_un_2023",
        "method_cagr_ratio",
        "methods_disagree",
    ]
    assert all(reason.entries == (2,) for reason in finding.because[:1])


def aiming(direction: str, target: float | None) -> framework.Framework:
    """The framework with another direction and target (by 2030) of O4."""
    items = tuple(
        replace(item, direction=direction, target_value=target) if item.code == "O4" else item
        for item in FW.indicators.items
    )
    return replace(FW, indicators=replace(FW.indicators, items=items))


@pytest.mark.parametrize(
    ("direction", "target", "latest", "answer", "reached"),
    [
        ("higher", 90.0, 90, "yes", True),
        ("higher", 90.0, 95, "yes", True),
        ("higher", 90.0, 89, "yes", False),  # 69 of 70, with half of the time gone
        ("higher", 90.0, 20, "no", False),
        ("lower", 5.0, 5, "yes", True),
        ("lower", 5.0, 4, "yes", True),
        ("lower", 5.0, 6, "yes", False),
        ("lower", 5.0, 20, "no", False),
        ("none", 5.0, 4, "not_applicable", False),
        ("higher", None, 90, "not_applicable", False),
        ("ambiguous", 5.0, 4, "not_applicable", False),
    ],
)
def test_a_target_is_reached_from_either_side(
    direction: str, target: float | None, latest: float, answer: str, reached: bool
) -> None:
    """At the target or beyond it, whichever way is better; without a target nothing is judged."""
    figures = [year(2015, 20), year(2022, latest)]
    finding = found(*figures, using=aiming(direction, target))
    assert str(finding.answer) == answer
    assert ("target_reached" in [reason.key for reason in finding.because]) == reached


def test_methods_that_agree_are_not_said_to_differ() -> None:
    """Both stagnation: no flag."""
    finding = found(year(2015, 20), year(2022, 20))
    assert "methods_disagree" not in [reason.key for reason in finding.because]
    assert finding.value == "stagnation_or_regression"


def test_the_target_year_passes_with_the_figures_or_with_the_day() -> None:
    """Asked after the target year, or with a figure of it, the whole change is asked for."""
    early = found(year(2015, 20), year(2022, 10), indicator="O1", asof="2025-12-31")
    late = found(year(2015, 20), year(2022, 10), indicator="O1", asof="2026-01-01")
    reached = found(year(2015, 20), year(2025, 10), indicator="O1", asof="2025-12-31")
    passed = [
        "target_year_passed" in [reason.key for reason in each.because]
        for each in (early, late, reached)
    ]
    assert passed == [False, True, True]
    assert args(late, "target_year_passed") == {"year": 2025}


def test_a_base_of_2015_needs_no_remark() -> None:
    """Only another base year is said."""
    assert "base_year_missing" not in [r.key for r in found(year(2015, 20), year(2022, 10)).because]
    other = found(year(2016, 20), year(2022, 10))
    assert args(other, "base_year_missing") == {"base_year": 2015, "years": "2016"}


def test_figures_of_several_sources_are_said_to_be_so() -> None:
    """One source needs no remark."""
    two = found(year(2015, 20, ", source: A"), year(2022, 10, ", source: B"))
    one = found(year(2015, 20, ", source: A"), year(2022, 10, ", source: A"))
    assert [
        "several_sources" in [reason.key for reason in each.because] for each in (two, one)
    ] == [True, False]


def test_an_unknown_indicator_is_asked_about() -> None:
    """The framework in use does not have it."""
    finding = ask("progress.on_track", file_of("", "2023-01-01"), FW, indicator="Z9")
    assert (str(finding.answer), finding.because[0].key) == ("ask", "indicator_unknown")


def test_two_figures_at_one_time_say_nothing() -> None:
    """2018 and the years 2017 to 2019 have the same middle."""
    rows = (year(2018, 20), "period_start: 2017, period_end: 2019, value_number: 20")
    finding = found(*rows)
    assert (str(finding.answer), finding.because[-1].key) == ("ask", "progress_not_computable")
