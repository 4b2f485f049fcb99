"""The zygote follows the code, is replaced when it fails, and ends with those it serves."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import textwrap
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from kernels import children_of, describe, is_there, kernel, needs_forking, parent_of, soon

from a87lib.kernels import freshness, warming, zygotes
from a87lib.kernels.forked import ForkedProcess

pytestmark = needs_forking
LOOK = "import planted; print(planted.VALUE)"


@pytest.fixture
def code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of its own, which the kernel `planted` imports early."""
    package = tmp_path / "code" / "planted"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("VALUE = 1\n")
    (package / "words.yaml").write_text("a: b\n")
    describe(tmp_path / "jupyter", ["planted"], ["planted"])
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    monkeypatch.setenv("PYTHONPATH", str(package.parent))
    return package


def test_changed_code_is_what_the_next_kernel_has(code: Path) -> None:
    """A kernel keeps the code it has, the next has the new; the old zygote ends with its last."""
    with kernel("planted") as old:
        before = parent_of(old.pid)
        with kernel("planted") as same:
            assert parent_of(same.pid) == before
        (code / "__init__.py").write_text("VALUE = 22\n")
        with kernel("planted") as new:
            assert new.run(LOOK) == "22"
            assert old.run(LOOK) == "1"
            assert parent_of(new.pid) != before
            assert is_there(before)
    assert soon(lambda: not is_there(before))


@pytest.mark.parametrize("change", ["words", "new file", "package", "removed"])
def test_any_change_calls_for_a_new_zygote(code: Path, change: str) -> None:
    """A word, a file more or less, a package installed: each is noticed."""
    with kernel("planted") as one:
        before = parent_of(one.pid)
    if change == "words":
        (code / "words.yaml").write_text("a: c\n")
    elif change == "new file":
        (code / "more.py").touch()
    elif change == "package":
        (code.parent / "other-1.0.dist-info").mkdir()
        (code.parent / "other-1.0.dist-info" / "METADATA").touch()
    else:
        (code / "words.yaml").unlink()
    with kernel("planted") as one:
        assert parent_of(one.pid) != before


def test_byte_code_and_editors_leave_the_zygote_alone(code: Path) -> None:
    """What Python or an editor writes beside the code is no change."""
    with kernel("planted") as one:
        before = parent_of(one.pid)
    (code / "__pycache__").mkdir(exist_ok=True)
    (code / "__pycache__" / "x.pyc").touch()
    (code / ".words.yaml.swp").touch()
    with kernel("planted") as one:
        assert parent_of(one.pid) == before


def test_the_digest_is_cheap() -> None:
    """Looking whether anything has changed takes less than a tenth of starting a Python."""
    folders = freshness.folders_of(["a87lib", "widgets", "no_such_package"])
    assert len(folders) == 2
    assert freshness.digest(folders) == freshness.digest(folders)
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        freshness.digest(folders)
        times.append(time.perf_counter() - begun)
    assert min(times) < 0.05, times


