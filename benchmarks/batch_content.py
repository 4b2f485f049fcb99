"""What our country reviews hold, as plain data that other tools can show: see `batch.py`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from lxml import html

from a87lib.report import review
from a87lib.report.charts.axes import Axes
from a87lib.report.charts.canvas import INCH, Canvas

SECTIONS = (
    ("glance", ("glance",)),
    ("standing", ("standing", "timeline", "steps")),
    ("cycle", ("obligations",)),
    ("signs", ("five_signs",)),
    ("warnings", ("early_warnings",)),
    ("decisions", ("to_decide",)),
    ("roadmap", ("roadmap",)),
    ("indicators", ("indicators", "ratifications")),
    ("evidence", ("evidence",)),
    ("participation", ("participation",)),
    ("comments", ("comments",)),
    ("statements", ("third_parties",)),
    ("sources", ("sources",)),
    ("annex", ("annex",)),
)
"""The headings of the review, and what stands below each."""


@dataclass
class Content:
    """One review. parts: headings, paragraphs, tables and figures in their order."""

    country: str
    parts: list[dict[str, Any]] = field(default_factory=list)

    def _of(self, kind: str) -> list[dict[str, Any]]:
        return [part for part in self.parts if part["is"] == kind]

    @property
    def tables(self) -> list[dict[str, Any]]:
        """The tables."""
        return self._of("table")

    @property
    def figures(self) -> list[dict[str, Any]]:
        """The figures."""
        return self._of("figure")

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(len(table["rows"]) for table in self.tables)

    @property
    def axes(self) -> int:
        """Axes of all figures."""
        return sum(len(figure["axes"]) for figure in self.figures)

    @property
    def artists(self) -> int:
        """What is drawn in all figures."""
        kinds = ("lines", "points", "bars", "words")
        return sum(len(axes[kind]) for figure in self.figures for axes in figure["axes"]
                   for kind in kinds)  # fmt: skip

    def plain(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def contents(countries: Sequence[str], register: str) -> list[Content]:
    """The content of the reviews of some countries of the exercise."""
    return [_content(country, register) for country in countries]


def _content(country: str, register: str) -> Content:
    this = review.opened(country, 2025, "2025-12-15", register=register)
    made = Content(country)
    drawn: list[Canvas] = []
    plain = Canvas.svg

    def noted(canvas: Canvas) -> str:
        drawn.append(canvas)
        return plain(canvas)

    Canvas.svg = noted  # to look at what is drawn
    try:
        for heading, names in SECTIONS:
            shown = "".join(
                part.html
                for part in (this.section(heading), *(getattr(review, n)(this) for n in names))
            )
            _parts(made, html.fragment_fromstring(shown, create_parent="main"), drawn)
    finally:
        Canvas.svg = plain
    return made


def _parts(made: Content, main: Any, drawn: list[Canvas]) -> None:
    """Each element once, in the order of the page."""
    for element in main.iter("h2", "h3", "h4", "p", "li", "dt", "dd", "table", "img"):
        if element.tag == "img":
            made.parts.append(_figure(drawn.pop(0)))
        elif element.tag == "table":
            made.parts.append(_table(element))
        elif not element.xpath("ancestor::table") and _words(element):
            level = int(element.tag[1]) if element.tag[0] == "h" else 0
            made.parts.append({"is": "text", "level": level, "text": _words(element)})


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())


def _table(element: Any) -> dict[str, Any]:
    lines = [[_words(cell) for cell in row.iter("th", "td")] for row in element.iter("tr")]
    width = max(len(line) for line in lines)
    lines = [line + [""] * (width - len(line)) for line in lines]
    caption = element.find("caption")
    said = "" if caption is None else _words(caption)
    return {"is": "table", "caption": said, "heads": lines[0], "rows": lines[1:]}


def _figure(canvas: Canvas) -> dict[str, Any]:
    return {"is": "figure", "width": canvas.width / INCH, "height": canvas.height / INCH,
            "axes": [_axes(canvas, axes) for axes in canvas.axes]}  # fmt: skip


def _axes(canvas: Canvas, axes: Axes) -> dict[str, Any]:
    width, height = axes.right - axes.left, axes.bottom - axes.top
    return {
        "box": [axes.left / canvas.width, 1 - axes.bottom / canvas.height,
                width / canvas.width, height / canvas.height],
        "x": list(axes.x),
        "y": list(axes.y),
        "title": axes.title,
        "lines": [[[x, y or 0.0] for x, y in line] for line in axes.lines if line],
        "points": [[list(point) for point in points] for points in axes.points if points],
        "bars": [list(bar) for bar in axes.bars],
        "words": [list(words) for words in axes.words],
    }  # fmt: skip
