"""Connections to a register, so that the same code works on SQLite and PostgreSQL."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

from a87lib.register.address import Address
from a87lib.register.roles import become_writer

PATIENCE = 15.0
"""Seconds to wait for another writer before saying that the register is locked."""


def engine_for(address: Address, *, patience: float = PATIENCE, owner: bool = False) -> Engine:
    """An engine for an existing database.

    owner: stay what the login is (to create or migrate) instead of becoming the writing role.
    """
    if address.path is not None:
        return _sqlite(address.path, patience)
    if address.url is None:
        raise ValueError("an address has a path or a URL")
    return _postgresql(address, patience, owner)


def write_protected(path: Path) -> bool:
    """Whether the file or its folder may not be written to (WAL needs files beside it)."""
    return not (os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK))


def _sqlite(path: Path, patience: float) -> Engine:
    uri = path.absolute().as_uri()
    still = write_protected(path) and not path.with_name(f"{path.name}-wal").exists()
    uri += "?mode=ro&immutable=1" if still else "?mode=rw"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            uri, uri=True, timeout=patience, isolation_level=None, check_same_thread=False
        )
        try:
            for pragma in ("foreign_keys = ON", "synchronous = FULL", "secure_delete = ON"):
                connection.execute(f"PRAGMA {pragma}")
            connection.execute("PRAGMA query_only = " + ("ON" if still else "OFF"))
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    """Writers take the lock at once, so that none finds itself behind another's commit."""
    writing = connection.get_execution_options().get("a87_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _postgresql(address: Address, patience: float, owner: bool) -> Engine:
    if address.url is None:
        raise ValueError("an address of PostgreSQL has a URL")
    engine = create_engine(address.url, connect_args={"connect_timeout": max(2, int(patience))})

    def prepare(connection: Any, _record: object) -> None:
        connection.autocommit = True
        connection.execute(f"SET lock_timeout = {int(patience * 1000)}")
        connection.execute("SET TIME ZONE 'UTC'")
        if not owner:
            become_writer(connection)
        connection.autocommit = False

    event.listen(engine, "connect", prepare)
    return engine
