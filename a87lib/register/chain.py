"""The hash chain: what is hashed, and how. Pure; opens no database."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Sequence
from typing import Any

HEADER = (
    "kind",
    "country",
    "cycle",
    "meeting",
    "happened_on",
    "precision",
    "recorded_at",
    "recorded_by",
    "corrects",
    "withdrawn",
    "slot",
    "visibility",
    "source",
    "label",
    "body_digest",
    "observations_digest",
)
"""The columns of an entry that its hash covers, in order; its number is its place in the chain."""


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _list(values: Iterable[Any]) -> str:
    return json.dumps(list(values), ensure_ascii=False, separators=(",", ":"), default=repr)


def genesis(kind: str, name: str) -> str:
    """What the first entry of a register of this kind and name is chained to."""
    return _sha256(_list(["a87 register", kind, name]))


def entry_hash(previous_hash: str, header: Sequence[Any]) -> str:
    """The hash of an entry: of the one before it and of its own columns, in the order of HEADER."""
    return _sha256(_list([previous_hash, *header]))


def body_digest(salt: str, body: str) -> str:
    """The salted digest of a body; once the salt is erased, no guess at the body can be checked."""
    return _sha256(f"{salt}\n{body}")


def observations_digest(rows: Sequence[Sequence[Any]]) -> str | None:
    """The digest of an entry's figures in their order; None where there are none."""
    return _sha256(_list(list(row) for row in rows)) if rows else None


def random_salt() -> str:
    """A salt that nobody can guess."""
    return secrets.token_hex(16)


def derived_salt(secret: str, content: Iterable[Any]) -> str:
    """The salt of shipped data: the same secret and content give the same chain anywhere."""
    return hmac.new(secret.encode(), _list(content).encode(), hashlib.sha256).hexdigest()[:32]


def content_digest(values: Iterable[Any]) -> str:
    """A digest of what an entry says, without its salt, number or place in the chain."""
    return _sha256(_list(values))
