"""The first format: entries, bodies, head, figures, persons, documents, and what guards them."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT

revision = "0001"
down_revision = None

TEXT_C = sa.Text().with_variant(TEXT(collation="C"), "postgresql")
CIRCLES = "'reviewers', 'subgroup', 'country', 'members', 'public'"


def upgrade() -> None:
    """Create the tables, then the triggers (and on PostgreSQL the analysts' views)."""
    _entry()
    _parts_of_entries()
    _around()
    dialect = op.get_bind().dialect.name
    if dialect == "postgresql":  # what the triggers read cannot be shadowed by temporary tables
        here = "quote_ident(current_schema()) || ', pg_temp'"
        op.get_bind().exec_driver_sql(f"SELECT set_config('search_path', {here}, true)")
    for path in sorted(Path(__file__).parent.glob(f"0001_*.{dialect}.sql")):
        for statement in path.read_text(encoding="utf-8").split("\n---\n"):
            op.get_bind().exec_driver_sql(statement.rstrip("\n"))


def _text(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, TEXT_C, nullable=nullable)


def _number(name: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=nullable, autoincrement=False)


def _entry() -> None:
    op.create_table(
        "entry",
        _number("no"),
        _text("kind"),
        _text("country", nullable=True),
        _number("cycle", nullable=True),
        _number("meeting", nullable=True),
        _text("happened_on"),
        _text("precision"),
        _text("recorded_at"),
        _text("recorded_by"),
        _number("corrects", nullable=True),
        sa.Column("withdrawn", sa.SmallInteger, nullable=False),
        _text("slot", nullable=True),
        _text("visibility"),
        _text("source"),
        _text("label", nullable=True),
        _text("body_digest"),
        _text("observations_digest", nullable=True),
        _text("previous_hash"),
        _text("hash"),
        sa.PrimaryKeyConstraint("no", name="pk_entry"),
        sa.ForeignKeyConstraint(["corrects"], ["entry.no"], name="fk_entry_corrects"),
        *(
            sa.UniqueConstraint(name, name=f"uq_entry_{name}")
            for name in ("corrects", "slot", "label", "previous_hash", "hash")
        ),
        sa.CheckConstraint("precision IN ('day', 'month', 'year')", name="ck_entry_precision"),
        sa.CheckConstraint(f"visibility IN ({CIRCLES})", name="ck_entry_visibility"),
        sa.CheckConstraint("withdrawn IN (0, 1)", name="ck_entry_withdrawn"),
        sa.CheckConstraint("corrects < no", name="ck_entry_corrects"),
    )
    for name in ("country", "meeting", "kind"):
        op.create_index(f"ix_entry_{name}_no", "entry", [name, "no"])
    op.create_index("ix_entry_recorded_at", "entry", ["recorded_at"])


def _parts_of_entries() -> None:
    op.create_table(
        "entry_body",
        _number("no"),
        _text("text", nullable=True),
        _text("salt", nullable=True),
        sa.PrimaryKeyConstraint("no", name="pk_entry_body"),
        sa.ForeignKeyConstraint(["no"], ["entry.no"], name="fk_entry_body_no"),
    )
    op.create_table(
        "observation",
        _number("entry_no"),
        _number("seq"),
        _text("country", nullable=True),
        *(_text(name) for name in ("indicator", "period_start", "period_end", "sex", "age")),
        _text("breakdown"),
        sa.Column("value_number", sa.Float(53)),
        _text("value_text", nullable=True),
        *(_text(name) for name in ("unit", "status", "nature", "source")),
        sa.PrimaryKeyConstraint("entry_no", "seq", name="pk_observation"),
        sa.ForeignKeyConstraint(["entry_no"], ["entry.no"], name="fk_observation_entry_no"),
    )
    op.create_index("ix_observation_country_indicator", "observation", ["country", "indicator"])


def _around() -> None:
    op.create_table(
        "head",
        _number("id"),
        _number("no"),
        _text("hash"),
        _text("stamped_at"),
        sa.PrimaryKeyConstraint("id", name="pk_head"),
        sa.CheckConstraint("id = 1", name="ck_head_one"),
    )
    op.create_table(
        "person",
        _text("id"),
        *(_text(name, nullable=True) for name in ("name", "organisation", "roles")),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
    )
    op.create_table(
        "document",
        _text("sha256"),
        _text("media_type"),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_document"),
    )
    op.create_table(
        "meta",
        _number("id"),
        _text("kind"),
        _text("name"),
        _number("format"),
        sa.PrimaryKeyConstraint("id", name="pk_meta"),
        sa.CheckConstraint("id = 1", name="ck_meta_one"),
        sa.CheckConstraint("kind IN ('real', 'fictional')", name="ck_meta_kind"),
    )
