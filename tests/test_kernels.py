"""Pre-forked kernels are kernels like any other: apart from one another, and gone when they end."""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from jupyter_client.kernelspec import KernelSpecManager
from kernels import (
    Running,
    children_of,
    describe,
    is_there,
    kernel,
    needs_forking,
    open_files,
    parent_of,
    soon,
)

from a87lib.kernels import install, zygotes
from a87lib.kernels.forked import ForkedProcess

pytestmark = needs_forking


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A kernel `light` that imports less early, and heeds no change that others make meanwhile."""
    describe(tmp_path / "jupyter", ["pandas", "matplotlib.pyplot", "ipywidgets"], [], "light")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))


def test_the_kernel_is_installed() -> None:
    """Jupyter finds the kernel a87 in this environment, as the package describes it."""
    spec = KernelSpecManager(kernel_dirs=[str(Path(sys.prefix, "share/jupyter/kernels"))])
    found = Path(spec.get_kernel_spec("a87").resource_dir, "kernel.json")
    assert json.loads(found.read_text()) == json.loads(install.SPEC.read_text())


def test_the_shipped_kernel_has_imported_what_it_lists(caplog: pytest.LogCaptureFixture) -> None:
    """All modules listed can be imported early, and none of them stands in the way of forking."""
    with caplog.at_level(logging.INFO), kernel("a87") as one:
        assert isinstance(one.process, ForkedProcess)
        chosen = json.loads(install.SPEC.read_text())["metadata"]["kernel_provisioner"]["config"]
        names = {name.partition(":")[0] for name in chosen["preloaded"]}
        assert one.run(f"import sys; print({names!r} - sys.modules.keys())") == "set()"
    assert [record.message for record in caplog.records if "early" in record.message] == []


def test_a_kernel_is_a_fork_of_our_child() -> None:
    """Its parent is a process that we started; it listens on files instead of ports."""
    with kernel() as one, kernel() as other:
        assert isinstance(one.process, ForkedProcess)
        assert parent_of(one.pid) == parent_of(other.pid)
        assert parent_of(parent_of(one.pid)) == os.getpid()
        assert one.manager.transport == "ipc"
        assert socket_files(one) == 5


def socket_files(one: Running) -> int:
    return len(list(Path(one.manager.ip).parent.glob(f"{Path(one.manager.ip).name}-*")))


def test_what_one_kernel_does_another_never_sees() -> None:
    """Builtins, modules, options, environment, folder and random numbers are its own."""
    plant = """
        import builtins, os, sys, types, numpy, pandas, matplotlib, random
        builtins.planted = 1
        sys.modules["planted"] = types.ModuleType("planted")
        pandas.options.display.max_rows = 7
        matplotlib.rcParams["figure.dpi"] = 7
        os.environ["PLANTED"] = "1"
        os.chdir("/")
        numpy.random.seed(1); random.seed(1)
    """
    look = """
        import builtins, os, sys, numpy, pandas, matplotlib, random
        print(hasattr(builtins, "planted"), "planted" in sys.modules, os.environ.get("PLANTED"),
            pandas.options.display.max_rows == 7, matplotlib.rcParams["figure.dpi"] == 7,
            os.getcwd() == "/", "planted" in globals())
    """
    clean = "False False None False False False False"
    with kernel() as before, kernel() as one:
        one.run(textwrap.dedent(plant))
        one.run("planted = 1")
        with kernel() as after:
            assert before.run(textwrap.dedent(look)) == clean
            assert after.run(textwrap.dedent(look)) == clean


def test_random_numbers_differ() -> None:
    """No two kernels draw the same numbers, from Python or from numpy."""
    draw = "import random, numpy; print(random.random(), numpy.random.random())"
    drawn = []
    for _ in range(3):
        with kernel() as one:
            drawn.append(one.run(draw).split())
    for numbers in zip(*drawn, strict=True):
        assert len(set(numbers)) == 3


def test_an_interrupt_ends_the_cell_and_nothing_else() -> None:
    """What ran is interrupted; what was known is still known."""
    with kernel() as one:
        one.run("kept = 5")
        code = "print('begun', flush=True)\nimport time; time.sleep(60)"
        request = one.client.execute(code, stop_on_error=False)  # what is asked next is not dropped
        while one.client.get_iopub_msg(timeout=10)["content"].get("text", "") != "begun\n":
            pass
        one.manager.interrupt_kernel()
        reply = one.client.get_shell_msg(timeout=10)
        assert reply["parent_header"]["msg_id"] == request
        assert reply["content"]["ename"] == "KeyboardInterrupt"
        assert one.run("print(kept)") == "5"


def test_a_restart_forgets() -> None:
    """After a restart another process answers, and knows nothing; the first one is gone."""
    with kernel() as one:
        one.run("known = 1")
        first = one.pid
        one.restart()
        assert one.pid != first
        assert isinstance(one.process, ForkedProcess)
        assert one.run("print('known' in globals())") == "False"
        assert not is_there(first)


@pytest.mark.parametrize(
    ("end", "status"),
    [
        ("os.kill(os.getpid(), signal.SIGKILL)", -signal.SIGKILL),
        ("os.abort()", -signal.SIGABRT),
        ("os._exit(3)", 3),
    ],
)
def test_a_crash_is_seen_at_once(end: str, status: int) -> None:
    """The client is told that its kernel is dead, and how it ended."""
    with kernel() as one:
        process = one.process
        assert one.manager.is_alive()
        one.client.execute(f"import os, signal; {end}")
        assert soon(lambda: not one.manager.is_alive(), within=3)
        assert process.poll() == status
        assert process.wait() == status


def test_a_polite_end_says_everything_first() -> None:
    """What was printed last arrives, so does the reply, and the kernel ends with 0."""
    with kernel() as one:
        process = one.process
        one.client.execute("for i in range(2000): print(i)", reply=True, timeout=10)
        one.client.shutdown()
        printed = ""
        while True:
            message = one.client.get_iopub_msg(timeout=10)
            printed += message["content"].get("text", "")
            if message["msg_type"] == "shutdown_reply":
                break
        assert one.client.get_control_msg(timeout=10)["content"]["status"] == "ok"
        assert printed.splitlines() == [str(i) for i in range(2000)]
        assert process.wait(timeout=5) == 0


def test_a_kernel_has_the_environment_it_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of our own variables it sees none but those allowed; not in its record in /proc either."""
    monkeypatch.setenv("A87_SECRET", "swordfish")
    allowed = {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "A87_REGISTER": "x.db"}
    look = """
        import os
        print("A87_SECRET" in os.environ, os.environ["A87_REGISTER"],
            b"swordfish" in open("/proc/self/environ", "rb").read(),
            b"swordfish" in open(f"/proc/{os.getppid()}/environ", "rb").read(),
            "A87_ZYGOTES" in os.environ)
    """
    with kernel(env=allowed) as one, kernel("python3", env=allowed) as ordinary:
        assert one.run(textwrap.dedent(look)) == "False x.db False False False"
        names = "import os; print(*sorted(os.environ))"
        assert one.run(names) == ordinary.run(names)


