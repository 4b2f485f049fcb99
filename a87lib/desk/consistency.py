"""Facts that cannot both be true are refused before they are recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from a87lib.facts import Entry, Fact, instant
from a87lib.problems import Problems
from a87lib.register import Added, Register
from a87lib.rules import contradictions


def refuse_in(on: Register, facts: Sequence[Fact]) -> None:
    """Raises Problems naming what contradicts what, were the facts recorded in the register.

    Sources that really conflict are kept as claims (`status_stated`, `claim_recorded`), which
    contradict nothing.
    """
    new = _numbered(facts, on.head().no)
    where = {entry.no: fact.where for entry, fact in zip(new, facts, strict=True)}
    _refuse(on.facts(), new, where)


def refuse_added(on: Register, facts: Sequence[Fact], added: Added) -> None:
    """The same for facts of a folder just added, as they stand in the register beside the rest."""
    if not added.new:
        return
    new = set(added.new)
    where = {no: fact.where for no, fact in zip(added.numbers, facts, strict=True) if no in new}
    before: list[Entry] = []
    fresh: list[Entry] = []
    for entry in on.facts():
        (fresh if entry.no in new else before).append(entry)
    _refuse(before, fresh, where)


def _refuse(recorded: Iterable[Entry], new: Sequence[Entry], where: Mapping[int, str]) -> None:
    found = contradictions(recorded, new, where)
    if found:
        raise Problems(found)


def _numbered(facts: Sequence[Fact], after: int) -> list[Entry]:
    labels: dict[str, int] = {}
    entries = []
    for no, fact in enumerate(facts, start=after + 1):
        corrects = labels.get(fact.corrects) if isinstance(fact.corrects, str) else fact.corrects
        if fact.label is not None:
            labels[fact.label] = no
        entries.append(fact.entry(no, fact.recorded_at or instant(fact.when.last), corrects))
    return entries
