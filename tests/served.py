"""A server started as people start it, with small dashboards of its own, and ways to attack it."""

from __future__ import annotations

import json
import os
import re
import signal
import ssl
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import nbformat
import websocket

from a87lib.kernels import warming

SECRET = "a-secret-of-thirty-two-signs-or-more-0123456789"
PUBLIC = "https://review.example.org"
REAL = Path(__file__).resolve().parent.parent / "notebooks" / "dashboards"
NO_TLS = ssl.create_default_context()  # made once: each takes as long as an answer
STARTED_WITHIN = 60
METADATA = {"version": "1.0.0"}  # of the widgets' control messages

WORDS = """
import ipywidgets as w
from a87lib.serving import identity, view
who, asked = identity.current(), view.parse()
w.HTML(f'<h1>Words</h1><p id="who">{who.id if not who.alone else "alone"}</p>'
       f'<p id="asked">{asked.query()}</p>')
"""
DECIDING = """
import os, ipywidgets as w
from a87lib.serving import identity
MAY = {"ana"}  # stands for the roles that a87lib.desk looks up
said = w.Text(value="nothing yet", description="Said")
hidden = w.Text(value="reader", description="role", layout=w.Layout(display="none"))
button = w.Button(description="Conclude", disabled=True)
def conclude(_):
    said.value = "concluded" if identity.current().id in MAY else "refused"
button.on_click(conclude)
w.VBox([w.HTML("<h1>Deciding</h1>"), said, hidden, button])
"""
FAILING = """
import ipywidgets as w, warnings
said = w.Text(value="before", description="Said")
button = w.Button(description="Divide")
def divide(_):
    warnings.warn("a warning with a path")
    said.value = "tried"
    return {"secret": 1 / 0}
button.on_click(divide)
log = w.Output()
with log:
    raise LookupError("record 4711 of the register")
"""
PAYLOADS = """
import ipywidgets as w
from IPython.display import HTML, display
payload = ('<img src="/nothing.png" onerror="window.ran=1"><svg onload="window.ran=2"></svg>'
           '<script>window.ran = 3</script><a href="javascript:window.ran=4">a link</a>'
           '<iframe srcdoc="<script>parent.ran = 5</script>" title="frame"></iframe>'
           '<details open ontoggle="window.ran=6"><summary>more</summary>text</details>')
display(HTML("<h1>Payloads</h1>" + payload))
w.VBox([w.HTML(payload), w.HTMLMath(payload), w.Text(value=payload, description="Text")])
"""
COUNTING = """
import base64, ipywidgets as w
count = w.IntText(value=0, description="Count")
button = w.Button(description="One more")
def more(_):
    count.value += 1
button.on_click(more)
data = base64.b64encode(b"country;cycle\\nQMA;2024\\n").decode()
file = w.HTML(f'<a download="table.csv" href="data:text/csv;base64,{data}">Table (CSV)</a>')
w.VBox([w.HTML("<h1>Counting</h1>"), count, button, file])
"""
LATE = """
import time, ipywidgets as w
# What a busy machine does: the kernel is ready, and what it has published comes later.
get_ipython().kernel.iopub_thread.schedule(lambda: time.sleep(4.5))
w.HTML("<h1>Late</h1>")
"""
HASTY = """
import time, ipywidgets as w
text, button = w.Text(description="Text"), w.Button(description="Keep")
heard, file = w.HTML(), w.FileUpload(description="Choose")
def listen(change):
    time.sleep(3 if text.value == "slowly" else 0.2)
    button.disabled = text.value == "off"
text.observe(listen, "value")
button.on_click(lambda _: setattr(heard, "value", f'<p id="heard">{text.value}</p>'))
w.VBox([w.HTML("<h1>Hasty</h1>"), text, button, file, heard])
"""
BROKEN = [
    "print('first')",
    "raise LookupError('record 4711 of /srv/register.db')",
    "print('never')",
]
SECRETS = """
import os
print(sorted(os.environ))
print("pid", os.getpid())
"""
DASHBOARDS: dict[str, list[str]] = {
    "overview": [WORDS],
    "deciding": [DECIDING],
    "failing": [FAILING, "w.VBox([w.HTML('<h1>Failing</h1>'), said, button, log])"],
    "payloads": [PAYLOADS],
    "counting": [COUNTING],
    "broken": BROKEN,
    "late": [LATE],
    "hasty": [HASTY],
    "surroundings": [SECRETS],
}


