"""Facts that cannot both be true are refused at entry, and nothing else is."""

from pathlib import Path

import pytest
from council import decided, entries, full, held, seat, was
from hypothesis import given
from hypothesis import strategies as st

from a87lib.cases.running import numbered
from a87lib.intake import read_shelf
from a87lib.language import LANGUAGES, told
from a87lib.rules import contradictions


def on(kind: str, day: str, **fields: object) -> dict:
    row = {"kind": kind, "happened_on": day, "country": "QMA", "cycle": 2022, **fields}
    return row


def codes(*rows: dict) -> list[str]:
    return [problem.code for problem in contradictions([], entries(rows))]


RECEIVED = on("report_received", "2022-05-10")
SEATED = seat("ngo-1", "2020-01-01")
MEETING = held(19, "2024-05-02")


def left(day: str) -> dict:
    return {"kind": "seat_left", "seat": "ngo-1", "happened_on": day}


def decision(day: str = "2024-05-02", **fields: object) -> dict:
    return decided("governance", day, meeting=19, consensus=True, **fields)


REFUSED = [
    ("finalised_before_received", [RECEIVED, on("report_finalised", "2022-05-09")]),
    ("comments_before_report", [RECEIVED, on("comments_sent", "2022-05-09")]),
    (
        "reply_before_comments",
        [on("comments_sent", "2022-06-10"), on("reply_received", "2022-06-09")],
    ),
    (
        "published_before_final",
        [on("report_finalised", "2022-08-10"), on("report_published", "2022-08-09")],
    ),
    (
        "ends_before_it_starts",
        [
            {
                "kind": "workshop_held",
                "country": "QMA",
                "happened_on": "2022-03-05",
                "until": "2022-03-04",
            }
        ],
    ),
    ("seat_held_twice", [SEATED, seat("ngo-1", "2023-01-01", holder="other")]),
    ("seat_left_twice", [SEATED, left("2023-01-01"), left("2023-02-01")]),
    ("meeting_held_twice", [MEETING, held(19, "2024-05-03")]),
    ("meeting_held_twice", [SEATED, MEETING, left("2024-01-01"), held(19, "2024-05-01")]),
    ("seat_not_held", [MEETING, was("ngo-1", "present", 19, "2024-05-02")]),
    (
        "attendance_twice",
        [
            SEATED,
            MEETING,
            was("ngo-1", "present", 19, "2024-05-02"),
            was("ngo-1", "absent", 19, "2024-05-02"),
        ],
    ),
    ("attendance_at_meeting_not_held", [SEATED, was("ngo-1", "absent", 19, "2024-05-02")]),
    ("attendance_at_meeting_not_held", [SEATED, was("ngo-1", "present", 19, "2024-05-02")]),
    ("decision_at_meeting_not_held", [decision()]),
    (
        "minutes_of_meeting_not_held",
        [{"kind": "minutes_sent", "meeting": 19, "happened_on": "2024-05-20"}],
    ),
    (
        "minutes_of_meeting_not_held",
        [{"kind": "item_minuted", "meeting": 19, "happened_on": "2024-05-02", "item": "I"}],
    ),
    ("decision_at_meeting_not_held", [MEETING, decision("2024-05-01")]),
    ("seat_not_held", [SEATED, MEETING, decision(present=["ngo-1", "chair"])]),
    (
        "seat_not_held",
        [SEATED, left("2024-05-01"), MEETING, was("ngo-1", "absent", 19, "2024-05-02")],
    ),
]
ALLOWED = [
    [RECEIVED, on("report_finalised", "2022-05-10"), on("comments_sent", "2022-05-10")],
    [RECEIVED, on("report_finalised", "2022-05")],
    [on("report_finalised", "2022-05-09")],
    [RECEIVED, on("report_finalised", "2022-05-09", cycle=2021)],
    [RECEIVED, on("report_finalised", "2022-05-09", country="QMB")],
    [RECEIVED, on("report_received", "2022-04-10"), on("report_finalised", "2022-05-09")],
    [on("comments_sent", "2022-06-10"), on("reply_received", "2022-06-10")],
    [on("report_finalised", "2022-08-10"), on("report_published", "2022-08-10")],
    [
        {
            "kind": "workshop_held",
            "country": "QMA",
            "happened_on": "2022-03-05",
            "until": "2022-03-05",
        }
    ],
    [{"kind": "workshop_held", "country": "QMA", "happened_on": "2022-03", "until": "2022-03-04"}],
    [{"kind": "coverage_declared", "happened_on": "2024-02-01", "until": "2024-01-31"}],
    [SEATED, seat("ngo-1", "2023-01-01")],
    [SEATED, left("2023-01-01"), seat("ngo-1", "2023-01-01", holder="other")],
    [SEATED, seat("ngo-1", "2023-01-01", holder="other"), left("2023-01-01")],
    [SEATED, seat("ngo-2", "2023-01-01", holder="other")],
    [left("2023-01-01")],
    [MEETING, held(19, "2024-05")],
    [MEETING, held(20, "2024-11-06")],
    [
        SEATED,
        MEETING,
        was("ngo-1", "present", 19, "2024-05-02"),
        was("ngo-1", "present", 19, "2024-05-02"),
    ],
    [SEATED, was("ngo-1", "apology", 19, "2024-04-20")],
    [SEATED, left("2024-05-02"), MEETING, was("ngo-1", "present", 19, "2024-05-02")],
    [MEETING, decision(present=["chair"])],
    [held(19, "2024-05"), decision("2024-05-02")],
    [MEETING, decision("2024-05-03")],
    [decided("grant_status", "2019-06-01", country="QMA", consensus=True, quorum=True)],
]


