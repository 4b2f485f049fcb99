"""The replay: every finding over the exercise register, kept as readable text.

A change of a rule shows as a changed line, such as `2024-12-31 signals.no_report: no → yes`. The
text is written anew by `python tests/test_replay.py` once the change was read and is meant; never
to make a test green.
"""

from __future__ import annotations

import difflib
from datetime import date
from pathlib import Path

import pytest
from exercise import exercise_archive

from a87lib import framework
from a87lib.countryfile import Archive
from a87lib.rules import Finding, findings_for, findings_for_council, findings_for_meeting

FOLDER = Path(__file__).parent / "replay"
DAYS = [date(year, 12, 31) for year in range(2019, 2025)] + [date(2025, 12, 15)]
COUNTRIES = [f"QM{letter}" for letter in "ABCDEFGHIJKL"]
COUNCIL = "council"


def line(finding: Finding) -> str:
    """A finding as a line: day, what was asked, answer, what it adds, why."""
    about = "".join(f" {value}" for value in finding.about.values())
    added = [
        f"{name}={getattr(finding, name)}"
        for name in ("value", "since", "next_on")
        if getattr(finding, name) is not None
    ]
    because = ", ".join(reason.name for reason in finding.because)
    told = " ".join([str(finding.answer or "–"), *added])
    return f"{finding.asof} {finding.rule}{about}: {told} ({because})"


def replay(archive: Archive, subject: str) -> str:
    """All findings about a country, or about the GCM, on the days of the replay."""
    fw = framework.load()
    lines = []
    for day in DAYS:
        if subject == COUNCIL:
            found = findings_for_council(archive, day, fw)
        else:
            found = findings_for(archive.file(subject, day), fw)
        lines += [line(finding) for finding in found]
    if subject == COUNCIL:
        for meeting in sorted(archive.meetings):
            found = findings_for_meeting(archive, meeting, DAYS[-1], fw)
            lines += [f"{finding.subject} {line(finding)}" for finding in found]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("subject", [*COUNTRIES, COUNCIL])
def test_findings_over_the_exercise_are_as_they_were(subject: str) -> None:
    """Every finding over the exercise is the one that was read and agreed to."""
    kept = (FOLDER / f"{subject}.txt").read_text(encoding="utf-8")
    found = replay(exercise_archive(), subject)
    changes = difflib.unified_diff(kept.splitlines(), found.splitlines(), lineterm="", n=0)
    assert found == kept, "\n".join(changes)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name in [*COUNTRIES, COUNCIL]:
        (FOLDER / f"{name}.txt").write_text(replay(exercise_archive(), name), encoding="utf-8")
