"""The review from assignment to finalised report: who may do what, when, and what is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from refusing import refusal, refused
from workflow import (
    ALONE,
    ANA,
    ANSWERS,
    BEN,
    CHAIR,
    CLEO,
    COMMENTS,
    COUNTRY,
    CYCLE,
    DAN,
    DAY,
    FOC,
    PEOPLE,
    SEC,
    Clock,
    assigned,
    assigned_to,
    concluded,
    declared,
    delivered,
    finalised,
    judged,
    opened,
    participation,
)

from a87lib.desk.acting import Acting
from a87lib.desk.administering import give_roles
from a87lib.desk.permissions import allowed, reader, require
from a87lib.desk.reviewing import (
    assessing,
    assigning,
    commenting,
    concluding,
    declaring,
    desks,
    drafts,
    replying,
)
from a87lib.desk.reviewing.assessing import Judgement
from a87lib.desk.reviewing.assigning import Wish
from a87lib.desk.reviewing.commenting import Comment
from a87lib.desk.reviewing.invariants import broken
from a87lib.desk.reviewing.reopening import reopen
from a87lib.desk.reviewing.replying import Answer
from a87lib.desk.reviewing.review import criteria
from a87lib.facts import DESK_KINDS
from a87lib.register import Conflict, Register
from a87lib.register.drafts import Overtaken


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def on(where: str, clock: Clock) -> Iterator[Register]:
    """A register with people, on both databases."""
    with opened(where, clock) as made:
        yield made
        assert [d for d in made.verify() if d.tampering] == []
        assert broken(made) == []


def test_a_review_goes_from_assignment_to_the_finalised_report(on: Register) -> None:
    """Every step of the journey is taken by whom it belongs to, and the log names them in order."""
    finalised(on, ANA, BEN)
    found = replying.exchange(on, FOC, COUNTRY, CYCLE)
    assert found is not None and [c.no for c in found.comments] == ["1", "2"]
    assert found.answers["2"].reply == "disagree" and found.finalised_at is not None
    steps = [(a.step, a.person) for a in desks.log(on, SEC, COUNTRY, CYCLE)]
    assert steps == [
        ("assigned", "sec"), ("assigned", "sec"), ("declared", "ana"), ("declared", "ben"),
        ("delivered", "ana"), ("delivered", "ben"), ("concluded", "ana"), ("concluded", "ana"),
        ("concluded", "ana"), ("comments_sent", "ana"), ("replied", "foc"), ("finalised", "foc"),
    ]  # fmt: skip


def test_a_file_is_closed_until_no_conflict_is_declared(on: Register) -> None:
    """Before the declaration nothing of the country is there, not even what is public."""
    assigned(on)
    before = [e for e in on.entries(visible_to=reader(on, ANA)) if e.country == COUNTRY]
    assert before == []
    assert refused(drafts.save, on, ANA, COUNTRY, CYCLE, "assessment", {"evidence": {}}, 0) == [
        "review_undeclared"
    ]
    assert [(m.country, m.standing, m.state) for m in desks.mine(on, ANA)] == [
        (COUNTRY, "undeclared", "empty")
    ]
    declared(on, ANA)
    assert any(e.country == COUNTRY for e in on.entries(visible_to=reader(on, ANA)))
    assert [m.standing for m in desks.mine(on, ANA)] == ["open"]


@pytest.mark.parametrize("how", ["declared", "pinned", "own_country"])
def test_a_conflict_closes_the_file_as_if_there_were_none(on: Register, how: str) -> None:
    """Reads, verbs, lists: all answer as for a country of which nothing is on file."""
    delivered(on, ANA)
    who = DAN if how == "own_country" else BEN
    if how != "own_country":
        assigned_to(on, BEN)
    if how == "declared":
        declaring.declare(on, BEN, COUNTRY, CYCLE, "own_organisation", "I advise them.")
    elif how == "pinned":
        declared(on, BEN)
        declaring.pin(on, SEC, COUNTRY, "ben", "declared", reason="a letter")
    seen = reader(on, who)
    assert not [e for e in on.entries(visible_to=seen) if e.country == COUNTRY]
    assert not list(on.facts(COUNTRY, visible_to=seen))
    assert desks.mine(on, who) == []
    for attempt in attempts(on, who, COUNTRY):
        assert refused(lambda _, attempt=attempt: attempt(), on) == ["no_country_file"]
    for attempt in attempts(on, who, "QMZ"):  # of which nothing is on file
        assert refused(lambda _, attempt=attempt: attempt(), on) == ["no_country_file"]


def attempts(on: Register, who: Acting, country: str) -> list[Callable[[], object]]:
    """Everything that a reviewer could try about a file."""
    return [
        lambda: declaring.declare(on, who, country, CYCLE, "none"),
        lambda: assessing.own(on, who, country, CYCLE),
        lambda: assessing.others(on, who, country, CYCLE),
        lambda: assessing.deliver(on, who, country, CYCLE, judged()),
        lambda: drafts.save(on, who, country, CYCLE, "assessment", {}, 0),
        lambda: drafts.load(on, who, country, CYCLE, "comments"),
        lambda: concluding.conclude(on, who, country, CYCLE, judged()[0]),
        lambda: concluding.conclusions(on, who, country, CYCLE),
        lambda: commenting.send(on, who, country, CYCLE, COMMENTS),
        lambda: commenting.signatures(on, who, country, CYCLE, "0" * 32),
        lambda: replying.exchange(on, who, country, CYCLE),
        lambda: replying.reply(on, who, country, CYCLE, ANSWERS),
        lambda: require(on, who, "read_file", country, CYCLE),
        lambda: desks.log(on, who, country),
    ]


def test_a_conflict_is_lifted_by_the_secretariat_alone(on: Register) -> None:
    """After lifting, the reviewer declares anew; nobody lifts their own."""
    assigned(on)
    declaring.declare(on, ANA, COUNTRY, CYCLE, "declared", "by mistake")
    assert refused(declaring.lift, on, ANA, COUNTRY, "ana", reason="mine") == ["no_country_file"]
    declaring.lift(on, SEC, COUNTRY, "ana", reason="a mistake, see mail")
    assert [m.standing for m in desks.mine(on, ANA)] == ["undeclared"]
    declared(on, ANA)
    assert [m.standing for m in desks.mine(on, ANA)] == ["open"]


def test_the_others_are_seen_after_ones_own(on: Register) -> None:
    """Before delivering neither text nor number of the others' assessments can be had."""
    assigned(on, BEN)
    declared(on, ANA, BEN)
    assessing.deliver(on, BEN, COUNTRY, CYCLE, judged("Zqcanary"))
    for attempt in (assessing.others, concluding.conclusions):
        assert refused(attempt, on, ANA, COUNTRY, CYCLE) == ["review_own_first"]
    kinds = {e.kind for e in on.entries(visible_to=reader(on, ANA))}
    assert "assessment_made" not in kinds and not kinds & DESK_KINDS
    assessing.deliver(on, ANA, COUNTRY, CYCLE, judged())
    theirs = assessing.others(on, ANA, COUNTRY, CYCLE)
    assert [(d.reviewer, d.judgement.criterion) for d in theirs] == [
        ("ben", code) for code in criteria()
    ]
    assert all("Zqcanary" in d.judgement.text for d in theirs)


