"""`a87 coverage`: which paragraph of the texts is which rule, and with how many cases."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import click

from a87lib import framework
from a87lib.cases import read_cases
from a87lib.cli.options import JSON, LANG
from a87lib.language import keys, raw, say
from a87lib.rules import RULES

CASES = Path(__file__).parents[2] / "tests" / "cases"


@click.command()
@click.option("--reasons", is_flag=True, help="List the keys of all reasons with their sentences.")
@LANG
@JSON
def coverage(reasons: bool, language: str, as_json: bool) -> int:
    """Prints each paragraph of the texts with its rules and cases, or what else it gives."""
    if reasons:
        return _reasons(language, as_json)
    rows = paragraphs(language)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    for row in rows:
        what = ", ".join(f"{name} ({count})" for name, count in row["rules"].items())
        rest = "+".join(kind for kind in row["kinds"] if kind != "rule")
        click.echo(
            f"{row['paragraph']:<10} {' · '.join(filter(None, (what or row['planned'], rest)))}"
        )
    planned = sum(bool(row["planned"]) for row in rows)
    closing = say(
        "cli.coverage_closing", language, paragraphs=len(rows), rules=len(RULES), planned=planned
    )
    click.echo(closing)
    return 0


def paragraphs(language: str) -> list[dict[str, Any]]:
    """Per paragraph: its kinds, its rules with their number of cases, its summary, `planned`."""
    counts = cases_per_rule()
    by_paragraph: dict[str, list[str]] = defaultdict(list)
    for rule in RULES.values():
        for cited in (rule.paragraph, *rule.also):
            by_paragraph[cited].append(rule.id)
    rows: list[dict[str, Any]] = []
    for paragraph in framework.load().paragraphs.values():
        rules = by_paragraph.get(paragraph.id, [])
        rows.append(
            {
                "paragraph": paragraph.id,
                "kinds": list(paragraph.kinds),
                "rules": {rule: counts[rule] for rule in rules},
                "planned": "planned" if "rule" in paragraph.kinds and not rules else "",
                "summary": paragraph.summary[language],
            }
        )
    return rows


def cases_per_rule() -> Counter[str]:
    """How many expectations the case files beside the package have for each rule."""
    counts: Counter[str] = Counter()
    for path in sorted(CASES.glob("*.yaml")):
        for case in read_cases(path):
            counts.update(expectation.rule for expectation in case.expectations)
    return counts


def _reasons(language: str, as_json: bool) -> int:
    found = sorted(
        key.removeprefix("reason.") for key in keys(language) if key.startswith("reason.")
    )
    texts = {key: raw(f"reason.{key}", language) for key in found}
    if as_json:
        click.echo(json.dumps(texts, ensure_ascii=False, indent=2))
        return 0
    for key, text in texts.items():
        click.echo(f"{key:<44} {text}")
    return 0
