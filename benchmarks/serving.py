"""How fast screens open and what they take: `a87 serve` against stock Voila, in one run.

    .venv/bin/python benchmarks/serving.py                 # everything: some five minutes
    .venv/bin/python benchmarks/serving.py --small         # a trial: under a minute
    .venv/bin/python benchmarks/serving.py --only memory many

Both serve the same screen (default: the overview on the exercise register) and are asked in turn,
so that a busy machine slows both. Stock Voila runs as it comes: template lab, an ordinary kernel.
Parts: `server` (time to a page), `browser` (until usable in Chromium), `memory` (of one open
screen), `many` (screens at once, and the one over the cap), `newcomer` (`make dashboards` in a
fresh clone; see newcomer.py). Prints medians and ratios; exit status 1 if a page failed.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
import psutil
from newcomer import measure
from opening import Page, free_port, leave, opened, serving, usable

PROJECT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PARTS = ("server", "browser", "memory", "many", "newcomer")
ORDINARY = {"name": "python3", "display_name": "Python 3", "language": "python"}
OURS, STOCK = "a87 serve", "stock voila"


@dataclass(frozen=True)
class Server:
    """A server that runs. url: of the screen."""

    name: str
    base: str
    url: str
    process: psutil.Process
    log: Path

    def kernels(self) -> set[psutil.Process]:
        """Its descendants that have none themselves (a zygote has)."""
        return {p for p in self.process.children(recursive=True) if not p.children()}


def good(page: Page) -> Page:
    """The page, if it shows widgets; else the benchmark ends."""
    if page.status != 200 or not page.whole:
        raise SystemExit(f"{page.url}: status {page.status}, no widgets: {page.title}")
    return page


def say(what: str, values: dict[str, list[float]]) -> None:
    """Both medians, their ratio, and how far the single values lie apart."""
    middle = {which: statistics.median(found) for which, found in values.items()}
    shown = "  ".join(
        f"{which} {middle[which]:.2f} ({min(found):.2f}–{max(found):.2f})"
        for which, found in values.items()
    )
    print(f"{what:36} {shown}  ratio {middle[STOCK] / middle[OURS]:.1f}", flush=True)


def server(both: list[Server], rounds: int) -> None:
    """Seconds until the whole page was there, of both in turn."""
    times: dict[str, list[float]] = {one.name: [] for one in both}
    for turn in range(rounds + 1):
        for one in both:
            page = good(opened(one.url))
            leave(one.base, page.kernel)
            if turn:  # the first page of each warms caches
                times[one.name].append(page.seconds)
    say("server time to a page (s)", times)


def browser(both: list[Server], rounds: int) -> None:
    """Seconds until the screen can be used, at the first visit of a browser and at the next."""
    first: dict[str, list[float]] = {one.name: [] for one in both}
    later: dict[str, list[float]] = {one.name: [] for one in both}
    for _ in range(rounds):
        for one in both:
            times = usable(one.url, visits=2)
            first[one.name].append(times[0])
            later[one.name].append(times[1])
    say("usable in Chromium, first visit (s)", first)
    say("usable in Chromium, next visit (s)", later)


def taken(process: psutil.Process) -> tuple[float, float]:
    """Megabytes that a process has for itself, and with its part of what it shares."""
    text = Path(f"/proc/{process.pid}/smaps_rollup").read_text(encoding="ascii")
    kilobytes = {name: int(value) for name, value in re.findall(r"(\w+): +(\d+) kB", text)}
    own = kilobytes["Private_Clean"] + kilobytes["Private_Dirty"]
    return own / 1000, kilobytes["Pss"] / 1000


def memory(both: list[Server], rounds: int) -> None:
    """What one open screen's kernel takes, two seconds after its page was written."""
    found: dict[str, list[tuple[float, float]]] = {one.name: [] for one in both}
    for _ in range(rounds):
        for one in both:
            before = one.kernels()
            page = good(opened(one.url))
            time.sleep(2)
            found[one.name] += [taken(new) for new in one.kernels() - before]
            leave(one.base, page.kernel)
    say("private memory of a screen (MB)", {k: [uss for uss, _ in v] for k, v in found.items()})
    say("proportional memory (MB)", {k: [pss for _, pss in v] for k, v in found.items()})


