"""Problems as a person reads them."""

from __future__ import annotations

import os
from collections.abc import Iterable

from a87lib.language.catalogue import has, say
from a87lib.language.formats import LANGUAGES
from a87lib.problems import Problem


def told(problem: Problem, language: str) -> str:
    """A problem in a line: where; what is wrong; what was expected, if said; how to mend it."""
    args = {**problem.args, "where": problem.where, "found": problem.found}
    key = f"problem.{problem.code}"
    what = say(key, language, **args)
    parts = [f"{problem.where}: {what}" if problem.where else what]
    if has(f"{key}.expected", language):
        wanted = say(f"{key}.expected", language, **args)
        parts.append(say("problem_expected", language, wanted=wanted))
    if has(f"{key}.fix", language):
        parts.append(say(f"{key}.fix", language, **args))
    return " ".join(parts)


def all_told(problems: Iterable[Problem], language: str) -> str:
    """Problems, a line each."""
    return "\n".join(told(problem, language) for problem in problems)


def preferred() -> str:
    """The language in which to speak to whoever runs a command: A87_LANG, else the locale's."""
    for name in ("A87_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        language = os.environ.get(name, "")[:2].lower()
        if language in LANGUAGES:
            return language
    return "en"
