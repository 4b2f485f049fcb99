"""A stand-in for the proxy of a team's server: it says who is there, by a cookie of the test."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from served import SECRET, Served, serving

COOKIE = "person"
HEAD_ENDS = b"\r\n\r\n"


@contextmanager
def team(folder: Path, register: str) -> Iterator[tuple[str, Served]]:
    """A team's server of the real screens behind the stand-in: what browsers open, the server."""
    with closing(socket.create_server(("127.0.0.1", 0))) as door:
        address = f"http://127.0.0.1:{door.getsockname()[1]}"
        with serving(folder, "--public-url", address, team=True, register=register) as served:
            port = urlsplit(served.base).port or 0
            threading.Thread(target=_receive, args=(door, port), daemon=True).start()
            yield address, served


def cookie(address: str, person: str) -> dict[str, str]:
    """The cookie of a browser in which somebody is signed in."""
    return {"name": COOKIE, "value": person, "url": address}


def _receive(door: socket.socket, port: int) -> None:
    while True:
        try:
            line, _ = door.accept()
        except OSError:
            return
        threading.Thread(target=_pass, args=(line, port), daemon=True).start()


def _pass(line: socket.socket, port: int) -> None:
    """One request and its answer; a websocket for as long as it lasts."""
    with line:
        head = b""
        while HEAD_ENDS not in head:
            part = line.recv(65536)
            if not part:
                return
            head += part
        head, _, rest = head.partition(HEAD_ENDS)
        try:
            inner = socket.create_connection(("127.0.0.1", port))
        except ConnectionRefusedError:
            return  # the server has ended
        with inner:
            inner.sendall(_vouched(head) + HEAD_ENDS + rest)
            back = threading.Thread(target=_pump, args=(inner, line), daemon=True)
            back.start()
            _pump(line, inner)
            back.join(60)


def _vouched(head: bytes) -> bytes:
    """The head of a request with the headers that only the proxy may set."""
    first, *lines = head.decode("latin-1").split("\r\n")
    fields = [each.partition(":") for each in lines]
    jar = next((value for name, _, value in fields if name.lower() == "cookie"), "")
    crumbs = dict(each.strip().partition("=")[::2] for each in jar.split(";"))
    upgrade = any(name.lower() == "upgrade" for name, _, _ in fields)
    dropped = ("x-a87-user", "x-a87-proxy-secret", *(() if upgrade else ("connection",)))
    kept = [f"{name}:{value}" for name, _, value in fields if name.lower() not in dropped]
    kept += [f"X-A87-User: {crumbs.get(COOKIE, '')}", f"X-A87-Proxy-Secret: {SECRET}"]
    kept += [] if upgrade else ["Connection: close"]
    return "\r\n".join([first, *kept]).encode("latin-1")


def _pump(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass
