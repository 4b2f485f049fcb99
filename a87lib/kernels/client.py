"""A client that begins as soon as its kernel answers (Jupyter's own waits 0.2 s longer).

Chosen by configuration, e.g. ``Config({"KernelManager": {"client_class": CLIENT}})``.
"""

from __future__ import annotations

import time
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient

CLIENT = "a87lib.kernels.client.PromptKernelClient"
_PATIENCE = 0.2  # seconds until a kernel that answers is asked again, or is found to be gone


class PromptKernelClient(AsyncKernelClient):
    """Waits for the reply to its first request and for the end of what was published about it.

    What a kernel publishes comes in order: nothing that was published earlier can follow that, so
    there is no need to wait until nothing comes for a while.
    """

    async def _async_wait_for_ready(self, timeout: float | None = None) -> None:
        """Raises RuntimeError where the kernel ends, or does not answer in time."""
        last = float("inf") if timeout is None else time.monotonic() + timeout
        while not await self._answers():
            if not await self._async_is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if time.monotonic() > last:
                raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")

    wait_for_ready = _async_wait_for_ready

    async def _answers(self) -> bool:
        """Ask the kernel about itself; whether both channels have answered."""
        request = self.kernel_info()
        try:
            reply = await self._reply(self.get_shell_msg, request, "kernel_info_reply")
            while True:
                told = await self._reply(self.get_iopub_msg, request, "status")
                if told["content"]["execution_state"] == "idle":
                    break
        except Empty:
            return False
        self._handle_kernel_info_reply(reply)
        return True

    async def _reply(self, get: Any, request: str, kind: str) -> dict[str, Any]:
        """The next message of a kind that answers a request. Raises queue.Empty."""
        last = time.monotonic() + _PATIENCE
        while True:
            message: dict[str, Any] = await get(timeout=max(0.0, last - time.monotonic()))
            if message["msg_type"] == kind and message["parent_header"].get("msg_id") == request:
                return message
