"""A review in a browser, from assignment to final report, by people who write at the same time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from pages import ALIVE, Looked, watched
from playwright.sync_api import Browser, Locator, Page, expect
from team_proxy import cookie, team

from a87lib import framework, register
from a87lib.desk.acting import Acting
from a87lib.desk.administering import give_roles
from a87lib.desk.reviewing import assigning
from a87lib.desk.reviewing.assigning import Wish
from a87lib.desk.reviewing.review import ROUNDS, criteria
from a87lib.language import LANGUAGES, say

pytestmark = [pytest.mark.browser, pytest.mark.slow]
COUNTRY, CYCLE = "QML", 2025
HERE = f"country={COUNTRY}&cycle={CYCLE}"
PEOPLE = {
    "sec": "secretariat", "ana": "reviewer", "ben": "reviewer", "dan": "reviewer",
    "eve": "reviewer", "foc": f"focal_point:{COUNTRY}",
}  # fmt: skip
ASSESSED, CONCLUDED = "Zqassessed", "Zqconcluded"
"""What only those may read who delivered; what the country never reads."""
NAMES = ("Zqana", "Zqben")
RUNS = LANGUAGES if os.environ.get("A87_SCREENSHOTS") else LANGUAGES[:1]


@dataclass
class Desk:
    """Somebody's browser: what it was sent, and the words on its screens."""

    page: Page
    looked: Looked
    language: str
    sent: list[bytes] = field(default_factory=list)

    def words(self, key: str, **args: object) -> str:
        return say(f"screen.{key}", self.language, **args)

    def criterion(self, code: str) -> str:
        return framework.load().label("criterion", code, self.language)

    def fill(self, key: str, text: str, **args: object) -> Locator:
        place = self.page.get_by_label(self.words(key, **args), exact=True)
        place.fill(text)
        return place

    def choose(self, key: str, vocabulary: str, code: str, **args: object) -> None:
        words = framework.load().label(vocabulary, code, self.language)
        self.page.get_by_label(self.words(key, **args), exact=True).select_option(label=words)

    def press(self, key: str, **args: object) -> None:
        button = self.page.get_by_role("button", name=self.words(key, **args), exact=True)
        expect(button).to_be_enabled()  # the kernel says so once it has heard what it needs
        button.press("Enter")

    def turn(self, step: str) -> None:
        name = self.words(f"reviews.step.{step}")
        self.page.get_by_role("radio", name=name, exact=True).check()

    def done(self, key: str) -> None:
        """Waits for the sentence that says what was done."""
        name = framework.country_name(COUNTRY, self.language)
        expect(self.page.get_by_text(self.words(key, country=name))).to_be_visible()

    def sees(self, text: str) -> bool:
        """Whether the page, or anything its kernel ever sent to it, holds the text."""
        there = text.encode()
        return any(there in each for each in self.sent) or text in self.page.content()

    def ready(self) -> None:
        expect(self.page.locator("a.a87-view")).to_be_visible(timeout=ALIVE)

    def no_barrier(self, name: str) -> None:
        """No violation, no sideways scrolling, no error, wide and narrow; a picture if asked."""
        for width in (1280, 800):
            self.page.set_viewport_size({"width": width, "height": 900})
            self.looked.no_barrier(f"{name}-{self.language}-{width}")
        self.page.set_viewport_size({"width": 1280, "height": 900})


Opens = Callable[[str, str, str], Desk]


@pytest.fixture
def opens(browser: Browser, tmp_path: Path, exercise_register: str) -> Iterator[Opens]:
    """Opens a screen as somebody, in a browser of their own, behind the team's proxy."""
    where = str(copy(exercise_register, tmp_path / "exercise.db"))
    prepared(where)
    desks: list[Desk] = []
    with team(tmp_path, where) as (address, _):

        def open_(person: str, path: str, language: str) -> Desk:
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            context.add_cookies([cookie(address, person)])
            page = context.new_page()
            desk = Desk(page, watched(page), language)
            page.on("websocket", lambda line: line.on("framereceived", heard(desk)))
            page.goto(f"{address}/{path}&language={language}")
            desk.ready()
            desks.append(desk)
            return desk

        yield open_
        for desk in desks:
            desk.page.goto("about:blank")
            desk.page.context.close()


def heard(desk: Desk) -> Callable[[Any], None]:
    def note(payload: Any) -> None:
        desk.sent.append(payload if isinstance(payload, bytes) else str(payload).encode())

    return note


