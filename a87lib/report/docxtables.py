"""Tables of a DOCX: widths by content, header rows and row headers, small type where crowded."""

from __future__ import annotations

from lxml import etree
from lxml.etree import _Element as Node
from lxml.html import HtmlElement

from a87lib.report.measures import longest, longest_word, short, widths
from a87lib.report.wordml import found, only, ordered, q

FULL = 9300  # twips between the margins, less the first cell's margin
CELL_MARGIN = 85
TABLE_ORDER = ("tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize",
               "tblStyleColBandSize", "tblW", "jc", "tblCellSpacing", "tblInd", "tblBorders", "shd",
               "tblLayout", "tblCellMar", "tblLook", "tblCaption", "tblDescription")  # fmt: skip
CROWDED = 8  # columns from which on a table is set in small type


def set_tables(root: Node, main: HtmlElement) -> None:
    """Header rows repeat, rows hold together, row headers count as such, crowded type is small."""
    for table, source in zip(root.iter(q("tbl")), main.iter("table"), strict=True):
        properties = found(table, "tblPr")
        _look(
            properties,
            bool(source.xpath("./tbody/tr/*[1][self::th]")),
            bool(source.findall("./thead/tr")),
        )
        columns = len(table.findall(f"{q('tblGrid')}/{q('gridCol')}"))
        _set_widths(table, _twips(source, columns))
        for row in table.iter(q("tr")):
            row_properties = row.find(q("trPr"))
            if row_properties is None:
                row_properties = etree.Element(q("trPr"))
                row.insert(0, row_properties)
            row_properties.insert(0, etree.Element(q("cantSplit")))
        for style in table.iter(q("pStyle")):
            style.set(q("val"), "CompactSmall" if columns >= CROWDED else "TableText")
        if short(source):
            _keep_together(table)


def _keep_together(table: Node) -> None:
    """No page break within the table."""
    for row in table.findall(q("tr"))[:-1]:
        for properties in row.iter(q("pPr")):
            properties.insert(1, etree.Element(q("keepNext")))


def _twips(source: HtmlElement, columns: int) -> list[int]:
    """The width of each column: short ones as their content, long ones share what is left."""
    letter = 95 if columns >= CROWDED else 120
    own = [max(size, 4) * letter + 190 for size in longest(source, columns)]
    shares = widths(source, columns)
    if not any(shares):
        scale = min(1.0, FULL / sum(own))
        return [int(width * scale) for width in own]
    fixed = sum(width for width, share in zip(own, shares, strict=True) if not share)
    left = max(FULL - fixed, FULL // 3)
    made = [
        left * share / sum(shares) if share else width
        for width, share in zip(own, shares, strict=True)
    ]
    scaled = [width * FULL / sum(made) for width in made]
    least = [size * letter + 190 for size in longest_word(source, columns)]
    return [int(width) for width in _no_word_broken(scaled, least)]


def _no_word_broken(made: list[float], least: list[int]) -> list[float]:
    """Columns too narrow for a word of theirs take what is lacking from those with room to spare.

    A word processor breaks a word without a hyphen where its column is too narrow.
    """
    spare = [width - low for width, low in zip(made, least, strict=True)]
    lacking, free = (sum(max(0.0, sign * each) for each in spare) for sign in (-1, 1))
    if lacking > free:
        return made
    return [
        low + each * (1 - lacking / free) if each > 0 else low
        for low, each in zip(least, spare, strict=True)
    ]


def _set_widths(table: Node, sizes: list[int]) -> None:
    properties = found(table, "tblPr")
    for name, value in (("tblW", sum(sizes)), ("tblInd", CELL_MARGIN)):
        width = only(properties, name)
        width.set(q("type"), "dxa")
        width.set(q("w"), str(value))
    only(properties, "tblLayout").set(q("type"), "autofit")
    ordered(properties, TABLE_ORDER)
    for column, size in zip(table.iter(q("gridCol")), sizes, strict=True):
        column.set(q("w"), str(size))
    for row in table.iter(q("tr")):
        for cell, size in zip(row.findall(q("tc")), sizes, strict=False):
            cell_properties = cell.find(q("tcPr"))
            if cell_properties is None:
                cell_properties = etree.Element(q("tcPr"))
                cell.insert(0, cell_properties)
            if cell_properties.find(q("gridSpan")) is None:
                width = only(cell_properties, "tcW")
                width.set(q("type"), "dxa")
                width.set(q("w"), str(size))
                cell_properties.insert(0, width)


def _look(properties: Node, row_headers: bool, head: bool) -> None:
    look = only(properties, "tblLook")
    for name, on in (("firstRow", head), ("lastRow", False), ("firstColumn", row_headers),
                     ("lastColumn", False), ("noHBand", True), ("noVBand", True)):  # fmt: skip
        look.set(q(name), "1" if on else "0")
    flags = 0x0600 + (0x0020 if head else 0) + (0x0080 if row_headers else 0)
    look.set(q("val"), f"{flags:04X}")
