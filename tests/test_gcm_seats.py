"""Seats: held, named, terms and rotations, absences (TR-SEAT, TR-CHAIR-1, INT-09, -10, -23)."""

from datetime import date, timedelta

import pytest
from council import NONE, answer, archive, called, decided, entries, find, full, fw, held, seat, was
from hypothesis import given
from hypothesis import strategies as st

from a87lib.meetingfile import CouncilFile, Seating, seating
from a87lib.rules import council_file
from a87lib.rules.gcm_seats import member_since
from a87lib.rules.gcm_terms import early_leavers, rotations

SEATS = tuple(fw().seats)


def file(rows: list[dict], asof: str) -> CouncilFile:
    return council_file(archive(rows), date.fromisoformat(asof))


def left(seat_: str, on: str) -> dict:
    return {"kind": "seat_left", "happened_on": on, "seat": seat_}


@given(st.sets(st.sampled_from(SEATS)))
def test_the_value_is_the_number_of_seats_held(gone: set[str]) -> None:
    """Seats held and vacancies add up to 32; the vacant ones are named."""
    rows = full("2023-01-01") + [left(each, "2024-01-01") for each in sorted(gone)]
    found = find(rows, "gcm.seats", "2024-05-02")
    assert found.value == 32 - len(gone)
    assert str(found.answer) == ("no" if gone else "yes")
    vacant = {str(r.args["seat"]) for r in found.because if r.key == "seat_vacant"}
    assert vacant == gone
    assert all(r.entries for r in found.because if r.key == "seat_vacant")


def test_seats_taken_without_coverage_are_seats_held() -> None:
    """What is on file is on file, whatever the register does not declare."""
    assert answer(full(), "gcm.seats", "2024-05-02", coverage=NONE) == "yes"
    assert answer(full(without=["chair"]), "gcm.seats", "2024-05-02", coverage=NONE) == "ask"


def test_fewer_seats_as_a_parameter() -> None:
    """What if the GCM had 30 seats?"""
    using = fw().with_values({"gcm.seats": 30})
    rows = full(without=["ngo-1", "ngo-2"])
    assert answer(rows, "gcm.seats", "2024-05-02", using=using) == "yes"


def test_a_tenure_ends_where_the_next_begins() -> None:
    """Taken over without a word of leaving; the one before had it until that day."""
    rows = [seat("chair", "2020-01-10", holder="A"), seat("chair", "2022-03-01", holder="B")]
    first, second = seating(file(rows, "2024-01-01")).tenures["chair"]
    assert (first.until, first.left, second.until) == (date(2022, 3, 1), None, None)
    assert first.held_on(date(2022, 3, 1)) and not first.held_at_end_of(date(2022, 3, 1))
    assert not first.held_on(date(2020, 1, 9)) and first.held_on(date(2020, 1, 10))
    assert not second.held_on(date(2022, 2, 28)) and second.held_on(date(2024, 1, 1))


def test_taken_and_left_on_one_day() -> None:
    """A seat that was vacant is taken first and left then, on the same day."""
    rows = [left("chair", "2022-03-01"), seat("chair", "2022-03-01", holder="B")]
    assert seating(file(rows, "2022-03-01")).holding("chair", date(2022, 3, 1)) is not None
    rows = [seat("chair", "2022-03-01", holder="B"), left("chair", "2022-03-01")]
    assert seating(file(rows, "2022-03-01")).holding("chair", date(2022, 3, 1)) is None


def test_a_third_holder_on_the_day_the_second_leaves() -> None:
    """Whoever held the seat last leaves before the next one takes it, however they were entered."""
    rows = [
        seat("chair", "2020-01-10", holder="A"),
        left("chair", "2021-01-10"),
        seat("chair", "2022-03-01", holder="C"),
        seat("chair", "2021-02-10", holder="B"),
        left("chair", "2022-03-01"),
    ]
    told = seating(file(rows, "2024-01-01")).tenures["chair"]
    assert [tenure.holder for tenure in told] == ["A", "B", "C"]
    assert (told[1].until, told[1].left is not None, told[2].until) == (
        date(2022, 3, 1),
        True,
        None,
    )


