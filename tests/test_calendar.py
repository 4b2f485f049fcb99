"""What comes next: deadlines, signs that would appear, terms that end, meetings owed, tasks due."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
from council import archive, called, decided, full, fw, held, seat
from stated import file_of

from a87lib import framework
from a87lib.cli import main
from a87lib.countryfile import CountryFile
from a87lib.language import LANGUAGES
from a87lib.rules import Event, upcoming, upcoming_council

FW = framework.load()


def told(file: CountryFile, until: str) -> list[tuple[str, str, Any]]:
    """Day, key and cycle of the events to come."""
    events = upcoming(file, FW, date.fromisoformat(until))
    return [(event.on.isoformat(), event.key, event.args.get("cycle")) for event in events]


def council_told(rows: list[dict], asof: str, until: str, key: str) -> list[Event]:
    """The events of one key about the GCM."""
    events = upcoming_council(
        archive(rows), date.fromisoformat(asof), fw(), date.fromisoformat(until)
    )
    return [event for event in events if event.key == key]


DUE = ("report_received_due", "indicator_framework_received_due")
TWO_RECEIVED = """
    - {kind: report_received, happened_on: 2020-04-01, cycle: 2020}
    - {kind: indicator_framework_received, happened_on: 2020-04-01, cycle: 2020}
    - {kind: report_received, happened_on: 2021-04-01, cycle: 2021}
    - {kind: comments_sent, happened_on: 2020-07-01, cycle: 2020}
    - {kind: comments_sent, happened_on: 2021-07-01, cycle: 2021}
    - {kind: report_finalised, happened_on: 2021-09-01, cycle: 2021}
"""


def test_report_and_framework_fall_due_each_april_until_the_day_asked_for() -> None:
    """Of each cycle owed what has not arrived; the last day included, the day asked not."""
    found = told(file_of("", "2020-04-29"), "2022-04-30")
    due = [each for each in found if each[1] in DUE]
    assert due == [
        (f"{cycle}-04-30", key, cycle) for cycle in (2020, 2021, 2022) for key in sorted(DUE)
    ]
    assert [each for each in told(file_of("", "2020-04-30"), "2021-04-29") if each[1] in DUE] == []
    early = "- {kind: report_received, happened_on: 2020-03-01, cycle: 2020}"
    found = told(file_of(early, "2020-04-29"), "2020-12-31")
    assert [each[1] for each in found if each[1] in DUE] == ["indicator_framework_received_due"]


def test_a_report_that_had_comments_is_to_be_final_by_the_next_due_date() -> None:
    """Of the last two cycles owed, those with comments and no final report."""
    found = told(file_of(TWO_RECEIVED, "2020-08-01"), "2022-12-31")
    assert ("2021-04-30", "finalising_ends", 2020) in found
    later = told(file_of(TWO_RECEIVED, "2021-10-01"), "2023-12-31")
    assert not [each for each in later if each[1] == "finalising_ends"]  # 2021 is final
    open_ = TWO_RECEIVED.rpartition("    - ")[0]
    assert ("2022-04-30", "finalising_ends", 2021) in told(
        file_of(open_, "2021-10-01"), "2022-12-31"
    )


def test_without_comments_nothing_is_to_be_final() -> None:
    """A report alone sets no such date."""
    rows = "- {kind: report_received, happened_on: 2020-04-01, cycle: 2020}"
    found = told(file_of(rows, "2020-08-01"), "2022-12-31")
    assert not [each for each in found if each[1] == "finalising_ends"]


def test_a_sign_that_one_more_miss_would_bring_is_on_the_calendar_and_not_certain() -> None:
    """After one missed report: on 1 May of the next year, unless something arrives."""
    events = upcoming(file_of("", "2020-06-01"), FW, date(2021, 12, 31))
    signs = {str(e.args["sign"]): e for e in events if e.key == "sign_would_appear"}
    report = signs["signals.no_report"]
    assert (report.on, report.args["missed"], report.args["cycle"], report.certain) == (
        date(2021, 5, 1),
        2020,
        2021,
        False,
    )
    assert report.paragraph == "AF-REV-7a"
    assert all(event.certain for event in events if event.key != "sign_would_appear")


CANDIDATE = """
    - {kind: interest_expressed, happened_on: 2022-01-10, addressed_to: alliance_chair}
    - {kind: roadmap_submitted, happened_on: 2022-05-10}
