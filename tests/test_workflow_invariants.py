"""What must hold of every review is noticed when it does not; and a page may send anything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from workflow import ANA, BEN, COUNTRY, CYCLE, DAY, SEC, assigned, declared, delivered, opened

from a87lib.desk.reviewing import assessing, commenting, drafts, replying
from a87lib.desk.reviewing.assigning import Wish, assign
from a87lib.desk.reviewing.invariants import broken
from a87lib.facts import canonical
from a87lib.problems import Problems
from a87lib.register import NewEntry, Register


def put(on: Register, kind: str, body: dict[str, Any], **more: Any) -> None:
    """An entry past the desk, as nobody may make it."""
    on.append(
        [
            NewEntry(
                kind=kind, country=COUNTRY, cycle=CYCLE, happened_on=DAY, recorded_by="x",
                body_json=canonical(body), visibility="reviewers", **more,
            )
        ]
    )  # fmt: skip


def assessment(who: str, criterion: str = "evidence") -> dict[str, Any]:
    return {"criterion": criterion, "judgement": "shown", "text": "x", "reviewer": who}


@pytest.mark.parametrize(
    ("kind", "body", "more", "codes"),
    [
        ("assessment_made", assessment("zoe"), {},
         {"reviewer_not_assigned", "assessed_in_conflict", "assessment_not_whole"}),
        ("assessment_made", assessment("ana"), {}, {"two_of_a_kind"}),
        ("assessment_made", assessment("ben"), {},
         {"assessed_in_conflict", "assessment_not_whole"}),
        ("reply_received", {"items": [{"item": "7", "reply": "agree"}]}, {}, {"reply_to_nothing"}),
        ("report_finalised", {}, {"slot": "report_finalised:QMA:2026"}, {"without_step"}),
        ("review_step", {"step": "replied", "person": "sec", "on_behalf_of": "foc"}, {},
         {"for_another_without_reason"}),
    ],
)  # fmt: skip
def test_what_must_not_be_is_named(
    tmp_path: Path, kind: str, body: dict[str, Any], more: dict[str, Any], codes: set[str]
) -> None:
    """Each rule is broken once, past the desk, and found with the entry that breaks it."""
    with opened(tmp_path / "r.db") as on:
        delivered(on, ANA)
        assign(on, SEC, CYCLE, [Wish(COUNTRY, "ben")])
        assert broken(on) == []
        put(on, kind, body, **more)
        assert {found.code for found in broken(on)} == codes


JUNK: list[Any] = [
    {}, {"evidence": None}, {"evidence": "x"}, {"evidence": {"text": 7, "judgement": ["shown"]}},
    {"evidence": {"judgement": "shown", "text": "\ud800"}}, {"\x00": {"text": "\x00"}},
    {"items": None}, {"items": [None, 3, {"no": {}, "text": []}]}, {"items": {"no": "1"}},
    {"items": [{"no": "1", "text": "\udfff", "item": "1", "reply": "agree\ud800"}]},
    {"evidence": {"text": "x" * 30_000, "judgement": "shown"}},
]  # fmt: skip


@pytest.mark.parametrize("content", JUNK, ids=range(len(JUNK)))
def test_a_page_may_send_anything(where: str, content: Any) -> None:
    """Whatever stands in a draft, it is kept or refused in words, and delivering is refused."""
    with opened(where) as on:
        assigned(on)
        declared(on, ANA)
        before = on.head()
        drafts.save(on, ANA, COUNTRY, CYCLE, "assessment", content, 0)
        held = drafts.load(on, ANA, COUNTRY, CYCLE, "assessment").content
        assert held == drafts.load(on, ANA, COUNTRY, CYCLE, "assessment").content
        with pytest.raises(Problems):
            assessing.deliver(on, ANA, COUNTRY, CYCLE)
        commenting.comments_of(content)
        replying.answers_of(content)
        assert on.head() == before


def test_half_a_sign_is_kept_as_a_question_mark(where: str) -> None:
    """A lone half of a surrogate pair, which no database holds, does not stop a delivery."""
    with opened(where) as on:
        delivered(on, ANA)
        assign(on, SEC, CYCLE, [Wish(COUNTRY, "ben")])
        declared(on, BEN)
        texts = [assessing.Judgement(c, "shown", "a\ud800b\x00") for c in assessing.criteria()]
        assessing.deliver(on, BEN, COUNTRY, CYCLE, texts)
        assert {d.judgement.text for d in assessing.own(on, BEN, COUNTRY, CYCLE)} == {"a?b\x00"}
        assert [d for d in on.verify() if d.tampering] == []
