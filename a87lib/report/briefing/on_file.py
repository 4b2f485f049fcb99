"""What is on file, read once for all papers of a batch that rest on the same entries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType

from a87lib import register
from a87lib.facts import Entry
from a87lib.register.typed import typed
from a87lib.report.review.opening import EDITION

Known = tuple[tuple[Entry, ...], str]


@dataclass(frozen=True)
class OnFile:
    """All entries up to a head of the register, by number. digest: of all of them."""

    where: str
    head: register.Head
    known_at: datetime | None
    entries: Mapping[int, Entry]
    digest: str
    _shown: dict[register.Reader | str, Known] = field(default_factory=dict)

    def shown(self, visible_to: register.Reader | str) -> Known:
        """Those that a reader may see, and their digest."""
        if visible_to not in self._shown:
            stored = _stored(self.where, self.head, self.known_at, visible_to)
            seen = tuple(self.entries[entry.no] for entry in stored)
            self._shown[visible_to] = seen, register.digest(stored)
        return self._shown[visible_to]


@lru_cache(maxsize=1)
def on_file(where: str, head: register.Head, known_at: datetime | None) -> OnFile:
    """The entries of a register up to its head.

    Only what was read last is kept: once something more is recorded (an erasure, too) the head is
    another one, and nothing of what was read before stays in a screen that is open for long.
    """
    stored = _stored(where, head, known_at, EDITION)
    entries = MappingProxyType({entry.no: typed(entry) for entry in stored})
    return OnFile(where, head, known_at, entries, register.digest(stored))


def _stored(
    where: str, head: register.Head, known_at: datetime | None, visible_to: register.Reader | str
) -> list[register.StoredEntry]:
    with register.open(where) as on:
        every = on.entries(known_at=known_at, visible_to=visible_to)
        return [entry for entry in every if entry.no <= head.no]
