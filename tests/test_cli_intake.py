"""The commands `a87 template`, `intake`, `evidence` and `reminders`, as people type them."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol, get_args

import pytest
from corpus.filling import Sheets, figure, filled, make_register

from a87lib import register
from a87lib.cli import main
from a87lib.desk.reminders import by_name
from a87lib.intake.content import Content, Kind
from a87lib.language import LANGUAGES, say

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


class Outcome(NamedTuple):
    """What a command wrote."""

    stdout: str
    stderr: str


class A87(Protocol):
    """Runs a command, which must end with this status."""

    def __call__(self, *arguments: str, status: int = 0) -> Outcome: ...


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A register of five countries, copied for each test."""
    return make_register(tmp_path_factory.mktemp("made") / "register.db")


@pytest.fixture
def place(made: str, tmp_path: Path) -> Path:
    shutil.copy(made, tmp_path / "register.db")
    return tmp_path


@pytest.fixture
def a87(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[A87]:
    """The command in this process, with the register of the test."""
    monkeypatch.chdir(place)
    monkeypatch.setenv("A87_REGISTER", str(place / "register.db"))
    monkeypatch.setenv("A87_LOG", str(place / "a87.log"))
    monkeypatch.setenv("A87_LANG", "en")

    def run(*arguments: str, status: int = 0) -> Outcome:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        told = Outcome(*capsys.readouterr())
        assert (ended.value.code or 0) == status, told.stderr
        return told

    yield run
    logger = logging.getLogger("a87")
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()


def fill(place: Path, language: str = "fr", **wrong: object) -> None:
    """Fills the workbook in; `wrong` puts something else into the value of an indicator."""
    sheets = filled((place / "out.xlsx").read_bytes(), language)
    for indicator, value in wrong.items():
        sheets.put("figures", figure(sheets, indicator), "value", value)
    (place / "out.xlsx").write_bytes(sheets.saved())


def test_from_the_template_to_the_receipt(a87: A87, place: Path) -> None:
    """Made, filled in, tried, taken in, and taken for the same the second time."""
    a87("template", "CIV", "--cycle", "2025", "--lang", "fr", "--out", "out.xlsx",
        "--asof", "2025-03-01")  # fmt: skip
    fill(place)
    command = ("intake", "out.xlsx", "--received", "2025-04-20", "--json")
    tried = json.loads(a87(*command, "--dry-run").stdout)
    assert (tried["accepted"], tried["written"]) == (True, False)
    taken = json.loads(a87(*command).stdout)
    assert (taken["accepted"], taken["written"]) == (True, True)
    assert taken["receipt"]["entries"] == tried["receipt"]["entries"]
    again = json.loads(a87(*command).stdout)
    assert (again["accepted"], again["written"]) == (True, False)
    assert again["receipt"]["sha256"] == taken["receipt"]["sha256"]
    told = a87("intake", "out.xlsx").stdout
    assert "Déjà reçu" in told  # in the language of the workbook
    assert taken["receipt"]["sha256"] in told


def test_a_refusal_as_text_json_and_marked_copy(a87: A87, place: Path) -> None:
    """Status 1, all problems with cell, found, expected and fix; a line in the log; no writing."""
    a87("template", "CIV", "--cycle", "2025", "--lang", "fr", "--out", "out.xlsx")
    fill(place, E1="12,5", V4=101)
    command = ("intake", "out.xlsx", "--received", "2025-04-20")
    before = (place / "register.db").read_bytes()
    told = a87(*command, "--annotated", "marked.xlsx", status=1)
    assert told.stdout == ""
    assert "[number_text]" in told.stderr
    assert "Attendu" in told.stderr
    document = json.loads(a87(*command, "--json", status=1).stdout)
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


def test_a_command_is_quick_and_small(a87: A87, place: Path) -> None:
    """Under 4 seconds and 300 MB, also for a file made to be large."""
    a87("template", "CIV", "--cycle", "2025", "--lang", "en", "--out", "out.xlsx")
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
def test_wrong_use_is_told(a87: A87, place: Path, arguments: tuple[str, ...], status: int) -> None:
    """Status 2 for wrong usage, 1 for an input that cannot be read; no traceback, no file."""
    outcome = a87(*arguments, status=status)
    assert "Traceback" not in outcome.stderr
    assert outcome.stderr.strip()
    assert not (place / "x.xlsx").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("template", "CIV", "--cycle", "2025", "--out", "taken/x.xlsx"),
        ("reminders", "CIV", "--cycle", "2025", "--cover", "--out", "taken"),
        ("calendar", "CIV", "--asof", "2025-01-10", "--ics", "taken/x.ics"),
        ("calendar", "CIV", "--asof", "2025-01-10", "--svg", "taken/x.svg"),
        ("template", "CIV", "--cycle", "2025", "--out", "."),
        ("calendar", "CIV", "--asof", "2025-01-10", "--ics", "/"),
    ],
)
def test_a_place_that_cannot_be_written_to_is_told(
    a87: A87, place: Path, arguments: tuple[str, ...]
) -> None:
    """Where a file stands for the folder, the place is named, and there is no traceback."""
    (place / "taken").write_text("a file")
    told = a87(*arguments, status=1)
    assert arguments[-1].split("/x.")[0] in told.stderr and "cannot be written" in told.stderr


