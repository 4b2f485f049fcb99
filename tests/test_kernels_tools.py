"""The tools that run notebooks use the pre-forked kernel unchanged."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError

import nbformat
import papermill
import pytest
from jupyter_client.manager import AsyncKernelManager
from kernels import describe, kernel, needs_forking, parent_of, soon
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from traitlets.config import Config

from a87lib.kernels.client import CLIENT, PromptKernelClient

pytestmark = needs_forking
FIGURE = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.title(country);"
FORKED = """import os
forked = "a87lib.kernels.zygote" in open(f"/proc/{os.getppid()}/cmdline").read()
forked"""


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A kernel `light` that imports less early, and heeds no change that others make meanwhile."""
    describe(tmp_path / "jupyter", ["pandas", "matplotlib.pyplot", "ipywidgets"], [], "light")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))


def notebook(*cells: str) -> nbformat.NotebookNode:
    """A notebook for the kernel: its parameters, whether it was forked, and what is given."""
    new = nbformat.v4.new_code_cell
    made = nbformat.v4.new_notebook(
        metadata={"kernelspec": {"name": "light", "display_name": "x", "language": "python"}}
    )
    made.cells = [new("country = 'QMA'", metadata={"tags": ["parameters"]})]
    made.cells += [new(FORKED), *map(new, cells)]
    return made


def shown(cell: nbformat.NotebookNode, kind: str = "text/plain") -> list[str]:
    return [out["data"][kind] for out in cell["outputs"] if kind in out.get("data", {})]


@pytest.mark.parametrize("config", [None, Config({"KernelManager": {"client_class": CLIENT}})])
def test_papermill(config: Config | None) -> None:
    """papermill runs a notebook with its parameters; a figure is there, in the kernel forked."""
    made = papermill.execute_notebook(
        notebook("country", FIGURE), None, {"country": "QMB"}, progress_bar=False, config=config
    )
    assert shown(made.cells[2]) == ["True"]
    assert shown(made.cells[3]) == ["'QMB'"]
    picture = base64.b64decode(shown(made.cells[4], "image/png")[0])
    assert picture.startswith(b"\x89PNG")


def test_nbclient() -> None:
    """nbclient runs it, and several kinds of pictures come as the notebook wishes."""
    wish = "%config InlineBackend.figure_formats = ['svg', 'png']"
    made = NotebookClient(notebook(wish, FIGURE)).execute()
    assert shown(made.cells[1]) == ["True"]
    assert shown(made.cells[3], "image/svg+xml")[0].count("<svg") == 1
    assert shown(made.cells[3], "image/png")


def test_nbclient_notices_a_kernel_that_dies() -> None:
    """A cell that kills its kernel fails within seconds; nothing waits for ever."""
    begun = time.monotonic()
    with pytest.raises(DeadKernelError):
        NotebookClient(notebook("import os; os.kill(os.getpid(), 9)"), timeout=60).execute()
    assert time.monotonic() - begun < 20


