"""Focal point: a country reads the comments, answers them one by one, and finalises its report."""

from __future__ import annotations

import ipywidgets as w
import traitlets as t

from a87lib import register
from a87lib.desk.evidence import Attachment
from a87lib.desk.people import person_of
from a87lib.desk.permissions import require
from a87lib.desk.reviewing import replying
from a87lib.desk.reviewing.replying import Exchange
from a87lib.desk.reviewing.review import Deadline, Round
from a87lib.register import Register
from a87lib.serving.view import View, parse
from widgets.doing import Doing
from widgets.drafting import Drafting
from widgets.opening import Opened, named, opened

ROUNDS: tuple[Round, Round] = ("reply", "finalisation")


class Focal(Doing):
    """The countries whose focal point is here; one of them, and a cycle with comments.

    exchange: the comments with their answers. open: which of the rounds can be done now: neither
    done yet, or opened again.
    """

    country = t.Unicode()
    cycle = t.Int()

    def __init__(self, on: Opened, view: View) -> None:
        super().__init__(on, view)
        self.drafts: dict[tuple[str, int], Drafting] = {}
        self.attachment: Attachment | None = None
        self.exchange: Exchange | None = None
        self.open: frozenset[Round] = frozenset()
        self.deadlines: dict[Round, Deadline] = {}
        self.cycles: tuple[int, ...] = ()
        with register.open(on.where) as held:
            self.names = named(person_of(held, self.acting.person).focal, self.language)
        if self.names:
            wanted = view.country if view.country in self.names else next(iter(self.names))
            self.choose(str(wanted), view.cycle)

    def view(self) -> View:
        """What a link to this view says."""
        if not self.country:
            return View(language=self.language)
        cycle = self.cycle or None
        return View(country=self.country, cycle=cycle, language=self.language)

    def about(self) -> tuple[str, int]:
        """Country and cycle of the comments."""
        return self.country, self.cycle

    @property
    def draft(self) -> Drafting:
        """The reply being written."""
        key = self.about()
        if key not in self.drafts:
            self.drafts[key] = Drafting(self.on.where, self.acting, *key, "reply")
        return self.drafts[key]

    def choose(self, country: str, cycle: int | None = None) -> None:
        """Opens the comments to a country, of a cycle or of the latest that has some."""
        for draft in self.drafts.values():
            draft.save()
        self.problems, self.recorded = (), ()
        with register.open(self.on.where) as on:
            self.cycles = tuple(replying.cycles(on, self.acting, country))
        first = next(iter(self.cycles), 0)
        self.set_trait("country", country)
        self.set_trait("cycle", cycle if cycle in self.cycles else first)
        self.look()

    def look(self) -> None:
        """Reads again what stands where."""
        self.exchange, self.open, self.deadlines = None, frozenset(), {}
        if self.country and self.cycle:
            with register.open(self.on.where) as on:
                self._read(on)
        self.read_at += 1

    def _read(self, on: Register) -> None:
        about = self.about()
        self.exchange = replying.exchange(on, self.acting, *about)
        review = require(on, self.acting, "reply", *about).review
        if self.exchange is None or review is None:
            return
        who, today = self.acting.principal, on.today()
        done = {
            "reply": review.last("reply_received"),
            "finalisation": review.last("report_finalised"),
        }
        self.open = frozenset(
            each
            for each in ROUNDS
            if (last := done[each]) is None or review.reopened(each, who, today, last.no)
        )
        found = {each: review.deadline(each) for each in ROUNDS}
        self.deadlines = {each: day for each, day in found.items() if day is not None}

    def reply(self) -> None:
        """Sends the reply as it is drafted."""
        if self.exchange is None:
            return
        if self.draft.kept():
            replied = self.exchange.replied
            if self.do(replying.reply, replacing=replied):
                self.draft.forget()
                self.after("replied")

    def finalise(self) -> None:
        """Says that the report is final, with its document if one was given."""
        if self.exchange is not None and self.do(
            replying.finalise, self.attachment, replacing=self.exchange.finalised
        ):
            self.after("finalised")


def show() -> w.Box:
    """The screen of this kernel's focal point."""
    from widgets.focal_panel import panel

    view = parse()
    return panel(Focal(opened(view), view))
