"""What pandoc leaves to be set right in the parts of a DOCX."""

from __future__ import annotations

import re
from itertools import pairwise

from lxml import etree
from lxml.etree import _Element as Node
from lxml.html import HtmlElement

from a87lib.report.colours import TONES
from a87lib.report.docxtables import set_tables
from a87lib.report.wordml import found, ordered, put, q, remove

TEXT_WIDTH = 627  # CSS pixels between the margins of the reference document
PARAGRAPH_ORDER = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "numPr", "pBdr", "shd",
                   "tabs", "bidi", "spacing", "ind", "contextualSpacing", "jc", "rPr")  # fmt: skip
_FIELD = re.compile(r"\{(left|right|foot)\}")
CALLOUT_BEGINS, CALLOUT_ENDS = "\ue0f1", "\ue0f2"  # marks in the HTML given to pandoc
FRESH, PAGE = "\ue0f3", "\ue0f4"  # before a heading that begins a page, and a page's number
MARKS = CALLOUT_BEGINS + CALLOUT_ENDS + FRESH + PAGE


def settled(
    members: dict[str, bytes], main: HtmlElement, lines: dict[str, str]
) -> dict[str, bytes]:
    """The members of the package that change.

    main: the tree that the DOCX was made from. lines: text for the fields of header and footer.
    """
    changed = {}
    root = etree.fromstring(members["word/document.xml"])
    set_tables(root, main)
    _set_terms(root)
    _set_callouts(root)
    _set_pages(root)
    _tie_names(root)
    changed["word/document.xml"] = _bytes(root)
    for name, content in members.items():
        if name.startswith(("word/header", "word/footer")) and name.endswith(".xml"):
            changed[name] = _filled(content, lines)
    return changed


def completed(styles: bytes, ours: bytes) -> bytes:
    """The styles with those of ours that they lack."""
    root = etree.fromstring(styles)
    there = {style.get(q("styleId")) for style in root.findall(q("style"))}
    for style in etree.fromstring(ours).findall(q("style")):
        if style.get(q("styleId")) not in there:
            root.append(style)
    return _bytes(root)


def _bytes(root: Node) -> bytes:
    text: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return text


def _filled(content: bytes, lines: dict[str, str]) -> bytes:
    root = etree.fromstring(content)
    for text in root.iter(q("t")):
        text.text = _FIELD.sub(lambda field: lines[field[0]], text.text or "")
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return _bytes(root)


def _set_terms(root: Node) -> None:
    """A term and what is said of it stand on one line, with a tab between (style Facts)."""
    body = found(root, "body")
    paragraphs = [
        node for node in body.iter(q("p")) if _style(node) in ("DefinitionTerm", "Definition")
    ]
    for term, said in list(pairwise(paragraphs)):
        if _style(term) == "DefinitionTerm" and _style(said) == "Definition":
            _embolden(term)
            _begin_with_tab(said)
            content = [node for node in said if node.tag != q("pPr")]
            for node in content:
                term.append(node)
            remove(said)
            _restyle(term, "Facts")
        elif _style(said) == "Definition":
            _begin_with_tab(said)
            _restyle(said, "Facts")


def _embolden(paragraph: Node) -> None:
    for run in paragraph.iter(q("r")):
        properties = run.find(q("rPr"))
        if properties is None:
            properties = etree.Element(q("rPr"))
            run.insert(0, properties)
        if properties.find(q("b")) is None:
            properties.append(etree.Element(q("b")))


def _set_callouts(root: Node) -> None:
    """All paragraphs between the marks of a callout, lists too, stand in its box."""
    kind = ""
    inside: list[Node] = []
    for paragraph in list(root.iter(q("p"))):
        text = "".join(node.text or "" for node in paragraph.iter(q("t")))
        if text.startswith(CALLOUT_BEGINS):
            kind, inside = text[1:], []
        elif text == CALLOUT_ENDS:
            for place, boxed in enumerate(inside):
                _box(boxed, *TONES[kind], place == 0, place == len(inside) - 1)
            kind = ""
        else:
            if kind:
                inside.append(paragraph)
            continue
        remove(paragraph)


def _set_pages(root: Node) -> None:
    """Headings begin a page where they are marked so; references to pages become fields."""
    for text in list(root.iter(q("t"))):
        mark = (text.text or "")[:1]
        if mark == FRESH:
            text.text = (text.text or "")[1:]
            paragraph = next(text.iterancestors(q("p")))
            properties = found(paragraph, "pPr")
            etree.SubElement(properties, q("pageBreakBefore"))
            ordered(properties, PARAGRAPH_ORDER)
        elif mark == PAGE:
            text.text = (text.text or "")[1:]
            _make_field(next(text.iterancestors(q("hyperlink"))))


def _tie_names(root: Node) -> None:
    """The name of a section becomes that of its heading.

    Pandoc lets it end with the section; LibreOffice then forgets it where the section ends in a
    table, and prints an error in the place of the page.
    """
    marks = (q("bookmarkStart"), q("bookmarkEnd"))
    ends = {end.get(q("id")): end for end in root.iter(q("bookmarkEnd"))}
    for start in list(root.iter(q("bookmarkStart"))):
        heading = start.getnext()
        while heading is not None and heading.tag in marks:
            heading = heading.getnext()
        if heading is not None and heading.tag == q("p"):
            heading.insert(0 if heading.find(q("pPr")) is None else 1, start)
            heading.append(ends[start.get(q("id"))])


def _make_field(link: Node) -> None:
    """The link becomes a field that word processors fill with the number of the page."""
    field = etree.Element(q("fldSimple"))
    put(field, instr=f" PAGEREF {link.get(q('anchor'))} \\h ", dirty="true")
    for run in list(link):
        field.append(run)
    link.append(field)


def _box(paragraph: Node, ink: str, tint: str, first: bool, last: bool) -> None:
    properties = found(paragraph, "pPr")
    level = properties.find(f"{q('numPr')}/{q('ilvl')}")
    hang = 0 if level is None else 300 * (int(level.get(q("val"), "0")) + 1)
    if not last:
        etree.SubElement(properties, q("keepNext"))
    border = etree.SubElement(properties, q("pBdr"))
    put(etree.SubElement(border, q("left")), val="single", sz="24", space="8", color=ink[1:])
    put(etree.SubElement(properties, q("shd")), val="clear", color="auto", fill=tint[1:])
    put(
        etree.SubElement(properties, q("spacing")),
        before="160" if first else "0",
        after="160" if last else "0",
        line="300",
    )
    put(etree.SubElement(properties, q("ind")), left=str(240 + hang), hanging=str(hang))
    ordered(properties, PARAGRAPH_ORDER)


def _style(paragraph: Node) -> str:
    style = paragraph.find(f"{q('pPr')}/{q('pStyle')}")
    return "" if style is None else str(style.get(q("val")))


def _restyle(paragraph: Node, name: str) -> None:
    found(paragraph, "pPr/pStyle").set(q("val"), name)


def _begin_with_tab(paragraph: Node) -> None:
    run = etree.Element(q("r"))
    etree.SubElement(run, q("tab"))
    paragraph.insert(1 if paragraph.find(q("pPr")) is not None else 0, run)
