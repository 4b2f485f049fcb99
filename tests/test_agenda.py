"""Agendas: numbers as people write them, slots by the clock, dates (AG-1, AG-2)."""

from datetime import date
from itertools import pairwise

import pytest
from council import NONE, answer, called, find, held
from hypothesis import given
from hypothesis import strategies as st

from a87lib.rules.numerals import numbers, roman
from a87lib.rules.slots import clock, out_of_season

SYMBOLS = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
           (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def written(number: int) -> str:
    """A number as a roman numeral."""
    text = ""
    for value, symbol in SYMBOLS:
        while number >= value:
            text, number = text + symbol, number - value
    return text


@given(st.integers(1, 3999))
def test_roman_numerals_are_read(number: int) -> None:
    """Every numeral that can be written is read as its number, in either case."""
    assert roman(written(number)) == number
    assert numbers([written(number).upper()]) == [(number,)]


@pytest.mark.parametrize("text", ["", "iiii", "vx", "abc", "ic", "iix"])
def test_what_is_no_numeral_is_not_read(text: str) -> None:
    """No guess is made."""
    assert roman(text) is None


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["1", "2.", "3)"], [(1,), (2,), (3,)]),
        (["1.1", "1.2", "1.10"], [(1, 1), (1, 2), (1, 10)]),
        (["A", "B", "C", "D", "I"], [(1,), (2,), (3,), (4,), (9,)]),
        (["I", "V", "X"], [(1,), (5,), (10,)]),
        (["3a", "3b", "3i"], [(3, 1), (3, 2), (3, 9)]),
        (["3.i", "3.ii", "3.v"], [(3, 1), (3, 2), (3, 5)]),
        (["Item 3", "Point IV", "Item V.b"], [(3,), (4,), (5, 2)]),
        (["I", "II", "III.a", "III.b"], [(1,), (2,), (3, 1), (3, 2)]),
        (["extra", "", "–"], [None, None, None]),
        (["III", "III bis", "III ter", "bis"], [(3,), (3, 2), (3, 3), None]),
    ],
)
def test_numbers_as_people_write_them(texts: list[str], expected: list[object]) -> None:
    """Digits, numerals, letters, parts, with or without the word item before them."""
    assert numbers(texts) == expected


def agenda(items: list[dict], **fields: object) -> list[dict]:
    on = fields.pop("on", "2024-04-20")
    return [{"kind": "agenda_set", "meeting": 19, "happened_on": on, "items": items, **fields}]


def numbered(texts: list[str]) -> list[dict]:
    return agenda([{"no": text, "title": "t"} for text in texts])


@given(st.permutations(list(range(1, 7))), st.booleans())
def test_only_the_rising_order_is_in_order(order: list[int], as_roman: bool) -> None:
    """Any other order of the same numbers is a fault, in either script."""
    texts = [written(n) if as_roman else str(n) for n in order]
    found = answer(numbered(texts), "agenda.numbering", "2024-05-02", meeting=19)
    assert found == ("yes" if order == sorted(order) else "no")


@given(st.lists(st.integers(1, 9), min_size=2, max_size=6).map(sorted))
def test_a_number_that_two_items_have_is_a_fault(values: list[int]) -> None:
    """Each number that stands twice is named once, with how many items bear it."""
    found = find(numbered([str(v) for v in values]), "agenda.numbering", "2024-05-02", meeting=19)
    twice = {str(v): values.count(v) for v in values if values.count(v) > 1}
    assert str(found.answer) == ("no" if twice else "yes")
    told = [r for r in found.because if r.key == "agenda_number_twice"]
    assert {r.args["item"]: r.args["count"] for r in told} == twice
    assert len(told) == len(twice)
    skipped = [r for r in found.because if r.key == "agenda_number_skipped"]
    assert len(skipped) == sum(1 for a, b in pairwise(values) if b > a + 1)


def test_a_part_of_a_number_leaves_nothing_out() -> None:
    """Only the numbers themselves are counted on."""
    rows = numbered(["1", "1.3", "2", "2.7", "3"])
    found = find(rows, "agenda.numbering", "2024-05-02", meeting=19)
    assert [reason.key for reason in found.because] == ["agenda_numbered"]


def test_an_unread_number_twice_is_a_fault_all_the_same() -> None:
    """The same words twice are the same words."""
    assert (
        answer(numbered(["extra", "Extra "]), "agenda.numbering", "2024-05-02", meeting=19) == "no"
    )
    assert (
        answer(numbered(["I", "extra", "II"]), "agenda.numbering", "2024-05-02", meeting=19)
        == "ask"
    )


