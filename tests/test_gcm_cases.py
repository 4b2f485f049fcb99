"""The cases about the GCM pass, say every answer, and every finding in them can be said."""

from collections import defaultdict
from pathlib import Path

import pytest
from council import fw

from a87lib.cases import Case, read_cases, run_case
from a87lib.language import LANGUAGES, has
from a87lib.rules import RULES, as_data, reason_sentence, sentence

FOLDER = Path(__file__).parent / "cases"
FILES = ("gcm_seats.yaml", "gcm.yaml", "agenda.yaml")
CASES = [case for name in FILES for case in read_cases(FOLDER / name)]
OWN = [rule for rule in RULES.values() if rule.id.startswith(("gcm.", "agenda."))]
AT_LEAST = 7


@pytest.mark.parametrize("case", CASES, ids=[f"{c.file}:{c.line}" for c in CASES])
def test_a_case_finds_what_it_says(case: Case) -> None:
    """Every expectation of the case is met; a failure is told as `a87 cases` tells it."""
    failed = [check.told("en") for check in run_case(case, fw()) if not check.passed]
    assert failed == []


@pytest.mark.parametrize("case", CASES, ids=[f"{c.file}:{c.line}" for c in CASES])
def test_findings_can_be_said_in_three_languages(case: Case) -> None:
    """The sentence of the finding, and of each of its reasons, has all that it names."""
    for check in run_case(case, fw()):
        for language in LANGUAGES:
            told = [sentence(check.finding, language)]
            told += [reason_sentence(reason, language) for reason in check.finding.because]
            assert all(text and "{" not in text and "None" not in text for text in told), told
            assert as_data(check.finding, language)["sentence"] == told[0]


def test_each_rule_has_cases_of_every_kind() -> None:
    """Seven expectations at least, both clear answers, and `ask` where the file is silent."""
    answers = defaultdict(list)
    for case in CASES:
        for expectation in case.expectations:
            answers[expectation.rule].append(expectation.expected.get("answer"))
    for rule in OWN:
        assert len(answers[rule.id]) >= AT_LEAST, rule.id
        assert {"yes", "no", "ask"} <= set(answers[rule.id]), rule.id


def test_each_answer_that_occurs_has_its_own_sentence() -> None:
    """No finding about the GCM falls back on the general sentence."""
    for case in CASES:
        for check in run_case(case, fw()):
            key = f"finding.{check.finding.rule}.{check.finding.answer}"
            if check.finding.rule.startswith(("gcm.", "agenda.")):
                assert all(has(key, language) for language in LANGUAGES), key


def test_rules_cite_paragraphs_and_readings_that_there_are() -> None:
    """Paragraphs, interpretations and parameters of the rules are those of the framework."""
    for rule in OWN:
        assert {rule.paragraph, *rule.also} <= set(fw().paragraphs), rule.id
        assert set(rule.interpretations) <= set(fw().interpretations), rule.id
        assert set(rule.parameters) <= set(fw().parameters), rule.id
        assert rule.question.endswith("?"), rule.id
