"""What a case may say in short about the GCM, and what is refused (DESIGN, cases)."""

from pathlib import Path

import pytest
from council import fw

from a87lib.cases import read_cases, run
from a87lib.cases.running import entries_of
from a87lib.problems import Problems

HEAD = "- case: C\n  paragraph: TR-DEC-2\n  asof: 2024-05-02\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "c.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    return path


def kinds(folder: Path, text: str) -> dict[str, int]:
    (case,) = read_cases(written(folder, text + "  expect: [{rule: gcm.seats, because: []}]\n"))
    told = [entry.kind for entry in entries_of(case)]
    return {kind: told.count(kind) for kind in sorted(set(told))}


def answers(folder: Path, text: str, expect: str) -> list[str]:
    expectation = expect.replace("}", ", because: []}")
    checks = run(read_cases(written(folder, text + f"  expect: [{expectation}]\n")), fw())
    assert [check.differences for check in checks] == [()] * len(checks)
    return [str(check.finding.answer) for check in checks]


def codes(folder: Path, text: str) -> list[tuple[str, str]]:
    with pytest.raises(Problems) as refused:
        run(read_cases(written(folder, text)), fw())
    return [(problem.code, problem.found) for problem in refused.value.problems]


FIVE = "  attendance: {governments: 9, un_igo: 3, workers: 2, employers: 1, ngos: 1}\n"


def test_a_full_council_and_its_attendance(tmp_path: Path) -> None:
    """32 seats taken, one meeting held, and a record for each seat."""
    found = kinds(tmp_path, "  meeting: 19\n  council: full\n" + FIVE)
    assert found == {"attendance_recorded": 32, "meeting_held": 1, "seat_taken": 32}


def test_attendance_without_a_word_on_the_council(tmp_path: Path) -> None:
    """All seats are taken as held; only `council: none` says that none is."""
    assert kinds(tmp_path, "  meeting: 19\n" + FIVE)["seat_taken"] == 32
    assert answers(tmp_path, "  meeting: 19\n" + FIVE, "{rule: gcm.quorum}") == ["yes"]
    nobody = "  meeting: 19\n  council: none\n" + FIVE
    assert kinds(tmp_path, nobody) == {"attendance_recorded": 16, "meeting_held": 1}


def test_attendance_without_the_number_of_a_meeting(tmp_path: Path) -> None:
    """Some meeting is meant, on the day asked."""
    assert answers(tmp_path, FIVE, "{rule: gcm.quorum}") == ["yes"]


def test_seats_held_are_present_first(tmp_path: Path) -> None:
    """Of a group with a vacant seat, those who hold one are there."""
    left = "  facts: [{kind: seat_left, happened_on: 2024-03-01, seat: ngo-1}]\n"
    text = "  meeting: 19\n  council: full\n" + left + FIVE
    assert answers(tmp_path, text, "{rule: gcm.quorum}") == ["yes"]
    assert kinds(tmp_path, text)["attendance_recorded"] == 31
    all_three = text.replace("ngos: 1", "ngos: 3").replace("governments: 9", "governments: 7")
    assert answers(tmp_path, all_three, "{rule: gcm.quorum, value: 15}") == ["no"]


def test_what_a_case_says_of_a_seat_goes_before_the_short_form(tmp_path: Path) -> None:
    """A full council from before anything in the case; a record of its own stays as it is."""
    own = (
        "  facts:\n"
        "    - {kind: seat_taken, happened_on: 2019-03-01, seat: chair, holder: A}\n"
        "    - {kind: attendance_recorded, happened_on: 2024-05-02, seat: ngo-1,"
        " presence: apology}\n"
    )
    text = "  meeting: 19\n  council: full\n" + own + FIVE.replace("ngos: 1", "ngos: 0")
    assert answers(tmp_path, text, "{rule: gcm.quorum, value: 15}") == ["no"]
    assert answers(tmp_path, text, "{rule: gcm.absence_limit, seat: ngo-1, value: 0}") == ["no"]
    ends = "{rule: gcm.term_ending, seat: chair, value: 2022-02-28}"
    assert answers(tmp_path, text, ends) == ["yes"]


