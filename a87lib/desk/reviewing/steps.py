"""How verbs write: what they come to, and the step that says who did it, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from a87lib.desk.acting import Acting
from a87lib.desk.permissions import May, require
from a87lib.desk.reviewing.review import Review, Timeliness
from a87lib.desk.reviewing.texts import kept
from a87lib.desk.stating import slot_of, stated
from a87lib.facts import KINDS, Entry, Fact, PartialDate
from a87lib.problems import Problem, Problems, problem
from a87lib.register import Conflict, Document, NewEntry, Register, StoredEntry
from a87lib.register.within import undisturbed


class Second(Conflict):
    """Somebody was first. number: the version that is on file now (0: there is none any more)."""

    def __init__(self, new: NewEntry, first: StoredEntry | None, version: int) -> None:
        super().__init__("slot_taken", new, first, new.kind)
        self.number = version
        Problems.__init__(self, [Problem("review_second", new.where, self.difference)])


@dataclass(frozen=True, slots=True)
class Doing:
    """A verb under way: nobody else writes until it is done.

    on: the register as it is now. acting: who acts. may: what the permission rests on.
    """

    on: Register
    acting: Acting
    may: May
    country: str | None
    cycle: int | None

    @property
    def review(self) -> Review:
        """The review that the verb is about."""
        if self.may.review is None:
            raise ValueError("this verb is not about a country's review in a cycle")
        return self.may.review

    def fact(
        self,
        kind: str,
        body: Mapping[str, Any],
        *,
        corrects: int | None = None,
        slot: str | None = None,
        withdrawn: bool = False,
        cycle: int | None = -1,
    ) -> Fact:
        """A fact of today about the country and the cycle (cycle=None: of no cycle)."""
        model = KINDS[kind]
        given = {name: kept(value) for name, value in body.items() if value is not None}
        return Fact(
            kind=kind,
            when=PartialDate.of(self.on.today()),
            body=model.model_validate(given),
            country=self.country,
            cycle=self.cycle if cycle == -1 else cycle,
            corrects=corrects,
            slot=slot,
            withdrawn=withdrawn,
            visibility=model.default_visibility,
        )

    def step(
        self,
        step: str,
        *,
        about: str | None = None,
        reason: str | None = None,
        timeliness: Timeliness | None = None,
    ) -> Fact:
        """What is done, by whom, for whom; `about`: which person, criterion or round."""
        other = self.acting.on_behalf_of if self.acting.for_other else None
        return self.fact(
            "review_step",
            {
                "step": step,
                "person": self.acting.person,
                "on_behalf_of": other,
                "about": about,
                "reason": reason or (self.acting.reason if other else None),
                "timeliness": timeliness,
            },
        )

    def overridden(self, what: str, override: str | None) -> list[Fact]:
        """The step of an override. Raises Problems where who acts may not override, or says not
        why."""
        require(self.on, self.acting.own, "override")
        return [self.step("overridden", about=what, reason=reason_given(override))]

    def end_of(self, kind: str, slot: str) -> int | None:
        """The last entry of the chain that holds a slot, withdrawn or not; None where none does."""
        end = None
        for entry in self.on.entries(self.country, kinds=(kind,)):
            if entry.slot == slot or (end is not None and entry.corrects == end):
                end = entry.no
        return end

    def after(self, fact: Fact) -> Fact:
        """The fact as the correction of the last entry of its slot, if there is one."""
        return replace(fact, corrects=self.end_of(fact.kind, slot_of(fact) or ""))

    def next_of(
        self,
        kind: str,
        body: Mapping[str, Any],
        current: Entry | None,
        replacing: int | None,
        *which: str,
    ) -> Fact:
        """The fact that comes after what is on file. which: of several, by its criterion, person.

        replacing: the version that the writer saw (None: nothing was there). Raises Second, with
        both texts, where somebody else was first.
        """
        version = self.review.version(current)
        if current is not None and version == replacing:
            return self.fact(kind, body, corrects=current.no)
        slot = ":".join([kind, str(self.country), str(self.cycle), *which])
        first = self.fact(kind, body, slot=slot)
        if version == (replacing or 0):
            return first
        new = stated([first], self.acting.person)[0]
        raise Second(new, None if current is None else self.on.entry(current.no), version)


Deciding = Callable[[Doing], Sequence[Fact]]


def do(
    on: Register,
    acting: Acting,
    verb: str,
    country: str | None,
    cycle: int | None,
    decide: Deciding,
    keeping: Sequence[Document] = (),
) -> list[int]:
    """Carries out a verb: asks the permission, decides and writes while nobody else can.

    keeping: documents that are kept with the entries. Returns the numbers of the entries, in the
    order in which `decide` gives the facts.
    """
    require(on, acting, verb, country, cycle)  # refuses most before anybody has to wait
    with undisturbed(on) as inside:
        may = require(inside, acting, verb, country, cycle)
        facts = decide(Doing(inside, acting, may, country, cycle))
        return inside.append(stated(facts, acting.person), keeping=keeping)


def reason_given(reason: str | None) -> str:
    """The reason; a problem where there is none."""
    if reason is None or not reason.strip():
        raise problem("reason_missing", paragraph="AF-REV-1")
    return reason.strip()
