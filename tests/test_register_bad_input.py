"""Registers that are missing, not ours, newer, locked, read-only or without room: told plainly."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from databases import Server, behind_its_back, plainly
from entries import report

from a87lib import register
from a87lib.language import LANGUAGES, told
from a87lib.problems import Problems
from a87lib.register import Document, Register


def code_of(action: Callable[[], object]) -> str:
    """The code of the one problem that the action ends with; it is told in every language."""
    with pytest.raises(Problems) as refused:
        action()
    (problem,) = refused.value.problems
    for language in LANGUAGES:
        sentence = told(problem, language)
        assert sentence
        assert "Traceback" not in sentence
    return problem.code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "register_missing"),
        (b"", "register_foreign"),
        (b"country: QMA\n", "register_foreign"),
        (b"SQLite format 3\x00" + b"\x00" * 200, "register_foreign"),
        (b"SQLite format 3\x00" + b"\xff" * 5000, "register_foreign"),
    ],
)
def test_a_file_that_is_no_register(tmp_path: Path, content: bytes | None, code: str) -> None:
    """What is missing or not a register is told so, and is left as it is."""
    path = tmp_path / "register.db"
    if content is not None:
        path.write_bytes(content)
    assert code_of(lambda: register.open(path)) == code
    assert [p.read_bytes() for p in tmp_path.iterdir()] == ([] if content is None else [content])


def test_a_folder_is_no_register(tmp_path: Path) -> None:
    """A folder is told to be no register."""
    assert code_of(lambda: register.open(tmp_path)) == "register_foreign"


def test_a_database_of_something_else(where: str) -> None:
    """A database with other tables is not ours: it is neither opened nor made into a register."""
    if not where.startswith("postgresql:"):
        sqlite3.connect(where).close()
    plainly(where, "CREATE TABLE other (a integer)")
    assert code_of(lambda: register.open(where)) == "register_foreign"
    assert not register.make(where, "real", "test")
    assert code_of(lambda: register.bring_up_to_date(where)) == "register_foreign"
    plainly(where, "INSERT INTO other VALUES (1)")


def test_an_empty_database_server_holds_no_register(server: Server) -> None:
    """An empty database is no register, and asking does not make it one."""
    where = server.database()
    assert not register.exists(where)
    assert code_of(lambda: register.open(where)) == "register_foreign"
    assert not register.exists(where)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://nobody:secret@127.0.0.1:9/nowhere",
        "postgresql:///nowhere?host=/nonexistent",
    ],
)
def test_a_server_that_cannot_be_reached(address: str) -> None:
    """A server that is not there is told as such, without the password."""
    assert code_of(lambda: register.open(address)) == "register_unreachable"
    with pytest.raises(Problems) as refused:
        register.open(address)
    assert "secret" not in str(refused.value)


def test_a_database_that_the_server_does_not_have(server: Server) -> None:
    """A name that the server does not know is told as unreachable."""
    assert code_of(lambda: register.open(server.url("nowhere"))) == "register_unreachable"


@pytest.mark.parametrize("address", ["mysql://host/name", "http://host/x.db", "sqlite://", " "])
def test_an_address_of_no_register(address: str) -> None:
    """An address that names neither a file nor a PostgreSQL database is wrong usage."""
    with pytest.raises(Problems) as refused:
        register.open(address)
    assert [p.code for p in refused.value.problems] == ["register_address"]
    assert refused.value.exit_status == 2


def test_a_register_of_a_newer_format(where: str) -> None:
    """A register that a newer program wrote is neither read, written nor migrated."""
    register.make(where, "fictional", "test")
    behind_its_back(where, "UPDATE meta SET format = 99")
    assert code_of(lambda: register.open(where)) == "register_newer"
    assert code_of(lambda: register.bring_up_to_date(where)) == "register_newer"


def test_a_register_of_an_older_format_is_brought_up_to_date(where: str) -> None:
    """An older register says what to do, and can be used after it was done."""
    register.make(where, "fictional", "test")
    behind_its_back(where, "UPDATE meta SET format = 0")
    assert code_of(lambda: register.open(where)) == "register_older"
    register.bring_up_to_date(where)
    with register.open(where) as on:
        assert on.append([report()]) == [1]
        assert on.verify() == []


def test_a_register_of_the_first_format_is_brought_up_to_date(where: str) -> None:
    """One made before documents were kept whole gets their table, and its chain stays as it was."""
    register.make(where, "fictional", "test", lambda on: on.append([report()]))
    with register.open(where) as on:
        head = on.head()
    plainly(where, "DROP TABLE document_content")
    if where.startswith("postgresql:"):
        plainly(where, "DROP FUNCTION a87_document_only_erased()")
    behind_its_back(
        where, "UPDATE meta SET format = 1", "UPDATE alembic_version SET version_num = '0001'"
    )
    assert code_of(lambda: register.open(where)) == "register_older"
    register.bring_up_to_date(where)
    with register.open(where) as on:
        assert on.head() == head
        assert on.verify() == []
        kept = Document.of(b"x", "text/plain")
        on.append([report(2023)], keeping=[kept])
        assert on.document(kept.sha256) == kept


def test_a_register_that_lacks_a_table(where: str) -> None:
    """A register without one of its tables is told to be none."""
    register.make(where, "fictional", "test")
    plainly(where, "DROP TABLE person")
    assert code_of(lambda: register.open(where)) == "register_foreign"


def test_a_damaged_file(tmp_path: Path) -> None:
    """A file of which a part is missing or overwritten is told to be damaged."""
    path = tmp_path / "register.db"
    register.make(path, "fictional", "test")
    with register.open(path) as on:
        on.append([report(2000 + n) for n in range(100)])
    content = bytearray(path.read_bytes())
    middle = range(8192, len(content), 7)
    for place in middle:
        content[place] ^= 0xFF
    path.write_bytes(content)
    assert code_of(lambda: register.open(path).verify()) == "register_damaged"


@pytest.fixture
def made(where: str) -> Iterator[str]:
    register.make(where, "fictional", "test")
    yield where


def test_a_locked_register(made: str) -> None:
    """A writer that waits in vain is told so; nothing is written, and reading goes on."""
    if made.startswith("postgresql:"):
        other = psycopg.connect(made)
        other.execute("SELECT * FROM head FOR UPDATE")
    else:
        other = sqlite3.connect(made, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
    with register.open(made, patience=0.2) as on:
        assert code_of(lambda: on.append([report()])) == "register_locked"
        assert on.head().no == 0
        other.rollback()
        assert on.append([report()]) == [1]
    other.close()


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk with room for two megabytes."""
    folder = Path(tempfile.mkdtemp(prefix="a87disk"))
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(command, check=False).returncode != 0:
        folder.rmdir()
        pytest.skip("a small disk needs the right to mount one")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)
        folder.rmdir()