def test_who_sat_is_known_from_taking_and_leaving_alone() -> None:
    """Held, vacant, or not told by the file."""
    told = Seating.of(file([left("chair", "2022-03-01")], "2024-01-01").everything)
    assert told.sat("chair", date(2022, 3, 1)) is True
    assert told.sat("chair", date(2022, 3, 2)) is False
    assert told.sat("chair", date(2022, 2, 28)) is None
    assert told.sat("ngo-1", date(2022, 3, 1)) is None
    assert told.known and not Seating().known


def test_the_seats_held_at_the_end_of_a_day() -> None:
    """Those taken by then and not left by then."""
    rows = [seat("chair", "2020-01-10"), seat("ngo-1", "2020-01-10"), left("ngo-1", "2022-03-01")]
    told = seating(file(rows, "2024-01-01"))
    assert told.held(date(2020, 1, 9)) == []
    assert told.held(date(2022, 2, 28)) == ["chair", "ngo-1"]
    assert told.held(date(2022, 3, 1)) == ["chair"]


@given(st.dates(date(2017, 1, 1), date(2024, 12, 31)), st.integers(-400, 400))
def test_a_term_ends_before_the_meeting_or_it_does_not(taken: date, offset: int) -> None:
    """The last day, before the third anniversary, is compared to the day of the meeting."""
    try:
        after = taken.replace(year=taken.year + 3)
    except ValueError:
        after = date(taken.year + 3, 3, 1)
    meeting = after + timedelta(days=offset)
    asof = meeting - timedelta(days=1)
    rows = [seat("region-1", taken.isoformat()), called(30, meeting.isoformat())]
    if asof < taken:
        return
    found = find(rows, "gcm.term_ending", asof.isoformat(), seat="region-1")
    assert found.value == after - timedelta(days=1)
    assert str(found.answer) == ("yes" if offset >= 0 else "no")


@given(st.dates(date(2018, 1, 1), date(2024, 12, 31)), st.integers(0, 1095))
def test_without_a_meeting_the_end_is_announced_180_days_ahead(taken: date, days: int) -> None:
    """The answer turns on the day named as next, and stays."""
    asof = taken + timedelta(days=days)
    found = find(
        [seat("chair", taken.isoformat())], "gcm.term_ending", asof.isoformat(), seat="chair"
    )
    announced = found.value - timedelta(days=180)
    assert str(found.answer) == ("yes" if announced <= asof else "no")
    assert found.next_on == (None if announced <= asof else announced)


def test_the_anniversary_itself_is_the_last_day_where_so_read() -> None:
    """INT-10 as a switch."""
    using = fw().with_readings({"INT-10": "anniversary"})
    rows = [seat("chair", "2021-06-10"), called(20, "2024-06-10")]
    found = find(rows, "gcm.term_ending", "2024-05-02", seat="chair", using=using)
    assert (str(found.answer), found.value) == ("no", date(2024, 6, 10))
    assert answer(rows, "gcm.term_ending", "2024-05-02", seat="chair") == "yes"


def test_terms_and_days_ahead_are_parameters() -> None:
    """What if terms had two years, or were announced 30 days ahead?"""
    rows = [seat("chair", "2021-06-10")]
    two = fw().with_values({"gcm.term_years": 2})
    assert find(rows, "gcm.term_ending", "2022-05-02", seat="chair", using=two).value == date(
        2023, 6, 9
    )
    soon = fw().with_values({"gcm.term_ending_days": 30})
    assert answer(rows, "gcm.term_ending", "2024-05-10", seat="chair", using=soon) == "yes"
    assert answer(rows, "gcm.term_ending", "2024-05-09", seat="chair", using=soon) == "no"


