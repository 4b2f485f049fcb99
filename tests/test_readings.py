"""What-if: the same file under another reading, or with another number, of the texts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from stated import file_of

from a87lib import framework
from a87lib.cli import main
from a87lib.rules import ask, findings_for
from a87lib.rules.cycles import report_due
from a87lib.rules.duties import due_on, first_cycle, next_due, owed_cycles, owes, still_owes
from a87lib.rules.history import history, status
from a87lib.rules.in_force import in_force
from a87lib.rules.signals import no_report

FW = framework.load()


def answer(rule: str, file: Any, fw: framework.Framework = FW, **about: Any) -> str:
    """The answer of a rule as a word."""
    return str(ask(rule, file, fw, **about).answer)


@pytest.mark.parametrize(
    ("granted", "default", "other"),
    [
        ("2020-01-15", 2021, 2020),
        ("2020-04-30", 2021, 2020),
        ("2020-05-01", 2021, 2021),
        ("2020-12-31", 2021, 2021),
    ],
)
def test_first_cycle_under_both_readings(granted: str, default: int, other: int) -> None:
    """INT-01: the April of the next year, or the first April after the decision."""
    on = date.fromisoformat(granted)
    assert first_cycle(on, FW) == default
    assert first_cycle(on, FW.with_readings({"INT-01": "first_april_after_decision"})) == other


def test_a_country_granted_on_the_due_date_owes_that_report_under_the_other_reading() -> None:
    """INT-01: a first grant is no reactivation, whose own day does not count (INT-19)."""
    text = (
        "- {kind: decision_made, happened_on: 2020-04-30, subject: grant_status, consensus: true,"
        " quorum: true}"
    )
    file = file_of(text, "2020-05-01", granted=False)
    assert answer("cycle.report_due", file, cycle=2020) == "not_applicable"
    other = FW.with_readings({"INT-01": "first_april_after_decision"})
    assert answer("cycle.report_due", file, other, cycle=2020) == "yes"


def test_the_last_day_under_both_readings() -> None:
    """INT-02: 30 April is the last day, or 29 April is."""
    earlier = FW.with_readings({"INT-02": "last_day_excluded"})
    assert (due_on(2022, FW), due_on(2022, earlier)) == (date(2022, 4, 30), date(2022, 4, 29))
    text = "- {kind: report_received, happened_on: 2022-04-30, cycle: 2022}"
    file = file_of(text, "2022-06-01")
    assert answer("cycle.report_on_time", file, cycle=2022) == "yes"
    assert answer("cycle.report_on_time", file, earlier, cycle=2022) == "no"


def test_the_next_due_date_follows_the_day_asked() -> None:
    """On the due date it is still that day; the day after it is a year later."""
    assert next_due(date(2022, 4, 30), FW) == (2022, date(2022, 4, 30))
    assert next_due(date(2022, 5, 1), FW) == (2023, date(2023, 4, 30))
    assert next_due(date(2022, 1, 1), FW) == (2022, date(2022, 4, 30))


REACTIVATED = """
    - {kind: decision_made, happened_on: 2021-04-30, subject: declare_inactive, consensus: true}
    - {kind: decision_made, happened_on: 2022-02-01, subject: reactivate, consensus: true}
    - {kind: decision_made, happened_on: 2022-09-01, subject: declare_inactive, consensus: true}
    - {kind: decision_made, happened_on: 2024-04-30, subject: reactivate, consensus: true}
"""


def test_what_was_owed_and_what_is_owed_still() -> None:
    """History shows what was owed at the time; after a reactivation nothing older is owed still."""
    file = file_of(REACTIVATED, "2025-05-01")
    owed = {cycle: owes(file, FW, cycle) for cycle in range(2019, 2027)}
    assert [cycle for cycle, did in owed.items() if did] == [2020, 2022, 2025, 2026]
    assert owed_cycles(file, FW) == (2020, 2022, 2025)
    still = [cycle for cycle in owed if still_owes(file, FW, cycle)]
    assert still == [2025, 2026]
    past = history(file, FW)
    assert past.reactivations == (date(2022, 2, 1), date(2024, 4, 30))
    assert past.reactivated_on == date(2024, 4, 30)
    assert past.inactive_since is None
    inactive = history(file.as_of(date(2023, 1, 1)), FW)
    assert inactive.inactive_since == date(2022, 9, 1)
    assert [inactive.active_on(date(2021, 4, day)) for day in (29, 30)] == [True, False]
    assert not inactive.active_on(date(2019, 5, 31))


def test_a_later_report_need_not_end_a_run() -> None:
    """INT-04: under the other reading only the cycles themselves count."""
    text = """
        - {kind: report_received, happened_on: 2021-11-10, cycle: 2022}
        - {kind: indicator_framework_received, happened_on: 2021-11-10, cycle: 2022}
    """
    file = file_of(text, "2021-12-01")
    other = FW.with_readings({"INT-04": "only_the_cycles_themselves"})
    for rule in ("signals.no_report", "signals.no_indicator_framework"):
        assert (answer(rule, file), answer(rule, file, other)) == ("no", "yes")


COMMENTS = """
    - {kind: comments_sent, happened_on: 2020-07-10, cycle: 2020}
    - {kind: comments_sent, happened_on: 2021-03-10, cycle: 2021}
