"""What secretariat and chair record at a meeting, and what the desk refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from shutil import copy

import pytest
from briefings import letter, words
from meeting_room import CANDIDATE, LEAVING, MEETING, SECRETARY, begin, held_seats, room
from refusing import refusal, refused

from a87lib import framework, register
from a87lib.countryfile import Archive
from a87lib.desk import council, deciding
from a87lib.desk.acting import Acting
from a87lib.desk.deciding import Proposal
from a87lib.desk.permissions import allowed
from a87lib.language import LANGUAGES, in_a_row, told
from a87lib.meetingfile import in_the_room
from a87lib.register import Conflict
from a87lib.report import letters
from a87lib.rules import ask
from a87lib.rules.gcm_quorum import quorum_now

GRANT = Proposal("grant_status", "Galdoria becomes a pathfinder.", True, country=CANDIDATE)


@pytest.fixture(scope="module")
def called(exercise_register, tmp_path_factory):
    """A register in which the 22nd meeting is called."""
    return room(exercise_register, tmp_path_factory.mktemp("called"))


@pytest.fixture(scope="module")
def begun(called, tmp_path_factory):
    """The same, with the meeting open and everybody there."""
    where = copy(called, tmp_path_factory.mktemp("begun") / "exercise.db")
    with register.open(str(where)) as opened:
        begin(opened)
    return where


@pytest.fixture
def on(called, tmp_path):
    """A register of one's own in which the meeting is called."""
    with register.open(str(copy(called, tmp_path / "exercise.db"))) as opened:
        yield opened


@pytest.fixture
def running(begun, tmp_path):
    """A register of one's own in which the meeting is open."""
    with register.open(str(copy(begun, tmp_path / "exercise.db"))) as opened:
        yield opened


def status(on, day: date) -> str:
    file = Archive(on.facts()).file(CANDIDATE, day)
    return str(ask("standing.status", file, framework.load()).value)


def mark(on, seats, what, at=None):
    return council.mark(on, MEETING, seats, what, by=SECRETARY, at=at)


def decide(on, **changes):
    return deciding.decide(on, MEETING, replace(GRANT, **changes), by=SECRETARY)


def test_nothing_is_recorded_at_a_meeting_that_is_not_open(on) -> None:
    """Attendance, decisions, summaries and actions wait until the meeting is open."""
    asked = (
        (council.mark, ["chair"], "present"),
        (deciding.decide, GRANT),
        (council.note_summary, "1"),
        (council.add_action, "x"),
    )
    for verb, *given in asked:
        assert refused(verb, on, MEETING, *given, by=SECRETARY) == ["meeting_not_open"]


def test_a_meeting_is_opened_once_and_not_on_a_day_to_come(on) -> None:
    """A second opening and a day in the future are refused."""
    assert refused(
        council.open_meeting, on, MEETING, on.today() + timedelta(days=1), by=SECRETARY
    ) == ["meeting_in_future"]
    begin(on, present=[])
    assert refused(council.open_meeting, on, MEETING, on.today(), by=SECRETARY) == [
        "meeting_open_already"
    ]


@pytest.mark.parametrize(
    ("roles", "may"),
    [("secretariat", True), ("member chair", True), ("member", False), ("reviewer", False),
     ("focal_point:QMG", False), ("", False)],
)  # fmt: skip
def test_only_secretariat_and_chair_record(on, roles, may) -> None:
    """On a team's server the roles kept with the person decide, at every verb."""
    on.name_person("ana", "Ana", roles=roles)
    who = Acting("ana")
    assert allowed(on, who, "run_meeting") is may
    if may:
        return
    verbs = (
        (council.open_meeting, on.today()),
        (council.set_agenda, []),
        (council.mark, ["chair"], "present"),
        (deciding.decide, GRANT),
        (council.note_summary, "1"),
        (council.add_action, "x"),
        (council.send_minutes, on.today()),
    )
    for verb, *given in verbs:
        assert refused(verb, on, MEETING, *given, by=who) == ["not_allowed"]


def test_who_leaves_counts_no_more_until_they_come_back(running) -> None:
    """Leaving ends the quorum of the moment, not the presence at the meeting."""
    found = council.sitting(running, MEETING)
    assert quorum_now(found.file, framework.load())[0].reached
    mark(running, LEAVING, "left", "15:20")
    found = council.sitting(running, MEETING)
    reached, _ = quorum_now(found.file, framework.load())
    assert not reached.reached and reached.missing_groups == ("workers",)
    meeting = ask("gcm.quorum", found.file, framework.load())
    assert meeting.answer == "yes" and meeting.value == reached.present + len(LEAVING)
    mark(running, LEAVING[:1], "back", "15:40")
    found = council.sitting(running, MEETING)
    assert quorum_now(found.file, framework.load())[0].reached
    assert LEAVING[0] in in_the_room(found.file, MEETING)


def test_nobody_leaves_who_is_not_there(running) -> None:
    """Leaving twice, coming back without having left, or without a time: all told at once."""
    mark(running, LEAVING[:1], "left", "15:20")
    assert refused(mark, running, LEAVING[:1], "left", "15:30") == ["seat_not_in_the_room"]
    assert refused(mark, running, LEAVING[1:], "back", "15:30") == ["seat_has_not_left"] * 2
    assert refused(mark, running, LEAVING[1:], "left", "later") == ["clock_time_needed"] * 2


