"""Administration in a browser: every part without a barrier; files assigned by keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from pages import ALIVE, screen
from playwright.sync_api import Browser, expect
from served import Served, serving
from workflow import ANA, CYCLE, delivered, opened

from a87lib.language import say
from widgets.administration import TABS

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One person's server of the real screens; Ana has delivered an assessment."""
    folder = tmp_path_factory.mktemp("administration")
    with opened(folder / "exercise.db", lambda: datetime.now(UTC)) as on:
        delivered(on, ANA)
    with serving(folder, register=folder / "exercise.db") as started:
        yield started


def said(key: str, language: str = "en", **args: object) -> str:
    return say(f"screen.administration.{key}", language, **args)


@pytest.mark.parametrize(("language", "width"), [("fr", 1280), ("es", 800)])
def test_no_part_has_a_barrier(browser: Browser, served: Served, language: str, width: int) -> None:
    """No violation, nothing wider than the window, no request elsewhere; a picture on request."""
    asked = f"cycle={CYCLE}&language={language}"
    looked = screen(browser, f"{served.base}/administration?{asked}", width)
    page = looked.page
    for tab in TABS:
        page.get_by_role("radio", name=said(f"tab.{tab}", language), exact=True).check()
        page.wait_for_load_state("networkidle")
        if tab == "seen":
            page.get_by_label(said("field.person", language), exact=True).select_option(
                label="Name of ben"
            )
        if tab == "what_if":
            page.get_by_label(said("field.norm", language), exact=True).select_option(index=1)
            page.get_by_label(said("field.value", language), exact=True).fill("05-31")
            page.get_by_role("button", name=said("press.what_if", language)).click()
            expect(page.get_by_text(said("no_difference", language))).to_be_visible(timeout=ALIVE)
        expect(page).to_have_url(re.compile(f"tab={tab}(&|$)"), timeout=ALIVE)
        looked.no_barrier(f"administration-{tab}-{language}-{width}")
    looked.leave()


def test_files_are_assigned_by_keyboard(browser: Browser, served: Served) -> None:
    """What speaks against it is told; then it is assigned and the table says so."""
    looked = screen(browser, f"{served.base}/administration?cycle={CYCLE}&language=en")
    page = looked.page
    page.get_by_role("radio", name=said("tab.assign"), exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_label(said("field.countries")).first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Name of dan")
    page.get_by_role("button", name=said("press.check")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(said("warnings"))).to_be_visible(timeout=ALIVE)
    page.get_by_label(said("field.person"), exact=True).first.focus()
    page.keyboard.type("Name of ben")
    page.get_by_role("button", name=said("press.assign"), exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(said("done.assigned"))).to_be_visible(timeout=ALIVE)
    looked.leave()