def test_the_meeting_is_on_the_day_that_the_case_says(tmp_path: Path) -> None:
    """Of meeting_held, else of what took place there, else the day asked."""
    by_decision = (
        "  meeting: 19\n  council: full\n" + FIVE + "  facts:\n"
        "    - {kind: decision_made, happened_on: 2024-03-02, subject: other, consensus: true}\n"
    )
    assert answers(tmp_path, by_decision, "{rule: gcm.minutes_sent}") == ["no"]
    by_holding = by_decision + "    - {kind: meeting_held, happened_on: 2024-04-30}\n"
    assert answers(tmp_path, by_holding, "{rule: gcm.minutes_sent}") == ["too_early"]
    assert answers(tmp_path, "  meeting: 19\n" + FIVE, "{rule: gcm.minutes_sent}") == ["too_early"]


def test_a_case_of_a_country_and_a_meeting(tmp_path: Path) -> None:
    """A decision in it is of both; other facts go where they belong."""
    text = (
        "  country: QMA\n  meeting: 19\n  council: full\n" + FIVE + "  facts:\n"
        "    - {kind: interest_expressed, happened_on: 2022-01-01, addressed_to: alliance_chair}\n"
        "    - {kind: decision_made, happened_on: 2024-05-02, subject: grant_status,"
        " consensus: true}\n"
    )
    (case,) = read_cases(written(tmp_path, text + "  expect: [{rule: gcm.seats, because: []}]\n"))
    assert [(f.country, f.meeting) for f in case.facts] == [("QMA", None), ("QMA", 19)]
    assert answers(tmp_path, text, "{rule: gcm.decision_valid}") == ["yes"]


def test_the_meeting_meant_is_the_last_one_by_the_day(tmp_path: Path) -> None:
    """Where the case names none, each fact its own."""
    text = (
        "  facts:\n"
        "    - {kind: meeting_held, meeting: 18, happened_on: 2023-10-10}\n"
        "    - {kind: meeting_held, meeting: 19, happened_on: 2024-05-01}\n"
        "    - {kind: minutes_sent, meeting: 18, happened_on: 2023-10-20}\n"
        "    - {kind: meeting_called, meeting: 20, happened_on: 2024-11-01}\n"
    )
    assert answers(tmp_path, text, "{rule: gcm.minutes_sent}") == ["too_early"]


def test_the_seat_meant_is_the_only_one_in_the_case(tmp_path: Path) -> None:
    """With several, or none, the expectation must say which."""
    taken = "kind: seat_taken, happened_on: 2023-03-01, seat: ngo-1, holder: A, named_by: ngo_forum"
    one = f"  facts: [{{{taken}}}]\n"
    assert answers(tmp_path, one, "{rule: gcm.nominated}") == ["yes"]
    none = "  council: full\n  expect: [{rule: gcm.nominated, because: []}]\n"
    assert codes(tmp_path, none) == [("case_without_seat", "")]


@pytest.mark.parametrize(
    ("text", "code", "found"),
    [
        ("  attendance: {governments: 18}\n", "not_a_number", "18"),
        ("  attendance: {governments: -1}\n", "not_a_number", "-1"),
        ("  attendance: {governments: nine}\n", "not_a_number", "nine"),
        ("  attendance: {ministries: 3}\n", "unknown_code", "ministries"),
        ("  attendance: {chair: asleep}\n", "unknown_code", "asleep"),
        ("  attendance: 16\n", "wrong_type", "16"),
        ("  council: half\n", "unknown_code", "half"),
        ("  year: last\n", "not_a_number", "last"),
        ("  year: 24\n", "not_a_number", "24"),
        ("  meeting: nineteen\n", "not_a_number", "nineteen"),
        ("  meeting: 0\n", "not_a_number", "0"),
        ("  quorum: yes\n", "unknown_field", "quorum"),
    ],
)
def test_what_is_wrong_in_a_case_is_refused_where_it_stands(
    tmp_path: Path, text: str, code: str, found: str
) -> None:
    """With its line, and what was found."""
    assert codes(tmp_path, text + "  expect: [{rule: gcm.seats, because: []}]\n") == [(code, found)]
