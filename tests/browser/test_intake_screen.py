"""The intake in a browser: a bad workbook, its problems, put right, tried, taken in, on file."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from corpus.filling import FIRST, RECEIVED_ON, Sheets, figure, filled, make_register, template
from pages import ALIVE, screen
from playwright.sync_api import Browser, Page, expect
from served import Served, serving

from a87lib import register
from a87lib.desk.submissions import Incoming, receive
from a87lib.language import say

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LARGE = b"%PDF-1.7\n" + bytes(range(256)) * (5 * 4096) + b"\n%%EOF\n"
"""Five MiB, sent through the page's websocket."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register; Côte d'Ivoire's workbook, sound and bad; Namibia's, made before its report."""
    made = tmp_path_factory.mktemp("intake")
    with register.open(make_register(made / "register.db")) as on:
        sheets = filled(template(on, "CIV", "fr"), "fr")
        older = filled(template(on, "NAM", "fr"), "fr")
        incoming = Incoming(data=older.saved(), name="first.xlsx", received_on=RECEIVED_ON)
        receive(on, incoming, by="analyst")
    sheets.put("evidence", FIRST, "file", "enquete.pdf")
    (made / "sound.xlsx").write_bytes(sheets.saved())
    older.put("actions", FIRST, "done", "autre chose")
    (made / "older.xlsx").write_bytes(older.saved())
    sheets.put("figures", figure(sheets, "E1"), "value", "12,5")
    sheets.put("actions", FIRST, "state", "presque")
    (made / "bad.xlsx").write_bytes(sheets.saved())
    return made


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    """One person's server of the real screens."""
    with serving(folder, register=folder / "register.db") as started:
        yield started


def press(page: Page, name: str) -> None:
    """Reaches a button with the Tab key and presses it."""
    button = page.get_by_role("button", name=name, exact=True)
    page.get_by_role("heading", level=1).click()
    for _ in range(20):
        page.keyboard.press("Tab")
        if button.evaluate("own => own === document.activeElement"):
            page.keyboard.press("Enter")
            return
    pytest.fail(f"{name} is not reached with the Tab key")


def drop(page: Page, title: str, name: str, data: bytes, times: int = 1) -> None:
    """Drops a file on the box of this title, as from a file manager. times: the data so often."""
    zone = page.locator(".a87-drop", has=page.get_by_role("heading", name=title, exact=True))
    zone.evaluate(
        """(zone, [name, text, times]) => {
            const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File(Array(times).fill(bytes), name));
            const options = { bubbles: true, cancelable: true, dataTransfer };
            zone.dispatchEvent(new DragEvent("dragover", options));
            zone.dispatchEvent(new DragEvent("drop", options));
        }""",
        [name, base64.b64encode(data).decode(), times],
    )


def said(key: str, language: str = "en", **args: object) -> str:
    return say(f"screen.intake.{key}", language, **args)


def test_from_a_bad_workbook_to_the_countrys_file(
    browser: Browser, served: Served, folder: Path
) -> None:
    """Refused at its cells with a marked copy, put right, tried, taken in, seen on the file."""
    looked = screen(browser, f"{served.base}/intake?language=en")
    page = looked.page
    with page.expect_file_chooser() as choosing:
        press(page, said("choose.workbook"))
    choosing.value.set_files(folder / "bad.xlsx")
    marked = page.locator(".a87-fault")
    expect(marked).to_have_count(2)
    expect(marked.first).to_contain_text("presque")
    expect(page.locator("[lang=fr] table").first).to_contain_text(say("intake.part.fix", "fr"))
    take = page.get_by_role("button", name=said("take"))
    expect(take).to_be_disabled()
    expect(page.get_by_text(said("blocked.refused"))).to_be_visible()
    looked.no_barrier("intake-problems-en-1280")
    page.get_by_role("button", name=said("fetch")).click()
    with page.expect_download() as saving:
        page.get_by_role("link", name="bad-marked.xlsx").click()
    copy = Sheets(Path(saving.value.path()).read_bytes(), "fr")
    assert copy.sheet("actions").cell(FIRST, copy.column("actions", "state")).comment is not None

    drop(page, said("workbook"), "sound.xlsx", (folder / "sound.xlsx").read_bytes())
    expect(page.get_by_text("Serait reçu")).to_be_visible()
    drop(page, said("evidence"), "enquete.pdf", LARGE)
    expect(page.get_by_text(said("held", name="enquete.pdf", size="5,121"))).to_be_visible()
    expect(page.locator(".callout")).to_contain_text("enquete.pdf (application/pdf)")
    drop(page, said("evidence"), "large.pdf", LARGE, times=4)
    expect(page.get_by_role("alert").filter(has_text=said("too_large", most="19"))).to_be_visible()
    with register.open(folder / "register.db") as on:
        before = on.head().no
    press(page, said("take"))
    expect(page.locator(".callout-good")).to_contain_text("SHA-256")
    expect(take).to_be_disabled()
    looked.no_barrier("intake-receipt-en-1280")
    with page.expect_download() as saving:
        page.get_by_role("link", name=said("as_data")).click()
    receipt = json.loads(Path(saving.value.path()).read_text(encoding="utf-8"))
    with register.open(folder / "register.db") as on:
        assert on.head().no == before + len(receipt["entries"])
        kept = {each["name"]: each["sha256"] for each in receipt["documents"]}
        assert on.document(kept["enquete.pdf"]).content == LARGE
    page.get_by_role("link", name=said("open_file")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Côte d’Ivoire", timeout=ALIVE)
    page.get_by_role("radio", name=say("screen.tab.evidence", "en")).check()
    expect(page.get_by_text("Labour force survey 2023").first).to_be_visible(timeout=ALIVE)
    looked.leave()


@pytest.mark.parametrize(("language", "width"), [("en", 800), ("fr", 800), ("es", 360)])
def test_an_older_workbook_is_told_in_its_own_language(
    browser: Browser, served: Served, folder: Path, language: str, width: int
) -> None:
    """Both versions are shown; the page has no barrier in any language and on narrow screens."""
    looked = screen(browser, f"{served.base}/intake?language={language}", width)
    page = looked.page
    expect(page.get_by_role("heading", level=1)).to_have_text(said("title", language))
    drop(page, said("workbook", language), "older.xlsx", (folder / "older.xlsx").read_bytes())
    table = page.locator("[lang=fr] table").first
    expect(table).to_be_visible()
    with register.open(folder / "register.db") as on:
        hashes = [e.hash[:16] for e in on.entries("NAM", kinds=["indicator_framework_received"])]
    text = table.inner_text()
    assert hashes[0] in text and hashes[-1] in text and len(hashes) == 2
    assert page.locator("html").get_attribute("lang") == language
    looked.no_barrier(f"intake-older-{language}-{width}")
    looked.leave()
