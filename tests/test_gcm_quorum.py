"""Quorum by number and by group; what is missing; decisions (TR-DEC, INT-08, INT-16)."""

from datetime import date

import pytest
from council import NONE, answer, decided, entries, find, full, fw, held, was
from hypothesis import given
from hypothesis import strategies as st

from a87lib.meetingfile import Seating
from a87lib.rules.decisions import group_name, present_at, quorum, seated

DAY = date(2024, 5, 2)
SEATS = tuple(fw().seats)
GROUP = {seat.id: seat.group for seat in fw().seats.values()}
present = st.sets(st.sampled_from(SEATS))


@given(present)
def test_a_quorum_is_sixteen_seats_and_all_five_groups(here: set[str]) -> None:
    """The rule agrees with the sentence of the terms of reference, for any set of seats."""
    expected = len(here) >= 16 and len({GROUP[seat] for seat in here}) == 5
    found = quorum(here, fw(), DAY)
    assert found.reached is expected
    assert found.present == len(here)
    assert found.missing_seats == max(0, 16 - len(here))
    assert set(found.missing_groups) == set(GROUP.values()) - {GROUP[seat] for seat in here}


@given(present, st.sampled_from(SEATS))
def test_one_more_present_never_breaks_a_quorum(here: set[str], other: str) -> None:
    """Whoever comes in addition can only help."""
    if quorum(here, fw(), DAY).reached:
        assert quorum(here | {other}, fw(), DAY).reached


@given(present)
def test_what_is_still_missing_is_enough_and_not_too_much(here: set[str]) -> None:
    """With so many more, missing groups first, there is a quorum; with one fewer there is not."""
    more = quorum(here, fw(), DAY).more_needed
    absent = sorted((seat for seat in SEATS if seat not in here), key=SEATS.index)
    missing = {GROUP[seat] for seat in absent} - {GROUP[seat] for seat in here}
    first = [next(s for s in absent if GROUP[s] == group) for group in sorted(missing)]
    coming = first + [seat for seat in absent if seat not in first]
    assert quorum(here | set(coming[:more]), fw(), DAY).reached
    if more:
        assert not quorum(here | set(coming[: more - 1]), fw(), DAY).reached


@given(present, st.permutations(SEATS))
def test_the_order_and_repetition_of_records_do_not_matter(
    here: set[str], order: list[str]
) -> None:
    """A set of seats is a set."""
    once = quorum(here, fw(), DAY)
    assert quorum([s for s in order if s in here] * 2, fw(), DAY) == once


GOVERNMENTS = [seat for seat in SEATS if GROUP[seat] == "governments"]
OTHERS = ["un-igo-1", "un-igo-2", "workers-1", "employers-1", "ngo-1"]


def test_seven_groups_count_partners_and_regions_apart() -> None:
    """Read as seven groups, seventeen without a development partner are no quorum (INT-08)."""
    seven = fw().with_readings({"INT-08": "seven_groups"})
    here = [seat for seat in GOVERNMENTS if not seat.startswith("partner")] + OTHERS
    assert quorum(here, fw(), DAY).reached
    assert quorum(here, seven, DAY).missing_groups == ("development_partners",)
    assert quorum([*here, "partner-5"], seven, DAY).reached
    without_regions = [seat for seat in GOVERNMENTS if not seat.startswith("region")] + OTHERS
    assert quorum(without_regions, seven, DAY).missing_groups == ("regional_governments",)
    only_apart = ["partner-1", "region-1", *OTHERS]
    assert quorum(only_apart, seven, DAY).missing_groups == ("governments",)


def test_seven_groups_as_a_parameter_are_the_same() -> None:
    """Counting seven is a parameter too."""
    seven = fw().with_values({"gcm.quorum_groups": 7})
    here = [seat for seat in GOVERNMENTS if not seat.startswith("partner")] + OTHERS
    assert quorum(here, seven, DAY).missing_groups == ("development_partners",)


def test_fewer_groups_and_seats_as_parameters() -> None:
    """What if four groups, or ten seats, were enough?"""
    four = fw().with_values({"gcm.quorum_groups": 4})
    here = [*GOVERNMENTS, "un-igo-1", "workers-1", "employers-1"]
    assert quorum(here, four, DAY).reached
    assert not quorum([*GOVERNMENTS, "un-igo-1", "workers-1"], four, DAY).reached
    ten = fw().with_values({"gcm.quorum": 10})
    assert quorum([*GOVERNMENTS[:5], *OTHERS], ten, DAY).reached
    assert quorum([*GOVERNMENTS[:4], *OTHERS], ten, DAY).missing_seats == 1


def test_a_quorum_can_be_counted_before_there_was_a_parameter() -> None:
    """A decision of long ago is judged by the first value there is."""
    assert quorum(SEATS, fw(), date(1999, 1, 1)).reached


