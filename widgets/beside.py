"""A country's file beside what somebody writes about it: part by part, with its documents."""

from __future__ import annotations

from html import escape

import ipywidgets as w

from a87lib.serving.view import View
from widgets import controls, country_documents
from widgets.controls import said
from widgets.country import Country, shown
from widgets.country_parts import DOCUMENTS, PARTS
from widgets.opening import Opened


def beside(on: Opened, view: View) -> w.Box:
    """The file that the view names, as far as its reader may see it."""
    language = view.spoken()
    model = Country(on, view)
    parts = {tab: said(f"tab.{tab}", language) for tab in (*PARTS, DOCUMENTS)}
    choose = controls.choice("reviews.part", language, parts, model.tab).add_class("a87-wide")
    controls.bind(choose, model, "tab")
    day = said("reviews.file_day", language, asof=model.asof)
    head = w.HTML(
        f'<h2 class="a87-h2">{escape(said("reviews.file", language))}</h2>'
        f'<p class="note">{escape(day)}</p>'
    )
    body = w.HTML()

    def draw(_: object = None) -> None:
        controls.show(body, shown(model), language, f"{model.code}-{model.tab}")

    model.observe(draw, ["this", "blockers", "tab"])
    draw()
    documents = country_documents.panel(model)
    return w.VBox([head, controls.row(choose), body, documents]).add_class("a87-file")
