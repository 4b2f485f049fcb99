"""A batch on several machines: Dask workers, a register on PostgreSQL, packs through fsspec."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from a87lib.cli import main
from a87lib.desk.records import found
from a87lib.problems import Problems
from a87lib.report.places import NEW, Store, place_of

DATA = Path(__file__).resolve().parent.parent / "data"
WITHIN = 90.0  # seconds, on a busy machine


def digests(folder: Path) -> dict[str, str]:
    """Every file of a pack."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def dask(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """A scheduler or a worker, in a process of its own."""
    call = [sys.executable, "-m", "dask", *arguments, "--scheduler-file", str(folder / "cluster")]
    return subprocess.Popen(call, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture
def cluster(tmp_path):
    """The address of a scheduler, and its two workers."""
    scheduler = dask(tmp_path, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    alone = ("--nworkers", "1", "--nthreads", "1", "--no-nanny", "--no-dashboard")
    workers = [dask(tmp_path, "worker", *alone) for _ in range(2)]
    until(lambda: (tmp_path / "cluster").exists())
    address = json.loads((tmp_path / "cluster").read_text(encoding="utf-8"))["address"]
    yield address, workers
    for process in (*workers, scheduler):
        process.kill()
        process.wait()


def until(there) -> None:
    """Wait, and fail where it takes too long."""
    last = time.monotonic() + WITHIN
    while not there():
        assert time.monotonic() < last, "it took too long"
        time.sleep(0.02)


def review(*arguments: str) -> None:
    """`a87 review` of two countries in two languages, as HTML."""
    with pytest.raises(SystemExit) as ended:
        main(["review", "QMK", "QMI", "--lang", "en,fr", "--format", "html", *arguments])
    assert ended.value.code == 0


@pytest.mark.slow
@pytest.mark.postgres
def test_a_batch_on_a_cluster_that_loses_a_worker_is_complete_and_byte_equal(
    cluster, server, exercise_register, tmp_path
):
    """One of two workers is killed on the way; the other reads the same register on PostgreSQL."""
    address, workers = cluster
    where = server.database()
    found(DATA / "exercise", where)
    review("--register", exercise_register, "--out", str(tmp_path / "here"))
    out = tmp_path / "there"
    call = [sys.executable, "-c", "from a87lib.cli import main; main()", "review", "QMK", "QMI",
            "--lang", "en,fr", "--format", "html", "--register", where, "--dask", address,
            "--out", out.as_uri()]  # fmt: skip
    batch = subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    until(lambda: batch.poll() is not None or any((out / NEW).rglob("*.ipynb")))
    workers[0].kill()
    _, said = batch.communicate(timeout=WITHIN)
    assert batch.returncode == 0, said
    assert digests(out) == digests(tmp_path / "here")
    assert len(digests(out)) == 4 * 2 + 2


def test_a_scheduler_that_does_not_answer_is_told(exercise_register, tmp_path, capsys, monkeypatch):
    """One sentence and status 2; no folder is made."""
    monkeypatch.setattr("a87lib.cli.building.DASK_WITHIN", "1s")
    monkeypatch.setenv("A87_LANG", "en")
    out = tmp_path / "out"
    with pytest.raises(SystemExit) as ended:
        main(["review", "QMK", "--lang", "en", "--register", exercise_register,
              "--dask", "tcp://127.0.0.1:9", "--out", str(out)])  # fmt: skip
    assert ended.value.code == 2 and not out.exists()
    assert "tcp://127.0.0.1:9" in capsys.readouterr().err


def test_a_store_keeps_files_whole_moves_and_clears_them():
    """What a place must do, here on an object store in memory."""
    place = place_of("memory://bucket/pack")
    assert isinstance(place, Store)
    place.write(f"{NEW}/QMA/x.html", b"new")
    assert place.read("QMA/x.html") is None and not place.there("QMA/x.html")
    place.move(f"{NEW}/QMA/x.html", "QMA/x.html")
    place.move(f"{NEW}/QMA/x.html", "QMA/x.html")
    assert place.read("QMA/x.html") == b"new" and place.there("QMA/x.html")
    place.write(f"{NEW}/QMA/y.html", b"left")
    place.clear()
    assert place.read(f"{NEW}/QMA/y.html") is None
    place.remove("QMA/x.html")
    place.remove("QMA/x.html")
    assert place.read("QMA/x.html") is None


def test_an_address_of_an_unknown_kind_is_refused():
    with pytest.raises(Problems, match="store_not_reached"):
        place_of("nowhere://bucket/pack")
