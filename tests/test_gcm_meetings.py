"""Meetings, observers, minutes, groups, and asking about all of them (TR-MEET-1, TR-MIN-1)."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from council import (
    ALL,
    NONE,
    answer,
    archive,
    called,
    decided,
    entries,
    find,
    full,
    fw,
    held,
    seat,
    was,
)
from hypothesis import given
from hypothesis import strategies as st

from a87lib.countryfile import Archive, Coverage, Declaration
from a87lib.meetingfile import (
    groups,
    held_by,
    meeting_of,
    meetings,
    next_called,
    partners,
    planned_on,
)
from a87lib.rules import (
    RULES,
    council_file,
    findings_for_council,
    findings_for_meeting,
    meetings_on_file,
)
from a87lib.rules.years import anniversary, years_before

days = st.dates(date(2022, 12, 20), date(2024, 1, 12))


@given(st.lists(days, max_size=5), days)
def test_two_meetings_in_a_calendar_year(on: list[date], asof: date) -> None:
    """yes with two held by the day; no only once the year is over; too early until then."""
    rows = [held(no, day.isoformat()) for no, day in enumerate(on, start=1)]
    found = find(rows, "gcm.meetings_held", asof.isoformat(), year=2023)
    count = sum(1 for day in on if day.year == 2023 and day <= asof)
    over = asof > date(2023, 12, 31)
    assert found.value == count
    assert str(found.answer) == ("yes" if count >= 2 else "no" if over else "too_early")
    if count >= 2:
        assert found.since == sorted(day for day in on if day.year == 2023)[1]


@given(st.lists(days, max_size=5), days)
def test_twelve_months_where_so_read(on: list[date], asof: date) -> None:
    """INT-11 as a switch: the twelve months up to the day asked, whatever the year."""
    using = fw().with_readings({"INT-11": "twelve_months"})
    rows = [held(no, day.isoformat()) for no, day in enumerate(on, start=1)]
    found = find(rows, "gcm.meetings_held", asof.isoformat(), year=asof.year, using=using)
    count = sum(1 for day in on if years_before(asof, 1) < day <= asof)
    assert (found.value, str(found.answer)) == (count, "yes" if count >= 2 else "no")


def test_the_first_and_the_last_of_twelve_months() -> None:
    """A year back to the day does not count, the day after does, and so does the day asked."""
    using = fw().with_readings({"INT-11": "twelve_months"})
    for on, count in (("2023-05-02", 0), ("2023-05-03", 1), ("2024-05-02", 1)):
        found = find([held(1, on)], "gcm.meetings_held", "2024-05-02", year=2024, using=using)
        assert found.value == count, on


def test_meetings_a_year_are_a_parameter_in_force_from_its_first_day() -> None:
    """What if three were needed? And 2016 is the first year with a norm."""
    rows = [held(1, "2016-03-01"), held(2, "2016-09-01")]
    assert answer(rows, "gcm.meetings_held", "2017-01-01", year=2016) == "yes"
    three = fw().with_values({"gcm.meetings_per_year": 3})
    found = find(rows, "gcm.meetings_held", "2017-01-01", year=2016, using=three)
    assert str(found.answer) == "no"
    assert [r.args["count"] for r in found.because if r.key == "meetings_lacking"] == [1]
    assert answer(rows, "gcm.meetings_held", "2017-01-01", year=2015) == "not_applicable"


def test_a_meeting_is_held_by_whatever_tells_of_it() -> None:
    """Presence, a decision or a minuted item tells it; an apology or a call does not."""
    on = "2024-05-02"
    telling = [
        was("chair", "present", 1, on),
        was("chair", "absent", 2, on),
        decided("other", on, meeting=3),
        {"kind": "item_minuted", "meeting": 4, "happened_on": on, "item": "I"},
        held(5, on),
    ]
    silent = [
        was("chair", "apology", 6, on),
        called(7, on),
        {"kind": "minutes_sent", "meeting": 8, "happened_on": on},
    ]
    file = council_file(archive([*telling, *silent]), date(2024, 6, 1))
    assert [m.no for m in held_by(file)] == [1, 2, 3, 4, 5]
    told = {m.no: m.held for m in meetings(file)}
    assert told == {1: True, 2: True, 3: True, 4: True, 5: True, 7: False}
    assert all(m.on == date(2024, 5, 2) for m in held_by(file))
    assert meeting_of(file, 6) is None


def test_the_day_of_holding_goes_before_other_days() -> None:
    """The meeting was on the day on which it is on file as held."""
    rows = [
        decided("other", "2024-05-03", meeting=1),
        held(1, "2024-05-02"),
        called(1, "2024-03-01"),
    ]
    found = meeting_of(council_file(archive(rows), date(2024, 6, 1)), 1)
    assert found is not None and found.on == date(2024, 5, 2)


def test_meetings_held_come_in_order_of_days() -> None:
    """Also where their numbers do not."""
    rows = [held(1, "2024-05-02"), held(2, "2023-05-02"), held(3, "2024-05-02")]
    file = council_file(archive(rows), date(2024, 6, 1))
    assert [m.no for m in held_by(file)] == [2, 1, 3]


@pytest.mark.parametrize(
    ("starts_at", "expected"),
    [
        ("2024-11-06", date(2024, 11, 6)),
        ("2024-11-06T14:00", date(2024, 11, 6)),
        (datetime(2024, 11, 6, 14, tzinfo=UTC), date(2024, 11, 6)),
        (date(2024, 11, 6), date(2024, 11, 6)),
        ("14:00", date(2024, 5, 2)),
        (None, date(2024, 5, 2)),
    ],
)
def test_the_day_for_which_a_meeting_is_called(starts_at: object, expected: date) -> None:
    """starts_at says it; without it the day of the entry is meant."""
    row = called(20, "2024-05-02", **({} if starts_at is None else {"starts_at": starts_at}))
    assert planned_on(entries([row])[0]) == expected


def test_the_next_meeting_called_is_the_nearest_after_the_day() -> None:
    """Called twice, the last call counts; the day asked is not after itself."""
    rows = [
        called(21, "2024-03-01", starts_at="2024-12-01"),
        called(20, "2024-03-01", starts_at="2024-06-01"),
        called(20, "2024-04-01", starts_at="2024-07-01"),
    ]
    file = council_file(archive(rows), date(2024, 6, 1))
    found = next_called(file)
    assert found is not None and (found.no, found.on) == (20, date(2024, 7, 1))
    later = next_called(file.as_of(date(2024, 7, 1)))
    assert later is not None and later.no == 21
    assert next_called(file.as_of(date(2024, 12, 1))) is None


def test_a_call_entered_long_after_its_meeting_is_not_known_before() -> None:
    """Only a call entered under the meeting's own day is taken as made before."""
    rows = [called(20, "2024-06-01", starts_at="2024-05-01")]
    assert meetings(council_file(archive(rows), date(2024, 4, 15))) == []
    found = find(rows, "gcm.quorum", "2024-06-01", meeting=20)
    assert (str(found.answer), found.because[0].entries) == ("not_applicable", (1,))


