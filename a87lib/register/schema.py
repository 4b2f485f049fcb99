"""The register's tables: made, brought up to date, and checked for being ours."""

from __future__ import annotations

from importlib.resources import files

from sqlalchemy import Connection, insert, inspect, select, update
from sqlalchemy.engine import Row

from a87lib.problems import problem
from a87lib.register import tables
from a87lib.register.chain import genesis
from a87lib.register.roles import grant_roles

BEGINNING = "0001-01-01T00:00:00.000000Z"


def make_tables(connection: Connection, kind: str, name: str) -> None:
    """Makes an empty register of a kind (real, fictional) on an empty database or schema."""
    _migrate(connection)
    row = {"id": 1, "kind": kind, "name": name, "format": tables.FORMAT}
    connection.execute(insert(tables.meta).values(row))
    start = {"id": 1, "no": 0, "hash": genesis(kind, name), "stamped_at": BEGINNING}
    connection.execute(insert(tables.head).values(start))


def bring_up_to_date(connection: Connection) -> None:
    """Migrates an older register to the format of this program."""
    _migrate(connection)
    older = tables.meta.c.format < tables.FORMAT
    connection.execute(update(tables.meta).where(older).values(format=tables.FORMAT))


def _migrate(connection: Connection) -> None:
    from alembic import command  # takes a tenth of a second, and only making a register needs it
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(files("a87lib.register") / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if connection.dialect.name == "postgresql":
        grant_roles(connection)


def described(
    connection: Connection, where: object, *, older_too: bool = False
) -> Row[tuple[int, str, str, int]]:
    """What the register says about itself: kind, name, format.

    Raises Problems where there are no tables of ours, or they are of another version.
    """
    if not inspect(connection).has_table("meta"):
        raise problem("register_foreign", str(where))
    found = connection.execute(select(tables.meta)).one_or_none()
    if found is None:
        raise problem("register_foreign", str(where))
    if found.format > tables.FORMAT:
        raise problem("register_newer", str(where), found.format, known=tables.FORMAT)
    if found.format < tables.FORMAT and not older_too:
        raise problem("register_older", str(where), found.format, known=tables.FORMAT)
    for table in tables.metadata.sorted_tables:
        if tables.SINCE.get(table.name, 0) <= found.format:
            connection.execute(select(table).limit(0))
    return found


def is_empty(connection: Connection) -> bool:
    """Whether the database (on PostgreSQL: the schema in use) holds no table at all."""
    return not inspect(connection).get_table_names()
