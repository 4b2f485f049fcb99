"""What the secretariat does for somebody else: tried, told, recorded with for whom and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import ipywidgets as w
import pytest
from offline_forms import filled
from screens import field, held, inside, pressed, sent, team_copy
from workflow import (
    ANA,
    ANSWERS,
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

from a87lib import framework
from a87lib.desk import offline
from a87lib.desk.reviewing import (
    assessing,
    assigning,
    commenting,
    declaring,
    desks,
    drafts,
    replying,
)
from a87lib.desk.reviewing.invariants import broken
from a87lib.desk.reviewing.review import criteria
from a87lib.language import LANGUAGES, say
from a87lib.register import Register
from a87lib.register.draft_store import drafts_of
from a87lib.serving.view import View
from widgets.administration import Administration
from widgets.administration_others import others_form
from widgets.administration_panel import panel
from widgets.opening import opened as opened_for

SECRET = "Zq half a thought"
WHY = "sent by post"
At = Callable[..., tuple[Administration, w.Box]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ana has sent comments, Ben has drafted half of an assessment: its round is over."""
    where = tmp_path_factory.mktemp("standing") / "exercise.db"
    with opened(where, lambda: datetime.now(UTC)) as on:
        assigned(on, BEN)
        declared(on, ANA, BEN)
        assessing.deliver(on, ANA, COUNTRY, CYCLE, judged("so says ana"))
        commenting.send(on, ANA, COUNTRY, CYCLE, COMMENTS)
        replying.reply(on, FOC, COUNTRY, CYCLE, ANSWERS)
        half = {"evidence": {"judgement": "shown", "text": SECRET, "language": "en"}}
        drafts.save(on, BEN, COUNTRY, CYCLE, "assessment", half, 0)
        assigning.set_deadline(on, SEC, CYCLE, "assessment", date(2026, 1, 31))
    return where


