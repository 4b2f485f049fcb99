"""Exactly why: the reasons of signs, warnings, status, dialogue and grounds, with their entries."""

from __future__ import annotations

from datetime import date
from typing import Any

from stated import file_of

from a87lib import framework
from a87lib.countryfile import CountryFile
from a87lib.rules import Finding, ask

FW = framework.load()


def found(rule: str, file: CountryFile, **about: Any) -> Finding:
    """The finding of a rule about a file."""
    return ask(rule, file, FW, **about)


def names(finding: Finding) -> list[str]:
    """The reasons, each with its cycle."""
    return [reason.name for reason in finding.because]


def resting(finding: Finding) -> list[tuple[str, tuple[int, ...]]]:
    """The reasons, each with the entries it rests on (1 is the grant)."""
    return [(reason.name, reason.entries) for reason in finding.because]


def test_a_sign_names_its_two_cycles_and_nothing_else() -> None:
    """The oldest first; a cycle that was met is named with the entry that met it."""
    assert names(found("signals.no_report", file_of("", "2023-05-01"))) == [
        "report_received_missing 2022",
        "report_received_missing 2023",
    ]
    met = file_of("- {kind: report_received, happened_on: 2023-04-30, cycle: 2023}", "2023-05-01")
    assert resting(found("signals.no_report", met)) == [
        ("report_received_missing 2022", ()),
        ("report_received 2023", (2,)),
    ]
    early = found("signals.no_report", file_of("", "2020-05-01"))
    assert names(early) == ["cycles_owed_so_far", "report_received_missing 2020"]
    assert early.because[0].args == {"count": 1, "needed": 2}


def test_a_report_that_ends_a_run_is_named_first() -> None:
    """Only the report of a later cycle ends a run, not one of the two cycles themselves."""
    text = """
    - {kind: report_received, happened_on: 2022-01-10, cycle: 2022}
    - {kind: report_received, happened_on: 2022-01-11, cycle: 2023}
    """
    assert resting(found("signals.no_report", file_of(text, "2022-02-01"))) == [
        ("later_cycle_ends_run 2022", (2,)),
        ("report_received_missing 2020", ()),
        ("report_received_missing 2021", ()),
    ]
    assert names(found("signals.no_report", file_of(text, "2022-05-01"))) == [
        "later_cycle_ends_run 2023",
        "report_received_missing 2021",
        "report_received 2022",
    ]


def test_what_third_parties_state_stands_beside_its_own_sign_only() -> None:
    """A statement about reports is not shown beside the sign about frameworks."""
    text = """
    - {kind: absence_stated, happened_on: 2022-07-01, cycle: 2022, what: report, by: A paper}
    - {kind: absence_stated, happened_on: 2022-07-01, cycle: 2021, what: indicator_framework,
       source: a letter}
    """
    file = file_of(text, "2022-08-01", covered=False)
    reports = found("signals.no_report", file)
    assert resting(reports) == [
        ("report_received_not_on_file 2021", ()),
        ("report_received_not_on_file 2022", ()),
        ("absence_stated 2022", (2,)),
    ]
    assert reports.because[2].args == {"by": "A paper"}
    frameworks = found("signals.no_indicator_framework", file)
    assert [reason.args.get("by") for reason in frameworks.because] == [None, None, "a letter"]
    assert names(found("cycle.report_received", file, cycle=2021)) == [
        "report_received_not_on_file 2021"
    ]


def test_comments_not_followed_up_name_the_comments_and_the_day() -> None:
    """The day is the next due date."""
    text = """
    - {kind: comments_sent, happened_on: 2020-07-10, cycle: 2020}
    - {kind: comments_sent, happened_on: 2021-07-10, cycle: 2021}
    """
    finding = found("signals.no_finalised_report", file_of(text, "2022-06-01"))
    assert resting(finding) == [
        ("comments_not_followed_up 2020", (2,)),
        ("comments_not_followed_up 2021", (3,)),
    ]
    assert [reason.args["until"] for reason in finding.because] == [
        date(2021, 4, 30),
        date(2022, 4, 30),
    ]


