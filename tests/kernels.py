"""Kernels for tests: start one, run code in it, and look at the processes behind it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

from a87lib.kernels.install import SPEC
from a87lib.kernels.zygotes import supported

PATIENCE = 60
needs_forking = pytest.mark.skipif(
    not supported(), reason="this system has no os.pidfd_open (Linux 5.4 has)"
)


class Running:
    """A kernel with a client."""

    def __init__(self, manager: KernelManager, **options: Any) -> None:
        self.manager = manager
        manager.start_kernel(**options)
        self.client = self._connect()

    def _connect(self) -> BlockingKernelClient:
        client = self.manager.client()
        client.start_channels()
        client.wait_for_ready(timeout=PATIENCE)
        return client

    @property
    def process(self) -> Any:
        return self.manager.provisioner.process

    @property
    def pid(self) -> int:
        return self.process.pid

    def messages(self, code: str) -> list[tuple[str, dict[str, Any]]]:
        """What the kernel publishes while it runs some code: (kind, content)."""
        found: list[tuple[str, dict[str, Any]]] = []
        self.client.execute_interactive(
            code,
            timeout=PATIENCE,
            output_hook=lambda message: found.append((message["msg_type"], message["content"])),
        )
        return found

    def run(self, code: str) -> str:
        """What some code prints; raises AssertionError where it fails."""
        told = self.messages(code)
        failed = [content["evalue"] for kind, content in told if kind == "error"]
        assert not failed, failed
        return "".join(content["text"] for kind, content in told if kind == "stream").strip()

    def restart(self) -> None:
        self.client.stop_channels()
        self.manager.restart_kernel(now=True)
        self.client = self._connect()

    def close(self, now: bool = True) -> None:
        self.client.stop_channels()
        if self.manager.has_kernel:
            self.manager.shutdown_kernel(now=now)


@contextmanager
def kernel(name: str = "light", **options: Any) -> Iterator[Running]:
    running = Running(KernelManager(kernel_name=name), **options)
    try:
        yield running
    finally:
        running.close()


def describe(folder: Path, preloaded: list[str], watched: list[str], name: str = "planted") -> None:
    """Put a kernel of another name with its own list of modules into a folder of JUPYTER_PATH."""
    spec = json.loads(SPEC.read_text(encoding="utf-8"))
    chosen = {"preloaded": preloaded, "watched": watched}
    spec["metadata"]["kernel_provisioner"]["config"] = chosen
    place = folder / "kernels" / name
    place.mkdir(parents=True)
    (place / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def is_there(pid: int) -> bool:
    """Whether a process runs (one that has ended and waits to be reaped does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def children_of(pid: int) -> list[int]:
    """All children, those included that wait to be reaped."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in listed]


def open_files(pid: int) -> dict[int, str]:
    """What a process has open: number -> what it is."""
    found = {}
    for file in Path(f"/proc/{pid}/fd").iterdir():
        try:
            found[int(file.name)] = str(file.readlink())
        except FileNotFoundError:
            continue
    return found


def soon(holds: Callable[[], bool], within: float = 5.0) -> bool:
    """Whether something comes true in time."""
    last = time.monotonic() + within
    while not holds():
        if time.monotonic() > last:
            return False
        time.sleep(0.02)
    return True
