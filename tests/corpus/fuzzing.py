"""Damaged workbooks sent to the intake: each is taken in or refused with words, and no more."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from a87lib import register
from a87lib.desk import submissions
from a87lib.intake.workbooks import Refused
from a87lib.register import Register, tables
from corpus.filling import RECEIVED_ON, filled, make_register, template
from corpus.mutating import mutated

COUNTS = select(
    *(
        select(func.count()).select_from(table).scalar_subquery().label(table.name)
        for table in tables.metadata.sorted_tables
    )
)


@dataclass
class Outcome:
    """What came of the damaged files: answers by code, and what must not happen."""

    answers: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0


def rows(on: Register) -> list[object]:
    """The head and the number of rows of every table."""
    with on._reading() as connection:
        return [on.head(), *connection.execute(COUNTS).one()]


def fuzz(folder: Path, numbers: Iterable[int]) -> Outcome:
    """Sends the damaged workbooks of these numbers to a register of their own."""
    logging.getLogger("a87").setLevel(logging.ERROR)
    outcome = Outcome()
    with register.open(make_register(folder / "register.db")) as on:
        good = filled(template(on, "CIV", "fr"), "fr").saved()
        before = rows(on)
        for number in numbers:
            data = mutated(good, number)
            started = time.process_time()
            _send(on, data, number, outcome)
            outcome.slowest = max(outcome.slowest, time.process_time() - started)
            if rows(on) != before:
                outcome.wrong.append(f"{number}: something was written")
                before = rows(on)
    return outcome


def _send(on: Register, data: bytes, number: int, outcome: Outcome) -> None:
    incoming = submissions.Incoming(data=data, name="x.xlsx", received_on=RECEIVED_ON)
    try:
        receipt = submissions.receive(on, incoming, by="fuzz", dry_run=True)
    except Refused as refused:
        told = [fault.told("fr") for fault in refused.faults]
        if not told or not all(t["code"] and t["problem"] for t in told):
            outcome.wrong.append(f"{number}: an answer without a code or words")
        outcome.answers[told[0]["code"] if told else ""] += 1
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what this looks for
        outcome.wrong.append(f"{number}: {type(error).__name__}: {error}"[:300])
    else:
        outcome.answers["taken in" if receipt.entries else "taken in empty"] += 1