def test_a_meeting_called_for_the_day_asked_is_not_the_next_one() -> None:
    """The next meeting lies after the day asked; that of today is today's."""
    rows = [seat("chair", "2021-06-10"), called(20, "2024-05-02"), called(21, "2024-11-06")]
    found = find(rows, "gcm.term_ending", "2024-05-02", seat="chair")
    assert [r.args.get("meeting") for r in found.because if r.key == "next_meeting_called"] == [21]


def test_a_call_that_was_not_made_yet_is_not_known() -> None:
    """A meeting called in June is not on file in May; one entered under its own day is."""
    made_later = called(21, "2024-06-01", starts_at="2024-11-06")
    rows = [seat("chair", "2021-06-10"), made_later]
    found = find(rows, "gcm.term_ending", "2024-05-02", seat="chair")
    assert "no_meeting_called" in [r.key for r in found.because]
    found = find(rows, "gcm.term_ending", "2024-06-01", seat="chair")
    assert "next_meeting_called" in [r.key for r in found.because]


def test_a_meeting_held_is_no_longer_the_next_one() -> None:
    """Also where it was held earlier than called for."""
    rows = [seat("chair", "2021-06-10"), called(20, "2024-06-12"), held(20, "2024-05-01")]
    found = find(rows, "gcm.term_ending", "2024-05-02", seat="chair")
    assert "no_meeting_called" in [r.key for r in found.because]


def test_the_rotations_ahead_in_order() -> None:
    """Every seat with a term, by the day it ends, then in the order of the seats."""
    rows = [
        seat("region-2", "2022-01-01", holder="R"),
        seat("chair", "2021-05-01", holder="C"),
        seat("partner-1", "2021-05-01", holder="P"),
        seat("workers-1", "2019-05-01", holder="W"),
        seat("pathfinder-1", "2020-05-01", holder="gone"),
        left("pathfinder-1", "2022-05-01"),
    ]
    found = rotations(file(rows, "2024-01-01"), fw())
    assert [(r.seat, r.ends_on.isoformat()) for r in found] == [
        ("chair", "2024-04-30"),
        ("partner-1", "2024-04-30"),
        ("region-2", "2024-12-31"),
    ]
    assert (found[0].holder, found[0].since, found[0].entry) == ("C", date(2021, 5, 1), 2)


def test_early_leavers_left_before_their_term_was_over() -> None:
    """Left before the end; a full term, a later leaving and a seat without term are not early."""
    rows = [
        seat("chair", "2020-05-01", holder="early"),
        left("chair", "2022-05-01"),
        seat("vice-chair", "2018-05-01", holder="full term"),
        seat("vice-chair", "2021-05-01", holder="next"),
        seat("workers-1", "2020-05-01", holder="no term"),
        left("workers-1", "2020-06-01"),
    ]
    found = early_leavers(file(rows, "2024-01-01"), fw())
    assert [tenure.holder for tenure in found] == ["early"]
    rows += [seat("region-1", "2020-05-01", holder="later seat"), left("region-1", "2021-05-01")]
    rows += [seat("partner-1", "2020-05-01", holder="same day"), left("partner-1", "2021-05-01")]
    found = early_leavers(file(rows, "2024-01-01"), fw())
    assert [tenure.holder for tenure in found] == ["same day", "later seat", "early"]


def test_whoever_takes_the_same_seat_again_has_not_left_it() -> None:
    """A holder who is named again (a new office, a new term) before the term is over stays."""
    rows = [seat("chair", "2020-05-01", holder="A"), seat("chair", "2022-05-01", holder="A")]
    assert early_leavers(file(rows, "2024-01-01"), fw()) == []
    rows += [seat("chair", "2023-05-01", holder="B")]
    assert [each.until for each in early_leavers(file(rows, "2024-01-01"), fw())] == [
        date(2023, 5, 1)
    ]


def test_leaving_on_the_last_day_of_a_term_is_not_early() -> None:
    """A term from 1 May 2020 ends on 30 April 2023; who leaves the day before leaves early."""
    for on, early in (("2023-04-29", ["A"]), ("2023-04-30", [])):
        rows = [seat("chair", "2020-05-01", holder="A"), left("chair", on)]
        found = early_leavers(file(rows, "2024-01-01"), fw())
        assert [tenure.holder for tenure in found] == early