"""


def test_final_versions_may_be_asked_for_a_year_earlier() -> None:
    """INT-05: under the other reading a cycle counts once its own due date has passed."""
    other = FW.with_readings({"INT-05": "once_due_date_has_passed"})
    file = file_of(COMMENTS, "2021-05-01")
    assert answer("signals.no_finalised_report", file) == "too_early"
    found = ask("signals.no_finalised_report", file, other)
    assert (str(found.answer), found.since) == ("yes", date(2021, 5, 1))
    assert answer("cycle.report_finalised", file, cycle=2021) == "too_early"
    assert answer("cycle.report_finalised", file, other, cycle=2021) == "no"


def test_silence_may_be_left_open_for_ever() -> None:
    """INT-06: under the other reading only a conclusion makes the signs that people judge."""
    other = FW.with_readings({"INT-06": "silence_asks"})
    for rule in ("signals.no_evidence", "signals.no_collaboration"):
        file = file_of("", "2022-01-01")
        assert (answer(rule, file), answer(rule, file, other)) == ("yes", "ask")


def test_a_vague_date_may_simply_be_its_last_day() -> None:
    """INT-12: under the other reading nobody is asked, and a report of the year is late."""
    text = """
        - {kind: report_received, happened_on: 2022, cycle: 2022}
    """
    other = FW.with_readings({"INT-12": "last_day"})
    file = file_of(text, "2023-01-01")
    assert answer("cycle.report_on_time", file, cycle=2022) == "ask"
    late = ask("cycle.report_on_time", file, other, cycle=2022)
    assert (str(late.answer), [r.name for r in late.because]) == (
        "no",
        ["report_received_late 2022"],
    )
    signs = file_of("- {kind: dialogue_held, happened_on: 2021, about: both}", "2021-12-31")
    assert answer("standing.dialogue_suggested", signs) == "ask"
    heard = ask("standing.dialogue_suggested", signs, other)
    assert (str(heard.answer), [reason.key for reason in heard.because]) == (
        "no",
        ["dialogue_held"],
    )


def test_an_invalid_decision_may_stand() -> None:
    """INT-16: under the other reading what was recorded stands, with its faults noted."""
    text = """
        - {kind: decision_made, happened_on: 2021-06-01, subject: declare_inactive,
           consensus: false}
    """
    file = file_of(text, "2021-07-01")
    other = FW.with_readings({"INT-16": "recorded_stands"})
    assert (status(file, FW), status(file, other)) == ("active", "inactive")
    assert "decision_without_consensus" in [reason.key for reason in history(file, other).remarks]


PLAN = """
    - kind: roadmap_submitted
      happened_on: 2020-11-10
      priorities:
        - {no: 1, title: Law, themes: [child_labour, forced_labour],
           actions: [{no: 1, title: Draft, due: 2023-01-01}]}