def test_an_assessment_is_whole_or_not_delivered(on: Register) -> None:
    """Every criterion that lacks a judgement or words is named, and nothing is written."""
    assigned(on)
    declared(on, ANA)
    half = {"evidence": {"judgement": "shown", "text": " "}, "collaboration": {"text": "x"}}
    assert drafts.save(on, ANA, COUNTRY, CYCLE, "assessment", half, 0) == 1
    found = {(p.where, p.code) for p in refusal(assessing.deliver, on, ANA, COUNTRY, CYCLE)}
    assert found == {
        ("evidence", "judgement_text_missing"), ("participation", "judgement_missing"),
        ("participation", "judgement_text_missing"), ("collaboration", "judgement_missing"),
    }  # fmt: skip
    assert drafts.load(on, ANA, COUNTRY, CYCLE, "assessment").content == half


def test_states_go_from_empty_to_concluded(on: Register) -> None:
    """Empty, draft, delivered, concluded; the draft is gone once it is delivered."""
    assigned(on)
    declared(on, ANA)

    def state() -> str:
        return desks.mine(on, ANA)[0].state

    assert state() == "empty"
    whole = assessing.content_of(judged())
    drafts.save(on, ANA, COUNTRY, CYCLE, "assessment", whole, 0)
    assert state() == "draft"
    assessing.deliver(on, ANA, COUNTRY, CYCLE)
    assert state() == "delivered"
    assert drafts.load(on, ANA, COUNTRY, CYCLE, "assessment").version == 0
    for each in judged():
        concluding.conclude(on, ANA, COUNTRY, CYCLE, each)
    assert state() == "concluded"
    (file,) = [f for f in desks.files(on, SEC, CYCLE) if f.country == COUNTRY]
    assert [(s.person, s.state) for s in file.seats] == [("ana", "concluded")]


