"""A reviewer's file on paper: what is on file as they may see it, and what the review says so far.

What each person may read of the review is asked of `a87lib.desk.reviewing`; nothing else is added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from a87lib import framework
from a87lib.desk.acting import Acting
from a87lib.desk.people import person_of
from a87lib.desk.permissions import allowed
from a87lib.desk.reviewing import assessing, concluding, drafts
from a87lib.desk.reviewing.assessing import Judgement
from a87lib.desk.reviewing.review import criteria
from a87lib.register import Register
from a87lib.report import documents as doc
from a87lib.report import notebooks, page, pdf, review
from a87lib.report.elements import Element
from a87lib.report.inline import BadgeKind, Piece
from a87lib.report.review import Review
from a87lib.report.review.pieces import lines
from a87lib.report.tree import Document, read

BADGES: dict[str, BadgeKind] = {
    "shown": "good", "partly_shown": "attention", "not_shown": "bad",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """Who says what on a criterion. kind: own, draft, other, conclusion."""

    kind: str
    judgement: Judgement
    who: str = ""


def printed(on: Register, acting: Acting, this: Review) -> dict[str, bytes]:
    """The file for printing, as `html` and `pdf`. this: the file as the person may see it."""
    document = _document([review.head(this), *_parts(this, said(on, acting, this))])
    return {"html": page.render(document), "pdf": pdf.render(document)}


def said(on: Register, acting: Acting, this: Review) -> list[Said]:
    """What this person may read of the review now, criterion by criterion."""
    about = (this.asked.country, this.cycle)
    found: list[Said] = []
    if allowed(on, acting, "assess", *about):
        own = assessing.own(on, acting, *about)
        found += [Said("own", each.judgement) for each in own]
        if not own:
            draft = drafts.load(on, acting, *about, "assessment").content
            found += [Said("draft", each) for each in assessing.judgements_of(draft)]
    if allowed(on, acting, "compare", *about):
        for each in assessing.others(on, acting, *about):
            found.append(Said("other", each.judgement, _name(on, each.reviewer)))
    if allowed(on, acting, "read_conclusions", *about):
        for held in concluding.conclusions(on, acting, *about):
            found.append(Said("conclusion", held.judgement, _name(on, held.by)))
    order = criteria()
    return sorted(found, key=lambda each: order.index(each.judgement.criterion))


def _name(on: Register, person: str) -> str:
    return person_of(on, person).name or person


def _parts(this: Review, found: Sequence[Said]) -> Iterator[Element]:
    """The review first, then the file in the order of the country review."""
    yield this.section("workbench")
    yield _table(this, found)
    for key, made in (
        ("glance", (review.glance,)),
        ("standing", (review.standing, review.timeline, review.steps)),
        ("cycle", (review.obligations,)),
        ("signs", (review.five_signs,)),
        ("warnings", (review.early_warnings,)),
        ("decisions", (review.to_decide,)),
        ("roadmap", (review.roadmap,)),
        ("indicators", (review.indicators, review.ratifications)),
        ("evidence", (review.evidence,)),
        ("participation", (review.participation,)),
        ("comments", (review.comments,)),
        ("statements", (review.third_parties,)),
        ("sources", (review.sources,)),
        ("annex", (review.annex,)),
    ):
        yield this.section(key)
        yield from (each(this) for each in made)


def _table(this: Review, found: Sequence[Said]) -> Element:
    if not found:
        return doc.paragraph(this.say("workbench.nothing"))
    titles = [this.say(f"workbench.{name}") for name in ("criterion", "who", "judgement", "text")]
    widths = (1.5, 1.3, 1.3, 4)
    columns = [doc.Column(title, width=width) for title, width in zip(titles, widths, strict=True)]
    rows = [tuple(_cells(this, each)) for each in found]
    return doc.table(this.say("workbench.caption"), columns, rows)


def _cells(this: Review, each: Said) -> Iterable[Piece]:
    judgement = each.judgement
    yield this.label("criterion", judgement.criterion)
    yield this.say(f"workbench.{each.kind}", who=each.who)
    known = judgement.judgement in framework.load().vocabulary("judgement")
    word = this.label("judgement", judgement.judgement) if known else this.say("no_text")
    yield doc.badge(BADGES.get(judgement.judgement, "missing"), word)
    yield lines([*judgement.text.splitlines()]) if judgement.text.strip() else this.say("no_text")


def _document(elements: Iterable[Element]) -> Document:
    outputs = [{"output_type": "display_data", "data": _data(each)} for each in elements]
    return read(notebooks.copied({"cells": [{"outputs": outputs}]}))


def _data(element: Element) -> dict[str, object]:
    bundle = getattr(element, "_repr_mimebundle_", None)
    return dict(bundle()) if bundle is not None else {"text/html": element.html}
