"""Row headers in the structure tree of a PDF: Typst (0.15) has them behind a switch out of reach.

Typst tags every cell outside the table's head as data (TD). PDF/UA wants a cell that names its row
to be a header (TH) with scope Row; each data cell lists the headers that speak of it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, String

Flags = list[list[bool]]


def marked(pdf: bytes, tables: list[Flags]) -> bytes:
    """The PDF with its row headers marked.

    tables: for each table of the document in order, for each row below its head, whether each
    cell is a header. Raises ValueError where the PDF has another number of tables or rows.
    """
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        root = opened.Root.StructTreeRoot
        found = list(nearest(root, (Name.Table,)))
        if len(found) != len(tables):
            raise ValueError(f"{len(found)} tables in the PDF, {len(tables)} in the document")
        names: dict[str, Dictionary] = {}
        for number, (table, flags) in enumerate(zip(found, tables, strict=True)):
            _mark_table(table, flags, number, names)
        _list_names(opened, root, names)
        buffer = io.BytesIO()
        opened.save(buffer, deterministic_id=True)
        return buffer.getvalue()


def structure(node: pikepdf.Object) -> Iterator[Dictionary]:
    """All elements of a structure tree, in reading order."""
    for element in _inside(node):
        yield element
        yield from structure(element)


def nearest(node: pikepdf.Object, kinds: tuple[pikepdf.Object, ...]) -> Iterator[Dictionary]:
    """The elements of some kinds below a node, without those that lie in another of them."""
    for element in _inside(node):
        if element.S in kinds:
            yield element
        else:
            yield from nearest(element, kinds)


def _inside(node: pikepdf.Object) -> Iterator[Dictionary]:
    """The elements that a node holds (its other kids are pieces of pages)."""
    held = node.get("/K")
    kids = held if isinstance(held, Array) else (held,)
    for kid in kids:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid


def _mark_table(table: Dictionary, flags: Flags, number: int, names: dict[str, Dictionary]) -> None:
    rows = [row for part in nearest(table, (Name.TBody,)) for row in nearest(part, (Name.TR,))]
    if len(rows) != len(flags):
        raise ValueError(f"table {number + 1}: {len(rows)} rows in the PDF, not {len(flags)}")
    for place, (row, heads) in enumerate(zip(rows, flags, strict=True)):
        cells = list(nearest(row, (Name.TD, Name.TH)))
        if any(heads):
            _mark_row(cells, heads, f"R{number:04d}-{place:05d}", names)


def _mark_row(
    cells: list[Dictionary], heads: list[bool], name: str, names: dict[str, Dictionary]
) -> None:
    own = [f"{name}-{column}" for column, head in enumerate(heads) if head]
    for column, (cell, head) in enumerate(zip(cells, heads, strict=True)):
        said = _table_attributes(cell)
        if head:
            cell.S = Name.TH
            cell.ID = String(f"{name}-{column}")
            said.Scope = Name.Row
            names[f"{name}-{column}"] = cell
        else:
            said.Headers = Array([*said.get("/Headers", Array()), *map(String, own)])


def _table_attributes(cell: Dictionary) -> pikepdf.Object:
    """The cell's attributes of owner Table, made where it has none."""
    held = cell.get("/A", Array())
    listed = list(held) if isinstance(held, Array) else [held]
    for said in listed:
        if said.get("/O") == Name.Table:
            return said
    made = Dictionary(O=Name.Table)
    cell.A = Array([*listed, made])
    last: pikepdf.Object = cell.A[len(listed)]
    return last


def _list_names(opened: pikepdf.Pdf, root: pikepdf.Object, names: dict[str, Dictionary]) -> None:
    """Every ID of an element is listed in the tree of IDs (ISO 32000-1, 14.7.2)."""
    if not names:
        return
    tree = pikepdf.NameTree(root.IDTree) if "/IDTree" in root else pikepdf.NameTree.new(opened)
    for name, cell in names.items():
        tree[name] = cell
    root.IDTree = tree.obj