"""


def test_a_roadmap_may_have_to_cover_all_themes() -> None:
    """INT-17: child and forced labour, or all four themes of target 8.7."""
    file = file_of(PLAN, "2020-12-01", granted=False)
    other = FW.with_readings({"INT-17": "all_themes"})
    assert answer("candidacy.roadmap_themes", file) == "yes"
    missing = ask("candidacy.roadmap_themes", file, other).because
    assert [str(theme) for theme in missing[1].args["themes"]] == ["modern_slavery", "trafficking"]


def test_any_dated_action_may_be_an_immediate_measure() -> None:
    """INT-15: due by the end of the year, or with any due date."""
    other = FW.with_readings({"INT-15": "any_due_date"})
    file = file_of(PLAN, "2020-12-01", granted=False)
    assert answer("candidacy.immediate_actions", file) == "no"
    assert answer("candidacy.immediate_actions", file, other) == "yes"
    undated = file_of(PLAN.replace(", due: 2023-01-01", ""), "2020-12-01", granted=False)
    assert answer("candidacy.immediate_actions", undated, other) == "no"


def test_three_cycles_may_make_a_sign() -> None:
    """With three cycles in a row, two misses warn and the third makes the sign."""
    three = FW.with_values({"signals.consecutive_cycles": 3})
    silent = file_of("", "2021-05-01")
    assert answer("signals.no_report", silent, three) == "too_early"
    warning = ask("signals.early_warning", silent, three)
    assert (str(warning.answer), warning.next_on) == ("yes", date(2022, 5, 1))
    assert {(r.cycle, r.args["missed"]) for r in warning.because if r.args["on"].month == 5} == {
        (2022, 2021)
    }
    one = ask("signals.early_warning", file_of("", "2020-05-01"), three)
    assert str(one.answer) == "no"
    later = file_of("", "2022-05-01")
    found = ask("signals.no_report", later, three)
    assert (str(found.answer), found.since) == ("yes", date(2022, 5, 1))
    assert [reason.cycle for reason in found.because] == [2020, 2021, 2022]
    assert ask("signals.no_report", file_of("", "2024-05-01"), three).since == date(2022, 5, 1)
    met = file_of("- {kind: report_received, happened_on: 2021-04-01, cycle: 2021}", "2022-06-01")
    assert answer("signals.no_report", met, three) == "no"
    ended = file_of("- {kind: report_received, happened_on: 2021-12-01, cycle: 2022}", "2022-01-01")
    assert str(ask("signals.no_report", ended, three).answer) == "too_early"
    assert "signals.no_report" not in {
        str(r.args.get("sign")) for r in ask("signals.early_warning", ended, three).because
    }


def test_evidence_over_three_cycles() -> None:
    """A conclusion that was late for the last of three cycles dates the sign by itself."""
    text = """
        - {kind: report_received, happened_on: 2022-04-01, cycle: 2022}
        - {kind: subgroup_concluded, happened_on: 2022-10-05, cycle: 2022, criterion: evidence,
           judgement: not_shown}
    """
    three = FW.with_values({"signals.consecutive_cycles": 3})
    found = ask("signals.no_evidence", file_of(text, "2022-12-01"), three)
    assert (str(found.answer), found.since) == ("yes", date(2022, 10, 5))
    on_the_eve = ask("signals.no_evidence", file_of(text, "2022-10-04"), three)
    assert str(on_the_eve.answer) == "ask"


def test_silence_may_end_on_another_day() -> None:
    """With silence open up to 30 September, the sign appears on 1 October."""
    earlier = FW.with_values({"signals.silence_until": "09-30"})
    found = ask("signals.no_evidence", file_of("", "2021-10-01"), earlier)
    assert (str(found.answer), found.since) == ("yes", date(2021, 10, 1))
    assert answer("signals.no_evidence", file_of("", "2021-09-30"), earlier) == "ask"
    warned = ask("signals.early_warning", file_of("", "2020-10-01"), earlier)
    days = {str(r.args["sign"]): r.args["on"] for r in warned.because}
    assert days["signals.no_evidence"] == date(2021, 10, 1)


def test_reports_may_be_due_on_another_day() -> None:
    """With 31 May as due date, the report of 31 May is on time."""
    later = FW.with_values({"cycle.due": "05-31"})
    text = "- {kind: report_received, happened_on: 2022-05-31, cycle: 2022}"
    file = file_of(text, "2022-06-01")
    assert answer("cycle.report_on_time", file, later, cycle=2022) == "yes"
    assert ask("cycle.report_due", file, later, cycle=2022).value == date(2022, 5, 31)


def test_a_letter_may_be_enough_to_reactivate() -> None:
    """Without a decision of the GCM (a dated parameter), the country's request reactivates it."""
    text = """
        - {kind: decision_made, happened_on: 2021-06-01, subject: declare_inactive, consensus: true}
        - {kind: reactivation_requested, happened_on: 2022-03-01, addressed_to: alliance_chair}
    """
    file = file_of(text, "2022-04-01")
    alone = FW.with_values({"reactivation.by_decision": False})
    assert (status(file, FW), status(file, alone)) == ("inactive", "active")
    assert history(file, alone).reactivated_on == date(2022, 3, 1)
    early = """
        - {kind: reactivation_requested, happened_on: 2020-03-01, addressed_to: alliance_chair}
        - {kind: decision_made, happened_on: 2021-06-01, subject: declare_inactive, consensus: true}
    """
    unasked = file_of(early, "2022-04-01")
    assert status(unasked, alone) == "inactive"
    assert history(unasked, alone).remarks[0].key != "decision_without_effect"


def test_the_same_file_may_be_read_with_two_frameworks() -> None:
    """What one framework derives from a file is not taken for the other's."""
    file = file_of("", "2021-05-01")
    three = FW.with_values({"signals.consecutive_cycles": 3})
    assert [answer("signals.no_report", file, fw) for fw in (FW, three, FW)] == [
        "yes",
        "too_early",
        "yes",
    ]


