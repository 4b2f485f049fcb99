"""Focal point: the own country's comments alone, answered one by one, and the final report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from screens import field, held, pressed, team_copy
from workflow import ANA, BEN, COMMENTS, COUNTRY, CYCLE, FOC, SEC, concluded, opened

from a87lib.desk.administering import give_roles
from a87lib.desk.reviewing import commenting, replying
from a87lib.language import LANGUAGES, say
from a87lib.register import Register
from a87lib.serving.view import View, parse
from widgets import focal_panel
from widgets.focal import Focal
from widgets.opening import opened as opened_for

At = Callable[..., Focal]


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register in which comments were sent to one country."""
    where = tmp_path_factory.mktemp("sent") / "exercise.db"
    with opened(where, lambda: datetime.now(UTC)) as on:
        concluded(on, ANA, BEN)
        commenting.send(on, ANA, COUNTRY, CYCLE, COMMENTS)
    return where


@pytest.fixture
def on(sent: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    """A copy of it, which the screens of this test open."""
    with team_copy(sent, tmp_path, monkeypatch) as made:
        yield made


@pytest.fixture
def at(on: Register, monkeypatch: pytest.MonkeyPatch) -> At:
    """The screen of somebody."""

    def opens(person: str, language: str = "en") -> Focal:
        monkeypatch.setenv("A87_USER", person)
        view = View(language=language)
        return Focal(opened_for(view), view)

    return opens


def said(key: str, language: str = "en", **args: object) -> str:
    return say(f"screen.{key}", language, **args)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("person", ["foz", "ana", "sec", "nil"])
def test_nobody_else_reads_the_comments_here(at: At, person: str, language: str) -> None:
    """Another country's focal point, a reviewer, the secretariat: not a word, not a cycle."""
    shown = held(focal_panel.panel(at(person, language)))
    assert all(each.text not in shown for each in COMMENTS)
    assert str(CYCLE) not in shown


def test_from_the_comments_to_the_final_report(at: At, on: Register) -> None:
    """Everything that lacks is said beside its comment; then it is sent, and final."""
    model = at("foc")
    box = focal_panel.panel(model)
    assert parse(model.view().query()) == model.view() and model.cycle == CYCLE
    assert all(each.text in held(box) for each in COMMENTS)
    field(box, said("focal.answer", no="1")).value = "disagree"
    pressed(box, said("focal.reply"))
    found = [(each.code, each.where) for each in model.problems]
    assert found == [("reply_text_missing", "1"), ("reply_missing", "2")]
    assert held(box).count('role="alert"') >= 2
    field(box, said("focal.text", no="1")).value = "The number stands in table 3."
    model.draft.save()
    again = focal_panel.panel(at("foc", "es"))
    words = field(again, said("focal.text", "es", no="1"))
    assert words.value == "The number stands in table 3."
    field(box, said("focal.answer", no="2")).value = "agree"
    pressed(box, said("focal.reply"))
    assert model.problems == () and "reply" not in model.open
    told = replying.exchange(on, FOC, COUNTRY, CYCLE)
    assert told is not None and told.answers["1"].text == "The number stands in table 3."
    pressed(box, said("focal.finalise"))
    assert model.problems == () and model.open == frozenset()
    model.finalise()
    assert [each.code for each in model.problems] == ["round_done"]


@pytest.mark.parametrize("roles", ["reviewer", "secretariat reviewer"])
def test_who_also_has_other_roles_reads_the_comments_here(at: At, on: Register, roles: str) -> None:
    """What was sent to the country; nothing of what its reviewers judged or concluded."""
    give_roles(on, SEC, FOC.person, f"{roles} focal_point:{COUNTRY}")
    model = at("foc")
    shown = held(focal_panel.panel(model))
    assert model.cycles == (CYCLE,) and all(each.text in shown for each in COMMENTS)
    assert "so says" not in shown and "together" not in shown
