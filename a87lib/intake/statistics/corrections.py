"""Records of known errors in published figures, and what an import does about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, TypeAdapter, ValidationError

from a87lib.facts.body import Part, _text
from a87lib.framework.states import DATA
from a87lib.intake.statistics.figures import Figure, Placed, Reading, Remark
from a87lib.intake.yaml_text import plain, read_yaml
from a87lib.problems import Problem, Problems

RECORDS = DATA / "reference" / "source_corrections.yaml"
Text = Annotated[str, BeforeValidator(_text)]


def _several(value: object) -> object:
    return value if isinstance(value, list) else [value]


class Row(Part):
    """Which figure is meant; what is left out may be anything."""

    country: Text
    indicator: Text | None = None
    period: Text
    sex: Text = "total"
    age: Text | None = None
    breakdown: Text = ""

    def names(self, figure: Figure) -> bool:
        """Whether the figure is the one meant."""
        return (
            self.country == figure.country
            and self.period == figure.period_start
            and self.sex == figure.sex
            and self.breakdown == figure.breakdown
            and self.indicator in (None, figure.indicator)
            and self.age in (None, figure.age)
        )


class Correction(Part):
    """One known error.

    series: as the framework names it. edition: as stated at the import, or the beginning of the
    file's SHA-256; "any" for all. printed: the value expected there, in our unit; all of them where
    a figure is given several times. corrected: what we take instead; None with `action: leave_out`.
    why: the ground, with its source.
    """

    id: Text
    series: Text
    edition: Text
    row: Row
    printed: Annotated[list[Text], BeforeValidator(_several)]
    action: Literal["replace", "leave_out"] = "replace"
    corrected: Text | None = None
    why: Text

    def concerns(self, reading: Reading) -> bool:
        """Whether it is about this edition."""
        return self.edition in ("any", reading.edition) or (
            len(self.edition) >= 12 and reading.sha256.startswith(self.edition)
        )


def read_corrections(path: Path = RECORDS) -> list[Correction]:
    """The records of a file; raises Problems with all that is wrong with them."""
    content = plain(read_yaml(path)) or []
    try:
        found = TypeAdapter(list[Correction]).validate_python(content)
    except ValidationError as error:
        raise Problems(
            Problem("wrong_type", f"{path.name} {'.'.join(map(str, e['loc']))}", str(e["input"]),
                    {"expected": e["msg"], "field": ".".join(map(str, e["loc"]))})
            for e in error.errors(include_url=False)
        ) from None  # fmt: skip
    wrong = [c for c in found if (c.action == "replace") == (c.corrected is None)]
    ids = [c.id for c in found]
    twice = [c for at, c in enumerate(found) if c.id in ids[:at]]
    if wrong or twice:
        raise Problems(
            [Problem("statistics_correction", f"{path.name} {c.id}", c.action) for c in wrong]
            + [Problem("duplicate_label", path.name, c.id) for c in twice]
        )
    return found


def apply(corrections: Iterable[Correction], reading: Reading) -> None:
    """Corrects the figures of a reading, and remarks on each record that is about its edition.

    A record whose printed value is no longer there changes nothing and says so; one of whose row
    there is no figure says that.
    """
    series = {placed.series for placed in reading.figures}
    for correction in corrections:
        if correction.series not in series or not correction.concerns(reading):
            continue
        hits = [
            at
            for at, placed in enumerate(reading.figures)
            if placed.series == correction.series and correction.row.names(placed.figure)
        ]
        found = [_value(reading.figures[at].figure) for at in hits]
        printed = ", ".join(correction.printed)
        if sorted(found) == sorted(correction.printed):
            _change(correction, reading, hits)
        elif hits:
            where, there = reading.figures[hits[0]].where, ", ".join(found)
            reading.remarks.append(Remark("other_value", correction.id, where, printed, there))
        elif correction.edition != "any":
            reading.remarks.append(Remark("not_there", correction.id, "", printed))


def _value(figure: Figure) -> str:
    return figure.value_number or figure.value_text


def _change(correction: Correction, reading: Reading, places: list[int]) -> None:
    leaving = correction.action == "leave_out"
    printed = ", ".join(correction.printed)
    key = "left_out" if leaving else "applied"
    where = reading.figures[places[0]].where
    reading.remarks.append(Remark(key, correction.id, where, printed, correction.corrected or ""))
    for at in reversed(places):
        series, figure, where = reading.figures[at]
        if leaving:
            del reading.figures[at]
            reading.leave("corrected", correction.id)
            continue
        new = {"value_number" if figure.value_number else "value_text": correction.corrected or ""}
        note = f'{figure.source}; printed "{_value(figure)}", corrected ({correction.id})'
        reading.figures[at] = Placed(series, replace(figure, **new, source=note), where)
