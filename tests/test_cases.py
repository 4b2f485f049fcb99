"""The cases about countries pass, say every answer, and a bad case file is refused line by line."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path
from textwrap import dedent

import pytest

from a87lib import framework
from a87lib.cases import Case, read_cases, run, run_case
from a87lib.language import LANGUAGES
from a87lib.problems import Problem, Problems
from a87lib.rules import RULES, reason_sentence, sentence

FOLDER = Path(__file__).parent / "cases"
FILES = ("cycle.yaml", "signals.yaml", "standing.yaml", "candidacy.yaml", "progress.yaml")
CASES = [case for name in FILES for case in read_cases(FOLDER / name)]
IDS = [f"{case.file}:{case.line}" for case in CASES]
A87 = Path(sys.executable).parent / "a87"

OWN = [rule.id for rule in RULES.values() if rule.of == "country"]
VALUES_ONLY = {"standing.status", "standing.phase"}
TOO_EARLY = {rule for rule in OWN if rule.startswith(("cycle.", "signals.", "progress."))}


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_a_case_finds_what_it_says(case: Case) -> None:
    """Every expectation of the case is met; a failure is told as `a87 cases` tells it."""
    checks = run_case(case, framework.load())
    assert [check.told("en") for check in checks if not check.passed] == []


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_findings_can_be_said_in_three_languages(case: Case) -> None:
    """The sentence of the finding, and of each of its reasons, has all that it names."""
    for check in run_case(case, framework.load()):
        for language in LANGUAGES:
            told = [sentence(check.finding, language)]
            told += [reason_sentence(reason, language) for reason in check.finding.because]
            assert all(text and "{" not in text and "None" not in text for text in told), told


def _answers() -> dict[str, Counter[str]]:
    answers: dict[str, Counter[str]] = defaultdict(Counter)
    for case in CASES:
        for expectation in case.expectations:
            answers[expectation.rule][str(expectation.expected.get("answer", "value"))] += 1
    return answers


def test_each_rule_has_a_case_for_each_answer_that_it_can_give() -> None:
    """Yes, no and ask for every rule; too early for what runs by the calendar."""
    answers = _answers()
    for rule in OWN:
        if rule in VALUES_ONLY:
            assert answers[rule]["value"] >= 7, rule
            continue
        wanted = {"yes", "no", "ask"} | ({"too_early"} if rule in TOO_EARLY else set())
        wanted -= {"no"} if rule == "cycle.report_due" else set()  # it passes, or is still to come
        wanted -= {"ask"} if rule == "candidacy.eligible" else set()  # membership is always known
        assert wanted <= set(answers[rule]), rule


@pytest.mark.parametrize(
    "rule", [rule for rule in OWN if rule.startswith(("cycle.", "signals.", "standing."))]
)
def test_each_rule_is_asked_about_corrections_and_what_was_known(rule: str) -> None:
    """Each rule has a case with a correction, one as known earlier, and one with a vague date."""
    asked = [case for case in CASES if rule in {e.rule for e in case.expectations}]
    assert any(fact.corrects is not None for case in asked for fact in case.facts)
    assert any(case.known_at is not None for case in asked)
    vague = any(not fact.when.exact for case in asked for fact in case.facts)
    assert vague or not RULES[rule].asks_about_days


def test_names_of_cases_are_sentences_of_their_own() -> None:
    """No two cases of a file have the same name, and each cites a paragraph."""
    for name in FILES:
        names = [case.name for case in CASES if case.file == name]
        assert len(set(names)) == len(names)
        assert all(len(each.split()) >= 2 for each in names)


def a87(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The real command, in English."""
    return subprocess.run(
        [A87, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"LANG": "en_GB.UTF-8", "PYTHONUTF8": "1"},
    )


