"""Briefings and letters for the tests, as documents without a kernel."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from nbformat.v4 import new_code_cell, new_notebook, new_output

from a87lib.report import briefing, letters, pdf, tree
from a87lib.report import documents as doc
from a87lib.report.briefing import Briefing
from a87lib.report.letters import Letter
from a87lib.report.tree import Document


def opened(register: str, meeting: int = 22, language: str = "en", **changes: Any) -> Briefing:
    """The briefing of a meeting as its pack shows it."""
    asked = {"asof": "2020-07-22" if meeting == 8 else "2025-12-15"} | changes
    return briefing.opened(meeting, language=language, register=register, **asked)


@lru_cache
def printed(register: str, language: str, meeting: int = 22) -> bytes:
    """The briefing as a PDF, made once for all tests that read it."""
    return pdf.render(document(opened(register, meeting, language)))


def document(this: Briefing) -> Document:
    """The whole briefing."""
    return read(briefing.head(this), *(briefing.paper(this, key) for key in this.papers))


def letter(this: Letter) -> Document:
    """The whole letter."""
    return read(letters.head(this), letters.body(this), letters.foot(this))


def read(head: doc.Title, *parts: doc.Element) -> Document:
    outputs = [head._repr_mimebundle_(), *({"text/html": part.html} for part in parts)]
    cells = [
        new_code_cell("", outputs=[new_output("execute_result", json.loads(json.dumps(data)))])
        for data in outputs
    ]
    return tree.read(new_notebook(cells=cells))


def words(element: Any) -> str:
    """The words of an element or a tree on one line."""
    if hasattr(element, "html"):
        from lxml import html

        element = html.fragment_fromstring(element.html or "<p></p>", create_parent="main")
    return " ".join(element.text_content().split())
