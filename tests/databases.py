"""Databases that tests write to: a file of SQLite, and a server of PostgreSQL that they start."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from lacking import lacking

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


class Server:
    """A server of PostgreSQL of its own, in a temporary folder, reached by a socket there."""

    def __init__(self, folder: Path, binaries: Path) -> None:
        self.folder = folder
        self._binaries = binaries
        self._numbers = itertools.count(1)

    def run(self, program: str, *arguments: str) -> None:
        """Runs one of PostgreSQL's programs, as somebody other than root."""
        command = [str(self._binaries / program), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        subprocess.run(
            command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=self.folder
        )

    def start(self) -> None:
        data = str(self.folder / "data")
        self.run("initdb", "-D", data, "-U", "postgres", "--auth=trust", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.folder}'"
        log = str(self.folder / "log")
        self.run("pg_ctl", "-D", data, "-o", options, "-l", log, "-w", "start")

    def stop(self) -> None:
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")

    def database(self) -> str:
        """The URL of a new, empty database."""
        name = f"t{next(self._numbers)}"
        with self.connect("postgres") as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        return self.url(name)

    def copy(self, url: str) -> str:
        """The URL of a new database that is like another one, to which nobody is connected."""
        name = f"t{next(self._numbers)}"
        with self.connect("postgres") as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {name_of(url)}")
        return self.url(name)

    def url(self, name: str, user: str = "postgres") -> str:
        return f"postgresql://{user}@/{name}?host={self.folder}"

    def connect(self, name: str, user: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.folder), dbname=name, user=user, autocommit=True, connect_timeout=10
        )


def _binaries() -> Path:
    found = shutil.which("initdb")
    folders = ([Path(found).parent] if found else []) + BINARIES
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    said = "PostgreSQL's initdb and pg_ctl are not on this machine"
    (lacking if os.geteuid() == 0 else pytest.skip)(said)  # make test installs it where root may


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A server of PostgreSQL for this run of the tests."""
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="a87pg"))
    if os.geteuid() == 0:
        if "postgres" not in {user.pw_name for user in pwd.getpwall()}:
            lacking("root may not run PostgreSQL, and there is no user postgres")
        shutil.chown(folder, "postgres")
    started = Server(folder, binaries)
    started.start()
    try:
        yield started
    finally:
        started.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An address at which there is no register yet; every test that asks for it runs on both."""
    if request.param == "sqlite":
        return str(tmp_path / "register.db")
    started: Server = request.getfixturevalue("server")
    return started.database()


def behind_its_back(where: str, *statements: str) -> None:
    """Changes a register as somebody would who has the file or the rights of the server's owner."""
    if where.startswith("postgresql:"):
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute("SET session_replication_role = replica")
            for statement in statements:
                connection.execute(statement)
        return
    connection = sqlite3.connect(where, isolation_level=None)
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    triggers = connection.execute(query).fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    for _, sql in triggers:
        connection.execute(sql)
    connection.close()


def plainly(where: str, statement: str) -> None:
    """Runs one statement on a register past our code, its triggers in force."""
    if where.startswith("postgresql:"):
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(statement)
        return
    connection = sqlite3.connect(where, isolation_level=None)
    try:
        connection.execute(statement)
    finally:
        connection.close()


def name_of(url: str) -> str:
    """The name of the database in a server's URL."""
    return url.partition("@/")[2].partition("?")[0]
