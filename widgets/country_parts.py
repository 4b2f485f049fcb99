"""What each tab of the Country screen shows, from the sections of the review."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from a87lib.facts import Entry
from a87lib.report import documents as doc
from a87lib.report import review
from a87lib.report.review import Review
from widgets import country_signs

COMPARE, DOCUMENTS = "compare", "documents"


def _glance(this: Review) -> list[doc.Element]:
    return [review.glance(this), this.section("decisions"), review.to_decide(this)]


def _history(this: Review) -> list[doc.Element]:
    return [
        *(this.section("standing"), review.standing(this), review.timeline(this)),
        *(review.steps(this), this.section("statements"), review.third_parties(this)),
    ]


PARTS: dict[str, Callable[[Review], Iterable[doc.Element]]] = {
    "glance": _glance,
    "history": _history,
    "cycle": lambda this: [this.section("cycle"), review.obligations(this)],
    "signs": country_signs.shown,
    "roadmap": lambda this: [this.section("roadmap"), review.roadmap(this)],
    "indicators": lambda this: [
        *(this.section("indicators"), review.indicators(this), review.ratifications(this)),
    ],
    "evidence": lambda this: [this.section("evidence"), review.evidence(this)],
    "participation": lambda this: [this.section("participation"), review.participation(this)],
    "comments": lambda this: [this.section("comments"), review.comments(this)],
}
"""The tabs that show sections of the review."""


KINDS_SHOWN: dict[str, tuple[str, ...]] = {
    "cycle": (
        *("report_received", "indicator_framework_received"),
        *("report_finalised", "report_published"),
    ),
    "indicators": ("indicator_framework_received", "statistics_received"),
    "evidence": ("evidence_received",),
    "comments": ("report_received", "report_finalised"),
}
"""The kinds of entries that tabs are about, besides the signs and the whole file."""


def entries_of(this: Review, tab: str) -> list[Entry]:
    """The entries that a tab is about, whose documents it offers."""
    if tab == "signs":
        return country_signs.resting(this)
    if tab == DOCUMENTS:
        return list(this.file.entries)
    kinds = KINDS_SHOWN.get(tab, ())
    return [entry for entry in this.file.entries if entry.kind in kinds]


TABS = (*PARTS, DOCUMENTS, COMPARE)


def part(this: Review, tab: str) -> doc.Element:
    """A tab's sections, and below them the entries that they cite."""
    this.cited.clear()
    shown = list(PARTS[tab](this))
    if this.cited:
        shown += [this.section("sources"), review.sources(this)]
    return doc.stack(*shown)
