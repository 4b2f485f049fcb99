"""Tasks that follow from what the register holds and lacks: owner, due date, done or not."""

from datetime import date

import pytest
from council import ALL, NONE, archive, called, decided, fw, held

from a87lib.countryfile import Coverage
from a87lib.language import LANGUAGES, say
from a87lib.rules import Task, tasks
from a87lib.rules.task import OWNERS


def on(kind: str, day: str, **fields: object) -> dict:
    return {"kind": kind, "happened_on": day, "country": "QMA", **fields}


LETTER = on("interest_expressed", "2018-05-14", addressed_to="alliance_chair")
GRANTED = decided(
    "grant_status", "2019-11-20", country="QMA", meeting=8, consensus=True, quorum=True
)


def found(rows: list[dict], asof: str, coverage: Coverage = ALL, **wanted: object) -> list[Task]:
    """The tasks of that day that are as wanted."""
    told = tasks(archive(rows, coverage), date.fromisoformat(asof), fw())
    return [t for t in told if all(getattr(t, name) == value for name, value in wanted.items())]


def one(rows: list[dict], asof: str, what: str, coverage: Coverage = ALL, **wanted: object) -> Task:
    (task,) = found(rows, asof, coverage, what=what, **wanted)
    return task


FINAL = on("report_finalised", "2021-08-01", cycle=2021)
ROADMAP = on("roadmap_submitted", "2023-02-01")
INACTIVE = decided(
    "declare_inactive", "2023-06-01", country="QMA", meeting=17, consensus=True, quorum=True
)
SIMPLE = [
    (
        "inform_gcm",
        "AF-EOI-3",
        "secretariat",
        [LETTER],
        on("gcm_informed", "2018-06-13"),
        "2018-07-01",
        None,
    ),
    (
        "answer_interest",
        "AF-EOI-4",
        "secretariat",
        [LETTER],
        on("interest_acknowledged", "2018-05-20"),
        "2018-07-01",
        None,
    ),
    (
        "publish_profile",
        "AF-PLAN-9",
        "secretariat",
        [GRANTED],
        on("profile_published", "2019-12-20"),
        "2020-01-01",
        None,
    ),
    (
        "update_profile",
        "AF-PLAN-10",
        "secretariat",
        [GRANTED, ROADMAP],
        on("profile_updated", "2023-03-01"),
        "2023-04-01",
        None,
    ),
    (
        "publish_report",
        "AF-MON-5",
        "secretariat",
        [FINAL],
        on("report_published", "2021-08-20", cycle=2021),
        "2021-09-01",
        None,
    ),
    (
        "remind_of_report",
        "AF-MON-1",
        "secretariat",
        [GRANTED],
        on("report_received", "2020-03-20", cycle=2020),
        "2020-04-30",
        "2020-04-30",
    ),
    (
        "send_status_notice",
        "AF-REV-5",
        "gcm",
        [GRANTED],
        on("status_notice_sent", "2020-12-01", cycle=2020),
        "2021-01-01",
        "2021-04-30",
    ),
    (
        "report_review",
        "AF-REV-5",
        "working_group",
        [GRANTED],
        on("review_reported", "2020-12-01", cycle=2020),
        "2021-01-01",
        "2021-04-30",
    ),
    (
        "send_inactive_notice",
        "AF-REV-12",
        "gcm",
        [GRANTED, INACTIVE],
        on("inactive_notice_sent", "2023-06-10"),
        "2023-07-01",
        None,
    ),
    (
        "report_sign",
        "AF-REV-8",
        "working_group",
        [GRANTED],
        on("signs_reported", "2021-09-01", cycle=2021),
        "2021-10-01",
        None,
    ),
    (
        "send_minutes",
        "TR-MIN-1",
        "chair",
        [held(8, "2019-11-20")],
        {"kind": "minutes_sent", "meeting": 8, "happened_on": "2019-12-10"},
        "2020-01-01",
        "2019-12-20",
    ),
    (
        "send_agenda",
        "TR-SEC-1",
        "secretariat",
        [called(8, "2019-09-01", starts_at="2019-11-20")],
        {"kind": "agenda_set", "meeting": 8, "happened_on": "2019-11-01"},
        "2019-11-10",
        "2019-11-20",
    ),
    (
        "agreed_action",
        "TR-MIN-1",
        "Bastrelle",
        [
            {
                "kind": "action_agreed",
                "meeting": 8,
                "happened_on": "2019-11-20",
                "text": "Host a webinar",
                "owner": "Bastrelle",
                "due": "2020-03",
                "no": "1",
            }
        ],
        {"kind": "action_done", "meeting": 8, "happened_on": "2020-02-01", "no": "1"},
        "2020-03-01",
        "2020-03-31",
    ),
]


