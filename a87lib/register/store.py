"""An open register."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Literal, Protocol

from sqlalchemy import Connection, Engine, insert, select, update

from a87lib.facts import Entry
from a87lib.problems import problem
from a87lib.register import documents, reading, tables
from a87lib.register.address import Address
from a87lib.register.batch import Batch
from a87lib.register.documents import Document
from a87lib.register.engine import write_protected
from a87lib.register.erasing import blank
from a87lib.register.refusals import told_plainly
from a87lib.register.rows import Head, NewEntry, StoredEntry, unkept
from a87lib.register.typed import typed
from a87lib.register.verify import Discrepancy, Inspection
from a87lib.register.visibility import Reader
from a87lib.register.writing import Added, Clock, Writer

Kind = Literal["real", "fictional"]
Seer = Reader | str | None


def now() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)


class Closable(Protocol):
    """What is open beside a register (its drafts)."""

    def close(self) -> None:
        """Closes it."""


class Register:
    """An append-only register. Every call is one transaction; a failed one leaves nothing behind.

    kind: whether its countries are real or fictional. name: what it is called. Errors of the
    database or disk are raised as Problems naming the register.
    """

    def __init__(
        self, address: Address, engine: Engine, kind: Kind, name: str, clock: Clock = now
    ) -> None:
        self.address = address
        self.kind = kind
        self.name = name
        self._engine = engine
        self._clock = clock
        self._beside: dict[str, Closable] = {}

    def __enter__(self) -> Register:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes all connections."""
        self._engine.dispose()
        for other in self._beside.values():
            other.close()

    def today(self) -> date:
        """The present day, in UTC, by the register's clock."""
        return self._clock().date()

    def append(
        self,
        entries: Sequence[NewEntry],
        *,
        visible_to: Seer = None,
        keeping: Sequence[Document] = (),
        dry_run: bool = False,
    ) -> list[int]:
        """Appends all of the entries, or none, and returns their numbers.

        keeping: documents that are kept whole with them.
        visible_to: who writes, so that a conflict shows nothing else. dry_run: take everything back
        in the end; the numbers are those that the entries would have had. Raises Conflict where
        somebody else was first, Problems for everything else that the register refuses.
        """
        with self._writing() as connection:
            numbers = self._writer(connection, visible_to).append(entries)
            documents.keep(connection, keeping)
            if dry_run:
                connection.rollback()
            return numbers

    def add_missing(self, entries: Sequence[NewEntry]) -> Added:
        """Appends those entries that are not on file yet (see Writer.add_missing)."""
        with self._writing() as connection:
            return self._writer(connection, None).add_missing(entries)

    def erase(
        self, recorded: Sequence[NewEntry], numbers: Sequence[int], document: str | None = None
    ) -> list[int]:
        """Appends the erasures recorded and blanks the bodies of the entries with these numbers.

        document: the digest of a document that they linked, blanked too.
        """
        with self._writing() as connection:
            done = self._writer(connection, None).append(recorded)
            blank(connection, numbers)
            if document is not None:
                documents.blank(connection, document)
        self._checkpoint()
        return done

    def entries(
        self,
        country: str | None = None,
        meeting: int | None = None,
        kinds: Collection[str] | None = None,
        known_at: datetime | None = None,
        visible_to: Seer = None,
    ) -> Iterator[StoredEntry]:
        """The entries in order of their numbers, read as they are needed.

        known_at: only what was recorded by then. visible_to: a role, a circle or a Reader (the
        circle `country` is that of the country asked for, and of none where none is). An entry is
        left out where the reader may not see it, or may not see its correction.
        """
        wanted = reading.Wanted(
            country=country,
            meeting=meeting,
            kinds=kinds,
            known_at=known_at,
            visible_to=None if visible_to is None else Reader.of(visible_to, country),
        )
        with self._reading() as connection:
            yield from reading.read(connection, wanted)

    def facts(
        self,
        country: str | None = None,
        meeting: int | None = None,
        kinds: Collection[str] | None = None,
        known_at: datetime | None = None,
        visible_to: Seer = None,
    ) -> Iterator[Entry]:
        """The same entries, typed. An erased entry has a body without anything in it."""
        for stored in self.entries(country, meeting, kinds, known_at, visible_to):
            yield typed(stored)

    def has_file(self, country: str) -> bool:
        """Whether any entry is about the country."""
        query = select(tables.entry.c.no).where(tables.entry.c.country == country).limit(1)
        with self._reading() as connection:
            return connection.execute(query).first() is not None

    def entry(self, no: int) -> StoredEntry:
        """The entry with this number; a problem where there is none."""
        with self._reading() as connection:
            found = next(reading.read(connection, reading.Wanted(numbers=[no])), None)
        if found is None:
            raise problem("no_such_entry", str(self.address), no, last=self.head().no)
        return found

    def labelled(self, prefix: str) -> list[StoredEntry]:
        """The entries whose lasting name begins so, such as those of one submission."""
        with self._reading() as connection:
            return documents.labelled(connection, prefix)

    def links(self, sha256: str, visible_to: Seer = None) -> list[StoredEntry]:
        """The entries that link a document, as far as the reader may see them."""
        reader = None if visible_to is None else Reader.of(visible_to)
        with self._reading() as connection:
            return documents.links(connection, sha256, reader)

    def document(self, sha256: str, visible_to: Seer = None) -> Document:
        """A document, for a reader who may see one of its links; else a problem, as for none."""
        reader = None if visible_to is None else Reader.of(visible_to)
        with self._reading() as connection:
            seen = reader is None or documents.links(connection, sha256, reader)
            found = documents.held(connection, sha256) if seen else None
        if found is None:
            raise problem("document_unknown", found=sha256[:16])
        return found

    def head(self) -> Head:
        """The number and hash of the last entry: what a second party notes to hold us to it."""
        with self._reading() as connection:
            row = connection.execute(select(tables.head)).one()
            return Head(row.no, row.hash)

    def digest(self, visible_to: Seer = None) -> str:
        """A digest of what a reader may see of all entries."""
        return reading.digest(self.entries(visible_to=visible_to))

    def verify(self, head: Head | None = None) -> list[Discrepancy]:
        """Everything that is not as it was written; `head` was noted earlier or elsewhere."""
        with self._reading() as connection:
            return Inspection(connection, self.kind, self.name).run(head)

    def name_person(
        self, person: str, name: str | None, organisation: str = "", roles: str = ""
    ) -> None:
        """Keeps (or with None removes) the name that belongs to a person's id."""
        values = {"name": name, "organisation": organisation, "roles": roles}
        if sign := unkept((person, *values.values())):
            raise problem("null_character", found=sign)
        with self._writing() as connection:
            changed = update(tables.person).where(tables.person.c.id == person).values(values)
            if connection.execute(changed).rowcount == 0:
                connection.execute(insert(tables.person).values(id=person, **values))

    def person(self, person: str) -> str | None:
        """The name of a person, if it is kept."""
        with self._reading() as connection:
            named = select(tables.person.c.name).where(tables.person.c.id == person)
            return connection.execute(named).scalar_one_or_none()

    def _writer(self, connection: Connection, visible_to: Seer) -> Writer:
        reader = None if visible_to is None else Reader.of(visible_to)
        return Writer(connection, Batch(connection, self.kind, reader), self._clock)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self.address.path is not None and write_protected(self.address.path):
            raise problem("register_read_only", str(self.address))
        with told_plainly(self.address), self._engine.connect() as connection:
            connection.execution_options(a87_writing=True)
            with connection.begin():
                yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with told_plainly(self.address), self._engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    def _checkpoint(self) -> None:
        """Leaves nothing erased in SQLite's write-ahead file."""
        if self.address.path is not None:
            with told_plainly(self.address), self._engine.connect() as connection:
                raw = connection.connection.dbapi_connection
                if raw is not None:
                    raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
