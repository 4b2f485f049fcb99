"""Many people saving the same thing at once.

Run at full size by `make soak`; a small sample runs with the tests.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from crowd import Barrier, at_once

from a87lib import register
from a87lib.desk.acting import Acting
from a87lib.desk.administering import give_roles
from a87lib.desk.reviewing import concluding
from a87lib.desk.reviewing.assessing import Judgement
from a87lib.desk.reviewing.invariants import broken
from a87lib.desk.reviewing.review import criteria
from a87lib.facts import canonical
from a87lib.register import Conflict, NewEntry, Register, StoredEntry

CYCLE = 2026
PER_COUNTRY = 50
WRITING = 0.03
"""Seconds between what a client read and what it saves: others save meanwhile."""
ALONE = Acting("owner", alone=True)


@dataclass
class Outcome:
    """What came of a soak. wrong: what must not be, in words; counts: what was done."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0
    slowest: list[float] = field(default_factory=list)

    def percentile(self, share: float) -> float:
        """The time that this share of all saves stayed below."""
        ordered = sorted(self.slowest)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def countries(count: int) -> list[str]:
    """As many codes of invented countries; at most 364."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return [f"Q{a}{b}" for a in "MNOPQRSTUVWXYZ" for b in letters][:count]


def reviewer(client: int) -> str:
    return f"reviewer-{client}"


def prepared(where: str, codes: Sequence[str], clients: int) -> None:
    """A register in which every client may conclude on every country."""
    assert register.make(where, "fictional", "soak")
    with register.open(where) as on:
        for client in range(clients):
            give_roles(on, ALONE, reviewer(client), "reviewer")
        on.append([entry for code in codes for entry in _ready(code, clients)])


def _ready(country: str, clients: int) -> Iterator[NewEntry]:
    yield _entry(country, "report_received", {"document": f"{country}.pdf"})
    for client in range(clients):
        who = reviewer(client)
        yield _entry(country, "review_assigned", {"reviewer": who, "role": "reviewer"})
        yield _entry(country, "conflict_stated", {"person": who, "conflict": "none"})
        for code in criteria():
            said = {"criterion": code, "judgement": "shown", "text": who, "reviewer": who}
            yield _entry(country, "assessment_made", said)


def _entry(country: str, kind: str, body: dict[str, str]) -> NewEntry:
    return NewEntry(
        kind=kind, country=country, cycle=CYCLE, happened_on=date(2026, 5, 1),
        body_json=canonical(body), recorded_by="soak", visibility="reviewers",
    )  # fmt: skip


def clash(where: str, saves: int, clients: int) -> Outcome:
    """Clients conclude on the same criterion of one country after the other, all at once."""
    codes = countries(max(1, saves // PER_COUNTRY))
    prepared(where, codes, clients)
    shares = [len(range(client, saves, clients)) for client in range(clients)]
    outcome, noted = at_work(_client, [(where, n, share, codes) for n, share in enumerate(shares)])
    _judge(where, [line for lines in noted for line in lines], saves, outcome)
    return outcome


def at_work(
    does: Callable[..., None], given: Sequence[tuple[Any, ...]]
) -> tuple[Outcome, list[list[dict[str, Any]]]]:
    """Clients at work at once: what came of it, and what each of them noted (lines of JSON).

    Each is called with what is given to it, the file for its notes, and the barrier of the start.
    """
    with TemporaryDirectory(prefix="a87soak") as folder:
        notes = [Path(folder, f"{client}.jsonl") for client in range(len(given))]
        began = time.monotonic()
        ended = at_once(does, [(*each, note) for each, note in zip(given, notes, strict=True)])
        outcome = Outcome(seconds=time.monotonic() - began)
        noted = [[json.loads(line) for line in note.read_text().splitlines()] for note in notes]
    outcome.wrong += [f"client ended with {status}" for status in ended if status != 0]
    return outcome, noted


def _client(
    where: str, client: int, share: int, codes: Sequence[str], note: Path, start: Barrier
) -> None:
    """Saves its share, and notes what it was told of each."""
    acting = Acting(reviewer(client))
    with register.open(where, patience=120) as on, note.open("w") as out:
        start.wait()
        for n in range(share):
            country = codes[n * len(codes) // share]
            criterion = criteria()[0]
            told = saved(on, acting, country, criterion, f"{client}-{n}")
            out.write(json.dumps(told) + "\n")


def saved(on: Register, acting: Acting, country: str, criterion: str, text: str) -> dict[str, Any]:
    held = concluding.conclusions(on, acting, country, CYCLE)
    seen = next((c.version for c in held if c.judgement.criterion == criterion), None)
    told: dict[str, Any] = {
        "country": country, "criterion": criterion, "seen": seen, "text": text,
        "by": acting.person,
    }  # fmt: skip
    time.sleep(WRITING)
    began = time.monotonic()
    try:
        judgement = Judgement(criterion, "shown", text)
        told["saved"] = concluding.conclude(on, acting, country, CYCLE, judgement, replacing=seen)
    except Conflict as conflict:
        told["first"] = conflict.number
        told["told"] = text in conflict.yours and bool(conflict.stored and conflict.difference)
    told["seconds"] = time.monotonic() - began
    return told


def _judge(where: str, lines: list[dict[str, Any]], saves: int, outcome: Outcome) -> None:
    """One winner per version, every confirmed save on file as it was confirmed, and no other."""
    won = [line for line in lines if "saved" in line]
    lost = [line for line in lines if "saved" not in line]
    outcome.counts.update(saved=len(won), second=len(lost))
    outcome.slowest = [line["seconds"] for line in lines]
    if len(lines) != saves:
        outcome.wrong.append(f"{saves} saves, {len(lines)} answers")
    with register.open(where) as on:
        entries = versions(on)
        outcome.wrong += [f"{d.code} {d.no}" for d in on.verify()]
        outcome.wrong += [f"{b.code} {b.country} {b.no}" for b in broken(on)]
    winners = Counter((line["country"], line["criterion"], line["seen"]) for line in won)
    outcome.wrong += [f"{n} winners of {version}" for version, n in winners.items() if n > 1]
    for line in won:
        entry = entries.get((line["country"], line["criterion"], line["saved"]))
        text = None if entry is None else json.loads(entry.body_json or "{}")["text"]
        kept = entry and (text, entry.recorded_by)
        if kept != (line["text"], line["by"]) or line["saved"] != (line["seen"] or 0) + 1:
            outcome.wrong.append(f"confirmed, but not as it was: {line}")
    if len(entries) != len(won):
        outcome.wrong.append(f"{len(won)} confirmed, {len(entries)} on file")
    outcome.wrong += [f"was not told properly: {line}" for line in lost if not line["told"]]
    outcome.wrong += [
        f"lost to nobody: {line}"
        for line in lost
        if (line["country"], line["criterion"], line["first"]) not in entries
    ]


def versions(on: Register) -> dict[tuple[str | None, str, int], StoredEntry]:
    """Every conclusion by country, criterion and version."""
    found: dict[tuple[str | None, str, int], StoredEntry] = {}
    version: dict[int, int] = {}
    for entry in on.entries(kinds=("subgroup_concluded",)):
        version[entry.no] = version.get(entry.corrects or 0, 0) + 1
        criterion = json.loads(entry.body_json or "{}")["criterion"]
        found[entry.country, criterion, version[entry.no]] = entry
    return found