def test_a_draft_survives_and_the_second_window_is_told(on: Register) -> None:
    """What was saved is there after a refresh; a save from an older version gets both texts."""
    assigned(on)
    declared(on, ANA)
    first = {"evidence": {"text": "Two surveys."}}
    version = drafts.save(on, ANA, COUNTRY, CYCLE, "assessment", first, 0)
    again = drafts.load(on, ANA, COUNTRY, CYCLE, "assessment")
    assert (again.content, again.version) == (first, version)
    second = {"evidence": {"text": "Three surveys."}}
    assert drafts.save(on, ANA, COUNTRY, CYCLE, "assessment", second, version) == 2
    for stale in (0, version):
        with pytest.raises(Overtaken) as told_:
            drafts.save(on, ANA, COUNTRY, CYCLE, "assessment", {"x": "Four surveys."}, stale)
        assert [problem.code for problem in told_.value.problems] == ["draft_overtaken"]
        assert "Four surveys." in told_.value.yours
        assert told_.value.stored is not None and "Three surveys." in told_.value.stored.text
        assert "-" in told_.value.difference and "Four" in told_.value.difference
    assert drafts.load(on, ANA, COUNTRY, CYCLE, "assessment").content == second


def test_nobody_reads_anothers_draft(on: Register) -> None:
    """A reviewer's draft is that reviewer's alone; the shared ones are for who delivered."""
    assigned(on, BEN)
    declared(on, ANA, BEN)
    drafts.save(on, BEN, COUNTRY, CYCLE, "assessment", {"evidence": {"text": "Zqcanary"}}, 0)
    assert drafts.load(on, ANA, COUNTRY, CYCLE, "assessment").version == 0
    assert refused(drafts.load, on, ANA, COUNTRY, CYCLE, "conclusion") == ["review_own_first"]


def test_the_second_of_two_conclusions_is_told_with_both_texts(on: Register) -> None:
    """One winner per version; the other gets both texts and the difference, and can go on."""
    delivered(on, ANA, BEN)
    mine, theirs = Judgement("evidence", "shown", "Mine."), Judgement("evidence", "shown", "Hers.")
    first = concluding.conclude(on, ANA, COUNTRY, CYCLE, theirs)
    with pytest.raises(Conflict) as told_:
        concluding.conclude(on, BEN, COUNTRY, CYCLE, mine)
    assert "Mine." in told_.value.yours and "Hers." in told_.value.stored
    assert "-" in told_.value.difference and told_.value.number == first
    second = concluding.conclude(on, BEN, COUNTRY, CYCLE, mine, replacing=first)
    with pytest.raises(Conflict) as told_:
        concluding.conclude(on, ANA, COUNTRY, CYCLE, theirs, replacing=first)
    assert told_.value.number == second and "Mine." in told_.value.stored
    assert [c.judgement.text for c in concluding.conclusions(on, ANA, COUNTRY, CYCLE)] == ["Mine."]


def test_conclusions_wait_for_the_reviewers(on: Register) -> None:
    """Not before all have delivered, unless overridden with a reason; recused ones hold up none."""
    assigned(on, BEN, CLEO)
    declared(on, ANA, BEN)
    assessing.deliver(on, ANA, COUNTRY, CYCLE, judged())
    assert refused(concluding.conclude, on, ANA, COUNTRY, CYCLE, judged()[0]) == [
        "conclude_too_early"
    ]
    assert refused(
        concluding.conclude, on, ANA, COUNTRY, CYCLE, judged()[0], override="I want to"
    ) == ["not_allowed"]
    for_ana = Acting("sec", on_behalf_of="ana", reason="by telephone")
    concluding.conclude(on, for_ana, COUNTRY, CYCLE, judged()[0], override="Ben is ill")
    overridden = [a for a in desks.log(on, SEC, COUNTRY) if a.step == "overridden"]
    assert [(a.person, a.on_behalf_of, a.reason) for a in overridden] == [
        ("sec", "ana", "Ben is ill")
    ]
    assessing.deliver(on, BEN, COUNTRY, CYCLE, judged())
    declaring.declare(on, CLEO, COUNTRY, CYCLE, "declared")
    concluding.conclude(on, ANA, COUNTRY, CYCLE, judged()[1])


