"""The HTML edition: one file, no script, no request to anywhere."""

from __future__ import annotations

import copy
from functools import lru_cache
from html import escape
from pathlib import Path
from string import Template

from lxml import etree, html
from lxml.html import HtmlElement

from a87lib.language import say
from a87lib.report.about import About
from a87lib.report.colours import style_sheet
from a87lib.report.tree import Document, words

TEMPLATES = Path(__file__).parent / "templates"


@lru_cache
def template(name: str) -> str:
    """The text of a file of the templates folder."""
    return (TEMPLATES / name).read_text(encoding="utf-8")


def render(document: Document) -> bytes:
    """The page, UTF-8. The same document gives the same bytes."""
    about = document.about
    main = copy.deepcopy(document.main)
    contents = _contents(main, about.language)
    main.set("id", "main")
    main.set("tabindex", "-1")
    open_tables(main)
    open_charts(main)
    _fold_data(main)
    (head,) = main.xpath("./div[@class='head']")
    head.tag = "header"
    main.remove(head)
    text = Template(template("page.html")).substitute(
        lang=about.language,
        title=escape(full_title(about)),
        style=style_sheet() + template("page.css"),
        skip=escape(say("document.skip", about.language)),
        head=markup(head),
        contents=contents,
        main=markup(main),
        foot=escape(foot(about)),
    )
    return text.encode("utf-8")


def full_title(about: About) -> str:
    """The title with country and cycle, for the window, the properties and lists."""
    parts = [about.kind, about.title]
    if about.cycle is not None and str(about.cycle) not in about.title:
        parts.append(str(about.cycle))
    return " – ".join(part for part in parts if part)


def running(about: About) -> tuple[str, str]:
    """The two halves of the line at the head of every page."""
    name = about.country_name or about.title
    language = about.language
    left = (
        name
        if about.cycle is None
        else say("document.running.cycle", language, name=name, cycle=str(about.cycle))
    )
    right = say("document.running.asof", language, day=about.asof)
    return left, f"{right} · {say('document.language.name', language)}"


def foot(about: About) -> str:
    """The line at the foot of every page: the alliance, the kind of document, the notice."""
    parts = (say("document.alliance", about.language), about.kind, about.notice)
    return " · ".join(part for part in parts if part)


def markup(element: HtmlElement) -> str:
    """The element as HTML text."""
    text: str = etree.tostring(element, method="html", encoding="unicode", with_tail=False)
    return text


def _contents(main: HtmlElement, language: str) -> str:
    """The list of sections (h2) and their parts (h3)."""
    lines: list[str] = []
    inside = False
    for heading in main.iter("h2", "h3"):
        link = f'<a href="#{escape(heading.get("id", ""))}">{escape(words(heading))}</a>'
        if heading.tag == "h2":
            lines.append(("</ul>" if inside else "") + ("</li>" if lines else "") + f"<li>{link}")
            inside = False
        else:
            lines.append(f"<li>{link}</li>" if inside else f"<ul><li>{link}</li>")
            inside = True
    if not lines:
        return ""
    listed = "".join(lines) + ("</ul>" if inside else "") + "</li>"
    label = escape(say("document.contents", language))
    return f'<nav aria-label="{label}"><h2 id="contents">{label}</h2><ul>{listed}</ul></nav>'


def open_tables(main: HtmlElement) -> None:
    """Each table stands in a region that scrolls by keyboard where the screen is too narrow."""
    for table in list(main.iter("table")):
        caption = table.find("caption")
        if len(table.findall("./thead/tr/th")) > 7:
            table.set("class", "wide")
        _enclose(table, "table", caption)


def open_charts(main: HtmlElement) -> None:
    """A chart keeps a readable size on a small screen and scrolls in its own region."""
    for figure in main.iter("figure"):
        for image in figure.findall("./img"):
            _enclose(image, "chart", figure.find("./figcaption"))


def _enclose(element: HtmlElement, kind: str, label: HtmlElement | None) -> None:
    region = html.Element("div", {"class": kind, "role": "region", "tabindex": "0"})
    if label is not None:
        region.set("aria-label", words(label))
    region.tail, element.tail = element.tail, None
    parent = element.getparent()
    if parent is not None:
        parent.replace(element, region)
    region.append(element)


def _fold_data(main: HtmlElement) -> None:
    """The data behind a figure are folded away: its caption opens them."""
    for data in main.xpath(".//div[@class='data']"):
        data.tag = "details"
        summary = html.Element("summary")
        mark = data.find(".//caption/b")
        summary.text = mark.text.rstrip(".")
        data.insert(0, summary)
