"""How the findings about a country differ between two days, or between two states of knowledge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from a87lib.rules.finding import Finding


@dataclass(frozen=True, slots=True)
class Difference:
    """A finding before and after; None where the rule was not asked about this on that day."""

    rule: str
    before: Finding | None
    after: Finding | None


def differences(before: Iterable[Finding], after: Iterable[Finding]) -> list[Difference]:
    """The findings whose answer or value differs, in the order of the later ones.

    What was asked on one day only (a new cycle, a new indicator) counts as different.
    """
    first = {_key(finding): finding for finding in before}
    second = {_key(finding): finding for finding in after}
    keys = [*second, *(key for key in first if key not in second)]
    found = (Difference(key[0], first.get(key), second.get(key)) for key in keys)
    return [each for each in found if _says(each.before) != _says(each.after)]


def _key(finding: Finding) -> tuple[str, ...]:
    return (finding.rule, *(f"{name} {value}" for name, value in finding.about.items()))


def _says(finding: Finding | None) -> tuple[object, ...] | None:
    return None if finding is None else (finding.answer, finding.value)
