"""The screens in a browser: they open, speak three languages, work by keyboard, bar nobody."""

from __future__ import annotations

import csv
import io
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from pages import Looked, chromium
from served import Served, serving

from a87lib.language import LANGUAGES, say

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DASHBOARDS = Path(__file__).resolve().parents[2] / "notebooks" / "dashboards"
ALIVE = 90_000  # milliseconds for a page to become usable on a busy machine
SCREENS = ("overview", "country", "calendar")
WIDTHS = (1280, 800)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, exercise_register: str) -> Iterator[Served]:
    """One person's server of the real screens, on the exercise."""
    folder = tmp_path_factory.mktemp("screens")
    (folder / "dashboards").symlink_to(DASHBOARDS)
    with serving(folder, environment={"A87_REGISTER": exercise_register}) as started:
        yield started


@pytest.fixture
def opened(browser: Browser, served: Served) -> Iterator[object]:
    """Opens a path and waits until the screen can be used; leaves every page in the end."""
    pages: list[Page] = []

    def open_(path: str, width: int = 1280) -> Looked:
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.set_default_timeout(ALIVE)
        looked = Looked(page)
        pages.append(page)
        page.on("request", lambda request: looked.requests.append(request.url))
        page.on("pageerror", lambda error: looked.events.append(str(error)))
        page.goto(served.base + path)
        expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=ALIVE)
        expect(page.locator("a.a87-view")).to_be_visible(timeout=ALIVE)
        return looked

    yield open_
    for page in pages:
        page.goto("about:blank")
        page.close()


def keep(looked: Looked, name: str) -> None:
    """A picture of the page, where A87_SCREENSHOTS names a folder for them."""
    if folder := os.environ.get("A87_SCREENSHOTS"):
        looked.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def no_barrier(looked: Looked, served: Served) -> None:
    """No violation, no sideways scrolling, no error, no request to anywhere else."""
    ours = (served.base, served.base.replace("http", "ws"), "data:", "blob:")
    assert looked.violations() == []
    assert looked.wider_than_screen() == 0
    assert looked.events == []
    assert [url for url in looked.requests if not url.startswith(ours)] == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_has_no_barrier(
    opened, served: Served, screen: str, language: str, width: int
) -> None:
    """Each screen in each language and width has its lang and no barrier."""
    looked = opened(f"/{screen}?language={language}", width)
    assert looked.page.locator("html").get_attribute("lang") == language
    no_barrier(looked, served)
    keep(looked, f"{screen}-{language}-{width}")


def test_no_tab_has_a_barrier(opened, served: Served) -> None:
    """Every tab of a country's file opens by its radio and has no barrier."""
    looked = opened("/country?country=QMC&language=en", 800)
    for tab, section in TABS.items():
        looked.page.get_by_role("radio", name=say(f"screen.tab.{tab}", "en")).check()
        expect(looked.page.get_by_text(section, exact=True).first).to_be_attached(timeout=ALIVE)
        no_barrier(looked, served)
        keep(looked, f"country-{tab}-en-800")


TABS = {
    "history": say("review.section.standing", "en"),
    "cycle": say("review.section.cycle", "en"),
    "signs": say("review.section.annex", "en"),
    "roadmap": say("review.section.roadmap", "en"),
    "indicators": say("review.section.indicators", "en"),
    "evidence": say("review.section.evidence", "en"),
    "participation": say("review.section.participation", "en"),
    "comments": say("review.section.comments", "en"),
    "documents": say("screen.entries.caption", "en"),
    "compare": "22 findings differ",
}


def test_from_the_overview_to_a_country_in_another_language(opened) -> None:
    """A click on a country opens its file; the language switch keeps country and day."""
    page = opened("/overview?date=2024-12-31&language=en").page
    page.get_by_role("link", name="Corvatania").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Corvatania: the file as of 31 December 2024", timeout=ALIVE)
    page.get_by_label(say("screen.country.choose", "en"), exact=True).select_option(label="Fenwold")
    expect(heading).to_contain_text("Fenwold")
    expect(page).to_have_url(re.compile("country=QMF.*date=2024-12-31"))
    page.get_by_role("link", name="Español").click()
    expect(page.locator("html")).to_have_attribute("lang", "es", timeout=ALIVE)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Fenvaldia", timeout=ALIVE)


def test_search_and_filter_by_keyboard(opened) -> None:
    """The search field is reached by Tab, and the table follows what is typed."""
    page = opened("/overview?language=en").page
    label = page.get_by_label(say("screen.search", "en"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for _ in range(3):
        page.keyboard.press("Tab")
        if label.evaluate("field => field === document.activeElement"):
            break
    page.keyboard.type("elmi")
    expect(page.get_by_text("Countries shown: 1 of 12")).to_be_visible()
    assert page.get_by_role("rowheader").all_inner_texts() == ["Elmiranta"]


def test_a_table_is_sorted_by_keyboard(opened) -> None:
    """Enter on a header sorts by it, again the other way; the header says which."""
    page = opened("/overview?language=fr").page
    head = page.get_by_role("columnheader", name=say("screen.column.since_day", "fr"))
    head.get_by_role("button").focus()
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    cells = page.locator("table").first.locator("tbody tr td:nth-child(3)")
    up = cells.evaluate_all("cells => cells.map(c => c.dataset.sort).filter(Boolean)")
    assert up == sorted(up) and len(up) == 11
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    down = cells.evaluate_all("cells => cells.map(c => c.dataset.sort).filter(Boolean)")
    assert down == sorted(up, reverse=True)


def test_a_table_is_saved(opened) -> None:
    """The link below the table saves it, with a row for each country."""
    page = opened("/overview?language=en").page
    with page.expect_download() as saving:
        page.get_by_role("link", name=say("screen.csv", "en")).first.click()
    assert saving.value.suggested_filename == "overview-1.csv"
    text = Path(saving.value.path()).read_text(encoding="utf-8-sig")
    assert len(list(csv.reader(io.StringIO(text)))) == 13


def test_the_calendar_is_saved(opened) -> None:
    """The link saves an iCalendar file of the country chosen."""
    page = opened("/calendar?country=QMC&language=en").page
    with page.expect_download() as saving:
        page.get_by_role("link", name=say("screen.calendar.ics", "en")).click()
    assert saving.value.suggested_filename == "calendar-QMC.ics"
    assert Path(saving.value.path()).read_bytes().startswith(b"BEGIN:VCALENDAR")
