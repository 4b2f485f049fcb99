"""What lies on whose desk: a reviewer's files, the secretariat's overview, the log of actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from a87lib.desk.acting import Acting
from a87lib.desk.people import person_of
from a87lib.desk.permissions import reader, require
from a87lib.desk.reviewing.access import Access, Standing, access_of
from a87lib.desk.reviewing.replying import Exchange, exchange_in
from a87lib.desk.reviewing.review import (
    ROUNDS,
    Deadline,
    Review,
    Round,
    Timeliness,
    review_of,
    reviews_of,
)
from a87lib.facts import Entry
from a87lib.register import Register
from a87lib.register.draft_store import drafts_of
from a87lib.register.drafts import Drafts, Key


@dataclass(frozen=True, slots=True)
class Mine:
    """A file that is assigned to somebody.

    standing: `open`, or `undeclared` (then only this is known of it). state: empty, draft,
    delivered or concluded. timeliness: of the assessment if it were delivered today. reopened:
    whether a delivered one may be delivered anew.
    """

    country: str
    cycle: int
    role: str
    standing: Standing
    state: str
    timeliness: Timeliness
    deadlines: Mapping[Round, Deadline]
    reopened: bool = False


@dataclass(frozen=True, slots=True)
class Seat:
    """A reviewer of a file, as the secretariat sees it."""

    person: str
    role: str
    standing: Standing
    conflict: str | None
    state: str


@dataclass(frozen=True, slots=True)
class File:
    """A file in a cycle, as the secretariat sees it. exchange: comments and what became of them."""

    country: str
    cycle: int
    seats: tuple[Seat, ...]
    concluded: tuple[str, ...]
    exchange: Exchange | None
    deadlines: Mapping[Round, Deadline]


@dataclass(frozen=True, slots=True)
class Action:
    """A step in the log. on_behalf_of: for whom, where that was somebody else."""

    entry: int
    at: datetime
    step: str
    person: str
    on_behalf_of: str | None
    country: str | None
    cycle: int | None
    about: str | None
    reason: str | None
    timeliness: str | None


def mine(on: Register, acting: Acting, cycle: int | None = None) -> list[Mine]:
    """The files assigned to the person, by cycle (latest first) and country.

    A file with a conflict is not among them.
    """
    person = acting.whose(on)
    if acting.for_other:
        require(on, acting.own, "act_for")
    access = access_of(on, person)
    found = []
    for country, cycles in access.assigned.items():
        for year in cycles:
            if access.conflict(country) is None and cycle in (None, year):
                found.append(_mine(on, access, review_of(on, country, year)))
    return sorted(found, key=lambda m: (-m.cycle, m.country))


def files(on: Register, acting: Acting, cycle: int) -> list[File]:
    """All files of a cycle with who reviews them and how far they are; for the secretariat."""
    require(on, acting, "assign")
    drafts, seen = drafts_of(on), reader(on, acting)
    return [
        _file(on, drafts, review)
        for code, review in reviews_of(on, cycle).items()
        if code not in seen.closed
    ]


def log(
    on: Register, acting: Acting, country: str | None = None, cycle: int | None = None
) -> list[Action]:
    """What was done, oldest first: by whom, for whom, why; for the secretariat."""
    require(on, acting, "read_log", country)
    seen = replace(reader(on, acting), unseen=frozenset())
    return [
        _action_of(entry)
        for entry in on.facts(country, kinds=("review_step",), visible_to=seen)
        if cycle in (None, entry.cycle)
    ]


def state_of(review: Review, person: str, drafts: Drafts) -> str:
    """How far a person is with an assessment: empty, draft, delivered, concluded."""
    if review.delivered(person):
        return "concluded" if review.concluded else "delivered"
    key = Key(person, review.country, review.cycle, "assessment")
    return "empty" if drafts.load(key) is None else "draft"


def _mine(on: Register, access: Access, review: Review) -> Mine:
    who = access.person.id
    standing = access.standing(review.country, review.cycle)
    held = review.assessments.get(who, {})
    after = max((entry.no for entry in held.values()), default=0)
    return Mine(
        country=review.country,
        cycle=review.cycle,
        role=str(review.assigned[who].body.role),
        standing=standing,
        state=state_of(review, who, drafts_of(on)) if standing == "open" else "empty",
        timeliness=review.timeliness("assessment", who, on.today(), after),
        deadlines=_deadlines(review),
        reopened=review.reopened("assessment", who, on.today(), after) is not None,
    )


def _file(on: Register, drafts: Drafts, review: Review) -> File:
    seats = []
    for who, entry in review.assigned.items():
        access = access_of(on, person_of(on, who), review.country)
        standing = access.standing(review.country, review.cycle)
        conflict = access.conflict(review.country)
        state = state_of(review, who, drafts)
        seats.append(Seat(who, str(entry.body.role), standing, conflict, state))
    return File(
        country=review.country,
        cycle=review.cycle,
        seats=tuple(sorted(seats, key=lambda seat: (seat.role, seat.person))),
        concluded=tuple(review.conclusions),
        exchange=exchange_in(review),
        deadlines=_deadlines(review),
    )


def _deadlines(review: Review) -> dict[Round, Deadline]:
    found = {each: review.deadline(each) for each in ROUNDS}
    return {each: deadline for each, deadline in found.items() if deadline is not None}


def _action_of(entry: Entry) -> Action:
    body = entry.body
    return Action(
        entry.no, entry.recorded_at, body.step, body.person, body.on_behalf_of, entry.country,
        entry.cycle, body.about, body.reason, body.timeliness,
    )  # fmt: skip
