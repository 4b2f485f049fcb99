"""What rules hand on cannot be changed, and what several of them derive is derived once."""

from __future__ import annotations

import pkgutil
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from importlib import import_module

import pytest
from stated import file_of

from a87lib import framework, rules
from a87lib.countryfile import CountryFile
from a87lib.rules import Finding, ask, findings_for
from a87lib.rules.differences import differences
from a87lib.rules.duties import due_on, silent_until
from a87lib.rules.history import history
from a87lib.rules.signals import no_report

FW = framework.load()
KEYWORDS_ONLY = {"Finding", "Task"}
DERIVED_ONCE = {
    "counted_cycles",
    "finalised_state",
    "history",
    "judged_state",
    "owed_cycles",
    "owes",
    "present",
    "received_state",
    "status",
    "warning_on",
}


def _dataclasses() -> Iterator[type]:
    for module in pkgutil.iter_modules(rules.__path__, "a87lib.rules."):
        import_module(module.name)
        for made in vars(sys.modules[module.name]).values():
            if isinstance(made, type) and made.__module__ == module.name and is_dataclass(made):
                yield made


def test_what_rules_hand_on_cannot_be_changed() -> None:
    """Each class of the rules is frozen, and takes no attribute that it does not declare."""
    found = list(_dataclasses())
    assert len(found) > 20
    for made in found:
        assert vars(made)["__dataclass_params__"].frozen, made
        assert "__slots__" in vars(made), made
        keywords = {each.kw_only for each in fields(made)}
        assert keywords == {made.__name__ in KEYWORDS_ONLY}, made


def test_states_of_a_cycle_are_told_apart_by_kind() -> None:
    """Two states with the same reason are equal only where they are of one kind."""
    from a87lib.rules.cycle_states import Met, Missed, NotAsked

    reason = rules.Reason("report_received", 2022)
    assert Met(reason) == Met(reason)
    assert len({repr(each(reason)) for each in (Met, NotAsked)}) == 2
    assert Met(reason) != NotAsked(reason)
    assert Missed(reason, from_day=date(2022, 5, 1)) != Missed(reason, from_day=date(2022, 5, 2))


def test_what_several_rules_derive_is_derived_once() -> None:
    """A file remembers status, cycles owed, states and signs, per framework."""
    file = file_of("", "2021-05-01")
    findings_for(file, FW)
    assert {key[0] for key in file.derived} >= DERIVED_ONCE
    for day_of in (due_on, silent_until):
        before = day_of.cache_info().hits
        assert day_of(2022, FW) == day_of(2022, FW)
        assert day_of.cache_info().hits > before


TWO_CYCLES = """
    - {kind: report_received, happened_on: 2020-04-01, cycle: 2020}
    - {kind: report_received, happened_on: 2022-04-01, cycle: 2022}
"""


def _asked(file: CountryFile, *rules_: str) -> list[Finding]:
    return [ask(rule, file, FW) for rule in rules_]


def test_findings_of_two_days_are_compared_by_what_they_answer() -> None:
    """A changed answer or value is a difference; other reasons for the same answer are none."""
    early, late = (file_of(TWO_CYCLES, day) for day in ("2021-05-01", "2022-05-01"))
    asked = ("signals.early_warning", "signals.no_report", "standing.status")
    found = differences(_asked(early, *asked), _asked(late, *asked))
    assert [(each.rule, str(each.before and each.before.answer)) for each in found] == [
        ("signals.early_warning", "yes")
    ]
    assert str(found[0].after and found[0].after.answer) != "yes"
    assert differences(_asked(early, *asked), _asked(early, *asked)) == []


def test_a_changed_value_is_a_difference_too() -> None:
    """standing.status gives no answer: what differs is its value."""
    granted = file_of("", "2020-01-01")
    none = file_of("", "2020-01-01", granted=False)
    found = differences(_asked(none, "standing.status"), _asked(granted, "standing.status"))
    assert [(d.before and d.before.value, d.after and d.after.value) for d in found] == [
        ("none", "active")
    ]


@pytest.mark.parametrize("forwards", [True, False])
def test_what_was_asked_on_one_day_only_is_a_difference(forwards: bool) -> None:
    """A cycle that is new, or no longer asked about, comes with one side only."""
    file = file_of(TWO_CYCLES, "2022-05-01")
    some = [ask("cycle.report_received", file, FW, cycle=2020)]
    more = [*some, ask("cycle.report_received", file, FW, cycle=2022)]
    found = differences(some, more) if forwards else differences(more, some)
    assert [each.rule for each in found] == ["cycle.report_received"]
    (before, after) = (found[0].before, found[0].after)
    assert ((before is None), (after is None)) == (forwards, not forwards)
    assert (after if forwards else before) == more[1]


def test_a_rule_and_what_is_derived_keep_their_names() -> None:
    """So that a reader of the code finds them, and `a87 coverage` can print the question."""
    assert (no_report.__name__, history.__name__) == ("no_report", "history")
    assert (no_report.__doc__ or "").startswith("Was no progress report")
    assert (history.__doc__ or "").startswith("The status decisions")