def dashboards(folder: Path) -> Path:
    """The small dashboards as notebooks in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, cells in DASHBOARDS.items():
        # An error caught by an Output widget does not stop a notebook's later cells.
        tagged = [nbformat.v4.new_code_cell(cell) for cell in cells]
        if name == "failing":
            tagged[0].metadata["tags"] = ["raises-exception"]
        notebook = nbformat.v4.new_notebook(cells=tagged)
        nbformat.write(notebook, folder / f"{name}.ipynb")
    return folder


@dataclass
class Served:
    """A running server. base: where it listens. headers: what its browser or proxy always sends."""

    base: str
    process: subprocess.Popen[str]
    log: Path
    origin: str
    headers: dict[str, str] = field(default_factory=dict)
    opened: list[tuple[str, str]] = field(default_factory=list)

    def as_(self, user: str) -> dict[str, str]:
        """The headers that the proxy sends for a user."""
        return {**self.headers, "X-A87-User": user}

    def get(self, path: str, headers: Any = None, method: str = "GET") -> httpx.Response:
        """An answer of the server, redirects not followed."""
        sent = self.headers if headers is None else headers
        return httpx.request(method, self.base + path, headers=sent, timeout=60, verify=NO_TLS)

    def open(self, screen: str, user: str = "") -> tuple[str, str]:
        """The page of a screen and the id of its kernel."""
        page = self.get(f"/{screen}", self.as_(user) if user else None)
        assert page.status_code == 200, page.text
        kernel = kernel_of(page.text)
        self.opened.append((kernel, user))
        return page.text, kernel

    def leave_all(self) -> None:
        """Leaves every page that was opened, as a browser does."""
        while self.opened:
            kernel, user = self.opened.pop()
            sent = (self.as_(user) if user else self.headers) | {"Origin": self.origin}
            assert self.get(f"/voila/api/shutdown/{kernel}", sent, "POST").status_code == 204

    def line(self, kernel: str, user: str = "", **changed: Any) -> websocket.WebSocket:
        """A websocket to a kernel as the page of this user opens it, or as changed."""
        sent = self.as_(user) if user else dict(self.headers)
        sent.update(changed.pop("headers", {}))
        host = sent.pop("Host", self.origin.split("//")[1])
        options = {"origin": self.origin, **changed}
        if options["origin"] is None:
            options |= {"origin": None, "suppress_origin": True}
        return websocket.create_connection(
            f"{self.base.replace('http', 'ws')}/api/kernels/{kernel}/channels?session_id=test",
            header=[f"{name}: {value}" for name, value in sent.items()],
            host=host,
            subprotocols=["v1.kernel.websocket.jupyter.org"],
            timeout=10,
            **options,
        )

    def told(self) -> str:
        """The log so far."""
        return self.log.read_text(encoding="utf-8")


def kernel_of(page: str) -> str:
    """The id of the kernel behind a page."""
    found = re.search(r'"kernelId": "([0-9a-f-]{36})"', page)
    assert found, page
    return found.group(1)


def models_of(page: str) -> list[str]:
    """The ids of the widgets that a page shows."""
    return re.findall(r'"model_id": "([0-9a-f]{32})"', page)


@contextmanager
def serving(
    folder: Path,
    *options: str,
    team: bool = False,
    environment: dict[str, str] | None = None,
    own: bool = False,
    register: str | Path = "",
) -> Iterator[Served]:
    """`a87 serve` on a free port; team: behind a proxy, which the test plays.

    It serves the folder's dashboards, small ones where it has none; register: the real screens on
    this register.
    Its kernels are forked from one process for all servers of the tests; own: from the server's.
    """
    screens = REAL if register else folder / "dashboards"
    if not screens.is_dir():
        dashboards(screens)
    log = folder / f"log-{uuid.uuid4().hex}.txt"
    command = [Path(sys.executable).with_name("a87"), "serve", "--port", "0", *options]
    with nullcontext() if own else warming.shared():
        surroundings = {**os.environ, "A87_LANG": "en", **(environment or {})}
    if register:
        surroundings["A87_REGISTER"] = str(register)
    if team:
        command += ["--behind-proxy"]
        command += [] if "--public-url" in options else ["--public-url", PUBLIC]
        surroundings["A87_PROXY_SECRET"] = SECRET
    command += ["--screens", screens]
    with log.open("w") as errors:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, text=True, env=surroundings, cwd=folder
        )
    try:
        yield _ready(process, log, team)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        assert process.stdout is not None
        process.stdout.close()


def _ready(process: subprocess.Popen[str], log: Path, team: bool) -> Served:
    assert process.stdout is not None
    first = process.stdout.readline()
    assert first, log.read_text(encoding="utf-8")
    found = re.search(r"listens on (\d+)", _wait_for(log, "listens on"))
    assert found
    base = f"http://127.0.0.1:{found.group(1)}"
    if not team:
        return Served(base, process, log, base)
    headers = {"Host": PUBLIC.split("//")[1], "X-A87-Proxy-Secret": SECRET, "X-A87-User": "ana"}
    return Served(base, process, log, PUBLIC, headers)


def _wait_for(log: Path, words: str) -> str:
    until = time.monotonic() + STARTED_WITHIN
    while words not in (text := log.read_text(encoding="utf-8")):
        assert time.monotonic() < until, text
        time.sleep(0.05)
    return text


def message(kind: str, content: dict[str, Any], channel: str = "shell", **header: Any) -> bytes:
    """A message of the v1 protocol as a page sends it."""
    head = {
        "msg_id": uuid.uuid4().hex,
        "msg_type": kind,
        "username": "",
        "session": "test",
        "date": "2026-01-01T00:00:00Z",
        "version": "5.3",
    } | header
    parts = [
        channel.encode(),
        *(json.dumps(part).encode() for part in (head, {}, METADATA, content)),
    ]
    offsets = [8 * (len(parts) + 2)]
    for part in parts:
        offsets.append(offsets[-1] + len(part))
    numbers = [len(offsets), *offsets]
    return b"".join([*(number.to_bytes(8, "little") for number in numbers), *parts])


Said = tuple[str, dict[str, Any]]
ANSWERED_WITHIN = 60  # seconds, on a busy machine


def heard(line: websocket.WebSocket, seconds: float) -> list[Said]:
    """What a kernel says within some seconds: kinds and contents of its messages."""
    return [(header["msg_type"], content) for header, _, content in hearing(line, seconds)]


def answered(line: websocket.WebSocket, channel: str = "shell") -> list[Said]:
    """What a kernel says until it has dealt with everything that was sent to it so far.

    A channel is answered in order: when a question asked now is answered, and what was published
    about it has come, nothing earlier can follow. That answer itself is left out.
    """
    said: list[Said] = []
    mine, missing = uuid.uuid4().hex, {"kernel_info_reply", "idle"}
    line.send_binary(message("kernel_info_request", {}, channel, msg_id=mine))
    for header, parent, content in hearing(line, ANSWERED_WITHIN):
        if parent.get("msg_id") == mine:
            missing -= {header["msg_type"], content.get("execution_state")}
        else:
            said.append((header["msg_type"], content))
        if not missing:
            return said
    raise AssertionError(f"no answer ({missing} is missing), but {said}")


def hearing(
    line: websocket.WebSocket, seconds: float
) -> Iterator[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]]:
    """Message by message: header, parent's header, content."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        line.settimeout(left)
        try:
            # Comes back after a ping, too: else pings that come often enough keep it for ever.
            kind, data = line.recv_data(control_frame=True)
        except (websocket.WebSocketException, OSError):
            break
        if kind == websocket.ABNF.OPCODE_CLOSE:
            break
        if kind == websocket.ABNF.OPCODE_BINARY and data:
            count = int.from_bytes(data[:8], "little")
            offsets = [
                int.from_bytes(data[8 * i : 8 * i + 8], "little") for i in range(1, count + 1)
            ]
            parts = [data[a:b] for a, b in pairwise(offsets)]
            yield json.loads(parts[1]), json.loads(parts[2]), json.loads(parts[4])


def states(said: list[Said]) -> list[dict[str, Any]]:
    """The states of widgets among what a kernel said."""
    return [
        content["data"]["state"]
        for kind, content in said
        if kind == "comm_msg" and "state" in content.get("data", {})
    ]
