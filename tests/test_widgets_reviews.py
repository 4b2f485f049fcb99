"""My reviews: what each person is shown, what is kept while it is written, who is first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager
from lacking import lacking
from offline_forms import filled
from screens import field, held, inside, pressed, sent
from workflow import (
    ANA,
    BEN,
    COMMENTS,
    COUNTRY,
    CYCLE,
    FOC,
    SEC,
    assigned,
    declared,
    judged,
    opened,
)

from a87lib import framework, register
from a87lib.desk import merging, offline
from a87lib.desk.reviewing import (
    assessing,
    assigning,
    commenting,
    concluding,
    declaring,
    drafts,
    replying,
)
from a87lib.desk.reviewing.assigning import Wish
from a87lib.desk.reviewing.reopening import reopen
from a87lib.desk.reviewing.replying import Answer
from a87lib.desk.reviewing.review import criteria
from a87lib.language import LANGUAGES, format_instant, say
from a87lib.register import Register
from a87lib.serving.view import View, parse
from widgets import reviews_panel, reviews_paper
from widgets.opening import opened as opened_for
from widgets.reviews import STEPS, Reviews

CANARY = "Zqcanary"
At = Callable[..., Reviews]


@pytest.fixture
def on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    """A register with people, which the screens of this test open."""
    where = str(tmp_path / "exercise.db")
    monkeypatch.setenv(register.VARIABLE, where)
    monkeypatch.setenv("A87_SERVING", "team")
    with opened(where, lambda: datetime.now(UTC)) as made:
        yield made


@pytest.fixture
def at(on: Register, monkeypatch: pytest.MonkeyPatch) -> At:
    """The screen of somebody."""

    def opens(person: str, language: str = "en", country: str | None = COUNTRY) -> Reviews:
        monkeypatch.setenv("A87_USER", person)
        cycle = CYCLE if country else None
        view = View(country=country, cycle=cycle, language=language)
        return Reviews(opened_for(view), view)

    return opens


def said(key: str, language: str = "en", **args: object) -> str:
    return say(f"screen.{key}", language, **args)


def everything(model: Reviews) -> str:
    """What every part of somebody's screen holds."""
    box = reviews_panel.panel(model)
    texts = [held(box)]
    for step in STEPS:
        if model.file is not None:
            model.step = step
            texts.append(held(box))
    return "\n".join(texts)


def codes(model: Reviews) -> list[str]:
    return [problem.code for problem in model.problems]


def test_a_file_opens_when_no_conflict_is_declared(on: Register, at: At) -> None:
    """Before that neither its report nor any step of the review is on the screen."""
    assigned(on, BEN)
    model = at("ana")
    box = reviews_panel.panel(model)
    assert model.file is not None and not model.known.open
    assert f"{COUNTRY}.pdf" not in everything(model)
    field(box, said("declare.choose")).value = "none"
    pressed(box, said("declare.send"))
    assert model.known.open and model.recorded[0] == "declared_none"
    assert said("assess.deliver") in held(box)
    assert said("reviews.file_day", asof=model.on.asof) in held(box)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_recused_sees_what_somebody_without_files_sees(
    on: Register, at: At, language: str
) -> None:
    """Byte for byte: no name, no count, no step; the same for a file asked for by its link."""
    nothing = everything(at("ben", language, None)), everything(at("ben", language))
    assigned(on, BEN)
    declaring.declare(on, BEN, COUNTRY, CYCLE, "own_organisation", CANARY)
    declared(on, ANA)
    assessing.deliver(on, ANA, COUNTRY, CYCLE, judged(CANARY))
    now = everything(at("ben", language, None)), everything(at("ben", language))
    assert now == nothing
    assert CANARY not in "".join(now)


def test_a_declared_conflict_takes_the_file_away(on: Register, at: At) -> None:
    """The list is empty then, and the sentence says what became of it."""
    assigned(on, BEN)
    model = at("ben")
    model.declare("declared", "my sister works there")
    assert model.mine == () and model.file is None and model.recorded[0] == "declared"
    model.deliver()
    model.conclude("evidence")
    assert model.recorded[0] == "declared" and at("ben").file is None


def test_what_is_written_survives_a_refresh(on: Register, at: At) -> None:
    """Half a text is there again after the page was left in the middle of it."""
    assigned(on)
    declared(on, ANA)
    model = at("ana")
    box = reviews_panel.panel(model)
    name = say_criterion("evidence")
    field(box, said("assess.text", criterion=name)).value = "The report gives figures for"
    model.leave()
    assert model.drafting("assessment").state == "saved"
    again = reviews_panel.panel(at("ana", "fr"))
    label = said("assess.text", "fr", criterion=say_criterion("evidence", "fr"))
    assert field(again, label).value == "The report gives figures for"
    assert "The report gives figures for" not in everything(at("cha"))


