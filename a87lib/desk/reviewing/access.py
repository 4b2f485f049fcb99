"""To whom a country's file is open: conflicts of interest and declarations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from a87lib.countryfile.effective import effective
from a87lib.desk.people import Person
from a87lib.desk.reviewing.review import review_of
from a87lib.facts import DESK_KINDS, VISIBILITIES, Entry, Visibility, canonical
from a87lib.register import ROLES as CIRCLES
from a87lib.register import Reader, Register
from a87lib.register.typed import typed

Standing = Literal["open", "undeclared", "conflict", "unassigned"]
CONCERNED = ("chair", "reviewer", "subgroup")
"""The roles for which the own country is a conflict without anybody saying so."""
ASSESSMENTS = frozenset({"assessment_made"})


@dataclass(frozen=True)
class Access:
    """What is recorded of one person: assignments and statements about conflicts, by country."""

    person: Person
    assigned: dict[str, set[int]]
    stated: dict[str, list[Entry]]

    def conflict(self, country: str) -> str | None:
        """The conflict of interest in force: pinned, of the own country, or declared last."""
        entries = self.stated.get(country, [])
        pinned = [e for e in entries if e.cycle is None]
        if pinned and pinned[-1].body.conflict != "none":
            return str(pinned[-1].body.conflict)
        if country in self.person.home and self.person.has(*CONCERNED):
            return "own_country"
        declared = sorted((e for e in entries if e.cycle is not None), key=lambda e: e.cycle or 0)
        if declared and declared[-1].body.conflict != "none":
            return str(declared[-1].body.conflict)
        return None

    def standing(self, country: str, cycle: int | None = None) -> Standing:
        """How a reviewer stands to a file: in a cycle, or (None) in any cycle."""
        if self.conflict(country) is not None:
            return "conflict"
        cycles = self.assigned.get(country, set())
        if not cycles or (cycle is not None and cycle not in cycles):
            return "unassigned"
        declared = {e.cycle for e in self.stated.get(country, []) if e.body.conflict == "none"}
        wanted = cycles if cycle is None else {cycle}
        return "open" if wanted & declared else "undeclared"

    def countries(self) -> set[str]:
        """The countries of which something is recorded, and the person's own."""
        return set(self.assigned) | set(self.stated) | set(self.person.home)


def access_of(on: Register, person: Person, country: str | None = None) -> Access:
    """What is recorded of a person now: about one country, or (None) about all."""
    named = canonical(person.id)
    stored = on.entries(country, kinds=("review_assigned", "conflict_stated"))
    return gathered(person, (typed(e) for e in stored if named in (e.body_json or "")))


def gathered(person: Person, entries: Iterable[Entry]) -> Access:
    """The same from entries; corrections are applied here."""
    assigned: dict[str, set[int]] = defaultdict(set)
    stated: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(effective(entries), key=lambda e: e.no):
        country = entry.country or ""
        if entry.kind == "review_assigned" and entry.body.reviewer == person.id:
            assigned[country].add(entry.cycle or 0)
        elif entry.kind == "conflict_stated" and entry.body.person == person.id:
            stated[country].append(entry)
    return Access(person, dict(assigned), dict(stated))


def reader_for(on: Register, person: Person) -> Reader:
    """As whom a person reads anything: files that are closed to the person are not there.

    Nobody sees the steps of reviews here (see `desks`), and of those with a part in reviews only
    the secretariat sees assessments. A reviewer sees as a reviewer what is assigned, once no
    conflict was declared, without the conclusions of a cycle before having delivered in it;
    elsewhere as a member.
    """
    access = access_of(on, person)
    closed = {code for code in access.countries() if access.conflict(code) is not None}
    if person.has("secretariat"):
        return Reader("reviewers", closed=frozenset(closed))
    own: dict[str, Visibility] = {}
    withheld: set[tuple[str, str, int]] = set()
    if person.has("reviewer"):
        standings = {code: access.standing(code) for code in access.assigned}
        own = {code: "reviewers" for code, how in standings.items() if how == "open"}
        closed |= {code for code, how in standings.items() if how == "undeclared"}
        for code in own:
            cycles = (c for c in access.assigned[code] if not delivered(on, person.id, code, c))
            withheld |= {("subgroup_concluded", code, cycle) for cycle in cycles}
    own |= dict.fromkeys(person.focal, "country")
    return Reader(
        _circle(person),
        own=frozenset(own.items()),
        closed=frozenset(closed - person.focal),
        withheld=frozenset(withheld),
        unseen=DESK_KINDS | (ASSESSMENTS if person.roles else frozenset()),
    )


def delivered(on: Register, person: str, country: str, cycle: int) -> bool:
    """Whether a person delivered an assessment of every criterion."""
    return review_of(on, country, cycle).delivered(person)


def _circle(person: Person) -> Visibility:
    """The narrowest circle of the person's roles, where it is about no country in particular."""
    narrower: dict[str, Visibility] = {"reviewer": "members", "focal_point": "public"}
    circles = [narrower.get(role) or CIRCLES[role] for role in person.roles]
    return min(circles, key=VISIBILITIES.index, default="public")
