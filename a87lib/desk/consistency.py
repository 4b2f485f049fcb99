"""Facts that cannot both be true are refused before they are recorded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from a87lib.facts import Entry, Fact, instant
from a87lib.problems import Problems
from a87lib.register import Register
from a87lib.rules import contradictions


def refuse_contradictions(recorded: Iterable[Entry], facts: Sequence[Fact], after: int) -> None:
    """Raises Problems naming what contradicts what, once the facts stood beside what is recorded.

    after: the number of the last entry on file. Sources that really conflict are kept as claims
    (`status_stated`, `claim_recorded`), which contradict nothing.
    """
    new = _numbered(facts, after)
    where = {entry.no: fact.where for entry, fact in zip(new, facts, strict=True)}
    found = contradictions(recorded, new, where)
    if found:
        raise Problems(found)


def refuse_in(on: Register, facts: Sequence[Fact]) -> None:
    """The same for facts to be recorded in an open register."""
    refuse_contradictions(on.facts(), facts, on.head().no)


def _numbered(facts: Sequence[Fact], after: int) -> list[Entry]:
    labels: dict[str, int] = {}
    entries = []
    for no, fact in enumerate(facts, start=after + 1):
        corrects = labels.get(fact.corrects) if isinstance(fact.corrects, str) else fact.corrects
        if fact.label is not None:
            labels[fact.label] = no
        entries.append(fact.entry(no, fact.recorded_at or instant(fact.when.last), corrects))
    return entries
