"""My reviews as a reviewer sees it: the list, the open file, and its parts."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import ipywidgets as w

from a87lib.desk.reviewing.desks import Mine
from a87lib.desk.reviewing.review import ROUNDS, criteria
from a87lib.desk.words import Named
from a87lib.problems import Problem
from a87lib.report import documents as doc
from a87lib.report.inline import Piece
from a87lib.serving.view import View, link
from widgets import (
    controls,
    reviews_assess,
    reviews_comments,
    reviews_conclude,
    reviews_paper,
    standing,
)
from widgets.controls import Form, said
from widgets.judging import desk_style, done, elsewhere, label
from widgets.reviews import Reviews

FORMS: dict[str, Callable[[Reviews], Form]] = {
    "assess": reviews_assess.form,
    "conclude": reviews_conclude.form,
    "comments": reviews_comments.form,
    "paper": reviews_paper.form,
}


def panel(model: Reviews) -> w.Box:
    """The screen as boxes."""
    language = model.language
    title, listed, told_, same = (w.HTML() for _ in range(4))
    lead, notice = said("reviews.lead", language), model.on.notice(language)
    title.value = desk_style() + controls.headed(
        said("reviews.title", language), lead, notice=notice
    )
    names = {step: said(f"reviews.step.{step}", language) for step in FORMS}
    steps = controls.tabs(said("reviews.steps", language), names)
    controls.bind(steps, model, "step")
    place, heading = w.VBox(), w.HTML()
    made: dict[tuple[str, str], Form] = {}

    def draw(_: object = None) -> None:
        controls.show(listed, assignments(model), language, "reviews")
        heading.value = _heading(model)
        steps.layout.display = None if model.known.open else "none"
        place.children = _offered(model, made)
        same.value = controls.same_view("reviews", model.view(), language)

    def step_to(_: object) -> None:
        steps.value = model.step
        draw()

    def tell(_: object = None) -> None:
        told_.value = outcome(model)

    model.observe(draw, "read_at")
    model.observe(step_to, "step")
    model.observe(tell, ["problems", "recorded"])
    draw()
    tell()
    parts = [title, listed, heading, steps, told_, place, same]
    return w.VBox(parts).add_class("a87-screen").add_class("a87-desk")


def assignments(model: Reviews) -> doc.Element:
    """The files assigned, with how far one is and by when each round is to be done."""
    language = model.language
    if not model.mine:
        return doc.paragraph(said("reviews.none", language), kind="lead")
    names = ("country", "cycle", "role", "state", *ROUNDS[:3])
    titles = [said(f"reviews.column.{name}", language) for name in names]
    rows = [_row(model, each) for each in model.mine]
    return doc.table(said("reviews.caption", language), titles, rows)


def _row(model: Reviews, each: Mine) -> tuple[Piece, ...]:
    language = model.language
    view = View(country=each.country, cycle=each.cycle, language=language)
    name: Piece = model.country(each.country)
    here = model.file is not None and model.about() == (each.country, each.cycle)
    name = doc.strong(str(name)) if here else doc.link("#" + link("reviews", view), str(name))
    days = tuple(standing.deadline(each.deadlines.get(of), language) for of in ROUNDS[:3])
    role = label("review_role", each.role, language)
    return (name, str(each.cycle), role, _state(model, each), *days)


def _state(model: Reviews, each: Mine) -> Piece:
    language = model.language
    if each.standing != "open":
        return standing.undeclared(language)
    state = standing.state(each.state, language)
    if each.timeliness == "on_time" or each.state in ("delivered", "concluded"):
        return state
    late = doc.badge("bad", said(f"reviews.{each.timeliness}", language))
    return doc.joined((state, " ", late))


def _heading(model: Reviews) -> str:
    """Which file is open; where one was asked for that is not there, that."""
    language = model.language
    if model.file is None:
        if not model.asked.country or model.left:
            return ""
        missing = Problem("no_country_file", args={"country": Named(model.asked.country)})
        return elsewhere([missing], (), language)
    country, cycle = model.about()
    words = said("reviews.open", language, country=model.country(country), cycle=str(cycle))
    return f'<h2 class="a87-h2">{escape(words)}</h2>'


def _offered(model: Reviews, made: dict[tuple[str, str], Form]) -> tuple[w.Widget, ...]:
    if model.file is None:
        return ()
    step = model.step if model.known.open else "declare"
    key = (step, model.file.standing)
    if key not in made:
        made[key] = FORMS[step](model) if step in FORMS else _declaring(model)
    made[key].refresh()
    return (made[key].box,)


def _declaring(model: Reviews) -> Form:
    """What must be said before the file opens."""
    language = model.language
    codes = ("none", "own_country", "own_organisation", "declared")
    options = {code: label("conflict", code, language) for code in codes}
    kind = w.RadioButtons(options=[(words, code) for code, words in options.items()], value=None)
    kind.description = said("declare.choose", language)
    kind.style, kind.tooltip = {"description_width": "initial"}, ""
    kind.add_class("a87-choices")
    words = controls.text("declare.text", language).add_class("a87-wide")
    note = f'<p class="a87-note">{escape(said("declare.note", language))}</p>'
    after = f'<p class="note">{escape(said("declare.after", language))}</p>'

    def declare() -> None:
        if kind.value:
            model.declare(kind.value, words.value)

    send = controls.button("declare.send", language, declare).add_class("a87-primary")
    send.disabled = True
    kind.observe(lambda change: setattr(send, "disabled", change["new"] is None), "value")
    return Form(w.VBox([w.HTML(note), kind, controls.row(words, send), w.HTML(after)]))


def outcome(model: Reviews) -> str:
    """What was done last, or why it was not: what no field shows itself."""
    language = model.language
    if model.problems:
        return elsewhere(model.problems, criteria() if model.step == "assess" else (), language)
    if not model.recorded:
        return ""
    key, country = model.recorded
    return done(said(f"reviews.done.{key}", language, country=model.country(country)))
