"""How time and memory grow with countries, cycles and entries, in registers made for the purpose.

Usage: ``python benchmarks/growth.py countries|cycles|entries [--sizes 10,100,1000] [--seed 1]``.
Each size is measured in a new process, on a register of its own. Steps: `read` every entry; one
country's `file`; all `findings`; one country's `review` with its charts; the `overview` of all
countries. Printed, of the quickest try: seconds of computing, seconds by the clock, MB at most so
far; and between the two largest sizes the exponent of growth of computing (1.0: ten times as much
takes ten times as long), which a busy machine hardly changes.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time

from a87lib import framework, register
from a87lib.countryfile import Archive
from a87lib.desk.stating import stated
from a87lib.facts import KINDS, Fact, PartialDate
from a87lib.report import documents as doc
from a87lib.report import review
from a87lib.rules import Finding, findings_for, sentence

FIRST = 2017
SIZES = {"countries": (10, 100, 1000), "cycles": (5, 15, 50), "entries": (10_000, 100_000)}
ACTIONS = [{"no": f"1.{no}", "title": "An action", "due": "2019-12"} for no in range(1, 13)]
BEGINNING = [
    ("interest_expressed", "2015-02-03", {"addressed_to": "alliance_chair"}),
    ("stakeholders_identified", "2015-05-03", {"groups": ["government", "workers"]}),
    ("coordination_body_named", "2015-05-03", {"name": "Committee"}),
    ("workshop_held", "2015-09", {"groups": ["government"], "stocktaking": True}),
    ("roadmap_submitted", "2015-11-10",
     {"priorities": [{"no": "1", "title": "Law", "actions": ACTIONS}]}),
    ("decision_made", "2016-06-01",
     {"subject": "grant_status", "consensus": True, "quorum": True}),
]  # fmt: skip
AT_ONCE = 20_000  # entries in one transaction
ENOUGH, TRIES = 1.0, 5  # seconds of computing; what is quicker is done up to so many times
Found = dict[str, tuple[float, float, float]]
STEPS = ("read", "file", "findings", "review", "overview")


def codes(count: int) -> list[str]:
    """Codes that ISO 3166 leaves to users: never a country's."""
    letters = [chr(65 + number) for number in range(26)]
    heads = ["AA", "ZZ", *(f"Q{x}" for x in letters[12:]), *(f"X{x}" for x in letters)]
    return [head + last for head in heads for last in letters][:count]


def facts(code: str, cycles: int, more: int, chance: random.Random) -> Iterator[Fact]:
    """What is on file of a country: its beginning, its cycles, and so many further things."""
    for kind, when, body in BEGINNING:
        yield _fact(code, kind, when, None, body)
    for cycle in range(FIRST, FIRST + cycles):
        day = (date(cycle, 3, 1) + timedelta(days=chance.randrange(90))).isoformat()
        if chance.random() < 0.8:
            yield _fact(code, "report_received", day, cycle, {})
            yield _fact(code, "indicator_framework_received", day, cycle, {})
            yield _fact(code, "comments_sent", f"{cycle}-07-10", cycle, {})
        for criterion in ("evidence", "participation"):
            judged = {"criterion": criterion, "judgement": chance.choice(("shown", "not_shown"))}
            yield _fact(code, "subgroup_concluded", f"{cycle}-10-05", cycle, judged)
    for number in range(more):
        cycle = FIRST + number % max(cycles, 1)
        about = {"type": "survey", "title": f"Survey {number}"}
        yield _fact(code, "evidence_received", f"{cycle}-04-02", cycle, about)


def _fact(code: str, kind: str, when: str, cycle: int | None, body: dict[str, object]) -> Fact:
    on = PartialDate.of(when)
    recorded_at = datetime(on.last.year, on.last.month, on.last.day, tzinfo=UTC)
    return Fact(kind=kind, when=on, body=KINDS[kind].model_validate(body), country=code,
                cycle=cycle, recorded_at=recorded_at, recorded_by="benchmark")  # fmt: skip


