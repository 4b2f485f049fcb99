"""A round that was done or closed, opened again with a reason."""

from __future__ import annotations

from datetime import date

from a87lib.desk.acting import Acting
from a87lib.desk.reviewing.review import Round
from a87lib.desk.reviewing.steps import Doing, do, reason_given
from a87lib.desk.words import Named
from a87lib.facts import Fact
from a87lib.problems import problem
from a87lib.register import Register


def reopen(
    on: Register,
    acting: Acting,
    country: str,
    cycle: int,
    round: Round,
    *,
    until: date,
    reason: str,
    person: str | None = None,
) -> None:
    """Opens a round until a day, for one person or (None) for all whose it is.

    What was given stays on file; what is given then replaces it and is marked as late.
    """

    def decide(doing: Doing) -> list[Fact]:
        why = reason_given(reason)
        if until < doing.on.today():
            raise problem("reopen_past", found=until, paragraph="AF-REV-1")
        if round == "assessment" and person is not None and person not in doing.review.assigned:
            raise problem("review_not_assigned", found=person, country=Named(country))
        body = {"round": round, "until": until, "reason": why, "person": person}
        about = round if person is None else f"{round} {person}"
        return [
            doing.fact("review_reopened", body),
            doing.step("reopened", about=about, reason=why),
        ]

    do(on, acting, "reopen", country, cycle, decide)
