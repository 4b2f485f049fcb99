"""Asking all rules about a country, or one rule about one thing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from a87lib.countryfile import CountryFile
from a87lib.framework import Framework
from a87lib.rules.duties import first_cycle, next_due
from a87lib.rules.finding import Finding
from a87lib.rules.history import history
from a87lib.rules.rule import RULES, Rule

REVIEWED_CRITERIA = ("evidence", "participation")  # always reviewed (AF-REV-2)


def cycles_of(file: CountryFile, framework: Framework) -> tuple[int, ...]:
    """The cycles to show of a country: from its first one to the one now running."""
    running, _ = next_due(file.asof, framework)
    granted = history(file, framework).granted_on
    first = first_cycle(granted, framework) if granted is not None else running - 1
    return tuple(range(min(first, running), running + 1))


def findings_for(file: CountryFile, framework: Framework) -> list[Finding]:
    """All findings about a country as of the file's day, in the order of the rules."""
    return [
        rule.finding(file, framework, **about)
        for rule in RULES.values()
        if rule.of == "country"
        for about in _questions(rule, file, framework)
    ]


def ask(rule: str, file: Any, framework: Framework, **about: Any) -> Finding:
    """The finding of one rule; raises KeyError for a rule that there is not."""
    return RULES[rule].finding(file, framework, **about)


def _questions(rule: Rule, file: CountryFile, framework: Framework) -> Iterator[dict[str, Any]]:
    if "indicator" in rule.asked:
        for code in indicators_on_file(file):
            yield {"indicator": code}
        return
    cycles = cycles_of(file, framework) if "cycle" in rule.asked else (None,)
    criteria = REVIEWED_CRITERIA if "criterion" in rule.asked else (None,)
    for cycle in cycles:
        for criterion in criteria:
            asked = {"cycle": cycle, "criterion": criterion}
            yield {name: value for name, value in asked.items() if value is not None}


def indicators_on_file(file: CountryFile) -> list[str]:
    """Codes of the indicators of which the file has figures, sorted."""
    return sorted({o.indicator for entry in file.entries for o in entry.observations})