def test_a_seat_of_which_nothing_is_known_counts_unless_the_register_is_complete() -> None:
    """Only a complete register knows that nobody held it."""
    nobody = Seating()
    assert seated(["ngo-1"], nobody, DAY, seats_complete=True).seats == ("ngo-1",)
    some = Seating({"chair": []}, {})
    assert seated(["ngo-1"], some, DAY, seats_complete=False).seats == ("ngo-1",)
    assert seated(["ngo-1", "ngo-1"], some, DAY, seats_complete=True).unseated == ("ngo-1",)


def attending(seats: list[str], meeting: int = 19, on: str = "2024-05-02") -> list[dict]:
    return [was(seat, "present", meeting, on) for seat in seats]


SIXTEEN = [*GOVERNMENTS[:11], *OTHERS]


def test_a_seat_left_before_the_meeting_is_not_counted_even_where_coverage_is_lacking() -> None:
    """The file says that it is vacant; that is not silence."""
    left = {"kind": "seat_left", "happened_on": "2024-05-01", "seat": "ngo-1"}
    rows = [*full(), left, held(19, "2024-05-02"), *attending(SIXTEEN)]
    rows += [was(seat, "absent", 19, "2024-05-02") for seat in SEATS if seat not in SIXTEEN]
    found = find(rows, "gcm.quorum", "2024-05-03", meeting=19, coverage=NONE)
    assert (str(found.answer), found.value) == ("no", 15)
    assert "attendance_without_seat" in [reason.key for reason in found.because]


def test_only_the_left_seat_on_file_tells_that_somebody_had_it() -> None:
    """Whoever leaves a seat had it, though nobody recorded since when."""
    left = {"kind": "seat_left", "happened_on": "2024-05-10", "seat": "ngo-1"}
    rows = [*full(without=["ngo-1"]), left, held(19, "2024-05-02"), *attending(SIXTEEN)]
    assert answer(rows, "gcm.quorum", "2024-05-03", meeting=19) == "no"
    on_the_day = [*rows[:-1], {**left, "happened_on": "2024-05-02"}]
    assert answer([*on_the_day, rows[-1]], "gcm.quorum", "2024-05-03", meeting=19) == "yes"


def test_a_quorum_that_is_there_needs_no_complete_attendance() -> None:
    """Sixteen recorded are sixteen, whoever else was there."""
    rows = [held(19, "2024-05-02"), *attending(SIXTEEN)]
    assert answer(rows, "gcm.quorum", "2024-05-02", meeting=19, coverage=NONE) == "yes"


def test_recorded_absences_are_known_though_the_register_is_not_complete() -> None:
    """Where every seat has its record, no silence is left that could make a quorum."""
    rows = [held(19, "2024-05-02"), *attending(SIXTEEN[1:])]
    rows += [was(s, "absent", 19, "2024-05-02") for s in SEATS if s not in SIXTEEN[1:]]
    assert answer(rows, "gcm.quorum", "2024-05-02", meeting=19, coverage=NONE) == "no"


def test_those_recorded_and_those_not_on_file_together_may_have_been_enough() -> None:
    """Fifteen on file and one seat without a record: sixteen are possible; two fewer are not."""
    fifteen = [held(19, "2024-05-02"), *attending(SIXTEEN[:-1])]
    rest = [s for s in SEATS if s not in SIXTEEN]
    fifteen += [was(s, "absent", 19, "2024-05-02") for s in rest]
    found = find(fifteen, "gcm.quorum", "2024-05-02", meeting=19, coverage=NONE)
    assert (str(found.answer), found.value) == ("ask", 15)
    assert [r.args["count"] for r in found.because if r.key == "attendance_incomplete"] == [1]
    fourteen = [row for row in fifteen if row.get("seat") != "chair"]
    fourteen.append(was("chair", "apology", 19, "2024-05-02"))
    assert answer(fourteen, "gcm.quorum", "2024-05-02", meeting=19, coverage=NONE) == "no"


def test_neither_consensus_nor_quorum_is_on_file() -> None:
    """Both are named, and only as what is not known."""
    rows = [decided("other", "2024-05-02", meeting=19)]
    found = find(rows, "gcm.decision_valid", "2024-05-02", meeting=19, coverage=NONE)
    assert [r.key for r in found.because] == ["consensus_not_on_file", "quorum_not_recorded"]
    assert str(found.answer) == "ask"


def test_only_attendance_tells_who_was_present() -> None:
    """Other entries of the meeting, before and after it in the alphabet, are passed over."""
    rows = [
        {"kind": "action_agreed", "meeting": 19, "happened_on": "2024-05-02", "text": "t"},
        was("ngo-1", "present", 19, "2024-05-02"),
        was("ngo-2", "absent", 19, "2024-05-02"),
        was("ngo-3", "apology", 19, "2024-05-02"),
        held(19, "2024-05-02"),
    ]
    assert present_at(entries(rows)) == ["ngo-1"]
    assert present_at(entries(rows[:1])) is None