@pytest.mark.parametrize("rule", ["agenda.numbering", "agenda.timing"])
def test_an_agenda_without_items_has_nothing_to_check(rule: str) -> None:
    """Not applicable, not in order."""
    assert answer(agenda([]), rule, "2024-05-02", meeting=19) == "not_applicable"


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("16:08", 968), ("16h08", 968), ("16H08", 968), ("16.08", 968), ("16h", 960), ("16", 960),
        ("4:08 pm", 968), ("4 p.m.", 960), ("12 am", 0), ("12 pm", 720), ("12:30 a.m.", 30),
        ("00:00", 0), ("24:00", 1440), ("24:01", None), ("16:60", None), ("noon", None), ("", None),
        ("16:08:00", 968), ("2024-05-02T16:08", 968), (None, None), ("9:05", 545),
    ],
)  # fmt: skip
def test_clock_times_are_read(text: str | None, minutes: int | None) -> None:
    """In the ways of writing of three languages; anything else is no time."""
    assert clock(text) == minutes


def at(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def test_words_and_letters_before_a_number() -> None:
    """A word before it is left away, a single letter belongs to it; letters count from the a."""
    assert numbers(["No 3", "Item 4", "Point quater"]) == [(3,), (4,), None]
    assert numbers(["A.1", "B.2"]) == [(1, 1), (2, 2)]
    assert numbers(["B.1", "E.2"]) == [None, None]
    assert numbers(["3 bis", "3 ter", "3 quater"]) == [(3, 2), (3, 3), (3, 4)]


@given(st.lists(st.integers(1, 60), min_size=1, max_size=6), st.integers(0, 5), st.integers(-5, 5))
def test_slots_that_follow_on_one_another(lengths: list[int], place: int, shift: int) -> None:
    """In order as long as no slot is moved; moved back they overlap, moved on they leave a gap."""
    items, start = [], 600
    for no, length in enumerate(lengths):
        begins = start + (shift if no == place and no > 0 else 0)
        ends = start + length
        items.append({"no": str(no + 1), "title": "t", "starts": at(begins), "ends": at(ends)})
        start = ends
    found = find(agenda(items), "agenda.timing", "2024-05-02", meeting=19)
    moved = 0 < place < len(lengths) and shift != 0
    if not moved:
        assert (str(found.answer), found.value) == ("yes", sum(lengths))
        return
    assert str(found.answer) == "no"
    keys = {
        r.key: r.args["count"] for r in found.because if r.key in ("agenda_gap", "agenda_overlap")
    }
    assert keys == {"agenda_gap" if shift > 0 else "agenda_overlap": abs(shift)}


@given(st.lists(st.integers(1, 9), max_size=5), st.integers(1, 40))
def test_speakers_fit_into_their_slot_or_do_not(minutes: list[int], slot: int) -> None:
    """More than the slot is a fault; less is said, and no fault."""
    speakers = [{"name": f"S{n}", "minutes": m} for n, m in enumerate(minutes)]
    items = [
        {"no": "1", "title": "t", "starts": "10:00", "ends": at(600 + slot), "speakers": speakers}
    ]
    found = find(agenda(items), "agenda.timing", "2024-05-02", meeting=19)
    assert str(found.answer) == ("no" if sum(minutes) > slot else "yes")
    over = [r.args["count"] for r in found.because if r.key == "agenda_time_left_over"]
    assert over == ([slot - sum(minutes)] if minutes and sum(minutes) < slot else [])


def item(**fields: object) -> dict:
    return {"no": "1", "title": "t", **fields}


def test_a_slot_by_its_minutes_alone() -> None:
    """Without a clock the stated minutes are the slot; with a start they give its end."""
    alone = agenda([item(minutes=35), item(no="2", minutes=12.5)])
    assert find(alone, "agenda.timing", "2024-05-02", meeting=19).value == 47.5
    gap = agenda([item(starts="10:00", minutes=20), item(no="2", starts="10:30", ends="11:00")])
    assert answer(gap, "agenda.timing", "2024-05-02", meeting=19) == "no"
    whole = agenda([item(starts="10:00", minutes=30), item(no="2", starts="10:30", ends="11:00")])
    assert find(whole, "agenda.timing", "2024-05-02", meeting=19).value == 60


def test_what_has_no_end_leaves_no_gap() -> None:
    """Nothing is said of a slot of which only the start is known."""
    rows = agenda([item(starts="10:00"), item(no="2", starts="10:30", ends="11:00")])
    found = find(rows, "agenda.timing", "2024-05-02", meeting=19)
    assert (str(found.answer), found.value) == ("yes", 30)


def test_speakers_without_minutes_are_not_counted() -> None:
    """Who speaks without a limit uses what is there."""
    speakers = [{"name": "A", "minutes": 10}, {"name": "B"}]
    rows = agenda(
        [item(minutes=10, speakers=speakers), item(no="2", minutes=5, speakers=[{"name": "C"}])]
    )
    found = find(rows, "agenda.timing", "2024-05-02", meeting=19)
    assert str(found.answer) == "yes"
    assert "agenda_time_left_over" not in [r.key for r in found.because]


def test_minutes_printed_beside_the_clock() -> None:
    """More than the clock gives is a fault, fewer are said."""
    more = agenda([item(starts="10:00", ends="10:30", minutes=31)])
    fewer = agenda([item(starts="10:00", ends="10:30", minutes=29)])
    assert answer(more, "agenda.timing", "2024-05-02", meeting=19) == "no"
    found = find(fewer, "agenda.timing", "2024-05-02", meeting=19)
    assert str(found.answer) == "yes"
    assert [r.args["count"] for r in found.because if r.key == "agenda_minutes_short"] == [1]


def test_a_slot_of_no_length_is_no_fault() -> None:
    """It ends when it starts, not before."""
    assert (
        answer(
            agenda([item(starts="10:00", ends="10:00")]), "agenda.timing", "2024-05-02", meeting=19
        )
        == "yes"
    )
    reversed_ = find(
        agenda([item(starts="10:00", ends="09:59")]), "agenda.timing", "2024-05-02", meeting=19
    )
    assert (str(reversed_.answer), reversed_.value) == ("no", 0)


@pytest.mark.parametrize(
    ("timezone", "on", "in_force"),
    [
        ("CET", date(2020, 7, 22), "CEST"),
        ("CET", date(2020, 1, 22), None),
        ("CEST", date(2020, 1, 22), "CET"),
        ("CET", date(2024, 3, 30), None),
        ("CET", date(2024, 3, 31), "CEST"),
        ("EST", date(2024, 7, 1), "EDT"),
        ("UTC", date(2024, 7, 1), None),
        ("Europe/Paris", date(2024, 7, 1), None),
        (None, date(2024, 7, 1), None),
    ],
)
def test_winter_time_on_a_summer_day_is_noticed(
    timezone: str | None, on: date, in_force: str | None
) -> None:
    """The name of the other season's time; names without seasons are left alone."""
    assert out_of_season(timezone, on) == in_force


def test_the_season_is_that_of_the_meeting_not_of_the_agenda() -> None:
    """An agenda set in March for a meeting in July."""
    rows = agenda([item(starts="10:00", ends="11:00")], timezone="CET", on="2024-03-01")
    found = find(rows, "agenda.timing", "2024-05-02", meeting=19)
    assert "agenda_timezone_out_of_season" not in [r.key for r in found.because]
    rows.append(called(19, "2024-03-01", starts_at="2024-07-10"))
    found = find(rows, "agenda.timing", "2024-05-02", meeting=19)
    assert "agenda_timezone_out_of_season" in [r.key for r in found.because]
    assert str(found.answer) == "yes"


@given(st.dates(date(2024, 4, 1), date(2024, 6, 1)), st.integers(17, 21))
def test_earlier_meetings_are_dated_before_the_meeting(on: date, meeting: int) -> None:
    """Meetings with a lower number, and no others, bear a date before the day of the meeting."""
    rows = agenda([], refers_to=[{"meeting": meeting, "on": on}])
    rows.append(held(19, "2024-05-02"))
    found = answer(rows, "agenda.dates", "2024-06-10", meeting=19)
    if meeting >= 19:
        assert found == "not_applicable"
    else:
        assert found == ("yes" if on < date(2024, 5, 2) else "no")


def test_without_a_day_of_the_meeting_that_of_the_agenda_is_taken() -> None:
    """An agenda is set by the day of its meeting."""
    rows = agenda([], refers_to=[{"meeting": 18, "on": date(2024, 4, 20)}])
    assert answer(rows, "agenda.dates", "2024-05-02", meeting=19) == "no"
    rows = agenda([], refers_to=[{"meeting": 18, "on": date(2024, 4, 19)}])
    assert answer(rows, "agenda.dates", "2024-05-02", meeting=19) == "yes"


def test_another_day_on_file_is_told_beside() -> None:
    """Only where the meeting is on file as held on another day."""
    rows = agenda([], refers_to=[{"meeting": 18, "on": date(2023, 10, 10)}])
    for day, told in (("2023-10-10", False), ("2023-10-11", True)):
        found = find([*rows, held(18, day)], "agenda.dates", "2024-05-02", meeting=19)
        assert str(found.answer) == "yes"
        assert ("agenda_date_differs" in [r.key for r in found.because]) is told
    found = find([*rows, called(18, "2023-10-11")], "agenda.dates", "2024-05-02", meeting=19)
    assert "agenda_date_differs" not in [r.key for r in found.because]


@pytest.mark.parametrize("rule", ["agenda.numbering", "agenda.timing", "agenda.dates"])
def test_no_agenda_at_all(rule: str) -> None:
    """To come, missing, or not on file."""
    assert answer([called(19, "2024-05-02")], rule, "2024-05-01", meeting=19) == "too_early"
    missing = find([held(19, "2024-05-02")], rule, "2024-05-03", meeting=19)
    assert (str(missing.answer), missing.because[0].args["meeting"]) == ("not_applicable", 19)
    assert answer([held(19, "2024-05-02")], rule, "2024-05-03", meeting=19, coverage=NONE) == "ask"
    other = [{**agenda([])[0], "meeting": 18}, held(19, "2024-05-02")]
    assert answer(other, rule, "2024-05-03", meeting=19, coverage=NONE) == "ask"
