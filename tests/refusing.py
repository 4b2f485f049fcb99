"""Why the desk refuses something: told in every language, and nothing recorded."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from a87lib.language import LANGUAGES, told
from a87lib.problems import Problem, Problems
from a87lib.register import Register


def refusal(
    does: Callable[..., object], on: Register, *given: object, **named: object
) -> Sequence[Problem]:
    """The problems with which something is refused."""
    before = on.head()
    with pytest.raises(Problems) as raised:
        does(on, *given, **named)
    assert on.head() == before
    found = raised.value.problems
    assert all(told(problem, language) for problem in found for language in LANGUAGES)
    return found


def refused(
    does: Callable[..., object], on: Register, *given: object, **named: object
) -> list[str]:
    """The codes of the problems with which something is refused."""
    return [problem.code for problem in refusal(does, on, *given, **named)]
