"""A whole register as rows, out of one database and into another, unchanged to the last byte."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import DBAPIError

from a87lib.problems import problem
from a87lib.register import tables
from a87lib.register.documents import blank
from a87lib.register.persons import Kept
from a87lib.register.reading import CHUNK, chunks
from a87lib.register.rows import Head
from a87lib.register.store import Register

Line = dict[str, Any]
Stored = tuple[str, str, int, bytes | None]
"""A document: digest, type, size, and its bytes (None where they were erased)."""
ENTRY = tuple(column.name for column in tables.entry.columns)


@dataclass(frozen=True, slots=True)
class End:
    """Where a register ends: its head, and the latest instant it stamped an entry with."""

    head: Head
    stamped_at: str


class Snapshot:
    """A register as it is at one instant, whoever writes meanwhile."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def end(self) -> End:
        """The end of the chain."""
        row = self._connection.execute(select(tables.head)).one()
        return End(Head(row.no, row.hash), row.stamped_at)

    def entries(self) -> Iterator[Line]:
        """Every entry with its body (text, salt) and its figures, in order."""
        body = tables.entry_body
        query = (
            select(*(tables.entry.c[name] for name in ENTRY), body.c.text, body.c.salt)
            .select_from(tables.entry.outerjoin(body, body.c.no == tables.entry.c.no))
            .order_by(tables.entry.c.no)
        )
        for rows in chunks(self._connection, query):
            figures = self._figures([row[0] for row in rows])
            for row in rows:
                line = dict(zip((*ENTRY, "text", "salt"), row, strict=True))
                yield line | {"observations": figures.get(row[0], [])}

    def persons(self) -> list[Kept]:
        """Everybody that is kept, with what is missing as it is."""
        query = select(tables.person).order_by(tables.person.c.id)
        return [Kept(*row) for row in self._connection.execute(query)]

    def documents(self) -> Iterator[Stored]:
        """Every document."""
        known = select(tables.document).order_by(tables.document.c.sha256)
        for sha256, media_type, size in self._connection.execute(known).all():
            held = select(tables.document_content.c.content)
            held = held.where(tables.document_content.c.sha256 == sha256)
            content = self._connection.execute(held).scalar_one_or_none()
            yield sha256, media_type, size, None if content is None else bytes(content)

    def _figures(self, numbers: list[int]) -> dict[int, list[Any]]:
        table = tables.observation
        query = (
            select(table.c.entry_no, *(table.c[name] for name in tables.OBSERVED))
            .where(table.c.entry_no.in_(numbers))
            .order_by(table.c.entry_no, table.c.seq)
        )
        found: dict[int, list[Any]] = {}
        for row in self._connection.execute(query):
            found.setdefault(row[0], []).append(list(row[1:]))
        return found


class Landing:
    """A new, empty register that is filled with the rows of another one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def entries(self, lines: Iterable[Line]) -> None:
        """Puts entries in, in order, each with its body and figures."""
        waiting: list[Line] = []
        for line in lines:
            waiting.append(line)
            if len(waiting) == CHUNK:
                self._put(waiting)
                waiting = []
        self._put(waiting)

    def persons(self, persons: Iterable[Kept]) -> None:
        """Puts persons in."""
        self._insert(tables.person, [person._asdict() for person in persons])

    def document(self, stored: Stored) -> None:
        """Puts a document in, after the entries; one whose bytes were erased without them."""
        sha256, media_type, size, content = stored
        row = {"sha256": sha256, "media_type": media_type, "size": size}
        self._insert(tables.document, [row])
        held = {"sha256": sha256, "content": b"" if content is None else content}
        self._insert(tables.document_content, [held])
        if content is None:  # as it was done there: by the erasure that is on file
            blank(self._connection, sha256)

    def end(self, end: End) -> None:
        """Sets the end of the chain, once all entries are in."""
        if end.head.no > 0:
            values = {"no": end.head.no, "hash": end.head.hash, "stamped_at": end.stamped_at}
            moved = update(tables.head).where(tables.head.c.id == 1).values(values)
            self._connection.execute(moved)

    def _put(self, lines: list[Line]) -> None:
        names = tables.OBSERVED
        self._insert(tables.entry, [{name: line[name] for name in ENTRY} for line in lines])
        bodies = [{name: line[name] for name in ("no", "text", "salt")} for line in lines]
        self._insert(tables.entry_body, bodies)
        figures = [
            {"entry_no": line["no"], "seq": seq} | dict(zip(names, figure, strict=True))
            for line in lines
            for seq, figure in enumerate(line["observations"])
        ]
        self._insert(tables.observation, figures)

    def _insert(self, table: Any, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._connection.execute(insert(table), rows)


@contextmanager
def snapshot(on: Register) -> Iterator[Snapshot]:
    """A register as it is now, all of it read in one transaction."""
    with on._reading() as connection:
        yield Snapshot(connection)


@contextmanager
def landing(on: Register) -> Iterator[Landing]:
    """A register that is being made, to be filled in one transaction.

    Raises Problems where the rows are not those of a register.
    """
    try:
        with on._writing() as connection:
            yield Landing(connection)
    except (KeyError, TypeError, ValueError, DBAPIError) as error:
        raise problem("restore_unsound", found=type(error).__name__) from error


def text_of(line: Line) -> str:
    """A row as a line of text."""
    return json.dumps(line, separators=(",", ":"))
