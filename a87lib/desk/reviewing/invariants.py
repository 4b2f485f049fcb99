"""What must hold of every review, whatever was done in which order; checked on demand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from a87lib.countryfile.effective import effective
from a87lib.desk.reviewing.review import READ, Review, reviews_of
from a87lib.facts import Entry
from a87lib.register import Register

BY_STEP = {
    "assessment_made": "delivered",
    "subgroup_concluded": "concluded",
    "comments_sent": "comments_sent",
    "reply_received": "replied",
    "report_finalised": "finalised",
    "review_assigned": "assigned",
    "review_reopened": "reopened",
}
"""What is never recorded at the desk without the step that says who did it."""


class Broken(NamedTuple):
    """Something that must not be. code: which rule; no: the entry that breaks it."""

    code: str
    country: str
    cycle: int
    no: int


def broken(on: Register) -> list[Broken]:
    """Everything that must not be, in every review on file that the desk carried out.

    `reviewer_not_assigned`, `assessed_in_conflict`, `assessment_not_whole`, `two_of_a_kind`,
    `reply_to_nothing`, `without_step`, `for_another_without_reason`.
    """
    cycles = {e.cycle for e in on.entries(kinds=("review_step",)) if e.cycle is not None}
    return [
        found
        for cycle in sorted(cycles)
        for review in reviews_of(on, cycle).values()
        if review.of("review_assigned", "review_step")
        for found in _broken(on, review)
    ]


def _broken(on: Register, review: Review) -> Iterator[Broken]:
    facts = on.facts(review.country, kinds=READ)
    every = [e for e in facts if e.cycle in (review.cycle, None)]
    for code, entry in (*_judged(review, every), *_answered(review), *_told(review)):
        yield Broken(code, review.country, review.cycle, entry.no)


def _judged(review: Review, every: list[Entry]) -> Iterator[tuple[str, Entry]]:
    ever = {e.body.reviewer for e in every if e.kind == "review_assigned" and not e.withdrawn}
    for who, held in review.assessments.items():
        for entry in held.values():
            if who not in ever:
                yield "reviewer_not_assigned", entry
            if _in_conflict(who, entry.no, every):
                yield "assessed_in_conflict", entry
        if not review.delivered(who):
            yield "assessment_not_whole", next(iter(held.values()))
    seen: set[tuple[str, ...]] = set()
    for entry in review.of("assessment_made", "subgroup_concluded"):
        name = (entry.kind, entry.body.criterion, getattr(entry.body, "reviewer", None) or "")
        if name in seen:
            yield "two_of_a_kind", entry
        seen.add(name)


def _in_conflict(who: str, no: int, every: list[Entry]) -> bool:
    """Whether a person's last declaration before an entry was of a conflict, or there was none."""
    said = [e for e in every if e.kind == "conflict_stated" and e.no < no and e.body.person == who]
    held = effective(said)
    return not held or held[-1].body.conflict != "none"


def _answered(review: Review) -> Iterator[tuple[str, Entry]]:
    sent, reply = review.last("comments_sent"), review.last("reply_received")
    if reply is not None:
        asked = set() if sent is None else {item.no for item in sent.body.items}
        if {item.item for item in reply.body.items} - asked:
            yield "reply_to_nothing", reply


def _told(review: Review) -> Iterator[tuple[str, Entry]]:
    steps = review.of("review_step")
    done = {step.body.step for step in steps}
    for entry in review.of(*BY_STEP):
        if entry.slot is not None and BY_STEP[entry.kind] not in done:
            yield "without_step", entry
    for step in steps:
        if step.body.on_behalf_of is not None and not step.body.reason:
            yield "for_another_without_reason", step