def test_the_entry_that_calls_or_holds_a_meeting_is_named() -> None:
    """As the reason that it is to come, or that nobody recorded who was there."""
    to_come = find([called(20, "2024-11-06")], "gcm.quorum", "2024-06-01", meeting=20)
    assert to_come.because[0].entries == (1,)
    no_list = find([held(20, "2024-05-02")], "gcm.quorum", "2024-06-01", meeting=20)
    assert no_list.because[0].entries == (1,)
    counted = find([held(1, "2023-05-02")], "gcm.meetings_held", "2024-06-01", year=2023)
    assert counted.because[0].entries == (1,)


def test_minutes_are_expected_within_days_that_are_a_parameter() -> None:
    """What if ten days were given?"""
    ten = fw().with_values({"gcm.minutes_days": 10})
    rows = [held(19, "2024-05-02")]
    assert answer(rows, "gcm.minutes_sent", "2024-05-12", meeting=19, using=ten) == "too_early"
    found = find(rows, "gcm.minutes_sent", "2024-05-13", meeting=19, using=ten)
    assert (str(found.answer), found.value) == ("no", date(2024, 5, 12))


@given(st.integers(-3, 45), st.integers(-3, 45))
def test_minutes_sent_too_early_or_missing(sent: int, asked: int) -> None:
    """By the day asked they are sent, or still expected, or missing."""
    day = date(2024, 5, 2)
    asof = day + timedelta(days=asked)
    on = day + timedelta(days=sent)
    rows = [held(19, day.isoformat())]
    rows += [{"kind": "minutes_sent", "meeting": 19, "happened_on": on.isoformat()}]
    found = find(rows, "gcm.minutes_sent", asof.isoformat(), meeting=19)
    expected = "yes" if sent <= asked else "too_early" if asked <= 30 else "no"
    assert str(found.answer) == expected
    if expected == "yes":
        late = sent > 30
        key = "minutes_sent_late" if late and asked >= 0 else "minutes_sent"
        assert found.because[0].key == key
        assert found.because[0].args["due"] == (date(2024, 6, 1) if asked >= 0 else "")


