"""How long all findings take, for 40 and for 400 countries with ten cycles each.

Run as `python benchmarks/findings.py`. It prints seconds per size, by the clock and of computing,
and how the latter grow: 1 means ten times the time for ten times the countries. The archive is
opened before the clock starts. The countries are invented and alike in kind: each has a full ten
cycles, some late, some missed, one with a sign.
"""

from __future__ import annotations

import gc
import sys
from datetime import UTC, date, datetime, timedelta
from time import perf_counter, process_time
from typing import Any

from a87lib import framework
from a87lib.countryfile import Archive, Coverage
from a87lib.facts import KINDS, Entry, PartialDate
from a87lib.rules import findings_for

CYCLES = range(2016, 2026)
ASOF = date(2025, 12, 15)
FEW, MANY, ROUNDS = 40, 400, 5
ACTIONS = [{"no": str(no), "title": "An action", "due": "2015-12"} for no in range(12)]
FIRST = [
    ("interest_expressed", "2014-02-03", {"addressed_to": "alliance_chair"}),
    ("stakeholders_identified", "2014-05-03", {"groups": ["government", "workers"]}),
    ("coordination_body_named", "2014-05-03", {"name": "Committee"}),
    (
        "situation_mapped",
        "2014-06-03",
        dict.fromkeys(("studies", "legal", "policy", "gaps", "with_stakeholders"), True),
    ),
    ("workshop_held", "2014-09", {"groups": ["government"], "stocktaking": True}),
    (
        "roadmap_submitted",
        "2014-11-10",
        {"priorities": [{"no": "1", "title": "Law", "actions": ACTIONS}]},
    ),
    (
        "decision_made",
        "2015-06-01",
        {"subject": "grant_status", "consensus": True, "quorum": True},
    ),
]


def entries(countries: int) -> list[Entry]:
    """The entries of so many invented countries."""
    found: list[Entry] = []
    for number in range(countries):
        code = f"X{chr(65 + number // 26)}{chr(65 + number % 26)}"
        for kind, when, body in (*FIRST, *_cycles(number)):
            found.append(_entry(len(found) + 1, code, kind, when, body))
    return found


def _cycles(number: int) -> list[tuple[str, str, dict[str, Any]]]:
    """What a country sent and was told in its cycles; every third missed some of it."""
    found: list[tuple[str, str, dict[str, Any]]] = []
    for cycle in CYCLES:
        missed = number % 3 == 0 and cycle >= CYCLES[-1] - number % 4
        day = date(cycle, 3, 20) + timedelta(days=(number * 7 + cycle) % 60)
        if not missed:
            found += [
                ("report_received", day.isoformat(), {"cycle": cycle}),
                ("indicator_framework_received", day.isoformat(), {"cycle": cycle}),
                ("evidence_received", f"{cycle}-04", {"cycle": cycle, "type": "survey"}),
                ("comments_sent", f"{cycle}-07-10", {"cycle": cycle}),
                ("report_finalised", f"{cycle}-09-10", {"cycle": cycle}),
            ]
            found += [
                (
                    "participation_recorded",
                    f"{cycle}-04-01",
                    {"cycle": cycle, "group": group, "stage": "reporting"},
                )
                for group in ("workers", "employers", "civil_society")
            ]
        found += [
            (
                "subgroup_concluded",
                f"{cycle}-10-05",
                {
                    "cycle": cycle,
                    "criterion": criterion,
                    "judgement": "not_shown" if missed else "shown",
                },
            )
            for criterion in ("evidence", "participation", "collaboration")
        ]
    return found


def _entry(no: int, country: str, kind: str, when: str, body: dict[str, Any]) -> Entry:
    on = PartialDate.of(when)
    fields = {name: value for name, value in body.items() if name != "cycle"}
    return Entry(
        no=no,
        kind=kind,
        when=on,
        recorded_at=datetime(on.last.year, on.last.month, on.last.day, tzinfo=UTC),
        body=KINDS[kind].model_validate(fields),
        country=country,
        cycle=body.get("cycle"),
    )


def opened(countries: int) -> Archive:
    """An open archive of so many countries, its shelves filled."""
    archive = Archive(entries(countries), coverage=Coverage.complete())
    archive.file(archive.countries[0], ASOF)
    return archive


def seconds(archive: Archive) -> tuple[float, float, int]:
    """All findings of an open archive: by the clock, of computing, and how many there are."""
    used = framework.load()
    clock, computing = perf_counter(), process_time()
    count = sum(len(findings_for(archive.file(code, ASOF), used)) for code in archive.countries)
    return perf_counter() - clock, process_time() - computing, count


def main() -> None:
    """Prints the best of some rounds, the sizes in turn so that both meet the same machine."""
    archives = {size: opened(size) for size in (FEW, MANY)}
    gc.disable()  # as `a87 findings` does
    rounds = [{size: seconds(archives[size]) for size in archives} for _ in range(ROUNDS)]
    best = {size: min(each[size][1] for each in rounds) for size in archives}
    for size in archives:
        clock, count = min(each[size][0] for each in rounds), rounds[0][size][2]
        told = f"{clock:.3f} s by the clock, {best[size]:.3f} s of computing, {count} findings"
        sys.stdout.write(f"{size:3} countries: {told}\n")
    growth = best[MANY] / best[FEW] / (MANY / FEW)
    sys.stdout.write(f"growth: {growth:.2f} times that of the countries\n")


if __name__ == "__main__":
    main()
