"""SDMX as CSV: 1.0 (codes, or codes and labels) and 3.0 (STRUCTURE, STRUCTURE_ID, ACTION)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from a87lib.intake.statistics import sdmx
from a87lib.intake.statistics.figures import Reading
from a87lib.intake.statistics.files import Received, Row, rows_of
from a87lib.intake.statistics.meaning import Given
from a87lib.problems import problem

_CONCEPT = re.compile(r"\ufeff?([A-Z][A-Z0-9_]*)(\[.\])?(?:: .*)?")


def read(file: Received, reading: Reading) -> Iterator[Given]:
    """The figures of a file; label columns and labels behind codes are put aside."""
    rows = list(rows_of(file))
    if not rows:
        raise problem("statistics_empty", file.name)
    concepts = [_concept(cell) for cell in rows[0][1]]
    reading.form = "sdmx3-csv" if "STRUCTURE" in concepts else "sdmx-csv"
    sdmx.check_concepts(file, filter(None, concepts))
    return sdmx.figures(_observed(rows[1:], concepts, rows[0][1], reading), "", reading)


def _concept(title: str) -> str:
    """The concept that a column holds; empty for a column of labels."""
    found = _CONCEPT.fullmatch(title.strip())
    return found[1] if found else ""


def _observed(
    rows: Sequence[Row], concepts: Sequence[str], titles: Sequence[str], reading: Reading
) -> Iterator[sdmx.Observed]:
    both = [": " in title for title in titles]  # labels=both: "A: Annual" in the cells, too
    labelled = any(both) or any(title.startswith("STRUCTURE[") for title in titles)
    for where, cells in rows:
        if len(cells) > len(concepts):
            reading.read += 1
            reading.refused += 1
            found = cells[len(concepts)]
            reading.refuse("statistics_ragged", where, "", found, columns=len(concepts))
            continue
        given = zip(concepts, cells, both, strict=False)
        yield (
            where,
            {
                name: _code(cell) if has_label or (labelled and name == "STRUCTURE_ID") else cell
                for name, cell, has_label in given
                if name
            },
        )


def _code(cell: str) -> str:
    """The code of a cell such as `A: Annual`; a figure or text without a label stays whole."""
    return cell.partition(": ")[0]
