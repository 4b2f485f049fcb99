"""Public claims about the countries: from the compiled table to facts in our own words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from pathfinders.tables import Fact, read_csv, read_yaml

WORDS: dict[str, Any] = read_yaml("claims.yaml")
LENGTHS = {"day": 10, "month": 7, "year": 4}


def read(sources: Path) -> dict[str, list[Fact]]:
    """The facts of every country with a claim, in the order of its claims.

    Raises ValueError where a row is of a kind, or from a source, that claims.yaml does not know,
    and where claims.yaml has words for a row that is not there.
    """
    unused = set(WORDS["details"])
    found: dict[str, list[Fact]] = {}
    for row in read_csv(sources / "pathfinder_facts" / "pathfinder_facts.csv"):
        key = " ".join(filter(None, (row["iso3"], row["fact"], row["date"])))
        details = WORDS["details"].get(key, {})
        unused.discard(key)
        found.setdefault(row["iso3"], []).append(fact(row, details))
    if unused:
        raise ValueError(f"claims.yaml has words for rows that are not there: {sorted(unused)}")
    for more in WORDS["more"]:
        given = dict(more)
        found[given.pop("country")].append(in_order(given))
    return {country: sorted(found[country], key=when) for country in sorted(found)}


def fact(row: dict[str, str], details: dict[str, Any]) -> Fact:
    """One row as a fact: date, precision and confidence from the row, the words from ours."""
    if row["fact"] not in WORDS["facts"]:
        raise ValueError(f"claims.yaml knows no claim of the kind {row['fact']!r} ({row['iso3']})")
    kind = WORDS["facts"][row["fact"]]
    source = source_of(row["source"])
    said_by = {"by": source["by"]} if kind["kind"] not in WORDS["without_by"] else {}
    given = {
        "id": label(row, source),
        "happened_on": date_of(row, details),
        **kind,
        **said_by,
        "confidence": row["confidence"],
        "source": source["cite"],
        **details,
    }
    if set(given) & {"value", "text", "note", "focal_point"}:
        given["language"] = "en"
    return in_order({field: value for field, value in given.items() if value is not None})


def date_of(row: dict[str, str], details: dict[str, Any]) -> str:
    """The date of a claim, as precise as the row says; that of our own words where it has none."""
    if not row["date"]:
        return str(details["happened_on"])
    if len(row["date"]) != LENGTHS[row["date_precision"]]:
        raise ValueError(
            f"{row['iso3']} {row['fact']}: {row['date']} is no {row['date_precision']}"
        )
    return row["date"]


def source_of(text: str) -> dict[str, str]:
    """Our citation of the source whose mark stands in the row's source text."""
    known = [about for mark, about in WORDS["sources"].items() if mark in text]
    if len(known) != 1:
        raise ValueError(f"{len(known)} sources of claims.yaml match {text!r}")
    return dict(known[0])


def label(row: dict[str, str], source: dict[str, str]) -> str:
    """A name for the fact that is unique in its file and stays the same."""
    parts = (row["fact"], row["date"] or "undated", source["short"])
    return re.sub(r"[^a-z0-9]+", "-", "-".join(parts).lower()).strip("-")


def when(fact: Fact) -> str:
    """What facts are sorted by; facts of one date keep their order."""
    return str(fact["happened_on"])


def in_order(given: dict[str, Any]) -> Fact:
    """The fields in the order in which a reader wants them."""
    first = [key for key in ("id", "kind", "happened_on", "cycle", "meeting") if key in given]
    last = [key for key in ("confidence", "note", "language", "source") if key in given]
    middle = [key for key in given if key not in first and key not in last]
    return {key: given[key] for key in (*first, *middle, *last)}
