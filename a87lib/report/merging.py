"""Several documents as one, so that a single compilation gives one PDF with one structure tree.

The first keeps its headings; of each further one the title becomes a section, and so on down.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence

from lxml.html import HtmlElement

from a87lib.report.about import About
from a87lib.report.tree import HEADINGS, Document, renumber

DOWN = {"h1": "h2", "h2": "h3", "h3": "h4"}


def merged(first: Document, annexes: Sequence[Document], about: About) -> Document:
    """The documents one after the other. about: what the whole says of itself.

    Names of sections of an annex are prefixed by its country's code (else its place), so that links
    stay within it; tables and figures are numbered through.
    """
    main = copy.deepcopy(first.main)
    for place, annex in enumerate(annexes, 1):
        part = copy.deepcopy(annex.main)
        _lower(part, (annex.about.country or f"annex-{place}").lower())
        for child in part:
            main.append(child)
    _forget_numbers(main)
    renumber(main, about.language)
    return Document(about, main)


def _lower(part: HtmlElement, prefix: str) -> None:
    """Headings one level down, the lowest as bold lines; own names for sections and links."""
    for link in part.iter("a"):
        target = link.get("href", "")
        if target.startswith("#"):
            link.set("href", f"#{prefix}-{target[1:]}")
    for heading in list(part.iter(*HEADINGS)):
        heading.set("id", f"{prefix}-{heading.get('id', '')}")
        if heading.tag in DOWN:
            heading.tag = DOWN[str(heading.tag)]
        else:
            heading.tag = "p"
            heading.set("class", "minor")
    for head in part.findall("./div[@class='head']"):
        _unfold(part, head)


def _unfold(part: HtmlElement, head: HtmlElement) -> None:
    """The head of an annex: its title begins a page, below it what it is and its facts."""
    (title,) = head.findall("./h2")
    title.set("class", "new-page")
    place = part.index(head)
    kicker = head.find("./p[@class='kicker']")
    if kicker is not None:
        title.text = f"{kicker.text_content()} – {title.text or ''}"
        head.remove(kicker)
    part.remove(head)
    for child in reversed(list(head)):
        part.insert(place, child)


def _forget_numbers(main: HtmlElement) -> None:
    """Captions without the numbers they had in their own document."""
    for caption in main.iter("caption", "figcaption"):
        mark = caption[0]
        caption.text = (mark.tail or "").removeprefix(" ")
        caption.remove(mark)