def test_the_command_runs_all_case_files() -> None:
    """`a87 cases` on every case file of the product closes with the count of all cases."""
    files = sorted(path.name for path in FOLDER.glob("*.yaml"))
    done = a87("cases", *files, folder=FOLDER)
    count = sum(len(read_cases(FOLDER / name)) for name in files)
    assert done.stdout.splitlines()[-1] == f"{count} passed, 0 failed"
    assert (done.returncode, done.stderr) == (0, "")


FAILING = """
    - case: A late report counts as missing
      paragraph: AF-REV-7a
      country: CIV
      facts:
        - {kind: decision_made, happened_on: 2019-06-01, subject: grant_status, consensus: true}
        - {kind: report_received, happened_on: 2022-11-20, cycle: 2022}
      asof: 2023-06-01
      expect:
        - {rule: signals.no_report, answer: yes, because: [report_received_missing 2022]}
        - {rule: standing.status, value: active, since: 2019-06-02}
        - {rule: cycle.report_received, cycle: 2022, answer: yes}
    - case: This one passes
      paragraph: AF-REV-7a
      country: CIV
      asof: 2023-06-01
      expect:
        - {rule: standing.status, value: none}
"""


def written(folder: Path, text: str) -> Path:
    """A case file with this text."""
    path = folder / "mine.yaml"
    path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    return path


def test_a_failing_case_says_what_was_expected_what_was_found_and_why(tmp_path: Path) -> None:
    """The sentence, the line, expected and found of each field, the reasons; then the count."""
    written(tmp_path, FAILING)
    done = a87("cases", "mine.yaml", "--lang", "en", folder=tmp_path)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[0] == "mine.yaml:9 A late report counts as missing (AF-REV-7a)"
    assert lines[1].startswith("  signals.no_report: ")
    assert lines[2] == "  answer: expected yes, found no"
    assert lines[3].startswith("  because: expected report_received_missing 2022, found ")
    assert any(
        "20 November 2022" in each and "[report_received_late 2022]" in each for each in lines
    )
    assert "  since: expected 2019-06-02, found 2019-06-01" in lines
    assert not any("cycle.report_received" in each for each in lines)
    assert lines[-1] == "1 passed, 1 failed"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_failing_case_is_told_in_the_language_asked_for(tmp_path: Path, language: str) -> None:
    """Expected and found are said in English, French or Spanish."""
    failed = [check for check in run(read_cases(written(tmp_path, FAILING))) if not check.passed]
    words = {"en": "expected yes, found no", "fr": "attendu yes", "es": "se esperaba yes"}
    text = failed[0].told(language).casefold()
    assert words[language] in text
    assert "2022" in text


def refused(folder: Path, text: str) -> list[Problem]:
    """The problems of a case file with this text; the test fails where there are none."""
    with pytest.raises(Problems) as caught:
        read_cases(written(folder, text))
    assert caught.value.exit_status == 1
    return list(caught.value.problems)


def told(problems: list[Problem]) -> list[tuple[str, str]]:
    """Code and place of each problem."""
    return [(problem.code, problem.where) for problem in problems]


GOOD = """
    - case: A case
      paragraph: AF-REV-7a
      country: CIV
      facts:
        - {kind: report_received, happened_on: 2022-11-20, cycle: 2022}
      asof: 2023-06-01
      expect:
        - {rule: signals.no_report, answer: not_applicable}
"""


