"""The commands about the register: what they print, and the status they end with."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from registers import DRILL

from a87lib.cli import main

FACT = (
    "- {kind: report_received, country: QMA, cycle: 2023, happened_on: 2023-04-02, "
    "document: a.pdf}\n"
)


class Outcome:
    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err


@pytest.fixture
def a87(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Runs a command in an empty folder, in English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("A87_LANG", "en")
    monkeypatch.delenv("A87_REGISTER", raising=False)

    def run(*arguments: str) -> Outcome:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        printed = capsys.readouterr()
        return Outcome(int(ended.value.code or 0), printed.out, printed.err)

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "drill"
    made.mkdir()
    (made / "pack.yaml").write_text(DRILL)
    (made / "QMA.yaml").write_text(FACT)
    return made


def test_a_register_is_made_once_and_under_the_packs_name(a87, folder: Path) -> None:
    """`init` makes data/<name of the pack>.db; again it keeps what is there, and says so."""
    first = a87("init", "--from", "drill")
    assert (first.status, first.err) == (0, "")
    assert first.out == ("Register data/drill.db made.\n1 entry added; on file already: 0.\n")
    content = Path("data/drill.db").read_bytes()
    again = a87("init", "--from", "drill")
    assert again.status == 0
    assert "is there already" in again.out
    assert "0 entries added; on file already: 1." in again.out
    assert Path("data/drill.db").read_bytes() == content


def test_the_register_named_by_option_comes_before_the_variable(
    a87, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--register, then A87_REGISTER, then the embedded register that fits."""
    monkeypatch.setenv("A87_REGISTER", "by-variable.db")
    assert a87("init", "--from", "drill").status == 0
    assert a87("init", "--from", "drill", "--register", "by-option.db").status == 0
    assert Path("by-variable.db").exists()
    assert Path("by-option.db").exists()
    assert not Path("data").exists()


def test_load_says_what_was_added_as_one_json_document(a87, folder: Path) -> None:
    """`load --json` prints one document: first what is new, then that nothing is."""
    a87("init", "--from", "drill")
    (folder / "QMB.yaml").write_text(FACT.replace("QMA", "QMB"))
    expected = {"register": "data/drill.db", "added": 1, "known": 1}
    assert json.loads(a87("load", "drill", "--json").out) == expected
    expected |= {"added": 0, "known": 2}
    assert json.loads(a87("load", "drill", "--json").out) == expected


def test_facts_are_recorded_and_corrected(a87, folder: Path) -> None:
    """`record` and `correct` say the number; a second correction is shown the difference."""
    a87("init", "--from", "drill", "--register", "data/exercise.db")
    Path("new.yaml").write_text(FACT.replace("2023", "2024"))
    dry = a87("record", "new.yaml", "--dry-run")
    assert "would be recorded as entry 2 in data/exercise.db. Nothing was written" in dry.out
    assert a87("record", "new.yaml").out == "Recorded as entry 2 in data/exercise.db.\n"
    Path("c.yaml").write_text("{happened_on: 2024-04-01, document: b.pdf}\n")
    register = ("--register", "data/exercise.db")
    assert a87("correct", "2", "c.yaml", *register).out.startswith("Recorded as entry 3")
    Path("c.yaml").write_text("{happened_on: 2024-04-03, document: c.pdf}\n")
    conflict = a87("correct", "2", "c.yaml", *register)
    assert (conflict.status, conflict.out) == (1, "")
    assert "already, by entry 3" in conflict.err
    assert "-happened_on: 2024-04-01 (day)\n+happened_on: 2024-04-03 (day)" in conflict.err
    assert '-  "document": "b.pdf"\n+  "document": "c.pdf"' in conflict.err


@pytest.mark.parametrize("text", ["", "[]", "{country: QMA, facts: []}"])
def test_a_file_without_a_fact_is_not_recorded(a87, folder: Path, text: str) -> None:
    """Whoever records an empty file is told so, and not that it was recorded."""
    a87("init", "--from", "drill", "--register", "r.db")
    Path("none.yaml").write_text(text)
    told = a87("record", "none.yaml", "--register", "r.db")
    assert (told.status, told.out) == (1, "")
    assert told.err == "none.yaml: The file holds no fact; nothing was recorded.\n"


