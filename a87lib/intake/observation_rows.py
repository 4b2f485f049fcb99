"""The figures that come with a fact: rows in the fact itself, or in a CSV table beside it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from a87lib.facts import Observation
from a87lib.intake.yaml_text import excerpt
from a87lib.problems import Problem

Row = tuple[int, Any]
"""The line of a row in its file, and its fields."""


def observed(name: str, rows: Iterable[Row], problems: list[Problem]) -> Iterator[Observation]:
    """The rows as observations; what does not fit is noted with its line and left out."""
    for line, row in rows:
        try:
            yield Observation.model_validate(row)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                field = ".".join(map(str, detail["loc"]))
                expected = str(detail["msg"]).removeprefix("Value error, ")
                problems.append(
                    Problem(
                        "wrong_type",
                        f"{name}:{line} {field}".rstrip(),
                        excerpt(detail["input"]),
                        {"expected": expected, "field": field},
                    )
                )


def rows_of(path: Path, country: str | None) -> list[Row]:
    """The rows of a table of observations for a country; empty cells are left out.

    Raises OSError where the table cannot be read, UnicodeDecodeError where it is not UTF-8.
    """
    return [
        (line, {key: value for key, value in row.items() if value not in ("", None)})
        for line, row in _table(path)
        if country is None or row.get("country", country) == country
    ]


@lru_cache(maxsize=32)
def _table(path: Path) -> list[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [(line, row) for line, row in enumerate(csv.DictReader(file), start=2)]