def test_deadlines_have_grace_and_close(on: Register, clock: Clock) -> None:
    """In time, late and flagged, closed with the draft kept; an override with a reason opens it."""
    assigned(on, BEN, CLEO)
    declared(on, ANA, BEN, CLEO)
    assigning.set_deadline(on, SEC, CYCLE, "assessment", DAY, grace_days=7)
    assessing.deliver(on, ANA, COUNTRY, CYCLE, judged())
    clock.forward(7)
    assessing.deliver(on, BEN, COUNTRY, CYCLE, judged())
    clock.forward(1)
    whole = assessing.content_of(judged())
    drafts.save(on, CLEO, COUNTRY, CYCLE, "assessment", whole, 0)
    assert refused(assessing.deliver, on, CLEO, COUNTRY, CYCLE) == ["round_closed"]
    assert drafts.load(on, CLEO, COUNTRY, CYCLE, "assessment").content == whole
    for_cleo = Acting("sec", on_behalf_of="cleo", reason="asked by mail")
    assessing.deliver(on, for_cleo, COUNTRY, CYCLE, override="was travelling")
    found = [
        (a.on_behalf_of or a.person, a.timeliness)
        for a in desks.log(on, SEC, COUNTRY)
        if a.step == "delivered"
    ]
    assert found == [("ana", "on_time"), ("ben", "late"), ("cleo", "late")]
    assert {d.reviewer for d in assessing.others(on, ANA, COUNTRY, CYCLE)} == {"ben", "cleo"}


def test_a_countrys_own_deadline_comes_before_that_of_all(on: Register, clock: Clock) -> None:
    """A day set for one country holds for it; set again, the later one holds."""
    assigned(on)
    assigning.set_deadline(on, SEC, CYCLE, "assessment", DAY)
    later = DAY + timedelta(days=30)
    assigning.set_deadline(on, SEC, CYCLE, "assessment", later - timedelta(days=9), country=COUNTRY)
    assigning.set_deadline(on, SEC, CYCLE, "assessment", later, country=COUNTRY, grace_days=2)
    found = desks.mine(on, ANA)[0].deadlines["assessment"]
    assert (found.due_on, found.closes_on) == (later, later + timedelta(days=2))


def test_what_is_done_is_changed_after_reopening_only(on: Register, clock: Clock) -> None:
    """A reopening with a reason lets one person deliver once more; both versions stay on file."""
    delivered(on, ANA, BEN)
    held = {d.judgement.criterion: d.version for d in assessing.own(on, ANA, COUNTRY, CYCLE)}
    assert refused(
        assessing.deliver, on, ANA, COUNTRY, CYCLE, judged("second"), replacing=held
    ) == ["round_done"]
    until = DAY + timedelta(days=3)
    assert refused(
        reopen, on, SEC, COUNTRY, CYCLE, "assessment", until=until, reason=" ", person="ana"
    ) == ["reason_missing"]
    assert refused(
        reopen, on, BEN, COUNTRY, CYCLE, "assessment", until=until, reason="x", person="ana"
    ) == ["not_allowed"]
    reopen(on, CHAIR, COUNTRY, CYCLE, "assessment", until=until, reason="a table", person="ana")
    with pytest.raises(Conflict):
        assessing.deliver(on, ANA, COUNTRY, CYCLE, judged("second"))
    assessing.deliver(on, ANA, COUNTRY, CYCLE, judged("second"), replacing=held)
    now = assessing.own(on, ANA, COUNTRY, CYCLE)
    assert all(d.revised and "second" in d.judgement.text for d in now)
    kept = [e for e in on.entries(COUNTRY, kinds=("assessment_made",)) if "so says ana" in str(e)]
    assert len(kept) == len(criteria())
    held = {d.judgement.criterion: d.version for d in now}
    # the reopening is used up
    assert refused(assessing.deliver, on, ANA, COUNTRY, CYCLE, judged("third"), replacing=held) == [
        "round_done"
    ]


def test_who_acts_for_another_is_the_secretariat_with_a_reason(on: Register) -> None:
    """It may do what the other may, and no more; the log names both."""
    assigned(on)
    declared(on, ANA)
    for who, why in (
        (Acting("ben", on_behalf_of="ana", reason="x"), "not_allowed"),
        (Acting("sec", on_behalf_of="ana"), "reason_missing"),
        (Acting("sec", on_behalf_of="ben", reason="x"), "not_allowed"),
    ):
        assert refused(assessing.deliver, on, who, COUNTRY, CYCLE, judged()) == [why]
    assessing.deliver(
        on, Acting("sec", on_behalf_of="ana", reason="by post"), COUNTRY, CYCLE, judged()
    )
    done = desks.log(on, SEC, COUNTRY)[-1]
    assert (done.person, done.on_behalf_of, done.reason) == ("sec", "ana", "by post")
    entry = next(on.facts(COUNTRY, kinds=("assessment_made",)))
    assert (entry.recorded_by, entry.body.reviewer) == ("sec", "ana")


