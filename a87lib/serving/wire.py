"""What goes between a page and its kernel.

From the page: messages of widgets, each once. To the page: no traceback and nothing that was
written to standard error.
"""

from __future__ import annotations

import logging
from itertools import pairwise
from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from traitlets import default
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from a87lib.serving.incidents import Incident, number, sentence
from a87lib.serving.pages import Guarded
from a87lib.serving.sessions import Kernels

logging.getLogger("tornado.general").addFilter(
    # Jupyter counts pings in milliseconds and does them itself; Tornado takes them for seconds.
    lambda record: "websocket_ping_timeout" not in str(record.msg)
)
WIDGETS_TARGET = "jupyter.widget.control"
FROM_PAGES = [
    "comm_open",
    "comm_close",
    "comm_msg",
    "comm_info_request",
    "kernel_info_request",
    "shutdown_request",
]
LARGEST = 20 * 1024 * 1024  # bytes of one message (an uploaded file)
IDLE, STOPPED = 4001, 4002
"""Why the server closes a page's websocket: not used for long, or its kernel has ended."""


class Channels(Guarded, VoilaKernelWebsocketHandler):
    """The websocket of a page; the authorizer lets only the owner of the kernel have one."""

    def get_compression_options(self) -> None:
        """None: messages are not compressed, so that their length tells nothing of secrets."""
        return None


class Wire(ZMQChannelsWebsocketConnection):
    """The messages of one page."""

    @default("kernel_ws_protocol")
    def _default_protocol(self) -> str:
        return "v1.kernel.websocket.jupyter.org"

    def handle_incoming_message(self, incoming_msg: Any) -> None:
        """Passes on what a page may send; the base class looks at the type of message."""
        if isinstance(incoming_msg, bytes) and self.subprotocol and self._refused(incoming_msg):
            return
        if not isinstance(incoming_msg, bytes) or not self.subprotocol:
            self.log.warning("refused a message that is not of the v1 protocol")
            return
        super().handle_incoming_message(incoming_msg)  # type: ignore[arg-type]  # it takes bytes

    def _refused(self, message: bytes) -> bool:
        """Whether the message came before, or opens anything but the widgets' own channel."""
        parts = _parts(message)
        try:
            header, content = self.session.unpack(parts[1]), self.session.unpack(parts[4])
            msg_id, kind = str(header["msg_id"]), header["msg_type"]
        except (IndexError, KeyError, TypeError, ValueError):
            self.log.warning("refused a malformed message for kernel %s", self.kernel_id)
            return True
        foreign = kind == "comm_open" and content.get("target_name") != WIDGETS_TARGET
        if foreign or kind not in FROM_PAGES or not self.kernel_manager.first_time(msg_id):
            self.log.warning("refused %s for kernel %s", kind, self.kernel_id)
            return True
        return False

    def handle_outgoing_message(self, stream: str, outgoing_msg: list[Any]) -> None:
        """Sends a message to the page, unless it was meant for whoever runs the server."""
        _, parts = self.session.feed_identities(outgoing_msg)
        header = self.session.unpack(parts[1])
        if header["msg_type"] == "stream":
            content = self.session.unpack(parts[4])
            if content.get("name") == "stderr":
                self.log.warning("kernel %s: %s", self.kernel_id, content.get("text", "").rstrip())
                return
        super().handle_outgoing_message(stream, outgoing_msg)

    def _on_error(self, channel: str, msg: dict[str, Any], msg_list: list[Any]) -> None:
        """Puts an incident number in the place of a traceback."""
        header = self.session.unpack(msg_list[0])
        if header["msg_type"] == "error":
            msg_list[3] = self.session.pack(self._told(self.session.unpack(msg_list[3])))

    def _told(self, content: dict[str, Any]) -> dict[str, Any]:
        if content.get("ename") == Incident.__name__:
            return content
        incident = number()
        trace = "\n".join(content.get("traceback", ()))
        self.log.error("[%s] kernel %s: %s", incident, self.kernel_id, trace)
        text = sentence(incident, self.language)
        return {"ename": Incident.__name__, "evalue": incident, "traceback": [text]}

    @property
    def language(self) -> str:
        """The language in which the page was opened."""
        kernels: Kernels = self.multi_kernel_manager
        return kernels.language_of(self.kernel_id)


def _parts(message: bytes) -> list[bytes]:
    """The parts of a message of the v1 protocol: channel, header, parent, metadata, content …"""
    count = int.from_bytes(message[:8], "little")
    if not 1 < count <= len(message) // 8:
        return []
    offsets = [int.from_bytes(message[8 * i : 8 * i + 8], "little") for i in range(1, count + 1)]
    return [message[start:end] for start, end in pairwise(offsets)]


def hang_up(kernel_id: str, how: str) -> None:
    """Closes the websockets of a kernel that has ended, saying why."""
    code = IDLE if how == "idle" else STOPPED
    for connection in list(Wire._open_sockets):
        if connection.kernel_id == kernel_id and connection.websocket_handler is not None:
            connection.websocket_handler.close(code, how)
