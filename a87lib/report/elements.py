"""What a document is made of: the vocabulary of report notebooks.

    from a87lib.report import documents as doc

    doc.section(2, say("review.status", lang))
    doc.table(say("review.milestones", lang), [..column titles..], rows, row_header=0)

Every function returns an Element, which JupyterLab shows and from which the HTML page, the PDF and
the DOCX are made. All text is escaped; cells and lines take text, numbers and the pieces of
`inline` (strong, emphasis, link, badge, number, code, small, foreign). A cell is to end in one
Element: put several into `stack(...)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from a87lib.report.inline import Inline, Piece, escaped, inline, joined, language_tag

CALLOUTS = ("note", "info", "good", "attention", "bad", "decision")
CalloutKind = Literal["note", "info", "good", "attention", "bad", "decision"]
Align = Literal["left", "right", "center"]
Item = Piece | tuple[Piece, Sequence["Item"]]


@dataclass(frozen=True, slots=True)
class Element:
    """A piece of a document as safe HTML."""

    html: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        """What a terminal shows instead of the markup."""
        return f"<document element, {len(self.html)} characters>"


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: its title, and where wanted its alignment and relative width.

    width: share of the table's width relative to the other columns (None: by content).
    """

    title: Piece
    align: Align | None = None
    width: float | None = None


def stack(*elements: Element) -> Element:
    """Several elements as the one thing that a cell shows."""
    return Element("\n".join(element.html for element in elements))


def section(level: int, text: Piece, id: str | None = None, new_page: bool = False) -> Element:
    """A heading of level 2, 3 or 4 (1 is the document's title). id: a name to link to (`#id`).

    new_page: on paper it begins a page (levels 2 and 3).
    """
    if level not in (2, 3, 4):
        raise ValueError(f"heading level {level}: 2, 3 or 4 (1 is the document's title)")
    name = f' id="{escaped(id)}"' if id else ""
    name += ' class="new-page"' if new_page else ""
    return Element(f"<h{level}{name}>{inline(text).html}</h{level}>")


def paragraph(
    *pieces: Piece, kind: Literal["", "lead", "note"] = "", lang: str | None = None
) -> Element:
    """A paragraph. kind: `lead` opens a section in larger type, `note` is a remark in small type.

    lang: the language of its text where it is not the document's (sets the direction too).
    """
    style = f' class="{escaped(kind)}"' if kind else ""
    return Element(f"<p{style}{_language(lang)}>{joined(pieces).html}</p>")


def items(entries: Sequence[Item], ordered: bool = False) -> Element:
    """A list, numbered if ordered. An entry is a piece, or a pair (piece, entries below it)."""
    tag = "ol" if ordered else "ul"
    return Element(f"<{tag}>{''.join(_item(entry) for entry in entries)}</{tag}>")


def _item(entry: Item) -> str:
    if isinstance(entry, tuple):
        return f"<li>{inline(entry[0]).html}{items(entry[1]).html}</li>"
    return f"<li>{inline(entry).html}</li>"


def definition_list(pairs: Iterable[tuple[Piece, Piece | Sequence[Piece]]]) -> Element:
    """Terms and what is said of each (one piece, or a list of pieces)."""
    lines = []
    for term, said in pairs:
        lines.append(f"<dt>{inline(term).html}</dt>")
        several = [said] if isinstance(said, (str, int, float, Inline)) else said
        lines.extend(f"<dd>{inline(one).html}</dd>" for one in several)
    return Element(f"<dl>{''.join(lines)}</dl>")


def callout(kind: CalloutKind, title: Piece, *body: Element | Piece) -> Element:
    """A box for what a reader must not miss. The title says what it is; colour only repeats it."""
    if kind not in CALLOUTS:
        raise ValueError(f"callout {kind!r}: one of {', '.join(CALLOUTS)}")
    inside = "".join(
        part.html if isinstance(part, Element) else f"<p>{inline(part).html}</p>" for part in body
    )
    heading = f'<p class="callout-title">{inline(title).html}</p>'
    return Element(f'<div role="note" class="callout callout-{kind}">{heading}{inside}</div>')


