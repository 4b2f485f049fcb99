"""Registers opened, and made so that a half-made one is never seen."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection

from a87lib.problems import problem
from a87lib.register import schema, tables
from a87lib.register.address import Address
from a87lib.register.engine import PATIENCE, engine_for
from a87lib.register.refusals import told_plainly
from a87lib.register.store import Kind, Register, now
from a87lib.register.within import Within
from a87lib.register.writing import Clock

Filling = Callable[[Register], None]


def open_register(where: str | Path, *, patience: float = PATIENCE, clock: Clock = now) -> Register:
    """Opens the register at a path or URL. patience: seconds to wait for another writer.

    Raises Problems where there is none, where it is not ours, or of another version.
    """
    address = Address.of(where)
    if address.path is not None:
        _check_file(address.path)
    engine = engine_for(address, patience=patience)
    try:
        with told_plainly(address), engine.connect() as connection, connection.begin():
            about = schema.described(connection, address)
    except BaseException:
        engine.dispose()
        raise
    return Register(address, engine, about.kind, about.name, clock)


def exists(where: str | Path) -> bool:
    """Whether there is something at the address: a file, or tables in the schema in use."""
    address = Address.of(where)
    if address.path is not None:
        return address.path.exists()
    engine = engine_for(address, owner=True)
    try:
        with told_plainly(address), engine.connect() as connection, connection.begin():
            return not schema.is_empty(connection)
    finally:
        engine.dispose()


def make(
    where: str | Path, kind: Kind, name: str, fill: Filling | None = None, *, clock: Clock = now
) -> bool:
    """Makes a register of a kind under a name and fills it: all of it, or nothing.

    fill: called with the new register before anybody else can see it. Returns False where another
    register was there already, or got there first; that one is left as it is.
    """
    address = Address.of(where)
    if address.path is not None:
        return _make_file(address.path, kind, name, fill, clock)
    return _make_tables(address, kind, name, fill, clock)


def bring_up_to_date(where: str | Path) -> None:
    """Migrates the register to the format of this program, in one transaction."""
    address = Address.of(where)
    engine = engine_for(address, owner=True)
    try:
        with told_plainly(address), engine.connect() as connection:
            connection.execution_options(a87_writing=True)
            with connection.begin():
                found = schema.described(connection, address, older_too=True)
                if found.format < tables.FORMAT:
                    schema.bring_up_to_date(connection)
    finally:
        engine.dispose()


def _check_file(path: Path) -> None:
    if path.is_dir():
        raise problem("register_foreign", str(path))
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except FileNotFoundError:
        raise problem("register_missing", str(path)) from None
    except OSError as error:
        raise problem("register_unreachable", str(path), error.strerror or "") from None
    if start != b"SQLite format 3\x00":
        raise problem("register_foreign", str(path))


def _make_file(path: Path, kind: Kind, name: str, fill: Filling | None, clock: Clock) -> bool:
    if path.exists():
        return False
    with told_plainly(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        _remove_abandoned(path)
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            with part.open("xb"):
                pass
            _build(part, kind, name, fill, clock)
            return _published(part, path)
        finally:
            for leftover in path.parent.glob(f"{part.name}*"):
                leftover.unlink(missing_ok=True)


def _build(part: Path, kind: Kind, name: str, fill: Filling | None, clock: Clock) -> None:
    address = Address(path=part)
    engine = engine_for(address)
    try:
        with engine.connect() as connection:
            connection.execution_options(a87_writing=True)
            with connection.begin():
                schema.make_tables(connection, kind, name)
        if fill is not None:
            fill(Register(address, engine, kind, name, clock))
    finally:
        engine.dispose()
    raw = sqlite3.connect(part, isolation_level=None)
    try:
        raw.execute("PRAGMA journal_mode = WAL")
    finally:
        raw.close()
    with part.open("rb+") as file:
        os.fsync(file.fileno())


def _published(part: Path, path: Path) -> bool:
    """Gives the file its name, unless another has it already."""
    try:
        os.link(part, path)
    except FileExistsError:
        return False
    except OSError:  # a file system without links
        if path.exists():
            return False
        part.rename(path)
    with suppress(OSError):  # not every system lets a folder be opened
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    return True


def _remove_abandoned(path: Path) -> None:
    """Removes what an interrupted making of the same register left behind."""
    for part in path.parent.glob(f"{path.name}.*.part*"):
        process = part.name.removeprefix(f"{path.name}.").partition(".")[0]
        if process.isdecimal() and not _running(int(process)):
            part.unlink(missing_ok=True)


def _running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


@contextmanager
def _owning(address: Address) -> Iterator[Connection]:
    engine = engine_for(address, owner=True)
    try:
        with told_plainly(address), engine.connect() as connection, connection.begin():
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(8787)")
            yield connection
    finally:
        engine.dispose()


def _make_tables(
    address: Address, kind: Kind, name: str, fill: Filling | None, clock: Clock
) -> bool:
    with _owning(address) as connection:
        if not schema.is_empty(connection):
            return False
        schema.make_tables(connection, kind, name)
        if fill is not None:
            fill(Within(address, connection, kind, name, clock))
    return True