def test_the_declaration_of_coverage_is_named_as_a_reason() -> None:
    """That minutes are missing rests on the entry that says the register is complete."""
    coverage = Coverage((Declaration(entry=77),))
    found = find(
        [held(19, "2024-05-02")], "gcm.minutes_sent", "2024-08-01", meeting=19, coverage=coverage
    )
    assert found.because[0].entries == (77,)
    found = find([], "gcm.meetings_held", "2024-08-01", year=2023, coverage=coverage)
    assert found.because[-1].entries == (77,)


def invited(**fields: object) -> dict:
    return {
        "kind": "observer_invited",
        "meeting": 19,
        "happened_on": "2024-04-01",
        "who": "Forum",
        **fields,
    }


@given(st.integers(-20, 20), st.integers(-20, 20), st.integers(-20, 20))
def test_observers_by_the_day_of_the_meeting(interest: int, told: int, asked: int) -> None:
    """Both told by the day of the meeting, as of the day asked."""
    day = date(2024, 5, 2)

    def on(offset: int) -> str:
        return (day + timedelta(days=offset)).isoformat()

    rows = [
        called(19, "2024-03-01", starts_at=on(0)),
        invited(interest_told_on=on(interest), gcm_told_on=on(told)),
    ]
    found = answer(rows, "gcm.observers", on(asked), meeting=19)
    if max(interest, told) > 0:
        assert found == "no"
    else:
        assert found == ("yes" if max(interest, told) <= asked else "too_early")


def test_of_an_imprecise_day_the_last_one_counts_where_so_read() -> None:
    """INT-12 as a switch holds for the days inside an entry too."""
    rows = [held(19, "2024-05-15"), invited(interest_told_on="2024-03", gcm_told_on="2024-05")]
    last = fw().with_readings({"INT-12": "last_day"})
    assert answer(rows, "gcm.observers", "2024-06-03", meeting=19) == "ask"
    assert answer(rows, "gcm.observers", "2024-06-03", meeting=19, using=last) == "no"
    first = [held(19, "2024-05-01"), rows[1]]
    assert answer(first, "gcm.observers", "2024-06-03", meeting=19) == "ask"
    after = [held(19, "2024-04-30"), rows[1]]
    assert answer(after, "gcm.observers", "2024-06-03", meeting=19) == "no"


def test_observers_of_a_meeting_without_a_day() -> None:
    """Whoever told by the day asked has told; what is not told can still be."""
    rows = [invited(interest_told_on="2024-03-01", gcm_told_on="2024-04-01")]
    assert answer(rows, "gcm.observers", "2024-05-02", meeting=19) == "yes"
    assert (
        answer([invited(gcm_told_on="2024-06-01")], "gcm.observers", "2024-05-02", meeting=19)
        == "too_early"
    )


@pytest.mark.parametrize("other", [18, 20])
def test_observers_and_minutes_of_another_meeting_are_its_own(other: int) -> None:
    """What was done for the meeting before or after is not done for this one."""
    rows = [held(19, "2024-05-02"), {**invited(), "meeting": other}]
    rows.append({"kind": "minutes_sent", "meeting": other, "happened_on": "2024-05-20"})
    assert answer(rows, "gcm.observers", "2024-07-02", meeting=19) == "not_applicable"
    assert answer(rows, "gcm.minutes_sent", "2024-07-02", meeting=19) == "no"


def created(name: str = "G", **fields: object) -> dict:
    row = {
        "kind": "group_created",
        "happened_on": "2024-05-02",
        "name": name,
        "group_kind": "action",
    }
    return {**row, **fields}


def test_a_stated_lack_of_results_is_a_lack_in_any_register() -> None:
    """results: false says so; silence does not, where the register is not complete."""
    stated = [created(results=False, ends_on="2026")]
    silent = [created(ends_on="2026")]
    assert answer(stated, "gcm.group_time_bound", "2024-06-01", coverage=NONE) == "no"
    assert answer(silent, "gcm.group_time_bound", "2024-06-01", coverage=NONE) == "ask"
    assert answer(silent, "gcm.group_time_bound", "2024-06-01", coverage=ALL) == "no"