def test_the_last_day_of_a_term_belongs_to_it() -> None:
    """On the day itself the term still ends; without a meeting called on file, who knows."""
    rows = [seat("chair", "2020-05-01", holder="A")]
    on_it = find(rows, "gcm.term_ending", "2023-04-30", seat="chair", coverage=NONE)
    assert (str(on_it.answer), on_it.because[0].key) == ("ask", "term_ends")
    after = find(rows, "gcm.term_ending", "2023-05-01", seat="chair", coverage=NONE)
    assert (str(after.answer), after.because[0].key) == ("yes", "term_over")


def test_a_vacant_seat_names_the_last_leaving() -> None:
    """Not the first of several."""
    rows = [
        seat("ngo-1", "2020-01-01", holder="A"),
        left("ngo-1", "2021-01-01"),
        seat("ngo-1", "2021-06-01", holder="B"),
        left("ngo-1", "2022-01-01"),
    ]
    vacant = find(rows, "gcm.seats", "2024-01-01").because
    told = [reason.entries for reason in vacant if str(reason.args.get("seat")) == "ngo-1"]
    assert told == [(4,)]


def test_who_comes_back_after_another_on_the_same_day_starts_anew() -> None:
    """The seat was somebody else's in between, if only for an hour."""
    rows = [
        seat("ngo-1", "2020-01-01", holder="A"),
        seat("ngo-1", "2021-01-01", holder="B"),
        seat("ngo-1", "2021-01-01", holder="A"),
    ]
    tenures = Seating.of(entries(rows)).tenures["ngo-1"]
    assert [tenure.holder for tenure in tenures] == ["A", "B", "A"]
    assert member_since(tenures, tenures[-1]) == date(2021, 1, 1)
    assert member_since(tenures[:1], tenures[0]) == date(2020, 1, 1)


PRESENCES = ("present", "apology", "absent", None)


def attended(presences: list[str | None]) -> list[dict]:
    rows = [seat("ngo-1", "2020-01-01")]
    for no, presence in enumerate(presences, start=1):
        on = (date(2020, 1, 10) + timedelta(days=100 * no)).isoformat()
        rows.append(held(no, on))
        if presence is not None:
            rows.append(was("ngo-1", presence, no, on))
    return rows


def expected(presences: list[str | None], counting: set[str]) -> str:
    """The answer by the words of the text, over every way to fill what is not on file."""
    if not presences:
        return "too_early"

    def reached(filled: list[str]) -> bool:
        return len(filled) >= 3 and all(each in counting for each in filled[-3:])

    worst = reached([each or "absent" for each in presences])
    best = reached([each or "present" for each in presences])
    return "yes" if best else "ask" if worst else "no"


@given(st.lists(st.sampled_from(PRESENCES), max_size=7))
def test_the_last_three_meetings_decide(presences: list[str | None]) -> None:
    """Absent without notice from the last three; a gap in the record asks only where it matters."""
    found = find(attended(presences), "gcm.absence_limit", "2024-12-31", seat="ngo-1")
    assert str(found.answer) == expected(presences, {"absent"})
    run = 0
    for presence in reversed(presences):
        if presence != "absent":
            break
        run += 1
    assert found.value == run


@given(st.lists(st.sampled_from(PRESENCES), max_size=7))
def test_apologies_count_where_so_read(presences: list[str | None]) -> None:
    """INT-09 as a switch: every absence counts, with or without notice."""
    using = fw().with_readings({"INT-09": "every_absence"})
    found = find(attended(presences), "gcm.absence_limit", "2024-12-31", seat="ngo-1", using=using)
    assert str(found.answer) == expected(presences, {"absent", "apology"})


def test_the_limit_is_reached_on_the_third_meeting_though_more_were_missed() -> None:
    """since is the day of the third meeting of the run."""
    found = find(
        attended(["present", *["absent"] * 5]), "gcm.absence_limit", "2024-12-31", seat="ngo-1"
    )
    assert (found.value, found.since) == (5, date(2020, 1, 10) + timedelta(days=400))
    assert len(found.because) == 3


