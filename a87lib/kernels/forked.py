"""A kernel that another process forked for us, with the part of Popen that Jupyter uses."""

from __future__ import annotations

import os
import select
import signal
import socket
from subprocess import TimeoutExpired

from a87lib.kernels import wire

ZYGOTE_GONE = 1  # how a kernel ends whose zygote was killed: it notices within a second


class ForkedProcess:
    """A process known by pidfd, whose zygote tells us the exit status.

    The zygote ends the kernel when this object, or the process that holds it, is gone.
    """

    stdin = stdout = stderr = None

    def __init__(self, pid: int, pidfd: int, line: socket.socket) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._pidfd = pidfd
        self._line: socket.socket | None = line

    def poll(self) -> int | None:
        """The exit status, negative for a signal; None while the kernel runs."""
        return self._look(0)

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end and give its status. Raises subprocess.TimeoutExpired."""
        status = self._look(None if timeout is None else timeout * 1000)
        while status is None and timeout is None:
            status = self._look(None)
        if status is None:
            raise TimeoutExpired(["kernel", str(self.pid)], timeout or 0)
        return status

    def send_signal(self, signum: int) -> None:
        """Send a signal, if the kernel still runs."""
        if self.poll() is None:
            signal.pidfd_send_signal(self._pidfd, signum)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)

    def close(self) -> None:
        """Let go: a kernel that still runs is ended by its zygote."""
        if self._line is not None:
            self._line.close()
            self._line = None
        if self._pidfd >= 0:
            os.close(self._pidfd)
            self._pidfd = -1

    def __del__(self) -> None:
        self.close()

    def _look(self, milliseconds: float | None) -> int | None:
        if self.returncode is not None:
            return self.returncode
        watch = select.poll()
        watch.register(self._line if self._line is not None else self._pidfd, select.POLLIN)
        if watch.poll(milliseconds):
            self._hear()
        return self.returncode

    def _hear(self) -> None:
        """Take the exit status from the zygote; where it is gone, watch the kernel itself."""
        if self._line is None:
            self.returncode = ZYGOTE_GONE
        else:
            try:
                message, _ = wire.receive(self._line)
            except wire.Ended:
                self._line.close()
                self._line = None
                return
            self.returncode = message["exit"]
        self.close()