def test_everything_that_lacks_is_said_beside_its_field(on: Register, at: At) -> None:
    """All at once, and nothing is delivered."""
    assigned(on)
    declared(on, ANA)
    model = at("ana")
    box = reviews_panel.panel(model)
    pressed(box, said("assess.deliver"))
    assert codes(model) == ["judgement_missing", "judgement_text_missing"] * len(criteria())
    assert held(box).count('role="alert"') >= len(criteria())
    assert not model.delivered


def test_the_others_are_seen_after_delivering(on: Register, at: At) -> None:
    """Not one word of them, on any part of the screen, before that."""
    assigned(on, BEN)
    declared(on, ANA, BEN)
    assessing.deliver(on, BEN, COUNTRY, CYCLE, judged(CANARY))
    model = at("ana")
    assert CANARY not in everything(model)
    model.step = "assess"
    draft = model.drafting("assessment")
    for code in criteria():
        draft.put(code, {"judgement": "shown", "text": "mine", "language": "en"})
    model.deliver()
    assert codes(model) == [] and model.delivered
    assert CANARY in everything(model)


def test_two_write_the_same_conclusion(on: Register, at: At) -> None:
    """The second is shown both texts and the difference, and chooses; nothing is overwritten."""
    both_delivered(on)
    ana, ben = at("ana"), at("ben")
    ben_box = reviews_panel.panel(ben)
    ana.drafting("conclusion").read()
    ana.drafting("conclusion").put("evidence", {"judgement": "shown", "text": "Figures agree."})
    ana.drafting("conclusion").put("participation", {"judgement": "shown", "text": "Six groups."})
    ana.leave()
    draft = ben.drafting("conclusion")
    draft.put("evidence", {"judgement": "partly_shown", "text": "Figures differ."})
    ben.leave()
    assert draft.state == "clash" and "Six groups." in held(ben_box)
    shown = held(ben_box)
    assert "<del>" in shown and "Figures agree." in shown and "Figures differ." in shown
    pressed(ben_box, said("clash.both"))
    assert draft.state == "saved"
    assert (
        merging.items_of(draft.content)["evidence"]["text"] == "Figures agree.\n\nFigures differ."
    )


def test_two_record_the_same_conclusion(on: Register, at: At) -> None:
    """The first stands until the second, who is shown both, replaces it or lets it stand."""
    both_delivered(on)
    ana, ben = at("ana"), at("ben")
    box = reviews_panel.panel(ben)
    for model, text in ((ana, "Figures agree."), (ben, "Figures differ.")):
        draft = model.drafting("conclusion")
        draft.read()
        draft.put("evidence", {"judgement": "shown", "text": text, "language": "en"})
        model.conclude("evidence")
    assert codes(ben) == ["reviews_second"] and ben.clashed is not None
    assert "Figures differ." in held(box) and "Name of ana" in held(box)
    pressed(box, said("conclude.insist"))
    assert (
        ben.clashed is None
        and ben.known.conclusions["evidence"].judgement.text == "Figures differ."
    )
    ana.drafting("conclusion").put("evidence", {"judgement": "shown", "text": "Once more."})
    ana.leave()
    ben.step = "conclude"
    ben.drafting("conclusion").read()
    ana.look()
    ana.conclude("evidence")
    ben.conclude("evidence")  # what both had drafted, recorded by the other meanwhile
    assert codes(ben) == ["reviews_second"] and ben.drafting("conclusion").content == {}
    ben.insist()
    assert codes(ben) == [] and ben.known.conclusions["evidence"].judgement.text == "Once more."
    ana.drafting("conclusion").put("evidence", {"judgement": "shown", "text": "At last."})
    ana.conclude("evidence")
    assert codes(ana) == ["reviews_second"]
    ana.yield_()
    assert ana.known.conclusions["evidence"].version == 4
    assert ana.drafting("conclusion").content == {}


