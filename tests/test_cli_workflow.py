"""The review's administration without screens: people, files, deadlines, conflicts, the log."""

from __future__ import annotations

import getpass
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from workflow import opened

from a87lib.cli import main
from a87lib.language import format_day


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a command on a register with people: its status and what it said."""
    where = tmp_path / "r.db"
    opened(where).close()
    monkeypatch.setenv("A87_REGISTER", str(where))
    monkeypatch.setenv("A87_LANG", "en")

    def called(*arguments: str) -> tuple[object, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return called


def test_the_secretariat_works_without_screens(run: Any) -> None:
    """Roles, an assignment, a deadline, a conflict, a reopening: each is done and in the log."""
    soon = (datetime.now(UTC).date() + timedelta(days=9)).isoformat()
    done = [
        ("people", "zoe", "reviewer country:QMC", "--name", "Zoe"),
        ("assign", "QMA", "zoe", "--cycle", "2026", "--lead"),
        ("deadline", "assessment", soon, "--cycle", "2026", "--grace", "5"),
        ("conflict", "QMA", "ben", "declared", "--reason", "a letter"),
        ("reopen", "QMA", "assessment", "--cycle", "2026", "--until", soon, "--reason", "late"),
    ]
    for command in done:
        status, _, error = run(*command)
        assert (status, error) == (0, "")
    status, out, _ = run("reviews", "--cycle", "2026", "--json")
    (row,) = json.loads(out)
    assert (row["country"], row["person"], row["role"], row["state"]) == (
        "QMA", "zoe", "lead", "empty",
    )  # fmt: skip
    status, out, _ = run("reviews", "--cycle", "2026")
    assert out.strip() == (
        "QMA · zoe · Lead reviewer · Nothing yet · Declaration of interests needed"
        " · criteria concluded: 0 of 3"
    )
    assert run("reviews", "--cycle", "2031")[1].strip() == "Nothing is on file for this."
    status, out, _ = run("actions", "--json")
    steps = [row["step"] for row in json.loads(out)]
    assert steps[-5:] == ["roles_given", "assigned", "deadline_set", "pinned", "reopened"]
    status, out, _ = run("actions", "--lang", "fr")
    day = format_day(date.fromisoformat(soon), "fr")
    ends = [
        "Attribution · Amberlonde · 2026 · Zoe (zoe)",
        f"Échéance fixée · 2026 · Appréciation\u00a0: au plus tard le {day}\u202f; "
        "5 jours de délai supplémentaire",
        "Conflit constaté par le secrétariat · Amberlonde · Name of ben (ben) · a letter",
        "Réouverture · Amberlonde · 2026 · Appréciation · late",
    ]
    found = [line.replace(f" · {getpass.getuser()}", "") for line in out.splitlines()[-4:]]
    assert [line.split(" UTC · ")[1] for line in found] == ends
    status, out, _ = run("people", "zoe")
    assert out.strip() == "zoe · Zoe · reviewer country:QMC"


def test_what_is_refused_is_told_in_the_users_language(run: Any) -> None:
    """Status 1 and a sentence with the paragraph; nothing is written."""
    before = run("actions", "--json")[1]
    status, _, error = run("assign", "QMA", "dan", "--cycle", "2026")
    assert status == 1 and "conflict of interest" in error and "AF-REV-1" in error
    french = run("assign", "QMA", "dan", "--cycle", "2026", "--lang", "fr")[2]
    assert "conflit d’intérêts" in french and "conflict" not in french
    assert run("people", "zoe", "emperor")[0] == 1
    assert run("deadline", "nothing", "2026-01-01", "--cycle", "2026")[0] == 2
    assert run("actions", "--json")[1] == before


def test_nothing_is_set_for_a_country_that_there_is_not(run: Any) -> None:
    """A code for invented countries without name and file is refused; nothing is in the log."""
    before = run("actions", "--json")[1]
    for command in (
        ("assign", "QZZ", "ben", "--cycle", "2026"),
        ("deadline", "assessment", "2031-01-01", "--cycle", "2026", "--country", "QZZ"),
        ("conflict", "QZZ", "ben", "declared", "--reason", "a letter"),
        ("reopen", "QZZ", "assessment", "--cycle", "2026", "--until", "2031-01-01",
         "--reason", "x"),
    ):  # fmt: skip
        status, out, error = run(*command)
        assert (status, out) == (1, "") and "QZZ" in error and "on file" in error
    assert run("actions", "--json")[1] == before
