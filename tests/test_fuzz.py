"""Damaged workbooks: no crash, no partial write, no answer without a code (promise 4)."""

from pathlib import Path

from corpus.fuzzing import fuzz

MUTATIONS = 300
SLOWEST = 2.0


def test_damaged_workbooks_are_answered(tmp_path: Path) -> None:
    """Three hundred workbooks damaged at random; `make fuzz` sends ten thousand others."""
    outcome = fuzz(tmp_path, range(MUTATIONS))
    assert outcome.wrong == []
    assert sum(outcome.answers.values()) == MUTATIONS
    assert len(outcome.answers) > 10  # they really are damaged in many ways
    assert outcome.answers["taken in"] < MUTATIONS / 2
    assert outcome.slowest < SLOWEST
