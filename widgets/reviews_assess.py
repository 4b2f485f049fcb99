"""One's own assessment: a judgement and words on every criterion, beside the file."""

from __future__ import annotations

from html import escape

import ipywidgets as w

from a87lib.desk.reviewing import assessing
from a87lib.desk.reviewing.assessing import Delivered
from a87lib.desk.reviewing.review import criteria
from a87lib.language import format_instant
from widgets import controls
from widgets.beside import beside
from widgets.controls import Form, said
from widgets.judging import (
    badge,
    clash_box,
    joined,
    label,
    saved_line,
    select,
    text,
    writing,
)
from widgets.judging import beside as problems_beside
from widgets.reviews import Reviews


def form(model: Reviews) -> Form:
    """The fields on the left, the file on the right; below each other on narrow screens."""
    language = model.language
    draft = model.drafting("assessment")
    held = w.HTML()
    fields = w.VBox([_criterion(model, code) for code in criteria()])
    deliver = controls.button("assess.deliver", language, model.deliver).add_class("a87-primary")
    clash = clash_box(draft, lambda item: label("criterion", item, language), language)
    note = w.HTML(f'<p class="note">{escape(said("assess.note", language))}</p>')
    head = w.HTML(f'<h2 class="a87-h2">{escape(said("assess.title", language))}</h2>')
    write = w.VBox([note, clash, fields, saved_line(draft, language), deliver])
    own = w.VBox([head, held, write]).add_class("a87-writing")

    def refresh() -> None:
        write.layout.display = None if model.known.editable else "none"
        held.value = delivered(model)
        if model.known.editable:
            given = [each.judgement for each in model.known.own.values()]
            draft.read(instead=assessing.content_of(given) if given else None)

    return Form(w.Box([own, beside(model.on, model.view())]).add_class("a87-beside"), refresh)


def _criterion(model: Reviews, code: str) -> w.Box:
    language = model.language
    draft = model.drafting("assessment")
    name = label("criterion", code, language)
    head = w.HTML(f'<h3 class="a87-h3">{escape(name)}</h3>')
    judgement = select("assess.judgement", "judgement", language, criterion=name)
    words = writing("assess.text", language, criterion=name)
    wrong = w.HTML()
    joined(draft, code, {"judgement": judgement, "text": words}, language=language)

    def tell(_: object = None) -> None:
        wrong.value = problems_beside(model.problems, code, language)

    model.observe(tell, "problems")
    return w.VBox([head, controls.row(judgement, words), wrong])


def delivered(model: Reviews) -> str:
    """The own assessment as it is on file."""
    if not model.known.own:
        return ""
    language = model.language
    at = max(each.at for each in model.known.own.values())
    line = said("assess.delivered", language, at=format_instant(at, language))
    shown = "".join(said_of(model.known.own[code], model, name="") for code in criteria()
                    if code in model.known.own)  # fmt: skip
    again = said("assess.reopened", language) if model.known.editable else ""
    below = f'<p class="note">{escape(again)}</p>' if again else ""
    return f"<p>{escape(line)}</p>{shown}{below}"


def said_of(each: Delivered, model: Reviews, name: str) -> str:
    """What somebody judged of a criterion. name: of whom; empty: the criterion's name instead."""
    language = model.language
    judgement = each.judgement
    head = name or label("criterion", judgement.criterion, language)
    shown = badge("judgement", judgement.judgement, language)
    return (
        f'<div class="a87-said a87-doc"><p><b>{escape(head)}</b> {shown}</p>'
        f"{text(judgement.text)}</div>"
    )
