"""Small parts of panels: HTML, headings, the link to a view, fields with their labels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, TypeVar

import ipywidgets as w
from traitlets import HasTraits

from a87lib.language import say
from a87lib.report.elements import Element
from a87lib.serving.view import View, link
from widgets.shown import screen, style

Code = TypeVar("Code", int, str)


def said(key: str, language: str, **args: object) -> str:
    """The sentence `screen.<key>`."""
    return say(f"screen.{key}", language, **args)


def element(shown: Element, language: str, name: str) -> w.HTML:
    """An element of a document as a widget."""
    return w.HTML(screen(shown, language, name))


def show(place: w.HTML, shown: Element, language: str, name: str) -> None:
    """Shows an element in a place."""
    place.value = screen(shown, language, name)


def headed(title: str, *lines: str, notice: str = "") -> str:
    """The title of a screen, with lines below it. notice: what must not be missed."""
    below = "".join(f'<p class="note">{escape(line)}</p>' for line in lines if line)
    if notice:
        below += f'<p class="notice">{escape(notice)}</p>'
    return f'{style()}<div class="a87-doc"><h1>{escape(title)}</h1>{below}</div>'


def head(title: str, *lines: str, notice: str = "") -> w.HTML:
    """The same as a widget."""
    return w.HTML(headed(title, *lines, notice=notice))


def folded(inside: Element, title: str) -> Element:
    """An element that its reader opens by its title."""
    return Element(f'<div class="data"><p class="kicker">{escape(title)}</p>{inside.html}</div>')


def same_view(name: str, view: View, language: str) -> str:
    """The link that opens the same view again."""
    address = escape(link(name, view))
    words = escape(said("same_view", language))
    return f'<p class="a87-same"><a class="a87-view" href="{address}">{words}</a></p>'


def choice(key: str, language: str, options: Mapping[Code, str], value: Code | None) -> w.Dropdown:
    """A choice among codes, shown by their words."""
    pairs = [(words, code) for code, words in options.items()]
    return labelled(w.Dropdown(options=pairs, value=value), key, language)


def day(key: str, language: str, **traits: Any) -> w.DatePicker:
    """A field for a day."""
    return labelled(w.DatePicker(**traits), key, language)


def text(key: str, language: str, **traits: Any) -> w.Text:
    """A field for words."""
    return labelled(w.Text(**traits), key, language)


def tabs(label: str, options: Mapping[str, str]) -> w.RadioButtons:
    """Parts of a screen of which one is open; arrow keys go from one to the next."""
    pairs = [(words, code) for code, words in options.items()]
    made = w.RadioButtons(options=pairs, description=label, orientation="horizontal", tooltip="")
    return made.add_class("a87-tabs")


def bind(field: Any, model: HasTraits, trait: str) -> None:
    """A field shows a trait of the model and sets it; an emptied field changes nothing."""
    field.value = getattr(model, trait)

    def changed(change: Any) -> None:
        if change["new"] is not None:
            setattr(model, trait, change["new"])

    field.observe(changed, "value")


def row(*fields: w.Widget) -> w.Box:
    """Fields side by side, as many as there is room for."""
    return w.Box(fields).add_class("a87-fields")


def labelled(field: Any, key: str, language: str) -> Any:
    """A field with its label above it."""
    field.description = said(key, language)
    field.style = {"description_width": "initial"}
    field.tooltip = ""  # else the browser says “null” to whoever points at the label
    return field.add_class("a87-field")


def button(key: str, language: str, does: Callable[[], object]) -> w.Button:
    """A button that does one thing."""
    made = w.Button(description=said(key, language))
    made.on_click(lambda _: does())
    return made


def nothing() -> None:
    """What a form does that shows nothing of the file."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form, and how it is brought up to date with what is on file."""

    box: w.Box
    refresh: Callable[[], None] = nothing
