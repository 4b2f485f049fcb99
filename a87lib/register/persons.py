"""The persons kept with the register: the only place where their names stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from a87lib.register import tables

if TYPE_CHECKING:
    from a87lib.register.store import Register


class Kept(NamedTuple):
    """What is kept of a person. roles: words separated by spaces, a
    focal point's with its country: `member focal_point:QMA`."""

    id: str
    name: str
    organisation: str
    roles: str


def kept(register: Register, person: str) -> Kept | None:
    """What is kept of a person, if anything is."""
    return next((each for each in everybody(register, person)), None)


def everybody(register: Register, person: str | None = None) -> list[Kept]:
    """All persons that are kept, by their ids."""
    query = select(tables.person).order_by(tables.person.c.id)
    if person is not None:
        query = query.where(tables.person.c.id == person)
    with register._reading() as connection:
        rows = connection.execute(query).all()
    return [Kept(row.id, row.name or "", row.organisation or "", row.roles or "") for row in rows]
