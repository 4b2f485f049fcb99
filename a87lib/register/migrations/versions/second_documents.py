"""The second format: received documents are kept whole, their bytes beside their digest."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT

revision = "0002"
down_revision = "0001"

TEXT_C = sa.Text().with_variant(TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Create the table of the bytes, then the triggers that guard it."""
    op.create_table(
        "document_content",
        sa.Column("sha256", TEXT_C, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=True),
        sa.PrimaryKeyConstraint("sha256", name="pk_document_content"),
        sa.ForeignKeyConstraint(["sha256"], ["document.sha256"], name="fk_document_content_sha256"),
    )
    dialect = op.get_bind().dialect.name
    if dialect == "postgresql":  # as in the first format
        here = "quote_ident(current_schema()) || ', pg_temp'"
        op.get_bind().exec_driver_sql(f"SELECT set_config('search_path', {here}, true)")
    guards = Path(__file__).with_name(f"0002_guards.{dialect}.sql").read_text(encoding="utf-8")
    for statement in guards.split("\n---\n"):
        op.get_bind().exec_driver_sql(statement.rstrip("\n"))