def test_assigning_many_says_everything_at_once(on: Register) -> None:
    """All objections are named, nothing is written; what may be overridden needs a reason."""
    on.append([participation("ILO")])
    give_roles(on, SEC, "ben", "reviewer", organisation="ILO")
    wishes = [
        Wish("QMA", "ana", "lead"), Wish("QMA", "dan"), Wish("QMA", "mem"),
        Wish("QMA", "ben"), Wish("QMZ", "ana"), Wish("QMB", "cleo", "lead"),
    ]  # fmt: skip
    found = refusal(assigning.assign, on, SEC, CYCLE, wishes)
    assert {(p.code, p.found) for p in found} == {
        ("assign_conflict", "dan"), ("assign_not_a_reviewer", "mem"),
        ("assign_own_organisation", "ben"), ("no_country_file", "QMZ"),
    }  # fmt: skip
    good = [wishes[0], wishes[3], wishes[5]]
    assert refused(assigning.assign, on, SEC, CYCLE, good) == ["assign_own_organisation"]
    assigning.assign(on, SEC, CYCLE, good, override="nobody else speaks Spanish")
    assert assigning.workload(on, SEC, CYCLE) == {"ana": 1, "ben": 1, "cleo": 1}
    assert refused(assigning.assign, on, SEC, CYCLE, [Wish("QMA", "cleo", "lead"), wishes[0]]) == [
        "assign_assigned",
        "assign_second_lead",
    ]


def test_an_assignment_is_withdrawn_and_given_again(on: Register) -> None:
    """Withdrawn, the file is a member's again; given again, the declaration still stands."""
    assigned(on)
    declared(on, ANA)
    assigning.unassign(on, SEC, COUNTRY, CYCLE, "ana", reason="too many files")
    assert desks.mine(on, ANA) == []
    assert not allowed(on, ANA, "assess", COUNTRY, CYCLE)
    assigned(on)
    assert [m.standing for m in desks.mine(on, ANA)] == ["open"]


def test_comments_are_signed_word_by_word_and_sent_by_the_lead(on: Register) -> None:
    """A signature is of the very words; only the lead sends; numbers and texts are checked."""
    concluded(on, ANA, BEN)
    content = commenting.content_of(COMMENTS)
    version = drafts.save(on, BEN, COUNTRY, CYCLE, "comments", content, 0)
    digest = commenting.digest_of(COMMENTS)
    commenting.sign(on, BEN, COUNTRY, CYCLE, digest)
    assert commenting.signatures(on, ANA, COUNTRY, CYCLE, digest) == ["ben"]
    assert refused(commenting.send, on, BEN, COUNTRY, CYCLE) == ["review_lead_only"]
    changed = [*COMMENTS, Comment("2", ""), Comment("", "x")]
    drafts.save(on, ANA, COUNTRY, CYCLE, "comments", commenting.content_of(changed), version)
    assert refused(commenting.sign, on, ANA, COUNTRY, CYCLE, digest) == ["comments_changed"]
    assert refused(commenting.send, on, ANA, COUNTRY, CYCLE) == [
        "comment_number_twice",
        "comment_empty",
        "comment_without_number",
    ]
    drafts.save(on, ANA, COUNTRY, CYCLE, "comments", content, version + 1)
    commenting.send(on, ANA, COUNTRY, CYCLE)
    assert drafts.load(on, ANA, COUNTRY, CYCLE, "comments").version == 0
    found = replying.exchange(on, FOC, COUNTRY, CYCLE)
    assert found is not None and list(found.comments) == COMMENTS


