"""A sample of `make soak`: clashing saves; processes, kernels, servers killed while they save."""

from __future__ import annotations

from pathlib import Path

from killing import killed
from soaking import clash
from writing import Writer, killed_under_screens


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


def test_what_a_screen_says_is_saved_survives_kill_9(tmp_path: Path) -> None:
    """Kernels and the server are killed under reviewers who type; the pages open with the text."""
    outcome = killed_under_screens(tmp_path, 3, people=2)
    assert outcome.wrong == []
    assert outcome.counts["servers killed"] >= 1 and outcome.counts["kernels killed"] >= 2
    assert outcome.counts["saved"] >= 2


def test_a_lost_text_would_be_noticed() -> None:
    """Older than what was confirmed, newer than what was typed, or torn: each is told."""
    writer = Writer("ana", "QMA", typed=5, confirmed=3)
    for number in (3, 4, 5):
        writer.look(writer.words(number))
    assert writer.wrong == []
    for text in (writer.words(2), writer.words(6), writer.words(4)[:-3], ""):
        writer.look(text)
    assert len(writer.wrong) == 4
