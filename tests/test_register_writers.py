"""Several writers at once, and writers that are killed: one chain, nothing lost, nothing torn."""

from __future__ import annotations

import itertools
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from crowd import Barrier, at_once
from entries import FIGURE, report

from a87lib import register
from a87lib.register import Conflict

WRITERS = 8
EACH = 25


def _write(where: str, writer: int, start: Barrier) -> None:
    with register.open(where, patience=60) as on:
        for n in range(EACH):
            if n % 5 == 0:
                start.wait()  # nobody is done before the others begin
            body = {"document": f"{writer}-{n}", "by": writer}
            on.append([report(body=body, observations=[FIGURE]), report(body=body)])


def test_eight_processes_make_one_chain(where: str) -> None:
    """Eight processes writing at once make one chain without a fork, and nothing is lost."""
    register.make(where, "fictional", "test")
    assert at_once(_write, [(where, n) for n in range(WRITERS)], "spawn") == [0] * WRITERS
    with register.open(where) as on:
        assert on.verify() == []
        entries = list(on.entries())
        assert on.head() == (len(entries), entries[-1].hash)
    assert [entry.no for entry in entries] == list(range(1, 2 * WRITERS * EACH + 1))
    bodies = [entry.body_json for entry in entries]
    assert bodies[::2] == bodies[1::2]  # the two entries of a transaction stand side by side
    assert len(set(bodies)) == WRITERS * EACH
    turns = sum(a[:20] != b[:20] for a, b in itertools.pairwise(bodies))
    assert turns > WRITERS  # they really wrote at the same time


def _correct(where: str, writer: int, start: Barrier) -> None:
    with register.open(where, patience=60) as on:
        start.wait()
        try:
            on.append([report(corrects=1, body={"document": f"by-{writer}"})])
        except Conflict as conflict:
            sys.exit(3 if f"by-{writer}" in conflict.yours and "by-" in conflict.stored else 4)


def test_of_eight_who_correct_the_same_entry_one_wins(where: str) -> None:
    """One correction is kept; the other seven are told both texts."""
    register.make(where, "fictional", "test")
    with register.open(where) as on:
        on.append([report()])
    ended = at_once(_correct, [(where, n) for n in range(WRITERS)], "spawn")
    assert sorted(status or 0 for status in ended) == [0] + [3] * (WRITERS - 1)
    with register.open(where) as on:
        assert on.head().no == 2
        assert on.verify() == []


WRITER = """
import sys
from datetime import date
from a87lib import register
from a87lib.register import NewEntry
where, writer = sys.argv[1:]
with register.open(where, patience=60) as on:
    for n in range(100000):
        body = '{"document":"%s-%d"}' % (writer, n)
        batch = [
            NewEntry(kind="report_received", country="QMA", cycle=2022, body_json=body,
                     happened_on=date(2022, 4, 20))
        ] * 3
        numbers = on.append(batch)
        print(*numbers, flush=True)
"""


@pytest.mark.parametrize("rounds", [6])
def test_killed_writers_lose_nothing_that_was_said_to_be_saved(
    where: str, project: Path, rounds: int
) -> None:
    """Writers killed at any moment leave whole transactions: none lost, none torn, chain intact."""
    register.make(where, "fictional", "test")
    saved: set[int] = set()
    chance = random.Random(87)
    for _ in range(rounds):
        writers = [
            subprocess.Popen(
                [sys.executable, "-c", WRITER, where, str(n)],
                stdout=subprocess.PIPE,
                text=True,
                cwd=project,
            )
            for n in range(3)
        ]
        for process in writers:
            assert process.stdout is not None
            process.stdout.readline()
        time.sleep(chance.uniform(0.05, 0.3))
        for process in writers:
            os.kill(process.pid, signal.SIGKILL)
        for process in writers:
            told, _ = process.communicate(timeout=60)
            whole = told.rpartition("\n")[0].splitlines()
            saved.update(int(no) for line in whole for no in line.split())
    with register.open(where, patience=60) as on:
        on.append([report()] * 3)  # the lock was not left behind
        assert on.verify() == []
        bodies = {entry.no: entry.body_json for entry in on.entries()}
    assert len(saved) > 3 * 3 * rounds
    assert saved <= bodies.keys()
    assert len(bodies) % 3 == 0
    for no in range(1, len(bodies), 3):
        assert bodies[no] == bodies[no + 1] == bodies[no + 2]


def test_two_who_make_the_same_register_make_one(where: str, project: Path) -> None:
    """Two who make a register at once: one makes it, the other finds it made; it is whole."""
    command = (
        "import sys; from a87lib import register; "
        "print(register.make(sys.argv[1], 'fictional', 'test', lambda on: None))"
    )
    makers = [
        subprocess.Popen(
            [sys.executable, "-c", command, where], stdout=subprocess.PIPE, text=True, cwd=project
        )
        for _ in range(4)
    ]
    told = [maker.communicate(timeout=60)[0].strip() for maker in makers]
    assert sorted(told) == ["False"] * 3 + ["True"]
    with register.open(where) as on:
        assert on.verify() == []
