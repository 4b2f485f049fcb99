"""The frame of screens in a real browser: by eye, by keyboard, and when things go wrong."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pages import ALIVE, Looked, visit
from playwright.sync_api import Browser, Page, expect
from served import Served, serving

from a87lib.language import LANGUAGES, say

pytestmark = pytest.mark.browser
WIDTHS = (1280, 800)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One person's server."""
    with serving(tmp_path_factory.mktemp("journeys")) as started:
        yield started


def opened(browser: Browser, url: str) -> Looked:
    """Opens a screen and waits until it can be used."""
    looked = visit(browser, url)
    expect(looked.page.locator("#rendered_cells")).to_be_visible(timeout=ALIVE)
    expect(looked.page.get_by_role("heading", level=1)).to_be_visible(timeout=ALIVE)
    return looked


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_screen_has_no_barrier(browser: Browser, served: Served, language: str) -> None:
    """No violation of WCAG 2.2 AA, no sideways scrolling, no request elsewhere, its own lang."""
    looked = opened(browser, f"{served.base}/deciding?language={language}")
    assert looked.page.locator("html").get_attribute("lang") == language
    assert looked.page.get_by_text(say("serving.alone", language)).is_visible()
    _no_barrier(looked, f"screen-{language}")
    looked.leave()


def _no_barrier(looked: Looked, name: str) -> None:
    """In each width of window."""
    for width in WIDTHS:
        looked.page.set_viewport_size({"width": width, "height": 800})
        looked.no_barrier(f"{name}-{width}")


def test_the_language_is_changed_by_a_link(browser: Browser, served: Served) -> None:
    """The link to another language opens the same view, with its lang."""
    looked = opened(browser, f"{served.base}/overview?country=QMA&cycle=2024")
    looked.page.get_by_role("link", name="Español").click()
    expect(looked.page.locator("html")).to_have_attribute("lang", "es")
    expect(looked.page.get_by_text("country=QMA&cycle=2024&language=es")).to_be_visible()
    looked.leave()


def test_a_screen_is_used_by_keyboard(browser: Browser, served: Served) -> None:
    """Skip link, button and field are reached by Tab and used by Enter, without a mouse."""
    page = opened(browser, f"{served.base}/counting").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "a87-skip"
    page.keyboard.press("Enter")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == "One more":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_label("Count")).to_have_value("1")
    page.close()


def test_a_disabled_button_is_disabled(browser: Browser, served: Served) -> None:
    """What may not be done is grey, and what is hidden is not shown."""
    page = opened(browser, f"{served.base}/deciding").page
    expect(page.get_by_role("button", name="Conclude")).to_be_disabled()
    expect(page.get_by_label("role")).to_be_hidden()
    page.close()


def test_a_download_leaves_the_page_alive(browser: Browser, served: Served) -> None:
    """A file is saved under its name, and the page goes on working."""
    page = opened(browser, f"{served.base}/counting").page
    with page.expect_download() as saving:
        page.get_by_role("link", name="Table (CSV)").click()
    assert saving.value.suggested_filename == "table.csv"
    assert saving.value.path().read_bytes() == b"country;cycle\nQMA;2024\n"
    page.get_by_role("button", name="One more").click()
    expect(page.get_by_label("Count")).to_have_value("1")
    page.close()


def test_nothing_from_outside_runs(browser: Browser, served: Served) -> None:
    """Scripts and event handlers in HTML that a screen shows unescaped do not run."""
    looked = opened(browser, f"{served.base}/payloads")
    expect(looked.page.get_by_label("Text")).to_be_visible()
    looked.page.wait_for_timeout(1000)
    for link in looked.page.get_by_role("link", name="a link").all():
        link.click(force=True)
    looked.page.wait_for_timeout(500)
    assert looked.page.evaluate("window.ran") is None
    assert looked.events == []
    looked.leave()


def test_a_failing_click_is_told(browser: Browser, served: Served) -> None:
    """After an error in a callback the reader sees a sentence with a number, and works on."""
    looked = opened(browser, f"{served.base}/failing?language=fr")
    looked.page.get_by_role("button", name="Divide").click()
    alert = looked.page.get_by_role("alert").filter(has_text=re.compile(r"\d{8}-\w{6}"))
    expect(alert).to_be_visible()
    expect(looked.page.get_by_label("Said")).to_have_value("tried")
    assert "Traceback" not in looked.page.content()
    assert looked.violations() == []
    looked.keep("incident-fr-1280")
    looked.leave()


SOCKETS = """window.lines = [];
window.WebSocket = class extends window.WebSocket {
    constructor(...args) { super(...args); window.lines.push(this); }
};"""
BLINK = """(count) => new Promise((done) => {
    const look = () => window.lines[count]?.readyState === 1 ? done() : setTimeout(look, 20);
    window.lines.at(-1).close();
    look();
})"""


