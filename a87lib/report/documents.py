"""The words in which a report notebook writes: `from a87lib.report import documents as doc`."""

from __future__ import annotations

from a87lib.report.about import About, Title, title
from a87lib.report.elements import (
    Column,
    Element,
    callout,
    definition_list,
    items,
    paragraph,
    quotation,
    section,
    stack,
    table,
)
from a87lib.report.figures import drawing, figure, style
from a87lib.report.inline import (
    Inline,
    badge,
    code,
    document,
    emphasis,
    foreign,
    joined,
    line_break,
    link,
    number,
    page_of,
    small,
    strong,
)
from a87lib.report.submitted import markdown

__all__ = [
    "About",
    "Column",
    "Element",
    "Inline",
    "Title",
    "badge",
    "callout",
    "code",
    "definition_list",
    "document",
    "drawing",
    "emphasis",
    "figure",
    "foreign",
    "items",
    "joined",
    "line_break",
    "link",
    "markdown",
    "number",
    "page_of",
    "paragraph",
    "quotation",
    "section",
    "small",
    "stack",
    "strong",
    "style",
    "table",
    "title",
]
