"""The screens in a browser: they open, speak three languages, work by keyboard, bar nobody."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pages import ALIVE, Looked, screen
from playwright.sync_api import Browser, Page, expect
from served import Served, serving

from a87lib.language import LANGUAGES, say

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SCREENS = ("overview", "country", "calendar")
WIDTHS = (1280, 800, 360)
OPEN_ALL = "document.querySelectorAll('details').forEach(each => { each.open = true })"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, exercise_register: str) -> Iterator[Served]:
    """One person's server of the real screens, on the exercise."""
    folder = tmp_path_factory.mktemp("screens")
    with serving(folder, register=exercise_register) as started:
        yield started


@pytest.fixture
def opened(browser: Browser, served: Served) -> Iterator[object]:
    """Opens a path and waits until the screen can be used; leaves every page in the end."""
    pages: list[Looked] = []

    def open_(path: str, width: int = 1280) -> Looked:
        pages.append(screen(browser, served.base + path, width))
        return pages[-1]

    yield open_
    for looked in pages:
        looked.leave()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_has_no_barrier(opened, served: Served, screen: str, language: str) -> None:
    """Each screen in each language has its lang and, wide or narrow, no barrier, nor where it has
    nothing to show: a search that finds nothing, a file of before anything was on file, a calendar
    that ends before it begins."""
    looked = opened(f"/{screen}?language={language}")
    assert looked.page.locator("html").get_attribute("lang") == language
    for width in WIDTHS:
        looked.page.set_viewport_size({"width": width, "height": 800})
        looked.no_barrier(f"{screen}-{language}-{width}")
    field, value, told = REFUSED[screen]
    looked.page.get_by_label(said(field, language), exact=True).fill(value)
    looked.page.keyboard.press("Tab")
    expect(looked.page.get_by_text(said(told, language))).to_be_visible(timeout=ALIVE)
    looked.no_barrier(f"{screen}-{language}-refused")


REFUSED = {
    "overview": ("search", "zzz", "overview.none"),
    "country": ("known_at", "2001-01-01", "refused.country"),
    "calendar": ("calendar.until", "2020-01-01", "refused.order"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_tab_has_a_barrier(opened, served: Served, language: str) -> None:
    """Every tab of a country's file has no barrier in any language; in English all is unfolded."""
    looked = opened(f"/country?country=QMC&language={language}", 800)
    for tab, section in TABS.items():
        looked.page.get_by_role("radio", name=said(f"tab.{tab}", language), exact=True).check()
        shown = looked.page.get_by_text(section(language), exact=True).first
        expect(shown).to_be_attached(timeout=ALIVE)
        if language == "en":
            looked.page.evaluate(OPEN_ALL)
        looked.no_barrier(f"country-{tab}-{language}-800")
    what = looked.page.get_by_label(said("compare.what", language), exact=True)
    what.select_option(label=said("compare.frameworks", language))
    column = said("compare.framework", language, cycle=2024)
    expect(looked.page.get_by_role("columnheader", name=column)).to_be_visible()
    looked.no_barrier(f"country-frameworks-{language}-800")


def said(key: str, language: str, **args: object) -> str:
    """The sentence `screen.<key>`."""
    return say(f"screen.{key}", language, **args)


def section_of(name: str) -> Callable[[str], str]:
    """The heading of a section of the review, by language."""
    return lambda language: say(f"review.section.{name}", language)


TABS = {
    "history": section_of("standing"),
    "cycle": section_of("cycle"),
    "signs": section_of("annex"),
    "roadmap": section_of("roadmap"),
    "indicators": section_of("indicators"),
    "evidence": section_of("evidence"),
    "participation": section_of("participation"),
    "comments": section_of("comments"),
    "documents": lambda language: said("entries.caption", language),
    "compare": lambda language: said("compare.count", language, count=22),
}


def test_a_whole_visit_by_keyboard_alone(opened) -> None:
    """From the overview in another language into a country, to a sign's reasons, to the entry
    behind one, and its table saved: with Tab, Enter, Space and arrow keys."""
    page = opened("/overview?language=en").page
    walk_to(page, "Français")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "fr", timeout=ALIVE)
    expect(page.locator("a.a87-view")).to_be_visible(timeout=ALIVE)
    walk_to(page, "Corvatanie")
    page.keyboard.press("Enter")
    tabs = page.get_by_role("radio")
    expect(tabs).to_have_count(11, timeout=ALIVE)
    walk_to(page, said("tab.glance", "fr"))
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(tabs.nth(3)).to_be_checked()
    reasons = page.locator("summary", has_text=said("reasons", "fr"))
    expect(reasons).to_have_count(5, timeout=ALIVE)
    walk_to(page, said("reasons", "fr"))
    page.keyboard.press("Enter")
    expect(reasons.first.locator("xpath=..").locator("table").first).to_be_visible()
    walk_to(page, "[88]")
    page.keyboard.press("Space")
    opened_entry = page.locator("details[open] details[open]")
    expect(opened_entry.get_by_text("QMC-report-2024.pdf")).to_be_visible()
    page.keyboard.press("Shift+Tab")
    assert said("csv", "fr") in focused(page)
    with page.expect_download() as saving:
        page.keyboard.press("Enter")
    assert saving.value.suggested_filename == "QMC-signs-1.csv"


FOCUSED = """() => {
  const at = document.activeElement;
  const label = at.labels?.length ? at.labels[0] : at.closest('label') ?? at;
  return (label.innerText || at.ariaLabel || '').trim();
}"""


def focused(page: Page) -> str:
    """The words of what has the focus."""
    words: str = page.evaluate(FOCUSED)
    return words


def walk_to(page: Page, words: str, most: int = 80) -> None:
    """Presses Tab until what has the focus begins with these words."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if focused(page).startswith(words):
            return
    pytest.fail(f"{words} is not reached by Tab")


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


def test_a_link_opens_tab_filter_and_order(opened) -> None:
    """What was searched, filtered, sorted and opened stands in the address, and opens again."""
    page = opened("/overview?language=en").page
    page.get_by_label(said("show", "en"), exact=True).select_option(label=said("show.sign", "en"))
    expect(page.get_by_role("rowheader")).to_have_count(3)
    head = page.get_by_role("columnheader", name=said("column.country", "en")).first
    head.get_by_role("button").click()
    head.get_by_role("button").click()
    link = page.locator("a.a87-view")
    expect(link).to_have_attribute("href", re.compile("show=sign.*sort=0.0.down"))
    expect(page).to_have_url(re.compile("show=sign.*sort=0.0.down"))
    link.click()
    names = page.locator("table").first.get_by_role("rowheader")
    expect(names).to_have_text(["Fenwold", "Corvatania", "Bastrelle"], timeout=ALIVE)
    page = opened("/country?country=QMC&language=en&tab=signs").page
    expect(page.get_by_role("radio", name=said("tab.signs", "en"))).to_be_checked()
    page.get_by_role("radio", name=said("tab.evidence", "en")).check()
    expect(page).to_have_url(re.compile("tab=evidence"))


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
