"""How long all findings take, for 40 and for 400 countries with ten cycles each.

Run as `python benchmarks/findings.py`. It prints seconds per size and how they grow: with ten times
the countries, ten times the time. The archive is opened before the clock starts. The countries are
invented and alike in kind: each has a full ten cycles, some late, some missed, one with a sign.
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta
from time import perf_counter
from typing import Any

from a87lib import framework
from a87lib.countryfile import Archive, Coverage
from a87lib.facts import KINDS, Entry, PartialDate
from a87lib.rules import findings_for

CYCLES = range(2016, 2026)
ASOF = date(2025, 12, 15)
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


def seconds(countries: int, rounds: int = 3) -> tuple[float, int]:
    """The best of some rounds: how long all findings of an open archive take, and how many."""
    archive = Archive(entries(countries), coverage=Coverage.complete())
    codes = archive.countries
    best, count = float("inf"), 0
    for _ in range(rounds):
        start = perf_counter()
        count = sum(len(findings_for(archive.file(code, ASOF), framework.load())) for code in codes)
        best = min(best, perf_counter() - start)
    return best, count


def main() -> None:
    """Prints the figures."""
    framework.load()
    few, found = seconds(40)
    many, found_many = seconds(400)
    out = sys.stdout.write
    out(f" 40 countries: {few:.3f} s, {found} findings\n")
    out(f"400 countries: {many:.3f} s, {found_many} findings\n")
    out(f"growth: {many / few:.1f} times the time for ten times the countries\n")


if __name__ == "__main__":
    main()
