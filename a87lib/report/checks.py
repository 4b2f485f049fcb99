"""What a document holds, counted in each edition, so that the three can be compared."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

import pikepdf
from lxml import etree, html

from a87lib.report.rowheads import structure

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


@dataclass(frozen=True, slots=True)
class Counts:
    """Tables, their header cells by what they head, captions, and figures that have a description.

    captions: of tables and figures together.
    """

    tables: int
    column_headers: int
    row_headers: int
    captions: int
    described_figures: int
    headings: int


def counts(edition: bytes) -> Counts:
    """The counts of an HTML page, a PDF or a DOCX (told apart by their first bytes)."""
    if edition.startswith(b"%PDF"):
        return _in_pdf(edition)
    if edition.startswith(b"PK"):
        return _in_docx(edition)
    return _in_html(edition)


def _in_html(edition: bytes) -> Counts:
    main = html.document_fromstring(edition.decode())
    inside = "not(ancestor::nav)"
    return Counts(
        tables=len(main.xpath("//table")),
        column_headers=len(main.xpath("//th[@scope='col']")),
        row_headers=len(main.xpath("//th[@scope='row']")),
        captions=len(main.xpath("//caption | //figcaption")),
        described_figures=len(main.xpath("//img[normalize-space(@alt)]")),
        headings=len(main.xpath(f"//*[self::h1 or self::h2 or self::h3 or self::h4][{inside}]")),
    )


def _in_pdf(edition: bytes) -> Counts:
    with pikepdf.open(io.BytesIO(edition)) as opened:
        nodes = list(structure(opened.Root.StructTreeRoot))
        kinds = [str(node.S) for node in nodes]
        scopes = [_scope(node) for node in nodes if str(node.S) == "/TH"]
        described = [
            node for node in nodes if str(node.S) == "/Figure" and str(node.get("/Alt", ""))
        ]
        return Counts(
            tables=kinds.count("/Table"),
            column_headers=scopes.count("/Column"),
            row_headers=scopes.count("/Row"),
            captions=kinds.count("/Caption"),
            described_figures=len(described),
            headings=sum(kinds.count(f"/H{level}") for level in (1, 2, 3, 4)),
        )


def _scope(node: pikepdf.Object) -> str:
    held = node.get("/A", pikepdf.Array())
    for said in held if isinstance(held, pikepdf.Array) else [held]:
        if "/Scope" in said:
            return str(said.Scope)
    return ""


def _in_docx(edition: bytes) -> Counts:
    with zipfile.ZipFile(io.BytesIO(edition)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    columns = rows = 0
    for table in root.iter(f"{_W}tbl"):
        look = table.find(f"{_W}tblPr/{_W}tblLook")
        named = look is not None and look.get(f"{_W}firstColumn") == "1"
        for row in table.iter(f"{_W}tr"):
            head = row.find(f"{_W}trPr/{_W}tblHeader") is not None
            columns += len(row.findall(f"{_W}tc")) if head else 0
            rows += 1 if named and not head else 0
    styles = [str(style.get(f"{_W}val")) for style in root.iter(f"{_W}pStyle")]
    return Counts(
        tables=len(list(root.iter(f"{_W}tbl"))),
        column_headers=columns,
        row_headers=rows,
        captions=styles.count("TableCaption") + styles.count("ImageCaption"),
        described_figures=len(
            [node for node in root.iter(_DRAWN) if node.get("descr", "").strip()]
        ),
        headings=sum(styles.count(f"Heading{level}") for level in (1, 2, 3, 4)),
    )