def many(ours: Server, count: int) -> None:
    """As many screens at once as there are places, and one more."""
    time.sleep(2)
    idle, start = ours.kernels(), time.perf_counter()
    with ThreadPoolExecutor(count) as crowd:
        pages = list(crowd.map(opened, [ours.url] * count))
    whole = time.perf_counter() - start
    times = sorted(page.seconds for page in pages if page.status == 200 and page.whole)
    over = opened(ours.url)
    memory = [taken(new) for new in ours.kernels() - idle]
    incidents = len(re.findall(r"^\[\d{8}-\w{6}\]", ours.log.read_text(), re.MULTILINE))
    print(
        f"{count} at once: {len(times)} whole, {incidents} lines of errors in the log; median "
        f"{statistics.median(times):.1f} s, p95 {times[int(0.95 * (len(times) - 1))]:.1f} s, "
        f"all in {whole:.1f} s\n"
        f"the one over the cap: status {over.status} after {1000 * over.seconds:.0f} ms: "
        f"“{over.title}”\n"
        f"memory of {len(memory)} kernels: {sum(uss for uss, _ in memory):.0f} MB private, "
        f"{sum(pss for _, pss in memory):.0f} MB proportional; "
        f"{statistics.median(uss for uss, _ in memory):.0f} MB private each; "
        f"the server {taken(ours.process)[0]:.0f} MB",
        flush=True,
    )
    for page in pages:
        leave(ours.base, page.kernel)
    if len(times) != count or over.status != 503 or incidents:
        raise SystemExit(1)


@contextmanager
def running(folder: Path, screen: str, register: Path, places: int) -> Iterator[list[Server]]:
    """Both servers with the same screen."""
    screens, log = folder / "screens", folder / "logs"
    screens.mkdir()
    log.mkdir()
    notebook = nbformat.read(PROJECT / "notebooks/dashboards" / f"{screen}.ipynb", as_version=4)
    notebook.metadata["kernelspec"] = ORDINARY  # which `a87 serve` does not look at
    nbformat.write(notebook, screens / f"{screen}.ipynb")
    one, two = free_port(), free_port()
    ours = [BIN / "a87", "serve", "--port", str(one), "--screens", screens, "--total", str(places)]
    stock = [BIN / "voila", screens / f"{screen}.ipynb", "--no-browser", f"--port={two}"]
    os.environ["A87_REGISTER"] = str(register)
    with (
        serving(ours, one, PROJECT, log / "ours") as first,
        serving([*stock, "--Voila.ip=127.0.0.1"], two, PROJECT, log / "stock") as second,
    ):
        base, other = f"http://127.0.0.1:{one}", f"http://127.0.0.1:{two}"
        yield [
            Server(OURS, base, f"{base}/{screen}", psutil.Process(first), log / "ours"),
            Server(STOCK, other, f"{other}/", psutil.Process(second), log / "stock"),
        ]


def made(folder: Path) -> Path:
    """The exercise register."""
    file = folder / "exercise.db"
    command = [BIN / "a87", "init", "--from", PROJECT / "data/exercise", "--register", file]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
    return file


def main() -> None:
    """Measures and prints."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--screen", default="overview")
    asked.add_argument("--register", type=Path, help="else the exercise's, made anew")
    asked.add_argument("--rounds", type=int, default=7)
    asked.add_argument("--many", type=int, default=30)
    asked.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    asked.add_argument("--small", action="store_true", help="a trial with small numbers")
    options = asked.parse_args()
    rounds, crowd = (1, 3) if options.small else (options.rounds, options.many)
    only = set(options.only) - ({"newcomer"} if options.small else set())
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}", flush=True)
    folder = Path(tempfile.mkdtemp(prefix="a87-benchmark-"))
    try:
        if only - {"newcomer"}:
            register = options.register.resolve() if options.register else made(folder)
            with running(folder, options.screen, register, crowd) as both:
                if "server" in only:
                    server(both, rounds)
                if "browser" in only:
                    browser(both, max(1, rounds // 2))
                if "memory" in only:
                    memory(both, max(1, rounds // 2))
                if "many" in only:
                    many(both[0], crowd)
        if "newcomer" in only:
            measure(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
