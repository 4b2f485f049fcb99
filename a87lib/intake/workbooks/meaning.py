"""Whether figures fit together: given once, parts within the whole, sums that add up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from a87lib.intake.workbooks.figures import Figure
from a87lib.intake.workbooks.settings import settings
from a87lib.intake.workbooks.values import Reader

SEXES = ("female", "male")
_Group = Mapping[str, Figure]


def check_repeats(reader: Reader, figures: Sequence[Figure], column: str) -> None:
    """The same figure twice is refused, whether it says the same or not."""
    first: dict[tuple[object, ...], Figure] = {}
    for figure in figures:
        o = figure.observation
        period = (o.period_start, o.period_end) if column == "value" else ()
        key = (figure.cycle, o.indicator, *period, o.sex, o.age, o.breakdown, o.unit)
        earlier = first.setdefault(key, figure)
        if earlier is not figure:
            said, before = o.value_number, earlier.observation.value_number
            same = (said, o.value_text, o.status) == (
                before, earlier.observation.value_text, earlier.observation.status
            )  # fmt: skip
            code = "row_repeated" if same else "row_contradicts"
            at = column if figure.row.cell(column) is not None else "reason"
            shown = "" if said is None else f"{said:g}"
            reader.refuse(figure.row, at, code, shown, first=reader.cell_name(earlier.row, column))


def check_sums(reader: Reader, figures: Sequence[Figure]) -> None:
    """Parts against their whole, for the sexes, the ages and the amounts of a budget."""
    valued = [f for f in figures if f.observation.value_number is not None]
    for group in _groups(valued, "sex"):
        _check_whole(reader, group, "total", SEXES)
    for group in _groups(valued, "age"):
        for whole, parts in settings().ages.items():
            _check_whole(reader, group, whole, parts)
    for group in _groups([f for f in valued if f.observation.indicator == "P3"], "breakdown"):
        for whole, parts in settings().amounts.items():
            _check_whole(reader, group, whole, parts)


def _groups(figures: Iterable[Figure], by: str) -> Iterator[_Group]:
    """Figures that differ in one respect only, by what they say in that respect."""
    fields = {"sex", "age", "breakdown"} - {by}
    groups: dict[tuple[object, ...], dict[str, Figure]] = defaultdict(dict)
    for figure in figures:
        o = figure.observation
        rest = tuple(getattr(o, name) for name in sorted(fields))
        key = (figure.cycle, o.indicator, o.period_start, o.period_end, o.unit, *rest)
        groups[key].setdefault(getattr(o, by), figure)
    return iter(groups.values())


def _check_whole(reader: Reader, group: _Group, whole: str, parts: Sequence[str]) -> None:
    if whole not in group:
        return
    given = [group[part] for part in parts if part in group]
    unit = group[whole].observation.unit
    if unit == "count" or len(unit) == 3:
        _check_amounts(reader, group[whole], given, complete=len(given) == len(parts), unit=unit)
    elif len(given) == len(parts):
        _check_rate(reader, group[whole], given)


def _number(figure: Figure) -> float:
    return figure.observation.value_number or 0.0


def _check_amounts(
    reader: Reader, whole: Figure, given: Sequence[Figure], *, complete: bool, unit: str
) -> None:
    slack = settings().tolerance.amount if unit != "count" else 0.0
    at = reader.cell_name(whole.row, "value")
    larger = [part for part in given if _number(part) > _number(whole) + slack]
    for part in larger:
        shown = f"{_number(part):.15g}"
        reader.refuse(part.row, "value", "part_above_whole", shown, whole=_number(whole), cell=at)
    total = sum(map(_number, given))
    if larger or not complete or abs(total - _number(whole)) <= slack:
        return
    parts = ", ".join(reader.cell_name(part.row, "value") for part in given)
    shown = f"{_number(whole):.15g}"
    if whole.row.cell("note") is not None and total < _number(whole):
        reader.warn(whole.row, "value", "parts_sum_noted", shown, sum=total, cells=parts)
    else:
        reader.refuse(whole.row, "value", "parts_sum", shown, sum=total, cells=parts)


def _check_rate(reader: Reader, whole: Figure, parts: Sequence[Figure]) -> None:
    """A rate of the whole lies between those of its parts, but for rounding."""
    slack = settings().tolerance.rate
    low, high = min(map(_number, parts)), max(map(_number, parts))
    if not low - slack <= _number(whole) <= high + slack:
        cells = ", ".join(reader.cell_name(part.row, "value") for part in parts)
        shown = f"{_number(whole):g}"
        reader.refuse(
            whole.row, "value", "rate_outside_parts", shown, low=low, high=high, cells=cells
        )
