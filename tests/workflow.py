"""A register with people on it, and a review carried as far as a test needs it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from a87lib import register
from a87lib.desk.acting import Acting
from a87lib.desk.administering import give_roles
from a87lib.desk.reviewing import assessing, assigning, commenting, concluding, declaring, replying
from a87lib.desk.reviewing.assessing import Judgement
from a87lib.desk.reviewing.assigning import Wish
from a87lib.desk.reviewing.commenting import Comment
from a87lib.desk.reviewing.replying import Answer
from a87lib.desk.reviewing.review import criteria
from a87lib.facts import canonical
from a87lib.register import NewEntry, Register

COUNTRY, CYCLE = "QMA", 2026
ALONE = Acting("owner", alone=True)
SEC = Acting("sec")
ANA, BEN, CLEO, DAN, FOC = map(Acting, ("ana", "ben", "cleo", "dan", "foc"))
CHAIR, OBSERVER, MEMBER, NOBODY = map(Acting, ("cha", "obs", "mem", "nil"))
PEOPLE = {
    "sec": "secretariat",
    "ana": "reviewer",
    "ben": "reviewer",
    "cleo": "reviewer",
    "dan": "reviewer country:QMA",
    "cha": "chair",
    "obs": "observer",
    "mem": "member",
    "foc": "focal_point:QMA",
    "foz": "focal_point:QMB",
}
DAY = date(2026, 5, 4)


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self, day: date = DAY) -> None:
        self.day = day

    def __call__(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 12, tzinfo=UTC)

    def forward(self, days: int) -> None:
        self.day += timedelta(days=days)


def opened(where: str | Path, clock: Callable[[], datetime] | None = None) -> Register:
    """A new register with two countries that reported, and people of every role."""
    ticking = Clock() if clock is None else clock
    assert register.make(where, "fictional", "workflow", clock=ticking)
    on = register.open(where, clock=ticking)
    on.append([reported(code) for code in ("QMA", "QMB")])
    for person, roles in PEOPLE.items():
        give_roles(on, ALONE, person, roles, name=f"Name of {person}")
    return on


def reported(country: str) -> NewEntry:
    """The country's report of the cycle."""
    return NewEntry(
        kind="report_received", country=country, cycle=CYCLE, happened_on=date(2026, 4, 20),
        body_json=canonical({"document": f"{country}.pdf"}), recorded_by="sec",
    )  # fmt: skip


def assigned(on: Register, *others: Acting) -> None:
    """Ana leads, the others review with her."""
    wishes = [Wish(COUNTRY, "ana", "lead"), *(Wish(COUNTRY, who.person) for who in others)]
    assigning.assign(on, SEC, CYCLE, wishes)


def assigned_to(on: Register, who: Acting) -> None:
    assigning.assign(on, SEC, CYCLE, [Wish(COUNTRY, who.person)])


def participation(organisation: str) -> NewEntry:
    """An organisation takes part in the country's report."""
    body = {"group": "ilo", "organisation": organisation, "level": "national"}
    return NewEntry(
        kind="participation_recorded", country=COUNTRY, cycle=CYCLE, recorded_by="sec",
        happened_on=date(2026, 4, 20), body_json=canonical(body),
    )  # fmt: skip


def declared(on: Register, *who: Acting) -> None:
    for each in who:
        declaring.declare(on, each, COUNTRY, CYCLE, "none")


def judged(text: str = "because", judgement: str = "shown") -> list[Judgement]:
    """A judgement of every criterion."""
    return [Judgement(code, judgement, f"{code}: {text}", "en") for code in criteria()]


def delivered(on: Register, *who: Acting) -> None:
    """Everybody assigned, declared, and delivered."""
    assigned(on, *(each for each in who if each is not ANA))
    declared(on, *who)
    for each in who:
        assessing.deliver(on, each, COUNTRY, CYCLE, judged(f"so says {each.person}"))


def concluded(on: Register, *who: Acting) -> None:
    delivered(on, *who)
    for each in judged("together"):
        concluding.conclude(on, ANA, COUNTRY, CYCLE, each)


COMMENTS = [Comment("1", "Say how many children.", "evidence"), Comment("2", "Name the source.")]
ANSWERS = [Answer("1", "agree"), Answer("2", "disagree", "It is named on page 4.")]


def finalised(on: Register, *who: Acting) -> None:
    concluded(on, *who)
    commenting.send(on, ANA, COUNTRY, CYCLE, COMMENTS)
    replying.reply(on, FOC, COUNTRY, CYCLE, ANSWERS)
    replying.finalise(on, FOC, COUNTRY, CYCLE)
