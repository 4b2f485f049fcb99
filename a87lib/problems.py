"""What is wrong with an input, told so that a person can put it right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input.

    code: short stable name; the catalogue has `problem.<code>` (what is wrong and what was
    expected) and may have `problem.<code>.fix` (how to put it right), with the fields of `args`.
    where: file and line, or sheet and cell, or field, as a person would say it.
    found: what stood there, as text.
    """

    code: str
    where: str = ""
    found: str = ""
    args: Mapping[str, object] = field(default_factory=dict)


class Problems(Exception):
    """All problems of one input, gathered. Raised once, when everything has been looked at."""

    def __init__(self, problems: Iterable[Problem], exit_status: int = 1) -> None:
        self.problems = tuple(problems)
        self.exit_status = exit_status
        super().__init__("; ".join(f"{p.code} {p.where} {p.found}".strip() for p in self.problems))


def problem(code: str, where: str = "", found: object = "", **args: object) -> Problems:
    """A single problem as an exception (input with one thing wrong)."""
    return Problems([Problem(code, where, str(found), args)])


def usage(code: str, where: str = "", found: object = "", **args: object) -> Problems:
    """A single problem of usage: the command ends with status 2."""
    return Problems([Problem(code, where, str(found), args)], exit_status=2)
