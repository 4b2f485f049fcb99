"""The DOCX edition: pandoc from the HTML tree with a reference document, then set right.

Pandoc keeps headings, lists, links, alternative texts and header rows. Set right afterwards: row
headers, the running lines, labelled facts on one line, small type in crowded tables, dates.
"""

from __future__ import annotations

import base64
import copy
import io
import os
import subprocess
import zipfile
from functools import lru_cache
from html import escape
from pathlib import Path
from string import Template

import pypandoc
from lxml import etree, html
from lxml.html import HtmlElement

from a87lib.language import LOCALES, say
from a87lib.report import docxparts, page, sameness
from a87lib.report.about import About
from a87lib.report.blocks import direction
from a87lib.report.pictures import png
from a87lib.report.tree import Document

OURS = page.TEMPLATES / "reference.docx"
_PARAGRAPHS = {"kicker": "Kicker", "notice": "Notice", "lead": "Lead", "note": "Note",
               "source": "Note", "callout-title": "Callout Title", "minor": "Minor"}  # fmt: skip
# The smallest PNG, one clear pixel.
_DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


def render(document: Document, reference: Path | None = None) -> bytes:
    """The DOCX. The same document gives the same bytes; its date is the known-at instant.

    reference: an office's own reference document, whose styles, page and running lines are used;
    of our styles it gets those that it lacks. Raises ValueError with pandoc's own words where
    pandoc refuses.
    """
    about = document.about
    main = copy.deepcopy(document.main)
    _drop_marks(main)
    pictures = _draw_pictures(main)
    _name_styles(main)
    text = etree.tostring(main, method="html", encoding="unicode")
    made = _pandoc(f"<html><body>{text}</body></html>".encode(), about, reference)
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        members = {name: package.read(name) for name in package.namelist()}
    changed = docxparts.settled(members, document.main, running_lines(about))
    changed |= {name: pictures[held] for name, held in members.items() if held in pictures}
    changed["docProps/core.xml"] = _properties(about)
    if reference is not None:
        changed["word/styles.xml"] = docxparts.completed(members["word/styles.xml"], _our_styles())
    return sameness.zipped(made, changed)


@lru_cache
def _our_styles() -> bytes:
    with zipfile.ZipFile(OURS) as package:
        return package.read("word/styles.xml")


def _properties(about: About) -> bytes:
    """Title, language, dates: what the reader's file list shows."""
    day = about.known_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    text = Template(page.template("core.xml")).substitute(
        title=escape(page.full_title(about)),
        creator=escape(say("document.alliance", about.language)),
        language=LOCALES[about.language].replace("_", "-"),
        keywords=escape(" ".join(word for word in (about.country, about.digest) if word)),
        day=day,
    )
    return text.encode()


def running_lines(about: About) -> dict[str, str]:
    """What the fields in the reference document's header and footer stand for."""
    left, right = page.running(about)
    return {"{left}": left, "{right}": right, "{foot}": page.foot(about)}


def _pandoc(text: bytes, about: About, reference: Path | None) -> bytes:
    command = [
        pypandoc.get_pandoc_path(), "--from=html", "--to=docx", "--output=-", "--sandbox",
        f"--reference-doc={reference or OURS}",
        f"--metadata=lang:{LOCALES[about.language].replace('_', '-')}",
    ]  # fmt: skip
    stamp = {**os.environ, "SOURCE_DATE_EPOCH": str(int(about.known_at.timestamp()))}
    done = subprocess.run(command, input=text, capture_output=True, env=stamp, check=False)  # noqa: S603 - pandoc
    if done.returncode:
        raise ValueError(f"pandoc: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


def _drop_marks(main: HtmlElement) -> None:
    """Text from outside cannot hold the marks by which callouts are found again."""
    marks = str.maketrans(dict.fromkeys(docxparts.MARKS, "\ufffd"))
    for element in main.iter():
        element.text = element.text and element.text.translate(marks)
        element.tail = element.tail and element.tail.translate(marks)


def _draw_pictures(main: HtmlElement) -> dict[bytes, bytes]:
    """Every SVG becomes a PNG of the same size on the page.

    Pandoc is given a dot for each, because it takes half a second to read the real ones; the
    answer says which picture belongs in the place of which dot.
    """
    pictures = {}
    for number, image in enumerate(main.iter("img")):
        kind, data = image.get("src", "").split(";base64,", 1)
        width, height = float(image.get("width", "624")), float(image.get("height", "360"))
        held = base64.b64decode(data)
        dot = _DOT + number.to_bytes(4, "big")
        pictures[dot] = png(held.decode(), width, height) if kind.endswith("svg+xml") else held
        image.set("src", f"data:image/png;base64,{base64.b64encode(dot).decode()}")
        scale = min(1.0, docxparts.TEXT_WIDTH / width)
        image.set("width", f"{width * scale:.0f}")
        image.set("height", f"{height * scale:.0f}")
    return pictures


def _name_styles(main: HtmlElement) -> None:
    """Classes become names of styles of the reference document; languages get their direction."""
    for badge in main.xpath(".//span[contains(@class, 'badge')]"):
        kind = badge.get("class").split()[-1].removeprefix("badge-")
        badge.set("data-custom-style", f"Badge {kind}")
    for box in main.xpath(".//div[contains(@class, 'callout')]"):
        kind = box.get("class").split()[-1].removeprefix("callout-")
        box.insert(0, _mark(f"{docxparts.CALLOUT_BEGINS}{kind}"))
        box.append(_mark(docxparts.CALLOUT_ENDS))
    _mark_pages(main)
    for cell in main.iter("th", "td"):
        if cell.get("class") in ("right", "center"):
            cell.set("align", cell.get("class"))
    for paragraph in list(main.iter("p")):
        style = _PARAGRAPHS.get(paragraph.get("class", ""))
        if style or paragraph.get("lang") or paragraph.get("dir"):
            box = _enclosed(paragraph)
            if style:
                box.set("data-custom-style", style)
    for element in main.xpath(".//*[@lang or @dir]"):
        element.set("dir", direction(element))


def _mark_pages(main: HtmlElement) -> None:
    """Headings that begin a page and references to pages are marked, to be found again."""
    for mark, marked in (
        (docxparts.FRESH, main.xpath(".//*[@class='new-page']")),
        (docxparts.PAGE, main.xpath(".//a[@class='page']")),
    ):
        for element in marked:
            element.text = mark + (element.text or "")


def _mark(text: str) -> HtmlElement:
    mark = html.Element("p")
    mark.text = text
    return mark


def _enclosed(paragraph: HtmlElement) -> HtmlElement:
    """The paragraph in a division, which alone can carry a style to pandoc."""
    box = html.Element("div")
    for name in ("lang", "dir"):
        if paragraph.get(name):
            box.set(name, paragraph.attrib.pop(name))
    box.tail, paragraph.tail = paragraph.tail, None
    parent = paragraph.getparent()
    if parent is not None:
        parent.replace(paragraph, box)
    box.append(paragraph)
    return box
