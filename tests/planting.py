"""A register in which every free text is a payload."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path

from canaries import corrected, marked
from payloads import PAYLOADS

from a87lib import register
from a87lib.desk.evidence import Attachment, Evidence, keep
from a87lib.register import ObservationRow

NAME = "<img src=x onerror=alert(30)>.pdf"
"""What the sender of a document called it."""


TEXTS = tuple(text for text in PAYLOADS if text.isprintable() or "\n" in text)


def planted(
    source: str, folder: Path, country: str, payloads: Sequence[str] = TEXTS
) -> tuple[str, int]:
    """A copy of the register in which every free text about a country and the GCM is a payload.

    Returns where it is and how many texts are payloads. One document is kept with it, under a name
    that is one too.
    """
    where = folder / "exercise.db"
    shutil.copy(source, where)
    texts = cycle(payloads)
    count = 0
    with register.open(str(where)) as on:
        earlier = {entry.corrects for entry in on.entries()}
        made = []
        for entry in on.entries():
            if entry.country not in (country, None) or entry.no in earlier or entry.withdrawn:
                continue
            if entry.kind in ("coverage_declared", "seat_taken") or not entry.body_json:
                continue
            body, marks = marked(entry, lambda _: next(texts))
            rows = tuple(_worded(row, texts) for row in entry.observations)
            count += marks + 1 + 2 * len(rows)
            by, source = next(texts), next(texts)
            made.append(corrected(entry, body, recorded_by=by, source=source, observations=rows))
        on.append(made)
        piece = Evidence(country=country, cycle=2025, type="survey", title=next(texts))
        keep(on, piece, Attachment(NAME, b"%PDF-1.4\n%%EOF\n"), by="test")
    return str(where), count


def _worded(row: ObservationRow, texts: Iterator[str]) -> ObservationRow:
    """A figure whose texts are payloads."""
    worded = {} if row.value_text is None else {"value_text": next(texts)}
    return row._replace(source=next(texts), breakdown=row.breakdown and next(texts), **worded)
