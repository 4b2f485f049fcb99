"""What the databases themselves refuse, whoever asks; and the roles on PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import psycopg
import pytest
from databases import Server, name_of, plainly
from entries import FIGURE, report

from a87lib import register
from a87lib.problems import Problems
from a87lib.register import tables

REFUSED = (sqlite3.IntegrityError, psycopg.Error)


@pytest.fixture
def filled(where: str) -> Iterator[str]:
    register.make(where, "fictional", "test")
    with register.open(where) as on:
        first = report(slot="s", label="l", observations=[FIGURE])
        on.append([first, report(corrects=1), report()])
    yield where
    with register.open(where) as on:
        assert [d for d in on.verify() if d.tampering] == []
        assert on.head().no == 3


@pytest.mark.parametrize("table", ["entry", "entry_body", "observation", "head", "meta"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_nothing_is_deleted(filled: str, table: str, statement: str) -> None:
    """Neither DELETE nor TRUNCATE empties a table of the register."""
    if statement.startswith("TRUNCATE") and not filled.startswith("postgresql:"):
        statement = "DELETE FROM {}"  # SQLite's TRUNCATE is a DELETE without WHERE
    with pytest.raises(REFUSED, match="a87:"):
        plainly(filled, statement.format(table))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET source = 'x' WHERE no = 3",
        "UPDATE entry SET recorded_at = recorded_at",
        "UPDATE entry_body SET text = '{}' WHERE no = 3",
        "UPDATE entry_body SET text = NULL, salt = NULL WHERE no = 3",
        "UPDATE observation SET value_number = 1",
        "UPDATE head SET no = 2",
        "UPDATE head SET hash = 'x'",
        "UPDATE head SET no = 4",
        "UPDATE meta SET kind = 'real'",
        "UPDATE meta SET name = 'other'",
        "UPDATE meta SET format = 0",
    ],
)
def test_nothing_is_changed(filled: str, statement: str) -> None:
    """No UPDATE changes an entry, a body (unless an erasure names it), a figure or the head."""
    with pytest.raises(REFUSED, match="a87:"):
        plainly(filled, statement)


def _insertion(verb: str, **changed: object) -> str:
    row = {column.name: None for column in tables.entry.columns} | {
        "no": 4,
        "kind": "report_received",
        "happened_on": "2022-01-01",
        "precision": "day",
        "recorded_at": "2022-01-01T00:00:00.000000Z",
        "recorded_by": "",
        "withdrawn": 0,
        "visibility": "public",
        "source": "",
        "body_digest": "x",
        "previous_hash": "y",
        "hash": "z",
    }
    row |= changed
    values = ["NULL" if value is None else repr(value) for value in row.values()]
    return f"{verb} INTO entry ({', '.join(row)}) VALUES ({', '.join(values)})"


@pytest.mark.parametrize("verb", ["INSERT", "INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE"])
@pytest.mark.parametrize("changed", [{"no": 3}, {"corrects": 1}, {"slot": "s"}, {"label": "l"}, {}])
def test_no_insert_replaces_or_forks(filled: str, verb: str, changed: dict[str, object]) -> None:
    """An INSERT that takes a number, correction, slot or label, or leaves the chain, is refused."""
    if filled.startswith("postgresql:") and verb != "INSERT":
        verb = "INSERT"
        suffix = " ON CONFLICT (no) DO UPDATE SET source = 'x'"
    else:
        suffix = ""
    with pytest.raises(REFUSED, match=r"a87:|unique"):
        plainly(filled, _insertion(verb, **changed) + suffix)


@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "INSERT"])
@pytest.mark.parametrize(
    "values",
    [
        "entry_body VALUES (3, '{}', 'x')",
        "entry_body VALUES (4, '{}', 'x')",
        "observation SELECT entry_no, 0, country, indicator, period_start, period_end, sex, age, "
        "breakdown, 1.0, value_text, unit, status, nature, source FROM observation",
        "observation SELECT 3, 5, country, indicator, period_start, period_end, sex, age, "
        "breakdown, 1.0, value_text, unit, status, nature, source FROM observation",
        "head VALUES (1, 9, 'x', '9')",
        "meta VALUES (1, 'real', 'x', 1)",
    ],
)
def test_nothing_is_slipped_in_beside_entries(filled: str, verb: str, values: str) -> None:
    """Bodies, figures, head and description are neither replaced nor added to later."""
    if filled.startswith("postgresql:"):
        verb = "INSERT"
    if not filled.startswith("postgresql:") and "(4, " in values:
        connection = sqlite3.connect(filled)
        connection.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(f"{verb} INTO {values}")
        connection.close()
        return
    with pytest.raises(REFUSED):
        plainly(filled, f"{verb} INTO {values}")


def test_the_application_on_postgresql_owns_nothing(server: Server) -> None:
    """A login that is a member of a87_writer writes, and can drop, change or disable nothing."""
    owned = server.database()
    name = name_of(owned)
    register.make(owned, "fictional", "test")
    with server.connect("postgres") as connection:
        connection.execute(f"CREATE ROLE app_{name} LOGIN IN ROLE a87_writer")
    address = server.url(name, f"app_{name}")
    with register.open(address) as on:
        assert on.append([report(observations=[FIGURE])]) == [1]
        on.erase([report(kind="erasure_recorded", country=None, body={"entry": 1})], [1])
        assert [d.code for d in on.verify()] == ["erased"]
        on.name_person("p1", "A. Person")
    for statement in (
        "DROP TABLE entry CASCADE",
        "ALTER TABLE entry DISABLE TRIGGER ALL",
        "TRUNCATE entry CASCADE",
        "DELETE FROM entry",
        "UPDATE entry SET source = 'x'",
        "UPDATE meta SET format = 2",
        "INSERT INTO meta VALUES (2, 'real', 'x', 1)",
        "DROP TRIGGER entry_in_chain ON entry",
        "SET session_replication_role = replica",
        "CREATE TABLE public.own (a integer)",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            plainly(address, statement)


def test_temporary_tables_do_not_deceive_the_triggers(server: Server) -> None:
    """A pretended erasure in a temporary table does not let a body be blanked."""
    where = server.database()
    name = name_of(where)
    register.make(where, "fictional", "test")
    with register.open(where) as on:
        on.append([report()])
    with server.connect("postgres") as connection:
        connection.execute(f"CREATE ROLE app_{name} LOGIN IN ROLE a87_writer")
    with server.connect(name, f"app_{name}") as connection:
        connection.execute("CREATE TEMP TABLE entry AS SELECT * FROM public.entry")
        connection.execute("UPDATE pg_temp.entry SET kind = 'erasure_recorded'")
        connection.execute("CREATE TEMP TABLE entry_body (no int, text text, salt text)")
        connection.execute("""INSERT INTO pg_temp.entry_body VALUES (1, '{"entry": 1}', 'x')""")
        with pytest.raises(psycopg.Error, match="a87:"):
            connection.execute("UPDATE public.entry_body SET text = NULL, salt = NULL")


def test_two_registers_share_a_database_in_schemas_of_their_own(server: Server) -> None:
    """The search path in the address says which; neither sees the other."""
    where = server.database()
    with server.connect(name_of(where)) as connection:
        connection.execute("CREATE SCHEMA one")
        connection.execute("CREATE SCHEMA two")
    addresses = [f"{where}&options=-csearch_path%3D{schema}" for schema in ("one", "two")]
    for address, kind in zip(addresses, ("real", "fictional"), strict=True):
        assert register.make(address, kind, kind)
    for address, country in zip(addresses, ("FRA", "QMA"), strict=True):
        with register.open(address) as on:
            assert on.append([report(country=country)]) == [1]
            assert on.verify() == []
    assert not register.exists(where)


def test_the_owner_also_writes_without_an_owners_rights(server: Server) -> None:
    """Even the login that made the register becomes a87_writer when it only works with it."""
    where = server.database()
    register.make(where, "fictional", "test")
    with register.open(where) as on, on._reading() as connection:
        role = connection.exec_driver_sql("SELECT current_user").scalar_one()
    assert role == "a87_writer"


def test_analysts_read_views_and_nothing_else(server: Server) -> None:
    """A member of a87_analyst reads two views, no table and no name of a person."""
    where = server.database()
    name = name_of(where)
    register.make(where, "fictional", "test")
    with register.open(where) as on:
        on.append([report(observations=[FIGURE])])
        on.name_person("p1", "A. Person")
    with server.connect("postgres") as connection:
        connection.execute(f"CREATE ROLE analyst_{name} LOGIN IN ROLE a87_analyst")
    with server.connect(name, f"analyst_{name}") as connection:
        (row,) = connection.execute("SELECT country, body ->> 'document' FROM analyst_entry")
        assert row == ("QMA", "report-2022.pdf")
        assert connection.execute("SELECT value_number FROM analyst_observation").fetchone() == (
            12.5,
        )
        for table in ("entry", "entry_body", "person", "observation", "head"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"SELECT * FROM {table}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DELETE FROM observation")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("INSERT INTO entry_body VALUES (2, '', '')")


def test_a_login_without_rights_is_told_so(server: Server) -> None:
    """Who may not read the register is told in one sentence, not with a stack of errors."""
    where = server.database()
    name = name_of(where)
    register.make(where, "fictional", "test")
    with server.connect("postgres") as connection:
        connection.execute(f"CREATE ROLE nobody_{name} LOGIN")
    with pytest.raises(Problems) as told:
        register.open(server.url(name, f"nobody_{name}"))
    assert [problem.code for problem in told.value.problems] == ["register_not_allowed"]


def test_tables_are_what_the_migrations_make(where: str) -> None:
    """The tables in code and those that the migrations make do not drift apart."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    register.make(where, "fictional", "test")
    with register.open(where) as on, on._reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.metadata) == []