def test_evidence_by_itself(a87: A87, place: Path) -> None:
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
    kept = json.loads(a87("evidence", "survey.pdf", *about).stdout)
    assert kept["type"] == "application/pdf"
    refused = a87("evidence", "fake.pdf", *about, status=1)
    assert "fake.pdf" in refused.stderr


def test_a_document_is_erased(a87: A87, place: Path) -> None:
    """Its bytes are gone from the file; digest, reason and chain stay, and all is in order."""
    content = b"%PDF-1.7 names a child\n%%EOF\n"
    (place / "interview.pdf").write_bytes(content)
    about = ("--country", "CIV", "--cycle", "2025", "--type", "interview", "--title", "Awa K.")
    kept = json.loads(a87("evidence", "interview.pdf", *about, "--json").stdout)
    assert content in (place / "register.db").read_bytes() + wal(place)
    a87("erase", "--document", kept["sha256"], status=2)  # a reason is needed
    a87("erase", "1", "--document", kept["sha256"], "--reason", "x", status=2)  # one or the other
    a87("erase", str(kept["entry"]), status=1)  # the document would be left without a link
    why = ("--reason", "names a child", "--json")
    told = json.loads(a87("erase", "--document", f"sha256:{kept['sha256']}", *why).stdout)
    assert told["erased"] == [kept["entry"]]
    assert content not in (place / "register.db").read_bytes() + wal(place)
    verified = json.loads(a87("verify", "--json").stdout)
    assert verified["sound"]
    found = {(each["code"], each["detail"]) for each in verified["found"]}
    assert ("document_erased", kept["sha256"]) in found
    with register.open(place / "register.db") as on:
        (record,) = told["records"]
        body = json.loads(on.entry(record).body_json or "{}")
        assert (body["reason"], body["document"]) == ("names a child", f"sha256:{kept['sha256']}")
        assert on.entry(kept["entry"]).body_json is None
    a87("erase", "--document", kept["sha256"], *why, status=1)  # there is nothing left to erase
    assert "erased" in a87("evidence", "interview.pdf", *about, status=1).stderr


def wal(place: Path) -> bytes:
    """What stands in the write-ahead file of the register."""
    path = place / "register.db-wal"
    return path.read_bytes() if path.exists() else b""