def prepared(where: str) -> None:
    """People, assignments and deadlines."""
    expect.set_options(timeout=30_000)
    alone = Acting("owner", alone=True)
    with register.open(where) as on:
        for person, roles in PEOPLE.items():
            give_roles(on, alone, person, roles, name=f"Zq{person}")
        wishes = [Wish(COUNTRY, "ana", "lead"), Wish(COUNTRY, "ben"), Wish(COUNTRY, "dan")]
        assigning.assign(on, Acting("sec"), CYCLE, wishes)
        for weeks, each in enumerate(ROUNDS, 3):
            day = on.today() + timedelta(weeks=weeks)
            assigning.set_deadline(on, Acting("sec"), CYCLE, each, day, grace_days=7)


@pytest.mark.parametrize("first", RUNS)
def test_a_review_from_assignment_to_the_final_report(opens: Opens, first: str) -> None:
    """Two reviewers at once, a refresh, clashes, one recused; the country; nobody sees too much."""
    order = LANGUAGES.index(first)
    languages = [LANGUAGES[(order + step) % 3] for step in range(3)]
    ana = opens("ana", f"reviews?{HERE}", languages[0])
    ana.no_barrier("1-declare")
    declared(ana)
    ana.no_barrier("2-assess")
    refreshed(ana)
    ben = opens("ben", f"reviews?{HERE}", languages[1])
    declared(ben)
    delivered(ana)
    ben.turn("conclude")
    expect(ben.page.get_by_text(ben.words("conclude.first"))).to_be_visible()
    ben.turn("assess")
    delivered(ben, before=True)
    dan = recused(opens, languages[0])
    two_conclude(ana, ben)
    commented(ana, ben)
    foc = opens("foc", f"focal?{HERE}", languages[2])
    answered(foc)
    assert not any(foc.sees(text) for text in (ASSESSED, CONCLUDED, *NAMES))
    ana.page.reload()
    ana.ready()
    expect(ana.page.get_by_text("Table 3 gives them.")).to_be_visible()
    ana.no_barrier("9-answered")
    assert ana.sees(ASSESSED) and ana.sees(CONCLUDED)  # the search finds what is there
    sees_nothing(dan, opens("eve", "reviews?date=2025-12-15", languages[0]))


def declared(desk: Desk) -> None:
    """By keyboard alone: no conflict, and the file opens."""
    none = desk.page.get_by_role("radio").first
    tab_to(desk.page, none)
    desk.page.keyboard.press("Space")
    expect(none).to_be_checked()
    button = desk.page.get_by_role("button", name=desk.words("declare.send"), exact=True)
    tab_to(desk.page, button)
    desk.page.keyboard.press("Enter")
    desk.done("reviews.done.declared_none")
    expect(desk.page.get_by_text(desk.words("reviews.file"), exact=True)).to_be_visible()


def tab_to(page: Page, wanted: Locator) -> None:
    for _ in range(60):
        if wanted.evaluate("own => own === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{wanted} is not reached with the Tab key")


def refreshed(desk: Desk) -> None:
    """The page is loaded anew while a text is being typed: every sign of it is there again."""
    text = "The report gives figures for two of five provinces, and names"
    args = {"criterion": desk.criterion("evidence")}
    field_ = desk.page.get_by_label(desk.words("assess.text", **args), exact=True)
    field_.press_sequentially(text[:-5])
    desk.page.evaluate("() => { WebSocket.prototype.send = () => {}; }")  # nothing leaves any more
    field_.press_sequentially(text[-5:])
    desk.page.reload()
    desk.ready()
    expect(field_).to_have_value(text)
    desk.no_barrier("3-refreshed")


def delivered(desk: Desk, *, before: bool = False) -> None:
    """Every criterion is judged; what lacks is said beside its field first. before: the other
    delivered already, and not a word of that is here until one has delivered oneself."""
    desk.press("assess.deliver")
    expect(desk.page.locator(".a87-refused:visible").first).to_be_visible()
    desk.no_barrier("4-refused")
    for code in criteria():
        args = {"criterion": desk.criterion(code)}
        desk.choose("assess.judgement", "judgement", "partly_shown", **args)
        desk.fill("assess.text", f"{'' if before else ASSESSED} {code}: figures for 2025.", **args)
    if before:
        assert not desk.sees(ASSESSED)
    desk.press("assess.deliver")
    desk.done("reviews.done.delivered")


