"""Reviewers who type into real screens of a real team's server, which is killed while they do."""

from __future__ import annotations

import os
import random
import re
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import psutil
import websocket
from kernels import is_there, soon
from served import Served, hearing, serving
from soaking import ALONE, CYCLE, Outcome, countries, reviewer
from test_serving_attacks import all_states, label, updated
from workflow import reported

from a87lib import framework, register
from a87lib.desk.acting import Acting
from a87lib.desk.administering import give_roles
from a87lib.desk.reviewing import assigning, declaring, drafts
from a87lib.desk.reviewing.assigning import Wish
from a87lib.desk.reviewing.invariants import broken
from a87lib.language import say
from widgets.drafting import REST

CRITERION = "evidence"
SAVED = say("screen.draft.saved", "en", time="|").partition("|")[0]
ANSWERED_WITHIN = 60  # seconds
AFTER_FIRST = (0.0, 1.5)  # seconds between the first save of a round and the kill, from and to
KERNELS_PER_SERVER = 3  # rounds in which kernels are killed before their server is


@dataclass
class Writer:
    """A reviewer with a page open. typed, confirmed: the number of the last text typed, and of the
    last of which the page said that it is saved."""

    person: str
    country: str
    typed: int = 0
    confirmed: int = 0
    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    line: websocket.WebSocket | None = None
    kernel: str = ""
    _text: str = ""
    _saved: frozenset[str] = frozenset()

    def open(self, served: Served) -> None:
        """Opens the page, and looks whether every confirmed text is there."""
        path = f"reviews?country={self.country}&cycle={CYCLE}&language=en"
        _, self.kernel = served.open(path, self.person)
        self.line = served.line(self.kernel, self.person)
        widgets = all_states(self.line)
        name = framework.load().label("criterion", CRITERION, "en")
        words = say("screen.assess.text", "en", criterion=name)
        self._text = next(model for model, each in widgets.items() if label(each) == words)
        lines = (m for m, e in widgets.items() if "a87-saved" in str(e["state"].get("value")))
        self._saved = frozenset(lines)
        self.look(str(widgets[self._text]["state"]["value"]))

    def look(self, text: str) -> None:
        """Notes what is wrong with a text that is kept."""
        number = int(text.split()[0]) if text else 0
        whole = text == (self.words(number) if number else "")
        if not self.confirmed <= number <= self.typed or not whole:
            self.wrong.append(
                f"{self.person}: {self.confirmed} confirmed, {self.typed} typed, there is {text!r}"
            )

    def words(self, number: int) -> str:
        """A text, the longer the later."""
        return f"{number} " + f"so writes {self.person} " * (number % 50 + 1)

    def write(self, saves: int, ending: Event, pause: Iterator[float]) -> None:
        """Types text after text, each when the one before is said to be saved.

        ending: set before what is behind the page is killed; nothing else may end its answers.
        """
        for _ in range(saves):
            self.typed += 1
            began = time.monotonic()
            if not self._send() or not self._told():
                if not ending.is_set():
                    self.wrong.append(f"{self.person}: text {self.typed} was not confirmed")
                return
            self.confirmed = self.typed
            self.seconds.append(max(0.0, time.monotonic() - began - REST))
            time.sleep(next(pause))

    def _send(self) -> bool:
        assert self.line is not None
        try:
            self.line.send_binary(updated(self._text, value=self.words(self.typed)))
        except (OSError, websocket.WebSocketException):
            return False
        return True

    def _told(self) -> bool:
        assert self.line is not None
        for header, _, content in hearing(self.line, ANSWERED_WITHIN):
            if header["msg_type"] == "comm_msg" and content["comm_id"] in self._saved:
                value = str(content["data"].get("state", {}).get("value", ""))
                if SAVED in value:
                    return True
        return False

    def close(self) -> None:
        """Cuts the line, also while somebody waits at it."""
        if self.line is not None and self.line.sock is not None:
            with suppress(OSError):
                self.line.sock.shutdown(socket.SHUT_RDWR)


