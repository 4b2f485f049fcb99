"""Drafts: what somebody is writing, saved as they write, in a database of its own.

Beside a file `exercise.db` lies `exercise.drafts.db`; on PostgreSQL drafts have a schema of their
own. A draft is changed in place and has a version; it is no entry and no rule reads it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    Integer,
    MetaData,
    Row,
    Table,
    and_,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from a87lib.problems import Problem, Problems
from a87lib.register.address import Address
from a87lib.register.refusals import told_plainly
from a87lib.register.rows import instant_text
from a87lib.register.tables import PlainText
from a87lib.register.writing import Clock

NAMES = ("owner", "country", "cycle", "part")


class Key(NamedTuple):
    """Whose draft of what it is. owner: a person's id; empty for a draft that several share."""

    owner: str
    country: str
    cycle: int
    part: str


class Draft(NamedTuple):
    """A draft as it was saved last. version: 1 for the first save, one more for each after it."""

    key: Key
    version: int
    saved_at: datetime
    saved_by: str
    text: str


class Overtaken(Problems):
    """Somebody saved the draft meanwhile (or the same person in another window).

    yours: what was to be saved. stored: the draft as it is now; None where it was dropped.
    """

    def __init__(self, yours: str, stored: Draft | None) -> None:
        self.yours = yours
        self.stored = stored
        by = "" if stored is None else stored.saved_by
        code = "draft_dropped" if stored is None else "draft_overtaken"
        super().__init__([Problem(code, found=self.difference, args={"by": by})])

    @property
    def difference(self) -> str:
        """The stored text against the new one as a unified diff."""
        old = [] if self.stored is None else self.stored.text.splitlines()
        new = self.yours.splitlines()
        return "\n".join(difflib.unified_diff(old, new, "on file", "yours", n=2, lineterm=""))


def table_in(schema: str | None) -> Table:
    """The table of drafts, in a schema of PostgreSQL or (None) in the file."""
    return Table(
        "draft",
        MetaData(schema=schema),
        *(Column(name, Integer if name == "cycle" else PlainText, primary_key=True)
          for name in NAMES),
        Column("version", Integer, nullable=False),
        Column("saved_at", PlainText, nullable=False),
        Column("saved_by", PlainText, nullable=False),
        Column("text", PlainText, nullable=False),
    )  # fmt: skip


class Drafts:
    """The drafts that belong to a register. Every call is one transaction."""

    def __init__(self, engine: Engine, table: Table, where: Address, clock: Clock) -> None:
        self._engine = engine
        self._table = table
        self._where = where
        self._clock = clock

    def close(self) -> None:
        """Closes all connections."""
        self._engine.dispose()

    def save(self, key: Key, text: str, version: int, by: str) -> int:
        """Saves a draft that the writer last saw at `version` (0: there was none): its new version.

        Raises Overtaken, with both texts, where it is at another version now.
        """
        values = {"text": text, "saved_by": by, "saved_at": instant_text(self._clock())}
        try:
            with self._doing(writing=True) as connection:
                if version == 0:
                    row = key._asdict() | values | {"version": 1}
                    connection.execute(insert(self._table).values(row))
                else:
                    met = and_(self._is(key), self._table.c.version == version)
                    changed = update(self._table).where(met)
                    changed = changed.values(values | {"version": version + 1})
                    if connection.execute(changed).rowcount == 0:
                        raise Overtaken(text, self._read(connection, key))
        except IntegrityError:
            raise Overtaken(text, self.load(key)) from None
        return version + 1

    def load(self, key: Key) -> Draft | None:
        """The draft as it was saved last, if there is one."""
        with self._doing() as connection:
            return self._read(connection, key)

    def drop(self, key: Key, version: int | None = None) -> None:
        """Removes a draft; with `version` only if it was not saved again meanwhile."""
        met = self._is(key)
        if version is not None:
            met = and_(met, self._table.c.version == version)
        with self._doing(writing=True) as connection:
            connection.execute(delete(self._table).where(met))

    def all(self, owner: str | None = None) -> list[Draft]:
        """All drafts, or one person's, in the order of their keys."""
        query = select(self._table).order_by(*(self._table.c[name] for name in NAMES))
        if owner is not None:
            query = query.where(self._table.c.owner == owner)
        with self._doing() as connection:
            return [_draft(row) for row in connection.execute(query)]

    def restore(self, drafts: list[Draft]) -> None:
        """Puts drafts of a backup into a new database."""
        rows = [
            d.key._asdict() | d._asdict() | {"saved_at": instant_text(d.saved_at)} for d in drafts
        ]
        for row in rows:
            row.pop("key")
        if rows:
            with self._doing(writing=True) as connection:
                connection.execute(insert(self._table), rows)

    def _is(self, key: Key) -> ColumnElement[bool]:
        return and_(*(self._table.c[name] == value for name, value in key._asdict().items()))

    def _read(self, connection: Connection, key: Key) -> Draft | None:
        row = connection.execute(select(self._table).where(self._is(key))).one_or_none()
        return None if row is None else _draft(row)

    @contextmanager
    def _doing(self, *, writing: bool = False) -> Iterator[Connection]:
        with told_plainly(self._where), self._engine.connect() as connection:
            connection.execution_options(a87_writing=writing)
            with connection.begin():
                yield connection


def _draft(row: Row[Any]) -> Draft:
    key = Key(row.owner, row.country, row.cycle, row.part)
    saved_at = datetime.fromisoformat(row.saved_at)
    return Draft(key, row.version, saved_at, row.saved_by, row.text)
