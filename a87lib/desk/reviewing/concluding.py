"""The subgroup's conclusion on each criterion, one after the other; the second of two is told."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from a87lib.desk.acting import Acting
from a87lib.desk.people import person_of
from a87lib.desk.permissions import require
from a87lib.desk.reviewing.access import access_of
from a87lib.desk.reviewing.assessing import Judgement, checked_one
from a87lib.desk.reviewing.review import Review
from a87lib.desk.reviewing.rounds import timed
from a87lib.desk.reviewing.steps import Doing, do
from a87lib.desk.words import Named
from a87lib.facts import Entry, Fact
from a87lib.problems import problem
from a87lib.register import Register


@dataclass(frozen=True, slots=True)
class Conclusion:
    """A conclusion on file. version: which one it is; a later one replaces it."""

    judgement: Judgement
    version: int
    at: datetime
    by: str


def conclude(
    on: Register,
    acting: Acting,
    country: str,
    cycle: int,
    judgement: Judgement,
    *,
    replacing: int | None = None,
    override: str | None = None,
) -> int:
    """Records the subgroup's conclusion on a criterion: which version it is.

    replacing: the version that the writer saw (None: there was none); where another was first,
    Conflict with both texts and the difference. While reviewers have not delivered, the round of
    assessments must be closed, or the secretariat overrides with a reason.
    """
    checked_one(judgement)

    def decide(doing: Doing) -> list[Fact]:
        review = doing.review
        held = review.conclusions.get(judgement.criterion)
        after = held.no if held is not None and review.concluded else 0
        steps: list[Fact] = []
        if waiting_for(doing.on, review):
            if override is None:
                raise problem("conclude_too_early", country=Named(country), paragraph="AF-REV-2")
            steps += doing.overridden(judgement.criterion, override)
        when = timed(doing, "conclusion", override, done_by=after)
        code = judgement.criterion
        fact = doing.next_of("subgroup_concluded", asdict(judgement), held, replacing, code)
        step = doing.step("concluded", about=code, timeliness=when.timeliness)
        return [fact, *steps, *when.steps, step]

    do(on, acting, "conclude", country, cycle, decide)
    return (replacing or 0) + 1


def conclusions(on: Register, acting: Acting, country: str, cycle: int) -> list[Conclusion]:
    """The conclusions on file, by criterion; for a reviewer only after delivering."""
    review = require(on, acting, "read_conclusions", country, cycle).review
    return [] if review is None else [_conclusion(review, e) for e in review.conclusions.values()]


def waiting_for(on: Register, review: Review) -> list[str]:
    """The reviewers who have not delivered and still may; nobody waits for who has a conflict."""
    found = []
    for who in review.assigned:
        after = max((e.no for e in review.assessments.get(who, {}).values()), default=0)
        still = review.timeliness("assessment", who, on.today(), after) != "closed"
        free = access_of(on, person_of(on, who), review.country).conflict(review.country) is None
        if still and free and not review.delivered(who):
            found.append(who)
    return found


def _conclusion(review: Review, entry: Entry) -> Conclusion:
    version = review.version(entry)
    return Conclusion(Judgement.of(entry), version, entry.recorded_at, entry.recorded_by)
