"""The commands `a87 template`, `intake`, `evidence` and `reminders`, as people type them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from corpus.filling import Sheets, figure, filled, make_register

PROJECT = Path(__file__).resolve().parent.parent
SLOWEST, LARGEST = 4.0, 300_000
"""Seconds of computing (so that other work on the machine does not count) and kilobytes."""

MEASURED = """
import atexit, json, pathlib, time

def measure():
    status = pathlib.Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    most = [int(line.split()[1]) for line in lines if line.startswith("VmHWM")]
    told = {"seconds": time.process_time(), "kilobytes": most[0] if most else 0}
    pathlib.Path("measured.json").write_text(json.dumps(told))

atexit.register(measure)
from a87lib.cli import main
main()
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    make_register(tmp_path / "register.db")
    return tmp_path


def a87(place: Path, *arguments: str, status: int = 0) -> subprocess.CompletedProcess[str]:
    """The command as a process of its own, with the register of the test."""
    outcome = subprocess.run(
        [sys.executable, "-c", "from a87lib.cli import main; main()", *arguments],
        cwd=place,
        env={**os.environ, "A87_REGISTER": str(place / "register.db"), "PYTHONPATH": str(PROJECT),
             "A87_LOG": str(place / "a87.log"), "A87_LANG": "en"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert outcome.returncode == status, outcome.stderr
    return outcome


def fill(place: Path, language: str = "fr", **wrong: object) -> None:
    """Fills the workbook in; `wrong` puts something else into the value of an indicator."""
    sheets = filled((place / "out.xlsx").read_bytes(), language)
    for indicator, value in wrong.items():
        sheets.put("figures", figure(sheets, indicator), "value", value)
    (place / "out.xlsx").write_bytes(sheets.saved())


def test_from_the_template_to_the_receipt(place: Path) -> None:
    """Made, filled in, tried, taken in, and taken for the same the second time."""
    a87(place, "template", "CIV", "--cycle", "2025", "--lang", "fr", "--out", "out.xlsx",
        "--asof", "2025-03-01")  # fmt: skip
    fill(place)
    command = ("intake", "out.xlsx", "--received", "2025-04-20", "--json")
    tried = json.loads(a87(place, *command, "--dry-run").stdout)
    assert (tried["accepted"], tried["written"]) == (True, False)
    taken = json.loads(a87(place, *command).stdout)
    assert (taken["accepted"], taken["written"]) == (True, True)
    assert taken["receipt"]["entries"] == tried["receipt"]["entries"]
    again = json.loads(a87(place, *command).stdout)
    assert (again["accepted"], again["written"]) == (True, False)
    assert again["receipt"]["sha256"] == taken["receipt"]["sha256"]
    told = a87(place, "intake", "out.xlsx").stdout
    assert "Déjà reçu" in told  # in the language of the workbook
    assert taken["receipt"]["sha256"] in told


def test_a_refusal_as_text_json_and_marked_copy(place: Path) -> None:
    """Status 1, all problems with cell, found, expected and fix; a line in the log; no writing."""
    a87(place, "template", "CIV", "--cycle", "2025", "--lang", "fr", "--out", "out.xlsx")
    fill(place, E1="12,5", V4=101)
    command = ("intake", "out.xlsx", "--received", "2025-04-20")
    before = (place / "register.db").read_bytes()
    told = a87(place, *command, "--annotated", "marked.xlsx", status=1)
    assert told.stdout == ""
    assert "[number_text]" in told.stderr
    assert "Attendu" in told.stderr
    document = json.loads(a87(place, *command, "--json", status=1).stdout)
    found = {p["code"]: p for p in document["problems"]}
    assert found.keys() == {"number_text", "number_above"}
    one = found["number_text"]
    assert (one["sheet"], one["found"]) == ("Indicateurs – chiffres", "12,5")
    assert one["cell"] == f"{one['column']}{one['row']}"
    assert all(one[part] for part in ("title", "problem", "expected", "fix", "text"))
    marked = Sheets((place / "marked.xlsx").read_bytes(), "fr")
    assert marked.sheet("figures")[one["cell"]].comment is not None
    lines = (place / "a87.log").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2  # one for each attempt
    assert all("submission refused" in line and document["sha256"] in line for line in lines)
    assert (place / "register.db").read_bytes() == before


def test_a_command_is_quick_and_small(place: Path) -> None:
    """Under 4 seconds and 300 MB, also for a file made to be large."""
    a87(place, "template", "CIV", "--cycle", "2025", "--lang", "en", "--out", "out.xlsx")
    from corpus.bad_container import rows_600_000

    sheets = filled((place / "out.xlsx").read_bytes())
    (place / "large.xlsx").write_bytes(rows_600_000(sheets).data)
    outcome = subprocess.run(
        [sys.executable, "-c", MEASURED, "intake", "large.xlsx", "--json"],
        cwd=place,
        env={**os.environ, "A87_REGISTER": str(place / "register.db"), "PYTHONPATH": str(PROJECT)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert json.loads(outcome.stdout)["problems"][0]["code"] == "too_many_rows"
    measured = json.loads((place / "measured.json").read_text(encoding="utf-8"))
    assert measured["seconds"] < SLOWEST
    assert 0 <= measured["kilobytes"] < LARGEST


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("template", "XXY1", "--cycle", "2025", "--out", "x.xlsx"), 2),
        (("template", "CIV", "--out", "x.xlsx"), 2),
        (("template", "CIV", "--history", "2031", "--out", "x.xlsx"), 2),
        (("template", "CIV", "--cycle", "2025", "--lang", "de", "--out", "x.xlsx"), 2),
        (("intake", "missing.xlsx"), 1),
        (("evidence", "missing.pdf", "--country", "CIV", "--cycle", "2025", "--type", "survey",
          "--title", "x"), 1),
        (("evidence", "missing.pdf", "--country", "CIV", "--cycle", "2025", "--type", "hearsay",
          "--title", "x"), 2),
    ],
)  # fmt: skip
def test_wrong_use_is_told(place: Path, arguments: tuple[str, ...], status: int) -> None:
    """Status 2 for wrong usage, 1 for an input that cannot be read; no traceback, no file."""
    outcome = a87(place, *arguments, status=status)
    assert "Traceback" not in outcome.stderr
    assert outcome.stderr.strip()
    assert not (place / "x.xlsx").exists()


def test_evidence_by_itself(place: Path) -> None:
    """A document that comes later is kept and linked; one that is not what it says is refused."""
    (place / "survey.pdf").write_bytes(b"%PDF-1.7\n%%EOF\n")
    (place / "fake.pdf").write_bytes(b"<html></html>")
    about = (
        "--country",
        "CIV",
        "--cycle",
        "2025",
        "--type",
        "survey",
        "--title",
        "Survey",
        "--json",
    )
    kept = json.loads(a87(place, "evidence", "survey.pdf", *about).stdout)
    assert kept["type"] == "application/pdf"
    refused = a87(place, "evidence", "fake.pdf", *about, status=1)
    assert "fake.pdf" in refused.stderr


def test_reminders_are_ready_to_send(place: Path) -> None:
    """On the day of a reminder each country that owes a report has its letter, until it came."""
    asked = ("reminders", "all", "--cycle", "2025", "--lang", "fr", "--json", "--asof")
    letters = {
        day: json.loads(a87(place, *asked, day).stdout)["letters"]
        for day in ("2025-02-01", "2025-03-01", "2025-04-23", "2025-05-20")
    }
    assert letters["2025-02-01"] == []
    assert {letter["days"] for letter in letters["2025-03-01"]} == {60}
    assert {letter["days"] for letter in letters["2025-04-23"]} == {7}
    assert {letter["days"] for letter in letters["2025-05-20"]} == {-14}
    assert len(letters["2025-04-23"]) == 5
    assert "30 avril 2025" in letters["2025-04-23"][0]["text"]
    a87(place, "template", "CIV", "--cycle", "2025", "--lang", "en", "--out", "out.xlsx")
    fill(place, "en")
    a87(place, "intake", "out.xlsx", "--received", "2025-04-20")
    left = json.loads(a87(place, *asked, "2025-04-23").stdout)["letters"]
    assert "CIV" not in {letter["country"] for letter in left}