def test_a_warning_names_each_sign_its_day_and_the_cycle_missed() -> None:
    """The earliest first."""
    text = """
    - {kind: subgroup_concluded, happened_on: 2020-10-05, cycle: 2020, criterion: evidence,
       judgement: not_shown}
    - {kind: evidence_received, happened_on: 2020-10-06, cycle: 2020}
    """
    warning = found("signals.early_warning", file_of(text, "2020-11-01"))
    told = [(str(r.args["sign"]), r.args["on"], r.args["missed"]) for r in warning.because]
    assert told == [
        ("signals.no_report", date(2021, 5, 1), 2020),
        ("signals.no_indicator_framework", date(2021, 5, 1), 2020),
        ("signals.no_evidence", date(2022, 1, 1), 2020),
    ]
    assert {reason.cycle for reason in warning.because} == {2021}
    assert warning.next_on == date(2021, 5, 1)


def test_a_warning_about_final_versions_looks_two_due_dates_ahead() -> None:
    """Comments of 2020 ignored: those of 2021, ignored too, would count from May 2022."""
    text = """
    - {kind: report_received, happened_on: 2020-04-10, cycle: 2020}
    - {kind: comments_sent, happened_on: 2020-07-10, cycle: 2020}
    - {kind: report_received, happened_on: 2021-04-10, cycle: 2021}
    - {kind: indicator_framework_received, happened_on: 2021-04-10, cycle: 2021}
    """
    warning = found("signals.early_warning", file_of(text, "2021-05-01"))
    assert [(r.name, str(r.args["sign"]), r.args["on"]) for r in warning.because] == [
        ("sign_would_appear 2021", "signals.no_finalised_report", date(2022, 5, 1))
    ]


HISTORY = """
    - {kind: interest_expressed, happened_on: 2018-02-03, addressed_to: alliance_chair}
    - {kind: decision_made, happened_on: 2021-06-01, subject: declare_inactive, consensus: true,
       quorum: true, meeting: 12}
    - {kind: decision_made, happened_on: 2022-06-01, subject: reactivate, consensus: true,
       quorum: true}
    - {kind: decision_made, happened_on: 2022-09-01, subject: open_dialogue, consensus: false}
"""


def test_a_status_tells_its_whole_history_with_the_meetings() -> None:
    """Each change once; grounds are looked for only where the country was declared inactive."""
    status = found("standing.status", file_of(HISTORY, "2023-01-01"))
    assert resting(status)[:3] == [
        ("became_active", (1,)),
        ("became_inactive", (3,)),
        ("became_reactivated", (4,)),
    ]
    assert [reason.args["meeting"] for reason in status.because[:3]] == ["", 12, ""]
    rest = status.because[3:]
    assert {reason.entries for reason in rest} == {(3,)}
    assert [reason.key for reason in rest] == [
        "declared_inactive_without_dialogue",
        "declared_inactive_without_support",
        "declared_inactive_without_conclusion",
    ]


def test_a_status_says_no_more_than_that_a_vague_date_is_its_last_day() -> None:
    """`standing.status` keeps the last day, and does not say that any day would do."""
    text = """
    - {kind: decision_made, happened_on: 2021, subject: declare_inactive, consensus: true,
       quorum: true}
    """
    status = found("standing.status", file_of(text, "2022-01-01"))
    assert "date_taken_as_last_day" not in names(status)
    assert ("date_read_as_last_day", (2,)) in resting(status)
    phase = found("standing.phase", file_of(text, "2022-01-01"))
    assert resting(phase) == [("status_is_inactive", (2,))]


def test_planning_begins_with_the_first_step() -> None:
    """A month is taken on its last day, so a workshop of March comes after one of 15 March."""
    text = """
    - {kind: interest_expressed, happened_on: 2020-01-03, addressed_to: alliance_chair}
    - {kind: workshop_held, happened_on: 2020-03}
    - {kind: roadmap_submitted, happened_on: 2020-11-10}
    - {kind: calendar_set, happened_on: 2020-03-15}
    """
    phase = found("standing.phase", file_of(text, "2021-01-01", granted=False))
    assert (phase.value, resting(phase)) == ("planning", [("in_planning", (4,))])
    letters = """
    - {kind: interest_expressed, happened_on: 2020-01-03, addressed_to: alliance_chair}
    - {kind: interest_expressed, happened_on: 2020-05-03, addressed_to: alliance_chair}
    """
    interest = found("standing.phase", file_of(letters, "2021-01-01", granted=False))
    assert (interest.value, resting(interest)) == ("interest", [("in_interest", (1,))])


