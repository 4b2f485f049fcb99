"""How fast screens open and what they take: `a87 serve` against stock Voila, in one run.

    .venv/bin/python benchmarks/serving.py [--rounds 5] [--many 30]
        [--notebook notebooks/dashboards/overview.ipynb --register data/exercise.db]

Stock Voila runs as it comes: template lab, an ordinary kernel, no other options. Both serve the
same notebook and are asked in turn, so that a busy machine slows both. Prints medians and ratios.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import nbformat
import psutil
from playwright.sync_api import sync_playwright

BIN = Path(sys.executable).parent
ORDINARY = {"name": "python3", "display_name": "Python 3", "language": "python"}
CELLS = (
    "import ipywidgets as w\nimport matplotlib.pyplot as plt\nimport pandas as pd",
    "rows = pd.DataFrame({'country': [f'Q{i:02}' for i in range(60)], 'value': range(60)})\n"
    "w.HTML('<h1>Benchmark</h1>' + rows.to_html())",
    "figure, axes = plt.subplots(2, 2, figsize=(8, 5))\n"
    "for ax in axes.flat:\n    ax.plot(rows['value'])\nplt.show()",
    "w.VBox([w.Dropdown(options=list(rows['country']), description='Country'),\n"
    "        w.Button(description='Usable')])",
)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str | Path], port: int, folder: Path) -> Iterator[psutil.Process]:
    """A server, from its start to its end."""
    with (folder / f"{port}.log").open("w") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)  # noqa: S603
    try:
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if process.poll() is not None:
                raise SystemExit((folder / f"{port}.log").read_text())
            time.sleep(0.05)
        yield psutil.Process(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def opened(url: str) -> tuple[float, int, str]:
    """Seconds until the whole page was there, its status, and the id of its kernel."""
    start = time.perf_counter()
    try:
        with urllib.request.urlopen(url, timeout=600) as answer:  # noqa: S310 - of this machine
            text, status = answer.read().decode(), answer.status
    except urllib.error.HTTPError as refused:
        text, status = refused.read().decode(), refused.code
    took = time.perf_counter() - start
    found = re.search(r'kernelId": ?"([0-9a-f-]+)"', text)
    return took, status, found[1] if found else ""


def leave(base: str, kernel: str) -> None:
    """Ends a page's kernel, as its browser would."""
    url, headers = f"{base}/voila/api/shutdown/{kernel}", {"Origin": base}
    request = urllib.request.Request(url, method="POST", data=b"", headers=headers)  # noqa: S310
    try:
        urllib.request.urlopen(request, timeout=60).close()  # noqa: S310
    except urllib.error.HTTPError as refused:
        if refused.code != 403:  # stock Voila wants a token of its page; its kernel stays
            raise


def private(process: psutil.Process) -> float:
    """Megabytes that a process has for itself."""
    return float(process.memory_full_info().uss) / 1e6


def leaves(server: psutil.Process) -> list[psutil.Process]:
    """The kernels of a server: its descendants that have none themselves (a zygote has)."""
    return [child for child in server.children(recursive=True) if not child.children()]


