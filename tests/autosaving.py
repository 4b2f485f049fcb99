"""Many people writing at once: how long a save takes, and whether one is lost."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Sequence
from pathlib import Path

from crowd import Barrier
from soaking import CYCLE, Outcome, at_work, countries, prepared, reviewer, saved

from a87lib import register
from a87lib.desk.acting import Acting
from a87lib.desk.reviewing import drafts
from a87lib.desk.reviewing.review import criteria


def autosave(where: str, people: int, saves: int, every: float = 1.0) -> Outcome:
    """Many people write at once: each saves a draft again and again, and now and then concludes.

    every: seconds between two saves of one person. slowest: how long each save took.
    """
    codes = countries(max(1, people // 3))
    prepared(where, codes, people)
    given = [(where, client, saves, every, codes) for client in range(people)]
    outcome, noted = at_work(_write_on, given)
    for client, lines in enumerate(noted):
        outcome.slowest += [line["seconds"] for line in lines]
        outcome.counts.update(line["what"] for line in lines)
        with register.open(where) as on:
            acting, country = Acting(reviewer(client)), codes[client % len(codes)]
            held = drafts.load(on, acting, country, CYCLE, "assessment")
            if held.version != saves:
                outcome.wrong.append(f"{saves} drafts saved, version {held.version}")
    return outcome


def _write_on(
    where: str, client: int, saves: int, every: float, codes: Sequence[str], note: Path,
    start: Barrier,
) -> None:  # fmt: skip
    acting, country = Acting(reviewer(client)), codes[client % len(codes)]
    chance, words = random.Random(client), ""
    with register.open(where, patience=60) as on, note.open("w") as out:
        start.wait()
        version = 0
        for n in range(saves):
            time.sleep(chance.uniform(0, 2 * every))
            words += f" and then word {n}"
            began = time.monotonic()
            content = {"evidence": {"judgement": "shown", "text": words}}
            version = drafts.save(on, acting, country, CYCLE, "assessment", content, version)
            told = {"what": "draft", "seconds": time.monotonic() - began}
            out.write(json.dumps(told) + "\n")
            if n % 10 == 9:
                told = saved(on, acting, country, criteria()[0], words)
                done = "concluded" if "saved" in told else "second"
                out.write(json.dumps({"what": done, "seconds": told["seconds"]}) + "\n")
