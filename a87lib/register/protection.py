"""Whether the triggers that protect the register are all there, unchanged."""

from __future__ import annotations

import re
from importlib.resources import files

from sqlalchemy import Connection

_CREATED = re.compile(r"CREATE TRIGGER (\w+)")
_ENABLED = """
SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND pg_table_is_visible(pg_class.oid)
"""


def missing_protection(connection: Connection) -> list[str]:
    """Names of triggers that are gone, switched off or (on SQLite) rewritten."""
    dialect = connection.dialect.name
    expected = _expected(dialect)
    if dialect == "sqlite":
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        there = {row[0]: row[1] for row in connection.exec_driver_sql(query)}
        return sorted(name for name, sql in expected.items() if there.get(name) != sql)
    enabled = {row[0] for row in connection.exec_driver_sql(_ENABLED)}
    return sorted(expected.keys() - enabled)


def _expected(dialect: str) -> dict[str, str]:
    folder = files("a87lib.register") / "migrations" / "versions"
    found = {}
    for path in folder.iterdir():
        if path.name.endswith(f".{dialect}.sql"):
            for statement in path.read_text(encoding="utf-8").split("\n---\n"):
                if named := _CREATED.match(statement):
                    found[named[1]] = statement.rstrip("\n")
    return found