def test_a_recorded_conclusion_is_changed_where_it_is_asked_for(on: Register, at: At) -> None:
    """Its form is folded away once it is on file, opens with what is recorded and says of which
    one it is the correction; the same again is not recorded; the register names what is corrected.
    """
    both_delivered(on)
    ana = at("ana")
    ana.step = "conclude"
    box = reviews_panel.panel(ana)
    name = framework.load().label("criterion", "evidence", "en")
    words = field(box, said("conclude.text", criterion=name))
    form = next(each for each in inside(box) if words in getattr(each, "children", ()))
    change, record, judgement = (
        said(f"conclude.{key}", criterion=name) for key in ("change", "record", "judgement")
    )

    def folded() -> bool:
        whole = next(each for each in inside(box) if form in getattr(each, "children", ()))
        button = field(box, change)
        assert {whole.layout.display, button.layout.display} == {None, "none"}
        return bool(whole.layout.display == "none")

    assert not folded()
    for text in ("Figures agree.", "Figures differ."):
        field(box, judgement).value = "shown"
        words.value = text
        pressed(box, record)
        assert ana.known.conclusions["evidence"].judgement.text == text and folded()
        pressed(box, change)
        assert not folded()
        assert words.value == text and field(box, judgement).value == "shown"
    held_ = ana.known.conclusions["evidence"]
    at_, by = format_instant(held_.at, "en"), "Name of ana"
    assert held_.version == 2
    assert said("conclude.corrects", at=at_, by=by, version=2) in held(box)
    before = on.head()
    pressed(box, record)
    assert codes(ana) == ["reviews_unchanged"] and on.head() == before
    ana.leave()
    assert not folded()
    field(box, judgement).value = "partly_shown"  # the words stay as they were recorded
    pressed(box, record)
    first, second, third = on.facts(COUNTRY, kinds=("subgroup_concluded",))
    assert (first.corrects, second.corrects, third.corrects) == (None, first.no, second.no)
    assert (third.body.judgement, third.body.text) == ("partly_shown", "Figures differ.")


def test_a_change_that_nobody_made_is_folded_again(on: Register, at: At) -> None:
    """Who only opened the form leaves nothing open, for the others or after a refresh."""
    both_delivered(on)
    concluding.conclude(on, ANA, COUNTRY, CYCLE, judged("together")[0])
    ana = at("ana")
    ana.step = "conclude"
    name = framework.load().label("criterion", "evidence", "en")
    pressed(reviews_panel.panel(ana), said("conclude.change", criterion=name))
    ana.leave()
    for person in ("ana", "ben"):
        model = at(person)
        model.step = "conclude"
        box = reviews_panel.panel(model)
        assert field(box, said("conclude.change", criterion=name)).layout.display is None


def test_comments_are_written_signed_sent_and_answered(on: Register, at: At) -> None:
    """A signature is of these words; only the lead sends; the answers stand beside the comments."""
    both_delivered(on)
    ana = at("ana")
    ana.step = "comments"
    box = reviews_panel.panel(ana)
    pressed(box, said("comments.add"))
    field(box, said("comments.text", no="1")).value = "Say how many children."
    pressed(box, said("comments.sign"))
    assert ana.known.signed == ("ana",) and "Name of ana" in held(box)
    ben = at("ben")
    ben_box = reviews_panel.panel(ben)
    ben.step = "comments"
    assert said("comments.lead_sends") in held(ben_box)
    assert said("comments.send") not in held(ben_box)
    field(ben_box, said("comments.text", no="1")).value = "Say how many children work."
    ben.leave()
    ana.leave()
    ana.look()
    assert ana.known.signed == () and field(box, said("comments.text", no="1")).value.endswith(
        "work."
    )
    pressed(box, said("comments.send"))
    assert codes(ana) == ["reviews_unchecked"] and ana.known.exchange is None
    field(box, said("comments.checked", signed=0, every=2)).value = True
    pressed(box, said("comments.sign"))
    checked = field(box, said("comments.checked", signed=1, every=2))
    assert checked.value
    field(box, said("comments.text", no="1")).value = "Say how many children work, and where."
    assert not checked.value
    checked.value = True
    pressed(box, said("comments.send"))
    assert codes(ana) == [] and ana.known.exchange is not None
    answer = Answer("1", "partly", "In two of five provinces.")
    replying.reply(on, FOC, COUNTRY, CYCLE, [answer])
    assert "In two of five provinces." in everything(at("ben"))


def test_a_link_opens_the_same_file(on: Register, at: At) -> None:
    """Country, cycle and language come back from it; another one's files do not."""
    assigned(on)
    assigning.assign(on, SEC, CYCLE, [Wish("QMB", "ben")])
    model = at("ana", "es")
    assert parse(model.view().query()) == model.view() and model.file is not None
    assert "ZZZ" in everything(at("ana", "fr", "ZZZ"))
    other = at("ana", "es", "QMB")
    assert other.file is None
    assert say(
        "problem.no_country_file", "es", country=framework.country_name("QMB", "es")
    ) in everything(other)


def test_on_paper_stands_what_the_screen_may_show(on: Register, at: At) -> None:
    """Before delivering not a word of the others, after it theirs; the words run nowhere."""
    assigned(on, BEN)
    declared(on, ANA, BEN)
    assessing.deliver(on, ANA, COUNTRY, CYCLE, judged(f"{CANARY} <img src=x onerror=alert(1)>"))
    pages = reviews_paper.printed(at("ben"))
    assert pages["pdf"].startswith(b"%PDF") and CANARY.encode() not in pages["html"]
    assessing.deliver(on, BEN, COUNTRY, CYCLE, judged("mine"))
    after = reviews_paper.printed(at("ben"))["html"].decode()
    assert CANARY in after and "<img src=x" not in after