def usable(url: str, again: bool) -> tuple[float, float]:
    """Seconds until a button can be used: at the first visit, and at the next one."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page()
        times = []
        for _ in range(1 + again):
            start = time.perf_counter()
            page.goto(url, wait_until="commit", timeout=240_000)
            page.locator("#rendered_cells h1").first.wait_for(timeout=240_000)
            page.locator("#rendered_cells button").first.click(trial=True, timeout=60_000)
            times.append(time.perf_counter() - start)
            page.goto("about:blank")
            page.wait_for_timeout(1000)  # until the server knows that the page was left
        browser.close()
    return times[0], times[-1]


def compare(ours: str, stock: str, name: str, rounds: int) -> None:
    """Server time to a page, and time until usable, of both in turn."""
    urls = {"a87 serve": f"{ours}/{name}", "stock voila": f"{stock}/"}
    bases = {"a87 serve": ours, "stock voila": stock}
    server: dict[str, list[float]] = {which: [] for which in urls}
    for turn in range(rounds + 1):
        for which, url in urls.items():
            took, status, kernel = opened(url)
            if status != 200:
                raise SystemExit(f"{which}: {status}")
            leave(bases[which], kernel)
            if turn:  # the first page of each warms caches
                server[which].append(took)
    _say("server time to a page (s)", {k: statistics.median(v) for k, v in server.items()})
    first: dict[str, list[float]] = {which: [] for which in urls}
    later: dict[str, list[float]] = {which: [] for which in urls}
    for _ in range(max(1, rounds // 2)):
        for which, url in urls.items():
            one, two = usable(url, again=True)
            first[which].append(one)
            later[which].append(two)
    _say("usable in Chromium, first visit (s)", {k: statistics.median(v) for k, v in first.items()})
    _say("usable in Chromium, next visit (s)", {k: statistics.median(v) for k, v in later.items()})


def _say(what: str, times: dict[str, float]) -> None:
    ratio = times["stock voila"] / times["a87 serve"]
    shown = "  ".join(f"{which} {value:.2f}" for which, value in times.items())
    print(f"{what:38} {shown}  ratio {ratio:.1f}", flush=True)


def memory(ours: psutil.Process, base: str, stock: psutil.Process, other: str, name: str) -> None:
    """Private memory of one open screen's kernel, of both."""
    taken = {}
    for which, server, url, root in (
        ("a87 serve", ours, f"{base}/{name}", base),
        ("stock voila", stock, f"{other}/", other),
    ):
        before = {child.pid for child in server.children(recursive=True)}
        _, _, kernel = opened(url)
        time.sleep(2)
        new = [child for child in leaves(server) if child.pid not in before]
        taken[which] = sum(private(child) for child in new)
        leave(root, kernel)
    _say("private memory of an open screen (MB)", taken)


def many(base: str, server: psutil.Process, name: str, count: int) -> None:
    """As many screens at once as there are places, and one more."""
    time.sleep(2)
    idle = {child.pid for child in server.children(recursive=True)}
    start = time.perf_counter()
    with ThreadPoolExecutor(count) as crowd:
        answers = list(crowd.map(lambda _: opened(f"{base}/{name}"), range(count)))
    whole = time.perf_counter() - start
    times = sorted(took for took, status, _ in answers if status == 200)
    if len(times) != count:
        raise SystemExit(f"only {len(times)} of {count} were opened")
    print(
        f"{count} at once: median {statistics.median(times):.1f} s, p95 "
        f"{times[int(0.95 * (count - 1))]:.1f} s, last {times[-1]:.1f} s, all in {whole:.1f} s"
    )
    took, status, _ = opened(f"{base}/{name}")
    print(f"the one over the cap: status {status} after {took * 1000:.0f} ms")
    new = [child for child in leaves(server) if child.pid not in idle]
    each = [private(child) for child in new]
    print(
        f"memory: {len(new)} kernels, {sum(each):.0f} MB private together, "
        f"{statistics.median(each):.0f} MB each; the server {private(server):.0f} MB"
    )


def main() -> None:
    """Measures and prints."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--notebook", type=Path)
    asked.add_argument("--register", type=Path)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--many", type=int, default=30)
    options = asked.parse_args()
    if options.register:
        os.environ["A87_REGISTER"] = str(options.register.resolve())
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        screens = folder / "screens"
        screens.mkdir()
        name = options.notebook.stem if options.notebook else "benchmark"
        file = screens / f"{name}.ipynb"
        if options.notebook:
            whole = nbformat.read(options.notebook, as_version=4)
            whole.metadata["kernelspec"] = ORDINARY  # which `a87 serve` does not look at
            nbformat.write(whole, file)
        else:
            cells = [nbformat.v4.new_code_cell(cell) for cell in CELLS]
            nbformat.write(nbformat.v4.new_notebook(cells=cells), file)
        one, two = free_port(), free_port()
        ours = [BIN / "a87", "serve", "--port", str(one), "--screens", screens]
        ours += ["--total", str(options.many)]
        stock = [BIN / "voila", file, "--no-browser", f"--port={two}", "--Voila.ip=127.0.0.1"]
        base, other = f"http://127.0.0.1:{one}", f"http://127.0.0.1:{two}"
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        with running(ours, one, folder) as server, running(stock, two, folder) as voila:
            compare(base, other, name, options.rounds)
            memory(server, base, voila, other, name)
            many(base, server, name, options.many)
        told = (folder / f"{one}.log").read_text()
        print(f"ordinary kernels that a87 serve had to start: {told.count('An ordinary kernel')}")


if __name__ == "__main__":
    main()
