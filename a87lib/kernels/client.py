"""Clients that begin as soon as their kernel answers (Jupyter's own wait 0.2 s longer).

Chosen by configuration, e.g. ``Config({"KernelManager": {"client_class": CLIENT}})``.
"""

from __future__ import annotations

import time
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from jupyter_client.client import KernelClient
from jupyter_core.utils import run_sync
from traitlets import Type

CLIENT = "a87lib.kernels.client.PromptKernelClient"
BLOCKING = "a87lib.kernels.client.PromptBlockingClient"
_PATIENCE = 0.2  # seconds until a kernel that answers is asked again, or is found to be gone
_LOOK_AGAIN = 0.5  # seconds


class _Prompt(KernelClient):
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

    async def _answers(self) -> bool:
        """Ask the kernel about itself; whether both channels have answered."""
        request = self.kernel_info()
        try:
            reply = await self._reply(self._async_get_shell_msg, request, "kernel_info_reply")
            while True:
                told = await self._reply(self._async_get_iopub_msg, request, "status")
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


class Channel(AsyncZMQSocketChannel):
    """Waits for a message, also while others send.

    A send takes the sign that a message has come from whoever waits on the same socket: they would
    wait for ever. (Jupyter sends past the asyncio socket, which would look after that.)
    """

    async def get_msg(  # type: ignore[override]  # Jupyter's own base class does not await
        self, timeout: float | None = None
    ) -> dict[str, Any]:
        """The next message. timeout: seconds. Raises queue.Empty."""
        last = float("inf") if timeout is None else time.monotonic() + timeout
        while True:
            left = last - time.monotonic()
            try:
                return await super().get_msg(max(0.0, min(left, _LOOK_AGAIN)))
            except Empty:
                if left <= _LOOK_AGAIN:
                    raise


class PromptKernelClient(_Prompt, AsyncKernelClient):
    """For those who wait for several things at once."""

    shell_channel_class = Type(Channel)
    iopub_channel_class = Type(Channel)
    control_channel_class = Type(Channel)
    wait_for_ready = _Prompt._async_wait_for_ready


class PromptBlockingClient(_Prompt, BlockingKernelClient):
    """For those who wait for this kernel alone."""

    wait_for_ready = run_sync(_Prompt._async_wait_for_ready)
