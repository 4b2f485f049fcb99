"""What would be found if the GCM changed its texts (TR-EXAM-1): a difference, never stored.

changes = changes_of(["signals.consecutive_cycles=3"], framework.load(), asof)
for code, differences in what_if(files, framework.load(), changes): ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from typing import Any

from a87lib.countryfile import CountryFile
from a87lib.framework import Framework
from a87lib.problems import Problem, Problems, problem
from a87lib.rules.asking import findings_for
from a87lib.rules.differences import Difference, differences

NEAR = 3  # names suggested
_FLAGS = {"true": True, "yes": True, "false": False, "no": False}


@dataclass(frozen=True, slots=True)
class Change:
    """A dated value, or a reading of an open place of the texts, and what it would be instead."""

    name: str
    now: Any
    then: Any


def changes_of(
    asked: Iterable[str], framework: Framework, asof: date, where: str = ""
) -> tuple[Change, ...]:
    """The changes that texts such as `gcm.quorum=17` or `INT-08=seven_groups` name.

    asof: the day whose value is the present one. where: where they were typed. Raises Problems of
    usage with everything that is wrong: a name that there is not (with the nearest), a value that
    cannot be one.
    """
    found: dict[str, Change] = {}
    wrong: list[Problem] = []
    for text in asked:
        name, _, given = (part.strip() for part in text.partition("="))
        try:
            found[name] = Change(name, *_values(name, given, framework, asof))
        except Problems as refused:
            wrong.extend(replace(each, where=where) for each in refused.problems)
    if wrong:
        raise Problems(wrong, exit_status=2)
    return tuple(found.values())


def changed(framework: Framework, changes: Iterable[Change]) -> Framework:
    """The framework as it would be; its version says what is changed."""
    values = {each.name: each.then for each in changes if each.name in framework.parameters}
    readings = {each.name: each.then for each in changes if each.name not in values}
    return framework.with_values(values).with_readings(readings)


def what_if(
    files: Iterable[CountryFile], framework: Framework, changes: Iterable[Change]
) -> Iterator[tuple[str, list[Difference]]]:
    """Each country's findings that would differ, in the order of the files; all may be empty."""
    other = changed(framework, changes)
    for file in files:
        yield file.country, differences(findings_for(file, framework), findings_for(file, other))


def _values(name: str, given: str, framework: Framework, asof: date) -> tuple[Any, Any]:
    """The present value and the other one."""
    if name in framework.parameters:
        now = framework.value(name, asof)
        unit = framework.parameters[name].unit
        return now, _read(name, given, now, _READ.get(unit) or _READ[type(now).__name__])
    if name in framework.interpretations and framework.interpretations[name].readings:
        readings = framework.interpretations[name].readings
        now = framework.reading(name)
        return now, _read(name, given, ", ".join(readings), lambda text: _one(text, readings))
    known = [
        *framework.parameters,
        *(key for key, each in framework.interpretations.items() if each.readings),
    ]
    near = get_close_matches(name, known, NEAR, 0.3) or known[:NEAR]
    raise problem("unknown_norm", found=name, near=", ".join(near))


def _read(name: str, given: str, like: Any, read: Callable[[str], Any]) -> Any:
    try:
        return read(given)
    except (ValueError, KeyError):
        raise problem("no_such_value", found=given, name=name, like=as_typed(like)) from None


def as_typed(value: object) -> str:
    """A value as it is typed for a change: true and false in small letters."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _one(text: str, known: Mapping[str, Any]) -> str:
    if text not in known:
        raise ValueError(text)
    return text


def _number(text: str) -> int:
    """A whole number from 1 on."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _share(text: str) -> float:
    """A share of 1, above 0."""
    share = float(text)
    if not 0 < share <= 1:
        raise ValueError(text)
    return share


def _day_of_year(text: str) -> str:
    """Month and day (04-30) that every year has."""
    return date.fromisoformat(f"2001-{text}").isoformat()[5:]


_READ: dict[str, Callable[[str], Any]] = {
    "day_of_year": _day_of_year,
    "int": _number,
    "float": _share,
    "bool": lambda text: _FLAGS[text.lower()],
}