def test_an_apology_is_corrected_where_somebody_comes_after_all(running) -> None:
    """The earlier record is corrected, never contradicted; the same again adds nothing."""
    mark(running, ["chair"], "apology")
    assert "chair" not in in_the_room(council.sitting(running, MEETING).file, MEETING)
    mark(running, ["chair"], "present")
    assert mark(running, ["chair"], "present") == []
    assert "chair" in in_the_room(council.sitting(running, MEETING).file, MEETING)
    mark(running, ["chair"], "left", "11:00")
    mark(running, ["chair"], "absent")
    file = council.sitting(running, MEETING).file
    said = [e.body.presence for e in file.of("attendance_recorded") if e.body.seat == "chair"
            and e.meeting == MEETING]  # fmt: skip
    assert said == ["absent"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_decision_without_a_quorum_at_that_moment(running, language) -> None:
    """Refused with the paragraph named and what is missing; once they are back it is taken."""
    mark(running, LEAVING, "left", "15:20")
    (problem,) = refusal(decide, running)
    assert problem.code == "decision_needs_groups"
    text = told(problem, language)
    group = framework.load().label("seat_group", "workers", language)
    assert "TR-DEC-2" in text and group in text
    mark(running, LEAVING, "back", "15:40")
    assert decide(running).effect.changed


def test_fifteen_do_not_decide(on) -> None:
    """One of each group but fifteen in all: refused; the sixteenth makes the quorum."""
    others = ("vice", "pathfinder", "partner", "region")
    seats = sorted(held_seats(on), key=lambda seat: (seat.startswith(others), seat))
    begin(on, present=seats[:15])
    (problem,) = refusal(decide, on)
    assert (problem.code, problem.args["present"]) == ("decision_needs_quorum", 15)
    mark(on, [seats[15]], "present", "10:30")
    assert decide(on).no > 0


def test_a_decision_changes_the_country_at_once(running) -> None:
    """Candidate before, active pathfinder after, with those present and what was shown kept."""
    day = council.sitting(running, MEETING).on
    assert status(running, day) == "candidate"
    mark(running, ["chair"], "left", "12:00")
    decided = decide(running)
    assert status(running, day) == "active"
    assert (decided.effect.before.value, decided.effect.after.value) == ("candidate", "active")
    body = next(e for e in running.facts() if e.no == decided.no).body
    assert "chair" not in body.present and body.consensus is True
    assert body.shown["present"] == len(body.present)
    assert body.shown["grounds"]["rule"] == "candidacy.ready"


def test_what_is_not_a_decision_is_refused_whole(running) -> None:
    """Without consensus, country or wording nothing is decided; every reason is told."""
    wanted = {"decision_needs_consensus", "decision_needs_country", "decision_needs_text"}
    assert set(refused(decide, running, consensus=False, country=None, text=" ")) == wanted
    assert refused(decide, running, subject="close_group", country=None) == ["decision_needs_group"]


def test_the_same_decision_is_taken_once(running) -> None:
    """Granting twice changes nothing and is refused; the same words twice meet in one slot."""
    decide(running)
    assert refused(decide, running) == ["decision_changes_nothing"]
    decide(running, subject="other", country=None)
    with pytest.raises(Conflict):
        decide(running, subject="other", country=None)


def test_the_second_to_write_a_summary_is_told(running) -> None:
    """Nobody's summary is overwritten unseen: the other one gets both texts."""
    first = council.note_summary(running, MEETING, "1", summary="One.", by=SECRETARY)
    with pytest.raises(Conflict):
        council.note_summary(running, MEETING, "1", summary="Two.", by=SECRETARY)
    again = council.note_summary(
        running, MEETING, "1", summary="Three.", by=SECRETARY, corrects=first
    )
    with pytest.raises(Conflict) as told_of:
        council.note_summary(running, MEETING, "1", summary="Four.", by=SECRETARY, corrects=first)
    assert "Three." in told_of.value.stored and "Four." in told_of.value.yours and again > first


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_minutes_say_so(running, language) -> None:
    """Who left and came back, the decision, the change of status, the action with its owner."""
    mark(running, LEAVING, "left", "15:20")
    mark(running, LEAVING, "back", "15:40")
    decide(running)
    council.note_summary(running, MEETING, "1", summary="A debate.", conclusion="Noted.",
                         by=SECRETARY)  # fmt: skip
    council.add_action(running, MEETING, "Publish the profile.", owner="Secretariat",
                       due=date(2026, 9, 1), by=SECRETARY)  # fmt: skip
    day = council.sitting(running, MEETING).on
    this = letters.opened("minutes", day, meeting=MEETING, language=language,
                          register=str(running.address))  # fmt: skip
    text = words(letter(this).main)
    label = framework.load().label
    before, after = (label("status", s, language) for s in ("candidate", "active"))
    changed = this.say("minutes.status_changes", before=before, after=after, day=day)
    times = (("left_at", "15:20"), ("came_at", "15:40"))
    moved = in_a_row([this.say(f"minutes.{key}", at=at) for key, at in times], language)
    assert all(" ".join(said.split()) in text for said in (changed, moved))
    for said in ("15:20", "15:40", GRANT.text, "A debate.", "Publish the profile.", "Secretariat"):
        assert said in text
