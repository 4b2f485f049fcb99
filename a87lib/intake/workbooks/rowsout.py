"""The rows that a workbook brings along, in the words of its language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from a87lib import framework
from a87lib.intake.workbooks import choices
from a87lib.intake.workbooks.layout import Table
from a87lib.intake.workbooks.prefill import LastFigure, Prefill, answer_rows, figure_rows
from a87lib.language import format_number

ADMINISTRATIVE = frozenset({"count", "currency"})
"""Units of figures that offices count every year; others come from surveys of their own year."""


@dataclass(frozen=True, slots=True)
class Given:
    """A row given: values by column; its unit; options: codes that may be answered."""

    values: Mapping[str, str | float]
    unit: str = ""
    open_unit: bool = False
    options: tuple[str, ...] = ()


def given_rows(prefill: Prefill, table: Table) -> Sequence[Given]:
    """The rows of a table that the workbench fills in."""
    if prefill.identity.purpose == "history":
        return _received(prefill) if table.key == "received" else []
    makers = {"actions": _actions, "figures": _figures, "answers": _answers}
    maker = makers.get(table.key)
    return [] if maker is None else maker(prefill, table)


def _received(prefill: Prefill) -> list[Given]:
    return [
        Given({"cycle": str(cycle), **prefill.received.get(cycle, {})})
        for cycle in prefill.identity.cycles
    ]


def _actions(prefill: Prefill, table: Table) -> list[Given]:
    language, states = prefill.identity.language, table.column("state")
    return [
        Given(
            {
                "priority": each.priority,
                "priority_title": each.priority_title,
                "action": each.action,
                "action_title": each.title,
                "due": each.due,
                "last_state": choices.label(states, each.last_state, language)
                if each.last_state
                else "",
            }
        )
        for each in prefill.actions
    ]


def _figures(prefill: Prefill, table: Table) -> list[Given]:
    language = prefill.identity.language
    rows = []
    for each in figure_rows(prefill.last):
        indicator = framework.load().indicators[each.indicator]
        money = indicator.unit == "currency"
        unit = each.unit if money else choices.label(table.column("unit"), indicator.unit, language)
        values: dict[str, str | float] = {
            "indicator": each.indicator,
            "name": indicator.name[language],
            "sex": choices.label(table.column("sex"), each.sex, language),
            "age": each.age,
            "breakdown": choices.label(table.column("breakdown"), each.breakdown, language),
            "last": _last(each, language),
            "unit": unit,
        }
        if indicator.unit in ADMINISTRATIVE:
            values["start"] = prefill.identity.cycles[0] - 1
        rows.append(Given(values, unit=indicator.unit, open_unit=money))
    return rows


def _answers(prefill: Prefill, table: Table) -> list[Given]:
    language = prefill.identity.language
    rows = []
    for each in answer_rows(prefill.last):
        indicator = framework.load().indicators[each.indicator]
        options = {"enum": indicator.options, "set": ("yes", "no")}.get(indicator.type, ())
        values: dict[str, str | float] = {
            "indicator": each.indicator,
            "name": indicator.name[language],
            "breakdown": choices.label(table.column("breakdown"), each.breakdown, language),
            "last": _last(each, language),
        }
        rows.append(Given(values, options=options))
    return rows


def _last(each: LastFigure, language: str) -> str:
    """The latest value on file with its year, or why there is none."""
    fw = framework.load()
    if each.value is None:
        if each.status == "value":
            return ""
        said = fw.label("observation_status", each.status, language)
    elif isinstance(each.value, str):
        options = fw.vocabulary("indicator_option")
        said = options[each.value][language] if each.value in options else each.value
    elif each.unit == "year":
        said = f"{each.value:.0f}"
    else:
        said = format_number(each.value, language)
        if len(each.unit) == 3:
            said = f"{said} {each.unit}"
    return f"{said} ({each.years})" if each.years else said
