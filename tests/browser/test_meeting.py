"""A meeting run in a browser: the quorum is lost, a decision refused, a status granted, minuted."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator

import pytest
from meeting_room import MEETING, room
from pages import ALIVE, screen
from playwright.sync_api import Browser, Locator, Page, expect
from served import Served, serving

from a87lib import framework
from a87lib.language import say

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TABS = ("agenda", "attendance", "decisions", "summaries", "actions", "minutes")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, exercise_register: str) -> Iterator[Served]:
    """One person's server of the real screens, on a register of its own."""
    folder = tmp_path_factory.mktemp("meeting")
    where = room(exercise_register, folder)
    with serving(folder, register=where) as started:
        yield started


def words(key: str, language: str = "en", **args: object) -> str:
    return say(f"screen.meeting.{key}", language, **args)


def press(page: Page, key: str) -> None:
    page.get_by_role("button", name=words(key), exact=True).press("Enter")


def turn(page: Page, tab: str, language: str = "en") -> None:
    page.get_by_role("radio", name=words(f"tab.{tab}", language)).check()


RAGGED = """() => {
    const boxes = [...document.querySelectorAll("#rendered_cells .a87-field")]
        .map((field) => [field.innerText, field.getBoundingClientRect()])
        .filter(([, at]) => at.height);
    const beside = (a, b) => a.top < b.bottom && b.top < a.bottom;
    const far = (x, y) => Math.abs(x - y) > 1;
    return boxes.filter(([, a]) => boxes.some(([, b]) =>
        beside(a, b) && (far(a.top, b.top) || far(a.bottom, b.bottom)))).map(([words]) => words);
}"""
"""Fields that stand beside others, but higher or lower than these."""


def bar(page: Page) -> Locator:
    return page.locator(".callout").first


def test_a_meeting_is_run_by_keyboard(browser: Browser, served: Served) -> None:
    """From the opening to the minutes, in English, with Enter and Space alone."""
    looked = screen(browser, f"{served.base}/meeting?meeting={MEETING}&language=en")
    page = looked.page
    page.clock.install()
    expect(bar(page)).to_contain_text(words("not_open"))
    press(page, "adopt")
    expect(page.get_by_text(words("recorded.agenda_set"))).to_be_visible()
    press(page, "open")
    expect(bar(page)).to_contain_text(words("no_quorum", there=0, needed=16))
    the_clock(page)
    turn(page, "attendance")
    press(page, "all")
    press(page, "mark.present")
    expect(bar(page)).to_contain_text("Quorum:")
    tick_workers(page)
    press(page, "mark.left")
    expect(bar(page)).to_contain_text("No quorum:")
    expect(bar(page)).to_contain_text("Workers")
    the_decision(page)
    refusal = page.get_by_role("alert").filter(has_text=words("refused"))
    expect(refusal).to_contain_text("TR-DEC-2")
    expect(refusal).to_contain_text("Workers")
    looked.no_barrier("meeting-refused-en-1280")
    turn(page, "attendance")
    tick_workers(page)
    press(page, "mark.back")
    expect(bar(page)).to_contain_text("Quorum:")
    turn(page, "decisions")
    press(page, "decide")
    status = page.get_by_role("status").filter(has_text="Galdoria")
    active = framework.load().label("status", "active", "en")
    expect(status).to_contain_text(active)
    looked.no_barrier("meeting-decided-en-1280")
    turn(page, "minutes")
    expect(page.get_by_text(f"to “{active}”").first).to_be_visible()
    status.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Galdoria", timeout=ALIVE)
    expect(page.get_by_text(active).first).to_be_visible(timeout=ALIVE)
    looked.leave()


def tick_workers(page: Page) -> None:
    """Ticks the seats of the workers' group."""
    workers = page.locator(".a87-seat-group").filter(has_text=re.compile("^Workers"))
    boxes = workers.get_by_role("checkbox")
    expect(boxes).to_have_count(3)
    for box in boxes.all():
        expect(box).not_to_be_checked()
        box.press("Space")
        expect(box).to_be_checked()


def the_clock(page: Page) -> None:
    """An item is started; its time runs, passes what was planned, and survives its own stop."""
    turn(page, "agenda")
    start = page.locator("button.a87-clock").first
    start.press("Enter")
    page.clock.run_for("00:11:05")
    taken = page.locator("[data-spent]").first
    expect(taken).to_contain_text(re.compile(r"^11:\d\d \(1:\d\d over\)$"))
    expect(start).to_have_attribute("aria-pressed", "true")
    start.press("Enter")
    expect(start).to_have_attribute("aria-pressed", "false")


def the_decision(page: Page) -> None:
    """The draft on Galdoria is put to the room with consensus."""
    turn(page, "decisions")
    grant = framework.load().label("decision_subject", "grant_status", "en")
    start = page.get_by_label(words("draft"), exact=True)
    start.select_option(label=f"Galdoria: {grant}")
    expect(page.get_by_label(words("text"), exact=True)).to_have_value(re.compile("Galdoria"))
    page.get_by_role("checkbox", name=words("consensus")).press("Space")
    press(page, "decide")


def test_a_pack_is_made_while_the_screen_stays_usable(browser: Browser, served: Served) -> None:
    """A review is chosen by keyboard, made with a bar that moves, and saved as one ZIP file."""
    looked = screen(browser, f"{served.base}/packs?country=QMI&language=fr", 800)
    page = looked.page
    looked.no_barrier("packs-fr-800")
    assert page.evaluate(RAGGED) == []
    make, whole, stop = (
        page.get_by_role("button", name=say(f"screen.packs.{key}", "fr"))
        for key in ("make", "zip", "stop")
    )
    make.press("Enter")
    expect(stop).to_be_enabled()
    ended = say("screen.packs.ended", "fr", done=1, count=1)
    expect(page.get_by_text(ended)).to_be_visible(timeout=ALIVE)
    whole.press("Enter")
    looked.no_barrier("packs-made-fr-800")
    with page.expect_download() as saving:
        page.get_by_role("link", name=re.compile("exercise-review.zip")).press("Enter")
    with zipfile.ZipFile(saving.value.path()) as packed:
        assert "QMI/review.fr.html" in packed.namelist()
    looked.leave()


@pytest.mark.parametrize(("language", "width"), [("fr", 1280), ("es", 360)])
def test_no_tab_has_a_barrier(browser: Browser, served: Served, language: str, width: int) -> None:
    """Every tab of the running meeting, in the other two languages and a narrower window."""
    looked = screen(browser, f"{served.base}/meeting?meeting={MEETING}&language={language}", width)
    for tab in TABS:
        turn(looked.page, tab, language)
        expect(looked.page.get_by_role("radio", name=words(f"tab.{tab}", language))).to_be_checked()
        looked.page.wait_for_load_state("networkidle")
        looked.no_barrier(f"meeting-{tab}-{language}-{width}")
    looked.leave()