def test_a_group_known_by_its_work_plan_alone_is_asked_about() -> None:
    """Its creation is not on file."""
    rows = [
        {
            "kind": "work_plan_item",
            "happened_on": "2024-05-02",
            "group": "G",
            "title": "Study",
            "state": "ongoing",
        }
    ]
    found = find(rows, "gcm.group_time_bound", "2024-06-01", group="G")
    assert (str(found.answer), found.value, found.because[0].entries) == ("ask", "G", (1,))


def test_a_group_revived_before_its_end_keeps_it() -> None:
    """Only an end that lies before the revival is none."""
    for on, expected in (("2025-05-01", "yes"), ("2025-05-02", "no")):
        rows = [
            created(results=["A guide"], ends_on="2025-05-01"),
            decided("close_group", "2024-07-01", meeting=20, group="G"),
            decided("reactivate_group", on, meeting=22, group="G"),
        ]
        assert answer(rows, "gcm.group_time_bound", "2026-01-01") == expected


def test_what_is_said_beside_a_group() -> None:
    """That no decision created it, and that its end has passed."""
    rows = [created(results=["A guide"], ends_on="2025-05-01")]
    keys = [r.key for r in find(rows, "gcm.group_time_bound", "2025-05-01").because]
    assert "group_decision_not_on_file" in keys and "group_end_passed" not in keys
    rows.append(decided("create_group", "2024-05-02", meeting=19, group="G"))
    keys = [r.key for r in find(rows, "gcm.group_time_bound", "2025-05-02").because]
    assert "group_decision_not_on_file" not in keys and "group_end_passed" in keys


def test_groups_and_partners_on_file() -> None:
    """Groups by name with proposal, decisions and plan; partners by type."""
    rows = [
        {"kind": "group_proposed", "happened_on": "2024-03-02", "name": "B"},
        created("A"),
        {
            "kind": "work_plan_item",
            "happened_on": "2024-05-03",
            "group": "A",
            "title": "Study",
            "state": "ongoing",
        },
        decided("governance", "2024-05-02", meeting=19, group="A"),
        decided("create_group", "2024-05-02", meeting=19, group="A"),
        {"kind": "partner_joined", "happened_on": "2024-05-03", "name": "Union", "type": "workers"},
        {
            "kind": "partner_joined",
            "happened_on": "2024-05-03",
            "name": "Institute",
            "type": "academia",
        },
        {
            "kind": "partner_joined",
            "happened_on": "2024-05-04",
            "name": "Federation",
            "type": "workers",
        },
    ]
    file = council_file(archive(rows), date(2024, 6, 1))
    first, second = groups(file)
    assert (first.name, first.created is not None, len(first.plan), len(first.decided)) == (
        "A",
        True,
        1,
        1,
    )
    assert (second.name, second.created, second.proposed is not None, second.closed) == (
        "B",
        None,
        True,
        None,
    )
    assert {k: [e.body.name for e in v] for k, v in partners(file).items()} == {
        "academia": ["Institute"],
        "workers": ["Union", "Federation"],
    }


MIXED = [
    *full("2021-06-10"),
    held(17, "2023-03-14"),
    held(18, "2023-10-10"),
    *[was(s, "present" if n % 3 else "absent", 18, "2023-10-10") for n, s in enumerate(fw().seats)],
    {"kind": "seat_left", "happened_on": "2024-02", "seat": "ngo-2"},
    decided("governance", "2023-10-10", meeting=18, consensus=True),
    called(19, "2024-01-10", starts_at="2024-06-12"),
    {
        "kind": "agenda_set",
        "meeting": 19,
        "happened_on": "2024-02-02",
        "items": [{"no": "I", "title": "a"}],
    },
    invited(gcm_told_on="2024-04-15"),
    created(results=["A guide"]),
]


def everything(found: Archive, asof: date) -> list:
    findings = findings_for_council(found, asof, fw())
    return findings + [f for n in (17, 18, 19) for f in findings_for_meeting(found, n, asof, fw())]


@given(st.randoms(use_true_random=False), st.dates(date(2023, 1, 1), date(2024, 12, 31)))
def test_the_order_in_which_entries_are_read_does_not_matter(
    rng: random.Random, asof: date
) -> None:
    """The same entries in any order give the same findings."""
    told = entries(MIXED)
    shuffled = list(told)
    rng.shuffle(shuffled)
    first, second = (Archive(each, coverage=ALL) for each in (told, shuffled))
    assert everything(first, asof) == everything(second, asof)