def test_a_reply_answers_every_comment(on: Register) -> None:
    """Each item is agreed to, in part or not, with words where it is not; others have no say."""
    concluded(on, ANA)
    assert refused(replying.reply, on, FOC, COUNTRY, CYCLE, ANSWERS) == ["reply_no_comments"]
    assert refused(replying.finalise, on, FOC, COUNTRY, CYCLE) == ["finalise_no_comments"]
    commenting.send(on, ANA, COUNTRY, CYCLE, COMMENTS)
    assert refused(
        replying.reply, on, FOC, COUNTRY, CYCLE, [Answer("2", "partly"), Answer("9", "agree")]
    ) == ["reply_unknown_item", "reply_missing", "reply_text_missing"]
    for stranger in (Acting("foz"), ANA, SEC):
        assert not allowed(on, stranger, "reply", COUNTRY, CYCLE)
    replying.reply(on, FOC, COUNTRY, CYCLE, ANSWERS)
    assert refused(replying.reply, on, FOC, COUNTRY, CYCLE, ANSWERS) == ["round_done"]


def test_comments_need_a_report(on: Register) -> None:
    """In a cycle without a report there is nothing to comment on (AF-MON-4)."""
    assigning.assign(on, SEC, CYCLE + 1, [Wish(COUNTRY, "ana", "lead")])
    declaring.declare(on, ANA, COUNTRY, CYCLE + 1, "none")
    assessing.deliver(on, ANA, COUNTRY, CYCLE + 1, judged())
    assert refused(commenting.send, on, ANA, COUNTRY, CYCLE + 1, COMMENTS) == ["comments_no_report"]


def test_roles_are_given_by_the_secretariat_and_logged(on: Register) -> None:
    """Nobody gives themselves a role; unknown words and losing the secretariat are refused."""
    assert refused(give_roles, on, ANA, "ana", "secretariat") == ["not_allowed"]
    for roles in ("emperor", "focal_point", "focal_point:ABC", "reviewer:QMA"):
        assert refused(give_roles, on, SEC, "ana", roles) == ["roles_unknown"]
    assert refused(give_roles, on, SEC, "sec", "chair") == ["roles_last_secretariat"]
    given = give_roles(on, SEC, "ana", "reviewer focal_point:QMB country:QMC", name="Ana")
    assert (given.roles, given.focal, given.country) == (
        {"reviewer", "focal_point"}, {"QMB"}, "QMC",
    )  # fmt: skip
    assert desks.log(on, SEC)[-1].about == "ana"


ROLES = {
    "assign": {"sec"}, "pin_conflict": {"sec"}, "set_deadline": {"sec"}, "give_roles": {"sec"},
    "reopen": {"sec", "cha"}, "read_log": {"sec"}, "act_for": {"sec"}, "record": {"sec"},
    "erase": {"sec"}, "back_up": {"sec"}, "run_meeting": {"sec", "cha"},
    "record_decision": {"sec", "cha"}, "take_in": {"sec", "foc"}, "reply": {"foc"},
    "finalise": {"foc"}, "read_file": {"sec", "cha", "foc", "ana"}, "assess": {"ana"},
    "compare": {"sec"}, "conclude": set(), "send_comments": set(), "declare": {"ana"},
}  # fmt: skip


def test_every_verb_belongs_to_somebody(on: Register) -> None:
    """A table of who may do what about a file that Ana may assess; all others may not."""
    assigned(on)
    declared(on, ANA)
    for verb, expected in ROLES.items():
        found = {
            who for who in [*PEOPLE, "stranger"] if allowed(on, Acting(who), verb, COUNTRY, CYCLE)
        }
        assert found == expected, verb
        assert allowed(on, ALONE, verb, COUNTRY, CYCLE) == ("sec" in expected), verb


def test_a_conflict_closes_the_file_to_the_secretariat_too(on: Register) -> None:
    """No file, no line of the log, no count of work; and nobody lifts their own conflict."""
    give_roles(on, SEC, "sue", "secretariat")
    sue = Acting("sue")
    assigned(on, BEN)
    assigning.assign(on, SEC, CYCLE, [Wish("QMB", "cleo", "lead")])
    assert assigning.workload(on, sue, CYCLE) == {"ana": 1, "ben": 1, "cleo": 1}
    declaring.pin(on, SEC, COUNTRY, "sue", "own_organisation", reason="a contract")
    assert assigning.workload(on, sue, CYCLE) == {"cleo": 1}
    assert [file.country for file in desks.files(on, sue, CYCLE)] == ["QMB"]
    assert {action.country for action in desks.log(on, sue)} == {None, "QMB"}
    assert refused(assigning.assign, on, sue, CYCLE, [Wish(COUNTRY, "cleo")]) == ["no_country_file"]
    assert refused(declaring.lift, on, sue, COUNTRY, "sue", reason="it is over") == [
        "no_country_file"
    ]
