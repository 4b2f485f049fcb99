"""The items of an agenda, and the list of papers with item, minutes and page."""

from __future__ import annotations

from dataclasses import dataclass

from a87lib.facts import Entry
from a87lib.report import documents as doc
from a87lib.report.briefing.opening import Briefing
from a87lib.report.briefing.pieces import columns


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the agenda. starts, ends: minutes since midnight; minutes: its length.

    entry: where the title is somebody's own words. speakers: names with their minutes.
    """

    no: str
    title: str
    objective: str
    starts: int | None
    ends: int | None
    minutes: float | None
    speakers: tuple[tuple[str, float | None], ...] = ()
    papers: tuple[str, ...] = ()
    entry: Entry | None = None


def under(found: list[Item], paper: str) -> list[Item]:
    """The items under which a paper is dealt with."""
    return [item for item in found if paper in item.papers]


def papers(this: Briefing, found: list[Item]) -> doc.Element:
    """The papers of this document: agenda item, minutes, page."""
    rows = []
    for paper in this.papers:
        here = under(found, paper)
        minutes = sum(item.minutes or 0 for item in here)
        rows.append(
            (
                str(this.number(paper)),
                doc.link(f"#{paper}", this.say(f"paper.{paper}")),
                ", ".join(item.no for item in here) or this.say("for_information"),
                doc.number(minutes) if minutes else "–",
                doc.page_of(paper, this.say("see")),
            )
        )
    names = ("paper_no", "paper", "item", "minutes", "page")
    return doc.table(
        this.say("papers.table"), columns(this, names, (0.7, 4.2, 1.9, 0.9, 0.8)), rows,
        note=this.say("papers.note"), align="lllrr",
    )  # fmt: skip
