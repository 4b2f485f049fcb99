"""Roles on PostgreSQL: the one that writes owns nothing; analysts read views only.

Analysts belong to the secretariat: the views hold entries of every visibility, and say which.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

WRITER, ANALYST = "a87_writer", "a87_analyst"

_CREATE = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{role}') THEN
    CREATE ROLE {role} NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$
"""
_GRANTS = (
    "GRANT USAGE ON SCHEMA {schema} TO {writer}, {analyst}",
    "GRANT SELECT ON entry, entry_body, head, observation, person, document, "
    "document_content, meta, alembic_version TO {writer}",
    "GRANT INSERT ON entry, entry_body, observation, person, document, document_content "
    "TO {writer}",
    "GRANT UPDATE (no, hash, stamped_at) ON head TO {writer}",
    "GRANT UPDATE (text, salt) ON entry_body TO {writer}",
    "GRANT UPDATE (content) ON document_content TO {writer}",
    "GRANT UPDATE (name, organisation, roles) ON person TO {writer}",
    "GRANT SELECT ON analyst_entry, analyst_observation TO {analyst}",
)
_KNOWN = "SELECT count(*) FROM pg_roles WHERE rolname IN ('a87_writer', 'a87_analyst')"
_MAY_CREATE = "SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user"
_MAY_WRITE = """
SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'a87_writer'
  AND pg_has_role(current_user, oid, 'MEMBER'))
  AND to_regclass('entry') IS NOT NULL AND has_table_privilege('a87_writer', 'entry', 'INSERT')
"""


def grant_roles(connection: Connection) -> bool:
    """Creates both group roles where it may, and grants them their rights.

    Returns whether the roles are there; where not, only the login that made the register uses it.
    """
    if connection.exec_driver_sql(_MAY_CREATE).scalar_one():
        for role in (WRITER, ANALYST):
            connection.exec_driver_sql(_CREATE.format(role=role))
    if connection.exec_driver_sql(_KNOWN).scalar_one() != 2:
        return False
    quoted = connection.dialect.identifier_preparer.quote
    schema = quoted(connection.exec_driver_sql("SELECT current_schema()").scalar_one())
    for grant in _GRANTS:
        connection.exec_driver_sql(grant.format(schema=schema, writer=WRITER, analyst=ANALYST))
    return True


def become_writer(connection: Any) -> None:
    """Drops every right that writing to the register does not need, where the login may.

    connection: psycopg's own, in autocommit.
    """
    if connection.execute(_MAY_WRITE).fetchone()[0]:
        connection.execute(f"SET ROLE {WRITER}")