def test_folder_and_time_zone_are_those_of_the_request(tmp_path: Path) -> None:
    """Each kernel works in its own folder and lives in its own time zone."""
    look = """
        import os, time, datetime
        day = datetime.datetime(2025, 1, 1).astimezone()
        print(os.getcwd(), day.strftime("%z"), time.tzname[0])
    """
    for zone, hours in (("Asia/Tokyo", "+0900 JST"), ("America/Lima", "-0500 -05")):
        folder = tmp_path / zone.replace("/", "-")
        folder.mkdir()
        with kernel(env={**os.environ, "TZ": zone}, cwd=str(folder)) as one:
            assert one.run(textwrap.dedent(look)) == f"{folder} {hours}"


def test_variables_read_when_python_starts_count() -> None:
    """A kernel asked for with PYTHONHASHSEED or PYTHONPATH is as an ordinary one would be."""
    given = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": "/nowhere/at/all"}
    look = "import sys; print(hash('a'), '/nowhere/at/all' in sys.path)"
    ordinary = subprocess.check_output([sys.executable, "-c", look], env=given, text=True)
    with kernel() as other, kernel(env=given) as one:
        assert one.run(look) == ordinary.strip()
        assert parent_of(one.pid) != parent_of(other.pid)


def test_no_connection_is_inherited(tmp_path: Path) -> None:
    """A kernel holds no socket, pipe or file of ours, of the zygote's, or of another kernel's."""
    listening = socket.create_server(("127.0.0.1", 0))
    database = sqlite3.connect(tmp_path / "register.db")
    database.execute("create table t (x)")
    os.set_inheritable(listening.fileno(), True)
    with listening, kernel() as one, kernel() as other:
        ours = set(open_files(os.getpid()).values())
        zygote = set(open_files(parent_of(one.pid)).values())
        first = {n: what for n, what in open_files(one.pid).items() if n > 2}
        second = {n: what for n, what in open_files(other.pid).items() if n > 2}
        private = {what for what in first.values() if what.startswith(("socket:", "pipe:"))}
        assert private, "a kernel listens, so it has sockets of its own"
        assert private.isdisjoint(ours | zygote | set(second.values()))
        assert not [what for what in first.values() if "register.db" in what or "pidfd" in what]
    database.close()


def test_only_this_user_can_ask() -> None:
    """The zygote's socket and its folder are open to their owner alone."""
    with kernel():
        folder = zygotes.of_this_process().folder
        sockets = list(folder.glob("*.socket"))
        assert sockets
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert {stat.S_IMODE(path.stat().st_mode) for path in sockets} == {0o600}


def test_what_a_kernel_starts_ends_with_it() -> None:
    """A process that a cell has started is ended with the kernel."""
    with kernel() as one:
        start = "import subprocess; print(subprocess.Popen(['sleep', '600']).pid)"
        started = int(one.run(start))
        assert is_there(started)
    assert soon(lambda: not is_there(started))


def test_twenty_kernels_leave_nothing_behind() -> None:
    """After twenty kernels there is no open file, process or socket more than after one."""
    with kernel() as one:
        zygote = parent_of(one.pid)
    folder = zygotes.of_this_process().folder

    def held() -> tuple[int, int, list[int], list[Path]]:
        ours = len(open_files(os.getpid()))
        return ours, len(open_files(zygote)), children_of(zygote), sorted(folder.iterdir())

    assert soon(lambda: children_of(zygote) == [])
    before = held()
    for number in range(20):
        with kernel() as one:
            assert one.run(f"print({number})") == str(number)
            assert parent_of(one.pid) == zygote
    assert soon(lambda: held() == before), (before, held())