def test_a_full_disk(small_disk: Path) -> None:
    """Where the room ends nothing is half written, and writing goes on once there is room again."""
    path = small_disk / "register.db"
    register.make(path, "fictional", "test")
    with register.open(path) as on:
        on.append([report()])
        ballast = small_disk / "ballast"
        with ballast.open("wb", buffering=0) as file, pytest.raises(OSError, match="space"):
            while True:
                file.write(b"x" * 4096)
        long = report(body={"text": "x" * 20_000})
        assert code_of(lambda: on.append([long] * 40)) == "register_disk_full"
        assert on.head().no == 1
        assert on.verify() == []
        ballast.unlink()
        assert len(on.append([long] * 3)) == 3
        assert on.verify() == []


def test_no_register_is_left_half_made_on_a_full_disk(small_disk: Path) -> None:
    """A register for which there is no room is not there afterwards, nor is any part of it."""
    path = small_disk / "register.db"
    long = report(body={"text": "x" * 20_000})

    def fill(on: Register) -> None:
        on.append([long] * 200)

    assert code_of(lambda: register.make(path, "fictional", "test", fill)) == "register_disk_full"
    assert list(small_disk.iterdir()) == []


def test_a_register_that_could_not_be_filled_is_not_there(where: str, tmp_path: Path) -> None:
    """Where filling fails, neither a file nor a table is left."""
    before = sorted(tmp_path.iterdir())

    def fill(on: Register) -> None:
        on.append([report()])
        on.append([report(country="FRA")])

    with pytest.raises(Problems):
        register.make(where, "fictional", "test", fill)
    assert not register.exists(where)
    assert sorted(tmp_path.iterdir()) == before
    assert register.make(where, "fictional", "test", lambda on: None)


def test_an_interrupted_making_leaves_nothing_under_the_name(tmp_path: Path, project: Path) -> None:
    """Killed while it is filled, a register is not there; the next making clears what was left."""
    path = tmp_path / "register.db"
    command = (
        "import sys, time; from a87lib import register; "
        "fill = lambda on: (print('filling', flush=True), time.sleep(60)); "
        "register.make(sys.argv[1], 'real', 'test', fill)"
    )
    maker = subprocess.Popen(
        [sys.executable, "-c", command, path], stdout=subprocess.PIPE, text=True, cwd=project
    )
    assert maker.stdout is not None
    assert maker.stdout.readline() == "filling\n"
    os.kill(maker.pid, signal.SIGKILL)
    maker.wait(30)
    maker.stdout.close()
    assert not path.exists()
    assert all(left.name.endswith((".part", "-journal")) for left in tmp_path.iterdir())
    assert register.make(path, "real", "test")
    assert [left.name for left in tmp_path.iterdir()] == ["register.db"]


def _as_nobody(action: Callable[[], object], told_code: multiprocessing.Queue) -> None:
    os.setgroups([])
    os.setresgid(65534, 65534, 65534)
    os.setresuid(65534, 65534, 65534)
    try:
        told_code.put(action())
    except Problems as refused:
        told_code.put(refused.problems[0].code)
    except OSError as error:
        told_code.put(repr(error))


def as_nobody(action: Callable[[], object]) -> object:
    """What the action returns, or the code it is refused with, for somebody without any right."""
    context = multiprocessing.get_context("fork")
    told_code = context.Queue()
    process = context.Process(target=_as_nobody, args=(action, told_code))
    process.start()
    process.join(60)
    answer = told_code.get(timeout=1)
    return answer


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody without rights")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_read_only_folder() -> None:
    """In a folder that may not be written to a register can be read, and writing is refused."""
    with tempfile.TemporaryDirectory(prefix="a87ro") as name:
        folder = Path(name)
        path = folder / "register.db"
        register.make(path, "fictional", "test")
        with register.open(path) as on:
            on.append([report()])
            head = on.head()
        path.chmod(0o644)
        folder.chmod(0o755)

        def read() -> object:
            with register.open(path) as on:
                return (on.head(), on.verify(), len(list(on.entries())))

        def write() -> object:
            with register.open(path) as on:
                return on.append([report()])

        def make() -> object:
            return register.make(folder / "other.db", "fictional", "test")

        assert as_nobody(read) == (head, [], 1)
        assert as_nobody(write) == "register_read_only"
        assert as_nobody(make) == "register_read_only"
        path.chmod(0o600)
        assert as_nobody(read) == "register_unreachable"
        assert [left.name for left in folder.iterdir()] == ["register.db"]


def test_opening_does_not_take_long(made: str) -> None:
    """Opening a register that is there takes well under a second."""
    start = time.monotonic()
    register.open(made).close()
    assert time.monotonic() - start < 1