def test_a_button_acts_on_what_is_seen(browser: Browser, served: Served) -> None:
    """Pressed right after the last key, on a slow line, it hears every sign typed before.

    So it does when the line is lost meanwhile. Whoever waits long is told so; a file is chosen at
    once; a button that has become grey meanwhile does nothing.
    """
    looked = visit(browser, "about:blank")
    page = looked.page
    page.add_init_script(SOCKETS)
    page.clock.install()
    page.goto(f"{served.base}/hasty")
    text, keep_it = page.get_by_label("Text"), page.get_by_role("button", name="Keep")
    heard, alert = page.locator("#heard"), page.get_by_role("alert")

    def typed(words: str) -> None:
        text.fill("")
        text.press_sequentially(words, delay=5)

    typed("five children")
    keep_it.click()
    expect(heard).to_have_text("five children")
    typed("six children")
    keep_it.click()
    page.evaluate(BLINK, 1)
    expect(heard).to_have_text("six children")
    typed("slowly")
    with page.expect_file_chooser():
        page.get_by_role("button", name="Choose").click()
    keep_it.click()
    page.clock.fast_forward(5000)
    expect(alert).to_contain_text(say("serving.late", "en"))
    expect(heard).to_have_text("slowly")
    expect(alert).to_have_text("")
    typed("off")
    keep_it.click()
    expect(keep_it).to_be_disabled()
    typed("on")
    expect(keep_it).to_be_enabled()
    expect(heard).to_have_text("slowly")
    assert looked.events == []
    looked.leave()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "path"),
    [("missing", "/nothing?language={}"), ("view", "/overview?country=x&y=1&language={}"),
     ("broken", "/broken?language={}")],
)  # fmt: skip
def test_an_error_page_has_no_barrier(
    browser: Browser, served: Served, name: str, path: str, language: str
) -> None:
    """Error pages are as accessible as screens, in the reader's language."""
    looked = visit(browser, served.base + path.format(language))
    if name == "broken":
        expect(looked.page.locator("#rendered_cells")).to_be_visible()
    assert looked.page.locator("html").get_attribute("lang") == language
    _no_barrier(looked, f"error-{name}-{language}")
    looked.leave()


def test_the_one_too_many_sees_a_page(browser: Browser, tmp_path: Path) -> None:
    """Past the cap a reader sees a polite page, without a barrier."""
    with serving(tmp_path, "--total", "1") as small:
        small.open("counting")
        for language in LANGUAGES:
            looked = visit(browser, f"{small.base}/counting?language={language}")
            title = say("serving.place_total.title", language)
            expect(looked.page.get_by_role("heading", level=1, name=title)).to_be_visible()
            _no_barrier(looked, f"full-{language}")
            looked.page.close()
        _leaving_frees_the_place(browser, small)


def _told(page: Page, key: str, language: str) -> None:
    words = say(f"serving.{key}", language)
    expect(page.get_by_role("alert").filter(has_text=words)).to_be_visible(timeout=60_000)
    expect(page.get_by_role("button", name=say("serving.again", language))).to_be_visible()


def test_a_lost_connection_is_told(browser: Browser, tmp_path: Path) -> None:
    """A line that is back at once is not worth a word; one that is lost is, and when it is back."""
    language = "fr"
    with serving(tmp_path) as lost:
        looked = visit(browser, "about:blank")
        looked.page.add_init_script(SOCKETS)
        looked.page.goto(f"{lost.base}/counting?language={language}")
        alert = looked.page.get_by_role("alert")
        for count in ("1", "2"):
            looked.page.get_by_role("button", name="One more").click()
            expect(looked.page.get_by_label("Count")).to_have_value(count)
            looked.page.evaluate(BLINK, int(count))
            expect(alert).to_have_text("")
        looked.page.evaluate("Math.random = () => 0.1")  # how long until it is tried again
        looked.page.context.set_offline(True)
        looked.page.evaluate("window.lines.at(-1).close()")
        _told(looked.page, "lost", language)
        looked.page.context.set_offline(False)
        expect(alert).to_have_text(say("serving.back", language), timeout=30_000)
        looked.page.get_by_role("button", name="One more").click()
        expect(looked.page.get_by_label("Count")).to_have_value("3")
        lost.process.send_signal(signal.SIGKILL)
        _told(looked.page, "lost", language)
        assert looked.violations() == []
        looked.keep(f"lost-{language}-1280")
        looked.page.close()


def test_a_page_not_used_is_told(browser: Browser, tmp_path: Path) -> None:
    """A page closed for want of use says so, and opens again on demand."""
    with serving(tmp_path, "--idle", "3") as served:
        looked = opened(browser, f"{served.base}/counting?language=es")
        _told(looked.page, "idle", "es")
        looked.keep("idle-es-1280")
        looked.page.get_by_role("button", name=say("serving.again", "es")).click()
        looked.page.get_by_role("button", name="One more").click()
        expect(looked.page.get_by_label("Count")).to_have_value("1")
        looked.page.close()


def _leaving_frees_the_place(browser: Browser, small: Served) -> None:
    """Going elsewhere ends the kernel at once."""
    small.leave_all()
    looked = opened(browser, f"{small.base}/counting")
    assert small.get("/counting").status_code == 503
    looked.page.goto("about:blank")
    until = time.monotonic() + 20
    while (status := small.get("/counting").status_code) == 503 and time.monotonic() < until:
        time.sleep(0.1)
    assert status == 200
    assert "Traceback" not in small.told()
    looked.page.close()


def test_a_second_visit_asks_for_no_script_again(browser: Browser, served: Served) -> None:
    """Scripts are kept by the browser: a reload asks the server for the page alone."""
    looked = opened(browser, f"{served.base}/counting")
    before = served.told().count("/voila/static/")
    looked.page.reload()
    expect(looked.page.get_by_label("Count")).to_be_visible()
    assert served.told().count("/voila/static/") == before
    looked.leave()
