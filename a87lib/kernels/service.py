"""How a zygote serves: orders come in, kernels are forked, and their ends are told."""

from __future__ import annotations

import os
import select
import signal
import socket
import struct
from dataclasses import dataclass
from pathlib import Path

from a87lib.kernels import freshness, wire
from a87lib.kernels.becoming import Order

_PATIENCE = 10.0  # seconds for one message
_PEER = struct.Struct("iII")


@dataclass(eq=False)
class Kernel:
    """A forked kernel: its process, and the line to the one who asked (None: has let go)."""

    pid: int
    pidfd: int
    line: socket.socket | None
    status: int | None = None


class Service:
    """Waits for orders and for the ends of kernels, of those who asked, and of its owner.

    One thread and no event loop: what is forked must hold nothing alive. A kernel is reaped when
    its end has been told and heard, so that its number means nothing else before.
    """

    def __init__(self, path: str, folders: tuple[str, ...]) -> None:
        self._path = path
        self._owner = -1
        self._folders = folders
        self._digest = freshness.digest(self._folders)
        self._kernels: list[Kernel] = []
        self._door: socket.socket | None = None

    def open(self, owner: int) -> None:
        """Listen, for this user alone, as long as a process lives."""
        self._owner = os.pidfd_open(owner)
        self._door = socket.socket(socket.AF_UNIX)
        before = os.umask(0o177)
        self._door.bind(self._path)
        os.umask(before)
        self._door.listen(64)

    def serve(self) -> Order | None:
        """Serve until owner or work is gone: None. In a forked copy: the order to carry out."""
        while self._door is not None or self._kernels:
            happened = self._happened()
            if self._owner in happened:
                return None
            for kernel in [*self._kernels]:
                if kernel.status is None and kernel.pidfd in happened:
                    self._ended(kernel)
                elif kernel.line is not None and kernel.line.fileno() in happened:
                    self._let_go(kernel, kernel.line)
            if self._door is not None and self._door.fileno() in happened:
                order = self._answer(self._door)
                if order is not None:
                    return order
        return None

    def owner_is_gone(self) -> bool:
        """Whether the process that this zygote belongs to has ended."""
        watch = select.poll()
        watch.register(self._owner, select.POLLIN)
        return bool(watch.poll(0))

    def stop(self) -> None:
        """End all kernels and listen no more."""
        for kernel in self._kernels:
            _kill(kernel.pid)
        self._close_door()

    def _happened(self) -> set[int]:
        watch = select.poll()
        watch.register(self._owner, select.POLLIN)
        if self._door is not None:
            watch.register(self._door, select.POLLIN)
        for kernel in self._kernels:
            if kernel.status is None:
                watch.register(kernel.pidfd, select.POLLIN)
            if kernel.line is not None:
                watch.register(kernel.line, select.POLLIN)
        return {file for file, _ in watch.poll()}

    def _answer(self, door: socket.socket) -> Order | None:
        """Take one order and fork. The order in the copy, None here."""
        line, _ = door.accept()
        line.settimeout(_PATIENCE)
        try:
            order = self._order(line)
            if order is not None and self._fork(line, order):
                return order
        except (wire.Ended, TimeoutError):
            line.close()
        return None

    def _order(self, line: socket.socket) -> Order | None:
        """What is asked for; None where it is refused: by another user, or of code gone stale."""
        if _user(line) != os.getuid():
            line.close()
            return None
        message, files = wire.receive(line)
        order = Order(**message, files=files)
        if freshness.digest(self._folders) == self._digest:
            return order
        self._close_door()
        order.close_files()
        wire.send(line, {"stale": True})
        line.close()
        return None

    def _fork(self, line: socket.socket, order: Order) -> bool:
        """True in the copy, which keeps nothing that belongs to the zygote."""
        try:
            pid = os.fork()
        except OSError as error:
            order.close_files()
            wire.send(line, {"refused": str(error)})
            line.close()
            return False
        if pid == 0:
            self._leave(line)
            return True
        order.close_files()
        kernel = Kernel(pid, os.pidfd_open(pid), line)
        self._kernels.append(kernel)
        try:
            wire.send(line, {"pid": pid}, (kernel.pidfd,))
        except (wire.Ended, TimeoutError):
            self._let_go(kernel, line)
        return False

    def _ended(self, kernel: Kernel) -> None:
        """Tell how a kernel ended; it is reaped when that was heard."""
        end = os.waitid(os.P_PIDFD, kernel.pidfd, os.WEXITED | os.WNOWAIT)
        if end is None:
            return
        kernel.status = end.si_status if end.si_code == os.CLD_EXITED else -end.si_status
        if kernel.line is None:
            self._reap(kernel)
            return
        try:
            wire.send(kernel.line, {"exit": kernel.status})
        except (wire.Ended, TimeoutError):
            self._let_go(kernel, kernel.line)

    def _let_go(self, kernel: Kernel, line: socket.socket) -> None:
        """The one who asked has gone, or has heard the end: nothing of the kernel may stay."""
        line.close()
        kernel.line = None
        _kill(kernel.pid)
        if kernel.status is not None:
            self._reap(kernel)

    def _reap(self, kernel: Kernel) -> None:
        os.waitpid(kernel.pid, 0)
        os.close(kernel.pidfd)
        self._kernels.remove(kernel)

    def _close_door(self) -> None:
        if self._door is not None:
            self._door.close()
            self._door = None
            Path(self._path).unlink(missing_ok=True)

    def _leave(self, line: socket.socket) -> None:
        """Close in a copy what it got from the zygote."""
        for kernel in self._kernels:
            os.close(kernel.pidfd)
            if kernel.line is not None:
                kernel.line.close()
        self._kernels.clear()
        line.close()
        os.close(self._owner)
        if self._door is not None:
            self._door.close()
            self._door = None


def _user(line: socket.socket) -> int:
    credentials = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEER.size)
    return int(_PEER.unpack(credentials)[1])


def _kill(pid: int) -> None:
    """End a kernel and what it has started, or what is left of that."""
    for kill in (os.killpg, os.kill):
        try:
            kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