def test_kept_commitments_name_what_came_and_what_was_concluded() -> None:
    """The last conclusion on each criterion holds; another criterion's does not stand for it."""
    text = """
    - {kind: report_received, happened_on: 2020-04-20, cycle: 2020}
    - {kind: subgroup_concluded, happened_on: 2020-10-05, cycle: 2020, criterion: evidence,
       judgement: shown}
    - {kind: subgroup_concluded, happened_on: 2020-10-06, cycle: 2020, criterion: evidence,
       judgement: not_shown}
    - {kind: subgroup_concluded, happened_on: 2020-10-07, cycle: 2020, criterion: participation,
       judgement: shown}
    """
    kept = found("standing.commitments_kept", file_of(text, "2020-11-01"))
    assert resting(kept) == [
        ("report_received 2020", (2,)),
        ("indicator_framework_received_not_there 2020", ()),
        ("evidence_not_established 2020", (4,)),
        ("collaboration_not_established 2020", ()),
    ]


ONE_FRAMEWORK = """
    - {kind: indicator_framework_received, happened_on: 2020-04-01, cycle: 2020}
"""
DIALOGUES = f"""{ONE_FRAMEWORK.rstrip()}
    - {{kind: dialogue_held, happened_on: 2021-06-10, about: both}}
    - {{kind: dialogue_held, happened_on: 2021-07-10, about: both}}
"""


def test_a_suggested_dialogue_names_the_signs_without_one() -> None:
    """Since when no dialogue was held: since the newest sign without one; since: the oldest."""
    heard = found("standing.dialogue_suggested", file_of(DIALOGUES, "2022-01-01"))
    assert str(heard.answer) == "yes"  # evidence and collaboration, silent since 1 January
    assert [str(r.args.get("sign", r.args.get("on"))) for r in heard.because] == [
        "signals.no_evidence",
        "signals.no_collaboration",
        "2022-01-01",
    ]
    before = found("standing.dialogue_suggested", file_of(DIALOGUES, "2021-12-31"))
    assert (str(before.answer), resting(before)) == ("no", [("dialogue_held", (3,))])
    both = found("standing.dialogue_suggested", file_of(ONE_FRAMEWORK, "2022-05-01"))
    assert both.since == date(2021, 5, 1)
    assert both.because[-1].args == {"on": date(2022, 5, 1)}
    none = found("standing.dialogue_suggested", file_of("", "2020-01-01"))
    assert names(none) == ["no_sign_present"]


def test_grounds_name_the_first_dialogue_and_offer_and_the_last_conclusion() -> None:
    """In order of days, whatever the kind of support."""
    text = """
    - {kind: dialogue_held, happened_on: 2021-06-10}
    - {kind: dialogue_held, happened_on: 2021-07-10}
    - {kind: support_given, happened_on: 2021-08-10}
    - {kind: support_offered, happened_on: 2021-07-20}
    - {kind: dialogue_concluded, happened_on: 2021-09-10, outcome: not_improved}
    - {kind: dialogue_concluded, happened_on: 2021-10-10, outcome: not_improved}
    """
    grounds = found("standing.inactive_grounds", file_of(text, "2021-11-01"))
    assert resting(grounds) == [
        ("sign_present", ()),
        ("grounds_dialogue", (2,)),
        ("grounds_support", (5,)),
        ("grounds_conclusion", (7,)),
    ]
    assert grounds.because[0].args["on"] == date(2021, 5, 1)
    better = text.replace("2021-10-10, outcome: not_improved", "2021-10-10, outcome: improved")
    assert resting(found("standing.inactive_grounds", file_of(better, "2021-11-01")))[1:] == [
        ("grounds_dialogue", (2,)),
        ("grounds_support", (5,)),
        ("grounds_improved", (7,)),
    ]


def test_grounds_are_sought_for_the_sign_that_has_the_most() -> None:
    """Of two signs present, the one about which a dialogue was held."""
    text = DIALOGUES + "    - {kind: support_offered, happened_on: 2021-07-20}\n"
    grounds = found("standing.inactive_grounds", file_of(text, "2022-05-01"))
    assert (str(grounds.answer), str(grounds.because[0].args["sign"])) == (
        "ask",
        "signals.no_report",
    )


