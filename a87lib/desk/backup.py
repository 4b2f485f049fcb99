"""A backup of everything that is kept, taken while people write; and a register made from one.

The file is a ZIP: `manifest.json` (what it holds, with the digest of each part), `entries.jsonl`,
`persons.jsonl`, `drafts.jsonl`, `documents.jsonl` and the documents by their digests. It says the
same whichever database it was taken from.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from a87lib import __version__, register
from a87lib.desk.acting import Acting
from a87lib.desk.permissions import require
from a87lib.intake.content import DAMAGED
from a87lib.problems import problem, usage
from a87lib.register import Head, Register
from a87lib.register.carrying import End, Line, Stored, landing, snapshot, text_of
from a87lib.register.draft_store import drafts_of, left_behind
from a87lib.register.drafts import Draft, Key
from a87lib.register.persons import Kept
from a87lib.register.refusals import told_plainly
from a87lib.register.verify import Discrepancy

NAME, FORMAT = "a87 backup", 1
MANIFEST = "manifest.json"
ENTRIES, PERSONS, DRAFTS = "entries.jsonl", "persons.jsonl", "drafts.jsonl"
DOCUMENTS, FOLDER = "documents.jsonl", "documents/"
PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Taken:
    """What a backup holds."""

    head: Head
    persons: int
    documents: int
    drafts: int
    size: int = 0


def backup(on: Register, acting: Acting, path: Path) -> Taken:
    """Writes a backup of the register, its persons, documents and drafts.

    The file appears under its name when it is whole; one that is there is not overwritten. Drafts
    are read first: what is delivered meanwhile is then in both, and lost in neither.
    """
    require(on, acting, "back_up")
    if path.exists():
        raise usage("backup_exists", str(path))
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    drafts = drafts_of(on).all()
    with told_plainly(path):
        try:
            opened = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(opened, "wb") as file:
                taken = _write(on, drafts, file)
                file.flush()
                os.fsync(file.fileno())
            os.link(part, path)
            size = path.stat().st_size
        except FileExistsError:
            raise usage("backup_exists", str(path)) from None
        finally:
            part.unlink(missing_ok=True)
    return Taken(taken.head, taken.persons, taken.documents, taken.drafts, size)


def restore(source: Path, where: str) -> Taken:
    """Makes a register from a backup, with the same head; a register that is there is kept.

    Every part is held against its digest before anything is made, and the chain is verified before
    the register is seen. Raises Problems where something is not as it was written.
    """
    with _opened(source) as archive:
        manifest = _manifest(archive, source)
        if register.exists(where):
            raise usage("restore_exists", where)
        if found := left_behind(where):
            raise usage("restore_drafts_exist", found)
        end = End(Head.of(manifest["head"]), manifest["stamped_at"])
        about = manifest["register"]

        def fill(new: Register) -> None:
            _land(new, archive, end)
            _verify(new.verify(end.head), new.head(), end.head, source)

        if not register.make(where, about["kind"], about["name"], fill):
            raise usage("restore_exists", where)
        drafts = [_draft(line) for line in _lines(archive, DRAFTS)]
        with register.open(where) as on:
            drafts_of(on).restore(drafts)
        rows = manifest["rows"]
        return Taken(end.head, rows[PERSONS], rows[DOCUMENTS], len(drafts))


def _land(new: Register, archive: zipfile.ZipFile, end: End) -> None:
    with landing(new) as into:
        into.entries(_lines(archive, ENTRIES))
        into.end(end)
        into.persons(Kept(**line) for line in _lines(archive, PERSONS))
        for line in _lines(archive, DOCUMENTS):
            content = None if line["erased"] else archive.read(FOLDER + line["sha256"])
            into.document((line["sha256"], line["media_type"], line["size"], content))


class _Parts:
    """The parts of a backup as they are written, each with its digest and number of rows."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.sha256: dict[str, str] = {}
        self.rows: dict[str, int] = {}

    def put(self, name: str, lines: Iterable[Line]) -> None:
        digest, count = hashlib.sha256(), 0
        with self._archive.open(name, "w", force_zip64=True) as out:
            for line in lines:
                text = f"{text_of(line)}\n".encode()
                digest.update(text)
                out.write(text)
                count += 1
        self.sha256[name], self.rows[name] = digest.hexdigest(), count

    def documents(self, documents: Iterable[Stored]) -> None:
        known: list[Line] = []
        for sha256, media_type, size, content in documents:
            if content is not None:
                self._archive.writestr(FOLDER + sha256, content, zipfile.ZIP_STORED)
            about = {"sha256": sha256, "media_type": media_type, "size": size}
            known.append(about | {"erased": content is None})
        self.put(DOCUMENTS, known)


