"""What pandoc leaves to be set right in the parts of a DOCX."""

from __future__ import annotations

from itertools import pairwise

from lxml import etree
from lxml.etree import _Element as Node
from lxml.html import HtmlElement

from a87lib.report.blocks import longest, widths
from a87lib.report.colours import TONES

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TEXT_WIDTH = 627  # CSS pixels between the margins of the reference document
FULL = 9300  # twips between the margins, less the first cell's margin
CELL_MARGIN = 85
TABLE_ORDER = ("tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize",
               "tblStyleColBandSize", "tblW", "jc", "tblCellSpacing", "tblInd", "tblBorders", "shd",
               "tblLayout", "tblCellMar", "tblLook", "tblCaption", "tblDescription")  # fmt: skip
SHORT = 10  # rows up to which a table stays on one page
CROWDED = 8  # columns from which on a table is set in small type
PARAGRAPH_ORDER = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "numPr", "pBdr", "shd",
                   "tabs", "bidi", "spacing", "ind", "contextualSpacing", "jc", "rPr")  # fmt: skip
CALLOUT_BEGINS, CALLOUT_ENDS = "\ue0f1", "\ue0f2"  # marks in the HTML given to pandoc


def settled(
    members: dict[str, bytes], main: HtmlElement, lines: dict[str, str]
) -> dict[str, bytes]:
    """The members of the package that change.

    main: the tree that the DOCX was made from. lines: text for the fields of header and footer.
    """
    changed = {}
    root = etree.fromstring(members["word/document.xml"])
    _set_tables(root, main)
    _set_terms(root)
    _set_callouts(root)
    changed["word/document.xml"] = _bytes(root)
    for name, content in members.items():
        if name.startswith(("word/header", "word/footer")) and name.endswith(".xml"):
            changed[name] = _filled(content, lines)
    return changed


def _q(name: str) -> str:
    return f"{{{W}}}{name}"


def _bytes(root: Node) -> bytes:
    text: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return text


def _filled(content: bytes, lines: dict[str, str]) -> bytes:
    root = etree.fromstring(content)
    for text in root.iter(_q("t")):
        for field, value in lines.items():
            text.text = (text.text or "").replace(field, value)
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return _bytes(root)


def _set_tables(root: Node, main: HtmlElement) -> None:
    """Header rows repeat, rows hold together, row headers count as such, crowded type is small."""
    for table, source in zip(root.iter(_q("tbl")), main.iter("table"), strict=True):
        properties = table.find(_q("tblPr"))
        _look(
            properties,
            bool(source.xpath("./tbody/tr/*[1][self::th]")),
            bool(source.findall("./thead/tr")),
        )
        columns = len(table.findall(f"{_q('tblGrid')}/{_q('gridCol')}"))
        _set_widths(table, _twips(source, columns))
        for row in table.iter(_q("tr")):
            row_properties = row.find(_q("trPr"))
            if row_properties is None:
                row_properties = etree.Element(_q("trPr"))
                row.insert(0, row_properties)
            row_properties.insert(0, etree.Element(_q("cantSplit")))
        for style in table.iter(_q("pStyle")):
            style.set(_q("val"), "CompactSmall" if columns >= CROWDED else "TableText")
        _keep_together(table)


def _keep_together(table: Node) -> None:
    """A short table does not break over pages."""
    rows = table.findall(_q("tr"))
    if len(rows) <= SHORT:
        for row in rows[:-1]:
            for properties in row.iter(_q("pPr")):
                properties.insert(1, etree.Element(_q("keepNext")))


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
    return [int(width * FULL / sum(made)) for width in made]


def _set_widths(table: Node, sizes: list[int]) -> None:
    properties = table.find(_q("tblPr"))
    for name, value in (("tblW", sum(sizes)), ("tblInd", CELL_MARGIN)):
        width = _only(properties, name)
        width.set(_q("type"), "dxa")
        width.set(_q("w"), str(value))
    _only(properties, "tblLayout").set(_q("type"), "autofit")
    _in_order(properties)
    for column, size in zip(table.iter(_q("gridCol")), sizes, strict=True):
        column.set(_q("w"), str(size))
    for row in table.iter(_q("tr")):
        for cell, size in zip(row.findall(_q("tc")), sizes, strict=False):
            cell_properties = cell.find(_q("tcPr"))
            if cell_properties is None:
                cell_properties = etree.Element(_q("tcPr"))
                cell.insert(0, cell_properties)
            if cell_properties.find(_q("gridSpan")) is None:
                width = _only(cell_properties, "tcW")
                width.set(_q("type"), "dxa")
                width.set(_q("w"), str(size))
                cell_properties.insert(0, width)


