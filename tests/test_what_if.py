"""What if the GCM changed its texts: a difference, refused where it cannot be one, never stored."""

from __future__ import annotations

import gc
import json
from datetime import date
from pathlib import Path

import pytest
from briefings import words
from exercise import exercise_archive

from a87lib import framework, register
from a87lib.cli import main
from a87lib.cli.findings import uncollected
from a87lib.countryfile import Archive
from a87lib.language import LANGUAGES, say
from a87lib.problems import Problems
from a87lib.report.briefing import what_if as paper
from a87lib.rules import findings_for
from a87lib.rules.what_if import changed, changes_of, what_if

ASOF = date(2025, 12, 15)


def changes(*asked: str):
    return changes_of(asked, framework.load(), ASOF)


def differing(*asked: str) -> dict[str, set[str]]:
    archive = exercise_archive()
    files = (archive.file(code, ASOF) for code in archive.countries)
    found = what_if(files, framework.load(), changes(*asked))
    return {code: {each.rule for each in differences} for code, differences in found}


def test_three_cycles_in_a_row_instead_of_two_take_signs_away_and_nothing_else():
    found = differing("signals.consecutive_cycles=3")
    assert found["QMA"] == set()
    assert "signals.no_report" in found["QMB"]
    kinds = {rule.split(".")[0] for rules in found.values() for rule in rules}
    assert kinds <= {"signals", "standing"}


def test_the_present_value_makes_no_difference():
    assert not any(differing("signals.consecutive_cycles=2", "INT-08=five_groups").values())


def test_a_reading_can_be_changed_too():
    (one,) = changes("INT-05=once_due_date_has_passed")
    assert (one.now, one.then) == ("once_next_due_date_has_passed", "once_due_date_has_passed")
    assert changed(framework.load(), [one]).reading("INT-05") == one.then


def test_the_framework_that_others_use_stays_as_it_is():
    before = framework.load().digest
    file = exercise_archive().file("QMB", ASOF)
    found = findings_for(file, framework.load())
    differing("signals.consecutive_cycles=3")
    assert framework.load().digest == before
    assert findings_for(file, framework.load()) == found


@pytest.mark.parametrize(
    ("asked", "then"),
    [
        ("gcm.quorum=1", 1),
        ("progress.on_track=0.5", 0.5),
        ("progress.on_track=1", 1.0),
        ("cycle.due=05-31", "05-31"),
        ("reactivation.by_decision=true", True),
        ("reactivation.by_decision=Yes", True),
        ("reactivation.by_decision=false", False),
        ("reactivation.by_decision=no", False),
        ("INT-08=seven_groups", "seven_groups"),
    ],
)
def test_a_value_is_read_as_the_texts_write_it(asked, then):
    (one,) = changes(asked)
    assert (one.then, type(one.then)) == (then, type(then))


@pytest.mark.parametrize(
    ("asked", "like"),
    [
        ("INT-01", "april_of_following_year, first_april_after_decision"),
        ("gcm.quorum=many", "16"),
        ("gcm.quorum=0", "16"),
        ("progress.on_track=1.5", "0.95"),
        ("progress.on_track=0", "0.95"),
        ("cycle.due=02-30", "04-30"),
        ("reactivation.by_decision=perhaps", "true"),
        ("INT-08=six_groups", "five_groups, seven_groups"),
    ],
)
def test_what_cannot_be_a_value_is_refused_with_what_can(asked, like):
    with pytest.raises(Problems) as refused:
        changes(asked)
    (problem,) = refused.value.problems
    name, _, given = asked.partition("=")
    assert (problem.code, problem.where, problem.found) == ("no_such_value", "", given)
    assert problem.args == {"name": name, "like": like}
    assert refused.value.exit_status == 2


@pytest.mark.parametrize("asked", ["signals.consecutive_cycle=3", ""])
def test_what_is_no_norm_is_refused(asked):
    with pytest.raises(Problems, match="unknown_norm") as refused:
        changes(asked)
    assert refused.value.exit_status == 2


def test_everything_that_is_wrong_is_told_at_once_with_the_nearest_name():
    with pytest.raises(Problems) as refused:
        changes("signals.consecutive_cycle=3", "gcm.quorum=x")
    first, second = refused.value.problems
    assert (first.found, second.found) == ("signals.consecutive_cycle", "x")
    near = first.args["near"].split(", ")
    assert near[0] == "signals.consecutive_cycles" and len(near) == 3


@pytest.fixture
def run(exercise_register, capsys):
    """Runs `a87 findings` on the exercise; gives the exit status and what it printed."""

    def _run(*arguments: str) -> tuple[object, str]:
        asked = ["findings", *arguments, "--asof", "2025-12-15", "--register", exercise_register]
        with pytest.raises(SystemExit) as ended:
            main(asked)
        return ended.value.code, capsys.readouterr().out

    return _run