def test_a_filled_form_is_tried_and_taken_in_on_the_screen(on: Register, at: At) -> None:
    """The screen shows what it would change, then it is the draft; an older one is refused."""
    assigned(on)
    declared(on, ANA)
    model = at("ana")
    box = reviews_panel.panel(model)
    model.step = "paper"
    blank = offline.made(on, ANA, COUNTRY, CYCLE, "en")
    form = filled(blank, "Partly shown", "Written on the train.")
    choose = field(box, said("paper.filled.choose"))
    choose.value = sent("form.xlsx", form)
    assert "Written on the train." in held(box) and model.drafting("assessment").content == {}
    pressed(box, said("paper.take"))
    assert model.step == "assess" and model.recorded[0] == "form_taken"
    name = say_criterion("evidence")
    assert field(box, said("assess.text", criterion=name)).value == "Written on the train."
    model.step = "paper"
    choose.value = sent("form.xlsx", form)
    assert said("paper.refused") in held(box) and "changed on the screen" in held(box)


def test_done_is_done_until_it_is_opened_again(on: Register, at: At) -> None:
    """After the last conclusion and after sending there is nothing left to fill in."""
    both_delivered(on)
    for each in judged("together"):
        concluding.conclude(on, ANA, COUNTRY, CYCLE, each)
    model = at("ana")
    assert not model.known.concludable and model.known.writable
    commenting.send(on, ANA, COUNTRY, CYCLE, COMMENTS)
    model.look()
    assert not model.known.writable
    until = on.today()
    reopen(on, SEC, COUNTRY, CYCLE, "comments", until=until, reason="a page was missing")
    model.look()
    assert model.known.writable and not model.known.concludable
    model.step = "comments"
    assert COMMENTS[0].text in held(reviews_panel.panel(model))
    model.send(checked=True)
    assert model.recorded[0] == "sent" and model.known.sent == 2


def both_delivered(on: Register) -> None:
    assigned(on, BEN)
    declared(on, ANA, BEN)
    for who in (ANA, BEN):
        assessing.deliver(on, who, COUNTRY, CYCLE, judged(f"so says {who.person}"))


def say_criterion(code: str, language: str = "en") -> str:
    from widgets.judging import label

    return label("criterion", code, language)


def test_merging_loses_nothing() -> None:
    """One side's changes are taken over; what both changed is a clash, removed items too."""
    base = {"a": {"text": "1"}, "b": {"text": "1"}, "c": {"text": "1"}}
    mine = {"a": {"text": "2"}, "b": {"text": "1"}, "d": {"text": "new"}}
    stored = {"a": {"text": "3"}, "b": {"text": "3"}, "c": {"text": "1"}}
    found = merging.merged(base, mine, stored)
    assert found.content == {"a": {"text": "3"}, "b": {"text": "3"}, "d": {"text": "new"}}
    assert [(c.item, c.mine, c.stored) for c in found.clashes] == [
        ("a", {"text": "2"}, {"text": "3"})
    ]
    listed = merging.merged(
        {"items": [{"no": "1", "text": "x"}]},
        {"items": [{"no": "1", "text": "x"}, {"no": "2", "text": "y"}]},
        {"items": []},
    )
    assert listed.content == {"items": [{"no": "2", "text": "y"}]} and not listed.clashes


@pytest.mark.parametrize("kernel", ["python3", "a87"])
def test_a_page_left_in_the_middle_of_a_text_loses_nothing(
    on: Register, monkeypatch: pytest.MonkeyPatch, kernel: str
) -> None:
    """The kernel ends at once after the last key, before the draft was due to be saved."""
    if kernel not in KernelSpecManager().find_kernel_specs():
        lacking("the kernel a87 is not installed here (make test installs it)")
    assigned(on)
    declared(on, ANA)
    monkeypatch.setenv("A87_USER", "ana")
    manager = KernelManager(kernel_name=kernel)
    manager.start_kernel(cwd=str(Path(__file__).parent.parent))
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(60)
        client.execute_interactive(WRITES, timeout=60)
    finally:
        client.stop_channels()
        manager.shutdown_kernel()
    found = drafts.load(on, ANA, COUNTRY, CYCLE, "assessment").content
    assert found["evidence"]["text"] == "half a word"


WRITES = f"""
from widgets.reviews import Reviews
from widgets.opening import opened
from a87lib.serving.view import View
view = View(country="{COUNTRY}", cycle={CYCLE}, language="en")
model = Reviews(opened(view), view)
model.drafting("assessment").put("evidence", {{"text": "half a word"}})
assert model.drafting("assessment").state == "writing"
"""