def test_a_reactivation_rests_on_what_came_after_the_declaration() -> None:
    """Every entry that shows a step is named; conclusions count on their own criterion."""
    text = """
    - {kind: report_received, happened_on: 2021-05-01, cycle: 2021}
    - {kind: decision_made, happened_on: 2021-06-01, subject: declare_inactive, consensus: true}
    - {kind: reactivation_requested, happened_on: 2021-07-01, addressed_to: secretariat,
       corrective_measures: A unit}
    - {kind: reactivation_requested, happened_on: 2021-08-01, addressed_to: alliance_chair}
    - {kind: report_received, happened_on: 2021-09-01, cycle: 2021}
    - {kind: subgroup_concluded, happened_on: 2021-10-01, cycle: 2021, criterion: participation,
       judgement: shown}
    - {kind: evidence_received, happened_on: 2021-10-02, cycle: 2021}
    - {kind: subgroup_concluded, happened_on: 2021-10-03, cycle: 2021, criterion: evidence,
       judgement: partly_shown}
    """
    ready = found("standing.reactivation_ready", file_of(text, "2022-01-01"))
    assert resting(ready) == [
        ("reactivation_letter_there", (5,)),
        ("corrective_measures_there", (4,)),
        ("reactivation_report_there", (6,)),
        ("reactivation_framework_lacking", ()),
        ("reactivation_evidence_there", (8, 9)),
        ("reactivation_collaboration_lacking", ()),
    ]
    active = found("standing.reactivation_ready", file_of("", "2022-01-01"))
    assert resting(active) == [("status_is_active", (1,))]
    suspended = found("standing.benefits_suspended", file_of(text, "2022-01-01"))
    assert (resting(suspended), suspended.since) == (
        [("status_is_inactive", (3,))],
        date(2021, 6, 1),
    )


def test_an_open_answer_names_only_what_holds_on_every_day() -> None:
    """The vague date, and the reasons that do not depend on it."""
    text = "- {kind: report_received, happened_on: 2021, cycle: 2021}"
    finding = found("signals.no_report", file_of(text, "2021-06-01"))
    assert resting(finding) == [("date_imprecise 2021", (2,)), ("report_received_missing 2020", ())]
    assert (finding.since, finding.value, finding.next_on) == (None, None, None)
    late = found("cycle.report_on_time", file_of(text, "2022-01-01"), cycle=2021)
    assert names(late) == ["date_imprecise 2021"]
    settled = found("cycle.report_received", file_of(text, "2022-01-01"), cycle=2021)
    assert names(settled) == ["report_received_late 2021", "date_taken_as_last_day 2021"]


def test_a_vague_date_of_another_cycle_or_kind_is_no_matter() -> None:
    """Nothing is said about entries that the rule does not read."""
    text = """
    - {kind: report_received, happened_on: 2021-04-20, cycle: 2021}
    - {kind: report_received, happened_on: 2022, cycle: 2022}
    - {kind: indicator_framework_received, happened_on: 2022, cycle: 2021}
    """
    file = file_of(text, "2022-06-01")
    assert names(found("cycle.report_on_time", file, cycle=2021)) == ["report_received 2021"]
    assert str(found("cycle.report_on_time", file, cycle=2022).answer) == "ask"
    assert str(found("cycle.framework_updated", file, cycle=2021).answer) == "ask"


def test_two_vague_dates_are_named_by_the_first() -> None:
    """Where only both together make a difference, the first of them stands for both."""
    text = """
    - {kind: report_received, happened_on: 2022-04-20, cycle: 2022}
    - {kind: coordination_body_named, happened_on: 2022, name: Committee}
    - {kind: participation_recorded, happened_on: 2022, cycle: 2022, group: workers,
       stage: reporting}
    """
    finding = found("cycle.consulted", file_of(text, "2022-06-01"), cycle=2022)
    assert (str(finding.answer), resting(finding)) == ("ask", [("date_imprecise", (3,))])


def test_a_dialogue_of_a_year_may_have_been_held_since_the_sign_appeared() -> None:
    """Neither its first nor its last day says so, but the days up to the one asked may."""
    text = "- {kind: dialogue_held, happened_on: 2021, about: both}"
    finding = found("standing.dialogue_suggested", file_of(text, "2021-06-15"))
    assert (str(finding.answer), names(finding)[0]) == ("ask", "date_imprecise")
    day_after = found("standing.dialogue_suggested", file_of(text, "2021-05-01"))
    assert str(day_after.answer) == "ask"
    eve = found("standing.dialogue_suggested", file_of(text, "2021-04-30"))
    assert str(eve.answer) == "no"