def _write(on: Register, drafts: list[Draft], file: IO[bytes]) -> Taken:
    with snapshot(on) as seen, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        end, parts = seen.end(), _Parts(archive)
        parts.put(ENTRIES, seen.entries())
        parts.put(PERSONS, (person._asdict() for person in seen.persons()))
        parts.put(DRAFTS, map(_drafted, drafts))
        parts.documents(seen.documents())
        manifest = {
            "what": NAME,
            "format": FORMAT,
            "program": __version__,
            "taken_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "register": {"kind": on.kind, "name": on.name},
            "head": str(end.head),
            "stamped_at": end.stamped_at,
            "rows": parts.rows,
            "sha256": parts.sha256,
        }
        archive.writestr(MANIFEST, json.dumps(manifest, indent=2))
    return Taken(end.head, parts.rows[PERSONS], parts.rows[DOCUMENTS], len(drafts))


def _opened(source: Path) -> zipfile.ZipFile:
    if not source.is_file():
        raise usage("no_such_file", str(source))
    try:
        return zipfile.ZipFile(source)
    except DAMAGED:
        raise problem("backup_unreadable", str(source)) from None


def _manifest(archive: zipfile.ZipFile, source: Path) -> dict[str, Any]:
    """What the backup says it holds, once every part is as it says."""
    try:
        manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
        known = manifest["what"] == NAME
        version = int(manifest["format"])
        parts = dict(manifest["sha256"])
    except (*DAMAGED, TypeError):
        raise problem("backup_unreadable", str(source)) from None
    if not known:
        raise problem("backup_unreadable", str(source))
    if version > FORMAT:
        raise problem("backup_newer", str(source), version, known=FORMAT)
    changed = [name for name, digest in parts.items() if _digest(archive, name) != digest]
    if changed or set(parts) != {ENTRIES, PERSONS, DRAFTS, DOCUMENTS}:
        raise problem("backup_changed", str(source), ", ".join(changed) or MANIFEST)
    for line in _lines(archive, DOCUMENTS):
        if not line["erased"] and _digest(archive, FOLDER + line["sha256"]) != line["sha256"]:
            raise problem("backup_changed", str(source), line["sha256"][:16])
    return manifest


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    """The digest of a part; empty where it is not there or cannot be read."""
    digest = hashlib.sha256()
    try:
        with archive.open(name) as part:
            while piece := part.read(PIECE):
                digest.update(piece)
    except DAMAGED:
        return ""
    return digest.hexdigest()


def _lines(archive: zipfile.ZipFile, name: str) -> Iterator[Line]:
    with archive.open(name) as part:
        for line in part:
            yield json.loads(line)


def _verify(found: list[Discrepancy], head: Head, wanted: Head, source: Path) -> None:
    wrong = [each for each in found if each.tampering]
    if wrong or head != wanted:
        named = ", ".join(f"{each.code} {each.no}" for each in wrong[:5]) or str(head)
        raise problem("restore_unsound", str(source), named)


def _drafted(draft: Draft) -> Line:
    rest = {"version": draft.version, "saved_by": draft.saved_by, "text": draft.text}
    return draft.key._asdict() | rest | {"saved_at": draft.saved_at.isoformat()}


def _draft(line: Line) -> Draft:
    key = Key(line["owner"], line["country"], line["cycle"], line["part"])
    saved_at = datetime.fromisoformat(line["saved_at"])
    return Draft(key, line["version"], saved_at, line["saved_by"], line["text"])
