"""The tables of the register, the same on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import TEXT

FORMAT = 2
"""The version of the register's format that this program writes."""

SINCE = {"document_content": 2}
"""The tables that came with a later format than the first."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
PlainText = Text().with_variant(TEXT(collation="C"), "postgresql")
"""Text compared byte by byte, whatever the database's locale."""

entry = Table(
    "entry",
    metadata,
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("kind", PlainText, nullable=False),
    Column("country", PlainText),
    Column("cycle", Integer),
    Column("meeting", Integer),
    Column("happened_on", PlainText, nullable=False),
    Column("precision", PlainText, nullable=False),
    Column("recorded_at", PlainText, nullable=False),
    Column("recorded_by", PlainText, nullable=False),
    Column("corrects", Integer, ForeignKey("entry.no"), unique=True),
    Column("withdrawn", SmallInteger, nullable=False),
    Column("slot", PlainText, unique=True),
    Column("visibility", PlainText, nullable=False),
    Column("source", PlainText, nullable=False),
    Column("label", PlainText, unique=True),
    Column("body_digest", PlainText, nullable=False),
    Column("observations_digest", PlainText),
    Column("previous_hash", PlainText, nullable=False, unique=True),
    Column("hash", PlainText, nullable=False, unique=True),
    CheckConstraint("precision IN ('day', 'month', 'year')", name="precision"),
    CheckConstraint(
        "visibility IN ('reviewers', 'subgroup', 'country', 'members', 'public')", name="visibility"
    ),
    CheckConstraint("withdrawn IN (0, 1)", name="withdrawn"),
    CheckConstraint("corrects < no", name="corrects"),
    Index(None, "country", "no"),
    Index(None, "meeting", "no"),
    Index(None, "kind", "no"),
    Index(None, "recorded_at"),
)

entry_body = Table(
    "entry_body",
    metadata,
    Column("no", Integer, ForeignKey("entry.no"), primary_key=True, autoincrement=False),
    Column("text", PlainText),
    Column("salt", PlainText),
)

head = Table(
    "head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("no", Integer, nullable=False),
    Column("hash", PlainText, nullable=False),
    Column("stamped_at", PlainText, nullable=False),
    CheckConstraint("id = 1", name="one"),
)

observation = Table(
    "observation",
    metadata,
    Column("entry_no", Integer, ForeignKey("entry.no"), primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("country", PlainText),
    Column("indicator", PlainText, nullable=False),
    Column("period_start", PlainText, nullable=False),
    Column("period_end", PlainText, nullable=False),
    Column("sex", PlainText, nullable=False),
    Column("age", PlainText, nullable=False),
    Column("breakdown", PlainText, nullable=False),
    Column("value_number", Float(53)),
    Column("value_text", PlainText),
    Column("unit", PlainText, nullable=False),
    Column("status", PlainText, nullable=False),
    Column("nature", PlainText, nullable=False),
    Column("source", PlainText, nullable=False),
    Index(None, "country", "indicator"),
)

person = Table(
    "person",
    metadata,
    Column("id", PlainText, primary_key=True),
    Column("name", PlainText),
    Column("organisation", PlainText),
    Column("roles", PlainText),
)

document = Table(
    "document",
    metadata,
    Column("sha256", PlainText, primary_key=True),
    Column("media_type", PlainText, nullable=False),
    Column("size", BigInteger, nullable=False),
)

document_content = Table(
    "document_content",
    metadata,
    Column("sha256", PlainText, ForeignKey("document.sha256"), primary_key=True),
    Column("content", LargeBinary),
)

meta = Table(
    "meta",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("kind", PlainText, nullable=False),
    Column("name", PlainText, nullable=False),
    Column("format", Integer, nullable=False),
    CheckConstraint("id = 1", name="one"),
    CheckConstraint("kind IN ('real', 'fictional')", name="kind"),
)

LARGEST = 2**31 - 1


def possible(numbers: Iterable[int]) -> list[int]:
    """Those that an entry can have: databases do not let themselves be asked for any other."""
    return [no for no in numbers if 0 < no <= LARGEST]


OBSERVED = tuple(column.name for column in observation.columns)[2:]
"""The columns of a figure, without the entry it came with and its place there."""
