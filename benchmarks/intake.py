"""What the intake costs: every bad and good workbook of the corpus, warm and as a command.

Usage: ``python benchmarks/intake.py [--commands 200] [--without-libreoffice]``.

Warm: seconds of computing for one answer in a process that has answered before, and whether the
answer has the right code, the right cell, and left head and row counts of the register as they
were. As a command: each file sent by a process of its own; its seconds of computing (all of it,
from the start of Python) and the most memory that it held. Status 1 where an answer was wrong.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from corpus.all_bad import CASES
from corpus.case import Case, Made
from corpus.filling import RECEIVED_ON, Sheets, filled, make_register, template
from corpus.fuzzing import rows
from corpus.good import GOOD

from a87lib import register
from a87lib.desk import submissions
from a87lib.desk.evidence import Attachment
from a87lib.intake.workbooks import Fault, Refused

PROJECT = Path(__file__).resolve().parent.parent
LANGUAGES = ("en", "fr", "es")
MEASURED = """
import atexit, json, pathlib, time

def measure():
    lines = pathlib.Path("/proc/self/status").read_text().splitlines()
    most = [int(line.split()[1]) for line in lines if line.startswith("VmHWM")]
    pathlib.Path("measured.json").write_text(json.dumps([time.process_time(), most[0]]))

atexit.register(measure)
from a87lib.cli import main
main()
"""


@dataclass(frozen=True)
class Sent:
    """A file that was sent, and how it was answered. at: where its fault is (see `Made`)."""

    name: str
    made: Made
    seconds: float
    right: bool


def answer(on: register.Register, made: Made) -> tuple[float, list[Fault], list[Fault]]:
    """Seconds of computing, faults, warnings."""
    incoming = submissions.Incoming(
        data=made.data,
        name="workbook.xlsx",
        evidence=[Attachment(name, content) for name, content in made.evidence.items()],
        received_on=RECEIVED_ON,
    )
    started = time.process_time()
    try:
        receipt = submissions.receive(on, incoming, by="benchmark", dry_run=True)
    except Refused as refused:
        return time.process_time() - started, list(refused.faults), []
    return time.process_time() - started, [], list(receipt.warnings)


def told_right(case: Case, made: Made, faults: list[Fault], warnings: list[Fault]) -> bool:
    """Whether the code and the place are those that the case names."""
    told = warnings if case.warning else faults
    places = {f"{f.sheet}!{f.cell}" for f in told} | {f"{f.sheet}!{f.row}" for f in told}
    places |= {f.sheet for f in told} | {f.where for f in told}
    codes = {fault.code for fault in told}
    only = case.code in codes and not faults if case.warning else codes == {case.code}
    return only and made.at in places


class Workbooks:
    """The workbooks of each country and language, as sent and as a careful person fills them in."""

    def __init__(self, on: register.Register) -> None:
        self.on = on
        self.held: dict[tuple[str, str], bytes] = {}

    def sheets(self, country: str, language: str) -> Sheets:
        """A workbook filled in, to be spoiled."""
        key = country, language
        if key not in self.held:
            self.held[key] = filled(template(self.on, *key), language).saved()
        return Sheets(self.held[key], language)


def bad(on: register.Register, workbooks: Workbooks) -> list[Sent]:
    """Every bad file, and every odd one that is taken in with a note."""
    sent = []
    for number, case in enumerate(CASES):
        language = LANGUAGES[number % 3]
        sheets = workbooks.sheets(case.country, language)
        if case.name == "nothing_filled_in":
            sheets = Sheets(template(on, case.country, language), language)
        made, before = case.make(sheets), rows(on)
        seconds, faults, warnings = answer(on, made)
        right = told_right(case, made, faults, warnings) and rows(on) == before
        sent.append(Sent(case.name, made, seconds, right))
    return sent


def good(on: register.Register, workbooks: Workbooks, folder: Path, office: bool) -> list[Sent]:
    """Every good file; right where it is not refused."""
    sent = []
    for case in GOOD:
        if office or "libreoffice" not in case.name:
            place = folder / case.name
            place.mkdir()
            made = Made(case.write(workbooks.sheets(case.country, case.language), place))
            seconds, faults, _ = answer(on, made)
            sent.append(Sent(case.name, made, seconds, not faults))
    return sent


def as_command(sent: Sent, folder: Path, address: str) -> tuple[float, int]:
    """Seconds of computing and kilobytes of a process that takes the file in (as a dry run)."""
    (folder / "workbook.xlsx").write_bytes(sent.made.data)
    arguments = ["intake", "workbook.xlsx", "--json", "--dry-run", "--received", str(RECEIVED_ON)]
    for name, content in sent.made.evidence.items():
        (folder / name).write_bytes(content)
        arguments += ["--evidence", name]
    surroundings = {**os.environ, "A87_REGISTER": address, "PYTHONPATH": str(PROJECT)}
    surroundings["A87_LOG"] = str(folder / "log")
    subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", MEASURED, *arguments],
        cwd=folder, env=surroundings, capture_output=True, check=False,
    )  # fmt: skip
    seconds, kilobytes = json.loads((folder / "measured.json").read_text(encoding="utf-8"))
    return seconds, kilobytes


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--commands", type=int, default=200, help="how many, the slowest first")
    parser.add_argument("--without-libreoffice", action="store_true")
    asked = parser.parse_args()
    logging.getLogger("a87").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        address = make_register(folder / "register.db")
        with register.open(address) as on:
            workbooks = Workbooks(on)
            answer(on, Made(workbooks.sheets("CIV", "en").data))  # the first answer loads words
            refused = bad(on, workbooks)
            taken = good(on, workbooks, folder, not asked.without_libreoffice)
        every = sorted((*refused, *taken), key=lambda each: -each.seconds)
        measured = [(*as_command(e, folder, address), e.name) for e in every[: asked.commands]]
    wrong = [each.name for each in every if not each.right]
    say = sys.stdout.write
    say(f"bad or odd: {len(refused)}, right code, cell and register unchanged: ")
    say(f"{sum(each.right for each in refused)}\n")
    say(f"good: {len(taken)}, refused: {sum(not each.right for each in taken)}\n")
    say(f"wrong: {', '.join(wrong) or 'none'}\n")
    say(f"slowest warm: {every[0].seconds:.2f} s ({every[0].name})\n")
    if measured:
        seconds, _, slow = max(measured)
        _, kilobytes, large = max(measured, key=lambda each: each[1])
        say(f"{len(measured)} commands, slowest: {seconds:.2f} s ({slow}), ")
        say(f"largest: {kilobytes / 1024:.0f} MiB ({large})\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