@pytest.mark.parametrize("row", SIMPLE, ids=[f"{row[0]}" for row in SIMPLE])
def test_a_task_is_open_done_or_not_on_file(row: tuple) -> None:
    """With its paragraph, owner and due date; done by the entry that shows it, on its day."""
    what, paragraph, owner, rows, done, asof, due = row
    own = {"sign": "signals.no_report"} if what == "report_sign" else {}
    only = Coverage.complete() if what != "report_sign" else ALL
    open_ = one(rows, asof, what, only, **own)
    assert (open_.paragraph, open_.owner, open_.state) == (paragraph, owner, "open")
    assert (open_.done_by, open_.done_on) == (None, None)
    assert open_.due == (None if due is None else date.fromisoformat(due))
    shown = one([*rows, done], asof, what, **own)
    assert (shown.state, shown.done_by) == ("done", len(rows) + 1)
    assert shown.done_on == date.fromisoformat(done["happened_on"])
    earlier = one([*rows, {**done, "happened_on": "2099-01-01"}], asof, what, **own)
    assert earlier.state == "open"
    if what not in ("report_sign", "remind_of_report"):
        assert one(rows, asof, what, NONE).state == "ask"


def test_what_was_done_before_it_came_up_does_not_count() -> None:
    """An answer before the letter answers another one."""
    rows = [on("gcm_informed", "2018-05-13"), LETTER]
    assert one(rows, "2018-07-01", "inform_gcm").state == "open"
    rows = [on("gcm_informed", "2018-05-14"), LETTER]
    assert one(rows, "2018-07-01", "inform_gcm").state == "done"


def test_a_task_comes_up_on_its_day() -> None:
    """The day before there is none; since is that day, because of that entry."""
    assert found([LETTER], "2018-05-13") == []
    task = one([LETTER], "2018-05-14", "inform_gcm")
    assert (task.since, task.because, task.country) == (date(2018, 5, 14), 1, "QMA")


def test_a_task_is_overdue_after_its_due_date_until_it_is_done() -> None:
    """On the last day it is not; done it never is; without a due date neither."""
    rows = [held(8, "2019-11-20")]
    task = one(rows, "2020-01-01", "send_minutes")
    assert not task.overdue(date(2019, 12, 20)) and task.overdue(date(2019, 12, 21))
    sent = {"kind": "minutes_sent", "meeting": 8, "happened_on": "2019-12-30"}
    assert not one([*rows, sent], "2020-01-01", "send_minutes").overdue(date(2020, 1, 1))
    assert not one([LETTER], "2020-01-01", "inform_gcm").overdue(date(2030, 1, 1))


def test_of_each_cycle_a_notice_and_a_review() -> None:
    """For every cycle owed whose due date has passed, of every country a notice."""
    other = {**GRANTED, "country": "QMB", "happened_on": "2020-11-20"}
    rows = [GRANTED, other]
    assert [t.cycle for t in found(rows, "2021-05-01", what="report_review")] == [2020, 2021]
    notices = found(rows, "2021-05-01", what="send_status_notice")
    assert [(t.country, t.cycle) for t in notices] == [("QMA", 2020), ("QMA", 2021), ("QMB", 2021)]
    assert found(rows, "2020-04-30", what="report_review") == []


def test_a_review_of_one_cycle_is_no_review_of_another() -> None:
    """Only a report on that very cycle, whatever else happened in it."""
    other = {"kind": "review_reported", "meeting": 12, "happened_on": "2021-06-10", "cycle": 2020}
    signs = {"kind": "signs_reported", "meeting": 12, "happened_on": "2021-06-10", "cycle": 2021}
    told = found([GRANTED, other, signs], "2021-07-01", what="report_review")
    assert [(task.cycle, task.state) for task in told] == [(2020, "done"), (2021, "open")]


