"""What somebody does at the desk from a screen, and what came of the last thing done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import traitlets as t

from a87lib import register
from a87lib.problems import Problem, Problems
from a87lib.register import Conflict
from a87lib.serving.view import View
from widgets.opening import Opened, acting


class Doing(t.HasTraits):
    """Who is here, and what they do about the review of a country.

    problems, recorded: what came of the last thing done (recorded: its key and the country).
    read_at: grows with every reading.
    """

    problems = t.Tuple()
    recorded = t.Tuple()
    read_at = t.Int()

    def __init__(self, on: Opened, view: View) -> None:
        super().__init__()
        self.on, self.language = on, view.spoken()
        self.acting = acting()

    def about(self) -> tuple[str, int]:
        """Country and cycle that are open."""
        raise NotImplementedError

    def look(self) -> None:
        """Reads again what stands where."""
        raise NotImplementedError

    def second(self, first: Conflict, given: tuple[object, ...]) -> None:
        """Somebody else was first. given: what was to be recorded."""

    def do(self, verb: Callable[..., Any], *given: object, **named: Any) -> bool:
        """Calls a verb of the desk about what is open; whether it was done."""
        try:
            with register.open(self.on.where) as on:
                verb(on, self.acting, *self.about(), *given, **named)
        except Conflict as first:
            self.recorded, self.problems = (), (Problem("reviews_second"),)
            self.look()
            self.second(first, given)
            return False
        except Problems as refused:
            self.recorded, self.problems = (), refused.problems
            return False
        self.problems = ()
        return True

    def after(self, key: str) -> None:
        """Reads again what stands where, then says what was done."""
        country, _ = self.about()
        self.look()
        self.recorded = (key, country)
