"""As whom a person reads: the roles kept with the person's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from a87lib.facts import VISIBILITIES
from a87lib.register import tables
from a87lib.register.visibility import ROLES, Reader

if TYPE_CHECKING:
    from a87lib.register.store import Register

PUBLIC = Reader("public")


def reader_of(register: Register, person: str) -> Reader:
    """The reader that a person is; the public where nothing is kept of the person.

    Roles are words separated by spaces, a focal point's with its country: `reviewer`,
    `member focal_point:QMA`. Of several circles the narrowest one holds, and words that are no
    roles give nothing.
    """
    return of_roles(roles_of(register, person))


def roles_of(register: Register, person: str) -> str:
    """The roles kept with a person's name, as words; none where nothing is kept of the person."""
    with register._reading() as connection:
        kept = select(tables.person.c.roles).where(tables.person.c.id == person)
        return str(connection.execute(kept).scalar_one_or_none() or "")


def of_roles(roles: str) -> Reader:
    """The reader with these roles."""
    named = [word.partition(":") for word in roles.split()]
    circles = [
        ROLES[role]
        for role, _, country in named
        if role in ROLES and (role != "focal_point" or country)
    ]
    if not circles:
        return PUBLIC
    circle = min(circles, key=VISIBILITIES.index)
    countries = frozenset(country for role, _, country in named if role == "focal_point")
    return Reader(circle, countries if circle == "country" else frozenset())