@pytest.mark.parametrize(
    ("code", "rows"), REFUSED, ids=[f"{n}-{c}" for n, (c, _) in enumerate(REFUSED)]
)
def test_a_contradiction_is_named(code: str, rows: list[dict]) -> None:
    """One problem, with its place, told in three languages with how to put it right."""
    found = contradictions([], entries(rows), {len(rows): "facts.yaml:7"})
    assert [problem.code for problem in found] == [code]
    assert found[0].where == "facts.yaml:7"
    for language in LANGUAGES:
        text = told(found[0], language)
        assert text.startswith("facts.yaml:7: ") and "{" not in text


@pytest.mark.parametrize("rows", ALLOWED, ids=range(len(ALLOWED)))
def test_what_can_be_true_is_not_refused(rows: list[dict]) -> None:
    """The same day, days not known, other countries, cycles, seats and meetings."""
    assert codes(*rows) == []


@pytest.mark.parametrize(
    ("code", "rows"), REFUSED, ids=[f"{n}-{c}" for n, (c, _) in enumerate(REFUSED)]
)
def test_it_is_told_when_the_second_fact_comes_and_not_again(code: str, rows: list[dict]) -> None:
    """A contradiction that was on file before is not held against new facts."""
    all_ = entries(rows)
    assert [p.code for p in contradictions(all_[:-1], all_[-1:])] == [code]
    later = entries([*rows, on("evidence_received", "2024-01-01")])
    assert contradictions(later[:-1], later[-1:]) == []


def test_a_contradiction_names_what_contradicts() -> None:
    """Both entries by their numbers and days, the seat and the meeting where there are any."""
    order, twice = (
        contradictions([], entries(rows))[0].args
        for rows in (
            [RECEIVED, on("report_finalised", "2022-05-09")],
            [MEETING, held(19, "2024-05-03")],
        )
    )
    assert (order["no"], order["other"], order["country"], order["cycle"]) == (2, 1, "QMA", 2022)
    assert (str(order["when"]), str(order["other_when"])) == ("2022-05-09", "2022-05-10")
    assert (twice["meeting"], twice["no"], twice["other"]) == (19, 2, 1)
    lone = contradictions([], entries([decision()]))[0].args
    assert (lone["no"], lone["meeting"], "other" in lone) == (1, 19, False)
    absent = contradictions([], entries([MEETING, was("ngo-1", "absent", 19, "2024-05-02")]))[0]
    assert (absent.args["seat"], absent.args["meeting"], absent.where) == ("ngo-1", 19, "")


def test_a_correction_puts_it_right() -> None:
    """The wrong day is corrected in the same batch, or the wrong fact withdrawn."""
    wrong = on("report_finalised", "2022-05-09", id="a")
    right = on("report_finalised", "2022-06-09", corrects="a", recorded_at="2022-07-01")
    assert codes(RECEIVED, wrong, right) == []
    withdrawn = {
        "kind": "report_finalised",
        "country": "QMA",
        "cycle": 2022,
        "corrects": "a",
        "withdrawn": True,
        "recorded_at": "2022-07-01",
    }
    assert codes(RECEIVED, wrong, withdrawn) == []
    assert codes(RECEIVED, wrong) == ["finalised_before_received"]


def test_a_correction_can_contradict() -> None:
    """A report first entered for May, corrected to July, after it had been made final in June."""
    rows = [
        on("report_received", "2022-05-10", id="a"),
        on("report_finalised", "2022-06-10"),
        on("report_received", "2022-07-10", corrects="a", recorded_at="2022-08-01"),
    ]
    told_ = entries(rows)
    found = contradictions(told_[:2], told_[2:])
    assert [problem.code for problem in found] == ["finalised_before_received"]


def test_every_contradiction_is_told_at_once() -> None:
    """Not only the first one."""
    rows = [
        RECEIVED,
        on("report_finalised", "2022-05-09"),
        decision(),
        SEATED,
        seat("ngo-1", "2023-01-01", holder="x"),
    ]
    assert sorted(codes(*rows)) == [
        "decision_at_meeting_not_held",
        "finalised_before_received",
        "seat_held_twice",
    ]


def test_an_apology_before_the_meeting_hides_nothing_else() -> None:
    """What comes after it in the file is looked at all the same."""
    apology = was("ngo-1", "apology", 20, "2024-04-20")
    late = {"kind": "minutes_sent", "meeting": 20, "happened_on": "2024-05-20"}
    assert codes(SEATED, apology, late) == ["minutes_of_meeting_not_held"]


def test_a_decision_with_two_seats_that_nobody_holds_is_told_twice() -> None:
    """Each seat by its name."""
    found = contradictions([], entries([SEATED, MEETING, decision(present=["chair", "region-1"])]))
    assert [problem.found for problem in found] == ["chair", "region-1"]


@given(st.permutations(range(6)))
def test_the_order_of_facts_in_a_file_does_not_matter(order: list[int]) -> None:
    """A file may tell of the attendance first and of the seats last."""
    rows = [
        *full(without=["ngo-1"])[:2],
        SEATED,
        MEETING,
        was("ngo-1", "present", 19, "2024-05-02"),
        decision(present=["ngo-1"]),
    ]
    assert codes(*[rows[n] for n in order]) == []


@pytest.mark.parametrize("folder", ["exercise", "pathfinders"])
def test_the_data_we_ship_do_not_contradict_themselves(project: Path, folder: str) -> None:
    """Neither the exercise nor the public facts, corrections applied."""
    shelf = read_shelf(project / "data" / folder)
    assert shelf.facts
    assert contradictions([], numbered(shelf.facts)) == []
