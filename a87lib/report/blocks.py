"""The tree of a document as plain data, which the Typst template sets. Text stays data throughout.

A block is {"is": kind, …}; a line is a list of pieces {"is": kind, …}. Kinds are the names of the
functions in templates/document.typ.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Callable
from typing import Any

from lxml.html import HtmlElement

from a87lib.report.measures import short, size, widths
from a87lib.report.tree import words

Block = dict[str, Any]
Line = list[dict[str, Any]]

_INLINE = {"strong": "strong", "b": "strong", "em": "emph", "i": "emph", "small": "small",
           "code": "code", "sub": "sub", "sup": "super"}  # fmt: skip
_BLOCKS = {"p", "div", "ul", "ol", "dl", "table", "figure", "blockquote", "pre", "hr"}
LONGEST_ROW = 600  # characters from which on a cell may break over pages
_SPACE = re.compile(r"[ \t\n\r\f]+")


def blocks(parent: HtmlElement) -> list[Block]:
    """The children of an element as blocks; text that stands between blocks becomes paragraphs."""
    made: list[Block] = []
    loose: Line = _words(parent.text)
    for child in parent:
        if child.tag in _WRITERS or child.tag in ("h1", "h2", "h3", "h4"):
            _settle(loose, made)
            made.extend(_block(child))
            loose = _words(child.tail)
        else:
            loose = loose + _piece(child) + _words(child.tail)
    _settle(loose, made)
    return made


def _settle(loose: Line, made: list[Block]) -> None:
    if any(piece.get("text", "x").strip() for piece in loose):
        made.append({"is": "par", "kind": "", "line": loose})


def _block(element: HtmlElement) -> list[Block]:
    if element.tag in ("h1", "h2", "h3", "h4"):
        level = int(element.tag[1])
        fresh = "new-page" in element.get("class", "").split()
        made = {"is": "heading", "level": level, "line": line(element), "name": element.get("id")}
        return [{**made, "fresh": fresh}]
    written = _WRITERS[str(element.tag)](element)
    if element.get("lang") or element.get("dir"):
        return [{"is": "foreign", **_tongue(element), "body": written}]
    return written


def line(element: HtmlElement) -> Line:
    """The content of an element as one line; blocks within it are set on lines of their own."""
    made = _words(element.text)
    for child in element:
        if child.tag in _BLOCKS and any(piece.get("text", "x").strip() for piece in made):
            made = [*made, {"is": "break"}]
        made = made + _piece(child) + _words(child.tail)
    return made


def _piece(element: HtmlElement) -> Line:
    kind = _INLINE.get(str(element.tag))
    if kind:
        return [{"is": kind, "line": line(element)}]
    if element.tag == "br":
        return [{"is": "break"}]
    if element.tag == "a" and element.get("class") == "page":
        return [{"is": "page", "to": element.get("href", "#")[1:], "line": line(element)}]
    if element.tag == "a":
        return [{"is": "link", "to": element.get("href", ""), "line": line(element)}]
    if "badge" in element.get("class", "").split():
        badge = element.get("class", "").split()[-1].removeprefix("badge-")
        return [{"is": "badge", "kind": badge, "line": line(element)}]
    if element.get("lang"):
        return [{"is": "tongue", **_tongue(element), "line": line(element)}]
    return line(element)


def _words(text: str | None) -> Line:
    return [{"is": "text", "text": _SPACE.sub(" ", text)}] if text else []


def _tongue(element: HtmlElement) -> dict[str, str]:
    return {"lang": element.get("lang", "").split("-")[0], "dir": direction(element)}


def direction(element: HtmlElement) -> str:
    """The direction it states, or for `auto` that of its first strong character: ltr or rtl."""
    stated = element.get("dir", "auto")
    if stated != "auto":
        return stated
    strong = (unicodedata.bidirectional(letter) for letter in "".join(element.itertext()))
    first = next((kind for kind in strong if kind in ("L", "R", "AL")), "L")
    return "ltr" if first == "L" else "rtl"


def _paragraph(element: HtmlElement) -> list[Block]:
    return [{"is": "par", "kind": element.get("class", ""), "line": line(element)}]


def _division(element: HtmlElement) -> list[Block]:
    names = element.get("class", "").split()
    inside = blocks(element)
    if "callout" in names:
        return [{"is": "callout", "kind": names[-1].removeprefix("callout-"), "body": inside}]
    if "head" in names or "submitted" in names:
        return [{"is": names[0], "body": inside}]
    return inside


def _list(element: HtmlElement) -> list[Block]:
    items = [blocks(item) for item in element.findall("./li")]
    start = element.get("start", "1")
    ordered = element.tag == "ol"
    first = int(start) if start.isdigit() else 1
    return [{"is": "items", "ordered": ordered, "start": first, "items": items}]


def _terms(element: HtmlElement) -> list[Block]:
    pairs: list[dict[str, Any]] = []
    for child in element:
        if child.tag == "dt":
            pairs.append({"term": line(child), "said": []})
        elif pairs:
            pairs[-1]["said"].append(line(child))
    most = max((len(words(term)) for term in element.findall("./dt")), default=0)
    return [{"is": "pairs", "kind": element.get("class", ""), "pairs": pairs, "longest": most}]


def _table(element: HtmlElement) -> list[Block]:
    caption = element.find("./caption")
    rows = {part: [[_cell(cell) for cell in row if cell.tag in ("th", "td")]
                   for row in element.findall(f"./{part}/tr")]
            for part in ("thead", "tbody", "tfoot")}  # fmt: skip
    heads, body = rows["thead"], rows["tbody"] + rows["tfoot"]
    columns = max((sum(cell["columns"] for cell in row) for row in heads + body), default=0)
    if not columns:
        return []
    return [
        {
            "is": "grid",
            "caption": line(caption) if caption is not None else [],
            "columns": columns,
            "widths": widths(element, columns),
            "size": size(element, columns),
            "short": short(element),
            "head": heads,
            "body": body,
        }
    ]


def _cell(cell: HtmlElement) -> dict[str, Any]:
    spans = {name: cell.get(name, "1") for name in ("colspan", "rowspan")}
    return {
        "line": line(cell),
        "heads": cell.tag == "th",
        "long": len(words(cell)) > LONGEST_ROW,
        "side": cell.get("class") or "left",
        "columns": int(spans["colspan"]) if spans["colspan"].isdigit() else 1,
        "rows": int(spans["rowspan"]) if spans["rowspan"].isdigit() else 1,
    }


def _figure(element: HtmlElement) -> list[Block]:
    image, caption = element.find(".//img"), element.find("./figcaption")
    if image is None:
        return blocks(element)
    return [
        {
            **_image(image)[0],
            "is": "chart",
            "caption": line(caption) if caption is not None else [],
        }
    ]


def _image(image: HtmlElement) -> list[Block]:
    kind, data = image.get("src", "").split(";base64,", 1)
    raw = base64.b64decode(data)
    width = image.get("width", "0")
    return [
        {
            "is": "picture",
            "format": "svg" if kind.endswith("svg+xml") else "png",
            "data": raw.decode() if kind.endswith("svg+xml") else list(raw),
            "alt": _SPACE.sub(" ", image.get("alt", "")),
            "width": float(width) if width.replace(".", "", 1).isdigit() else 0.0,
        }
    ]


def _quotation(element: HtmlElement) -> list[Block]:
    return [{"is": "quotation", "body": blocks(element)}]


def _fixed(element: HtmlElement) -> list[Block]:
    return [{"is": "fixed", "text": "".join(element.itertext())}]


def _rule(element: HtmlElement) -> list[Block]:
    return [{"is": "rule"}]


_WRITERS: dict[str, Callable[[HtmlElement], list[Block]]] = {
    "p": _paragraph, "div": _division, "ul": _list, "ol": _list, "dl": _terms, "table": _table,
    "figure": _figure, "img": _image, "blockquote": _quotation, "pre": _fixed, "hr": _rule,
}  # fmt: skip