def test_nbval(tmp_path: Path) -> None:
    """nbval compares stored outputs with those of the kernel; a difference is found."""
    good = NotebookClient(notebook("1 + 1")).execute()
    nbformat.write(good, tmp_path / "good.ipynb")
    good.cells[2]["outputs"][0]["data"]["text/plain"] = "3"
    nbformat.write(good, tmp_path / "bad.ipynb")
    outcome = subprocess.run(
        [sys.executable, "-m", "pytest", "--nbval", "-q", "-p", "no:cacheprovider", "."],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "1 failed, 5 passed" in outcome.stdout, outcome.stdout
    assert "bad.ipynb::Cell 2" in outcome.stdout


def test_notebooks_at_the_same_time_do_not_meet() -> None:
    """Four at once in one process: each has its own country all the way through."""
    countries = ["QMA", "QMB", "QMC", "QMD"]

    async def run() -> list[nbformat.NotebookNode]:
        cells = ("import time; time.sleep(0.3)", "import builtins; builtins.seen = country", "seen")
        made = [notebook(f"country = '{country}'", *cells) for country in countries]
        return await asyncio.gather(*(NotebookClient(one).async_execute() for one in made))

    done = asyncio.run(run())
    assert [shown(one.cells[-1]) for one in done] == [[repr(country)] for country in countries]


def test_the_prompt_client_waits_until_the_kernel_answers() -> None:
    """Once it is ready, all that is published arrives, in order, and nothing else before it."""
    code = "import sys; print('first'); display(1); print('second'); sys.stderr.write('third'); 2"

    async def run() -> list[str]:
        manager = AsyncKernelManager(kernel_name="light", client_class=CLIENT)
        await manager.start_kernel()
        client = manager.client()
        assert isinstance(client, PromptKernelClient)
        client.start_channels()
        await client.wait_for_ready(timeout=30)
        told = []
        await client.execute_interactive(
            code, output_hook=lambda message: told.append(message["msg_type"])
        )
        client.stop_channels()
        await manager.shutdown_kernel(now=True)
        return told

    first, *told, last = asyncio.run(run())
    assert first == last == "status"
    outputs = ["stream", "display_data", "stream", "stream", "execute_result"]
    assert told == ["execute_input", *outputs]


def test_the_prompt_client_tells_of_a_kernel_that_is_gone() -> None:
    """A kernel that ends before it answers is an error at once, and so is one that never does."""

    async def run(end: str) -> None:
        manager = AsyncKernelManager(kernel_name="light", client_class=CLIENT)
        await manager.start_kernel()
        await manager.signal_kernel(9 if end == "dead" else 19)
        client = manager.client()
        client.start_channels()
        try:
            await client.wait_for_ready(timeout=1)
        finally:
            client.stop_channels()
            await manager.shutdown_kernel(now=True)

    with pytest.raises(RuntimeError, match="died"):
        asyncio.run(run("dead"))
    with pytest.raises(RuntimeError, match="didn't respond in 1"):
        asyncio.run(run("stopped"))


def test_who_waits_for_an_answer_gets_it_though_something_is_sent_meanwhile() -> None:
    """A message that comes while the process is busy and then sends is not overlooked."""

    async def waits() -> str:
        client = PromptKernelClient()
        client.load_connection_info(one.manager.get_connection_info())
        client.start_channels(hb=False)
        await client.wait_for_ready(timeout=60)
        first = asyncio.create_task(client.get_shell_msg())
        await asyncio.sleep(0.1)
        asked = client.kernel_info()
        time.sleep(0.5)  # the answer comes while nobody looks
        content = {"comm_id": "nobody", "data": {}}
        client.shell_channel.send(client.session.msg("comm_msg", content))
        answer = await asyncio.wait_for(first, 10)
        client.stop_channels()
        return "answered" if answer["parent_header"]["msg_id"] == asked else "another"

    with kernel() as one:
        assert asyncio.run(waits()) == "answered"


def test_widgets_answer_the_page() -> None:
    """A page that asks for the state of all widgets is answered (as after a new connection)."""
    with kernel() as one:
        one.run("import ipywidgets; shown = ipywidgets.IntSlider(value=41)")
        session, shell = one.client.session, one.client.shell_channel
        content = {"comm_id": "c1", "target_name": "jupyter.widget.control", "data": {}}
        shell.send(session.msg("comm_open", content, metadata={"version": "1.0.0"}))
        content = {"comm_id": "c1", "data": {"method": "request_states"}}
        shell.send(session.msg("comm_msg", content))
        while (message := one.client.get_iopub_msg(timeout=10))["msg_type"] != "comm_msg":
            pass
        states = message["content"]["data"]["states"].values()
        assert [state["state"]["value"] for state in states if "value" in state["state"]] == [41]


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def asked(url: str, data: bytes | None = None) -> str:
    """The answer of a server that may still be starting; empty if none came."""
    headers = {"Authorization": "token letmein", "Content-Type": "application/json"}
    try:
        request = urllib.request.Request(url, data=data, headers=headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read().decode()
    except (URLError, ConnectionError):
        return ""


@pytest.fixture
def server(request: pytest.FixtureRequest, tmp_path: Path, port: int) -> Iterator[int]:
    """A server of Jupyter in a process of its own."""
    nbformat.write(
        notebook("print('six times seven is', 6 * 7, 'was forked:', forked)"),
        tmp_path / "page.ipynb",
    )
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *request.param, f"--port={port}"],
            cwd=tmp_path,
            env={**os.environ, "JUPYTER_TOKEN": "letmein"},
            stdout=log,
            stderr=log,
        )
        yield process.pid
        process.terminate()
        process.wait(20)


@pytest.mark.parametrize("server", [["voila", "page.ipynb", "--no-browser"]], indirect=True)
def test_voila(server: int, port: int) -> None:
    """A Voila page is made in a forked kernel."""
    pages: list[str] = []
    assert soon(lambda: bool(pages.append(asked(f"http://127.0.0.1:{port}/")) or pages[-1]), 60)
    assert "six times seven is 42" in pages[-1]
    assert "was forked: True" in pages[-1]


LAB = ["jupyterlab", "--no-browser", "--allow-root", "--ServerApp.root_dir=."]


@pytest.mark.parametrize("server", [LAB], indirect=True)
def test_jupyterlab(server: int, port: int) -> None:
    """JupyterLab offers the kernel, starts, restarts and ends it; it is a fork of its child."""
    here = f"http://127.0.0.1:{port}/api"
    assert soon(lambda: "light" in asked(f"{here}/kernelspecs"), 60)

    def forked() -> list[int]:
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                pid = int(folder.name)
                if parent_of(parent_of(pid)) == server:
                    found.append(pid)
            except (OSError, ValueError, IndexError):
                continue
        return found

    started = json.loads(asked(f"{here}/kernels", b'{"name": "light"}'))
    first = forked()
    assert len(first) == 1
    assert json.loads(asked(f"{here}/kernels/{started['id']}/restart", b"{}"))
    assert len(forked()) == 1
    assert forked() != first
    assert json.loads(asked(f"{here}/kernels"))[0]["name"] == "light"
    os.kill(forked()[0], 9)
    assert soon(lambda: len(forked()) == 1, 20), "Jupyter restarts a kernel that has died"