def _in_order(properties: Node) -> None:
    """Table properties in the order that the schema asks for."""
    names = [_q(name) for name in TABLE_ORDER]
    parts = sorted(properties, key=lambda part: names.index(part.tag) if part.tag in names else 99)
    properties[:] = parts


def _look(properties: Node, row_headers: bool, head: bool) -> None:
    look = _only(properties, "tblLook")
    for name, on in (("firstRow", head), ("lastRow", False), ("firstColumn", row_headers),
                     ("lastColumn", False), ("noHBand", True), ("noVBand", True)):  # fmt: skip
        look.set(_q(name), "1" if on else "0")
    flags = 0x0600 + (0x0020 if head else 0) + (0x0080 if row_headers else 0)
    look.set(_q("val"), f"{flags:04X}")


def _only(parent: Node, name: str) -> Node:
    found = parent.find(_q(name))
    return found if found is not None else etree.SubElement(parent, _q(name))


def _set_terms(root: Node) -> None:
    """A term and what is said of it stand on one line, with a tab between (style Facts)."""
    body = root.find(_q("body"))
    paragraphs = [
        node for node in body.iter(_q("p")) if _style(node) in ("DefinitionTerm", "Definition")
    ]
    for term, said in list(pairwise(paragraphs)):
        if _style(term) == "DefinitionTerm" and _style(said) == "Definition":
            _embolden(term)
            _begin_with_tab(said)
            content = [node for node in said if node.tag != _q("pPr")]
            for node in content:
                term.append(node)
            said.getparent().remove(said)
            _restyle(term, "Facts")
        elif _style(said) == "Definition":
            _begin_with_tab(said)
            _restyle(said, "Facts")


def _embolden(paragraph: Node) -> None:
    for run in paragraph.iter(_q("r")):
        properties = run.find(_q("rPr"))
        if properties is None:
            properties = etree.Element(_q("rPr"))
            run.insert(0, properties)
        if properties.find(_q("b")) is None:
            properties.append(etree.Element(_q("b")))


def _set_callouts(root: Node) -> None:
    """All paragraphs between the marks of a callout, lists too, stand in its box."""
    kind = ""
    for paragraph in list(root.iter(_q("p"))):
        text = "".join(node.text or "" for node in paragraph.iter(_q("t")))
        if text.startswith(CALLOUT_BEGINS):
            kind = text[1:]
        elif text == CALLOUT_ENDS:
            kind = ""
        elif kind:
            _box(paragraph, *TONES[kind])
            continue
        else:
            continue
        paragraph.getparent().remove(paragraph)


def _box(paragraph: Node, ink: str, tint: str) -> None:
    properties = paragraph.find(_q("pPr"))
    level = properties.find(f"{_q('numPr')}/{_q('ilvl')}")
    hang = 0 if level is None else 300 * (int(level.get(_q("val"), "0")) + 1)
    border = etree.SubElement(properties, _q("pBdr"))
    _set(etree.SubElement(border, _q("left")), val="single", sz="24", space="8", color=ink[1:])
    _set(etree.SubElement(properties, _q("shd")), val="clear", color="auto", fill=tint[1:])
    _set(etree.SubElement(properties, _q("spacing")), before="0", after="0", line="300")
    _set(etree.SubElement(properties, _q("ind")), left=str(240 + hang), hanging=str(hang))
    names = [_q(name) for name in PARAGRAPH_ORDER]
    properties[:] = sorted(
        properties, key=lambda part: names.index(part.tag) if part.tag in names else 99
    )


def _set(node: Node, **values: str) -> None:
    for name, value in values.items():
        node.set(_q(name), value)


def _style(paragraph: Node) -> str:
    style = paragraph.find(f"{_q('pPr')}/{_q('pStyle')}")
    return "" if style is None else str(style.get(_q("val")))


def _restyle(paragraph: Node, name: str) -> None:
    paragraph.find(f"{_q('pPr')}/{_q('pStyle')}").set(_q("val"), name)


def _begin_with_tab(paragraph: Node) -> None:
    run = etree.Element(_q("r"))
    etree.SubElement(run, _q("tab"))
    paragraph.insert(1 if paragraph.find(_q("pPr")) is not None else 0, run)
