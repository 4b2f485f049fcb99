"""The zygotes of this process: found, started, asked for kernels."""

from __future__ import annotations

import atexit
import os
import select
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

from a87lib.kernels import wire
from a87lib.kernels.becoming import Order
from a87lib.kernels.forked import ForkedProcess
from a87lib.kernels.kind import Kind
from a87lib.kernels.starting import CannotFork, started

SHARED = "A87_ZYGOTES"  # names the folder of zygotes that another process lets us ask
ANSWER_WITHIN = 30.0  # seconds until a zygote that listens has forked
LISTEN_WITHIN = 60.0  # seconds that a kernel may take until it listens
LONGEST_FOLDER = 60  # bytes: the path of a socket has at most 107
AGAIN_AFTER = 60.0  # seconds without a new try where a zygote could not be started


def supported() -> bool:
    """Whether this system has what pre-forked kernels need (Linux 5.4 has)."""
    return all(hasattr(os, name) for name in ("fork", "pidfd_open", "P_PIDFD"))


class Zygotes:
    """One zygote for each kind of environment, in a private folder that goes with this process."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self._lock = threading.Lock()
        self._processes: dict[Path, subprocess.Popen[bytes]] = {}
        self._retired: list[subprocess.Popen[bytes]] = []
        self._failed: dict[Path, tuple[float, str]] = {}
        self._folder: Path | None = None

    @property
    def folder(self) -> Path:
        """The private folder of this process; made again where something has cleaned it away."""
        if self._folder is None:
            atexit.register(self._clean)
        elif not self._folder.exists():
            with suppress(OSError):
                self._folder.mkdir(mode=0o700)
        if self._folder is None or not _is_private(self._folder):
            self._folder = private_folder()
        return self._folder

    @property
    def sockets(self) -> Path:
        """Where kernels may put their sockets: what outlives this process is removed there."""
        return _shared() or self.folder

    def warm(self, kind: Kind) -> None:
        """Start the zygote now, so that the first kernel need not wait. Raises CannotFork."""
        with self._lock:
            line = self._found(kind) or self._start(kind)
            line.close()

    def fork(self, kind: Kind, order: Order) -> ForkedProcess:
        """A kernel that listens already. Raises CannotFork."""
        try:
            heard, listening = os.pipe()
        except OSError as error:
            raise CannotFork(str(error)) from error
        with open(heard, "rb") as told:  # noqa: PTH123 - closed whatever happens
            try:
                process = self._ask(kind, order.with_file(listening))
            except OSError as error:
                raise CannotFork(str(error)) from error
            finally:
                os.close(listening)
            watch = select.poll()
            watch.register(told, select.POLLIN)
            watch.poll(LISTEN_WITHIN * 1000)
        return process

    def _ask(self, kind: Kind, order: Order) -> ForkedProcess:
        with self._lock:
            line = self._found(kind)
            answer = _answer(line, order) if line is not None else None
            if answer is None:  # none is there, or one whose code has changed
                answer = _answer(self._start(kind), order)
        if answer is None:
            raise CannotFork("the code changed while the zygote imported it")
        return answer

    def _found(self, kind: Kind) -> socket.socket | None:
        """A line to a zygote that listens: one that is shared with us, or our own."""
        folders = [_shared(), self._folder]
        lines = (_connected(folder / kind.socket) for folder in folders if folder is not None)
        return next((line for line in lines if line is not None), None)

    def _start(self, kind: Kind) -> socket.socket:
        """Start a zygote of our own and connect to it."""
        path = self.folder / kind.socket
        self._forget(path)
        failed_at, why = self._failed.get(path, (-AGAIN_AFTER, ""))
        if time.monotonic() - failed_at < AGAIN_AFTER:
            raise CannotFork(why)
        try:
            self._processes[path] = started(path, kind)
            line = _connected(path)
            if line is None:
                raise CannotFork("the zygote ended as soon as it was there")
        except CannotFork as error:
            self._failed[path] = (time.monotonic(), str(error))
            raise
        return line

    def _forget(self, path: Path) -> None:
        """Forget the zygote that was there. It ends by itself after its last kernel."""
        if path in self._processes:
            self._retired.append(self._processes.pop(path))
        self._retired = [process for process in self._retired if process.poll() is None]
        path.unlink(missing_ok=True)

    def _clean(self) -> None:
        if self._folder is not None and self.owner == os.getpid():
            shutil.rmtree(self._folder, ignore_errors=True)


_zygotes = Zygotes()


def of_this_process() -> Zygotes:
    """The zygotes of this process. (A forked copy of a process has none yet.)"""
    global _zygotes
    if _zygotes.owner != os.getpid():
        _zygotes = Zygotes()
    return _zygotes


def private_folder() -> Path:
    """A new folder for this user alone, whose path is short enough for sockets."""
    folder = Path(tempfile.mkdtemp(prefix="a87-kernels-"))
    if len(os.fsencode(folder)) > LONGEST_FOLDER:
        folder.rmdir()
        folder = Path(tempfile.mkdtemp(prefix="a87-kernels-", dir="/tmp"))
    return folder


def _shared() -> Path | None:
    """The folder of zygotes that another process of this user shares with us, if any."""
    named = os.environ.get(SHARED)
    return Path(named) if named and _is_private(Path(named)) else None


def _is_private(folder: Path) -> bool:
    try:
        status = folder.stat()
    except OSError:
        return False
    return status.st_uid == os.getuid() and not status.st_mode & 0o077


def _connected(path: Path) -> socket.socket | None:
    line = socket.socket(socket.AF_UNIX)
    try:
        line.connect(os.fspath(path))
    except OSError:
        line.close()
        return None
    return line


def _answer(line: socket.socket, order: Order) -> ForkedProcess | None:
    """The kernel; None where the zygote is stale or gone. Raises CannotFork where it refuses."""
    line.settimeout(ANSWER_WITHIN)
    with suppress(wire.Ended, TimeoutError):
        wire.send(line, order.message(), order.files)
        answer, received = wire.receive(line)
        if "pid" in answer:
            return ForkedProcess(answer["pid"], received[0], line)
        if "refused" in answer:
            line.close()
            raise CannotFork(answer["refused"])
    line.close()
    return None
