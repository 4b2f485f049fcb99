"""Two texts side by side with what differs between them, for somebody who has to choose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from html import escape

from widgets.controls import said

_PIECES = re.compile(r"\s+|[^\s]+")


def compared(stored: str, mine: str, by: str, language: str) -> str:
    """Both texts whole, and below them the difference. by: who wrote the stored one."""
    theirs = said("differing.stored", language, by=by) if by else said("differing.gone", language)
    texts = (
        (theirs, _text(stored, language)),
        (said("differing.mine", language), _text(mine, language)),
    )
    columns = "".join(
        f'<div><p class="a87-small-head">{escape(title)}</p>{text}</div>' for title, text in texts
    )
    marked = "".join(_marked(stored, mine, language))
    title = escape(said("differing.difference", language))
    return (
        f'<div class="a87-two">{columns}</div><p class="a87-small-head">{title}</p>'
        f'<p class="a87-text a87-marked">{marked}</p>'
    )


def _text(text: str, language: str) -> str:
    shown = escape(text) if text.strip() else f"<i>{escape(said('differing.empty', language))}</i>"
    return f'<p class="a87-text">{shown}</p>'


def _marked(stored: str, mine: str, language: str) -> Iterator[str]:
    """The words of both texts: what only one has is marked, for the eye and for the ear."""
    old, new = _PIECES.findall(stored), _PIECES.findall(mine)
    gone, added = (escape(said(f"differing.{key}", language)) for key in ("removed", "added"))
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield escape("".join(old[a:b]))
            continue
        if b > a:
            yield f'<del><span class="aside">[{gone}] </span>{escape("".join(old[a:b]))}</del>'
        if d > c:
            yield f'<ins><span class="aside">[{added}] </span>{escape("".join(new[c:d]))}</ins>'
