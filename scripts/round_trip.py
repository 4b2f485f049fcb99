"""Forty countries' workbooks made, filled in as people would (also badly), and taken in.

Prints what came of each and how long it took; status 1 where a workbook filled in with care was
refused, or one filled in badly was not. Needs what the tests need.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from corpus import filling
from corpus.filling import FIRST, RECEIVED_ON, Sheets, figure, filled, template

from a87lib import framework, register
from a87lib.desk import records, submissions
from a87lib.intake.workbooks import Refused
from a87lib.language import LANGUAGES

MISTAKES: tuple[tuple[str, Any], ...] = (
    ("number_text", "12,5"),
    ("no_data_mark", "n/a"),
    ("number_percent_sign", "14%"),
    ("number_negative", -4),
    ("number_expected", "see annex"),
    ("formula_without_value", "=SUM(1,2)"),
)


def careless(sheets: Sheets, chance: random.Random) -> set[str]:
    """One to four mistakes, each in another cell: the codes that must be told."""
    rows = ("E1", "E2", "P2", "V4")
    chosen = chance.sample(MISTAKES, chance.randint(1, 4))
    for indicator, (_, value) in zip(rows, chosen, strict=False):
        sheets.put("figures", figure(sheets, indicator), "value", value)
    if chance.random() < 0.5:
        sheets.put("evidence", FIRST, "dated", "03/04/2025")
        return {code for code, _ in chosen} | {"date_ambiguous"}
    return {code for code, _ in chosen}


def send(on: register.Register, data: bytes) -> tuple[str, set[str]]:
    """What came of a workbook: taken in, or refused with these codes."""
    incoming = submissions.Incoming(data=data, name="report.xlsx", received_on=RECEIVED_ON)
    try:
        submissions.receive(on, incoming, by="round trip")
    except Refused as refused:
        return "refused", {fault.code for fault in refused.faults}
    return "taken in", set()


def main() -> int:
    """Send every country's workbook: a third of them badly filled in first, then put right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--countries", type=int, default=40)
    chosen = parser.parse_args()
    countries = [c for c, state in framework.countries().items() if state.ilo_member]
    drawn = random.Random(8).sample(countries, chosen.countries)  # noqa: S311 - the same each time
    countries = sorted(drawn)
    started, outcomes, wrong = time.monotonic(), Counter[str](), 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.db"
        facts = [fact for country in countries for fact in filling.facts(country)]
        register.make(str(path), "real", "forty", lambda on: records.record(on, facts, by="x"))
        with register.open(path) as on:
            for number, country in enumerate(countries):
                language = LANGUAGES[number % 3]
                chance = random.Random(number)  # noqa: S311 - the same each time
                sent = template(on, country, language)
                if number % 3 == 1:
                    sheets = filled(sent, language)
                    expected = careless(sheets, chance)
                    outcome, codes = send(on, sheets.saved())
                    outcomes[f"badly filled in: {outcome}"] += 1
                    wrong += codes != expected
                sheets = filled(sent, language)
                sheets.put("figures", figure(sheets, "E2"), "value", chance.randint(100, 9000))
                sheets.cover("approved_on", date(2025, 4, 1 + number % 19))
                outcome, _ = send(on, sheets.saved())
                outcomes[f"filled in with care: {outcome}"] += 1
                wrong += outcome != "taken in"
            sound = not any(found.tampering for found in on.verify())
    minutes = (time.monotonic() - started) / 60
    for outcome, count in sorted(outcomes.items()):
        sys.stdout.write(f"{count:4} {outcome}\n")
    sys.stdout.write(
        f"{len(countries)} countries, {wrong} wrong answers, register "
        f"{'sound' if sound else 'NOT SOUND'}, {minutes:.1f} minutes\n"
    )
    return 1 if wrong or not sound else 0


if __name__ == "__main__":
    sys.exit(main())