def made(where: Path, what: str, size: int, seed: int) -> tuple[int, int]:
    """A register of the size; gives how many entries it has, and its last cycle."""
    chance = random.Random(seed)  # noqa: S311 - the same countries each time
    countries = {"countries": size, "cycles": 20, "entries": 1000}[what]
    cycles = {"countries": 5, "cycles": size, "entries": 1}[what]
    more = max(0, size // 1000 - 10) if what == "entries" else 2 * cycles
    count = 0

    def fill(on: register.Register) -> None:
        nonlocal count
        said = (fact for code in codes(countries) for fact in facts(code, cycles, more, chance))
        while some := stated(islice(said, AT_ONCE), "benchmark"):
            count += len(on.append(some))

    register.make(where, "fictional", "synthetic", fill)
    return count, FIRST + cycles - 1


def measured(where: str, cycle: int) -> Found:
    """Seconds of computing and by the clock, and MB, of each step on a register."""
    found: Found = {}
    gc.disable()  # as `a87 findings` does
    used, asof = framework.load(), date(cycle, 12, 15)

    def step(name: str, work: Callable[[], object]) -> object:
        tries: list[tuple[float, float]] = []
        while sum(own for own, _ in tries) < ENOUGH and len(tries) < TRIES:
            given = None  # what the try before made
            gc.collect()
            begun, clock = process_time(), perf_counter()
            given = work()
            tries.append((process_time() - begun, perf_counter() - clock))
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        found[name] = (*min(tries), most)
        return given

    with register.open(where) as on:
        code = next(iter(on.entries())).country
        step("file", lambda: Archive(on.facts(country=code)).file(code, asof))
        step("review", lambda: _reviewed(where, code, cycle, asof))
        archive = step("read", lambda: Archive(on.facts()))

    def every() -> list[list[Finding]]:
        return [findings_for(archive.file(each, asof), used) for each in archive.countries]

    step("findings", every)
    step("overview", lambda: _overview(every()))
    return found


def _reviewed(where: str, code: str, cycle: int, asof: date) -> int:
    this = review.opened(code, cycle, asof.isoformat(), register=where)
    sections = [
        getattr(review, name) for name in review.__all__ if name not in ("Review", "opened")
    ]
    return sum(len(section(this).html) for section in sections)


def _overview(found: list[list[Finding]]) -> int:
    rows = [
        [each[0].subject, *(sentence(f, "en") for f in each if f.rule.startswith("signals."))]
        for each in found
    ]
    heads = ["Country", *(f"Sign {number}" for number in range(1, len(rows[0])))]
    return len(doc.table("Countries", heads, rows).html)


def main() -> None:
    """Measure each size in a process of its own, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=SIZES)
    parser.add_argument("--sizes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        sys.stdout.write(json.dumps(measured(asked.measure[0], int(asked.measure[1]))))
        return
    sizes = [int(n) for n in asked.sizes.split(",")] if asked.sizes else SIZES[asked.what]
    results: dict[int, Found] = {}
    entries: dict[int, int] = {}
    print(f"{asked.what:>10} {'entries':>9}  " + "".join(f"{step:>26}" for step in STEPS))
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            where = Path(folder, "register.db")
            entries[size], cycle = made(where, asked.what, size, asked.seed)
            again = [sys.executable, __file__, asked.what, "--measure", str(where), str(cycle)]
            out = subprocess.run(again, check=True, capture_output=True, text=True)  # noqa: S603 - this script
            results[size] = json.loads(out.stdout)
        cells = (results[size][step] for step in STEPS)
        told = "".join(f"{own:8.2f} s {f'({by:.2f})':>8} {mb:4.0f} MB" for own, by, mb in cells)
        print(f"{size:>10} {entries[size]:>9}  {told}", flush=True)
    if len(sizes) > 1:
        small, large = sorted(sizes)[-2:]
        by = math.log(large / small)
        pairs = ((results[small][step][0], results[large][step][0]) for step in STEPS)
        told = "".join(f"{math.log(then / now) / by:26.2f}" for now, then in pairs)
        print(f"{'exponent':>20}  {told}")


if __name__ == "__main__":
    main()
