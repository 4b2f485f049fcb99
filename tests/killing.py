"""Processes killed while they save: every confirmed save is looked for afterwards."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from multiprocessing import get_context
from typing import Any

from soaking import CYCLE, PER_COUNTRY, Outcome, countries, prepared, reviewer, versions

from a87lib import register
from a87lib.desk.acting import Acting
from a87lib.desk.reviewing import concluding, drafts
from a87lib.desk.reviewing.assessing import Judgement
from a87lib.desk.reviewing.invariants import broken


def killed(where: str, saves: int, seed: int = 87) -> Outcome:
    """Processes that conclude and save drafts are killed with SIGKILL until so many were confirmed.

    Every confirmed save is looked for afterwards.
    """
    codes = countries(max(1, saves // PER_COUNTRY))
    prepared(where, codes, 1)
    chance, outcome = random.Random(seed), Outcome()
    confirmed: list[dict[str, Any]] = []
    began = time.monotonic()
    while sum("saved" in line for line in confirmed) < saves:
        done = sum("saved" in line for line in confirmed)
        country = codes[min(len(codes) - 1, done * len(codes) // saves)]
        confirmed += _until_killed(where, country, chance.uniform(0.02, 0.4))
        outcome.counts["killed"] += 1
    outcome.seconds = time.monotonic() - began
    outcome.counts["saved"] = sum("saved" in line for line in confirmed)
    outcome.counts["drafts"] = sum("draft" in line for line in confirmed)
    _look_for(where, confirmed, outcome)
    return outcome


def _until_killed(where: str, country: str, after: float) -> list[dict[str, Any]]:
    """What a process had confirmed when it was killed, so long after its first save."""
    reading, writing = os.pipe()
    process = get_context("fork").Process(target=_keep_saving, args=(where, country, writing))
    process.start()
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        first = pipe.readline()
        time.sleep(after)
        os.kill(process.pid or 0, signal.SIGKILL)
        rest = pipe.read()
    process.join()
    whole = (first + rest).splitlines(keepends=True)
    return [json.loads(line) for line in whole if line.endswith(b"\n")]


def _keep_saving(where: str, country: str, writing: int) -> None:
    acting = Acting(reviewer(0))
    with register.open(where, patience=120) as on:
        held = concluding.conclusions(on, acting, country, CYCLE)
        seen = held[0].version if held else None
        version = drafts.load(on, acting, country, CYCLE, "comments").version
        while True:
            text = f"{os.getpid()} {time.monotonic_ns()}"
            content = {"items": [{"no": "1", "text": text}]}
            version = drafts.save(on, acting, country, CYCLE, "comments", content, version)
            _confirm(writing, {"draft": version, "text": text, "country": country})
            judgement = Judgement("evidence", "shown", text)
            seen = concluding.conclude(on, acting, country, CYCLE, judgement, replacing=seen)
            _confirm(writing, {"saved": seen, "text": text, "country": country})


def _confirm(writing: int, told: dict[str, Any]) -> None:
    os.write(writing, (json.dumps(told) + "\n").encode())


def _look_for(where: str, confirmed: list[dict[str, Any]], outcome: Outcome) -> None:
    acting = Acting(reviewer(0))
    with register.open(where) as on:
        outcome.wrong += [f"{d.code} {d.no}" for d in on.verify()]
        outcome.wrong += [f"{b.code} {b.country} {b.no}" for b in broken(on)]
        entries = versions(on)
        steps = sum(1 for _ in on.entries(kinds=("review_step",)))
        for line in confirmed:
            if "saved" in line:
                entry = entries.get((line["country"], "evidence", line["saved"]))
                if entry is None or line["text"] not in (entry.body_json or ""):
                    outcome.wrong.append(f"confirmed and lost: {line}")
        if steps - 1 != len(entries):  # each with its step, in one transaction; one gave the role
            outcome.wrong.append(f"{len(entries)} conclusions, {steps} steps")
        last = {line["country"]: line for line in confirmed if "draft" in line}
        for country, line in last.items():
            draft = drafts.load(on, acting, country, CYCLE, "comments")
            if draft.version < line["draft"]:
                outcome.wrong.append(f"draft lost: {line}")
            if draft.version == line["draft"] and draft.content["items"][0]["text"] != line["text"]:
                outcome.wrong.append(f"draft changed: {line}")
