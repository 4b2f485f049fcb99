"""A sample of `make soak`: clashing saves, and saves by processes that are killed."""

from __future__ import annotations

from killing import killed
from soaking import clash


def test_clashing_saves_have_one_winner_per_version(where: str) -> None:
    """A hundred and twenty saves by four clients: one winner per version, nothing lost."""
    outcome = clash(where, 120, 4)
    assert outcome.wrong == []
    assert outcome.counts["saved"] + outcome.counts["second"] == 120
    assert outcome.counts["second"] > 0  # they really clashed


def test_a_confirmed_save_survives_kill_9(where: str) -> None:
    """Processes are killed while they save: every confirmed entry and draft is there."""
    outcome = killed(where, 20)
    assert outcome.wrong == []
    assert outcome.counts["killed"] > 1 and outcome.counts["drafts"] >= 20
