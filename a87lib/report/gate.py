"""The one gate through which every fragment of HTML enters a document.

Whatever a cell shows, only the tags, attributes, classes and addresses listed here get in: no
script, style, form, frame, event or request. Our own elements pass unchanged.
"""

from __future__ import annotations

import nh3

from a87lib.report.elements import CALLOUTS
from a87lib.report.inline import BADGES, DOCUMENT, SCHEMES, printable

TAGS = {
    *("h1", "h2", "h3", "h4", "p", "div", "span", "strong", "em", "b", "i", "code", "small", "br"),
    *("a", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr"),
    *("th", "td", "figure", "figcaption", "img", "blockquote", "data", "pre", "hr", "sub", "sup"),
}
DROPPED_WITH_CONTENT = {
    "script",
    "style",
    "template",
    "iframe",
    "object",
    "noscript",
    "svg",
    "math",
}
IMAGES = ("data:image/svg+xml;base64,", "data:image/png;base64,")
_SIDES = {"right", "center"}
CLASSES: dict[str, set[str]] = {
    "span": {"badge", *(f"badge-{kind}" for kind in BADGES)},
    "div": {"head", "data", "submitted", "callout", *(f"callout-{kind}" for kind in CALLOUTS)},
    "p": {"kicker", "notice", "lead", "note", "source", "callout-title", "minor"},
    "dl": {"facts"},
    "a": {"page"},
    "h2": {"new-page"},
    "h3": {"new-page"},
    "th": _SIDES,
    "td": _SIDES,
}
ATTRIBUTES: dict[str, set[str]] = {
    "*": {"lang", "dir"},
    **{f"h{level}": {"id"} for level in (2, 3, 4)},
    "a": {"href"},
    "div": {"role"},
    "img": {"src", "alt", "width", "height"},
    "data": {"value", "data-digits", "data-unit"},
    "th": {"scope", "data-width", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "ol": {"start"},
}
_VALUES = {
    "role": {"note"},
    "dir": {"auto", "ltr", "rtl"},
    "scope": {"col", "row", "colgroup", "rowgroup"},
}


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "href":
        return value if value.startswith(SCHEMES) or DOCUMENT.fullmatch(value) else None
    if name == "src":
        return value if value.startswith(IMAGES) else None
    if name in _VALUES and value not in _VALUES[name]:
        return None
    return value


_CLEANER = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags=DROPPED_WITH_CONTENT,
    attributes=ATTRIBUTES,
    allowed_classes=CLASSES,
    attribute_filter=_attribute,
    url_schemes={"http", "https", "mailto", "data"},
    link_rel=None,
    strip_comments=True,
)


def clean(fragment: str) -> str:
    """The fragment with nothing in it that is not on the lists above."""
    return _CLEANER.clean(printable(fragment))
