"""The Packs screen: what it asks for, what it makes and tells, and to whom it gives nothing."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from a87lib import register
from a87lib.language import LANGUAGES
from a87lib.serving.view import View, parse
from widgets import packs
from widgets.files import LARGEST, saving
from widgets.making import NotMade
from widgets.opening import opened
from widgets.packs import Packs

ENDS_WITHIN = 120  # seconds


@pytest.fixture
def where(exercise_register, monkeypatch):
    """The exercise as one person on their own machine sees it."""
    monkeypatch.setenv(register.VARIABLE, exercise_register)
    return exercise_register


def of(language: str = "en", **asked: object) -> Packs:
    view = View.model_validate({"language": language, **asked})
    return Packs(opened(view), view)


def ended(model: Packs) -> None:
    assert model.making is not None
    model.making.thread.join(ENDS_WITHIN)
    assert not model.running


def test_reviews_are_made_and_handed_out(where) -> None:
    """Of two countries: the bar ends full, each file can be saved, and the ZIP holds them all."""
    model = of(country="QMI")
    model.countries = ("QMI", "QMJ")
    told = []
    model.observe(lambda _: told.append(model.making.done), "tick")
    model.make()
    model.make()  # a second click while it runs begins nothing
    assert model.running
    ended(model)
    assert told[-1] == 2 and told == sorted(told) and model.making.failed == ()
    assert len(told) > 1, "the bar moved before the end"
    assert {"QMI/review.en.html", "QMJ/review.en.html", "index.html"} <= set(model.making.files)
    assert not any(name.endswith(".ipynb") for name in model.making.files)
    with zipfile.ZipFile(io.BytesIO(model.zipped() or b"")) as packed:
        assert packed.namelist() == list(model.making.files)
        assert packed.read("QMI/review.en.html") == model.file("QMI/review.en.html")
    assert model.zipped() == model.zipped()
    assert model.file("../exercise.db") is None
    folder = model.making.folder
    model.making = None
    assert not folder.exists()


def test_what_was_not_made_is_named_by_country(where) -> None:
    """A refusal of the command is shown; a document that failed is told with its country."""
    model = of(country="QMJ", date=date(2000, 1, 1))
    model.make()
    ended(model)
    assert model.making.refusal and model.making.done == 0
    from widgets.packs_parts import _not_made

    told = _not_made(model, NotMade("QMJ/review.en", "no space"))
    assert told.startswith(model.names["QMJ"]) and "no space" in told


def test_the_command_names_what_is_chosen(where) -> None:
    """Reviews by country and cycle; a briefing by meeting and edition, with its annex."""
    model = of(country="QMC", cycle=2024)
    model.languages, model.formats = ("es", "en"), ("docx", "html", "xlsx")
    assert model.arguments[:4] == ["review", "QMC", "--cycle", "2024"]
    assert "en,es" in model.arguments and "html,docx" in model.arguments
    assert model.expected == ["QMC/review.en", "QMC/review.es"]
    model.what, model.edition = "briefing", "members"
    assert model.arguments[:4] == ["briefing", "22", "--for", "members"]
    assert "html,docx,xlsx" in model.arguments


def test_codes_that_are_not_ours_reach_no_command(where) -> None:
    """A forged value of a field is left out: only codes from our own lists are passed on."""
    model = of(country="QMC")
    model.countries, model.languages = ("--out=/x", "QMC", "NPL"), ("en", "xx;rm")
    model.formats = ("html", "exe")
    assert model.arguments[:2] == ["review", "QMC"] and "NPL" not in model.arguments
    assert "en" in model.arguments and "html" in model.arguments


def test_the_button_is_grey_until_all_is_chosen(where) -> None:
    """Each reason is told; nothing is made while one stands."""
    model = of()
    model.languages, model.formats = (), ()
    assert model.blockers == ("countries", "languages", "formats")
    model.make()
    assert model.making is None


@pytest.mark.parametrize(("roles", "may"), [("secretariat", True), ("member", False), ("", False)])
def test_on_a_team_s_server_only_the_secretariat_makes_packs(
    where, monkeypatch, tmp_path, roles, may
) -> None:
    """Reviews are internal papers: whoever is not of the secretariat gets a reason, no document."""
    from shutil import copy

    own = str(copy(where, tmp_path / "exercise.db"))
    monkeypatch.setenv(register.VARIABLE, own)
    with register.open(own) as on:
        on.name_person("ana", "Ana", roles=roles)
    monkeypatch.setenv("A87_SERVING", "team")
    monkeypatch.setenv("A87_USER", "ana")
    model = of()
    model.countries = ("QMA",)
    assert model.blockers == (() if may else ("role",))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_panel_speaks_each_language(where, language) -> None:
    """The panel is made in each language; a link opens the same view."""
    model = of(language, country="QMA", cycle=2024, date=date(2024, 12, 15))
    assert len(packs.panel(model).children) == 4
    assert parse(model.view().query()) == model.view()


def test_what_is_too_large_is_said_so() -> None:
    """More than 20 MiB is not handed out at once."""
    assert "20" in saving("x.zip", bytes(LARGEST + 1), "fr") and "href" not in saving(
        "x.zip", bytes(LARGEST + 1), "fr"
    )
    assert 'download="x.zip"' in saving("x.zip", b"x", "fr")