def prepared(where: str, people: int) -> list[Writer]:
    """A register with files under review, three reviewers to each, all of them open."""
    assert register.make(where, "fictional", "soak")
    codes = countries(max(1, people // 3))
    writers = [Writer(reviewer(n), codes[n % len(codes)]) for n in range(people)]
    with register.open(where) as on:
        give_roles(on, ALONE, "sec", "secretariat")
        on.append([reported(code) for code in codes])
        for each in writers:
            give_roles(on, ALONE, each.person, "reviewer")
        assigning.assign(on, Acting("sec"), CYCLE, [Wish(w.country, w.person) for w in writers])
        for each in writers:
            declaring.declare(on, Acting(each.person), each.country, CYCLE, "none")
    return writers


def killed_under_screens(
    folder: Path, kills: int, where: str = "", people: int = 3, seed: int = 87
) -> Outcome:
    """Reviewers type; their kernels, or the server, or all, are killed with SIGKILL; and again.

    Each time the pages are opened anew, and every text of which a page had said that it is saved
    must stand in them. A kill of all kernels counts as as many kills as there were pages; the
    process that they were forked from is killed with them, and not counted.
    """
    where = where or str(folder / "soak.db")
    chance, outcome = random.Random(seed), Outcome()
    writers, began = prepared(where, people), time.monotonic()
    while sum(outcome.counts.values()) < kills:
        with serving(folder, team=True, own=True, register=where) as served:
            for _ in range(KERNELS_PER_SERVER):
                if sum(outcome.counts.values()) + 1 < kills:
                    _round(served, writers, chance, outcome, ("kernels",))
            targets = chance.choice((("server",), ("server", "kernels")))
            _round(served, writers, chance, outcome, targets)
    outcome.seconds = time.monotonic() - began
    outcome.counts["saved"] = sum(each.confirmed for each in writers)
    outcome.slowest = [took for each in writers for took in each.seconds]
    outcome.wrong += [line for each in writers for line in each.wrong]
    _look_for(where, writers, outcome)
    return outcome


def _round(
    served: Served, writers: list[Writer], chance: random.Random, outcome: Outcome,
    targets: tuple[str, ...],
) -> None:  # fmt: skip
    """Everybody opens a page and types, until the targets are killed in the middle of it."""
    server, ending = psutil.Process(served.process.pid), Event()
    before = {each.pid for each in server.children(recursive=True)}
    with ThreadPoolExecutor(len(writers)) as crowd:
        list(crowd.map(lambda each: each.open(served), writers))
        below = {each.pid for each in server.children(recursive=True)}
        kernels = below - before
        assert len(kernels) >= len(writers), (before, kernels)
        first = sum(each.confirmed for each in writers)
        typing = [crowd.submit(each.write, 10**6, ending, _no_pause()) for each in writers]
        soon(lambda: sum(each.confirmed for each in writers) > first, ANSWERED_WITHIN)
        time.sleep(chance.uniform(*AFTER_FIRST))
        ending.set()
        if "server" in targets:
            server.kill()
        for pid in kernels if "kernels" in targets else ():
            os.kill(pid, signal.SIGKILL)
        for each in writers:
            each.close()
        for each_typing in typing:
            each_typing.result()
    outcome.counts["servers killed"] += "server" in targets
    outcome.counts["kernels killed"] += len(writers) if "kernels" in targets else 0
    if "server" in targets:
        served.opened.clear()
        if not soon(lambda: not any(map(is_there, below)), 20):
            outcome.wrong.append("processes outlive their server")
    else:
        _left(served)


def _no_pause() -> Iterator[float]:
    while True:
        yield 0.0


def _left(served: Served) -> None:
    """The places of pages whose kernels are dead are given back, as their browsers would."""
    while served.opened:
        kernel, user = served.opened.pop()
        sent = served.as_(user) | {"Origin": served.origin}
        served.get(f"/voila/api/shutdown/{kernel}", sent, "POST")


def _look_for(where: str, writers: list[Writer], outcome: Outcome) -> None:
    with register.open(where) as on:
        outcome.wrong += [f"{d.code} {d.no}" for d in on.verify()]
        outcome.wrong += [f"{b.code} {b.country} {b.no}" for b in broken(on)]
        for each in writers:
            each.wrong.clear()
            about = (Acting(each.person), each.country, CYCLE)
            content = drafts.load(on, *about, "assessment").content
            each.look(content.get(CRITERION, {}).get("text", ""))
            outcome.wrong += each.wrong


def at_once(
    folder: Path, people: int, saves: int, every: float = 2.0, where: str = ""
) -> tuple[Outcome, str]:
    """Reviewers, each at a page of a team's server, type as many texts, all at the same time.

    every: seconds between what was saved and the next text, on average. slowest: how long each
    save took, from the moment at which the screen began to save (after its rest of REST seconds)
    until its page said so. The words tell the memory taken while all pages were open.
    """
    where = where or str(folder / "soak.db")
    writers, outcome = prepared(where, people), Outcome()
    options = ("--total", str(people + 5))
    with serving(folder, *options, team=True, own=True, register=where) as served:
        began = time.monotonic()
        with ThreadPoolExecutor(people) as crowd:
            list(crowd.map(lambda each: each.open(served), writers))
            opened = time.monotonic() - began
            chances = [_pauses(random.Random(n), every) for n in range(people)]
            never = Event()
            list(crowd.map(lambda w, p: w.write(saves, never, p), writers, chances))
        memory = _memory(served.process.pid)
        incidents = re.findall(r"^\[\d{8}-\w{6}\]", served.told(), re.MULTILINE)
        for each in writers:
            each.close()
        served.leave_all()
    outcome.seconds = time.monotonic() - began
    outcome.counts["saved"] = sum(each.confirmed for each in writers)
    outcome.slowest = [took for each in writers for took in each.seconds]
    outcome.wrong = [line for each in writers for line in each.wrong]
    outcome.wrong += [f"incident {each} in the log" for each in incidents]
    _look_for(where, writers, outcome)
    return outcome, f"{people} pages open after {opened:.1f} s; {memory}"


def _pauses(chance: random.Random, every: float) -> Iterator[float]:
    while True:
        yield chance.uniform(0, 2 * every)


def _memory(pid: int) -> str:
    """What a server and all its processes take, shared memory counted once."""
    server = psutil.Process(pid)
    taken = []
    for each in (server, *server.children(recursive=True)):
        text = Path(f"/proc/{each.pid}/smaps_rollup").read_text(encoding="ascii")
        found = re.search(r"^Pss: +(\d+) kB", text, re.MULTILINE)
        assert found
        taken.append(int(found[1]) / 1000)
    return f"{sum(taken):.0f} MB in {len(taken)} processes, of them the server {taken[0]:.0f} MB"
