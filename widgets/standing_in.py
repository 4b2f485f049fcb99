"""Somebody else's part in a review, done for them: whose, why, with which file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import traitlets as t

from a87lib import register
from a87lib.desk import offline
from a87lib.desk.acting import Acting
from a87lib.desk.evidence import Attachment
from a87lib.desk.offline import Change
from a87lib.desk.permissions import VERBS
from a87lib.desk.reviewing import assessing, replying
from a87lib.desk.reviewing.desks import File
from a87lib.desk.reviewing.review import Round
from a87lib.problems import Problem, Problems
from a87lib.register import Register
from widgets.administration import Administration
from widgets.controls import said

DONE_FOR: tuple[Round, ...] = ("assessment", "finalisation")
"""The rounds in which the secretariat stands in for somebody."""


class StandingIn(t.HasTraits):
    """What is to be done for whom.

    late: whether a round that is closed or done is overridden, with the same reason. file: a filled
    form, or the document of the final report. changes: what the form changes of the draft (None: no
    form was tried, or it is refused).
    """

    round = t.Enum(DONE_FOR, DONE_FOR[0])
    country = t.Unicode()
    person = t.Unicode()
    reason = t.Unicode()
    late = t.Bool()
    file = t.Instance(Attachment, allow_none=True)
    changes = t.Instance(tuple, allow_none=True)

    def __init__(self, model: Administration) -> None:
        super().__init__()
        self.model = model
        model.observe(self._turned, "cycle")

    def _turned(self, _: object) -> None:
        self.file = None

    def people(self) -> list[str]:
        """Whose the round is: reviewers without conflict of interest; the focal points."""
        if self.round == "finalisation":
            return [each.id for each in self.model.people if self.country in each.focal]
        file = self._file()
        return [] if file is None else [s.person for s in file.seats if s.conflict is None]

    @property
    def acting(self) -> Acting:
        """Who acts: whoever is here, for the person chosen."""
        return replace(self.model.acting, on_behalf_of=self.person, reason=self.reason.strip())

    @t.observe("round", "country", "person", "reason", "file")
    def _tried(self, changed: Any) -> None:
        """A form is tried as soon as it is here, and again when something else is chosen."""
        if changed["name"] == "round":
            self.file = None
        self.changes, self.model.problems, self.model.recorded = None, (), ""
        self.model.beside = True
        if self.file is None or self.round != "assessment" or self._lacks():
            return
        try:
            with register.open(self.model.on.where) as on:
                self.changes = tuple(self._taken(on, self.acting, dry_run=True))
        except Problems as refused:
            self.model.problems = refused.problems

    def take(self) -> None:
        """Takes the form in as the draft of its reviewer."""
        self._do("form_taken", self._taken)

    def deliver(self) -> None:
        """Delivers the assessment as it is drafted."""
        self._do("delivered", self._delivered)

    def finalise(self) -> None:
        """Says for the country that its report is final, with the document if there is one."""
        self._do("finalised", self._finalised)

    def _do(self, key: str, verb: Callable[..., object]) -> None:
        self.model.beside = True
        if self._lacks():
            return
        self.model.do(key, verb, acting=self.acting)
        if done := self.model.recorded:
            self.file, self.late = None, False
            self.model.recorded = done

    def _lacks(self) -> bool:
        """Whether something lacks here, or in the form itself; then all of it is said."""
        found: list[Problem] = []
        chosen = {"country": self.country, "whom": self.person}
        empty = [
            said(f"administration.field.{field}", self.model.language)
            for field, what in chosen.items()
            if not what
        ]
        if empty:
            found.append(Problem("administration_nothing_chosen", found=", ".join(empty)))
        if not self.reason.strip():
            paragraph = VERBS["act_for"].paragraph
            found.append(Problem("reason_missing", args={"paragraph": paragraph}))
        if self.file is not None and self.round == "assessment":
            found += offline.faults_of(self.file.data)
        self.model.recorded, self.model.problems = "", tuple(found)
        return bool(found)

    @property
    def _about(self) -> tuple[str, int]:
        return self.country, self.model.cycle

    @property
    def _override(self) -> str | None:
        return self.reason if self.late else None

    def _taken(self, on: Register, acting: Acting, *, dry_run: bool = False) -> Sequence[Change]:
        data = b"" if self.file is None else self.file.data
        return offline.taken(on, acting, *self._about, data, dry_run=dry_run)

    def _delivered(self, on: Register, acting: Acting) -> None:
        own = assessing.own(on, acting, *self._about)
        seen = {each.judgement.criterion: each.version for each in own}
        assessing.deliver(on, acting, *self._about, replacing=seen, override=self._override)

    def _finalised(self, on: Register, acting: Acting) -> None:
        file = self._file()
        seen = None if file is None or file.exchange is None else file.exchange.finalised
        replying.finalise(
            on, acting, *self._about, self.file, replacing=seen, override=self._override
        )

    def _file(self) -> File | None:
        return next((each for each in self.model.files if each.country == self.country), None)
