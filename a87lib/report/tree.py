"""From an executed notebook to the tree of a document: cleaned, ordered, numbered, in its language.

The tree is an lxml element `main` in the vocabulary of `gate`; the HTML page, the PDF and the DOCX
are three renderings of it, so that none can say more or less than the others.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import html
from lxml.html import HtmlElement
from nbformat import NotebookNode

from a87lib.language import format_number, format_percent, say
from a87lib.problems import problem
from a87lib.report.about import MIME, About
from a87lib.report.gate import clean

HEADINGS = ("h1", "h2", "h3", "h4")


@dataclass(frozen=True)
class Document:
    """What a document says of itself, and its content."""

    about: About
    main: HtmlElement


def read(notebook: NotebookNode) -> Document:
    """The document that the notebook's outputs make. Markdown cells and printed text are left out.

    Raises Problems where an output is an error, a picture without description, or where the
    notebook has no title or more than one.
    """
    fragments: list[str] = []
    abouts: list[About] = []
    for number, data in _outputs(notebook):
        if MIME in data:
            abouts.append(About.from_json(json.dumps(data[MIME])))
        if "text/html" in data:
            fragments.append(_text(data["text/html"]))
        elif any(kind.startswith("image/") for kind in data):
            raise problem("figure_without_description", f"cell {number}")
    if len(abouts) != 1:
        raise problem("document_title", titles=len(abouts))
    main = html.fragment_fromstring(clean("\n".join(fragments)), create_parent="main")
    about = abouts[0]
    _say_numbers(main, about.language)
    _order_headings(main)
    _complete_tables(main)
    renumber(main, about.language)
    _check(main)
    return Document(about, main)


def _outputs(notebook: NotebookNode) -> Iterator[tuple[int, dict[str, object]]]:
    for number, cell in enumerate(notebook.cells, 1):
        for output in cell.get("outputs", ()):
            if output["output_type"] == "error":
                raise problem("cell_failed", f"cell {number}", output.get("evalue", ""))
            if output["output_type"] in ("display_data", "execute_result"):
                yield number, output["data"]


def _text(value: object) -> str:
    return "".join(value) if isinstance(value, list) else str(value)


def words(element: HtmlElement) -> str:
    """The element's text on one line."""
    return " ".join("".join(element.itertext()).split())


def _say_numbers(main: HtmlElement, language: str) -> None:
    for element in main.iter("data"):
        value = float(element.get("value", ""))
        digits = element.get("data-digits")
        places = int(digits) if digits is not None else None
        exact: float | int = int(value) if value.is_integer() else value
        if element.get("data-unit") == "percent":
            element.text = format_percent(value, language, 1 if places is None else places)
        else:
            element.text = format_number(exact, language, places)
        for name in ("data-digits", "data-unit"):
            element.attrib.pop(name, None)


def _order_headings(main: HtmlElement) -> None:
    """One h1, first; no level skipped; every heading has a name of its own."""
    names: set[str] = {element.get("id", "") for element in main.iter(*HEADINGS)}
    level = 0
    for element in main.iter(*HEADINGS):
        wanted = int(str(element.tag)[1])
        level = min(max(wanted, 2 if level else 1), level + 1)
        element.tag = f"h{level}"
        if not element.get("id"):
            element.set("id", _free(_slug(words(element)), names))


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "section"


def _free(name: str, taken: set[str]) -> str:
    candidate, count = name, 1
    while candidate in taken:
        count += 1
        candidate = f"{name}-{count}"
    taken.add(candidate)
    return candidate


def _complete_tables(main: HtmlElement) -> None:
    """Header cells say what they head, also in tables that are not ours (a DataFrame's)."""
    for cell in main.iter("th"):
        if cell.get("scope") is None:
            cell.set("scope", "col" if cell.xpath("ancestor::thead") else "row")
        if not words(cell):
            cell.tag = "td"
            del cell.attrib["scope"]


def renumber(main: HtmlElement, language: str) -> None:
    """Tables and figures are numbered; the data table of a figure has the figure's number."""
    tables = figures = 0
    for element in main.iter("caption", "figcaption"):
        if element.tag == "figcaption":
            figures += 1
            label = say("document.figure", language, number=figures)
        elif element.xpath("ancestor::div[@class='data']"):
            label = say("document.data", language, number=figures) + "."
            element.text = _capital(element.text or "")
        else:
            tables += 1
            label = say("document.table", language, number=tables)
        mark = html.Element("b")
        mark.text, mark.tail = label, f" {element.text or ''}"
        element.text = None
        element.insert(0, mark)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _check(main: HtmlElement) -> None:
    names = {str(element.get("id")) for element in main.iter(*HEADINGS)}
    for link in main.iter("a"):
        target = link.get("href", "")
        if target.startswith("#") and target[1:] not in names:
            raise problem("link_to_nowhere", words(link), target)
    for image in main.iter("img"):
        if not image.get("alt", "").strip() or not image.get("src"):
            raise problem("figure_without_description")
