"""Scripts in every free text of a file: on screens and in the review they are words and no more."""

from __future__ import annotations

import io
import zipfile

import pypdf
import pytest
from pages import ALIVE, Looked, look, visit
from planting import NAME, planted
from playwright.sync_api import Page, expect
from served import serving

from a87lib.cli import group
from a87lib.language import say

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TABS = 11
SHOWN = "<script>alert(1)</script>"
ALERT = "window.alert = window.confirm = window.prompt = () => { window.ran = true; };"


@pytest.fixture(scope="module")
def register(exercise_register: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The exercise, where all that is said of one country and the GCM is a payload."""
    where, texts = planted(exercise_register, tmp_path_factory.mktemp("payloads"), "QMC")
    assert texts > 400
    return where


def nothing_ran(looked: Looked) -> None:
    """No script ran, no element of a payload is there, nothing else was asked for."""
    page = looked.page
    assert page.evaluate("window.ran") is None
    assert looked.events == []
    assert looked.elsewhere() == []
    handlers = "[...document.querySelectorAll('#rendered_cells *')].filter(e => [...e.attributes]"
    assert page.evaluate(f"{handlers}.some(a => a.name.startsWith('on'))).length") == 0
    for tag in ("script", "iframe", "object", "embed", "form", "base", "meta", "marquee", "video"):
        assert page.locator(f"#rendered_cells {tag}").count() == 0, tag


def test_no_payload_runs_on_any_screen(browser, register, tmp_path_factory) -> None:
    """Every tab of the file with all that folds open, an entry opened, the overview, the calendar:
    payloads are read as text, the document's name among them."""
    folder = tmp_path_factory.mktemp("served")
    with serving(folder, register=register) as served:
        asked = "language=en&country=QMC&date=2026-12-01"
        looked = visit(browser, "about:blank")
        looked.page.add_init_script(ALERT)
        looked.page.goto(f"{served.base}/country?{asked}")
        seen = every_tab(looked.page)
        nothing_ran(looked)
        assert SHOWN in seen and NAME in seen and "{{ 7*7 }}" in seen
        assert len(seen) > 20_000
        for screen in ("calendar", "overview"):
            looked.page.goto(f"{served.base}/{screen}?language=en&date=2025-12-15")
            usable(looked.page)
            open_all(looked.page)
            nothing_ran(looked)
        looked.leave()


def usable(page: Page) -> None:
    """Waits until the screen can be used."""
    expect(page.locator("a.a87-view")).to_be_attached(timeout=ALIVE)


def open_all(page: Page) -> None:
    """Opens all that is folded."""
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")


def every_tab(page: Page) -> str:
    """What all tabs of a file say."""
    usable(page)
    radios = page.get_by_role("radio")
    assert radios.count() == TABS
    seen = ""
    for place in range(TABS):
        before = page.locator(".a87-screen").inner_text()
        radios.nth(place).check()
        if place:
            page.wait_for_function(
                "before => document.querySelector('.a87-screen').innerText !== before", arg=before
            )
        open_all(page)
        seen += page.locator(".a87-screen").inner_text()
        if place == TABS - 2:
            entry = page.get_by_label(say("screen.entries.open", "en"), exact=True)
            entry.select_option(index=1)
            expect(page.get_by_role("heading", level=2, name="[1]")).to_be_visible()
            page.get_by_role("button", name=say("screen.document.fetch", "en")).click()
            saved = page.get_by_role("link", name="Download img src-x onerror-alert(30).pdf")
            expect(saved).to_be_visible()
        if place == TABS - 1:
            what = page.get_by_label(say("screen.compare.what", "en"), exact=True)
            what.select_option(index=1)
            expect(page.get_by_text("Framework of 2025: received")).to_be_visible()
            seen += page.locator(".a87-screen").inner_text()
    return seen


def test_no_payload_runs_in_a_review(browser, register, tmp_path) -> None:
    """The HTML page shows them and asks for nothing; PDF and DOCX hold them as text."""
    arguments = ["review", "QMC", "--cycle", "2025", "--asof", "2025-12-15", "--lang", "en",
                 "--out", str(tmp_path), "--register", register]  # fmt: skip
    assert group.main(args=arguments, standalone_mode=False) == 0
    made = {path.suffix: path for path in tmp_path.rglob("*") if "QMC" in str(path)}
    looked = look(browser, made[".html"])
    open_all(looked.page)
    text = looked.page.locator("body").inner_text()
    assert SHOWN in text and "=cmd|' /C calc'!A0" in text
    assert looked.events == []
    assert [u for u in looked.requests if not u.startswith(("file:", "data:"))] == []
    pdf = "".join(page.extract_text() for page in pypdf.PdfReader(made[".pdf"]).pages)
    assert SHOWN in pdf.replace("\n", "").replace("\u200b", "") and '#read("/etc/passwd")' in pdf
    with zipfile.ZipFile(io.BytesIO(made[".docx"].read_bytes())) as package:
        body = package.read("word/document.xml").decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in body.replace("\u200b", "")
        assert "w:altChunk" not in body and "w:fldSimple" not in body
        links = package.read("word/_rels/document.xml.rels").decode()
        assert "javascript:" not in links and "127.0.0.1" not in links
    looked.page.close()
