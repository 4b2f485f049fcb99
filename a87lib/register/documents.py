"""Received documents: kept whole and once, named by their digest, linked by entries.

An entry links a document by `"document": "sha256:…"` in its body; the entry's visibility is that of
the link, and what its sender called the document stands beside it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, insert, select, update

from a87lib.problems import problem
from a87lib.register.reading import Wanted, read
from a87lib.register.rows import StoredEntry
from a87lib.register.tables import document, document_content, entry, entry_body
from a87lib.register.visibility import Reader

PREFIX = "sha256:"


class Document(NamedTuple):
    """A document as it was received: its bytes and what they are (told by the bytes)."""

    sha256: str
    media_type: str
    content: bytes

    @classmethod
    def of(cls, content: bytes, media_type: str) -> Document:
        """The document with these bytes."""
        return cls(hashlib.sha256(content).hexdigest(), media_type, content)

    @property
    def reference(self) -> str:
        """How an entry names the document."""
        return f"{PREFIX}{self.sha256}"


def keep(connection: Connection, documents: Iterable[Document]) -> list[str]:
    """Keeps documents that are not kept yet: the digests of the new ones.

    Raises Problems for one that was erased: what had to go does not come back unnoticed.
    """
    new = []
    for each in dict.fromkeys(documents):
        held_ = document_content.c.content.is_not(None)
        there = select(held_).where(document_content.c.sha256 == each.sha256)
        known = connection.execute(there).scalar_one_or_none()
        if known is not None:
            if not known:
                raise problem("document_erased", found=each.sha256[:16])
            continue
        row = {"sha256": each.sha256, "media_type": each.media_type, "size": len(each.content)}
        connection.execute(insert(document).values(row))
        held = {"sha256": each.sha256, "content": each.content}
        connection.execute(insert(document_content).values(held))
        new.append(each.sha256)
    return new


def links(connection: Connection, sha256: str, reader: Reader | None) -> list[StoredEntry]:
    """The entries that link a document, as far as the reader may see them."""
    named = f'"document":"{PREFIX}{sha256}"'
    query = select(entry_body.c.no).where(entry_body.c.text.contains(named, autoescape=True))
    numbers = [row[0] for row in connection.execute(query)]
    if not numbers:
        return []
    found = read(connection, Wanted(numbers=numbers, visible_to=reader))
    return [e for e in found if e.kind != "erasure_recorded" and _names(e, sha256)]


def _names(stored: StoredEntry, sha256: str) -> bool:
    body = json.loads(stored.body_json or "{}")
    return isinstance(body, dict) and body.get("document") == f"{PREFIX}{sha256}"


def held(connection: Connection, sha256: str) -> Document | None:
    """The document of a digest; None where there is none, or where it was erased."""
    joined = document.join(document_content, document_content.c.sha256 == document.c.sha256)
    query = select(document.c.media_type, document_content.c.content).select_from(joined)
    row = connection.execute(query.where(document.c.sha256 == sha256)).one_or_none()
    if row is None or row.content is None:
        return None
    return Document(sha256, row.media_type, bytes(row.content))


def labelled(connection: Connection, prefix: str) -> list[StoredEntry]:
    """The entries whose lasting name begins so, in order of their numbers."""
    query = select(entry.c.no).where(entry.c.label.startswith(prefix, autoescape=True))
    numbers = [row[0] for row in connection.execute(query)]
    return list(read(connection, Wanted(numbers=numbers))) if numbers else []


def blank(connection: Connection, sha256: str) -> None:
    """Blanks the bytes of a document; its erasure was recorded in the same transaction."""
    blanked = update(document_content).where(document_content.c.sha256 == sha256)
    connection.execute(blanked.values(content=None))


def discrepancies(connection: Connection) -> list[tuple[str, str]]:
    """Documents that are not as they came in, erased ones too: (code, digest)."""
    query = select(document.c.sha256, document_content.c.sha256).outerjoin(
        document_content, document_content.c.sha256 == document.c.sha256
    )
    erased = _erased(connection)
    found = []
    for sha256, there in connection.execute(query).all():
        content = select(document_content.c.content).where(document_content.c.sha256 == sha256)
        bytes_ = None if there is None else connection.execute(content).scalar_one()
        if bytes_ is None:
            gone = "document_erased" if sha256 in erased else "document_removed"
            found.append((gone, sha256))
        elif hashlib.sha256(bytes_).hexdigest() != sha256:
            found.append(("document_changed", sha256))
    return found


def _erased(connection: Connection) -> set[str]:
    joined = entry.join(entry_body, entry_body.c.no == entry.c.no)
    query = select(entry_body.c.text).select_from(joined)
    rows = connection.execute(query.where(entry.c.kind == "erasure_recorded")).scalars()
    named = (json.loads(text or "{}").get("document", "") for text in rows)
    return {name.removeprefix(PREFIX) for name in named if name}
