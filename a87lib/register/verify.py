"""Whether the register is as it was written: every entry, its body, its figures, the chain."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from a87lib.register import chain, documents, tables
from a87lib.register.links import Link, judge
from a87lib.register.protection import missing_protection
from a87lib.register.reading import chunks
from a87lib.register.rows import Head

BLANKED = ("erased", "document_erased")


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One thing that is not as it was written, or that a recorded erasure blanked (see BLANKED).

    code: changed, body_changed, body_removed, observations_changed, removed, inserted, reordered,
    tail_missing, head_changed, head_unknown, orphan_body, orphan_observation, not_erased,
    protection_missing, document_changed, document_removed, erased, document_erased. no: the entry
    concerned, 0 for none. detail: what more there is.
    """

    code: str
    no: int = 0
    detail: str = ""

    @property
    def tampering(self) -> bool:
        """Whether somebody changed the register behind its back."""
        return self.code not in BLANKED


@dataclass
class Inspection:
    """Looks at every entry once, in order, and gathers what is wrong."""

    connection: Connection
    kind: str
    name: str
    found: list[Discrepancy] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def run(self, given: Head | None) -> list[Discrepancy]:
        """All discrepancies; `given` is a head noted earlier, which must still be in the chain."""
        self._entries()
        self._orphans()
        row = self.connection.execute(select(tables.head)).one_or_none()
        held = Head(0, "") if row is None else Head(row.no, row.hash)
        start = chain.genesis(self.kind, self.name)
        self.found += [Discrepancy(*judged) for judged in judge(self.links, start, held, given)]
        kept = documents.discrepancies(self.connection)
        self.found += [Discrepancy(code, detail=digest) for code, digest in kept]
        missing = missing_protection(self.connection)
        self.found += [Discrepancy("protection_missing", detail=name) for name in missing]
        return sorted(set(self.found), key=lambda d: (d.no, d.code, d.detail))

    def _entries(self) -> None:
        erasures = self._erasures()
        columns = [tables.entry.c[name] for name in chain.HEADER]
        body = tables.entry_body
        query = (
            select(tables.entry.c.no, tables.entry.c.previous_hash, tables.entry.c.hash, *columns)
            .add_columns(body.c.no, body.c.text, body.c.salt)
            .select_from(tables.entry.outerjoin(body, body.c.no == tables.entry.c.no))
            .order_by(tables.entry.c.no)
        )
        for rows in chunks(self.connection, query):
            figures = self._figures([row[0] for row in rows])
            for row in rows:
                no, previous, own, *header = row[: 3 + len(chain.HEADER)]
                sound = chain.entry_hash(previous, header) == own
                self.links.append(Link(no, previous, own))
                if not sound:
                    self.found.append(Discrepancy("changed", no))
                self._body(no, header[-2], row[-3:], erasures)
                if chain.observations_digest(figures.get(no, [])) != header[-1]:
                    self.found.append(Discrepancy("observations_changed", no))

    def _body(self, no: int, digest: Any, body: Sequence[Any], erasures: dict[int, int]) -> None:
        there, text, salt = body
        erased_by = erasures.get(no)
        if there is None or text is None:
            kept = there is not None and salt is None
            code = "erased" if kept and erased_by is not None else "body_removed"
            self.found.append(Discrepancy(code, no, str(erased_by or "")))
        elif chain.body_digest(str(salt), str(text)) != digest:
            self.found.append(Discrepancy("body_changed", no))
        elif erased_by is not None:
            self.found.append(Discrepancy("not_erased", no, str(erased_by)))

    def _erasures(self) -> dict[int, int]:
        """Which entry is erased by which."""
        joined = tables.entry.join(tables.entry_body, tables.entry_body.c.no == tables.entry.c.no)
        query = (
            select(tables.entry.c.no, tables.entry_body.c.text)
            .select_from(joined)
            .where(tables.entry.c.kind == "erasure_recorded", tables.entry.c.withdrawn == 0)
        )
        return {named: row[0] for row in self.connection.execute(query) for named in _named(row[1])}

    def _figures(self, numbers: list[int]) -> dict[int, list[Any]]:
        columns = [tables.observation.c[name] for name in tables.OBSERVED]
        query = (
            select(tables.observation.c.entry_no, *columns)
            .where(tables.observation.c.entry_no.in_(numbers))
            .order_by(tables.observation.c.entry_no, tables.observation.c.seq)
        )
        found: dict[int, list[Any]] = {}
        for row in self.connection.execute(query):
            found.setdefault(row[0], []).append(tuple(row[1:]))
        return found

    def _orphans(self) -> None:
        for code, column in (
            ("orphan_body", tables.entry_body.c.no),
            ("orphan_observation", tables.observation.c.entry_no),
        ):
            query = select(column).where(column.not_in(select(tables.entry.c.no))).distinct()
            self.found += [Discrepancy(code, no) for (no,) in self.connection.execute(query)]


def _named(text: object) -> Iterator[int]:
    """The entry that an erasure names, if its body can still be read."""
    try:
        body = json.loads(str(text))
    except ValueError:
        return
    if isinstance(body, dict) and isinstance(body.get("entry"), int):
        yield body["entry"]