def test_what_a_call_has_read_is_there_in_every_kernel(
    code: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`module:function:argument` is called once, in the zygote; kernels have what it left."""
    (code / "__init__.py").write_text("import os\nREAD = {}\ndef read(n): READ[n] = os.getpid()\n")
    describe(tmp_path / "calling", ["planted:read:one"], ["planted"])
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "calling"))
    with kernel("planted") as first, kernel("planted") as second:
        for one in (first, second):
            told = one.run("import planted; print(planted.READ)")
            assert told == str({"one": parent_of(first.pid)})


def test_a_module_that_fails_is_told_by_the_kernel(code: Path) -> None:
    """The zygote goes on without it; who imports it sees the error."""
    (code / "__init__.py").write_text("raise OSError('no such thing')\n")
    with kernel("planted") as one:
        assert isinstance(one.process, ForkedProcess)
        told = one.messages("import planted")
        assert [content["evalue"] for kind, content in told if kind == "error"] == ["no such thing"]


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (
            "import threading, time; threading.Thread(target=time.sleep, args=(9,)).start()",
            "thread",
        ),
        ("import socket; held = socket.socket()", "open after the imports"),
        ("import asyncio; loop = asyncio.new_event_loop()", "open after the imports"),
        ("import matplotlib_inline.backend_inline", "must not be imported early"),
        ("import os; os._exit(0)", "could not be started"),
        ("import os; os.kill(os.getpid(), 9)", "could not be started"),
    ],
)
def test_what_cannot_be_forked_is_started(
    code: Path, caplog: pytest.LogCaptureFixture, source: str, why: str
) -> None:
    """Where forking would be wrong or fails, an ordinary kernel serves, and the log says why."""
    (code / "__init__.py").write_text(source + "\nVALUE = 1\n")
    with caplog.at_level(logging.WARNING), kernel("planted") as one:
        assert isinstance(one.process, subprocess.Popen)
        assert one.run("print(6 * 7)") == "42"
    assert why in caplog.text


@pytest.mark.parametrize("forked", [True, False], ids=["forked", "ordinary"])
def test_nothing_that_a_kernel_says_is_lost(
    code: Path, monkeypatch: pytest.MonkeyPatch, forked: bool
) -> None:
    """A reader who is busy meanwhile finds all of it, in order (ZeroMQ would drop two thirds)."""
    if not forked:
        monkeypatch.delattr(os, "pidfd_open")
    say = "from IPython.display import publish_display_data as say\n"
    say += "for number in range(6000): say({'text/plain': f'{number:4000}'})"
    with kernel("planted") as one:
        asked = one.client.execute(say)
        assert one.client.get_shell_msg(timeout=60)["parent_header"]["msg_id"] == asked
        heard: list[int] = []
        while (message := one.client.get_iopub_msg(timeout=5))["content"] != {
            "execution_state": "idle"
        }:
            if message["msg_type"] == "display_data":
                heard.append(int(message["content"]["data"]["text/plain"]))
    assert heard == list(range(6000))


def test_without_fork_an_ordinary_kernel_serves(
    code: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A system that lacks what is needed has ordinary kernels, on ports."""
    monkeypatch.delattr(os, "pidfd_open")
    with caplog.at_level(logging.WARNING), kernel("planted") as one:
        assert isinstance(one.process, subprocess.Popen)
        assert one.manager.transport == "tcp"
        assert one.run(LOOK) == "1"
    assert "cannot fork" in caplog.text
    assert not warming.warm()


@pytest.mark.parametrize(
    "wish", [{"stdout": subprocess.PIPE}, {"independent": True}], ids=["pipe", "independent"]
)
def test_wishes_that_a_fork_cannot_grant(code: Path, wish: dict[str, object]) -> None:
    """What only an ordinary process can have gets one."""
    with kernel("planted", **wish) as one:
        assert isinstance(one.process, subprocess.Popen)
        assert one.run(LOOK) == "1"


def test_a_killed_zygote_takes_its_kernels_along(code: Path) -> None:
    """The client sees that its kernel has gone; the next kernel has a new zygote."""
    with kernel("planted") as one:
        process, zygote = one.process, parent_of(one.pid)
        os.kill(zygote, signal.SIGKILL)
        assert soon(lambda: not one.manager.is_alive(), within=5)
        assert process.poll() == 1
        with kernel("planted") as other:
            assert other.run(LOOK) == "1"
            assert parent_of(other.pid) != zygote


def test_a_folder_cleaned_away_does_no_harm(code: Path) -> None:
    """Where something has removed the private folder, the next kernel starts all the same."""
    with kernel("planted") as before:
        folder = zygotes.of_this_process().folder
        subprocess.run(["rm", "-r", str(folder)], check=True)
        with kernel("planted") as one:
            assert isinstance(one.process, ForkedProcess)
            assert one.run(LOOK) == "1"
            assert before.run(LOOK) == "1"


OWNER = """
    import sys, time
    from jupyter_client.manager import start_new_kernel
    from a87lib.kernels import zygotes
    pids = []
    for _ in range(2):
        manager, client = start_new_kernel(kernel_name="planted")
        pids.append(manager.provisioner.pid)
        client.execute("import time\\nwhile True: time.sleep(1)")
        globals()[f"kept{len(pids)}"] = manager
    print(*pids, zygotes.of_this_process().folder, flush=True)
    time.sleep(600 if sys.argv[1] == "killed" else 0)
    if sys.argv[1] == "hard": import os; os._exit(0)
"""


def _owner(end: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", textwrap.dedent(OWNER), end]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("end", ["finished", "hard", "killed"])
def test_nothing_is_left_when_the_server_ends(code: Path, end: str) -> None:
    """However a server ends, its zygote, its busy kernels and its folder are gone soon after."""
    owner = _owner(end)
    first, second, folder = owner.stdout.readline().split()
    pids = [int(first), int(second)]
    if end == "killed":
        assert all(is_there(pid) for pid in pids)
        pids.append(parent_of(pids[0]))
        assert Path(folder).is_dir()
        owner.kill()
    owner.communicate()
    assert soon(lambda: not any(is_there(pid) for pid in pids))
    assert soon(lambda: not Path(folder).exists())


def _parents(_: int) -> tuple[int, int, str]:
    """In a process of a batch: who forked its kernel, and what the kernel says."""
    with kernel("planted") as one:
        return os.getpid(), parent_of(one.pid), one.run(LOOK)


def test_a_batch_shares_one_zygote(code: Path) -> None:
    """Processes started meanwhile share one, even when the one that started it has ended."""
    with warming.shared(), ProcessPoolExecutor(3, mp_context=get_context("spawn")) as pool:
        found = list(pool.map(_parents, range(6)))
        zygote = found[0][1]
        assert {(parent, told) for _, parent, told in found} == {(zygote, "1")}
        assert soon(lambda: children_of(zygote) == [])
        for process in {process for process, _, _ in found}:
            os.kill(process, signal.SIGKILL)
    with warming.shared():
        again = _owner("killed")
        pids = [int(word) for word in again.stdout.readline().split()[:2]]
        assert {parent_of(pid) for pid in pids} == {zygote}
        again.kill()
        again.communicate()
        assert soon(lambda: children_of(zygote) == []), "a kernel ends with the one who asked"
        assert is_there(zygote)
    assert "A87_ZYGOTES" not in os.environ