def test_the_reminder_is_about_the_report_that_falls_due_next() -> None:
    """One per active country; none for candidates, inactive countries, or where nothing is owed."""
    task = one([GRANTED], "2020-05-01", "remind_of_report")
    assert (task.cycle, task.due, task.since) == (2021, date(2021, 4, 30), date(2020, 4, 30))
    assert found([LETTER], "2020-05-01", what="remind_of_report") == []
    assert found([GRANTED], "2019-12-31", what="remind_of_report")[0].cycle == 2020
    assert found([GRANTED, INACTIVE], "2023-07-01", what="remind_of_report") == []
    early = {**GRANTED, "happened_on": "2020-02-20"}
    assert found([early], "2020-03-01", what="remind_of_report") == []


def test_a_roadmap_before_the_status_needs_no_new_profile() -> None:
    """Nor does the one with which the status was granted."""
    before = on("roadmap_submitted", "2019-11-20")
    assert found([before, GRANTED], "2020-01-01", what="update_profile") == []
    assert found([before], "2020-01-01", what="update_profile") == []


def test_a_decision_that_changed_nothing_asks_for_nothing() -> None:
    """No profile for a status not granted, no notice of an inactivity not declared."""
    invalid = {**GRANTED, "consensus": False}
    assert found([invalid], "2020-01-01", what="publish_profile") == []
    assert (
        found([GRANTED, {**INACTIVE, "quorum": False}], "2024-01-01", what="send_inactive_notice")
        == []
    )


def test_signs_are_reported_of_the_country_or_of_all_on_or_after_the_day_they_appear() -> None:
    """A report on another country, or from before, does not show it."""
    since = date(2021, 5, 1)
    own = {"sign": "signals.no_report"}
    assert one([GRANTED], "2021-06-01", "report_sign", **own).since == since
    for day, state in (("2021-04-30", "open"), ("2021-05-01", "done")):
        row = on("signs_reported", day, cycle=2021)
        assert one([GRANTED, row], "2021-06-01", "report_sign", **own).state == state
    other = on("signs_reported", "2021-05-10", cycle=2021) | {"country": "QMB"}
    assert one([GRANTED, other], "2021-06-01", "report_sign", **own).state == "open"
    something = on("evidence_received", "2021-05-10", cycle=2021)
    assert one([GRANTED, something], "2021-06-01", "report_sign", **own).state == "open"
    all_ = {"kind": "signs_reported", "meeting": 12, "happened_on": "2021-05-10", "cycle": 2021}
    assert one([GRANTED, all_], "2021-06-01", "report_sign", **own).state == "done"
    assert one([GRANTED, all_], "2021-05-09", "report_sign", **own).state == "open"


def test_a_meeting_held_without_a_call_has_its_agenda_as_a_task_too() -> None:
    """Due on the day of the meeting."""
    task = one([held(8, "2019-11-20")], "2019-12-01", "send_agenda")
    assert (task.due, task.since, task.meeting) == (date(2019, 11, 20), date(2019, 11, 20), 8)
    under_its_day = one([called(9, "2020-02-01")], "2019-12-01", "send_agenda")
    assert (under_its_day.due, under_its_day.since) == (date(2020, 2, 1), date(2019, 12, 1))


def test_an_agenda_is_a_task_since_the_first_call() -> None:
    """A second call, for another day, does not make it a new task."""
    rows = [called(8, "2019-09-01", starts_at="2019-11-20")]
    rows += [called(8, "2019-10-01", starts_at="2019-11-21")]
    task = one(rows, "2019-11-01", "send_agenda")
    assert (task.because, task.since) == (1, date(2019, 9, 1))


def test_each_agenda_is_due_by_the_call_of_its_own_meeting() -> None:
    """since is the day of that call, because of that entry."""
    rows = [
        called(8, "2019-09-01", starts_at="2019-11-20"),
        called(9, "2019-10-01", starts_at="2020-06-17"),
        called(10, "2019-10-05", starts_at="2020-11-17"),
    ]
    told = found(rows, "2019-11-01", what="send_agenda")
    assert [(t.meeting, t.because, t.since.isoformat()) for t in told] == [
        (8, 1, "2019-09-01"),
        (9, 2, "2019-10-01"),
        (10, 3, "2019-10-05"),
    ]