def test_the_limit_was_not_reached_before_by_absences_apart() -> None:
    """Only a run without a break reaches it."""
    for apart in (
        ["absent", "present", "absent", "absent", "present"],
        ["absent"] * 2 + ["present"],
    ):
        found = find(attended(apart), "gcm.absence_limit", "2024-12-31", seat="ngo-1")
        assert "absence_limit_reached_before" not in [reason.key for reason in found.because]
    rows = attended(["present", "absent", "absent", "absent", "absent", "apology"])
    found = find(rows, "gcm.absence_limit", "2024-12-31", seat="ngo-1")
    told = [r for r in found.because if r.key == "absence_limit_reached_before"]
    assert [reason.args["meeting"] for reason in told] == [4]


def test_the_limit_of_absences_is_a_parameter() -> None:
    """What if two were enough?"""
    two = fw().with_values({"gcm.absence_limit": 2})
    rows = attended(["absent", "absent"])
    assert answer(rows, "gcm.absence_limit", "2024-12-31", seat="ngo-1", using=two) == "yes"
    assert answer(rows, "gcm.absence_limit", "2024-12-31", seat="ngo-1") == "no"


def test_a_meeting_on_the_day_the_seat_was_taken_counts() -> None:
    """The member had the seat that day."""
    rows = [held(1, "2020-01-01"), was("ngo-1", "absent", 1, "2020-01-01")]
    rows += attended([])
    for no in (2, 3):
        rows += [held(no, f"2020-0{no}-01"), was("ngo-1", "absent", no, f"2020-0{no}-01")]
    assert find(rows, "gcm.absence_limit", "2024-12-31", seat="ngo-1").value == 3


def test_a_member_who_comes_back_after_another_starts_anew() -> None:
    """Only an unbroken time on the seat is one time."""
    rows = [seat("ngo-1", "2020-01-01", holder="A"), left("ngo-1", "2021-01-01")]
    rows += [held(1, "2020-05-01"), was("ngo-1", "absent", 1, "2020-05-01")]
    rows += [seat("ngo-1", "2021-01-02", holder="A")]
    for no in (2, 3):
        rows += [held(no, f"2021-0{no}-01"), was("ngo-1", "absent", no, f"2021-0{no}-01")]
    assert find(rows, "gcm.absence_limit", "2024-12-31", seat="ngo-1").value == 2
    # left and taken again on the very same day is no break
    again = next(row for row in rows if row["happened_on"] == "2021-01-02")
    again["happened_on"] = "2021-01-01"
    assert find(rows, "gcm.absence_limit", "2024-12-31", seat="ngo-1").value == 3


@pytest.mark.parametrize(
    ("seat_", "by", "expected_"),
    [
        ("workers-1", "ituc", "yes"),
        ("workers-1", "International Trade Union Confederation", "yes"),
        ("workers-2", "Confédération syndicale internationale (CSI)", "yes"),
        ("workers-2", "csi", "yes"),
        ("workers-3", "ioe", "no"),
        ("workers-3", "somebody", "no"),
        ("workers-3", "workers", "no"),
        ("employers-1", "IOE", "yes"),
        ("employers-1", "OIE", "yes"),
        ("employers-1", "ngo_forum", "no"),
        ("ngo-1", "NGO forum", "yes"),
        ("ngo-1", "Forum des ONG de l’Alliance 8.7", "yes"),
        ("ngo-1", "ITUC", "no"),
        ("region-1", "regional_group", "yes"),
        ("region-1", "African States", "yes"),
        ("region-1", "WEOG", "yes"),
        ("region-1", "ITUC", "no"),
        ("chair", "governments", "yes"),
        ("vice-chair", "governments by consensus", "yes"),
        ("chair", "secretariat", "no"),
        ("partner-1", "own group", "yes"),
        ("partner-1", "development_partners", "yes"),
        ("partner-1", "ITUC", "no"),
        ("partner-1", "its ministry", "ask"),
        ("un-igo-1", "its head", "ask"),
        ("partner-1", None, "not_applicable"),
        ("un-igo-1", None, "not_applicable"),
        ("ngo-1", None, "ask"),
        ("ngo-1", "   ", "ask"),
    ],
)
def test_who_may_name_whom(seat_: str, by: str | None, expected_: str) -> None:
    """TR-SEAT-1, in any language and spelling; where it names nobody the group is free."""
    rows = [seat(seat_, "2023-01-01", **({} if by is None else {"named_by": by}))]
    assert answer(rows, "gcm.nominated", "2024-05-02", seat=seat_) == expected_


