"""Markdown that a country or a reviewer wrote: never trusted, and never above its place."""

from __future__ import annotations

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from a87lib.report.elements import Element
from a87lib.report.inline import language_tag, printable

LOWEST = 4
_SAFE_LINK = re.compile(r"(https?://|mailto:)", re.I)


@lru_cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False})
    reader.disable(["image"])  # an image would be a request to somewhere, and has no description
    reader.validateLink = lambda url: bool(_SAFE_LINK.match(url))  # type: ignore[method-assign]  # its own hook
    return reader


def markdown(text: str, below: int = 3, lang: str | None = None) -> Element:
    """Submitted Markdown: raw HTML shown as text, no images, headings brought below their section.

    below: the level of the heading it stands under; its own headings begin one lower, keep their
    order without gaps, and end at level 4 (deeper ones become bold lines). lang: its language.
    """
    tokens = _reader().parse(printable(text))
    _settle_headings(tokens, below)
    html = str(_reader().renderer.render(tokens, _reader().options, {}))
    language = f' lang="{language_tag(lang)}"' if lang else ""
    return Element(f'<div class="submitted"{language} dir="auto">{html}</div>')


def _settle_headings(tokens: list[Token], below: int) -> None:
    """Levels as written, ranked 1, 2, 3 …, then placed below the section."""
    ranks = sorted({token.tag for token in tokens if token.type == "heading_open"})
    for token in tokens:
        if token.type not in ("heading_open", "heading_close"):
            continue
        level = below + 1 + ranks.index(token.tag)
        if level <= LOWEST:
            token.tag = f"h{level}"
        else:
            token.tag = "p"
            if token.type == "heading_open":
                token.attrSet("class", "minor")
