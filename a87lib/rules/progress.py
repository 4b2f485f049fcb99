"""Progress of an indicator towards its target; it never drives a status (BR-IMP-1, TR-MIS-1)."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from typing import Any, cast

from a87lib.countryfile import CountryFile, Figure, figures
from a87lib.framework import Framework, Indicator
from a87lib.rules.finding import Answer, Outcome, Reason
from a87lib.rules.progress_methods import Path, cagr_ratio, linear, un_2023
from a87lib.rules.rule import rule

ON_TRACK, FAIR, STAGNATION = "on_track", "fair", "stagnation_or_regression"
SHOWN_DIGITS = 3
EVERYBODY = 200.0  # more years than any age group spans


def headline(found: list[Figure]) -> list[Figure]:
    """The series to judge: both sexes, all together; the longest, then the one of the most ages.

    Surveys of several sources make one series; of two figures for a period the later entry holds.
    """
    series: dict[tuple[str, ...], dict[tuple[str, str], Figure]] = defaultdict(dict)
    for figure in sorted(found, key=lambda each: each.entry):
        row = figure.observation
        if row.sex == "total" and (row.value_number is not None or row.status != "value"):
            periods = series[row.breakdown, row.age, row.unit]
            periods[row.period_start, row.period_end] = figure

    def rank(key: tuple[str, ...]) -> tuple[bool, int, float, float, tuple[str, ...]]:
        figures_ = series[key].values()
        values = sum(figure.observation.status == "value" for figure in figures_)
        return (key[0] != "", -values, -_ages(key[1]), -max(f.time for f in figures_), key)

    if not series:
        return []
    return sorted(series[min(series, key=rank)].values(), key=lambda figure: figure.time)


def _ages(age: str) -> float:
    """How many years of age a group spans (5-17: 12); no group named stands for everybody."""
    years = [int(number) for number in re.findall(r"\d+", age)]
    if not years:
        return EVERYBODY
    return EVERYBODY - 1 if len(years) == 1 else years[-1] - years[0]


def classed(ratio: float, framework: Framework, asof: date) -> str:
    """on_track, fair, or stagnation_or_regression."""
    if ratio >= framework.value("progress.on_track", asof):
        return ON_TRACK
    return FAIR if ratio >= framework.value("progress.fair", asof) else STAGNATION


@rule(
    "progress.on_track",
    paragraph="BR-IMP-1",
    reads=(),
    interpretations=("INT-12", "INT-18"),
    parameters=(
        "progress.on_track",
        "progress.fair",
        "progress.zero_target_stand_in",
        "progress.base_year",
    ),
    asked=("indicator",),
    also=("TR-MIS-1",),
)
def on_track(file: CountryFile, asof: date, framework: Framework, indicator: str) -> Outcome:
    """Does the indicator move fast enough to reach its target in time?"""
    if indicator not in framework.indicators:
        return Outcome(
            Answer.ASK, (Reason("indicator_unknown", None, (), {"indicator": indicator}),)
        )
    known = framework.indicators[indicator]
    if (aside := _not_judged(known)) is not None:
        return aside
    series = headline(figures(file, indicator))
    points = [figure for figure in series if figure.observation.status == "value"]
    if not points:
        return _without_value(series)
    latest = series[-1]
    if latest.observation.status != "value":
        return _without_value([latest])
    numbers = tuple(dict.fromkeys(figure.entry for figure in points))
    if len(points) == 1:
        when = {"years": points[0].observation.years}
        return Outcome(Answer.TOO_EARLY, (Reason("one_point_is_no_trend", None, numbers, when),))
    return _judged(points, known, framework, asof)


def _not_judged(known: Indicator) -> Outcome | None:
    if known.direction == "ambiguous":
        return Outcome(Answer.NOT_APPLICABLE, (Reason("direction_ambiguous"),))
    if known.target_value is None or known.direction == "none":
        return Outcome(Answer.NOT_APPLICABLE, (Reason("no_target"),))
    return None


def _without_value(series: list[Figure]) -> Outcome:
    """Missing, not applicable and not assessable are three different things."""
    if not series:
        return Outcome(Answer.ASK, (Reason("figures_not_on_file"),))
    latest = series[-1]
    status = latest.observation.status
    reason = Reason(f"figure_{status}", None, (latest.entry,), {"years": latest.observation.years})
    answer = Answer.NOT_APPLICABLE if status == "not_applicable" else Answer.ASK
    return Outcome(answer, (reason,))


def baseline(points: list[Figure], base_year: int) -> Figure:
    """The point at the base year; where there is none the last before it, else the first after."""
    before = [figure for figure in points[:-1] if figure.time <= base_year]
    return before[-1] if before else points[0]


def _judged(points: list[Figure], known: Indicator, framework: Framework, asof: date) -> Outcome:
    base_year = int(framework.value("progress.base_year", asof))
    base, latest = baseline(points, base_year), points[-1]
    path = _path(base, latest, known)
    reasons = [_series_reason(base, latest, known)]
    if base.time != base_year:
        args = {"base_year": base_year, "years": base.observation.years}
        reasons.append(Reason("base_year_missing", None, (base.entry,), args))
    sources = {figure.observation.source for figure in (base, latest)}
    if len(sources) > 1:
        reasons.append(Reason("several_sources", None, (base.entry, latest.entry)))
    if latest.time >= path.target_year or asof.year > path.target_year:
        reasons.append(Reason("target_year_passed", None, (), {"year": known.target_year}))
    if _reached(path, known):
        reasons.append(Reason("target_reached", None, (latest.entry,)))
        return Outcome(Answer.YES, tuple(reasons), value=ON_TRACK)
    return _by_methods(path, reasons, framework, asof)


def _path(base: Figure, latest: Figure, known: Indicator) -> Path:
    return Path(
        base.time,
        cast(float, base.observation.value_number),
        latest.time,
        cast(float, latest.observation.value_number),
        cast(float, known.target_year),
        cast(float, known.target_value),
    )


def _reached(path: Path, known: Indicator) -> bool:
    return path.value <= path.target if known.direction == "lower" else path.value >= path.target


def _series_reason(base: Figure, latest: Figure, known: Indicator) -> Reason:
    args: dict[str, Any] = {
        "base_years": base.observation.years,
        "base": base.observation.value_number,
        "years": latest.observation.years,
        "value": latest.observation.value_number,
        "target": known.target_value,
        "target_year": known.target_year,
    }
    return Reason("progress_inputs", None, tuple(dict.fromkeys((base.entry, latest.entry))), args)


def _by_methods(path: Path, reasons: list[Reason], framework: Framework, asof: date) -> Outcome:
    stand_in = float(framework.value("progress.zero_target_stand_in", asof))
    found = {
        "linear": linear(path),
        "un_2023": un_2023(path),
        "cagr_ratio": cagr_ratio(path, stand_in),
    }
    for method, ratio in found.items():
        if ratio is None:
            reasons.append(Reason(f"method_{method}_not_computable"))
        else:
            reasons.append(
                Reason(f"method_{method}", None, (), {"ratio": round(ratio, SHOWN_DIGITS)})
            )
    main = found["linear"]
    if main is None:
        if path.value == path.base:
            return Outcome(Answer.ASK, (*reasons, Reason("progress_not_computable")))
        return Outcome(Answer.NO, tuple(reasons), value=STAGNATION)
    value = classed(main, framework, asof)
    other = found["un_2023"]
    if other is not None and classed(other, framework, asof) != value:
        reasons.append(Reason("methods_disagree"))
    return Outcome(Answer.YES if value == ON_TRACK else Answer.NO, tuple(reasons), value=value)
