"""Kernels of reports that are started ahead: fresh, fitting, and gone when nobody needs them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from kernels import children_of, is_there, parent_of, soon

from a87lib.kernels import provisioner
from a87lib.report import ahead
from a87lib.report.ahead import Kernel, Kernels
from a87lib.report.homes import PREFIX

ENVIRONMENT = {**os.environ, "A87_TEST": "one"}


def pid_of(kernel: Kernel) -> int:
    return kernel.manager.provisioner.process.pid


def said(kernel: Kernel, code: str) -> str:
    """What some code prints; it fails where the code does."""
    told = []
    reply = kernel.client.execute_interactive(
        code, timeout=60, output_hook=lambda message: told.append(message["content"])
    )
    assert reply["content"]["status"] == "ok", reply["content"]
    return "".join(content.get("text", "") for content in told).strip()


def homes() -> list[Path]:
    return list(Path(tempfile.gettempdir()).glob(f"{PREFIX}{os.getpid()}-*"))


def the_other(used: int) -> int:
    """The process of the kernel that was started ahead, while a first one is in use."""
    zygote = parent_of(used)

    def others() -> list[int]:
        return [pid for pid in children_of(zygote) if pid != used and is_there(pid)]

    assert soon(lambda: len(others()) == 1, 20)
    return others()[0]


def taken(kernels: Kernels, environment: dict[str, str] = ENVIRONMENT) -> Kernel:
    """A kernel whose report has begun."""
    kernel = kernels.take(environment)
    kernels.begun(kernel)
    return kernel


@pytest.fixture
def kernels():
    """Kernels of this process, one always ready; whatever a test leaves of them is an error."""
    made = Kernels()
    made.start_ahead()
    yield made
    made.end()
    assert not homes()


def test_the_next_kernel_is_ready_and_has_seen_nothing(kernels):
    """It is another process, forked before the first report was done, and knows nothing of it."""
    first = taken(kernels)
    ready = the_other(pid_of(first))
    said(first, "import builtins; builtins.planted = planted = 1")
    kernels.give_back(first)
    second = taken(kernels)
    assert pid_of(second) == ready
    assert said(second, "print('planted' in dir(__builtins__) or 'planted' in dir())") == "False"
    kernels.give_back(second)


def test_a_kernel_of_another_environment_is_thrown_away(kernels, tmp_path, monkeypatch):
    """A report has the environment and the folder that it was asked for with."""
    asked = "import os; print(os.environ['A87_TEST'], os.getcwd())"
    first = taken(kernels)
    wrong, here = the_other(pid_of(first)), Path.cwd()
    assert said(first, asked) == f"one {here}"
    kernels.give_back(first)
    second = taken(kernels, {**ENVIRONMENT, "A87_TEST": "two"})
    assert said(second, asked) == f"two {here}" and soon(lambda: not is_there(wrong))
    kernels.give_back(second)
    monkeypatch.chdir(tmp_path)
    third = taken(kernels, {**ENVIRONMENT, "A87_TEST": "two"})
    assert said(third, asked) == f"two {tmp_path}"
    kernels.give_back(third)


def test_a_kernel_of_yesterdays_code_is_thrown_away(kernels, tmp_path, monkeypatch):
    """A package that was installed since it was started is noticed."""
    first = taken(kernels)
    stale = the_other(pid_of(first))
    kernels.give_back(first)
    (tmp_path / "new.dist-info").mkdir()
    (tmp_path / "new.dist-info" / "METADATA").write_text("Name: new")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(ahead, "AT_ONCE", 0)
    second = taken(kernels)
    assert pid_of(second) != stale and soon(lambda: not is_there(stale))
    kernels.give_back(second)


def test_a_kernel_that_has_died_meanwhile_is_not_given(kernels):
    """Something has killed it: another one serves."""
    first = taken(kernels)
    dead = the_other(pid_of(first))
    os.kill(dead, signal.SIGKILL)
    assert soon(lambda: not is_there(dead))
    second = taken(kernels)
    assert said(second, "print(1)") == "1"
    for kernel in (first, second):
        kernels.give_back(kernel)


def test_at_the_end_no_kernel_is_left_and_none_is_started_any_more():
    """Neither a process nor a folder stays; what is asked for later still comes, alone."""
    kernels = Kernels()
    kernels.start_ahead()
    first = taken(kernels)
    zygote, ready = parent_of(pid_of(first)), the_other(pid_of(first))
    kernels.give_back(first)
    kernels.end()
    assert soon(lambda: not is_there(ready)) and not homes()
    last = taken(kernels)
    kernels.give_back(last)
    kernels.end()
    assert soon(lambda: not children_of(zygote)) and not homes()


WORKER = """
import os, sys
from a87lib.report.ahead import of_this_process
kernels = of_this_process()
kernels.start_ahead()
used = kernels.take(os.environ)
kernels.begun(used)
print(used.manager.provisioner.process.pid, flush=True)
sys.stdin.read()
"""


def test_a_process_that_is_killed_leaves_no_kernel():
    """kill -9 of whoever has started them ends the kernel in use and the one made ready."""
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    used = int(worker.stdout.readline())
    pids = [used, the_other(used)]
    worker.kill()
    worker.wait()
    assert soon(lambda: not any(map(is_there, pids)))


def test_where_nothing_can_be_forked_ordinary_kernels_are_started_ahead(kernels, monkeypatch):
    """They serve alike and end alike."""
    monkeypatch.setattr(provisioner, "supported", lambda: False)
    first = taken(kernels)
    second = taken(kernels)
    pids = pid_of(first), pid_of(second)
    assert isinstance(second.manager.provisioner.process, subprocess.Popen)
    assert said(second, "import os; print(os.environ['A87_TEST'])") == "one"
    for kernel in (first, second):
        kernels.give_back(kernel)
    kernels.end()
    assert not any(is_there(pid) for pid in pids)