def agreed(**fields: object) -> dict:
    return {
        "kind": "action_agreed",
        "meeting": 8,
        "happened_on": "2019-11-20",
        "text": "Host a webinar",
        **fields,
    }


def done(**fields: object) -> dict:
    return {"kind": "action_done", "meeting": 8, "happened_on": "2020-02-01", **fields}


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        (agreed(no="1"), done(no="1"), "done"),
        (agreed(no="1"), done(no="2"), "open"),
        (agreed(no="1"), done(no="1", meeting=9), "open"),
        (agreed(no="1"), done(no="1", meeting=7), "open"),
        (agreed(), done(text="Host a webinar"), "done"),
        (agreed(no="1"), done(text="Host a webinar", meeting=9), "done"),
        (agreed(), done(text="Something else"), "open"),
        (agreed(), done(), "open"),
        (agreed(no="1"), done(no="1", happened_on="2019-11-19"), "open"),
    ],
)
def test_an_agreed_action_is_done_by_its_number_or_its_text(
    first: dict, second: dict, state: str
) -> None:
    """By the number within its meeting; where a number is lacking, by its text."""
    task = one([first, second], "2020-03-01", "agreed_action")
    assert (task.state, task.text, task.owner, task.meeting) == (
        state,
        "Host a webinar",
        "secretariat",
        8,
    )


def test_tasks_come_in_the_order_of_their_due_dates() -> None:
    """Those for which the text sets no time stand at the end."""
    rows = [LETTER, GRANTED, held(8, "2019-11-20"), held(9, "2020-06-17")]
    told = tasks(archive(rows), date(2020, 7, 1), fw())
    dues = [task.due or date.max for task in told]
    assert dues == sorted(dues) and dues[-1] == date.max
    assert [t.meeting for t in told if t.what == "send_minutes"] == [8, 9]


def test_tasks_of_one_day_come_by_country_meeting_cycle_and_text() -> None:
    """Whatever the order of their entries."""
    agreed = {"kind": "action_agreed", "happened_on": "2021-06-01", "owner": "chair"}
    rows = [
        {**agreed, "meeting": meeting, "text": text, "due": "2021-09-01"}
        for meeting, text in ((12, "Write"), (12, "Call"), (11, "Write"))
    ]
    told = found(rows, "2021-06-02", due=date(2021, 9, 1))
    assert [(t.meeting, t.text) for t in told] == [(11, "Write"), (12, "Call"), (12, "Write")]


def test_what_is_reported_on_the_day_asked_counts() -> None:
    """The day itself belongs to what has happened."""
    row = {"kind": "review_reported", "meeting": 12, "happened_on": "2021-07-01", "cycle": 2021}
    for asof, state in (("2021-06-30", "open"), ("2021-07-01", "done")):
        assert one([GRANTED, row], asof, "report_review", cycle=2021).state == state


def test_of_several_roadmaps_those_after_the_status_ask_for_a_new_profile() -> None:
    """The one with which the status was granted does not, whichever was recorded first."""
    rows = [on("roadmap_submitted", day) for day in ("2019-10-01", "2021-02-01", "2022-02-01")]
    told = found([*rows, GRANTED], "2022-03-01", what="update_profile")
    assert [task.since.year for task in told] == [2021, 2022]


def test_every_task_can_be_said_in_three_languages() -> None:
    """Its sentence, its owner and its state are in the catalogues."""
    rows = [row for _, _, _, rows, _, _, _ in SIMPLE for row in rows]
    for task in tasks(archive(rows), date(2024, 1, 1), fw()):
        for language in LANGUAGES:
            assert say(f"task.{task.what}", language, text=task.text or "")
            assert say(f"task.state.{task.state}", language)
    for language in LANGUAGES:
        assert all(say(f"task.owner.{owner}", language) for owner in OWNERS)
        assert all(say(f"task.state.{state}", language) for state in ("done", "open", "ask"))
