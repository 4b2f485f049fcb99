"""Pieces of a line: text, emphasis, links, badges, numbers. Everything is escaped here, once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import Literal

BADGES = ("good", "attention", "bad", "info", "neutral", "missing")
BadgeKind = Literal["good", "attention", "bad", "info", "neutral", "missing"]
SCHEMES = ("https://", "http://", "mailto:", "#")

LIVE = ("=", "+", "-", "@", "\t", "\r", "\n")
"""Beginnings of text that a spreadsheet program might run as a formula."""

DOCUMENT = re.compile(
    r"\.\./[A-Za-z0-9-]+/[a-z0-9-]+\.[a-z]{2}\.(html|pdf|docx|xlsx)", flags=re.ASCII
)

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Inline:
    """A piece of a line that is already safe HTML. Made by the functions of this module only."""

    html: str

    def __add__(self, other: Piece) -> Inline:
        """This piece followed by another."""
        return Inline(self.html + inline(other).html)


Piece = str | int | float | Inline


def printable(text: str) -> str:
    """The text with characters that no document may hold (controls, lone surrogates) as U+FFFD."""
    return _UNPRINTABLE.sub("\ufffd", text)


def escaped(text: str) -> str:
    """Text as HTML: markup escaped, forbidden characters replaced."""
    return escape(printable(text), quote=True)


def inline(piece: Piece) -> Inline:
    """Any piece as Inline. Numbers stay numbers: the document writes them as its language does."""
    if isinstance(piece, Inline):
        return piece
    if isinstance(piece, bool) or piece is None:
        raise TypeError(f"{piece!r} has no words of its own: say it in the reader's language")
    if isinstance(piece, (int, float)):
        return number(piece)
    return Inline(escaped(piece))


def joined(pieces: tuple[Piece, ...], separator: str = "") -> Inline:
    """Pieces one after the other."""
    return Inline(escaped(separator).join(inline(piece).html for piece in pieces))


def number(value: float | int, digits: int | None = None, percent: bool = False) -> Inline:
    """A number that the document writes with its language's separators.

    digits fixes the decimals (None: as needed, up to 3). percent: the value is in percent (12.5 is
    12.5 %). Raises ValueError for a value that is not a number: say what is missing instead.
    """
    if value != value or value in (float("inf"), float("-inf")):
        raise ValueError(f"{value} is no number: say what is missing in words")
    unit = ' data-unit="percent"' if percent else ""
    decimals = "" if digits is None else f' data-digits="{digits:d}"'
    sign = "%" if percent else ""
    return Inline(f'<data value="{value!r}"{decimals}{unit}>{value!r}{sign}</data>')


def strong(*pieces: Piece) -> Inline:
    """Important words."""
    return Inline(f"<strong>{joined(pieces).html}</strong>")


def emphasis(*pieces: Piece) -> Inline:
    """Stressed words, titles of works."""
    return Inline(f"<em>{joined(pieces).html}</em>")


def code(text: str) -> Inline:
    """A rule, paragraph or register id, set in fixed width."""
    return Inline(f"<code>{escaped(text)}</code>")


def small(*pieces: Piece) -> Inline:
    """Side remarks within a cell or paragraph (source, confidence)."""
    return Inline(f"<small>{joined(pieces).html}</small>")


def line_break() -> Inline:
    """A new line within a cell or paragraph."""
    return Inline("<br>")


def badge(kind: BadgeKind, text: str) -> Inline:
    """A status as a coloured word. The word says it; the colour only repeats it."""
    if kind not in BADGES:
        raise ValueError(f"badge {kind!r}: one of {', '.join(BADGES)}")
    if not text.strip():
        raise ValueError("a badge speaks by its word: it cannot be empty")
    return Inline(f'<span class="badge badge-{kind}">{escaped(text)}</span>')


def link(target: str, *pieces: Piece) -> Inline:
    """A link to a source, an address or (`#id`) a section; its words say where it leads.

    Raises ValueError for any other scheme than http, https, mailto and #.
    """
    if not target.startswith(SCHEMES):
        raise ValueError(f"link to {target!r}: it must begin with one of {', '.join(SCHEMES)}")
    return Inline(f'<a href="{escaped(target)}">{joined(pieces or (target,)).html}</a>')


def page_of(target: str, words: str) -> Inline:
    """Where the section `target` stands: on paper the number of its page, elsewhere a link."""
    return Inline(f'<a class="page" href="#{escaped(target)}">{escaped(words)}</a>')


def document(path: str, words: str) -> Inline:
    """A link to another document of the pack: `../QMA/review.fr.pdf`, seen from this one's folder.

    Raises ValueError for any other path.
    """
    if not DOCUMENT.fullmatch(path):
        raise ValueError(f"link to {path!r}: only documents of the pack can be linked")
    return Inline(f'<a href="{escaped(path)}">{escaped(words)}</a>')


def foreign(language: str, *pieces: Piece) -> Inline:
    """Words in another language than the document's (BCP 47 tag: `ar`, `es`, `zh-Hans`)."""
    return Inline(f'<span lang="{language_tag(language)}" dir="auto">{joined(pieces).html}</span>')


def language_tag(language: str) -> str:
    """The tag, if it is one; otherwise ValueError."""
    if not _LANGUAGE_TAG.fullmatch(language):
        raise ValueError(f"{language!r} is not a language tag such as en, fr or zh-Hans")
    return language
