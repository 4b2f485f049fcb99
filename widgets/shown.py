"""Elements of a document on a screen: safe HTML whose tables can be sorted and downloaded."""

from __future__ import annotations

import base64
import csv
import io
import re
from functools import lru_cache
from pathlib import Path

from babel.dates import get_month_names
from lxml import html
from lxml.html import HtmlElement

from a87lib.language import format_number, format_percent, say
from a87lib.report.colours import style_sheet
from a87lib.report.elements import Element
from a87lib.report.gate import clean
from a87lib.report.inline import LIVE
from a87lib.report.page import markup, open_charts, open_tables
from a87lib.report.tree import words

NARROW = 5  # columns up to which a day stays on one line
_NUMBER = re.compile(r"[+-]?\d[\d\s.,%]*")
_DAY = re.compile(r"(?:(\d{1,2})(?:er|º)?\s)?(?:de\s)?([^\W\d_]+)\s(?:de\s)?(\d{4})")
_YEAR = re.compile(r"\d{4}")


def screen(elements: Element, language: str, name: str) -> str:
    """The HTML of elements for a screen. name: what downloaded tables are called.

    Numbers are written as the language does, data behind a figure are folded away, headers sort,
    and a link below each table saves it. A link to `#/country?…` leads to that screen; links to
    sections that are not among the elements become plain words.
    """
    main = html.fragment_fromstring(clean(elements.html), create_parent="div")
    main.set("class", "a87-doc")
    _say_numbers(main, language)
    for place, table in enumerate(list(main.iter("table")), 1):
        _sortable(table, language)
        _downloadable(table, language, f"{name}-{place}.csv")
    open_tables(main)
    open_charts(main)
    _fold_data(main, language)
    _loosen_links(main)
    return markup(main)


@lru_cache
def style() -> str:
    """The style sheet of screens, as an element."""
    own = Path(__file__).with_name("screen.css").read_text(encoding="utf-8")
    return f"<style>{style_sheet()}{own}</style>"


def _say_numbers(main: HtmlElement, language: str) -> None:
    for element in main.iter("data"):
        value = float(element.get("value", ""))
        digits = element.get("data-digits")
        places = None if digits is None else int(digits)
        if element.get("data-unit") == "percent":
            element.text = format_percent(value, language, 1 if places is None else places)
        else:
            exact = int(value) if value.is_integer() else value
            element.text = format_number(exact, language, places)


def _sortable(table: HtmlElement, language: str) -> None:
    """Every header becomes a button that sorts by its column; cells say what they sort by."""
    if len(table.findall("./tbody/tr")) < 2:
        return
    for head in table.findall("./thead/tr/th"):
        button = html.fragment_fromstring('<button type="button"></button>')
        button.text, head.text = head.text, None
        button.extend(list(head))
        head.append(button)
        head.set("aria-sort", "none")
    wide = len(table.findall("./thead/tr/th")) > NARROW
    for cell in table.xpath("./tbody/tr/*"):
        key = sort_key(cell, language)
        if key is not None:
            cell.set("data-sort", key)
            if not wide and _DAY.fullmatch(words(cell)):
                cell.classes.add("day")
        for small in cell.iter("small"):
            if _DAY.fullmatch(words(small)):
                small.classes.add("day")


def sort_key(cell: HtmlElement, language: str) -> str | None:
    """By what a cell sorts where that is not its text: its number, or its day as ISO 8601."""
    data = cell.find(".//data")
    if data is not None and words(cell).startswith(words(data)):
        return str(data.get("value"))
    text = words(cell)
    if _YEAR.fullmatch(text):
        return text
    found = _DAY.match(text)
    month = _months(language).get(found[2].lower()) if found else None
    return f"{found[3]}-{month:02d}-{int(found[1] or 0):02d}" if found and month else None


@lru_cache
def _months(language: str) -> dict[str, int]:
    return {name.lower(): place for place, name in get_month_names("wide", locale=language).items()}


def _downloadable(table: HtmlElement, language: str, name: str) -> None:
    """A link below a table saves it as CSV."""
    lines = [
        [words(cell) for cell in row if cell.tag in ("th", "td")]
        for row in table.xpath("./thead/tr | ./tbody/tr")
    ]
    caption = table.find("caption")
    about = words(caption) if caption is not None else ""
    link = html.fragment_fromstring('<p class="file"><a></a></p>')
    address = link[0]
    address.set("download", name)
    address.set("href", "data:text/csv;base64," + base64.b64encode(csv_of(lines)).decode())
    address.text = say("screen.csv", language)
    hidden = html.fragment_fromstring('<span class="aside"></span>')
    hidden.text = f" – {about}"
    address.append(hidden)
    table.addnext(link)


def csv_of(lines: list[list[str]]) -> bytes:
    """Lines as CSV (UTF-8 with its mark, for spreadsheets); text never becomes a formula."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(
        [[inert(cell) for cell in row] for row in lines]
    )
    return out.getvalue().encode("utf-8-sig")


def inert(text: str) -> str:
    """A cell that a spreadsheet takes for text, or for the plain number that it is."""
    live = text.startswith(LIVE) and not _NUMBER.fullmatch(text)
    return f"'{text}" if live else text


def _fold_data(main: HtmlElement, language: str) -> None:
    """The data behind a figure, and what is marked as such, are folded away."""
    for data in main.xpath(".//div[@class='data']"):
        data.tag = "details"
        summary = html.fragment_fromstring("<summary></summary>")
        title = data.find("./p[@class='kicker']")
        if title is not None:
            summary.text = words(title)
            data.remove(title)
        else:
            before, caption = data.getprevious(), data.find(".//caption")
            drawn = before is not None and before.tag == "figure"
            told = "" if drawn or caption is None else words(caption)
            summary.text = told or say("screen.data", language)
        data.insert(0, summary)


def _loosen_links(main: HtmlElement) -> None:
    names = {element.get("id") for element in main.iter() if element.get("id")}
    for link in list(main.iter("a")):
        target = link.get("href", "")
        if target.startswith("#/") and not target.startswith("#//"):
            link.set("href", target[1:])
        elif target.startswith("#") and target[1:] not in names:
            link.drop_tag()