def test_reminders_are_ready_to_send(a87: A87, place: Path) -> None:
    """On the day of a reminder each country that owes a report has its letter, until it came."""
    asked = ("reminders", "all", "--cycle", "2025", "--lang", "fr", "--json", "--asof")
    letters = {
        day: json.loads(a87(*asked, day).stdout)["letters"]
        for day in ("2025-02-01", "2025-03-01", "2025-04-23", "2025-05-20")
    }
    assert letters["2025-02-01"] == []
    assert {letter["days"] for letter in letters["2025-03-01"]} == {60}
    assert {letter["days"] for letter in letters["2025-04-23"]} == {7}
    assert {letter["days"] for letter in letters["2025-05-20"]} == {-14}
    assert len(letters["2025-04-23"]) == 5
    assert "30 avril 2025" in letters["2025-04-23"][0]["text"]
    a87("template", "CIV", "--cycle", "2025", "--lang", "en", "--out", "out.xlsx")
    fill(place, "en")
    a87("intake", "out.xlsx", "--received", "2025-04-20")
    left = json.loads(a87(*asked, "2025-04-23").stdout)["letters"]
    assert "CIV" not in {letter["country"] for letter in left}


def test_no_reminder_is_asked_for_of_a_country_that_there_is_not(a87: A87) -> None:
    """A code without a name or a file is refused, and not told that no letter is due."""
    told = a87("reminders", "QZZ", "--cycle", "2025", "--asof", "2025-04-23", status=1)
    assert told.stdout == ""
    assert "QZZ" in told.stderr


def test_no_workbook_is_made_for_a_country_that_there_is_not(a87: A87, place: Path) -> None:
    """A code for invented countries without a name or a file has no workbook."""
    told = a87("template", "QZZ", "--cycle", "2025", "--out", "none.xlsx", status=1)
    assert "QZZ" in told.stderr
    assert not (place / "none.xlsx").exists()


def test_letters_come_in_the_order_of_their_readers_alphabet() -> None:
    """Spain is an E in French, Germany an A; accents do not move a country to the end."""
    codes = ["DEU", "EGY", "ESP", "ZAF"]
    assert by_name(codes, "fr") == ["ZAF", "DEU", "EGY", "ESP"]
    assert by_name(codes, "en") == ["EGY", "DEU", "ZAF", "ESP"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_to_invented_countries_say_so_first(a87: A87, language: str) -> None:
    """A letter that goes astray deceives nobody; one to a real country says nothing of the kind."""
    notice = say("review.notice.fictional", language)

    def text(country: str) -> str:
        asked = ("reminders", country, "--cycle", "2025", "--cover", "--lang", language, "--json")
        return json.loads(a87(*asked).stdout)["letters"][0]["text"]

    assert text("QMA").startswith(notice)
    assert notice not in text("CIV")


def test_without_a_log_a_refusal_is_told_in_words_alone(a87: A87, place: Path) -> None:
    """The line for the log is for the log: nobody who types the command sees it."""
    (place / "out.xlsx").write_bytes(b"no workbook")
    environment = {name: value for name, value in os.environ.items() if name != "A87_LOG"}
    ran = subprocess.run(
        [sys.executable, "-c", "from a87lib.cli import main; main()", "intake", "out.xlsx"],
        cwd=place, env={**environment, "PYTHONPATH": str(PROJECT)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 1
    assert "out.xlsx" in ran.stderr and "sha256=" not in ran.stderr


def test_the_log_is_the_one_named_at_the_time(
    a87: A87, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A log named after a command without one, or in place of another, gets what comes then."""
    (place / "out.xlsx").write_bytes(b"no workbook")
    logs = [place / name for name in ("first.log", "second.log")]
    for named in ("", *map(str, logs)):
        monkeypatch.setenv("A87_LOG", named)
        a87("intake", "out.xlsx", status=1)
    assert [len(log.read_text(encoding="utf-8").splitlines()) for log in logs] == [1, 1]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "plain text"), ("fr", "du texte brut"), ("es", "texto sin formato")],
)
def test_what_a_file_is_instead_is_told_in_words(
    a87: A87, place: Path, language: str, words: str
) -> None:
    """A text file is no “text” in Spanish; as JSON it keeps its code for programs."""
    (place / "out.xlsx").write_bytes(b"no workbook")
    assert f"{words})" in a87("intake", "out.xlsx", "--lang", language, status=1).stderr
    told = json.loads(a87("intake", "out.xlsx", "--lang", language, "--json", status=1).stdout)
    assert [each["found"] for each in told["problems"]] == ["text"]
    assert all(Kind(each).say(language) for each in get_args(Content))
