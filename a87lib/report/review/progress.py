"""Progress of indicators towards their targets by two methods (BR-IMP-1, TR-MIS-1)."""

from __future__ import annotations

from a87lib.countryfile import figures
from a87lib.framework import Indicator
from a87lib.language import format_number, format_percent, say
from a87lib.report import documents as doc
from a87lib.report.ages import age_group
from a87lib.report.inline import BadgeKind, Piece
from a87lib.report.review import numbers
from a87lib.report.review.opening import Review
from a87lib.report.review.pieces import lines, reason, with_references
from a87lib.rules import Finding, Reason
from a87lib.rules.progress import FAIR, ON_TRACK, STAGNATION, headline

RULE = "progress.on_track"
CLASSES: dict[str, BadgeKind] = {ON_TRACK: "good", FAIR: "attention", STAGNATION: "bad"}
IN_COLUMNS = {"progress_inputs", "method_linear", "method_un_2023", "method_cagr_ratio"}
LEFT_OUT = {"method_cagr_ratio_not_computable"}
DIGITS = 2


def progress(this: Review) -> doc.Element:
    """The pace of each indicator that has a target and a figure; nothing where there is none."""
    rows = [
        _row(this, indicator, finding)
        for indicator in this.framework.indicators.items
        if indicator.target_year is not None
        and (finding := this.finding(RULE, indicator.code)) is not None
        and "direction_ambiguous" not in {why.key for why in finding.because}
    ]
    if not rows:
        return doc.stack()
    shares = {
        name: format_number(
            float(this.framework.value(f"progress.{name}", this.asked.asof)), this.language
        )
        for name in ("on_track", "fair")
    }
    columns = {
        "indicator": 2.4,
        "from_to": 2.1,
        "target": 1,
        "pace": 0.9,
        "projection": 1,
        "assessed": 2.7,
    }
    return doc.stack(
        doc.section(3, this.say("progress.heading")),
        doc.paragraph(this.say("progress.reading", **shares)),
        doc.table(
            this.say("progress.table"),
            [
                doc.Column(this.say(f"column.{name}"), width=width)
                for name, width in columns.items()
            ],
            rows,
            note=this.say("progress.note"),
        ),
    )


def _row(this: Review, indicator: Indicator, finding: Finding) -> tuple[Piece, ...]:
    told = {why.key: why for why in finding.because}
    inputs = told.get("progress_inputs")
    none = this.say("progress.no_trend" if inputs is None else "progress.not_computable")
    return (
        numbers.name(this, indicator.code),
        none if inputs is None else _from_to(this, indicator, inputs),
        _target(this, indicator),
        _ratio(this, told.get("method_linear")) or none,
        _ratio(this, told.get("method_un_2023")) or none,
        _assessed(this, finding),
    )


def _from_to(this: Review, indicator: Indicator, inputs: Reason) -> Piece:
    """First and last figure measured, each with its survey year; then the unit and the age."""
    shown = headline(figures(this.file, indicator.code))[-1].observation
    ends: list[Piece] = [
        this.say(
            "figure_of_year",
            years=inputs.args[years],
            value=numbers.written(this, float(inputs.args[value]), shown.unit),
        )
        for years, value in (("base_years", "base"), ("years", "value"))
    ]
    told = numbers.unit(this, shown.unit)
    if shown.age:
        told = f"{told}, {age_group(shown.age, this.language)}"
    return with_references(this, lines([*ends, doc.small(told)]), *inputs.entries)


def _target(this: Review, indicator: Indicator) -> str:
    target = format_number(float(indicator.target_value or 0), this.language)
    if indicator.unit == "percent":
        target = format_percent(float(indicator.target_value or 0), this.language, 0)
    return this.say("progress.target", target=target, year=str(indicator.target_year))


def _ratio(this: Review, method: Reason | None) -> str:
    """A method's ratio; empty where there is none."""
    return (
        "" if method is None else format_number(float(method.args["ratio"]), this.language, DIGITS)
    )


def _assessed(this: Review, finding: Finding) -> Piece:
    """The class by the linear pace, and everything else that is to be known about it."""
    shown = [reason(this, why) for why in finding.because if why.key not in IN_COLUMNS | LEFT_OUT]
    if finding.value is None:
        return lines(shown)
    badge = doc.badge(CLASSES[finding.value], say(f"progress.{finding.value}", this.language))
    return lines([badge, *(doc.small(each) for each in shown)])
