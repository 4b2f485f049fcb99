"""Reviews for the tests, and their sections as a reader gets them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from lxml import html
from lxml.html import HtmlElement

from a87lib import register
from a87lib.desk import records
from a87lib.intake import FactsReader
from a87lib.report import review
from a87lib.report.review import Review

SECTIONS = (
    "glance", "standing", "timeline", "steps", "obligations", "five_signs", "early_warnings",
    "to_decide", "roadmap", "indicators", "ratifications", "evidence", "participation", "comments",
    "third_parties", "sources", "annex",
)  # fmt: skip


def opened(where: str, country: str, language: str = "en", **changes: object) -> Review:
    """The review of a country as its pack shows it."""
    real = not country.startswith("Q")
    asked: dict[str, object] = {
        "cycle": 2026 if real else 2025,
        "asof": "2026-11-22" if real else "2025-12-15",
    }
    return review.opened(country, language=language, register=where, **(asked | changes))


def recorded(where: str, folder: Path, facts: list[dict[str, object]]) -> str:
    """A copy of a register, in a folder, with more facts on file."""
    copy = str(shutil.copy(where, folder / "copy.db"))
    with register.open(copy) as on:
        records.record(on, FactsReader("facts.yaml").read(facts), by="secretariat")
    return copy


def shown(this: Review, section: str) -> HtmlElement:
    """A section as a reader gets it."""
    element = getattr(review, section)(this)
    return html.fragment_fromstring(element.html or "<p></p>", create_parent="main")


def words(this: Review, section: str) -> str:
    """The words of a section on one line."""
    return " ".join(shown(this, section).text_content().split())


def pages(this: Review) -> Iterator[tuple[str, str]]:
    """Every section with its words."""
    for section in SECTIONS:
        yield section, words(this, section)