"""


def test_a_candidate_has_until_the_end_of_the_year_for_immediate_measures() -> None:
    """INT-15: 31 December of the year in which the roadmap was submitted; no reports are owed."""
    found = told(file_of(CANDIDATE, "2022-06-01", granted=False), "2024-12-31")
    assert found == [("2022-12-31", "immediate_measures_until", None)]
    assert told(file_of(CANDIDATE, "2022-12-31", granted=False), "2024-12-31") == []
    letter = CANDIDATE.partition("    - {kind: roadmap")[0]
    assert told(file_of(letter, "2022-06-01", granted=False), "2024-12-31") == []


def test_an_inactive_country_has_nothing_to_come() -> None:
    """It owes no report, and no sign can appear."""
    rows = (
        "{kind: decision_made, happened_on: 2021-06-01, subject: declare_inactive, consensus: true}"
    )
    assert told(file_of(f"- {rows}", "2021-07-01"), "2024-12-31") == []


def test_terms_that_end_are_on_the_calendar() -> None:
    """The last day of each term; seats without a term and terms that are over are not."""
    rows = [seat("chair", "2022-05-01", holder="A"), seat("workers-1", "2022-05-01")]
    (french,) = council_told([seat("chair", "2022-05-01", holder="Germany")], "2024-01-01",
                             "2026-12-31", "term_ends")  # fmt: skip
    assert "(Allemagne)" in french.sentence("fr") and "(Alemania)" in french.sentence("es")
    (event,) = council_told(rows, "2024-01-01", "2026-12-31", "term_ends")
    assert (event.on, str(event.args["seat"]), event.args["holder"]) == (
        date(2025, 4, 30),
        "chair",
        "A",
    )
    assert council_told(rows, "2025-04-30", "2026-12-31", "term_ends") == []
    assert council_told(rows, "2024-01-01", "2025-04-29", "term_ends") == []


def test_meetings_called_and_those_owed_in_a_year() -> None:
    """A meeting to come on its day; on 31 December how many of the two are still to be held."""
    rows = [
        called(19, "2024-01-10", starts_at="2024-05-02"),
        held(17, "2023-03-01"),
        held(18, "2024-01-15"),
    ]
    (to_come,) = council_told(rows, "2024-02-01", "2025-12-31", "meeting_called")
    assert (to_come.on, to_come.args["meeting"]) == (date(2024, 5, 2), 19)
    owed = council_told(rows, "2024-02-01", "2025-12-31", "meetings_owed")
    assert [(e.on.isoformat(), e.args["year"], e.args["count"]) for e in owed] == [
        ("2024-12-31", 2024, 1),
        ("2025-12-31", 2025, 2),
    ]
    enough = [*rows, held(19, "2024-05-02")]
    assert council_told(enough, "2024-06-01", "2024-12-31", "meetings_owed") == []
    assert council_told(enough, "2024-06-01", "2024-12-31", "meeting_called") == []


GROUP = {
    "kind": "group_created",
    "happened_on": "2024-01-02",
    "name": "Supply chains",
    "group_kind": "action",
    "results": ["A guide"],
    "ends_on": "2025-06",
}


def item(title: str, **fields: Any) -> dict[str, Any]:
    """An item of the group's work plan."""
    row = {"kind": "work_plan_item", "happened_on": "2024-02-01", "group": "Supply chains"}
    return {**row, "title": title, **fields}


def test_groups_end_and_their_work_plans_fall_due() -> None:
    """The end of a group, and each item of its work plan that is not done; a vague date by its
    last day. A group that is closed, or only proposed, has none."""
    rows = [
        GROUP,
        item("Draft", due="2024-09", state="ongoing"),
        item("Survey", due="2024-03-01", state="completed"),
        item("Talk", due="2024-08-01", state="dropped"),
        item("Some day", state="delayed"),
    ]
    (end,) = council_told(rows, "2024-02-02", "2026-12-31", "group_ends")
    assert (end.on, end.args["group"]) == (date(2025, 6, 30), "Supply chains")
    (plan,) = council_told(rows, "2024-02-02", "2026-12-31", "work_plan_due")
    assert (plan.on, plan.args["text"]) == (date(2024, 9, 30), "Draft")
    closed = decided("close_group", "2024-02-02", meeting=19, group="Supply chains", consensus=True)
    assert council_told([*rows, closed], "2024-02-02", "2026-12-31", "group_ends") == []
    assert council_told([*rows, closed], "2024-02-02", "2026-12-31", "work_plan_due") == []
    other = {**GROUP, "name": "Textiles", "ends_on": "2025-07-31"}
    (end,) = council_told([*rows, closed, other], "2024-02-02", "2026-12-31", "group_ends")
    assert end.args["group"] == "Textiles"
    endless = {name: value for name, value in GROUP.items() if name != "ends_on"}
    assert council_told([endless], "2024-02-02", "2026-12-31", "group_ends") == []
    proposed = {"kind": "group_proposed", "happened_on": "2024-01-02", "name": "Supply chains"}
    rows = [proposed, item("Draft", due="2024-09", state="ongoing")]
    assert council_told(rows, "2024-02-02", "2026-12-31", "work_plan_due") == []