@given(st.dates(date(2023, 1, 1), date(2024, 12, 31)))
def test_an_entry_about_a_country_changes_nothing(asof: date) -> None:
    """A report of a country says nothing about the GCM."""
    rows = [
        *MIXED,
        {"kind": "report_received", "country": "QMA", "cycle": 2024, "happened_on": "2024-04-20"},
    ]
    assert everything(archive(rows), asof) == everything(archive(MIXED), asof)


@given(st.dates(date(2023, 1, 1), date(2024, 12, 31)))
def test_what_is_known_at_the_day_asked_is_what_had_happened(asof: date) -> None:
    """Entries recorded on the day they happened add nothing to what is asked of an earlier day."""
    known = datetime(asof.year, asof.month, asof.day, 23, 59, tzinfo=UTC)
    exact = [row for row in MIXED if row["happened_on"] != "2024-02"]
    assert everything(archive(exact, known_at=known), asof) == everything(archive(exact), asof)


def test_all_rules_are_asked_about_a_meeting_and_about_the_gcm() -> None:
    """Each rule of a meeting once; seats one by one; this year and the last; each group."""
    found = archive(MIXED)
    asof = date(2024, 5, 2)
    of_meeting = findings_for_meeting(found, 18, asof, fw())
    assert [f.rule for f in of_meeting] == [r.id for r in RULES.values() if r.of == "meeting"]
    assert {f.subject for f in of_meeting} == {"meeting 18"}
    assert {f.meeting for f in of_meeting} == {18}
    of_council = findings_for_council(found, asof, fw())
    assert {f.subject for f in of_council} == {"gcm"} and {f.meeting for f in of_council} == {None}
    for rule in ("gcm.term_ending", "gcm.absence_limit", "gcm.nominated"):
        assert [f.seat for f in of_council if f.rule == rule] == list(fw().seats)
    assert [f.year for f in of_council if f.rule == "gcm.meetings_held"] == [2023, 2024]
    assert [f.group for f in of_council if f.rule == "gcm.group_time_bound"] == ["G"]
    assert [f.rule for f in of_council].count("gcm.seats") == 1
    assert meetings_on_file(found, asof) == [17, 18, 19]
    without = findings_for_council(archive([]), asof, fw())
    assert [f.group for f in without if f.rule == "gcm.group_time_bound"] == [None]


def test_a_file_can_be_opened_on_another_day_and_at_another_meeting() -> None:
    """The same entries, another question; what was done is undone by leaving an entry out."""
    file = council_file(
        archive([held(1, "2024-05-02"), held(2, "2024-11-06")]), date(2024, 6, 1), 1
    )
    assert (file.subject, file.about(2).subject, file.about(None).subject) == (
        "meeting 1",
        "meeting 2",
        "gcm",
    )
    assert [m.no for m in held_by(file.as_of(date(2024, 12, 1)))] == [1, 2]
    assert held_by(file.without([1])) == []
    assert file.as_of(date(2024, 12, 1)).meeting == 1


def test_known_at_hides_what_was_recorded_later() -> None:
    """Seen from May, a meeting recorded in June is not there."""
    rows = [held(1, "2024-05-02", recorded_at="2024-06-01")]
    known = datetime(2024, 5, 31, tzinfo=UTC)
    assert held_by(council_file(archive(rows, known_at=known), date(2024, 6, 30))) == []
    assert len(held_by(council_file(archive(rows), date(2024, 6, 30)))) == 1


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 9))
def test_years_are_counted_from_day_to_day(day: date, years: int) -> None:
    """The same day in another year; 29 February becomes 1 March ahead, 28 February behind."""
    ahead, behind = anniversary(day, years), years_before(day, years)
    if (day.month, day.day) != (2, 29):
        assert (ahead.month, ahead.day) == (behind.month, behind.day) == (day.month, day.day)
    assert (ahead.year, behind.year) == (day.year + years, day.year - years)
    assert anniversary(date(2020, 2, 29), 3) == date(2023, 3, 1)
    assert years_before(date(2020, 2, 29), 3) == date(2017, 2, 28)


def test_seats_without_a_holder_are_not_asked_for_who_named_them() -> None:
    """A seat left on the very day is vacant at its end."""
    rows = [
        seat("workers-1", "2023-01-01", named_by="ituc"),
        {"kind": "seat_left", "happened_on": "2024-05-02", "seat": "workers-1"},
    ]
    assert answer(rows, "gcm.nominated", "2024-05-01", seat="workers-1") == "yes"
    assert answer(rows, "gcm.nominated", "2024-05-02", seat="workers-1") == "not_applicable"
