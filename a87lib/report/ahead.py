"""Kernels for reports, one for each; the next one is started while a report is being made.

A kernel started ahead is a fresh fork like any other: it has seen no report, and serves one. It is
thrown away where it does not fit: another environment or folder is wanted, code has changed since
it was started, or it has ended. It ends with the process that started it, by whatever death.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

from a87lib.kernels import freshness
from a87lib.kernels.client import BLOCKING
from a87lib.kernels.install import JUPYTER, NAME
from a87lib.report.homes import new_home, variables

START_WITHIN = 120.0  # seconds: a busy machine starts a kernel slowly
AT_ONCE = 1.0  # seconds in which a change of code need not be noticed
_FIRST = {"none": "None"}  # what is shown first, and makes the kernel ready to show anything
LONGEST_SOCKET_FOLDER = 80  # characters: the path of a socket has at most 107


class Kernel:
    """A kernel that answers, with a home of its own. client: what speaks to it."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment, self.folder = dict(environment), Path.cwd()
        self.home = new_home()
        self.client: Any = None
        self.manager = KernelManager(
            kernel_name=NAME,
            kernel_spec_manager=KernelSpecManager(kernel_dirs=[str(JUPYTER / "kernels")]),
            connection_file=str(self.home / "kernel.json"),
            client_class=BLOCKING,
            **_channels(self.home),
        )
        try:
            self._code, self._begun = self._digest(), time.monotonic()
            self.manager.start_kernel(env={**self.environment, **variables(self.home)})
            self.client = self.manager.client()
            self.client.start_channels(stdin=False, hb=False)
            self.client.execute("", silent=True, user_expressions=_FIRST)
            self.client.wait_for_ready(START_WITHIN)
        except BaseException:
            self.end()
            raise

    def fits(self, environment: Mapping[str, str]) -> bool:
        """Whether it is what one that is started now would be."""
        return (
            self.environment == environment
            and self.folder == Path.cwd()
            and self.manager.is_alive()
            and (self._begun > time.monotonic() - AT_ONCE or self._code == self._digest())
        )

    def end(self) -> None:
        """End it at once; nothing of it stays."""
        if self.client is not None:
            self.client.stop_channels()
        if self.manager.has_kernel:
            self.manager.shutdown_kernel(now=True)
        shutil.rmtree(self.home, ignore_errors=True)

    def _digest(self) -> str:
        spec: Any = self.manager.kernel_spec
        watched = spec.metadata["kernel_provisioner"]["config"]["watched"]
        return freshness.digest(freshness.folders_of(watched))


def _channels(home: Path) -> dict[str, Any]:
    """Sockets in the home; where its name is too long for that, ports of this machine.

    (Jupyter's own default for them is one name in the working directory: two kernels would answer
    one another's messages.)
    """
    if len(str(home)) > LONGEST_SOCKET_FOLDER:
        return {"transport": "tcp"}
    return {"transport": "ipc", "ip": f"{home}/k"}


class Kernels:
    """Starts and ends the kernels of this process, one after the other, in a thread of its own."""

    def __init__(self) -> None:
        self.process = os.getpid()
        self._thread = ThreadPoolExecutor(1, "kernels")
        self._ahead = False
        self._next: Kernel | None = None

    def take(self, environment: Mapping[str, str]) -> Kernel:
        """A kernel for one report: the one that was started ahead, if it fits."""
        return self._thread.submit(self._fitting, dict(environment)).result()

    def begun(self, kernel: Kernel) -> None:
        """A kernel works now: the time to start the next one."""
        if self._ahead:
            self._thread.submit(self._start, kernel.environment)

    def give_back(self, kernel: Kernel) -> None:
        """End a kernel whose report is done, without waiting for that."""
        self._thread.submit(kernel.end)

    def start_ahead(self) -> None:
        """From now on have a kernel ready for the next report of the same environment."""
        self._ahead = True

    def end(self) -> None:
        """Start none ahead any more, and end all that is left."""
        self._ahead = False
        self._thread.submit(self._drop).result()

    def _fitting(self, environment: Mapping[str, str]) -> Kernel:
        kernel, self._next = self._next, None
        if kernel is not None and not kernel.fits(environment):
            kernel.end()
            kernel = None
        return kernel or Kernel(environment)

    def _start(self, environment: Mapping[str, str]) -> None:
        self._drop()
        self._next = Kernel(environment)

    def _drop(self) -> None:
        if self._next is not None:
            self._next.end()
            self._next = None


_kernels = Kernels()


def of_this_process() -> Kernels:
    """The kernels of this process. (A forked copy of a process has none yet.)"""
    global _kernels
    if _kernels.process != os.getpid():
        _kernels = Kernels()
    return _kernels