def test_tasks_with_a_due_date_that_are_not_done_are_on_the_calendar() -> None:
    """Of a country under its code, of the GCM under the GCM; done ones are left away."""
    letter = {"kind": "interest_expressed", "happened_on": "2024-01-10", "country": "QMA"}
    agreed = {"kind": "action_agreed", "meeting": 18, "happened_on": "2024-01-15", "text": "Write"}
    rows = [
        {**letter, "addressed_to": "alliance_chair"},
        held(18, "2024-01-15"),
        {**agreed, "owner": "secretariat", "due": "2024-08-31"},
        {**agreed, "text": "Call", "owner": "chair", "due": "2024-08-31"},
        {"kind": "action_done", "meeting": 18, "happened_on": "2024-01-20", "text": "Call"},
        decided("grant_status", "2024-01-15", country="QMB", meeting=18, consensus=True),
    ]
    tasks = council_told(rows, "2024-05-02", "2026-12-31", "task_due")
    told_ = [(task.subject, task.on.isoformat(), task.args["task"].say("en")) for task in tasks]
    (of_gcm,) = [each for each in told_ if each[1] == "2024-08-31"]
    assert of_gcm[0] == "gcm" and "Write" in of_gcm[2]
    named = {str(task.args["task"]) for task in tasks}
    assert any(name.endswith("QMB") for name in named) and any(n.endswith("18") for n in named)
    reminders = [each for each in told_ if each[0] == "QMB"]
    assert ("QMB", "2025-04-30") in {each[:2] for each in reminders}
    assert all("{" not in each[2] for each in told_)


def test_events_come_in_the_order_of_their_days() -> None:
    """And each can be said in three languages."""
    rows = [*full("2022-03-01"), called(19, "2024-01-10", starts_at="2024-05-02"), GROUP]
    events = upcoming_council(archive(rows), date(2024, 2, 1), fw(), date(2026, 12, 31))
    assert [event.on for event in events] == sorted(event.on for event in events)
    events += upcoming(file_of(TWO_RECEIVED, "2020-06-01"), FW, date(2023, 12, 31))
    assert len({event.key for event in events}) >= 7
    for event in events:
        for language in LANGUAGES:
            text = event.sentence(language)
            assert text and "{" not in text and "None" not in text


@pytest.fixture
def a87(capsys: pytest.CaptureFixture[str], exercise_register: str) -> Any:
    """Runs the calendar on the exercise; what it printed."""

    def run(*arguments: str) -> str:
        with pytest.raises(SystemExit) as ended:
            main(["calendar", *arguments, "--register", exercise_register])
        assert ended.value.code in (0, None)
        return capsys.readouterr().out

    return run


def test_the_command_prints_a_table_and_writes_a_calendar_and_a_figure(
    a87: Any, tmp_path: Any
) -> None:
    """For one country, for all with the GCM, for the GCM alone; iCalendar and SVG beside it."""
    from icalendar import Calendar

    ics, svg = tmp_path / "next.ics", tmp_path / "next.svg"
    files = ("--ics", str(ics), "--svg", str(svg))
    document = json.loads(a87("QMA", "--asof", "2025-01-10", "--json", *files))
    entries = Calendar.from_ical(ics.read_bytes()).walk("VEVENT")
    assert len(entries) == len(document["events"]) > 0
    days = [event["on"] for event in document["events"]]
    assert days == sorted(days) and days[0] > "2025-01-10"
    assert {str(entry["dtstart"].dt) for entry in entries} == set(days)
    assert svg.read_text(encoding="utf-8").count("<svg") == 1
    a87("all", "--asof", "2025-01-10", "--lang", "fr", "--svg", str(svg))
    lanes = re.findall('aria-label="([^"]+)"', svg.read_text(encoding="utf-8"))
    assert {"Amberlonde", "GCM"} < set(lanes) and not {"QMA", "gcm"} & set(lanes)
    everybody = json.loads(a87("all", "--asof", "2025-01-10", "--json"))["events"]
    of_gcm = json.loads(a87("gcm", "--asof", "2025-01-10", "--json"))["events"]
    assert len(everybody) > len(document["events"])
    assert all(event in everybody for event in of_gcm)
    plain = a87("QMA", "--asof", "2025-01-10", "--lang", "fr")
    assert "30 avril 2025" in plain
