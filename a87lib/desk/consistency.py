"""Facts that cannot both be true are refused before they are recorded."""

from __future__ import annotations

from collections.abc import Sequence

from a87lib.facts import Entry, Fact
from a87lib.problems import Problems
from a87lib.register import Added, Register
from a87lib.rules import contradictions


def refuse_added(on: Register, facts: Sequence[Fact], added: Added) -> None:
    """Raises Problems naming what contradicts what, now that facts stand beside the rest.

    added: as what they were just added, in a transaction that this takes back by raising. Sources
    that really conflict are kept as claims (`status_stated`, `claim_recorded`), which contradict
    nothing.
    """
    new = set(added.new)
    if not new:
        return
    where = {no: fact.where for no, fact in zip(added.numbers, facts, strict=True) if no in new}
    recorded: list[Entry] = []
    fresh: list[Entry] = []
    for entry in on.facts():
        (fresh if entry.no in new else recorded).append(entry)
    if found := contradictions(recorded, fresh, where):
        raise Problems(found)