@pytest.mark.parametrize("command", ["findings", "calendar"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_code_that_names_no_country_is_refused_and_a_country_without_a_file_is_not(
    exercise_register, capsys, monkeypatch, command, language
):
    """X and Q codes are for whoever invents countries: without a name and a file there is none."""
    monkeypatch.setenv("A87_LANG", language)

    def run(code):
        with pytest.raises(SystemExit) as ended:
            main([command, code, "--asof", "2025-12-15", "--register", exercise_register])
        return ended.value.code or 0, *capsys.readouterr()

    assert run("XXX") == (1, "", say("problem.nothing_on_file", language, found="XXX") + "\n")
    status, told, refused = run("ETH")
    assert (status, refused) == (0, "") and told


def test_the_command_shows_both_answers_for_all_countries_and_stores_nothing(
    run, exercise_register
):
    before = Path(exercise_register).read_bytes()
    status, told = run("all", "--set", "signals.consecutive_cycles=3", "--lang", "en")
    assert status == 0
    assert "If signals.consecutive_cycles were 3 instead of 2:" in told
    assert "\nQMB\nsignals.no_report: yes → no" in told
    assert "\nQMA\n" not in told
    assert "Nothing was stored" in told.splitlines()[-1]
    assert Path(exercise_register).read_bytes() == before


def test_the_command_gives_json_and_keeps_to_the_rules_asked_for(run):
    _, told = run(
        "QMB", "--set", "signals.consecutive_cycles=3", "--json", "--rule", "signals.no_report"
    )
    said = json.loads(told)
    assert said["what_if"] == {"signals.consecutive_cycles": {"now": 2, "then": 3}}
    (one,) = said["differences"]
    assert one["rule"] == "signals.no_report"
    assert (one["now"]["answer"], one["then"]["answer"]) == ("yes", "no")


def test_the_command_leaves_the_collector_of_cycles_as_it_was(run):
    run("QMB", "--set", "signals.consecutive_cycles=3")
    assert gc.isenabled()
    run("QMB", "--set", "signals.consecutive=3")
    assert gc.isenabled()


def test_what_is_read_and_found_holds_no_cycles(exercise_register):
    """So nothing piles up while the collector is off (`a87 findings`)."""

    def found() -> int:
        archive = Archive(on.facts())
        every = (findings_for(archive.file(c, ASOF), framework.load()) for c in archive.countries)
        return sum(map(len, every))

    with register.open(exercise_register) as on:
        found()  # what is made once, such as the statements for the database
        gc.collect()
        with uncollected():
            assert found() > 1000
            assert gc.collect() < 50


def test_what_has_neither_answer_nor_value_is_told_by_its_sentence(exercise_register, capsys):
    """A country without a status has no phase: nobody reads `None`."""
    asked = ["findings", "QMI", "--asof", "2017-06-01", "--rule", "standing.phase"]
    with pytest.raises(SystemExit):
        main([*asked, "--register", exercise_register])
    assert "standing.phase: No phase." in capsys.readouterr().out


def test_the_command_refuses_an_unknown_name_with_status_2(run):
    assert run("QMB", "--set", "signals.consecutive=3") == (2, "")


@pytest.mark.parametrize(
    "command",
    [
        ("findings", "QMB", "--asof", "2025-12-15", "--set"),
        ("briefing", "21", "--lang", "en", "--out", "out", "--what-if"),
    ],
)
def test_what_is_refused_is_said_of_the_option_that_was_typed(exercise_register, command, capsys):
    with pytest.raises(SystemExit):
        main([*command, "gcm.quorum=many", "--register", exercise_register])
    assert capsys.readouterr().err.startswith(f"{command[-1]}: ")


def test_a_meeting_can_be_asked_about(run):
    status, told = run("--meeting", "21", "--set", "gcm.quorum=30", "--lang", "en")
    assert status == 0 and "gcm.quorum: yes → no" in told


@pytest.mark.parametrize(("meeting", "status"), [("99", 1), ("0", 2), ("-1", 2), ("1" * 20, 2)])
def test_a_meeting_of_which_nothing_is_on_file_is_refused(
    exercise_register, meeting, status, capsys
):
    """As in a briefing; nobody is told that it is too early for the minutes of no meeting."""
    for more in ((), ("--set", "gcm.quorum=30")):
        with pytest.raises(SystemExit) as ended:
            main(["findings", "--meeting", meeting, "--asof", "2025-12-15", "--lang", "en",
                  "--register", exercise_register, *more])  # fmt: skip
        said = capsys.readouterr()
        assert (ended.value.code, said.out) == (status, "") and meeting in said.err


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_for_the_pack_names_changes_countries_and_both_findings(
    exercise_register, language
):
    changes = "signals.consecutive_cycles=3"
    this = paper.opened(22, "2025-12-15", changes=changes, language=language,
                        register=exercise_register)  # fmt: skip
    text = words(paper.shown(this))
    assert changes.partition("=")[0] in text and paper.head(this).about.language == language
    codes = [country.code for country, _ in this.found]
    assert "QMB" in codes and "QMA" not in codes
    assert all(country.name in text for country, _ in this.found)
    assert say("rule.signals.no_report", language) in text


def test_the_paper_says_so_where_nothing_would_differ(exercise_register):
    this = paper.opened(22, "2025-12-15", changes="gcm.term_years=3", register=exercise_register)
    assert not this.found and say("briefing.what_if.none", "en") in words(paper.shown(this))


def test_the_paper_is_not_made_for_the_members(exercise_register, tmp_path, capsys):
    call = "briefing 22 --asof 2025-12-15 --for members --what-if gcm.quorum=17".split()
    with pytest.raises(SystemExit) as ended:
        main([*call, "--register", exercise_register, "--out", str(tmp_path / "x")])
    assert ended.value.code == 2 and "--what-if" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()
