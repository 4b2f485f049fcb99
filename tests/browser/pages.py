"""A headless Chromium that looks at a page as a reader's browser would."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lacking import lacking
from playwright.sync_api import Browser, Page, expect, sync_playwright

ALIVE = 90_000  # milliseconds for a page to become usable on a busy machine
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
RUN = (
    "async () => (await axe.run(document, {runOnly: "
    "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})).violations"
    ".map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | '))"
)


@dataclass
class Looked:
    """A page opened, with the addresses it asked for and the dialogs and errors it raised."""

    page: Page
    requests: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)

    def violations(self) -> list[str]:
        """What axe-core finds against WCAG 2.2 AA and good practice."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: list[str] = self.page.evaluate(RUN)
        return found

    def wider_than_screen(self) -> int:
        """By how many pixels the page is wider than the window (0: no sideways scrolling)."""
        over: int = self.page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return over

    def elsewhere(self) -> list[str]:
        """The addresses outside the page's own server that it asked for."""
        home = urlsplit(self.page.url).netloc
        asked = [url for url in self.requests if not url.startswith(("data:", "blob:"))]
        return [url for url in asked if urlsplit(url).netloc != home]

    def hinted_null(self) -> list[str]:
        """The words of labels and buttons to which a widget gave “null” as its hint."""
        found = self.page.locator("label[title=null], button[title=null]").all_inner_texts()
        return [words for words in found if words.strip()]

    def no_barrier(self, name: str) -> None:
        """No violation, no sideways scrolling, no error, no request to anywhere else."""
        assert self.violations() == [], name
        assert self.hinted_null() == [], name
        assert self.wider_than_screen() == 0, name
        assert self.events == []
        assert self.elsewhere() == []
        self.keep(name)

    def keep(self, name: str) -> None:
        """A picture of the page, where A87_SCREENSHOTS names a folder for them."""
        if folder := os.environ.get("A87_SCREENSHOTS"):
            self.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    def leave(self) -> None:
        """Goes away from the page, which ends its kernel."""
        self.page.goto("about:blank")
        self.page.close()


def program() -> str | None:
    """The Chromium that scripts/environment.py was content with."""
    return os.environ.get("A87_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's Chromium; without it or axe-core the test is skipped (on CI it fails)."""
    path = program()
    if not path or not AXE.is_file():
        lacking("needs Chromium and `npm ci` in tests/browser (make test installs both)")
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=path, headless=True, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def watched(page: Page) -> Looked:
    """A page of which requests, dialogs and errors are kept."""
    page.set_default_timeout(ALIVE)
    looked = Looked(page)
    page.on("request", lambda request: looked.requests.append(request.url))
    page.on("dialog", lambda dialog: (looked.events.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: looked.events.append(str(error)))
    return looked


def visit(browser: Browser, url: str, width: int = 1280) -> Looked:
    """Open an address in a window of that width."""
    looked = watched(browser.new_page(viewport={"width": width, "height": 800}))
    looked.page.goto(url)
    return looked


def screen(browser: Browser, url: str, width: int = 1280) -> Looked:
    """Open a screen, and wait until it can be used."""
    looked = visit(browser, url, width)
    expect(looked.page.get_by_role("heading", level=1)).to_be_visible(timeout=ALIVE)
    expect(looked.page.locator("a.a87-view")).to_be_visible(timeout=ALIVE)
    return looked


def look(browser: Browser, file: Path, width: int = 1280, **options: Any) -> Looked:
    """Open a file, and keep what it says in the console, too."""
    looked = watched(browser.new_page(viewport={"width": width, "height": 800}, **options))
    looked.page.on("console", lambda said: looked.events.append(said.text))
    looked.page.goto(file.as_uri())
    return looked
