"""The comments to the country, item by item: drafted together, signed, sent by the lead."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from a87lib.desk.acting import Acting
from a87lib.desk.permissions import require
from a87lib.desk.reviewing import drafts
from a87lib.desk.reviewing.rounds import timed
from a87lib.desk.reviewing.steps import Doing, do
from a87lib.desk.reviewing.texts import filled, items, text
from a87lib.desk.words import Named
from a87lib.facts import Fact, canonical
from a87lib.problems import Problem, Problems, problem
from a87lib.register import Register
from a87lib.register.draft_store import drafts_of

PARAGRAPH = "AF-MON-4"
LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment to the country. about: the criterion or rule that it is about, if any."""

    no: str
    text: str
    about: str | None = None


def content_of(comments: Sequence[Comment]) -> dict[str, Any]:
    """Comments as the content of the shared draft."""
    return {"items": [{"no": c.no, "text": c.text, "about": c.about} for c in comments]}


def comments_of(content: Mapping[str, Any]) -> list[Comment]:
    """The comments that a draft holds."""
    return [
        Comment(text(item.get("no")), text(item.get("text")), text(item.get("about")) or None)
        for item in items(content)
    ]


def digest_of(comments: Sequence[Comment]) -> str:
    """What a signature is of: the very words."""
    return hashlib.sha256(canonical(content_of(comments)).encode()).hexdigest()[:32]


def sign(on: Register, acting: Acting, country: str, cycle: int, digest: str) -> None:
    """Signs the comments as they are drafted now; a change after that is not signed.

    digest: `digest_of` the comments that the person saw. Raises Problems where they changed since.
    """
    comments, _ = _drafted(on, acting, country, cycle)

    def decide(doing: Doing) -> list[Fact]:
        if digest_of(comments) != digest:
            raise problem("comments_changed", country=Named(country), paragraph=PARAGRAPH)
        _checked(comments)
        return [doing.step("signed", about=digest)]

    do(on, acting, "comment", country, cycle, decide)


def signatures(on: Register, acting: Acting, country: str, cycle: int, digest: str) -> list[str]:
    """Who signed these very words."""
    review = require(on, acting, "comment", country, cycle).review
    steps = [] if review is None else review.of("review_step")
    found = [e.body for e in steps if e.body.step == "signed" and e.body.about == digest]
    return sorted({body.on_behalf_of or body.person for body in found})


def send(
    on: Register,
    acting: Acting,
    country: str,
    cycle: int,
    comments: Sequence[Comment] | None = None,
    *,
    replacing: int | None = None,
    override: str | None = None,
) -> int:
    """Sends the comments to the country, signed by the lead: which version they are.

    comments: None for those of the shared draft, which is dropped. replacing: after a reopening,
    the version that the writer saw. Raises Problems where the report is not on file, an item is
    empty or named twice, the round is closed; Conflict where somebody else was first.
    """
    drafted, version = _drafted(on, acting, country, cycle)
    given = drafted if comments is None else list(comments)
    _checked(given)

    def decide(doing: Doing) -> list[Fact]:
        review = doing.review
        if review.last("report_received") is None:
            raise problem("comments_no_report", country=Named(country), paragraph=PARAGRAPH)
        held = review.last("comments_sent")
        when = timed(doing, "comments", override, done_by=0 if held is None else held.no)
        fact = doing.next_of("comments_sent", filled(content_of(given)), held, replacing)
        step = doing.step("comments_sent", about=digest_of(given), timeliness=when.timeliness)
        return [fact, *when.steps, step]

    do(on, acting, "send_comments", country, cycle, decide)
    if version and comments is None:
        drafts_of(on).drop(drafts.key_of(acting, country, cycle, "comments"), version)
    return (replacing or 0) + 1


def _drafted(on: Register, acting: Acting, country: str, cycle: int) -> tuple[list[Comment], int]:
    saved = drafts.load(on, acting, country, cycle, "comments")
    return comments_of(saved.content), saved.version


def _checked(comments: Sequence[Comment]) -> None:
    found = list(_faults(comments))
    if found:
        raise Problems(found)


def _faults(comments: Sequence[Comment]) -> Iterator[Problem]:
    args = {"paragraph": PARAGRAPH}
    if not comments:
        yield Problem("comments_none", args=args)
    numbers = [each.no for each in comments]
    for place, each in enumerate(comments, 1):
        where = each.no or str(place)
        if not each.no.strip():
            yield Problem("comment_without_number", where, args=args)
        elif numbers.count(each.no) > 1 and numbers.index(each.no) < place - 1:
            yield Problem("comment_number_twice", where, each.no, args)
        if not each.text.strip():
            yield Problem("comment_empty", where, args=args)
        elif len(each.text) > LONGEST:
            yield Problem("comment_long", where, str(len(each.text)), args | {"most": LONGEST})
