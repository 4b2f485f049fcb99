"""Entries appended to the register: numbered, chained and written in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import Connection, insert, select, update

from a87lib.problems import Problem
from a87lib.register import chain, tables
from a87lib.register.batch import Batch
from a87lib.register.reading import Wanted, read
from a87lib.register.rows import Head, NewEntry, StoredEntry, instant_text

Clock = Callable[[], datetime]


class Added(NamedTuple):
    """What adding came to: the number of each entry given, and which of them are new."""

    numbers: list[int]
    new: list[int]


@dataclass
class Writer:
    """Appends entries on a connection that is in a writing transaction.

    One head row is locked first: on both databases only one writer at a time gets past it.
    """

    connection: Connection
    batch: Batch
    clock: Clock

    def __post_init__(self) -> None:
        locked = select(tables.head).where(tables.head.c.id == 1).with_for_update()
        found = self.connection.execute(locked).one()
        self.head = Head(found.no, found.hash)
        self._stamp = max(instant_text(self.clock()), found.stamped_at)
        self._rows: dict[str, list[dict[str, Any]]] = defaultdict(list)

    def append(self, entries: Sequence[NewEntry]) -> list[int]:
        """Appends all of the entries, or none: their numbers."""
        self.batch.look_up(entries)
        numbers = [self._put(self.batch.resolved(new)) for new in entries]
        self._flush()
        return numbers

    def add_missing(self, entries: Sequence[NewEntry]) -> Added:
        """Appends the entries that are not on file yet; the others keep their numbers.

        An entry is on file if one with its label, or else one without a label yet to be matched,
        says the same. One with its label that says something else is a problem: it wants a
        correction. When and by whom it was recorded makes no difference.
        """
        self.batch.look_up(entries)
        labels = {new.label for new in entries if new.label is not None}
        shelf = OnFile.of(self.connection, labels)
        numbers, fresh = [], []
        for given in entries:
            new = self.batch.resolved(given)
            no = shelf.take(new, self.batch.labelled(new.label))
            if no == OnFile.CHANGED:
                no = self._changed(new)
            elif no == OnFile.MISSING:
                no = self._put(new)
                fresh.append(no)
            self.batch.call(new, no)
            numbers.append(no)
        self._flush()
        return Added(numbers, fresh)

    def _changed(self, new: NewEntry) -> int:
        no = self.batch.labelled(new.label) or 0
        name = (new.label or "").rpartition("#")[2]
        self.batch.problems.append(Problem("loaded_fact_changed", new.where, name, {"no": no}))
        return no

    def _put(self, new: NewEntry) -> int:
        recorded_at = self.batch.stamped(new, self._stamp)
        self.batch.check(new, recorded_at)
        no = self.head.no + 1
        row = self._row(new, no, recorded_at)
        self._rows["entry"].append(row)
        self.head = Head(no, row["hash"])
        self.batch.written(new, no, recorded_at)
        return no

    def _row(self, new: NewEntry, no: int, recorded_at: str) -> dict[str, Any]:
        salt = chain.random_salt() if new.salt is None else new.salt
        figures = [_figure(figure) for figure in new.observations]
        row = {name: getattr(new, name, None) for name in chain.HEADER} | {
            "no": no,
            "happened_on": new.happened_on.isoformat(),
            "recorded_at": recorded_at,
            "withdrawn": int(new.withdrawn),
            "body_digest": chain.body_digest(salt, new.body_json),
            "observations_digest": chain.observations_digest(figures),
            "previous_hash": self.head.hash,
        }
        row["hash"] = chain.entry_hash(self.head.hash, [row[name] for name in chain.HEADER])
        self._rows["entry_body"].append({"no": no, "text": new.body_json, "salt": salt})
        self._rows["observation"] += [
            {"entry_no": no, "seq": seq, **dict(zip(tables.OBSERVED, figure, strict=True))}
            for seq, figure in enumerate(figures)
        ]
        return row

    def _flush(self) -> None:
        self.batch.finish()
        if not self._rows["entry"]:
            return
        for table in (tables.entry, tables.entry_body, tables.observation):
            if rows := self._rows.pop(table.name, []):
                self.connection.execute(insert(table), rows)
        moved = {"no": self.head.no, "hash": self.head.hash, "stamped_at": self._stamp}
        self.connection.execute(update(tables.head).where(tables.head.c.id == 1).values(moved))


def _figure(row: Sequence[Any]) -> tuple[Any, ...]:
    """A figure as the database gives it back: the number always a float."""
    return tuple(float(v) if type(v) is int else v for v in row)


def _said(new: NewEntry | StoredEntry, body: str | None) -> str:
    """A digest of what an entry says, whoever recorded it and when."""
    happened_on = new.happened_on.isoformat()
    about = (new.kind, new.country, new.cycle, new.meeting, happened_on, new.precision)
    kept = (new.corrects, new.withdrawn, new.slot, new.visibility, new.source, body)
    return chain.content_digest([*about, *kept, [list(_figure(row)) for row in new.observations]])


@dataclass
class OnFile:
    """What the register holds already: what each entry says, and which are yet to be matched."""

    said: dict[int, str] = field(default_factory=dict)
    unmatched: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    MISSING: ClassVar[int] = 0
    CHANGED: ClassVar[int] = -1

    @classmethod
    def of(cls, connection: Connection, labels: set[str]) -> OnFile:
        """What is on file; entries under one of the labels are matched by that alone.

        Of an erased entry only the digest of its body is left: it still matches shipped data.
        """
        shelf = cls()
        query = select(tables.entry.c.no, tables.entry.c.body_digest).join(
            tables.entry_body, tables.entry_body.c.no == tables.entry.c.no
        )
        erased = query.where(tables.entry_body.c.text.is_(None))
        digests = {row[0]: row[1] for row in connection.execute(erased)}
        for entry in read(connection, Wanted()):
            said = _said(entry, digests.get(entry.no, entry.body_json))
            shelf.said[entry.no] = said
            if entry.label not in labels:
                shelf.unmatched[said].append(entry.no)
        return shelf

    def take(self, new: NewEntry, labelled: int | None) -> int:
        """The number of the entry that says this; MISSING or CHANGED where there is none."""
        wanted = [_said(new, new.body_json)]
        if new.salt is not None:
            wanted.append(_said(new, chain.body_digest(new.salt, new.body_json)))
        if labelled is not None:
            return labelled if self.said.get(labelled) in wanted else self.CHANGED
        for said in wanted:
            if self.unmatched.get(said):
                return self.unmatched[said].pop(0)
        return self.MISSING