@pytest.mark.parametrize("capacity", ["action_group_chair", "mandate", "host of a group"])
def test_un_bodies_sit_in_a_capacity(capacity: str) -> None:
    """As chair of an action group, or because of their mandate; the record says which."""
    rows = [seat("un-igo-2", "2023-01-01", capacity=capacity)]
    found = find(rows, "gcm.nominated", "2024-05-02", seat="un-igo-2")
    assert str(found.answer) == "yes"
    assert str(found.because[0].args["capacity"]) == capacity
    assert (
        answer(
            [seat("partner-1", "2023-01-01", capacity=capacity)],
            "gcm.nominated",
            "2024-05-02",
            seat="partner-1",
        )
        == "not_applicable"
    )


def appointed(on: str, **fields: object) -> dict:
    return decided("appoint_chair", on, meeting=18, consensus=True, quorum=True, **fields)


def keys(rows: list[dict], seat_: str = "chair", **more: object) -> list[str]:
    found = find(rows, "gcm.nominated", "2024-05-02", seat=seat_, **more)
    return [reason.key for reason in found.because]


def test_the_approval_belongs_to_the_holder_it_came_before() -> None:
    """Between the last holder's taking the seat and this one's, on the very day included."""
    chair = [
        seat("chair", "2021-01-01", holder="A"),
        seat("chair", "2023-11-01", named_by="governments"),
    ]
    assert "appointment_decided" in keys([*chair, appointed("2023-11-01")])
    assert "appointment_decided" in keys([*chair, appointed("2021-01-02")])
    assert "appointment_missing" in keys([*chair, appointed("2021-01-01")])
    assert "appointment_missing" in keys([*chair, appointed("2023-11-02")])
    assert "appointment_not_on_file" in keys(chair, coverage=NONE)
    assert "appointment_missing" in keys(
        [*chair, decided("other", "2023-10-01", meeting=18, consensus=True)]
    )


def test_of_two_approvals_the_last_counts() -> None:
    """A first vote without quorum and a second one with it."""
    chair = seat("chair", "2023-11-01", named_by="governments")
    first = decided("appoint_chair", "2023-05-01", meeting=17, consensus=True, quorum=False)
    assert "appointment_decided" in keys([chair, first, appointed("2023-10-10")])
    assert "appointment_invalid" in keys([chair, first])


def test_the_approval_is_judged_by_the_attendance_of_its_meeting() -> None:
    """Of that meeting, not of another."""
    chair = seat("chair", "2023-11-01", named_by="governments")
    vote = decided("appoint_chair", "2023-10-10", meeting=18, consensus=True)
    there = [was(s, "present", 18, "2023-10-10") for s in SEATS]
    nobody = [was("chair", "apology", 17, "2023-05-10")]
    rows = [chair, held(18, "2023-10-10"), vote, *nobody]
    members = full("2020-01-01", without=["chair"])
    assert "quorum_not_recorded" in keys([*rows, *members])
    assert "quorum_not_recorded" not in keys([*rows, *members, *there])


def test_only_chair_and_vice_chair_need_an_approval() -> None:
    """The other seats are named, and that is all."""
    rows = [seat("workers-1", "2023-11-01", named_by="ituc")]
    assert keys(rows, "workers-1") == ["named_by_right_body"]
