"""Whether a round is open to somebody, and what is recorded where it is overridden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from a87lib.desk.reviewing.review import Deadline, Round, Timeliness
from a87lib.desk.reviewing.steps import Doing
from a87lib.desk.words import Named
from a87lib.facts import Fact
from a87lib.facts.codes import Coded
from a87lib.problems import problem

PARAGRAPHS: dict[Round, str] = {
    "assessment": "AF-REV-2",
    "conclusion": "AF-REV-2",
    "comments": "AF-MON-4",
    "reply": "AF-MON-4",
    "finalisation": "AF-MON-4",
}


@dataclass(frozen=True, slots=True)
class Timed:
    """When something is done. steps: what is recorded besides (an override)."""

    timeliness: Timeliness
    steps: Sequence[Fact] = ()


def timed(doing: Doing, round: Round, override: str | None, *, done_by: int = 0) -> Timed:
    """Whether a round may be done now, in time or late.

    done_by: the entry with which it was done already (0: not yet); then it must have been reopened
    since. Raises Problems where the round is done or closed, unless the secretariat overrides.
    """
    review, today = doing.review, doing.on.today()
    person = doing.acting.principal
    args: dict[str, Any] = {
        "round": Coded("review_round", round),
        "country": Named(review.country),
        "paragraph": PARAGRAPHS[round],
    }
    if done_by and not review.reopened(round, person, today, done_by):
        if override is None:
            raise problem("round_done", **args)
        return Timed("late", doing.overridden(round, override))
    timeliness = review.timeliness(round, person, today, done_by)
    if timeliness == "closed":
        if override is None:
            day = _closed_on(review.deadline(round))
            raise problem("round_closed", day=day, **args)
        return Timed("late", doing.overridden(round, override))
    return Timed(timeliness)


def _closed_on(deadline: Deadline | None) -> object:
    return "" if deadline is None else deadline.closes_on
