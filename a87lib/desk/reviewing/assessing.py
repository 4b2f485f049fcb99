"""A reviewer's own assessment: drafted, delivered, and only then compared with the others'."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from a87lib import framework
from a87lib.desk.acting import Acting
from a87lib.desk.permissions import require
from a87lib.desk.reviewing import drafts
from a87lib.desk.reviewing.review import Review, criteria
from a87lib.desk.reviewing.rounds import timed
from a87lib.desk.reviewing.steps import Doing, do
from a87lib.desk.reviewing.texts import text
from a87lib.facts import Entry, Fact
from a87lib.facts.codes import Coded
from a87lib.problems import Problem, Problems
from a87lib.register import Register
from a87lib.register.draft_store import drafts_of

PARAGRAPH = "AF-REV-2"
LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody judges of a criterion. judgement: shown, partly_shown or not_shown."""

    criterion: str
    judgement: str
    text: str = ""
    language: str | None = None

    def says(self, other: Judgement) -> bool:
        """Whether another one judges the same in the same words."""
        return (self.judgement, self.text.strip()) == (other.judgement, other.text.strip())

    @classmethod
    def of(cls, entry: Entry) -> Judgement:
        """What an entry on file says."""
        body = entry.body
        return cls(body.criterion, body.judgement, body.text or "", body.language)


@dataclass(frozen=True, slots=True)
class Delivered:
    """A delivered judgement. version: which one it is; a later one replaces it."""

    judgement: Judgement
    reviewer: str
    version: int
    at: datetime
    revised: bool = False


def content_of(judgements: Sequence[Judgement]) -> dict[str, Any]:
    """Judgements as the content of a draft, complete or not."""
    return {
        each.criterion: {
            "judgement": each.judgement, "text": each.text, "language": each.language
        }
        for each in judgements
    }  # fmt: skip


def judgements_of(content: Mapping[str, Any]) -> list[Judgement]:
    """The judgements that a draft holds; half-written ones too."""
    return [
        Judgement(
            code,
            text(said.get("judgement")),
            text(said.get("text")),
            text(said.get("language")) or None,
        )
        for code, said in content.items()
        if isinstance(said, Mapping)
    ]


def deliver(
    on: Register,
    acting: Acting,
    country: str,
    cycle: int,
    judgements: Sequence[Judgement] | None = None,
    *,
    replacing: Mapping[str, int] | None = None,
    override: str | None = None,
) -> None:
    """Delivers an assessment of every criterion, all in one transaction.

    judgements: None for those of the draft, which is dropped. replacing: after a reopening, the
    version of each criterion that the writer saw. Raises Problems for every criterion that lacks
    something, for a closed round, and a Conflict where another window was first.
    """
    key = drafts.key_of(acting, country, cycle, "assessment")
    require(on, acting, "assess", country, cycle)
    draft = drafts_of(on).load(key)
    given = judgements
    if given is None:
        given = judgements_of(drafts.saved(draft).content)
    complete = checked(given)

    def decide(doing: Doing) -> list[Fact]:
        own = doing.review.assessments.get(acting.principal, {})
        done_by = max((entry.no for entry in own.values()), default=0)
        when = timed(doing, "assessment", override, done_by=done_by)
        seen = replacing if replacing is not None else {}
        facts = [_fact(doing, each, own.get(each.criterion), seen) for each in complete]
        return [*facts, *when.steps, doing.step("delivered", timeliness=when.timeliness)]

    do(on, acting, "assess", country, cycle, decide)
    if draft is not None:
        drafts_of(on).drop(key, draft.version)


def checked(given: Sequence[Judgement]) -> list[Judgement]:
    """The judgements, one for each criterion; raises Problems naming everything that lacks."""
    by_code = {each.criterion: each for each in given}
    unknown = [code for code in by_code if code not in criteria()]
    found = [Problem("criterion_unknown", found=code) for code in unknown]
    for code in criteria():
        found += _lacking(code, by_code.get(code))
    if found:
        raise Problems(found)
    return [by_code[code] for code in criteria()]


def checked_one(given: Judgement) -> Judgement:
    """A judgement of one criterion; raises Problems naming everything that it lacks."""
    if given.criterion not in criteria():
        raise Problems([Problem("criterion_unknown", found=given.criterion)])
    if found := list(_lacking(given.criterion, given)):
        raise Problems(found)
    return given


def _lacking(code: str, given: Judgement | None) -> Iterator[Problem]:
    args: dict[str, object] = {"criterion": Coded("criterion", code), "paragraph": PARAGRAPH}
    if given is None or given.judgement not in framework.load().vocabulary("judgement"):
        yield Problem("judgement_missing", code, args=args)
    if given is None or not given.text.strip():
        yield Problem("judgement_text_missing", code, args=args)
    elif len(given.text) > LONGEST:
        yield Problem("judgement_text_long", code, str(len(given.text)), args | {"most": LONGEST})


def own(on: Register, acting: Acting, country: str, cycle: int) -> list[Delivered]:
    """What the person delivered, the latest of each criterion."""
    review = require(on, acting, "assess", country, cycle).review
    if review is None:
        return []
    held = review.assessments.get(acting.principal, {})
    return [_delivered(review, entry) for entry in held.values()]


def others(on: Register, acting: Acting, country: str, cycle: int) -> list[Delivered]:
    """What the other reviewers delivered; for a reviewer only after delivering.

    The order tells nothing of when each came.
    """
    review = require(on, acting, "compare", country, cycle).review
    if review is None:
        return []
    found = [
        _delivered(review, entry)
        for who, held in review.assessments.items()
        if who != acting.principal
        for entry in held.values()
    ]
    return sorted(found, key=lambda d: (criteria().index(d.judgement.criterion), d.reviewer))


def _fact(doing: Doing, each: Judgement, held: Entry | None, seen: Mapping[str, int]) -> Fact:
    person, code = doing.acting.principal, each.criterion
    body = asdict(each) | {"reviewer": person}
    return doing.next_of("assessment_made", body, held, seen.get(code), code, person)


def _delivered(review: Review, entry: Entry) -> Delivered:
    return Delivered(
        Judgement.of(entry),
        entry.body.reviewer or "",
        review.version(entry),
        entry.recorded_at,
        entry.corrects is not None,
    )