def two_conclude(ana: Desk, ben: Desk) -> None:
    """Both write on one criterion, then both record it: each time the second is shown both."""
    for desk in (ana, ben):
        desk.turn("conclude")
        expect(desk.page.get_by_text(desk.words("conclude.note"))).to_be_visible()
    at, bt = ({"criterion": desk.criterion("evidence")} for desk in (ana, ben))
    ana.choose("conclude.judgement", "judgement", "partly_shown", **at)
    ana.fill("conclude.text", f"{CONCLUDED} Figures for two provinces.", **at)
    expect(ana.page.locator(".a87-saved:visible")).to_contain_text(":")
    expect(ana.page.get_by_text(ana.words("draft.writing"))).to_have_count(0)
    text = ben.fill("conclude.text", "Figures for two provinces, and a survey.", **bt)
    clash = ben.page.locator(".a87-clash:visible")
    expect(clash.locator("del").first).to_be_visible()
    expect(clash).to_contain_text(f"{CONCLUDED} Figures for two provinces.")
    ben.no_barrier("5-clash")
    ben.press("clash.both")
    expect(clash).to_have_count(0)
    expect(text).to_have_value(
        f"{CONCLUDED} Figures for two provinces.\n\nFigures for two provinces, and a survey."
    )
    ben.choose("conclude.judgement", "judgement", "partly_shown", **bt)
    ben.press("conclude.record", **bt)
    ben.done("reviews.done.concluded")
    ana.press("conclude.record", **at)
    second = ana.page.locator(".a87-clash:visible")
    expect(second).to_contain_text("and a survey")
    ana.no_barrier("6-second")
    ana.press("conclude.yield")
    expect(second).to_have_count(0)
    for code in criteria()[1:]:
        args = {"criterion": ana.criterion(code)}
        ana.choose("conclude.judgement", "judgement", "shown", **args)
        ana.fill("conclude.text", f"{CONCLUDED} {code}", **args)
        ana.press("conclude.record", **args)
        expect(ana.page.locator(".a87-final")).to_have_count(criteria().index(code) + 1)
        if code != criteria()[-1]:  # what is on file is folded until it is to be changed
            ana.press("conclude.change", **args)
            changed = ana.page.get_by_label(ana.words("conclude.text", **args))
            expect(changed).to_have_value(f"{CONCLUDED} {code}")
            expect(changed).to_be_visible()
            expect(ana.page.get_by_label(ana.words("conclude.text", **at))).to_be_hidden()
            ana.no_barrier("6-folded")


def commented(ana: Desk, ben: Desk) -> None:
    """Written and signed by two, sent by the lead."""
    ana.turn("comments")
    ana.press("comments.add")
    ana.choose("comments.about", "criterion", "evidence", no=1)
    ana.fill("comments.text", "Say where the figures stand.", no=1)
    ana.press("comments.sign")
    ana.done("reviews.done.signed")
    ben.turn("comments")
    ben.press("comments.sign")
    ben.done("reviews.done.signed")
    ben.no_barrier("7-comments")
    ana.press("comments.send")
    expect(ana.page.get_by_text(say("problem.reviews_unchecked", ana.language))).to_be_visible()
    checked = ana.words("comments.checked", signed=2, every=2)
    ana.page.get_by_role("checkbox", name=checked, exact=True).press("Space")
    ana.no_barrier("7-checked")
    ana.press("comments.send")
    ana.done("reviews.done.sent")


def answered(foc: Desk) -> None:
    """The country answers item by item and says that the report is final, with its document."""
    expect(foc.page.get_by_text("Say where the figures stand.")).to_be_visible()
    foc.choose("focal.answer", "reply", "partly", no=1)
    foc.press("focal.reply")
    expect(foc.page.locator(".a87-refused:visible").first).to_be_visible()
    foc.fill("focal.text", "Table 3 gives them.", no=1)
    foc.no_barrier("8-reply")
    foc.press("focal.reply")
    foc.done("focal.done.replied")
    with foc.page.expect_file_chooser() as choosing:
        foc.page.get_by_role("button", name=foc.words("focal.document.choose")).click()
    pdf = {"name": "final.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF\n"}
    choosing.value.set_files([pdf])
    expect(foc.page.get_by_text("final.pdf")).to_be_visible()
    foc.press("focal.finalise")
    foc.done("focal.done.finalised")
    foc.no_barrier("8-final")


def recused(opens: Opens, language: str) -> Desk:
    """A conflict is declared: the file is gone from the list, and nobody waits any more."""
    dan = opens("dan", f"reviews?{HERE}", language)
    dan.page.get_by_role("radio").nth(2).check()
    dan.press("declare.send")
    expect(dan.page.get_by_text(dan.words("reviews.done.declared"))).to_be_visible()
    dan.no_barrier("10-recused")
    return dan


def sees_nothing(dan: Desk, eve: Desk) -> None:
    """Who is recused sees what somebody sees who has no file at all, to the last sign."""
    dan.sent.clear()
    dan.page.reload()
    dan.ready()
    assert not any(dan.sees(text) for text in (ASSESSED, CONCLUDED, COUNTRY, *NAMES))
    shown = [desk.page.locator("#rendered_cells").inner_text() for desk in (dan, eve)]
    assert shown[0] == shown[1]
