"""What databases say when something is wrong, as problems that a person can put right."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from a87lib.problems import Problems, problem

_SQLITE = {
    sqlite3.SQLITE_BUSY: "register_locked",
    sqlite3.SQLITE_LOCKED: "register_locked",
    sqlite3.SQLITE_FULL: "register_disk_full",
    sqlite3.SQLITE_READONLY: "register_read_only",
    sqlite3.SQLITE_PERM: "register_read_only",
    sqlite3.SQLITE_CANTOPEN: "register_unreachable",
    sqlite3.SQLITE_NOTADB: "register_foreign",
    sqlite3.SQLITE_CORRUPT: "register_damaged",
    sqlite3.SQLITE_IOERR: "register_disk_failed",
}
_POSTGRESQL = {
    "53100": "register_disk_full",
    "55P03": "register_locked",
    "57014": "register_locked",
    "42501": "register_not_allowed",
    "25006": "register_read_only",
    "3D000": "register_unreachable",
    "3F000": "register_foreign",
    "42P01": "register_foreign",
    "42703": "register_foreign",
}
_FILES = {
    errno.ENOSPC: "register_disk_full",
    errno.EDQUOT: "register_disk_full",
    errno.EROFS: "register_read_only",
    errno.EACCES: "register_read_only",
    errno.EPERM: "register_read_only",
}


@contextmanager
def told_plainly(where: object) -> Iterator[None]:
    """Turns what a database or disk refuses into a problem naming the register.

    Errors of our own making (a broken constraint, a wrong statement) pass unchanged.
    """
    try:
        yield
    except DBAPIError as error:
        code = _code(error.orig)
        if code is None:
            raise
        raise problem(code, str(where), _words(error.orig)) from error
    except PoolTimeout as error:
        raise problem("register_locked", str(where)) from error
    except OSError as error:
        raise from_os(error, where) from error


def from_os(error: OSError, where: object) -> Problems:
    """The problem that an error of the file system stands for."""
    code = _FILES.get(error.errno or 0, "register_disk_failed")
    return problem(code, str(where), error.strerror or "")


def _code(error: BaseException | None) -> str | None:
    if isinstance(error, sqlite3.Error):
        number = getattr(error, "sqlite_errorcode", None)
        if number is None:
            return None
        if "no such table" in str(error) or "no such column" in str(error):
            return "register_foreign"
        return _SQLITE.get(number & 0xFF)
    state = getattr(error, "sqlstate", None)
    if state is None:
        return "register_unreachable" if type(error).__name__ == "OperationalError" else None
    if state[:2] in ("08", "28", "57", "53") and state not in _POSTGRESQL:
        return "register_unreachable"
    return _POSTGRESQL.get(state)


def _words(error: BaseException | None) -> str:
    """The database's own first line, without what may hold a password or a record."""
    lines = str(error).strip().splitlines()
    return lines[0][:200] if lines else ""
