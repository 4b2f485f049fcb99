"""Where the drafts of a register lie: opened, and made when first asked for."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import Engine, Table, inspect
from sqlalchemy.schema import CreateSchema

from a87lib.register.address import Address
from a87lib.register.drafts import Drafts, table_in
from a87lib.register.engine import engine_for
from a87lib.register.refusals import told_plainly
from a87lib.register.roles import WRITER
from a87lib.register.store import Register

SUFFIX = "_drafts"


def drafts_of(on: Register) -> Drafts:
    """The drafts that belong to an open register; they are closed with it."""
    held = on._beside.get("drafts")
    if not isinstance(held, Drafts):
        held = on._beside["drafts"] = _opened(on)
    return held


def file_of(path: Path) -> Path:
    """The file of drafts beside a register's file."""
    return path.with_name(f"{path.stem}.drafts{path.suffix or '.db'}")


def _opened(on: Register) -> Drafts:
    with told_plainly(on.address):
        if on.address.path is not None:
            own = Address(path=file_of(on.address.path))
            engine, table = _file(own)
        else:
            own = on.address
            engine, table = _schema(own)
    return Drafts(engine, table, own, on._clock)


def prepare(where: str | Path) -> None:
    """Makes the drafts of a register on a server, for which not everybody has the right."""
    address = Address.of(where)
    if address.path is None:
        with told_plainly(address):
            _schema(address)[0].dispose()


def left_behind(where: str | Path) -> str | None:
    """Where drafts lie for a register that is not there (any more), if some do."""
    address = Address.of(where)
    if address.path is not None:
        path = file_of(address.path)
        return str(path) if path.exists() else None
    engine = engine_for(address, owner=True)
    try:
        with told_plainly(address), engine.connect() as connection:
            named = connection.exec_driver_sql("SELECT current_schema()").scalar_one()
            there = inspect(connection).has_table("draft", schema=f"{named}{SUFFIX}")
        return f"{named}{SUFFIX}" if there else None
    finally:
        engine.dispose()


def _file(address: Address) -> tuple[Engine, Table]:
    path = address.path
    if path is None:
        raise ValueError("drafts of a file lie in a file")
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    engine = engine_for(address)
    table = table_in(None)
    if not inspect(engine).has_table(table.name):  # a reader never waits for a writer
        _make_table(engine, table)
    return engine, table


def _make_table(engine: Engine, table: Table) -> None:
    with engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        if raw is not None:
            raw.cursor().execute("PRAGMA journal_mode = WAL")
    with engine.connect() as connection:
        connection.execution_options(a87_writing=True)
        with connection.begin():
            table.metadata.create_all(connection)


def _schema(address: Address) -> tuple[Engine, Table]:
    engine = engine_for(address)
    with engine.connect() as connection:
        named = connection.exec_driver_sql("SELECT current_schema()").scalar_one()
        table = table_in(f"{named}{SUFFIX}")
        there = connection.exec_driver_sql(f"SELECT to_regclass('\"{named}{SUFFIX}\".draft')")
        if there.scalar_one() is None:
            _make_schema(address, table)
    return engine, table


def _make_schema(address: Address, table: Table) -> None:
    owner = engine_for(address, owner=True)
    try:
        with owner.connect() as connection, connection.begin():
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(8788)")
            connection.execute(CreateSchema(str(table.schema), if_not_exists=True))
            table.metadata.create_all(connection)
            known = "SELECT count(*) FROM pg_roles WHERE rolname = %s"
            if connection.exec_driver_sql(known, (WRITER,)).scalar_one():
                quoted = connection.dialect.identifier_preparer.quote(str(table.schema))
                for grant in (
                    f"GRANT USAGE ON SCHEMA {quoted} TO {WRITER}",
                    f"GRANT SELECT, INSERT, UPDATE, DELETE ON {quoted}.draft TO {WRITER}",
                ):
                    connection.exec_driver_sql(grant)
    finally:
        owner.dispose()
