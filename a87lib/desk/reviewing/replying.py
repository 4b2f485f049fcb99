"""The country's part: it reads the comments, replies item by item, and finalises its report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from a87lib import framework
from a87lib.countryfile.effective import effective
from a87lib.desk.acting import Acting
from a87lib.desk.evidence import Attachment, check_attachments
from a87lib.desk.permissions import require
from a87lib.desk.reviewing import drafts
from a87lib.desk.reviewing.commenting import Comment
from a87lib.desk.reviewing.review import Review
from a87lib.desk.reviewing.rounds import timed
from a87lib.desk.reviewing.steps import Doing, do
from a87lib.desk.reviewing.texts import filled, items, text
from a87lib.desk.words import Named
from a87lib.facts import Fact
from a87lib.intake.workbooks import Refused
from a87lib.problems import Problem, Problems, problem
from a87lib.register import Register
from a87lib.register.draft_store import drafts_of

PARAGRAPH = "AF-MON-4"
LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Answer:
    """The country's answer to a comment. reply: agree, partly or disagree."""

    item: str
    reply: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Exchange:
    """The comments of a cycle, and what became of them.

    sent: which version of the comments was sent; replied: which version of the answers came last
    (None: none yet); finalised: which of the final report. answers: by the comment's number.
    """

    comments: Sequence[Comment]
    sent: int
    sent_at: datetime
    answers: Mapping[str, Answer]
    replied: int | None = None
    replied_at: datetime | None = None
    finalised: int | None = None
    finalised_at: datetime | None = None


def exchange(on: Register, acting: Acting, country: str, cycle: int) -> Exchange | None:
    """The comments to a country with its answers; None where none were sent."""
    review = require(on, acting, "read_comments", country, cycle).review
    return None if review is None else exchange_in(review)


def cycles(on: Register, acting: Acting, country: str) -> list[int]:
    """The cycles in which comments were sent to a country, latest first."""
    require(on, acting, "read_comments", country)
    sent = effective(on.facts(country, kinds=("comments_sent",)))
    return sorted({entry.cycle for entry in sent if entry.cycle is not None}, reverse=True)


def content_of(answers: Sequence[Answer]) -> dict[str, Any]:
    """Answers as the content of the country's draft."""
    return {"items": [{"item": a.item, "reply": a.reply, "text": a.text} for a in answers]}


def answers_of(content: Mapping[str, Any]) -> list[Answer]:
    """The answers that a draft holds, half-written ones too."""
    return [
        Answer(text(each.get("item")), text(each.get("reply")), text(each.get("text")))
        for each in items(content)
    ]


def reply(
    on: Register,
    acting: Acting,
    country: str,
    cycle: int,
    answers: Sequence[Answer] | None = None,
    *,
    replacing: int | None = None,
    override: str | None = None,
) -> int:
    """Records the country's reply, an answer to every comment: which version it is.

    answers: None for those of the draft, which is dropped. Raises Problems for every item without
    an answer, and for `partly` and `disagree` without words; Conflict as everywhere.
    """
    key = drafts.key_of(acting, country, cycle, "reply")
    require(on, acting, "reply", country, cycle)
    draft = drafts_of(on).load(key)
    given = answers_of(drafts.saved(draft).content) if answers is None else list(answers)

    def decide(doing: Doing) -> list[Fact]:
        now = exchange_in(doing.review)
        if now is None:
            raise problem("reply_no_comments", country=Named(country), paragraph=PARAGRAPH)
        if found := list(_faults(now.comments, given)):
            raise Problems(found)
        held = doing.review.last("reply_received")
        when = timed(doing, "reply", override, done_by=0 if held is None else held.no)
        fact = doing.next_of("reply_received", filled(content_of(given)), held, replacing)
        step = doing.step("replied", timeliness=when.timeliness)
        return [fact, *when.steps, step]

    do(on, acting, "reply", country, cycle, decide)
    if draft is not None and answers is None:
        drafts_of(on).drop(key, draft.version)
    return (replacing or 0) + 1


def finalise(
    on: Register,
    acting: Acting,
    country: str,
    cycle: int,
    attachment: Attachment | None = None,
    *,
    replacing: int | None = None,
    override: str | None = None,
) -> int:
    """Records the finalised report, with its document if one is given: which version it is."""
    if attachment is not None and (faults := list(check_attachments([attachment]))):
        raise Refused(faults)
    body = {} if attachment is None else {"document": attachment.document.reference}
    keeping = [] if attachment is None else [attachment.document]

    def decide(doing: Doing) -> list[Fact]:
        if doing.review.last("comments_sent") is None:
            raise problem("finalise_no_comments", country=Named(country), paragraph=PARAGRAPH)
        held = doing.review.last("report_finalised")
        when = timed(doing, "finalisation", override, done_by=0 if held is None else held.no)
        fact = doing.next_of("report_finalised", body, held, replacing)
        step = doing.step("finalised", timeliness=when.timeliness)
        return [fact, *when.steps, step]

    do(on, acting, "finalise", country, cycle, decide, keeping)
    return (replacing or 0) + 1


def exchange_in(review: Review) -> Exchange | None:
    """The same from a review, whoever asks."""
    sent = review.last("comments_sent")
    if sent is None:
        return None
    replied = review.last("reply_received")
    final = review.last("report_finalised")
    given = () if replied is None else replied.body.items
    return Exchange(
        comments=[Comment(item.no, item.text, item.about) for item in sent.body.items],
        sent=review.version(sent),
        sent_at=sent.recorded_at,
        answers={i.item: Answer(i.item, i.reply or "", i.text or "") for i in given},
        replied=None if replied is None else review.version(replied),
        replied_at=None if replied is None else replied.recorded_at,
        finalised=None if final is None else review.version(final),
        finalised_at=None if final is None else final.recorded_at,
    )


def _faults(comments: Sequence[Comment], given: Sequence[Answer]) -> Iterator[Problem]:
    args: dict[str, object] = {"paragraph": PARAGRAPH}
    asked = {each.no for each in comments}
    answered = {each.item: each for each in given}
    for each in given:
        if each.item not in asked:
            yield Problem("reply_unknown_item", each.item, each.item, args)
    for comment in comments:
        answer = answered.get(comment.no)
        if answer is None or answer.reply not in framework.load().vocabulary("reply"):
            yield Problem("reply_missing", comment.no, args=args)
        elif answer.reply != "agree" and not answer.text.strip():
            yield Problem("reply_text_missing", comment.no, args=args)
        elif len(answer.text) > LONGEST:
            long = args | {"most": LONGEST}
            yield Problem("comment_long", comment.no, str(len(answer.text)), long)
