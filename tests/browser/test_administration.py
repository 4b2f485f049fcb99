"""Administration in a browser: every part without a barrier; files assigned by keyboard."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from offline_forms import filled
from pages import ALIVE, screen
from playwright.sync_api import Browser, Locator, expect
from served import Served, serving
from workflow import ANA, CLEO, COUNTRY, CYCLE, SEC, assigned_to, declared, delivered, opened

from a87lib import framework, register
from a87lib.desk import offline
from a87lib.desk.reviewing import assigning, desks
from a87lib.language import LANGUAGES, say
from widgets.administration import TABS

pytestmark = [pytest.mark.browser, pytest.mark.slow]
RUNS = LANGUAGES if os.environ.get("A87_SCREENSHOTS") else LANGUAGES[:1]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One person's server of the real screens; Ana has delivered an assessment, Cleo is late."""
    folder = tmp_path_factory.mktemp("administration")
    with opened(folder / "exercise.db", lambda: datetime.now(UTC)) as on:
        delivered(on, ANA)
        assigned_to(on, CLEO)
        declared(on, CLEO)
        assigning.set_deadline(on, SEC, CYCLE, "assessment", date(2026, 1, 31))
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


@pytest.mark.parametrize("language", RUNS)
def test_a_form_that_was_sent_is_taken_in_by_keyboard(
    browser: Browser, served: Served, language: str
) -> None:
    """All that is wrong at once, then what the form says; taken in, then delivered as an override;
    the log says who did it, for whom and why."""
    where = served.log.parent / "exercise.db"
    with register.open(where) as on:
        label = framework.load().label("judgement", "shown", language)
        blank = offline.made(on, CLEO, COUNTRY, CYCLE, language)
    looked = screen(
        browser, f"{served.base}/administration?cycle={CYCLE}&tab=rounds&language={language}"
    )
    page = looked.page
    words = framework.country_name(COUNTRY, language)

    def place(key: str) -> Locator:
        return page.get_by_label(said(f"field.{key}", language), exact=True).last

    def send(judgement: str) -> None:
        with page.expect_file_chooser() as choosing:
            button = say("screen.paper.filled.choose", language)
            page.get_by_role("button", name=button, exact=True).press("Enter")
        data = filled(blank, judgement, f"Written by hand ({language}).")
        form: Any = {"name": "form.xlsx", "mimeType": "", "buffer": data}
        choosing.value.set_files([form])

    def press(key: str) -> None:
        page.get_by_role("button", name=said(f"press.{key}", language), exact=True).press("Enter")

    send("?")
    expect(page.get_by_text("B9")).to_be_visible(timeout=ALIVE)
    reason = say("problem.reason_missing", language, paragraph="TR-SEC-4")
    expect(page.get_by_text(reason)).to_be_visible(timeout=ALIVE)
    looked.no_barrier(f"administration-others-refused-{language}")
    place("country").focus()
    page.keyboard.type(words)
    cleo = place("whom").get_by_role("option", name="Name of cleo (cleo)", exact=True)
    expect(cleo).to_have_count(1, timeout=ALIVE)
    place("whom").focus()
    page.keyboard.type("Name of cleo")
    page.keyboard.press("Tab")
    page.keyboard.type("sent by post")
    page.keyboard.press("Tab")
    expect(page.get_by_text(reason)).to_have_count(0, timeout=ALIVE)
    send(label)
    expect(page.get_by_text(f"Written by hand ({language}).").first).to_be_visible(timeout=ALIVE)
    for width in (1280, 800):
        page.set_viewport_size({"width": width, "height": 800})
        looked.no_barrier(f"administration-others-{language}-{width}")
    press("take")
    expect(page.get_by_text(said("done.form_taken", language))).to_be_visible(timeout=ALIVE)
    press("deliver")
    expect(page.locator(".a87-refused:visible")).to_contain_text("AF-REV-2", timeout=ALIVE)
    page.get_by_role("checkbox", name=said("field.late", language)).press("Space")
    press("deliver")
    expect(page.get_by_text(said("done.delivered", language))).to_be_visible(timeout=ALIVE)
    looked.keep(f"administration-others-done-{language}")
    page.get_by_role("radio", name=said("tab.log", language), exact=True).check()
    expect(page.get_by_text("sent by post").first).to_be_visible(timeout=ALIVE)
    looked.keep(f"administration-others-log-{language}")
    looked.leave()
    with register.open(where) as on:
        steps = [(a.step, a.on_behalf_of, a.reason) for a in desks.log(on, SEC)[-3:]]
    assert sorted(steps) == [
        (step, "cleo", "sent by post") for step in ("delivered", "form_taken", "overridden")
    ]
