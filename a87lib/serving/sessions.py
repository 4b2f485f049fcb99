"""Kernels and whose they are: how many, with which environment, and when they end."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from secrets import token_hex
from typing import Any
from uuid import uuid4

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_server.services.kernels.kernelmanager import (
    AsyncMappingKernelManager,
    ServerKernelManager,
)
from traitlets import Any as AnyTrait
from traitlets import Integer, Unicode, default

from a87lib.kernels.client import CLIENT
from a87lib.serving.identity import ALONE, MODE, NOBODY, TEAM, USER
from a87lib.serving.view import VARIABLE

PREFORKED = "a87"
ORDINARY = "python3"
KERNELS = {
    "KernelRestarter": {"restart_limit": 0},
    "KernelManager": {"client_class": CLIENT},
}
"""A kernel that died stays dead: another in its place would know nothing of the page. And the
server begins as soon as a kernel answers."""
NEVER_SEEN = 120  # seconds that a kernel waits for its page to connect
REMEMBERED = 20_000  # message ids per kernel
LONGEST_FOLDER = 80  # signs in the path of the sockets' folder; a socket's path may have 103
AWAY = 600  # seconds that a kernel waits for its page to come back

INHERITED = (
    "PATH HOME USER LOGNAME LANG LANGUAGE TZ TMPDIR TEMP TMP SYSTEMROOT VIRTUAL_ENV "
    "PYTHONPATH PYTHONHASHSEED PYTHONUTF8 MPLBACKEND MPLCONFIGDIR XDG_CACHE_HOME FONTCONFIG_PATH "
    "OPENBLAS_NUM_THREADS OMP_NUM_THREADS PGPASSFILE PGSERVICEFILE PGSSLROOTCERT "
    "JUPYTER_PATH JUPYTER_RUNTIME_DIR A87_REGISTER A87_LANG"
).split()
"""What a kernel may know of the server's environment; nothing else is passed on."""


class Full(Exception):
    """No place for one more screen. reason: `place_user` or `place_total`."""

    def __init__(self, reason: str, most: int) -> None:
        self.reason = reason
        self.most = most
        super().__init__(f"{reason}: {most}")


def environment(
    owner: str, query: str, surroundings: Mapping[str, str] = os.environ
) -> dict[str, str]:
    """All that a kernel for this owner and query finds in its environment."""
    passed = {
        name: value
        for name, value in surroundings.items()
        if name in INHERITED or name.startswith("LC_")
    }
    person = {MODE: ALONE} if owner == NOBODY else {MODE: TEAM, USER: owner}
    return passed | person | {VARIABLE: query}


class ServedKernel(ServerKernelManager):
    """One kernel behind one page."""

    traceback_replacement_message = Unicode("", help="never shown: see `wire`")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._seen: dict[str, None] = {}

    @default("transport")
    def _default_transport(self) -> str:
        fits = len(self.connection_file) < LONGEST_FOLDER + len("kernel-.json") + len(str(uuid4()))
        return "ipc" if os.name == "posix" and fits else "tcp"

    @default("ip")
    def _default_ip(self) -> str:
        if self.transport == "tcp":
            return "127.0.0.1"
        return str(Path(self.connection_file).with_name(token_hex(4)))

    def first_time(self, message: str) -> bool:
        """Whether a message with this id has not come before; it has from now on."""
        if message in self._seen:
            return False
        self._seen[message] = None
        if len(self._seen) > REMEMBERED:
            del self._seen[next(iter(self._seen))]
        return True


class Kernels(AsyncMappingKernelManager):
    """All kernels, each with its owner. A place is taken before its kernel starts."""

    per_user = Integer(6)
    total = Integer(40)
    on_end = AnyTrait(None, help="called with a kernel's id and how it ended: idle or stopped")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._owners: dict[str, str] = {}
        self._languages: dict[str, str] = {}
        self._left: dict[str, tuple[float, float]] = {}
        self._ending: dict[str, str] = {}

    @default("kernel_manager_class")
    def _default_kernel_manager_class(self) -> str:
        return f"{__name__}.ServedKernel"

    def owner_of(self, kernel_id: str) -> str | None:
        """Whose kernel it is; None for one that is not there."""
        return self._owners.get(kernel_id)

    def take_place(self, owner: str) -> str:
        """The id of a kernel to start for this owner. Raises Full where there is no place."""
        owned = list(self._owners.values())
        if len(owned) >= self.total:
            raise Full("place_total", self.total)
        if owner != NOBODY and owned.count(owner) >= self.per_user:
            raise Full("place_user", self.per_user)
        kernel_id = str(uuid4())
        self._owners[kernel_id] = owner
        return kernel_id

    def speak(self, kernel_id: str, language: str) -> None:
        """Notes the language of a kernel's page."""
        self._languages[kernel_id] = language

    def language_of(self, kernel_id: str) -> str:
        """The language of a kernel's page."""
        return self._languages[kernel_id]

    def give_back(self, kernel_id: str) -> None:
        """Frees the place of a kernel that did not start, or has ended."""
        self._owners.pop(kernel_id, None)
        self._languages.pop(kernel_id, None)
        self._left.pop(kernel_id, None)

    async def open(self, kernel_id: str, query: str, folder: Path) -> Any:
        """Starts the kernel of a place that was taken; its manager."""
        await self.start_kernel(
            kernel_id=kernel_id,
            kernel_name=preferred_kernel(self.kernel_spec_manager or KernelSpecManager()),
            cwd=str(folder),
            env=environment(self._owners[kernel_id], query),
        )
        self._left[kernel_id] = (time.monotonic(), NEVER_SEEN)
        return self.get_kernel(kernel_id)

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forgets a kernel that has ended, and tells its page."""
        removed = super().remove_kernel(kernel_id)
        self.give_back(kernel_id)
        how = self._ending.pop(kernel_id, "stopped")
        tell: Callable[[str, str], None] | None = self.on_end
        if tell is not None:
            tell(kernel_id, how)
        return removed

    def notify_connect(self, kernel_id: str) -> None:
        """Notes that a page is there."""
        super().notify_connect(kernel_id)
        self._left.pop(kernel_id, None)

    def notify_disconnect(self, kernel_id: str) -> None:
        """Notes that a page went away."""
        super().notify_disconnect(kernel_id)
        if kernel_id in self._owners and not self._kernel_connections.get(kernel_id):
            self._left[kernel_id] = (time.monotonic(), AWAY)

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """Ends a kernel that nobody uses: idle, connected or not; or left by its page."""
        since, patience = self._left.get(kernel_id, (time.monotonic(), AWAY))
        if time.monotonic() - since > patience:
            self.log.info("kernel %s ended: its page is gone", kernel_id)
            await self.shutdown_kernel(kernel_id)
            return
        self._ending[kernel_id] = "idle"
        try:
            await super().cull_kernel_if_idle(kernel_id)
        finally:
            self._ending.pop(kernel_id, None)


def preferred_kernel(known: KernelSpecManager) -> str:
    """The pre-forked kernel where it is installed, else the ordinary one."""
    try:
        spec = known.get_kernel_spec(PREFORKED)
    except NoSuchKernel:
        return ORDINARY
    there = KernelProvisionerFactory.instance().is_provisioner_available(spec)
    return PREFORKED if there else ORDINARY