def test_problems_are_listed_and_nothing_is_written(a87, folder: Path) -> None:
    """Every problem of a file is told with its line; the status is 1 and the register unchanged."""
    a87("init", "--from", "drill", "--register", "data/exercise.db")
    before = Path("data/exercise.db").read_bytes()
    Path("bad.yaml").write_text(FACT + FACT.replace("-02", "-31") + "- {kind: nothing}\n")
    refused = a87("record", "bad.yaml")
    assert (refused.status, refused.out) == (1, "")
    assert [line.split()[0] for line in refused.err.splitlines()] == ["bad.yaml:2", "bad.yaml:3"]
    assert Path("data/exercise.db").read_bytes() == before


def test_verify_says_whole_or_tampered_and_ends_so(a87, folder: Path) -> None:
    """`verify` prints the end of the chain; tampering makes status 1 and names the entry."""
    import sqlite3

    a87("init", "--from", "drill", "--register", "r.db")
    whole = a87("verify", "--register", "r.db")
    assert whole.status == 0
    assert whole.out.startswith("1 entry, not changed. End of the chain: 1:")
    head = json.loads(a87("verify", "--register", "r.db", "--json").out)["head"]
    assert a87("verify", "--register", "r.db", "--head", head).status == 0
    other = a87("verify", "--register", "r.db", "--head", "1:" + "0" * 64)
    assert other.status == 1
    assert a87("verify", "--register", "r.db", "--head", "x").status == 2
    connection = sqlite3.connect("r.db")
    connection.execute("DROP TRIGGER entry_no_update")
    connection.execute("UPDATE entry SET cycle = 2022")
    connection.commit()
    connection.close()
    tampered = a87("verify", "--register", "r.db")
    assert tampered.status == 1
    assert "Entry 1 was changed." in tampered.out
    found = json.loads(a87("verify", "--register", "r.db", "--json").out)
    assert found["sound"] is False
    assert ("changed", 1) in {(d["code"], d["entry"]) for d in found["found"]}


def test_erasing_is_told_and_verified(a87, folder: Path) -> None:
    """`erase` blanks and says so; `verify` says that it is in order."""
    a87("init", "--from", "drill", "--register", "r.db")
    erased = a87("erase", "1", "--reason", "asked for", "--register", "r.db")
    assert erased.out.startswith("Erased: entry 1; recorded as entry 2.")
    verified = a87("verify", "--register", "r.db", "--lang", "fr")
    assert verified.status == 0
    assert "effacé, comme le constate l’entrée 2" in verified.out


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("verify", "--register", "nothing.db"), 1),
        (("load", "nowhere"), 2),
        (("init", "--from", "nowhere"), 2),
        (("record", "nothing.yaml"), 1),
        (("correct", "x", "nothing.yaml"), 2),
        (("verify", "--lang", "de", "--register", "nothing.db"), 2),
        (("init", "--form", "x"), 2),
    ],
)
def test_wrong_use_ends_with_a_sentence(a87, arguments: tuple[str, ...], status: int) -> None:
    """What is not there or not an option is told on standard error; nothing is made."""
    outcome = a87(*arguments)
    assert (outcome.status, outcome.out) == (status, "")
    assert outcome.err.strip()
    assert "Traceback" not in outcome.err
    assert not Path("data").exists()


def test_init_does_not_touch_what_is_no_register(a87, folder: Path) -> None:
    """A file that is something else is left as it is."""
    Path("notes.db").write_text("my notes")
    refused = a87("init", "--from", "drill", "--register", "notes.db")
    assert refused.status == 1
    assert "not a register" in refused.err
    assert Path("notes.db").read_text() == "my notes"


def test_the_command_runs_as_installed(tmp_path: Path) -> None:
    """The command itself, in a process of its own, ends with the status told."""
    command = [str(Path(sys.executable).parent / "a87"), "verify", "--register", "nothing.db"]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr.startswith("nothing.db: ")
