"""What secretariat and chair record at a meeting, and what the desk refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from shutil import copy

import pytest
from briefings import letter, words
from meeting_room import CANDIDATE, LEAVING, MEETING, SECRETARY, begin, held_seats, room

from a87lib import framework, register
from a87lib.countryfile import Archive
from a87lib.desk import council, deciding
from a87lib.desk.acting import Acting
from a87lib.desk.deciding import Proposal
from a87lib.language import LANGUAGES, told
from a87lib.meetingfile import in_the_room
from a87lib.problems import Problems
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


def codes(refused: pytest.ExceptionInfo[Problems]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


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
        lambda: mark(on, ["chair"], "present"),
        lambda: decide(on),
        lambda: council.note_summary(on, MEETING, "1", summary="x", by=SECRETARY),
        lambda: council.add_action(on, MEETING, "x", by=SECRETARY),
    )
    before = on.head()
    for verb in asked:
        with pytest.raises(Problems) as refused:
            verb()
        assert codes(refused) == ["meeting_not_open"]
    assert on.head() == before


def test_a_meeting_is_opened_once_and_not_on_a_day_to_come(on) -> None:
    """A second opening and a day in the future are refused."""
    with pytest.raises(Problems) as refused:
        council.open_meeting(on, MEETING, on.today() + timedelta(days=1), by=SECRETARY)
    assert codes(refused) == ["meeting_in_future"]
    begin(on, present=[])
    with pytest.raises(Problems) as refused:
        council.open_meeting(on, MEETING, on.today(), by=SECRETARY)
    assert codes(refused) == ["meeting_open_already"]


@pytest.mark.parametrize(
    ("roles", "may"),
    [("secretariat", True), ("member chair", True), ("member", False), ("reviewer", False),
     ("focal_point:QMG", False), ("", False)],
)  # fmt: skip
def test_only_secretariat_and_chair_record(on, roles, may) -> None:
    """On a team's server the roles kept with the person decide, at every verb."""
    on.name_person("ana", "Ana", roles=roles)
    who = Acting("ana")
    assert council.may_record(on, who) is may
    if may:
        return
    before = on.head()
    verbs = (
        lambda: council.open_meeting(on, MEETING, on.today(), by=who),
        lambda: council.set_agenda(on, MEETING, [], by=who),
        lambda: council.mark(on, MEETING, ["chair"], "present", by=who),
        lambda: deciding.decide(on, MEETING, GRANT, by=who),
        lambda: council.note_summary(on, MEETING, "1", summary="x", by=who),
        lambda: council.add_action(on, MEETING, "x", by=who),
        lambda: council.send_minutes(on, MEETING, on.today(), by=who),
    )
    for verb in verbs:
        with pytest.raises(Problems) as refused:
            verb()
        assert codes(refused) == ["not_allowed"]
    assert on.head() == before


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
    with pytest.raises(Problems) as refused:
        mark(running, LEAVING[:1], "left", "15:30")
    assert codes(refused) == ["seat_not_in_the_room"]
    with pytest.raises(Problems) as refused:
        mark(running, LEAVING[1:], "back", "15:30")
    assert codes(refused) == ["seat_has_not_left"] * 2
    with pytest.raises(Problems) as refused:
        mark(running, LEAVING[1:], "left", "later")
    assert codes(refused) == ["clock_time_needed"] * 2


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
    before = running.head()
    with pytest.raises(Problems) as refused:
        decide(running)
    assert codes(refused) == ["decision_needs_groups"] and running.head() == before
    text = told(refused.value.problems[0], language)
    group = framework.load().label("seat_group", "workers", language)
    assert "TR-DEC-2" in text and group in text
    mark(running, LEAVING, "back", "15:40")
    assert decide(running).effect.changed


def test_fifteen_do_not_decide(on) -> None:
    """One of each group but fifteen in all: refused; the sixteenth makes the quorum."""
    others = ("vice", "pathfinder", "partner", "region")
    seats = sorted(held_seats(on), key=lambda seat: (seat.startswith(others), seat))
    begin(on, present=seats[:15])
    with pytest.raises(Problems) as refused:
        decide(on)
    assert codes(refused) == ["decision_needs_quorum"]
    assert refused.value.problems[0].args["present"] == 15
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
    with pytest.raises(Problems) as refused:
        decide(running, consensus=False, country=None, text=" ")
    wanted = {"decision_needs_consensus", "decision_needs_country", "decision_needs_text"}
    assert set(codes(refused)) == wanted
    with pytest.raises(Problems) as refused:
        decide(running, subject="close_group", country=None)
    assert codes(refused) == ["decision_needs_group"]


def test_the_same_decision_is_taken_once(running) -> None:
    """Granting twice changes nothing and is refused; the same words twice meet in one slot."""
    decide(running)
    with pytest.raises(Problems) as refused:
        decide(running)
    assert codes(refused) == ["decision_changes_nothing"]
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
    assert " ".join(changed.split()) in text
    for said in ("15:20", "15:40", GRANT.text, "A debate.", "Publish the profile.", "Secretariat"):
        assert said in text
