"""Entries read from the register, in their order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select

from a87lib.register.chain import content_digest
from a87lib.register.rows import ObservationRow, StoredEntry, instant_text
from a87lib.register.tables import OBSERVED, entry, entry_body, observation, possible
from a87lib.register.visibility import Reader

CHUNK = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries to read; None stands for all.

    known_at: only what was recorded by then. visible_to: only what this reader may see.
    numbers: only these.
    """

    country: str | None = None
    meeting: int | None = None
    kinds: Collection[str] | None = None
    known_at: datetime | None = None
    visible_to: Reader | None = None
    numbers: Collection[int] | None = None

    def conditions(self, connection: Connection) -> list[ColumnElement[bool]]:
        """The conditions on the table of entries that select these."""
        found: list[ColumnElement[bool]] = []
        if self.country is not None:
            found.append(entry.c.country == self.country)
        if self.meeting is not None:
            found.append(entry.c.meeting == self.meeting)
        if self.kinds is not None:
            found.append(entry.c.kind.in_(list(self.kinds)))
        if self.known_at is not None:
            found.append(entry.c.recorded_at <= instant_text(self.known_at))
        if self.numbers is not None:
            found.append(entry.c.no.in_(possible(self.numbers)))
        if self.visible_to is not None:
            found.append(self.visible_to.condition())
            if narrowed := _narrowed(connection, self.visible_to):
                found.append(entry.c.no.not_in(narrowed))
        return found


def read(connection: Connection, wanted: Wanted) -> Iterator[StoredEntry]:
    """The entries wanted, in order of their numbers, each with its figures."""
    for rows in chunks(connection, _query(connection, wanted)):
        figures = _figures(connection, [row[0] for row in rows if row[-1] is not None])
        for row in rows:
            yield _stored(row, figures.get(row[0], ()))


def chunks(connection: Connection, query: Select[Any]) -> Iterator[list[Any]]:
    """The rows of a query, a thousand at a time, without holding all of them."""
    result = connection.execute(query, execution_options={"yield_per": CHUNK})
    try:
        for partition in result.partitions():
            yield list(partition)
    finally:
        result.close()


def _query(connection: Connection, wanted: Wanted) -> Select[Any]:
    columns = [entry.c[name] for name in StoredEntry._fields[:-2]]
    return (
        select(*columns, entry_body.c.text, entry.c.observations_digest)
        .select_from(entry.outerjoin(entry_body, entry_body.c.no == entry.c.no))
        .where(*wanted.conditions(connection))
        .order_by(entry.c.no)
    )


def _stored(row: Any, figures: tuple[ObservationRow, ...]) -> StoredEntry:
    (no, kind, country, cycle, meeting, happened_on, precision, recorded_at, by, corrects,
     withdrawn, slot, visibility, source, label, digest, body, _) = row  # fmt: skip
    return StoredEntry(
        no, kind, country, cycle, meeting, date.fromisoformat(happened_on), precision,
        datetime.fromisoformat(recorded_at), by, corrects, withdrawn == 1, slot, visibility, source,
        label, digest, body, figures,
    )  # fmt: skip


def _figures(connection: Connection, numbers: list[int]) -> dict[int, tuple[ObservationRow, ...]]:
    if not numbers:
        return {}
    query = (
        select(observation.c.entry_no, *(observation.c[name] for name in OBSERVED))
        .where(observation.c.entry_no.in_(numbers))
        .order_by(observation.c.entry_no, observation.c.seq)
    )
    found: dict[int, list[ObservationRow]] = defaultdict(list)
    for row in connection.execute(query):
        found[row[0]].append(ObservationRow(*row[1:]))
    return {no: tuple(rows) for no, rows in found.items()}


def _narrowed(connection: Connection, reader: Reader) -> list[int]:
    """Entries of which a later correction is hidden from the reader.

    An earlier version would give away what a correction was made to hide.
    """
    rows = connection.execute(
        select(entry.c.no, entry.c.corrects, entry.c.visibility, entry.c.country)
        .where(entry.c.corrects.is_not(None))
        .order_by(entry.c.no.desc())
    )
    hidden: set[int] = set()
    for no, corrects, visibility, country in rows:
        if no in hidden or not reader.sees(visibility, country):
            hidden.add(corrects)
    return sorted(hidden)


def digest(entries: Iterable[StoredEntry]) -> str:
    """A digest of what a reader sees of these entries.

    It depends on nothing else: not on numbers, hashes or salts, which would tell that more is kept.
    """
    own: dict[int, str] = {}
    for e in entries:
        corrected = None if e.corrects is None else own.get(e.corrects, "")
        said = (e.kind, e.country, e.cycle, e.meeting, e.happened_on.isoformat(), e.precision)
        kept = (instant_text(e.recorded_at), corrected, e.withdrawn, e.source, e.body_json)
        own[e.no] = content_digest([*said, *kept, [list(row) for row in e.observations]])
    return content_digest(own.values())
