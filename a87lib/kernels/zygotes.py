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
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from a87lib.kernels import wire
from a87lib.kernels.becoming import Order
from a87lib.kernels.forked import ForkedProcess
from a87lib.kernels.kind import Kind
from a87lib.kernels.starting import CannotFork, started

SHARED = "A87_ZYGOTES"  # names the folder of zygotes that another process lets us ask
OWNER = "owner"  # a file with the number of the process that a folder and its zygotes belong to
TRIES = 3  # zygotes that may be found to be of yesterday's code, one after the other
ANSWER_WITHIN = 30.0  # seconds until a zygote that listens has forked
LISTEN_WITHIN = 60.0  # seconds that a kernel may take until it listens
LONGEST_FOLDER = 60  # bytes: the path of a socket has at most 107
AGAIN_AFTER = 60.0  # seconds without a new try where a zygote could not be started


def supported() -> bool:
    """Whether this system has what pre-forked kernels need (Linux 5.4 has)."""
    return all(hasattr(os, name) for name in ("fork", "pidfd_open", "P_PIDFD"))


class Zygotes:
    """One zygote for each kind of environment, in a private folder.

    The folder, and so the zygotes, belong to this process, or to one that shares them with us.
    """

    def __init__(self) -> None:
        self.process = os.getpid()
        self._lock = threading.Lock()
        self._started: list[subprocess.Popen[bytes]] = []
        self._failed: dict[Path, tuple[float, str]] = {}
        self._own: Path | None = None

    @property
    def folder(self) -> Path:
        """The private folder for all sockets; made again where something has cleaned it away."""
        shared = os.environ.get(SHARED)
        if shared and _is_private(Path(shared)):
            return Path(shared)
        if self._own is None:
            atexit.register(self._clean)
        if self._own is None or not _is_private(self._own):
            self._own = private_folder()
            (self._own / OWNER).write_text(str(self.process), encoding="ascii")
        return self._own

    def warm(self, kind: Kind) -> None:
        """Start the zygote now, so that the first kernel need not wait. Raises CannotFork."""
        try:
            self._line(kind).close()
        except OSError as error:
            raise CannotFork(str(error)) from error

    def fork(self, kind: Kind, order: Order) -> ForkedProcess:
        """A kernel that listens already. Raises CannotFork."""
        try:
            heard, listening = os.pipe()
            with os.fdopen(heard, "rb") as told:
                try:
                    process = self._ask(kind, order.with_file(listening))
                finally:
                    os.close(listening)
                watch = select.poll()
                watch.register(told, select.POLLIN)
                watch.poll(LISTEN_WITHIN * 1000)
        except OSError as error:
            raise CannotFork(str(error)) from error
        return process

    def _ask(self, kind: Kind, order: Order) -> ForkedProcess:
        for _ in range(TRIES):
            answer = _answer(self._line(kind), order)
            if answer is not None:
                return answer
        raise CannotFork("the code changed while the zygote imported it")

    def _line(self, kind: Kind) -> socket.socket:
        """A line to the zygote, which is started where there is none."""
        folder = self.folder
        path = folder / kind.socket
        line = _connected(path)
        if line is not None:
            return line
        with self._lock, _alone(folder):
            return _connected(path) or self._start(path, kind)

    def _start(self, path: Path, kind: Kind) -> socket.socket:
        self._started = [process for process in self._started if process.poll() is None]
        path.unlink(missing_ok=True)
        failed_at, why = self._failed.get(path, (-AGAIN_AFTER, ""))
        if time.monotonic() - failed_at < AGAIN_AFTER:
            raise CannotFork(why)
        try:
            self._started.append(started(path, self._owner_of(path.parent), kind))
            line = _connected(path)
            if line is None:
                raise CannotFork("the zygote ended as soon as it was there")
        except CannotFork as error:
            self._failed[path] = (time.monotonic(), str(error))
            raise
        return line

    def _owner_of(self, folder: Path) -> int:
        if folder == self._own:
            return self.process
        return int((folder / OWNER).read_text(encoding="ascii"))

    def _clean(self) -> None:
        if self._own is not None and self.process == os.getpid():
            shutil.rmtree(self._own, ignore_errors=True)


_zygotes = Zygotes()


def of_this_process() -> Zygotes:
    """The zygotes of this process. (A forked copy of a process has none yet.)"""
    global _zygotes
    if _zygotes.process != os.getpid():
        _zygotes = Zygotes()
    return _zygotes


def private_folder() -> Path:
    """A new folder for this user alone, whose path is short enough for sockets."""
    folder = Path(tempfile.mkdtemp(prefix="a87-kernels-"))
    if len(os.fsencode(folder)) > LONGEST_FOLDER:
        folder.rmdir()
        folder = Path(tempfile.mkdtemp(prefix="a87-kernels-", dir="/tmp"))
    return folder


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time starts a zygote in a folder."""
    import fcntl  # not where nothing can be forked

    with (folder / "lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


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