def test_a_rule_may_be_called_by_its_name() -> None:
    """The decorated function opens the file as of the day asked, and says what it rests on."""
    file = file_of("", "2023-05-01")
    found = no_report(file, date(2021, 4, 30), FW)
    assert (str(found.answer), found.asof) == ("too_early", date(2021, 4, 30))
    assert no_report(file, date(2023, 5, 1), FW) == ask("signals.no_report", file, FW)
    due = report_due(file, date(2020, 5, 1), FW, cycle=2020)
    assert (due.paragraph, due.parameters) == ("AF-MON-3", {"cycle.due": "04-30"})
    assert found.interpretations[:2] == ("INT-03", "INT-04")


OLD = """
    - {kind: decision_made, happened_on: 2012-06-01, subject: grant_status, consensus: true}
    - {kind: decision_made, happened_on: 2013-06-01, subject: declare_inactive, consensus: true}
    - {kind: reactivation_requested, happened_on: 2014-06-01, addressed_to: alliance_chair}
    - {kind: decision_made, happened_on: 2015-06-01, subject: reactivate, consensus: true}
    - {kind: report_received, cycle: 2017, happened_on: 2015-05}
"""


def test_facts_older_than_the_texts_break_nothing() -> None:
    """An event from before the first dated value is judged by that value, on every later day."""
    file = file_of(OLD, "2017-05-01", granted=False)
    assert {finding.rule for finding in findings_for(file, FW)} > {"standing.status"}
    assert status(file, FW) == "active"
    assert due_on(2013, FW) == date(2013, 4, 30)
    assert answer("cycle.report_on_time", file, cycle=2017) == "yes"


def dated(name: str, *values: tuple[str, Any]) -> framework.Framework:
    """The framework with other dated values of a parameter."""
    parameter = FW.parameters[name]
    first = parameter.values[0]
    made = tuple(replace(first, since=date.fromisoformat(on), value=value) for on, value in values)
    changed = {**FW.parameters, name: replace(parameter, values=made)}
    return replace(FW, parameters=changed)


def test_of_two_dated_values_the_first_judges_what_is_older() -> None:
    """An event from before the first value: that one, not the later one."""
    fw = dated("gcm.quorum", ("2016-01-01", 16), ("2024-01-01", 20))
    days = [date(2014, 5, 1), date(2016, 1, 1), date(2023, 12, 31), date(2024, 1, 1)]
    assert [in_force(fw, "gcm.quorum", day) for day in days] == [16, 16, 16, 20]


def test_a_cycle_s_due_date_is_the_one_in_force_when_its_year_begins() -> None:
    """A due date moved from 2 January 2024 on holds from cycle 2025; from 1 January, from 2024."""
    late = dated("cycle.due", ("2016-01-01", "04-30"), ("2024-01-02", "06-15"))
    assert [due_on(cycle, late) for cycle in (2024, 2025)] == [date(2024, 4, 30), date(2025, 6, 15)]
    early = dated("cycle.due", ("2016-01-01", "04-30"), ("2024-01-01", "06-15"))
    assert due_on(2024, early) == date(2024, 6, 15)


def test_no_day_is_asked_about_on_which_a_parameter_has_no_value() -> None:
    """On the framework's first day each parameter has a value; on the day before one has none."""
    for name in FW.parameters:
        FW.value(name, FW.starts_on)
    before = FW.starts_on - timedelta(days=1)
    without = [name for name, each in FW.parameters.items() if each.values[0].since > before]
    assert without
    with pytest.raises(LookupError, match="ask for a later day"):
        FW.value(without[0], before)


@pytest.mark.parametrize("asked", [("findings", "QMA"), ("calendar", "all")])
@pytest.mark.parametrize(
    ("day", "named"),
    [
        ("2015-12-31", "1 January 2016"),
        ("0001-01-01", "1 January 2016"),
        ("9999-12-31", "last year"),
    ],
)
def test_a_day_outside_the_years_of_the_texts_is_refused_with_a_sentence(
    asked: tuple[str, ...], day: str, named: str, monkeypatch: Any, capsys: Any
) -> None:
    """Wrong usage: the sentence names the first day, or the last year, that can be asked about."""
    monkeypatch.setenv("A87_LANG", "en")
    with pytest.raises(SystemExit) as ended:
        main([*asked, "--asof", day])
    told = capsys.readouterr()
    assert (ended.value.code, told.out) == (2, "")
    assert told.err.startswith("--asof: ") and named in told.err