def quotation(text: Piece, source: Piece | None = None, lang: str | None = None) -> Element:
    """Words of a third party or of the country, as they were given; plain text, lines kept."""
    lines = inline(text).html.split("\n\n")
    inside = "".join(f"<p>{line.replace(chr(10), '<br>')}</p>" for line in lines if line.strip())
    origin = f'<p class="source">{inline(source).html}</p>' if source is not None else ""
    return Element(f"<blockquote{_language(lang)}>{inside}{origin}</blockquote>")


def table(
    caption: Piece,
    columns: Sequence[Piece | Column],
    rows: Iterable[Sequence[Piece]],
    row_header: int | None = 0,
    note: Piece | None = None,
    align: str | None = None,
) -> Element:
    """A table with a caption, column headers and a row header in every row.

    caption: what the table shows (it is numbered by the document). columns: titles or Columns.
    rows: as many cells as columns; an empty cell or title is refused: say
    "no data" in words.
    row_header: the column whose cells name the row (None: no such column). It is set first,
    wherever it stands: word processors know row headers in the first column only.
    note: source, unit or reading aid, set below. align: one letter a column (`llr`, c for centre);
    without it columns of numbers stand right, others left.
    Raises ValueError naming the row and the column that does not fit.
    """
    heads = [c if isinstance(c, Column) else Column(c) for c in columns]
    for place, column in enumerate(heads, 1):
        if not inline(column.title).html.strip():
            raise ValueError(f"column {place} has no title: every column says what it holds")
    body = [_checked(row, number, heads) for number, row in enumerate(rows, 1)]
    sides = _sides(heads, body, align)
    if row_header:
        order = [row_header, *(place for place in range(len(heads)) if place != row_header)]
        heads, sides = [heads[place] for place in order], [sides[place] for place in order]
        body = [[row[place] for place in order] for row in body]
    head = "".join(
        f'<th scope="col"{_side(side)}{_width(column)}>{inline(column.title).html}</th>'
        for column, side in zip(heads, sides, strict=True)
    )
    lines = "".join(_row(row, sides, row_header is not None) for row in body)
    source = f'<p class="note">{inline(note).html}</p>' if note is not None else ""
    return Element(
        f"<table><caption>{inline(caption).html}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{lines}</tbody></table>{source}"
    )


def _checked(row: Sequence[Piece], number: int, heads: Sequence[Column]) -> list[Inline]:
    if len(row) != len(heads):
        raise ValueError(f"row {number} has {len(row)} cells, the table {len(heads)} columns")
    cells = []
    for head, cell in zip(heads, row, strict=True):
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            raise ValueError(f"row {number}, column {head.title}: empty; say what is missing")
        cells.append(inline(cell))
    return cells


def _sides(heads: Sequence[Column], body: list[list[Inline]], align: str | None) -> list[Align]:
    letters: dict[str, Align] = {"l": "left", "r": "right", "c": "center"}
    if align is not None and (len(align) != len(heads) or set(align) - set(letters)):
        raise ValueError(f"align {align!r}: one of l, r, c for each of {len(heads)} columns")
    sides: list[Align] = []
    for place, column in enumerate(heads):
        numeric = bool(body) and all(row[place].html.startswith("<data ") for row in body)
        chosen = letters[align[place]] if align else ("right" if numeric else "left")
        sides.append(column.align or chosen)
    return sides


def _row(cells: list[Inline], sides: list[Align], headed: bool) -> str:
    marked = []
    for place, (cell, side) in enumerate(zip(cells, sides, strict=True)):
        tag, scope = ("th", ' scope="row"') if headed and not place else ("td", "")
        marked.append(f"<{tag}{scope}{_side(side)}>{cell.html}</{tag}>")
    return f"<tr>{''.join(marked)}</tr>"


def _side(side: Align) -> str:
    return "" if side == "left" else f' class="{side}"'


def _width(column: Column) -> str:
    return "" if column.width is None else f' data-width="{column.width:g}"'


def _language(lang: str | None) -> str:
    return f' lang="{escape(language_tag(lang))}" dir="auto"' if lang else ""