def test_the_attendance_of_another_meeting_is_not_counted() -> None:
    """Each meeting has its own quorum."""
    rows = [*full(), held(18, "2023-10-10"), *attending(SIXTEEN, 18, "2023-10-10")]
    rows += [held(19, "2024-05-02"), *attending(["chair"])]
    assert find(rows, "gcm.quorum", "2024-05-02", meeting=18).value == 16
    assert find(rows, "gcm.quorum", "2024-05-02", meeting=19).value == 1


def test_without_a_meeting_there_is_no_quorum_to_speak_of() -> None:
    """The question must name a meeting."""
    assert answer(full(), "gcm.quorum", "2024-05-02") == "not_applicable"


def test_decisions_at_several_states_of_the_room() -> None:
    """The lowest number present at a decision is the value where attendance is not on file."""
    rows = [
        *full(),
        held(19, "2024-05-02"),
        decided("governance", "2024-05-02", meeting=19, consensus=True, present=SIXTEEN),
        decided("other", "2024-05-02", meeting=19, consensus=True, present=SIXTEEN[:-1]),
    ]
    found = find(rows, "gcm.quorum", "2024-05-02", meeting=19)
    assert (str(found.answer), found.value) == ("no", 15)
    valid = find(rows, "gcm.decision_valid", "2024-05-02", meeting=19)
    assert (str(valid.answer), valid.value) == ("no", 2)


@pytest.mark.parametrize(
    ("reading", "expected"), [("invalid_changes_nothing", "no"), ("recorded_stands", "yes")]
)
def test_a_recorded_decision_stands_where_so_read(reading: str, expected: str) -> None:
    """INT-16: without quorum and consensus a decision is kept with its notes."""
    using = fw().with_readings({"INT-16": reading})
    rows = [decided("other", "2024-05-02", meeting=19, consensus=False, quorum=False)]
    found = find(rows, "gcm.decision_valid", "2024-05-02", meeting=19, using=using)
    assert str(found.answer) == expected
    keys = [reason.key for reason in found.because]
    assert keys == ["decision_without_consensus", "decision_without_quorum"]


def test_the_seats_present_at_the_decision_go_before_what_the_record_states() -> None:
    """A list of who was there says more than the word quorum."""
    rows = [
        decided("other", "2024-05-02", meeting=19, consensus=True, quorum=True, present=["chair"])
    ]
    assert answer(rows, "gcm.decision_valid", "2024-05-02", meeting=19) == "no"
    more = [
        decided("other", "2024-05-02", meeting=19, consensus=True, quorum=False, present=SIXTEEN)
    ]
    assert answer(more, "gcm.decision_valid", "2024-05-02", meeting=19) == "yes"


def test_the_stated_quorum_goes_before_the_attendance_of_the_meeting() -> None:
    """People leave the room: what the record of the decision says is about the decision."""
    rows = [
        *full(),
        held(19, "2024-05-02"),
        *attending(SIXTEEN),
        decided("other", "2024-05-02", meeting=19, consensus=True, quorum=False),
    ]
    assert answer(rows, "gcm.decision_valid", "2024-05-02", meeting=19) == "no"
    assert answer(rows, "gcm.quorum", "2024-05-02", meeting=19) == "yes"


def test_a_decision_without_a_meeting_is_judged_by_its_record() -> None:
    """Asked about the GCM as a whole, all decisions on file are meant."""
    rows = [decided("grant_status", "2024-05-02", country="QMA", consensus=True, quorum=True)]
    assert answer(rows, "gcm.decision_valid", "2024-05-02") == "yes"
    rows += [decided("grant_status", "2024-05-02", country="QMB", consensus=True, quorum=False)]
    assert answer(rows, "gcm.decision_valid", "2024-05-02") == "no"


def test_seats_without_a_record_are_counted_as_they_were_on_the_day_of_the_meeting() -> None:
    """The NGOs may have been there, though all of them have left their seats since."""
    members = [seat for seat in fw().seats if not seat.startswith("ngo-")][:20]
    rows = [*full(), held(19, "2024-05-02")]
    rows += [was(seat, "present", 19, "2024-05-02") for seat in members]
    rows += [
        {"kind": "seat_left", "happened_on": "2024-06-01", "seat": f"ngo-{no}"} for no in (1, 2, 3)
    ]
    found = find(rows, "gcm.quorum", "2024-07-01", meeting=19, coverage=NONE)
    assert str(found.answer) == "ask"
    assert "attendance_incomplete" in [reason.key for reason in found.because]


def test_groups_are_called_by_their_names() -> None:
    """The five groups, and the two that one reading counts apart (INT-08)."""
    assert group_name("ngos").say("en") == fw().label("seat_group", "ngos", "en")
    partners = group_name("development_partners")
    assert partners.say("fr") == fw().label("seat_sub_group", "development_partners", "fr")
