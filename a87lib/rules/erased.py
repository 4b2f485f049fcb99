"""What is said of entries that were erased: what they told is not known, and not taken for no."""

from __future__ import annotations

from collections.abc import Iterable

from a87lib.facts import Entry
from a87lib.rules.finding import Reason


def content_not_on_file(read: Iterable[Entry]) -> tuple[Reason, ...]:
    """Of those of the entries read that were erased, that what they said is not on file."""
    return tuple(
        Reason("content_not_on_file", entry.cycle, (entry.no,), {"when": entry.when})
        for entry in read
        if entry.erased
    )
