"""Fields that are saved as they are filled in, what became of them, the choice between texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as w

from a87lib import framework
from a87lib.desk.merging import items_of
from a87lib.language import say, told
from a87lib.problems import Problem
from a87lib.report import documents as doc
from a87lib.report.inline import BadgeKind
from widgets import controls
from widgets.controls import said
from widgets.differing import compared
from widgets.drafting import Drafting

BADGES: Mapping[str, BadgeKind] = {
    "shown": "good", "partly_shown": "attention", "not_shown": "bad",
    "agree": "good", "partly": "attention", "disagree": "info",
}  # fmt: skip
WAYS = ("both", "mine", "stored")
VOCABULARIES = {"judgement": "judgement", "reply": "reply", "about": "criterion"}
Told = Callable[[], Iterable[Problem]]


def desk_style() -> str:
    """What the screens of the review add to the style sheet of all."""
    own = Path(__file__).with_name("desk.css").read_text(encoding="utf-8")
    return f"<style>{own}</style>"


def label(vocabulary: str, code: str, language: str) -> str:
    """A code in words."""
    return framework.load().label(vocabulary, code, language)


def badge(vocabulary: str, code: str, language: str) -> str:
    """A code as a badge: its words stand in it."""
    inline = doc.badge(BADGES.get(code, "neutral"), label(vocabulary, code, language))
    return str(inline.html)


def select(key: str, vocabulary: str, language: str, **args: object) -> w.Dropdown:
    """A choice among the codes of a vocabulary, or none of them."""
    codes = framework.load().vocabulary(vocabulary)
    options = [(said(f"{key}.none", language), "")]
    options += [(label(vocabulary, code, language), code) for code in codes]
    field = w.Dropdown(options=options, value="", description=said(key, language, **args))
    return _dressed(field)


def writing(key: str, language: str, rows: int = 6, **args: object) -> w.Textarea:
    """A field for a longer text."""
    return _dressed(w.Textarea(description=said(key, language, **args), rows=rows))


def _dressed(field: Any) -> Any:
    field.style = {"description_width": "initial"}
    return field.add_class("a87-field").add_class("a87-wide")


def joined(draft: Drafting, item: str, fields: Mapping[str, Any], /, **fixed: object) -> None:
    """Fields show an item of a draft, and change it. fixed: what is put with every change."""
    busy = {"on": False}

    def changed(name: str) -> Callable[[Any], None]:
        def put(change: Any) -> None:
            if not busy["on"]:
                draft.put(item, {**fixed, name: change["new"]})

        return put

    def show(_: object = None) -> None:
        held = items_of(draft.content).get(item, {})
        busy["on"] = True
        try:
            for name, field in fields.items():
                value = held.get(name) or ""
                known = not isinstance(field, w.Dropdown) or value in dict(field.options).values()
                if known and field.value != value:
                    field.value = value
        finally:
            busy["on"] = False

    for name, field in fields.items():
        field.observe(changed(name), "value")
    draft.observe(show, "content")
    show()


def saved_line(draft: Drafting, language: str) -> w.HTML:
    """Whether what is written is kept, since when."""
    line = w.HTML()

    def tell(_: object = None) -> None:
        line.value = f'<div class="a87-saved">{_saved(draft, language)}</div>'

    draft.observe(tell, ["state", "saved_at", "problems"])
    tell()
    return line


def _saved(draft: Drafting, language: str) -> str:
    if draft.state == "failed":
        return refused([said("draft.failed", language), *_all(draft.problems, language)])
    if draft.state == "clash":
        return ""
    at = draft.saved_at
    time = "" if at is None else at.strftime("%H:%M:%S")
    words = said(f"draft.{draft.state}", language, time=time)
    return f'<p class="note" role="status">{escape(words)}</p>'


def clash_box(
    draft: Drafting,
    names: Callable[[str], str],
    language: str,
    who: Callable[[str], str] = str,
) -> w.Box:
    """Both texts of what two people changed, the difference, and the choice.

    names: of items; who: of people.
    """
    place = w.HTML()
    buttons = [
        controls.button(f"clash.{way}", language, partial(_choose, draft, way)) for way in WAYS
    ]
    box = w.VBox([place, controls.row(*buttons)]).add_class("a87-clash")

    def show(_: object = None) -> None:
        box.layout.display = None if draft.clashes else "none"
        by = who(draft.saved_by)
        parts = [refused([said("clash.title", language, by=by)])]
        for clash in draft.clashes:
            parts.append(f'<h3 class="a87-h3">{escape(names(clash.item))}</h3>')
            stored, mine = (in_words(each, language) for each in (clash.stored, clash.mine))
            parts.append(compared(stored, mine, by, language))
        place.value = "".join(parts) if draft.clashes else ""

    draft.observe(show, "clashes")
    show()
    return box


def _choose(draft: Drafting, way: str) -> None:
    draft.settle({clash.item: way for clash in draft.clashes})


def in_words(item: Mapping[str, Any] | None, language: str) -> str:
    """What an item of a draft says."""
    if item is None:
        return ""
    codes = [
        label(vocabulary, str(item[field]), language)
        for field, vocabulary in VOCABULARIES.items()
        if item.get(field)
    ]
    return "\n".join([*codes, str(item.get("text") or "")])


def refused(lines: Iterable[str]) -> str:
    """Lines that must not be missed."""
    inside = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f'<div class="a87-refused" role="alert">{inside}</div>'


def done(line: str) -> str:
    """A line that says what was done."""
    return f'<div class="a87-recorded" role="status"><p>{escape(line)}</p></div>'


def beside(problems: Iterable[Problem], where: str, language: str) -> str:
    """The problems of one field."""
    found = [each for each in problems if each.where == where]
    return refused(_all(found, language, bare=True)) if found else ""


def elsewhere(problems: Iterable[Problem], fields: Iterable[str], language: str) -> str:
    """The problems that stand beside none of the fields."""
    known = set(fields)
    found = [each for each in problems if each.where not in known]
    return refused(_all(found, language)) if found else ""


def _all(problems: Iterable[Problem], language: str, *, bare: bool = False) -> list[str]:
    if not bare:
        return [told(each, language) for each in problems]
    return [say(f"problem.{p.code}", language, **{**p.args, "found": p.found}) for p in problems]


def text(words: str) -> str:
    """What somebody wrote, as they wrote it."""
    return f'<p class="a87-text"><bdi>{escape(words)}</bdi></p>'