@pytest.mark.parametrize(
    ("found", "instead", "problem"),
    [
        ("country: CIV", "country: NO", ("unknown_country", "mine.yaml:3 country")),
        ("country: CIV", "country: 4", ("unknown_country", "mine.yaml:3 country")),
        ("kind: report_received", "kind: report", ("unknown_kind", "mine.yaml:5 kind")),
        ("kind: report_received", "kind: [report]", ("unknown_kind", "mine.yaml:5 kind")),
        ("kind: report_received, ", "", ("missing_field", "mine.yaml:5")),
        (", cycle: 2022", ", cycle: '2022'", ("not_a_number", "mine.yaml:5 cycle")),
        (", cycle: 2022", ", cycle: 22", ("not_a_number", "mine.yaml:5 cycle")),
        (", cycle: 2022", "", ("missing_field", "mine.yaml:5")),
        (", cycle: 2022", ", cycle: 2022, colour: red", ("unknown_field", "mine.yaml:5 colour")),
        ("2022-11-20", "2022-11-31", ("impossible_date", "mine.yaml:5 happened_on")),
        ("2022-11-20", "2022-13", ("impossible_date", "mine.yaml:5 happened_on")),
        ("2022-11-20", "last week", ("impossible_date", "mine.yaml:5 happened_on")),
        (", cycle: 2022", ", cycle: 2022, corrects: x", ("unknown_label", "mine.yaml:5 corrects")),
        ("asof: 2023-06-01", "asof: 2023-02-29", ("impossible_date", "mine.yaml:6 asof")),
        ("asof: 2023-06-01", "when: 2023-06-01", ("unknown_field", "mine.yaml:6 when")),
        ("asof: 2023-06-01", "known_at: soon", ("impossible_date", "mine.yaml:6 known_at")),
        ("paragraph: AF-REV-7a", "paragraph: AF-9", ("unknown_paragraph", "mine.yaml:2 paragraph")),
        ("signals.no_report", "signals.report", ("unknown_rule", "mine.yaml:8 rule")),
        ("rule: signals.no_report, ", "", ("missing_field", "mine.yaml:8")),
        ("answer: not_applicable", "answer: maybe", ("unknown_code", "mine.yaml:8 answer")),
        (", answer: not_applicable", "", ("missing_field", "mine.yaml:8")),
        ("answer: not", "since: 2023-02-30, answer: not", ("impossible_date", "mine.yaml:8 since")),
        ("answer: not", "cycle: soon, answer: not", ("not_a_number", "mine.yaml:8 cycle")),
        ("answer: not", "criterion: good, answer: not", ("unknown_code", "mine.yaml:8 criterion")),
        ("answer: not", "seat: sofa, answer: not", ("unknown_code", "mine.yaml:8 seat")),
        ("answer: not", "because: key, answer: not", ("not_a_list", "mine.yaml:8 because")),
        ("signals.no_report", "progress.on_track", ("missing_field", "mine.yaml:8")),
        ("country: CIV\n", "meeting: 3\n", ("missing_field", "mine.yaml:1")),
        ("asof", "coverage: some\n      asof", ("unknown_code", "mine.yaml:6 coverage")),
        ("asof", "coverage: {kind: []}\n      asof", ("unknown_field", "mine.yaml:6 kind")),
        ("asof", "coverage: {kinds: [x]}\n      asof", ("unknown_kind", "mine.yaml:6 kinds")),
        ("asof", "coverage: {kinds: x}\n      asof", ("not_a_list", "mine.yaml:6 kinds")),
        ("asof", "coverage: {cycles: 2022}\n      asof", ("not_a_list", "mine.yaml:6 cycles")),
        ("asof", "coverage: {cycles: [x]}\n      asof", ("not_a_number", "mine.yaml:6 cycles")),
        ("asof", "coverage: {until: 1}\n      asof", ("impossible_date", "mine.yaml:6 until")),
        ("asof", "council: half\n      asof", ("unknown_code", "mine.yaml:6 council")),
        ("asof", "year: soon\n      asof", ("not_a_number", "mine.yaml:6 year")),
        ("asof", "meeting: 0\n      asof", ("not_a_number", "mine.yaml:6 meeting")),
        ("asof", "attendance: all\n      asof", ("wrong_type", "mine.yaml:6 attendance")),
        ("asof", "attendance: {x: 1}\n      asof", ("unknown_code", "mine.yaml:6 x")),
        ("asof", "attendance: {ngos: 4}\n      asof", ("not_a_number", "mine.yaml:6 ngos")),
        ("asof", "attendance: {chair: ill}\n      asof", ("unknown_code", "mine.yaml:6 chair")),
        ("asof", "asof: 2023-06-02\n      asof", ("duplicate_key", "mine.yaml:7")),
        ("- {rule", "- words\n        - {rule", ("not_an_expectation", "mine.yaml:8")),
    ],
)
def test_a_case_file_with_one_thing_wrong_names_its_line(
    tmp_path: Path, found: str, instead: str, problem: tuple[str, str]
) -> None:
    """Unknown field, kind, rule or country, wrong type, impossible date, key given twice."""
    assert GOOD.count(found) >= 1
    problems = told(refused(tmp_path, GOOD.replace(found, instead, 1)))
    assert problem in problems
    instead_of = {("missing_field", "mine.yaml:1")}  # the field that gave way to another
    instead_of |= {("missing_field", "mine.yaml:5")} if "meeting: 3" in instead else set()
    assert set(problems) <= {problem} | instead_of


