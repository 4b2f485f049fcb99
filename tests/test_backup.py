"""A backup taken while others write restores to the same register, on either database."""

from __future__ import annotations

import json
import threading
import zipfile
from pathlib import Path

import pytest
from databases import Server
from entries import FIGURE, report
from workflow import ANA, COUNTRY, CYCLE, OBSERVER, SEC, finalised, opened

from a87lib import register
from a87lib.cli import main
from a87lib.desk import backup as backups
from a87lib.desk import evidence, records
from a87lib.desk.reviewing import desks, drafts
from a87lib.problems import Problems
from a87lib.register import Register
from a87lib.register.draft_store import drafts_of
from a87lib.register.persons import everybody


@pytest.fixture
def filled(where: str) -> str:
    """A register with a whole review, documents, erased ones, figures and a draft."""
    with opened(where) as on:
        finalised(on, ANA)
        drafts.save(on, ANA, COUNTRY, CYCLE, "comments", {"items": [{"no": "3", "text": "é"}]}, 0)
        for text in (b"kept\n", b"erased\n"):
            kept = evidence.Attachment("a.txt", text)
            about = evidence.Evidence(country="QMA", cycle=CYCLE, type="survey", title="T")
            evidence.keep(on, about, kept, by="sec")
        evidence.erase(on, evidence.Attachment("a.txt", b"erased\n").document.sha256, by="sec")
        on.append([report(observations=[FIGURE, FIGURE._replace(value_number=0.1)])])
        records.erase(on, [on.head().no], by="sec")
    return where


def other(where: str, tmp_path: Path, server: Server | None) -> str:
    """An empty place on the other kind of database, if there is one; else a file."""
    if where.startswith("postgresql:") or server is None:
        return str(tmp_path / "restored.db")
    return server.database()


def content(on: Register) -> dict[str, object]:
    """Everything that is kept."""
    return {
        "head": on.head(),
        "entries": list(on.entries()),
        "persons": everybody(on),
        "drafts": drafts_of(on).all(),
        "found": on.verify(),
        "log": desks.log(on, SEC),
    }


