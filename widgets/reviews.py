"""My reviews: what is assigned, from the declaration to the comments; the desk decides, we show."""

from __future__ import annotations

import ipywidgets as w
import traitlets as t

from a87lib import framework, register
from a87lib.desk.reviewing import assessing, commenting, concluding, declaring, desks
from a87lib.desk.reviewing.assessing import Judgement
from a87lib.desk.reviewing.desks import Mine
from a87lib.desk.reviewing.drafts import Part
from a87lib.language import alphabetical
from a87lib.problems import Problem
from a87lib.register import Conflict
from a87lib.serving.view import View, parse
from widgets.doing import Doing
from widgets.drafting import Drafting
from widgets.opening import Opened, opened
from widgets.reviews_known import DONE, Clashed, Known, known

STEPS = ("assess", "conclude", "comments", "paper")


class Reviews(Doing):
    """The files assigned to whoever is here, and one of them open.

    mine: all of them. file: the open one. step: which part of it is shown. known: what this person
    may know of it now. left: whether a conflict of interest was just declared. clashed: what
    somebody else concluded first.
    """

    mine = t.Tuple()
    file = t.Instance(Mine, allow_none=True)
    step = t.Enum(STEPS, STEPS[0])
    clashed = t.Instance(Clashed, allow_none=True)

    def __init__(self, on: Opened, view: View) -> None:
        super().__init__(on, view)
        self.known = Known()
        self.drafts: dict[Part, Drafting] = {}
        self.asked = view
        self.left = False
        self._look(view.country, view.cycle)
        self.step = self._first_step()

    @property
    def delivered(self) -> bool:
        """Whether the own assessment is on file."""
        return self.file is not None and self.file.state in DONE

    def view(self) -> View:
        """What a link to this view says."""
        if self.file is None:
            return View(language=self.language)
        country, cycle = self.about()
        return View(country=country, cycle=cycle, language=self.language)

    def country(self, code: str) -> str:
        """What a country is called."""
        return framework.country_name(code, self.language)

    def leave(self) -> None:
        """Saves what is being written."""
        for draft in self.drafts.values():
            draft.save()

    def drafting(self, part: Part) -> Drafting:
        """The draft of a part of the open file."""
        if part not in self.drafts:
            self.drafts[part] = Drafting(self.on.where, self.acting, *self.about(), part)
        return self.drafts[part]

    def look(self) -> None:
        """Reads again what stands where."""
        self._look(*(None, None) if self.file is None else (self.file.country, self.file.cycle))

    def declare(self, conflict: str, text: str) -> None:
        """Declares a conflict of interest, or that there is none."""
        words = text.strip() or None
        key = "declared_none" if conflict == "none" else "declared"
        if self.file is not None and self.do(declaring.declare, conflict, words):
            self.on = opened(self.view())
            self.left = conflict != "none"
            self.step = STEPS[0]
            self.after(key)

    def deliver(self) -> None:
        """Delivers the own assessment as it is drafted."""
        if self.file is None:
            return
        draft = self.drafting("assessment")
        if draft.kept():
            given = assessing.judgements_of(draft.content)
            if self.do(assessing.deliver, given, replacing=self.known.seen):
                draft.forget()
                self.after("delivered")

    def conclude(self, criterion: str, replacing: int | None = None) -> None:
        """Records the conclusion on a criterion as it is drafted.

        replacing: the version to replace where somebody else was first and this one insists.
        """
        if self.file is None:
            return
        draft = self.drafting("conclusion")
        if not draft.kept():
            return
        given = {j.criterion: j for j in assessing.judgements_of(draft.content)}
        judgement = given.get(criterion, Judgement(criterion, "", ""))
        held = self.known.conclusions.get(criterion)
        if held is not None and not replacing and judgement.says(held.judgement):
            self.recorded, self.problems = (), (Problem("reviews_unchanged"),)
            return
        seen = replacing or (None if held is None else held.version)
        if self.do(concluding.conclude, judgement, replacing=seen):
            self.clashed = None
            draft.put(criterion, None)
            draft.save()
            self.after("concluded")

    def change(self, criterion: str) -> None:
        """Drafts a correction of the conclusion on file, which begins with what that says."""
        held = self.known.conclusions.get(criterion)
        if held is not None:
            content = assessing.content_of([held.judgement])
            self.drafting("conclusion").put(criterion, content[criterion])

    def yield_(self) -> None:
        """Lets the conclusion stand that somebody else recorded first."""
        if self.clashed is not None:
            draft = self.drafting("conclusion")
            draft.put(self.clashed.mine.criterion, None)
            draft.save()
        self.clashed, self.problems = None, ()
        self.look()

    def insist(self) -> None:
        """Replaces the conclusion that somebody else recorded first."""
        clashed, self.clashed = self.clashed, None
        if clashed is not None:
            ((code, fields),) = assessing.content_of([clashed.mine]).items()
            self.drafting("conclusion").put(code, fields)
            self.conclude(code, replacing=clashed.number)

    def sign(self) -> None:
        """Signs the comments as they stand here."""
        if self.file is None:
            return
        draft = self.drafting("comments")
        if draft.kept():
            digest = commenting.digest_of(commenting.comments_of(draft.content))
            if self.do(commenting.sign, digest):
                self.after("signed")

    def send(self, *, checked: bool) -> None:
        """Sends the comments to the country. checked: whether the sender says so of every word."""
        if self.file is None:
            return
        if not checked:
            self.look()
            self.recorded, self.problems = (), (Problem("reviews_unchecked"),)
            return
        draft = self.drafting("comments")
        if draft.kept() and self.do(commenting.send, replacing=self.known.sent):
            draft.forget()
            self.after("sent")

    def about(self) -> tuple[str, int]:
        """Country and cycle of the open file."""
        if self.file is None:
            raise LookupError("no file is open")
        return self.file.country, self.file.cycle

    def form_taken(self) -> None:
        """A filled form has become the draft: it is shown, to be read and delivered."""
        self.drafting("assessment").read()
        self.step = "assess"
        self.after("form_taken")

    @t.observe("step")
    def _turned(self, _: object) -> None:
        self.problems, self.recorded = (), ()

    def second(self, first: Conflict, given: tuple[object, ...]) -> None:
        """Both texts are shown where it is about a conclusion."""
        mine = given[0] if given else None
        if isinstance(mine, Judgement):
            stored = self.known.conclusions.get(mine.criterion)
            self.clashed = Clashed(mine, stored, first.number)

    def _first_step(self) -> str:
        if self.file is None or not self.delivered or self.known.editable:
            return "assess"
        return "comments" if self.file.state == "concluded" else "conclude"

    def _look(self, country: str | None, cycle: int | None) -> None:
        with register.open(self.on.where) as on:
            found = desks.mine(on, self.acting)
            mine = tuple(
                sorted(found, key=lambda m: (-m.cycle, alphabetical(self.country(m.country))))
            )
            wanted = [
                m for m in mine if m.country == country and (cycle is None or m.cycle == cycle)
            ]
            self.set_trait("file", wanted[0] if wanted else None)
            self.mine = mine
            self.known = known(on, self.acting, self.file)
        self.read_at += 1


def show() -> w.Box:
    """The screen of this kernel's reviewer."""
    from widgets.reviews_panel import panel

    view = parse()
    return panel(Reviews(opened(view), view))
