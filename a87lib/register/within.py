"""A register seen from inside a transaction that is under way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection

from a87lib.register.address import Address
from a87lib.register.documents import Document, keep
from a87lib.register.refusals import told_plainly
from a87lib.register.rows import NewEntry
from a87lib.register.store import Kind, Register
from a87lib.register.writing import Added, Clock

Decide = Callable[[Register], Sequence[NewEntry]]
Look = Callable[[Register, Added], None]


class Within(Register):
    """Reads and writes on one connection; whoever began the transaction ends it."""

    def __init__(
        self, address: Address, connection: Connection, kind: Kind, name: str, clock: Clock
    ) -> None:
        super().__init__(address, connection.engine, kind, name, clock)
        self._connection = connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with told_plainly(self.address):
            yield self._connection

    _reading = _writing

    def close(self) -> None:
        """The transaction that this is within closes it."""


def append_decided(on: Register, decide: Decide, *, keeping: Sequence[Document] = ()) -> list[int]:
    """Appends what `decide` comes to once nobody else can write, all or none: the numbers.

    decide: given the register as it is then; what it raises leaves nothing behind. keeping:
    documents that are kept whole with the entries.
    """
    with on._writing() as connection:
        writer = on._writer(connection, None)
        inside = Within(on.address, connection, on.kind, on.name, on._clock)
        numbers = writer.append(decide(inside))
        keep(connection, keeping)
        return numbers


def add_missing_looked_at(on: Register, entries: Sequence[NewEntry], look: Look) -> Added:
    """Appends those entries that are not on file yet, unless `look` raises: then none of them.

    look: given the register with the entries in it, and which they are, while nobody else can
    write.
    """
    with on._writing() as connection:
        added = on._writer(connection, None).add_missing(entries)
        look(Within(on.address, connection, on.kind, on.name, on._clock), added)
        return added
