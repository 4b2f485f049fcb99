"""What a reviewer may know of an open file now, as the desk tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from a87lib.desk.acting import Acting
from a87lib.desk.people import person_of
from a87lib.desk.permissions import require
from a87lib.desk.reviewing import assessing, commenting, concluding, replying
from a87lib.desk.reviewing.assessing import Delivered, Judgement
from a87lib.desk.reviewing.concluding import Conclusion
from a87lib.desk.reviewing.desks import Mine
from a87lib.desk.reviewing.drafts import load
from a87lib.desk.reviewing.replying import Exchange
from a87lib.desk.reviewing.review import Review, Round
from a87lib.register import Register

DONE = ("delivered", "concluded")


class Clashed(NamedTuple):
    """A conclusion that somebody else recorded first. mine: what was to be recorded."""

    mine: Judgement
    stored: Conclusion | None
    number: int


@dataclass(frozen=True)
class Known:
    """own, conclusions: by criterion. others: what the others delivered, once one has.

    exchange: comments sent, with their answers. signed: who signed the comments as drafted now.
    open: whether the file may be read. editable: whether an assessment can be delivered;
    concludable: whether conclusions can be recorded; writable: whether comments can be sent.
    names: what people are called.
    """

    own: Mapping[str, Delivered] = field(default_factory=dict)
    others: tuple[Delivered, ...] = ()
    conclusions: Mapping[str, Conclusion] = field(default_factory=dict)
    exchange: Exchange | None = None
    signed: tuple[str, ...] = ()
    open: bool = False
    editable: bool = False
    concludable: bool = False
    writable: bool = False
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def sent(self) -> int | None:
        """The version of the comments sent, which another sending replaces."""
        return None if self.exchange is None else self.exchange.sent

    def name(self, person: str) -> str:
        """What a person is called."""
        return self.names.get(person) or person

    @property
    def reviewers(self) -> frozenset[str]:
        """Who else delivered."""
        return frozenset(each.reviewer for each in self.others)

    @property
    def seen(self) -> dict[str, int]:
        """The versions of the own assessment, which another delivery replaces."""
        return {code: each.version for code, each in self.own.items()}


def known(on: Register, acting: Acting, file: Mine | None) -> Known:
    """What is known of a file; nothing before no conflict of interest was declared."""
    if file is None or file.standing != "open":
        return Known()
    country, cycle = file.country, file.cycle
    own = {d.judgement.criterion: d for d in assessing.own(on, acting, country, cycle)}
    sent = replying.exchange(on, acting, country, cycle)
    if file.state not in DONE:
        return Known(own=own, exchange=sent, open=True, editable=True)
    others = tuple(assessing.others(on, acting, country, cycle))
    concluded = concluding.conclusions(on, acting, country, cycle)
    drafted = commenting.comments_of(load(on, acting, country, cycle, "comments").content)
    signed: list[str] = []
    if drafted:
        digest = commenting.digest_of(drafted)
        signed = commenting.signatures(on, acting, country, cycle, digest)
    review = require(on, acting, "comment", country, cycle).review
    people = {*(d.reviewer for d in others), *(c.by for c in concluded), *signed, acting.person}
    return Known(
        own=own,
        others=others,
        conclusions={c.judgement.criterion: c for c in concluded},
        exchange=sent,
        signed=tuple(signed),
        open=True,
        editable=file.reopened,
        concludable=_again(on, acting, review, "conclusion"),
        writable=_again(on, acting, review, "comments"),
        names={each: person_of(on, each).name for each in people},
    )


def _again(on: Register, acting: Acting, review: Review | None, of: Round) -> bool:
    """Whether a round that all share can be done: not yet done, or opened again since."""
    if review is None:
        return False
    sent = review.last("comments_sent")
    done = {
        "conclusion": list(review.conclusions.values()) if review.concluded else [],
        "comments": [] if sent is None else [sent],
    }[of]
    if not done:
        return True
    last = max(entry.no for entry in done)
    return review.reopened(of, acting.principal, on.today(), last) is not None
