"""What our country reviews hold, as plain data that other tools can show: see `batch.py`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from math import isnan
from typing import Any

from lxml import html

from a87lib.report import figures, review

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
    drawn: list[Any] = []
    plain = figures.svg

    def noted(figure: Any) -> str:
        drawn.append(figure)
        return plain(figure)

    figures.svg = noted  # type: ignore[assignment] - to look at what is drawn
    try:
        for heading, names in SECTIONS:
            shown = "".join(
                part.html
                for part in (this.section(heading), *(getattr(review, n)(this) for n in names))
            )
            _parts(made, html.fragment_fromstring(shown, create_parent="main"), drawn)
    finally:
        figures.svg = plain
    return made


def _parts(made: Content, main: Any, drawn: list[Any]) -> None:
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


def _figure(figure: Any) -> dict[str, Any]:
    width, height = figure.get_size_inches()
    return {"is": "figure", "width": float(width), "height": float(height),
            "axes": [_axes(axes) for axes in figure.axes]}  # fmt: skip


def _axes(axes: Any) -> dict[str, Any]:
    box = axes.get_position()
    return {
        "box": [box.x0, box.y0, box.width, box.height],
        "x": [float(end) for end in axes.get_xlim()],
        "y": [float(end) for end in axes.get_ylim()],
        "title": axes.get_title(),
        "lines": [_points(line.get_xydata()) for line in axes.lines if len(line.get_xydata())],
        "points": [_points(each.get_offsets()) for each in axes.collections
                   if len(each.get_offsets())],
        "bars": [[float(n) for n in (*each.get_xy(), each.get_width(), each.get_height())]
                 for each in axes.patches if hasattr(each, "get_height")],
        "words": [[*map(float, each.get_unitless_position()), each.get_text()]
                  for each in axes.texts if each.get_text()],
    }  # fmt: skip


def _points(pairs: Any) -> list[list[float]]:
    return [[0.0 if isnan(value) else float(value) for value in pair] for pair in pairs]
