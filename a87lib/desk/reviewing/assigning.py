"""Who reviews what: assignments with workload and conflicts, one by one or many at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from a87lib.countryfile.effective import effective
from a87lib.desk.acting import Acting
from a87lib.desk.people import Person, people, person_of
from a87lib.desk.permissions import reader, require
from a87lib.desk.reviewing.access import access_of
from a87lib.desk.reviewing.review import Round, review_of, reviews_of
from a87lib.desk.reviewing.steps import Doing, do, reason_given
from a87lib.desk.words import Named
from a87lib.facts import Fact
from a87lib.problems import Problem, Problems, problem
from a87lib.register import Register

HEAVY = 4
"""From how many files in a cycle on an assignment says so."""
ORGANISED = ("participation_recorded", "support_given", "support_offered")


@dataclass(frozen=True, slots=True)
class Wish:
    """An assignment that is wanted. role: lead or reviewer."""

    country: str
    reviewer: str
    role: str = "reviewer"


def objections(on: Register, acting: Acting, cycle: int, wishes: Sequence[Wish]) -> list[Problem]:
    """What speaks against assignments, all at once; nothing is written.

    Codes: `assign_not_a_reviewer`, `assign_conflict`, `assign_assigned` (these are refused),
    `assign_own_organisation`, `assign_second_lead` (these need an override with a reason) and
    `assign_workload` (a warning).
    """
    require(on, acting, "assign")
    load, closed = workload(on, acting, cycle), reader(on, acting).closed
    load.update(wish.reviewer for wish in wishes)
    found: list[Problem] = []
    for wish in wishes:
        found += _objections(on, cycle, wish, there=wish.country not in closed)
        if load[wish.reviewer] > HEAVY:
            args = {"count": load[wish.reviewer], "most": HEAVY}
            found.append(Problem("assign_workload", wish.country, wish.reviewer, args))
    return found


REFUSED = ("no_country_file", "assign_not_a_reviewer", "assign_conflict", "assign_assigned")
OVERRIDABLE = ("assign_own_organisation", "assign_second_lead")


def assign(
    on: Register,
    acting: Acting,
    cycle: int,
    wishes: Sequence[Wish],
    *,
    override: str | None = None,
) -> list[Problem]:
    """Assigns files of a cycle, all or none; returns the warnings.

    override: why, where something speaks against it that may be overridden. Raises Problems for
    everything else.
    """
    if not wishes:
        return []
    warned = objections(on, acting, cycle, wishes)
    refused = [p for p in warned if p.code in REFUSED]
    needing = [p for p in warned if p.code in OVERRIDABLE]
    if refused or (needing and not override):
        raise Problems(refused + needing)
    excused = {p.where for p in needing}

    def decide(doing: Doing) -> list[Fact]:
        facts: list[Fact] = []
        for wish in wishes:
            here = replace(doing, country=wish.country)
            facts += _assigned(here, wish, override if wish.country in excused else None)
        return facts

    do(on, acting, "assign", None, cycle, decide)
    return warned


def unassign(
    on: Register, acting: Acting, country: str, cycle: int, reviewer: str, *, reason: str
) -> None:
    """Takes a file away from a reviewer; what they delivered stays."""

    def decide(doing: Doing) -> list[Fact]:
        held = doing.review.assigned.get(reviewer)
        if held is None:
            raise problem("review_not_assigned", found=reviewer, country=Named(country))
        body = {"reviewer": reviewer, "role": held.body.role}
        gone = doing.fact("review_assigned", body, corrects=held.no, withdrawn=True)
        return [gone, doing.step("unassigned", about=reviewer, reason=reason_given(reason))]

    do(on, acting, "assign", country, cycle, decide)


def set_deadline(
    on: Register,
    acting: Acting,
    cycle: int,
    round: Round,
    due_on: date,
    *,
    grace_days: int = 0,
    country: str | None = None,
) -> None:
    """Sets by when a round is to be done: for one country, or for all without an own day."""

    def decide(doing: Doing) -> list[Fact]:
        body = {"round": round, "due_on": due_on, "grace_days": grace_days}
        fact = doing.after(doing.fact("review_deadline_set", body))
        return [fact, doing.step("deadline_set", about=f"{round} {due_on} +{grace_days}")]

    do(on, acting, "set_deadline", country, cycle, decide)


def workload(on: Register, acting: Acting, cycle: int) -> Counter[str]:
    """How many files of a cycle each reviewer has."""
    require(on, acting, "assign")
    closed = reader(on, acting).closed
    open_ = (r for code, r in reviews_of(on, cycle).items() if code not in closed)
    return Counter(who for review in open_ for who in review.assigned)


def reviewers(on: Register, acting: Acting) -> list[Person]:
    """Whom files can be assigned to."""
    require(on, acting, "assign")
    return [person for person in people(on) if person.has("reviewer")]


def _objections(on: Register, cycle: int, wish: Wish, *, there: bool) -> Iterator[Problem]:
    person = person_of(on, wish.reviewer)
    args: dict[str, object] = {"country": Named(wish.country), "paragraph": "AF-REV-1"}
    if not there or not on.has_file(wish.country):
        yield Problem("no_country_file", wish.country, wish.country, args)
        return
    if not person.has("reviewer"):
        yield Problem("assign_not_a_reviewer", wish.country, wish.reviewer, args)
    if access_of(on, person, wish.country).conflict(wish.country) is not None:
        yield Problem("assign_conflict", wish.country, wish.reviewer, args)
    review = review_of(on, wish.country, cycle)
    held = review.assigned.get(wish.reviewer)
    if held is not None and held.body.role == wish.role:
        yield Problem("assign_assigned", wish.country, wish.reviewer, args)
    if person.organisation and person.organisation in _organisations(on, wish.country):
        named = args | {"organisation": person.organisation}
        yield Problem("assign_own_organisation", wish.country, wish.reviewer, named)
    if wish.role == "lead" and set(review.leads) - {wish.reviewer}:
        yield Problem("assign_second_lead", wish.country, wish.reviewer, args)


def _organisations(on: Register, country: str) -> set[str]:
    """The organisations that have a part in a country's file."""
    facts = effective(on.facts(country, kinds=ORGANISED))
    named = (getattr(e.body, "organisation", None) or getattr(e.body, "by", None) for e in facts)
    return {name for name in named if name}


def _assigned(doing: Doing, wish: Wish, override: str | None) -> list[Fact]:
    body = {"reviewer": wish.reviewer, "role": wish.role}
    fact = doing.after(doing.fact("review_assigned", body))
    steps = doing.overridden(f"assigned {wish.reviewer}", override) if override else []
    return [fact, *steps, doing.step("assigned", about=wish.reviewer)]
