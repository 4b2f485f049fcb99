"""Ways to open a screen and to see when it is there: over HTTP, and in Chromium."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "browser"))
from pages import program


@dataclass(frozen=True)
class Page:
    """An answer. whole: whether it shows a widget. title: of the page, or what a refusal says."""

    url: str
    seconds: float
    status: int
    kernel: str
    whole: bool
    title: str


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    """Whether somebody listens on a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def serving(command: Sequence[str | Path], port: int, folder: Path, log: Path) -> Iterator[int]:
    """A server, from its start to its end; gives its process id."""
    with log.open("w") as told:
        process = subprocess.Popen(command, cwd=folder, stdout=told, stderr=told)  # noqa: S603 - ours
    try:
        while not listens(port):
            if process.poll() is not None:
                raise SystemExit(log.read_text())
            time.sleep(0.02)
        yield process.pid
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def opened(url: str) -> Page:
    """A page as a program gets it, timed until its last byte."""
    start = time.perf_counter()
    try:
        with urllib.request.urlopen(url, timeout=600) as answer:  # noqa: S310 - of this machine
            text, status = answer.read().decode(), answer.status
    except urllib.error.HTTPError as refused:
        text, status = refused.read().decode(), refused.code
    took = time.perf_counter() - start
    kernel = re.search(r'kernelId": ?"([0-9a-f-]+)"', text)
    title = re.search(r"<h1[^>]*>([^<]*)</h1>", text) or re.search(r"<title>([^<]*)", text)
    return Page(
        url,
        took,
        status,
        kernel[1] if kernel else "",
        "application/vnd.jupyter.widget-view+json" in text,
        unescape(title[1]).strip() if title else "",
    )


def leave(base: str, kernel: str) -> None:
    """Ends a page's kernel, as its browser would."""
    url, headers = f"{base}/voila/api/shutdown/{kernel}", {"Origin": base}
    request = urllib.request.Request(url, method="POST", data=b"", headers=headers)  # noqa: S310 - of this machine
    try:
        urllib.request.urlopen(request, timeout=60).close()  # noqa: S310 - of this machine
    except urllib.error.HTTPError as refused:
        if refused.code != 403:  # stock Voila wants a token of its page; its kernel stays
            raise


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's Chromium, or that which A87_CHROMIUM names."""
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=program(), args=["--no-sandbox"])
        yield browser
        browser.close()


def usable(url: str, visits: int) -> list[float]:
    """Seconds until a screen's field can be used, at each visit of a new browser."""
    with chromium() as browser:
        page = browser.new_page()
        times = []
        for _ in range(visits):
            start = time.perf_counter()
            page.goto(url, wait_until="commit", timeout=240_000)
            page.locator("#rendered_cells h1").first.wait_for(timeout=240_000)
            page.locator("#rendered_cells .a87-field input").first.click(trial=True, timeout=60_000)
            times.append(time.perf_counter() - start)
            page.goto("about:blank")
            page.wait_for_timeout(1000)  # until the server knows that the page was left
    return times
