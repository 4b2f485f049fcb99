"""Messages between a zygote and those who ask it: a length, JSON, and open files beside it."""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

_LENGTH = struct.Struct("!Q")
_MOST_FILES = 8


class Ended(Exception):
    """The other side has gone."""


def send(line: socket.socket, message: dict[str, Any], files: tuple[int, ...] = ()) -> None:
    """Send one message; the open files arrive as numbers of their own on the other side."""
    body = json.dumps(message).encode("ascii")
    try:
        socket.send_fds(line, [_LENGTH.pack(len(body))], list(files))
        line.sendall(body)
    except (BrokenPipeError, ConnectionResetError) as error:
        raise Ended from error


def receive(line: socket.socket) -> tuple[dict[str, Any], tuple[int, ...]]:
    """The next message and the files that came with it. Raises Ended."""
    try:
        head, files, _, _ = socket.recv_fds(line, _LENGTH.size, _MOST_FILES)
        head += _exactly(line, _LENGTH.size - len(head)) if head else b""
        if not head:
            raise Ended
        body = _exactly(line, _LENGTH.unpack(head)[0])
    except ConnectionResetError as error:
        raise Ended from error
    return json.loads(body), tuple(files)


def _exactly(line: socket.socket, length: int) -> bytes:
    parts = bytearray()
    while len(parts) < length:
        part = line.recv(length - len(parts))
        if not part:
            raise Ended
        parts += part
    return bytes(parts)