def test_a_good_case_file_is_read_whole(tmp_path: Path) -> None:
    """The file on which the bad ones are built has no problem, and its case passes."""
    checks = run(read_cases(written(tmp_path, GOOD)))
    assert [check.passed for check in checks] == [True]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_a_list"),
        ("case: A map", "not_a_list"),
        ("- just words", "not_a_case"),
        ("- [", "not_yaml"),
        ("- {case: A, case: B}", "duplicate_key"),
        ("- case: A\n  facts: {kind: x}", "not_a_list"),
        ("- case: A\n  expect: {rule: x}", "not_a_list"),
        ("- case: A\n  facts: [words]", "not_a_fact"),
    ],
)
def test_a_file_that_is_no_list_of_cases_is_refused(tmp_path: Path, text: str, code: str) -> None:
    """What is no list, no YAML, or holds words where fields belong."""
    assert code in {problem.code for problem in refused(tmp_path, text)}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("{foo: {a: true, b: [x, null]}}", "{foo: {a: true, b: [x, null]}}"),
        ("- {case: A, paragraph: AF-REV-7a, asof: 2023-01-01, expect: {rule: x}}", "{rule: x}"),
        ("- {case: A, paragraph: [x], asof: 2023-01-01, expect: []}", "[x]"),
    ],
)
def test_what_was_found_is_shown_as_it_is_written_in_a_case(
    tmp_path: Path, text: str, written: str
) -> None:
    """Maps, lists, true and null as YAML has them: nobody reads the forms of a program."""
    assert written in {problem.found for problem in refused(tmp_path, text)}


def test_a_difference_is_shown_as_it_is_written_in_a_case(tmp_path: Path) -> None:
    """A value that was expected as a map is told as one of YAML."""
    asked = "{rule: standing.status, value: {a: true}}"
    text = GOOD.replace("{rule: signals.no_report, answer: not_applicable}", asked)
    (check,) = run(read_cases(written(tmp_path, text)))
    assert "expected {a: true}, found" in check.told("en")


def test_all_problems_of_all_files_come_at_once_and_nothing_is_run(tmp_path: Path) -> None:
    """The command tells each problem with file and line on standard error, and ends with 1."""
    written(tmp_path, GOOD.replace("country: CIV", "country: NO").replace("answer", "anser"))
    (tmp_path / "other.yaml").write_text("- {case: A, case: B}\n", encoding="utf-8")
    done = a87("cases", "mine.yaml", "other.yaml", "none.yaml", folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    lines = done.stderr.splitlines()
    assert any(line.startswith("mine.yaml:3 country: ") and "NOR" in line for line in lines)
    assert any(line.startswith("mine.yaml:8 anser: ") for line in lines)
    assert any(line.startswith("other.yaml:1: ") for line in lines)
    assert any(line.startswith("none.yaml: ") for line in lines)
    assert "Traceback" not in done.stderr


def test_no_file_named_is_wrong_usage(tmp_path: Path) -> None:
    """Without a file the command says how it is used and ends with 2."""
    done = a87("cases", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "FILES" in done.stderr
