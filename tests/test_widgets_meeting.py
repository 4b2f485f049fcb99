"""The Meeting screen: its model, what it shows in three languages, what a reader cannot do."""

from __future__ import annotations

import base64
import io
import re
import threading
import zipfile
from datetime import time
from shutil import copy

import pytest
from meeting_room import CANDIDATE, LEAVING, MEETING, begin, held_seats, room

from a87lib import register
from a87lib.desk.deciding import Proposal
from a87lib.language import LANGUAGES
from a87lib.serving.view import View, parse
from widgets import meeting, meeting_parts
from widgets.making import WATCH
from widgets.meeting import TABS, Meeting
from widgets.opening import opened

GRANT = Proposal("grant_status", "Galdoria becomes a pathfinder.", True, country=CANDIDATE)


@pytest.fixture(scope="module")
def begun(exercise_register, tmp_path_factory):
    """A register in which the 22nd meeting is open, with everybody there."""
    where = room(exercise_register, tmp_path_factory.mktemp("begun"))
    with register.open(where) as on:
        begin(on)
    return where


@pytest.fixture
def where(begun, tmp_path, monkeypatch):
    """A copy of it, which the screens of this test open."""
    path = str(copy(begun, tmp_path / "exercise.db"))
    monkeypatch.setenv(register.VARIABLE, path)
    return path


def of(number: int | None = MEETING, language: str = "en") -> Meeting:
    view = View(meeting=number, language=language)
    return Meeting(opened(view), view)


def test_the_next_meeting_is_opened_and_a_link_opens_it_again(where) -> None:
    """Without a number it is the one that is called; the link brings number and language back."""
    model = of(None, "fr")
    assert model.number == MEETING and parse(model.view().query()) == model.view()
    assert list(model.numbers) == list(range(22, 4, -1))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_tab_is_shown_in_every_language(where, language) -> None:
    """Each tab of a meeting that runs and of one that is over has something to say."""
    for number in (MEETING, 21):
        model = of(number, language)
        box = meeting.panel(model)
        for tab in TABS:
            model.tab = tab
            body = box.children[-2]
            assert meeting_parts.shown(model) == body.value and "<" in body.value


def test_a_country_on_a_seat_has_its_name_in_the_readers_language(where) -> None:
    """An organisation keeps the name under which it sits."""
    held = {meeting_parts.holder(of(language="fr"), seat) for seat in of().found.framework.seats}
    assert {"Atolls Haldine", "Corvatanie", "Seafarers' and Dockers' Concord"} <= held


def test_a_draft_agenda_is_set_once(where) -> None:
    """The draft that follows from the file becomes the agenda, with the same items and minutes."""
    model = of()
    drafted = [(item.no, item.title, item.minutes) for item in model.items]
    model.adopt()
    assert model.problems == () and model.recorded[0] == "agenda_set"
    assert [(item.no, item.title, item.minutes) for item in model.items] == drafted
    model.adopt()
    assert [problem.code for problem in model.problems] == ["agenda_set_already"]


def test_the_meeting_journey_without_a_browser(where) -> None:
    """The quorum is lost, the decision refused; they come back, the status is granted."""
    model = of()
    model.mark(list(LEAVING), "left", time(15, 20))
    assert "TR-DEC-2" in meeting_parts.quorum_bar(model).html
    assert "No quorum" in meeting_parts.quorum_bar(model).html
    model.decide(GRANT)
    assert [problem.code for problem in model.problems] == ["decision_needs_groups"]
    refusal = meeting_parts.told_last(model)
    assert 'role="alert"' in refusal and "Workers" in refusal and "TR-DEC-2" in refusal
    model.mark(list(LEAVING), "back", time(15, 40))
    french = of(model.number, "fr")
    french.tab = "attendance"
    assert re.search(r"15:20\u202f; [^<;]*15:40", meeting_parts.shown(french))
    model.decide(GRANT)
    said = meeting_parts.told_last(model)
    assert model.problems == () and 'role="status"' in said
    assert "from “Candidate country” to “Active pathfinder country”" in said
    assert f"/country?country={CANDIDATE}" in said
    model.tab = "minutes"
    assert "Active pathfinder country" in meeting_parts.shown(model)


def test_the_minutes_are_made_as_a_word_document(where) -> None:
    """The button makes the draft through its notebook and offers it to be saved."""
    model = of(21, "fr")
    model.tab = "minutes"
    form = meeting.panel(model).children[5].children[0]
    fields, place = form.children
    fields.children[0].click()
    (watching,) = [each for each in threading.enumerate() if each.name == WATCH]
    watching.join(120)
    found = re.search(r'download="minutes\.fr\.docx" href="[^,]+,([^"]+)"', place.value)
    assert found, place.value
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(found[1]))) as package:
        assert "Corvatanie" in package.read("word/document.xml").decode()


def test_the_printed_agenda_of_the_8th_meeting_has_a_clock_for_each_item(
    public_register, monkeypatch
) -> None:
    """Item VI is printed twice: two rows with their own clocks, one place for its summary."""
    monkeypatch.setenv(register.VARIABLE, public_register)
    model = of(8)
    shown = meeting_parts.shown(model)
    assert re.findall(r'data-item="(\d+)"', shown) == [str(n) for n in range(1, 8)]
    assert shown.count('<th scope="row">VI</th>') == 2 and ">120<" in shown
    model.tab = "summaries"
    form = meeting.panel(model).children[5].children[-1]
    options = [words for words, _ in form.children[0].children[0].options]
    assert len(options) == 6 and options[-1].count("VI ") == 2


def test_nothing_ticked_is_said(where) -> None:
    """A button without a seat ticked says what to do, and records nothing."""
    model = of()
    model.mark([], "present", None)
    assert [problem.code for problem in model.problems] == ["no_seat_chosen"]


def test_another_meeting_forgets_what_was_said(where) -> None:
    """The refusal at one meeting does not stand over another."""
    model = of()
    model.mark([], "present", None)
    model.number = 21
    assert model.problems == () and model.held


@pytest.mark.parametrize(("roles", "may"), [("member chair", True), ("member", False)])
def test_on_a_team_s_server_only_secretariat_and_chair_get_forms(
    where, monkeypatch, roles, may
) -> None:
    """A member reads; a forged call of the model is refused by the desk all the same."""
    with register.open(where) as on:
        on.name_person("ana", "Ana", roles=roles)
    monkeypatch.setenv("A87_SERVING", "team")
    monkeypatch.setenv("A87_USER", "ana")
    model = of()
    assert model.may_record is may
    box = meeting.panel(model)
    model.tab = "decisions"
    writing = box.children[5]
    assert (len(writing.children[0].children) > 0) is may if may else True
    model.decide(GRANT)
    refused = [problem.code for problem in model.problems]
    assert refused == ([] if may else ["not_allowed"])


def test_a_meeting_that_is_not_on_file_is_said_so(where) -> None:
    """A number without a meeting shows one sentence and no form."""
    model = of(99)
    assert model.blockers == ("none",)
    assert "Nothing is on file" in meeting_parts.quorum_bar(model).html
    assert meeting.panel(model).children[5].children == ()


def test_a_vacant_seat_cannot_be_ticked(where) -> None:
    """Only seats that somebody holds on the day have a box."""
    model = of()
    model.tab = "attendance"
    box = meeting.panel(model)
    form = box.children[5].children[0]
    boxes = [seat for group in form.children[0].children for seat in group.children[1:]]
    with register.open(where) as on:
        assert len(boxes) == len(held_seats(on))
