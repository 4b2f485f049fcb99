"""What Jupyter is told about: a provisioner that forks kernels instead of starting Pythons."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import uuid
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.localinterfaces import localhost
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import List, Unicode

from a87lib.kernels.becoming import Order
from a87lib.kernels.forked import ForkedProcess
from a87lib.kernels.kind import Kind
from a87lib.kernels.starting import CannotFork
from a87lib.kernels.zygotes import SHARED, of_this_process, supported

LAUNCHER = ["-m", "ipykernel_launcher"]
OURS = ["-m", "a87lib.kernels.launcher"]
END_WITHIN = 0.5  # seconds in which a kernel that was told to end usually has


class PreforkedProvisioner(LocalProvisioner):
    """Asks this process's zygote for a kernel; where there can be none, starts an ordinary one.

    Kernels listen on files of a private folder instead of ports, unless a transport other than
    the default was configured.
    """

    process: Any = None
    preloaded = List(Unicode(), help="Modules to import, module:function:argument to call.")
    watched = List(Unicode(), help="Packages whose change calls for new imports.")

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """As for every local kernel, with files in place of ports."""
        connection = self.parent
        if supported() and connection is not None:
            _use_files(connection, of_this_process().folder)
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Have a kernel forked; say why in the log where an ordinary one is started instead."""
        try:
            await asyncio.to_thread(self._fork, cmd, **self._scrub_kwargs(kwargs))
        except CannotFork as reason:
            self.log.warning("An ordinary kernel is started: %s.", reason)
            ours = [cmd[0], *OURS, *cmd[3:]] if _is_own(cmd) else cmd
            return await super().launch_kernel(ours, **kwargs)
        return self.connection_info

    async def shutdown_requested(self, restart: bool = False) -> None:
        """Wait here for a kernel that ends at once: Jupyter looks only ten times a second."""
        await self._wait_for_end()

    async def kill(self, restart: bool = False) -> None:
        """End the kernel, and wait for that as above."""
        await super().kill(restart)
        await self._wait_for_end()

    async def _wait_for_end(self) -> None:
        if isinstance(self.process, ForkedProcess):
            with suppress(subprocess.TimeoutExpired):
                await asyncio.to_thread(self.process.wait, END_WITHIN)

    def _fork(
        self,
        cmd: list[str],
        *,
        env: dict[str, str],
        cwd: str | os.PathLike[str] | None = None,
        stdin: Any = None,
        stdout: Any = None,
        stderr: Any = None,
        **others: Any,
    ) -> None:
        if not supported():
            raise CannotFork("this system cannot fork and watch processes")
        if any(others.values()):
            raise CannotFork(f"it was asked for with {', '.join(sorted(others))}")
        if not _is_own(cmd):
            raise CannotFork("it is not this Python's own kernel")
        folder = Path.cwd() if cwd is None else Path(cwd).expanduser()
        if not folder.is_dir():
            raise CannotFork(f"there is no folder {folder.name}")
        env = {**env, "JPY_PARENT_PID": str(os.getpid())}
        env.pop(SHARED, None)
        kind = Kind.of(self.preloaded, self.watched, env)
        with ExitStack() as stack:
            nothing = stack.enter_context(Path(os.devnull).open("r+b"))
            files = (
                _number(subprocess.DEVNULL if stdin is None else stdin, 0, nothing.fileno()),
                _number(stdout, 1, nothing.fileno()),
                _number(stderr, 2, nothing.fileno()),
            )
            order = Order(cmd[3:], env, os.fspath(folder), files)
            self.process = of_this_process().fork(kind, order)
        self.pid = self.pgid = self.process.pid
        self.cwd = folder


def _is_own(cmd: list[str]) -> bool:
    """Whether this Python's own kernel was asked for."""
    return cmd[0] == sys.executable and cmd[1:3] == LAUNCHER


def _use_files(connection: Any, folder: Path) -> None:
    """Let a kernel manager that was told nothing else speak to its kernel through files.

    (Jupyter's own default for them is one name in the working directory, for all kernels.)
    """
    ports = connection.transport == "tcp" and connection.ip == localhost()
    if ports or (connection.transport == "ipc" and not Path(connection.ip).is_absolute()):
        connection.transport = "ipc"
        connection.cache_ports = False
        connection.ip = os.fspath(folder / uuid.uuid4().hex[:12])


def _number(stream: Any, inherited: int, nothing: int) -> int:
    """The open file that Popen would take for a stream."""
    if stream is None:
        return inherited
    if stream == subprocess.DEVNULL:
        return nothing
    if isinstance(stream, int) and stream < 0:
        raise CannotFork("a pipe to it was asked for")
    return stream if isinstance(stream, int) else int(stream.fileno())
