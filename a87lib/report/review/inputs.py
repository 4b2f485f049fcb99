"""What a review depends on beside its notebook and parameters, so that a rerun does what is new."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from a87lib import framework
from a87lib.report.review.opening import PROJECT, Review

PACKAGE = PROJECT / "a87lib"
TEXTS = frozenset({".py", ".po", ".yaml", ".css", ".html", ".typ", ".sql", ".txt"})


def inputs(this: Review) -> str:
    """A digest of the entries read, the notice, the framework and our own code and words."""
    parts = (this.digest, this.notice, framework.load().digest, code())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@lru_cache
def code() -> str:
    """A digest of everything in the package that has a say in a document."""
    whole = hashlib.sha256()
    for path in sorted(_texts(PACKAGE)):
        whole.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0")
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def _texts(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.suffix in TEXTS and path.is_file()]