@pytest.fixture
def on(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    """A copy of it, drafts too, which the screens of this test open."""
    (tmp_path / "exercise.drafts.db").write_bytes(made.with_name("exercise.drafts.db").read_bytes())
    with team_copy(made, tmp_path, monkeypatch) as found:
        yield found
        assert broken(found) == []


@pytest.fixture
def at(on: Register, monkeypatch: pytest.MonkeyPatch) -> At:
    """The deadlines of somebody's Administration."""

    def opens(person: str = "sec", language: str = "en") -> tuple[Administration, w.Box]:
        monkeypatch.setenv("A87_USER", person)
        view = View(cycle=CYCLE, language=language, tab="rounds")
        model = Administration(opened_for(view), view)
        return model, panel(model) if model.may else others_form(model).box

    return opens


def said(key: str, language: str = "en", **args: object) -> str:
    return say(f"screen.administration.{key}", language, **args)


def codes(model: Administration) -> list[str]:
    return [each.code for each in model.problems]


def choose(box: w.Box, language: str = "en", **given: Any) -> None:
    """Fills fields of the form in; `country` and `round` are its own, not those of other forms."""
    names = {"whom": "whom", "why": "for_other", "late": "late"}
    for key in ("round", "country"):
        if key in given:
            own = [each for each in inside(box) if each.get_state().get("description") ==
                   said(f"field.{key}", language)]  # fmt: skip
            own[-1].value = given.pop(key)
    for key, value in given.items():
        field(box, said(f"field.{names[key]}", language)).value = value


def form(on: Register, judgement: str = "Shown", text: str = "Written by hand.") -> bytes:
    return filled(offline.made(on, BEN, COUNTRY, CYCLE, "en"), judgement, text)


def test_a_form_that_was_sent_is_taken_in_and_delivered(at: At, on: Register) -> None:
    """Tried as soon as it is here; recorded for whom and why; what was drafted is never shown."""
    model, box = at()
    choose(box, country=COUNTRY, whom="ben", why=WHY)
    data = form(on)
    field(box, say("screen.paper.filled.choose", "en")).value = sent("form.xlsx", data)
    assert "Written by hand." in held(box) and model.problems == () and SECRET not in held(box)
    assert SECRET in str(drafts.load(on, BEN, COUNTRY, CYCLE, "assessment").content)
    pressed(box, said("press.take"))
    assert model.recorded == "form_taken" and said("done.form_taken") in held(box)
    drafted = drafts.load(on, BEN, COUNTRY, CYCLE, "assessment")
    assert drafted.saved_by == "sec" and "Written by hand." in str(drafted.content)
    pressed(box, said("press.deliver"))
    assert codes(model) == ["round_closed"]
    choose(box, late=True)
    pressed(box, said("press.deliver"))
    assert model.recorded == "delivered" and said("done.delivered") in held(box)
    assert SECRET not in held(box)
    steps = [(a.step, a.person, a.on_behalf_of, a.reason) for a in desks.log(on, SEC)[-3:]]
    assert sorted(steps) == [
        (step, "sec", "ben", WHY) for step in ("delivered", "form_taken", "overridden")
    ]
    seen = assessing.own(on, BEN, COUNTRY, CYCLE)
    assert {each.judgement.text for each in seen} == {"Written by hand."}
    assert len(seen) == len(criteria())
    model.tab = "log"
    by = say("workflow.log.for_other", "en", person="Name of sec (sec)", other="Name of ben (ben)")
    assert held(box).count(by) >= 3 and WHY in held(box)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_is_wrong_is_said_at_once(at: At, on: Register, language: str) -> None:
    """Nobody chosen, no reason, two bad cells; in the language of the screen; nothing is kept."""
    before, drafted = on.head(), drafts_of(on).all()
    model, box = at("sec", language)
    data = form(on, "Perhaps")
    field(box, say("screen.paper.filled.choose", language)).value = sent("form.xlsx", data)
    assert codes(model) == [
        "administration_nothing_chosen", "reason_missing", *["form_judgement"] * len(criteria()),
    ]  # fmt: skip
    shown = held(box)
    for cell in ("B7", "B8", "B9"):
        assert cell in shown
    assert say("problem.reason_missing", language, paragraph="TR-SEC-4") in shown
    assert field(box, said("press.take", language)).disabled
    assert (on.head(), drafts_of(on).all()) == (before, drafted)


def test_a_form_is_of_one_person_and_one_file(at: At, on: Register) -> None:
    """Chosen for another it is refused; for its own reviewer the same form is tried at once."""
    model, box = at()
    choose(box, country=COUNTRY, whom="ana", why=WHY)
    data = form(on)
    field(box, say("screen.paper.filled.choose", "en")).value = sent("form.xlsx", data)
    assert codes(model) == ["form_not_yours"]
    choose(box, whom="ben")
    assert codes(model) == [] and "Written by hand." in held(box)
    drafts.save(on, BEN, COUNTRY, CYCLE, "assessment", {"evidence": {"text": SECRET * 2}}, 1)
    pressed(box, said("press.take"))
    assert codes(model) == ["form_stale"] and SECRET not in held(box)


def test_a_half_written_draft_is_not_delivered(at: At, on: Register) -> None:
    """What lacks is told by criterion; not a word of the draft is."""
    model, box = at()
    choose(box, country=COUNTRY, whom="ben", why=WHY, late=True)
    pressed(box, said("press.deliver"))
    assert set(codes(model)) == {"judgement_missing", "judgement_text_missing"}
    missing = {each.where for each in model.problems}
    assert missing == set(criteria()) - {"evidence"}
    assert framework.load().label("criterion", "participation", "en") in held(box)
    assert SECRET not in held(box)


def test_a_report_is_finalised_for_a_focal_point(at: At, on: Register) -> None:
    """With a reason and its document; once more only as an override, which replaces the first."""
    model, box = at()
    choose(box, round="finalisation", country=COUNTRY, whom="foc")
    choose_file = field(box, say("screen.focal.document.choose", "en"))
    choose_file.value = sent("final.pdf", b"%PDF-1.7\n%%EOF\n")
    pressed(box, said("press.finalise"))
    assert codes(model) == ["reason_missing"]
    choose(box, why=WHY)
    pressed(box, said("press.finalise"))
    assert model.recorded == "finalised" and said("done.finalised") in held(box)
    [first] = on.facts(COUNTRY, kinds=("report_finalised",))
    assert first.recorded_by == "sec" and first.body.document.startswith("sha256:")
    done = desks.log(on, SEC)[-1]
    assert (done.step, done.person, done.on_behalf_of, done.reason) == (
        "finalised", "sec", "foc", WHY,
    )  # fmt: skip
    pressed(box, said("press.finalise"))
    assert codes(model) == ["round_done"]
    choose(box, late=True)
    pressed(box, said("press.finalise"))
    assert model.problems == ()
    last = list(on.facts(COUNTRY, kinds=("report_finalised",)))[-1]
    assert last.corrects == first.no


def test_a_report_finalised_meanwhile_is_replaced_once_that_was_told(at: At, on: Register) -> None:
    """Its focal point was first: that is told; pressing again replaces what is there now."""
    model, box = at()
    choose(box, round="finalisation", country=COUNTRY, whom="foc", why=WHY, late=True)
    replying.finalise(on, FOC, COUNTRY, CYCLE)
    pressed(box, said("press.finalise"))
    assert codes(model) == ["review_second"]
    pressed(box, said("press.finalise"))
    assert model.problems == () and model.recorded == "finalised"
    first, last = on.facts(COUNTRY, kinds=("report_finalised",))
    assert last.corrects == first.no


def test_only_those_are_offered_whose_part_it_is(at: At, on: Register) -> None:
    """Reviewers without conflict of interest; for the final report the country's focal points."""
    model, box = at()
    whom = field(box, said("field.whom"))
    assert whom.options == ()
    choose(box, country=COUNTRY)
    assert [code for _, code in whom.options] == ["ana", "ben"]
    declaring.pin(on, SEC, COUNTRY, "ben", "declared", reason="a cousin")
    model.look()
    assert [code for _, code in whom.options] == ["ana"]
    choose(box, round="finalisation")
    assert [code for _, code in whom.options] == ["foc"]


@pytest.mark.parametrize("person", ["ana", "cha", "foc", "nil"])
def test_forged_messages_of_others_do_nothing(at: At, on: Register, person: str) -> None:
    """Whoever has no right may build the form and fill it in: the desk refuses each press."""
    before, drafted = on.head(), drafts_of(on).all()
    model, box = at(person)
    whom = field(box, said("field.whom"))
    wishes = {"assessment": ("deliver", "ben"), "finalisation": ("finalise", "foc")}
    for round_, (verb, to) in wishes.items():
        if person != to:  # one's own part one does oneself, also from here
            choose(box, round=round_, country=COUNTRY, why=WHY, late=True)
            whom.options = [(to, to)]
            whom.value = to
            pressed(box, said(f"press.{verb}"))
            assert codes(model) == ["not_allowed"]
    choose(box, round="assessment", country=COUNTRY)
    whom.options = [("ben", "ben")]
    whom.value = "ben"
    data = form(on)
    field(box, say("screen.paper.filled.choose", "en")).value = sent("form.xlsx", data)
    assert "Written by hand." not in held(box)
    take = field(box, said("press.take"))
    take.disabled = False
    take.click()
    assert (on.head(), drafts_of(on).all()) == (before, drafted)


def test_a_file_closed_to_the_secretariat_is_closed_here_too(at: At, on: Register) -> None:
    """With a conflict of interest of one's own nothing is done for anybody about that country."""
    model, box = at()
    choose(box, country=COUNTRY, whom="ben", why=WHY, late=True)
    declaring.pin(on, SEC, COUNTRY, "sec", "declared", reason="own family")
    before = on.head()
    pressed(box, said("press.deliver"))
    assert codes(model) == ["no_country_file"] and on.head() == before
