"""Rows of observations and fact files as text, always in the same order."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from a87lib.intake.statistics import COLUMNS, Figure

Fact = dict[str, Any]


Row = Figure
"""One figure of a table, in the columns that the intake of facts reads."""


def read_csv(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file as text: no cell is guessed to be missing (Namibia is NA)."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_yaml(name: str) -> Any:
    """One of our own files of words beside this module."""
    return YAML(typ="safe").load(Path(__file__).with_name(name).read_text(encoding="utf-8"))


def table_text(rows: Iterable[Row]) -> str:
    """A table as CSV, sorted, each row once."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(row) for row in sorted(set(rows)))
    return text.getvalue()


def facts_text(country: str, facts: list[Fact]) -> str:
    """A country's fact file as YAML."""
    yaml = YAML()
    yaml.width = 96
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    text = io.StringIO(newline="")
    yaml.dump({"country": country, "facts": facts}, text)
    return text.getvalue()


def write_all(out: Path, files: Mapping[str, str]) -> None:
    """Writes every file; the folders of facts and tables then hold these and nothing else."""
    for folder in ("facts", "tables"):
        if (out / folder).is_dir():
            shutil.rmtree(out / folder)
        (out / folder).mkdir(parents=True)
    for name, text in files.items():
        (out / name).write_text(text, encoding="utf-8", newline="\n")
