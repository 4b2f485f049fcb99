"""WordprocessingML: names and the few things done to its nodes."""

from __future__ import annotations

from lxml import etree
from lxml.etree import _Element as Node

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def found(parent: Node, path: str) -> Node:
    """The part at the path. Raises ValueError where pandoc made none."""
    node = parent.find("/".join(q(name) for name in path.split("/")))
    if node is None:
        raise ValueError(f"the DOCX has no {path} in {etree.QName(parent).localname}")
    return node


def remove(node: Node) -> None:
    """Take the node out of its parent."""
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def q(name: str) -> str:
    """The name in the namespace."""
    return f"{{{W}}}{name}"


def put(node: Node, **values: str) -> None:
    """Set attributes of the namespace."""
    for name, value in values.items():
        node.set(q(name), value)


def only(parent: Node, name: str) -> Node:
    """The part of that name, made where it is missing."""
    part = parent.find(q(name))
    return part if part is not None else etree.SubElement(parent, q(name))


def ordered(parent: Node, names: tuple[str, ...]) -> None:
    """The parts in the order that the schema asks for; others last."""
    place = {q(name): number for number, name in enumerate(names)}
    parent[:] = sorted(parent, key=lambda part: place.get(str(part.tag), len(place)))