def test_a_backup_restores_to_the_same_register(
    filled: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """The same head, entries, persons, drafts, documents and erasures on the other database."""
    file, there = tmp_path / "b.a87", other(filled, tmp_path, request.getfixturevalue("server"))
    with register.open(filled) as on:
        before = content(on)
        taken = backups.backup(on, SEC, file)
    assert (taken.head, taken.documents, taken.drafts) == (before["head"], 2, 1)
    assert file.stat().st_mode & 0o077 == 0
    backups.restore(file, there)
    with register.open(there) as on:
        assert content(on) == before
        kept = evidence.Attachment("a.txt", b"kept\n").document
        assert on.document(kept.sha256).content == b"kept\n"
        gone = evidence.Attachment("a.txt", b"erased\n").document
        with pytest.raises(Problems):
            on.document(gone.sha256)
        on.append([report()])  # and it can be written to
        assert [d for d in on.verify() if d.tampering] == []


def test_a_backup_taken_while_others_write_is_whole(where: str, tmp_path: Path) -> None:
    """Each backup is the register as it was at one of its heads; the writers go on meanwhile."""
    heads: dict[int, str] = {}
    stop = threading.Event()

    def write() -> None:
        with register.open(where, patience=60) as own:
            while not stop.is_set():
                own.append([report(observations=[FIGURE]), report()])
                heads[own.head().no] = own.head().hash

    with opened(where) as on:
        writer = threading.Thread(target=write)
        writer.start()
        try:
            files = [tmp_path / f"{n}.a87" for n in range(3)]
            taken = [backups.backup(on, SEC, file) for file in files]
        finally:
            stop.set()
            writer.join()
        assert on.head().no > taken[-1].head.no >= taken[0].head.no
    for number, (file, each) in enumerate(zip(files, taken, strict=True)):
        there = tmp_path / f"{number}.db"
        backups.restore(file, str(there))
        with register.open(there) as on:
            assert on.head() == each.head and on.verify() == []
            assert heads.get(each.head.no, each.head.hash) == each.head.hash


def test_nothing_is_overwritten(filled: str, tmp_path: Path) -> None:
    """Neither a file that is there, nor a register, nor drafts left behind by one."""
    file = tmp_path / "b.a87"
    with register.open(filled) as on:
        backups.backup(on, SEC, file)
        with pytest.raises(Problems, match="backup_exists"):
            backups.backup(on, SEC, file)
        with pytest.raises(Problems, match="not_allowed"):
            backups.backup(on, OBSERVER, tmp_path / "c.a87")
    with pytest.raises(Problems, match="restore_exists"):
        backups.restore(file, filled)
    (tmp_path / "x.drafts.db").write_bytes(b"")
    with pytest.raises(Problems, match="restore_drafts_exist"):
        backups.restore(file, str(tmp_path / "x.db"))
    assert sorted(p.name for p in tmp_path.glob("*.part*")) == []


def test_a_changed_backup_makes_nothing(tmp_path: Path) -> None:
    """A part that is changed, cut off or foreign is named; no register appears."""
    with opened(tmp_path / "r.db") as on:
        evidence.keep(
            on, evidence.Evidence(country="QMA", cycle=CYCLE, type="survey", title="T"),
            evidence.Attachment("a.txt", b"kept\n"), by="sec",
        )  # fmt: skip
        backups.backup(on, SEC, tmp_path / "b.a87")
    good = (tmp_path / "b.a87").read_bytes()
    bad = {"cut": good[: len(good) // 2], "empty": b"", "foreign": b"PK\x05\x06" + bytes(18)}
    for name in ("manifest.json", "entries.jsonl"):
        at = good.index(name.encode()) + len(name) + 20  # behind the header of its own
        bad[f"bytes of {name}"] = good[:at] + b"\xff" * 20 + good[at + 20 :]
    for name in ("entries.jsonl", "persons.jsonl", "documents.jsonl", "documents/"):
        bad[name] = rewritten(tmp_path / "b.a87", name)
    for name, data in bad.items():
        file = tmp_path / "bad.a87"
        file.write_bytes(data)
        with pytest.raises(Problems, match=r"backup_(changed|unreadable)"):
            backups.restore(file, str(tmp_path / "there.db"))
        assert not (tmp_path / "there.db").exists(), name


def test_a_forged_backup_does_not_verify(tmp_path: Path) -> None:
    """Who changes an entry and the digests in the manifest is found out by the chain."""
    with opened(tmp_path / "r.db") as on:
        backups.backup(on, SEC, tmp_path / "b.a87")
    file = tmp_path / "bad.a87"
    file.write_bytes(rewritten(tmp_path / "b.a87", "entries.jsonl", forged=True))
    with pytest.raises(Problems, match="restore_unsound"):
        backups.restore(file, str(tmp_path / "there.db"))
    assert not (tmp_path / "there.db").exists()


def rewritten(source: Path, name: str, *, forged: bool = False) -> bytes:
    """The backup with one part changed; forged: with the digest that fits."""
    made = source.with_suffix(".new")
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(made, "w") as new:
        parts = {n: old.read(n) for n in old.namelist()}
        for each in parts:
            if each == name or (name.endswith("/") and each.startswith(name)):
                parts[each] = parts[each].replace(b"QMA", b"QMB").replace(b"kept", b"kepT")
                parts[each] = (
                    parts[each].replace(b"Name of", b"Nome of").replace(b"plain", b"plaim")
                )
        if forged:
            manifest = json.loads(parts["manifest.json"])
            manifest["sha256"][name] = backups.hashlib.sha256(parts[name]).hexdigest()
            parts["manifest.json"] = json.dumps(manifest).encode()
        for each, data in parts.items():
            new.writestr(each, data)
    return made.read_bytes()


def test_the_commands_say_what_they_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`a87 backup` and `a87 restore` end with the same head; a second restore is refused."""
    opened(tmp_path / "r.db").close()
    file, there = str(tmp_path / "b.a87"), str(tmp_path / "s.db")
    told = []
    for arguments in (["backup", file, "--register", str(tmp_path / "r.db"), "--json"],
                      ["restore", file, "--register", there, "--json"]):  # fmt: skip
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 0
        told.append(json.loads(capsys.readouterr().out))
    assert told[0]["head"] == told[1]["head"]
    with pytest.raises(SystemExit) as ended:
        main(["restore", file, "--register", there])
    assert ended.value.code == 2
