"""The PDF edition: Typst, PDF/UA-1 and PDF/A-3a, with the bundled fonts only."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import typst

from a87lib.language import LOCALES, in_a_row, say
from a87lib.report import blocks, page, rowheads
from a87lib.report.blocks import Block
from a87lib.report.colours import BASE, TONES
from a87lib.report.fonts import FAMILIES, FOLDER, unsupported
from a87lib.report.tree import Document

STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-3a"]
CONTENTS_FROM = 5  # sections; a shorter document needs no list of contents on paper
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
SHOWN = 12  # characters named in the remark on those that the fonts lack


@lru_cache
def fonts() -> typst.Fonts:
    """The bundled fonts and no others, read once a process."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)]
    )


def render(document: Document) -> bytes:
    """The PDF. The same document gives the same bytes; its date is the known-at instant.

    Raises typst.TypstError where the document cannot be a PDF/UA (a picture without description).
    """
    parts = blocks.blocks(document.main)
    compiled = typst.compile(
        page.template("document.typ").encode(),
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(_data(document, parts), ensure_ascii=False)},
        pdf_standards=STANDARDS,
        timestamp=document.about.known_at.replace(microsecond=0),  # Typst knows seconds
    )
    return rowheads.marked(compiled, [_header_flags(grid) for grid in _grids(parts)])


def _data(document: Document, parts: list[Block]) -> dict[str, Any]:
    """What templates/document.typ reads."""
    about = document.about
    left, right = page.running(about)
    sections = sum(part["is"] == "heading" and part["level"] == 2 for part in parts)
    data = {
        "title": page.full_title(about),
        "author": say("document.alliance", about.language),
        "keywords": [word for word in (about.country, about.digest) if word],
        "lang": about.language,
        "region": LOCALES[about.language][-2:],
        "fonts": list(FAMILIES),
        "colours": {name: BASE[name] for name in ("ink", "soft", "line", "tint", "blue")},
        "tones": {kind: list(pair) for kind, pair in TONES.items()},
        "left": left,
        "right": right,
        "foot": page.foot(about),
        "contents": say("document.contents", about.language) if sections >= CONTENTS_FROM else "",
        "head": [part for part in parts if part["is"] == "head"],
        "body": [part for part in parts if part["is"] != "head"] + _remark(document),
    }
    printable: dict[str, Any] = _printable(data)
    return printable


def _remark(document: Document) -> list[Block]:
    """What is said at the end where a character had to be drawn as a crossed box."""
    absent = unsupported("".join(document.main.itertext()))
    if not absent:
        return []
    language = document.about.language
    named = [f"U+{ord(letter):04X} {unicodedata.name(letter, '')}".strip() for letter in absent]
    shown = in_a_row(named[:SHOWN] + (["…"] if len(named) > SHOWN else []), language)
    text = say("document.unsupported", language, count=len(absent), characters=shown)
    return [{"is": "par", "kind": "note", "line": [{"is": "text", "text": text}]}]


def _printable(value: Any) -> Any:
    """PDF/A forbids private-use characters: they become U+FFFD (and are named in the remark)."""
    if isinstance(value, str):
        return _PRIVATE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {key: _printable(item) for key, item in value.items()}
    if isinstance(value, list):
        return value if value and isinstance(value[0], int) else [_printable(v) for v in value]
    return value


def _grids(parts: Any) -> Iterator[Block]:
    """The tables, in the order in which they are set."""
    if isinstance(parts, dict):
        if parts.get("is") == "grid":
            yield parts
        else:
            yield from _grids(list(parts.values()))
    elif isinstance(parts, list):
        for part in parts:
            yield from _grids(part)


def _header_flags(grid: Block) -> rowheads.Flags:
    return [[bool(cell["heads"]) for cell in row] for row in grid["body"]]
