"""The Focal point screen as boxes: comments with fields for the answers, and the final report."""

from __future__ import annotations

from html import escape

import ipywidgets as w

from a87lib.desk.evidence import Attachment
from a87lib.desk.reviewing.commenting import Comment
from a87lib.desk.reviewing.replying import content_of
from a87lib.language import format_day, format_instant
from widgets import controls
from widgets.controls import Form, said
from widgets.dropping import dropping
from widgets.exchange import comment, exchanged
from widgets.focal import ROUNDS, Focal
from widgets.judging import (
    beside,
    clash_box,
    desk_style,
    done,
    elsewhere,
    joined,
    saved_line,
    select,
    writing,
)


def panel(model: Focal) -> w.Box:
    """The comments to one's country, and what it answers."""
    language = model.language
    lead, notice = said("focal.lead", language), model.on.notice(language)
    title = w.HTML(
        desk_style() + controls.headed(said("focal.title", language), lead, notice=notice)
    )
    same, told, heading = w.HTML(), w.HTML(), w.HTML()
    if not model.names:
        same.value = controls.same_view("focal", model.view(), language)
        note = w.HTML(f'<p class="a87-note">{escape(said("focal.none", language))}</p>')
        return w.VBox([title, note, same]).add_class("a87-screen").add_class("a87-desk")
    place = w.VBox()
    made: dict[tuple[str, int], Form] = {}

    def draw(_: object = None) -> None:
        heading.value = _heading(model)
        key = (model.country, model.cycle)
        if model.exchange is not None and key not in made:
            made[key] = _exchange(model)
        place.children = (made[key].box,) if model.exchange is not None else ()
        if model.exchange is not None:
            made[key].refresh()
        same.value = controls.same_view("focal", model.view(), language)

    def tell(_: object = None) -> None:
        told.value = _outcome(model)

    model.observe(draw, "read_at")
    model.observe(tell, ["problems", "recorded"])
    draw()
    parts = [title, _choices(model), heading, told, place, same]
    return w.VBox(parts).add_class("a87-screen").add_class("a87-desk")


def _choices(model: Focal) -> w.Box:
    """Which country, where it is not one only; and which cycle."""
    language = model.language
    country = controls.choice("focal.country", language, model.names, model.country)
    cycle = controls.choice("focal.cycle", language, {}, None)

    def offer(_: object = None) -> None:
        cycle.options = [(str(each), each) for each in model.cycles]
        cycle.value = model.cycle if model.cycle in model.cycles else None
        cycle.layout.display = None if model.cycles else "none"

    def chosen(change: dict[str, int | None]) -> None:
        if change["new"] is not None and change["new"] != model.cycle:
            model.choose(model.country, change["new"])

    offer()
    country.observe(lambda change: model.choose(change["new"]), "value")
    model.observe(offer, ["country", "cycle"])
    cycle.observe(chosen, "value")
    return controls.row(*([country] if len(model.names) > 1 else []), cycle)


def _heading(model: Focal) -> str:
    language = model.language
    name = model.names[model.country]
    if model.exchange is None:
        return (
            f'<p class="a87-note">{escape(said("focal.no_comments", language, country=name))}</p>'
        )
    words = said("focal.heading", language, country=name, cycle=str(model.cycle))
    at = format_instant(model.exchange.sent_at, language)
    lines = [said("comments.sent_at", language, at=at)]
    for each in ROUNDS:
        found = model.deadlines.get(each)
        if found is not None and each in model.open:
            lines.append(
                said(f"focal.due.{each}", language, day=format_day(found.due_on, language))
            )
    below = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f'<h2 class="a87-h2">{escape(words)}</h2>{below}'


def _outcome(model: Focal) -> str:
    language = model.language
    if model.problems:
        items = [] if model.exchange is None else [each.no for each in model.exchange.comments]
        return elsewhere(model.problems, items, language)
    if not model.recorded:
        return ""
    key, country = model.recorded
    return done(said(f"focal.done.{key}", language, country=model.names[country]))


def _exchange(model: Focal) -> Form:
    """The answers on file; the fields while they can be given; the final report."""
    language = model.language
    draft = model.draft
    given = w.HTML()
    comments = [] if model.exchange is None else list(model.exchange.comments)
    fields = w.VBox([_answer(model, each) for each in comments])
    clash = clash_box(draft, lambda item: said("comments.item", language, no=item), language)
    send = controls.button("focal.reply", language, model.reply).add_class("a87-primary")
    note = w.HTML(f'<p class="note">{escape(said("focal.note", language))}</p>')
    write = w.VBox([note, clash, fields, saved_line(draft, language), send])
    final = _final(model)

    def refresh() -> None:
        found = model.exchange
        answers = found is not None and found.replied is not None
        given.value = exchanged(found, language) if found is not None and answers else ""
        write.layout.display = None if "reply" in model.open else "none"
        if "reply" in model.open:
            draft.read(instead=_earlier(model))
        final.layout.display = None if "finalisation" in model.open else "none"

    return Form(w.VBox([given, write, final]), refresh)


def _earlier(model: Focal) -> dict[str, object] | None:
    """What was answered before the round was opened again."""
    if model.exchange is None or not model.exchange.answers:
        return None
    return content_of(list(model.exchange.answers.values()))


def _answer(model: Focal, each: Comment) -> w.Box:
    """A comment, and the country's answer to it."""
    language = model.language
    shown = w.HTML(f'<div class="a87-said a87-doc">{comment(each, language)}</div>')
    reply = select("focal.answer", "reply", language, no=each.no)
    words = writing("focal.text", language, rows=3, no=each.no)
    joined(model.draft, each.no, {"reply": reply, "text": words}, item=each.no)
    wrong = w.HTML()

    def tell(_: object = None) -> None:
        wrong.value = beside(model.problems, each.no, language)

    model.observe(tell, "problems")
    return w.VBox([shown, controls.row(reply, words), wrong]).add_class("a87-criterion")


def _final(model: Focal) -> w.Box:
    """The document of the final report, if there is one, and the button that says it is final."""
    language = model.language

    def given(file: Attachment | None) -> None:
        model.attachment = file

    head = w.HTML(
        f'<h2 class="a87-h2">{escape(said("focal.final", language))}</h2>'
        f'<p class="note">{escape(said("focal.final_note", language))}</p>'
    )
    place = dropping("focal.document", language, given)
    say_so = controls.button("focal.finalise", language, model.finalise).add_class("a87-primary")
    return w.VBox([head, place, say_so])
