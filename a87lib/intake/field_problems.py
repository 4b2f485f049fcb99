"""What is wrong with the fields of a fact, told with the line where each stands."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from a87lib.intake.yaml_text import excerpt, line_of
from a87lib.problems import Problem

REFUSALS = {
    "missing": "missing_field",
    "extra_forbidden": "unknown_field",
    "value_error": "unknown_code",
}
FORMS = {
    "bool": "true, false",
    "int": "0, 1, 2 …",
    "float": "0, 0.5, 1 …",
    "string": "“…”",
    "list": "[…]",
    "model": "{…}",
    "dict": "{…}",
    "date": "2022-04-30",
}
"""How a type of field is written, by the family of what pydantic found wrong."""


def field_problems(
    file: str, node: Any, known: tuple[str, ...], error: ValidationError
) -> list[Problem]:
    """The problems of a fact's body, field by field. known: the fields that its kind has."""
    problems = []
    for detail in error.errors(include_url=False):
        name = ".".join(str(step) for step in detail["loc"])
        code = REFUSALS.get(detail["type"], "wrong_type")
        found = "" if code == "missing_field" else excerpt(detail["input"])
        args = {"field": name, "expected": _expected(detail), "fields": ", ".join(known)}
        where = f"{file}:{_line_at(node, detail['loc'])} {name}".rstrip()
        problems.append(Problem(code, where, found, args))
    return problems


def _line_at(node: Any, path: tuple[str | int, ...]) -> int:
    """The line of what stands at a path below a node, or of the last node on the way to it."""
    place: Any = node
    line = line_of(node)
    for step in path:
        if not isinstance(place, (dict, list)):
            break
        line = line_of(place, step) or line_of(place) or line
        inside: Any = dict(enumerate(place)) if isinstance(place, list) else place
        place = inside.get(step, place)
    return line


def _expected(detail: Any) -> str:
    """What was expected, as it would be written; else as the type says it."""
    written = FORMS.get(str(detail["type"]).split("_")[0])
    return written or str(detail["msg"]).removeprefix("Value error, ").removeprefix("one of ")
