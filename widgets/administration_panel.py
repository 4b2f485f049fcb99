"""The Administration screen as boxes: its parts, what was done last, the tables of each part."""

from __future__ import annotations

from html import escape

import ipywidgets as w

from a87lib.desk.reviewing.desks import Seat
from a87lib.desk.reviewing.log_words import called, in_words
from a87lib.desk.reviewing.review import ROUNDS, criteria
from a87lib.report import documents as doc
from a87lib.report.inline import Piece
from widgets import administration_forms as forms
from widgets import administration_more as more
from widgets import administration_others as others
from widgets import controls, standing
from widgets.administration import TABS, Administration
from widgets.controls import Form, said
from widgets.judging import desk_style, label

FORMS = {
    "assign": forms.assigning_form,
    "rounds": others.rounds_form,
    "conflicts": forms.conflicts_form,
    "people": forms.people_form,
    "entries": more.entries_form,
    "seen": more.seen_form,
    "what_if": more.what_if_form,
}


def panel(model: Administration) -> w.Box:
    """The screen; for anybody else than the secretariat a sentence."""
    language = model.language
    lead, notice = said("administration.lead", language), model.on.notice(language)
    title = w.HTML(
        desk_style() + controls.headed(said("administration.title", language), lead, notice=notice)
    )
    same = w.HTML(controls.same_view("administration", model.view(), language))
    if not model.may:
        note = w.HTML(f'<p class="a87-note">{escape(said("administration.none", language))}</p>')
        return w.VBox([title, note, same]).add_class("a87-screen").add_class("a87-desk")
    names = {tab: said(f"administration.tab.{tab}", language) for tab in TABS}
    tabs = controls.tabs(said("administration.tabs", language), names)
    controls.bind(tabs, model, "tab")
    years = {each: str(each) for each in model.cycles}
    cycle = controls.choice("focal.cycle", language, years, model.cycle)
    controls.bind(cycle, model, "cycle")
    outcome, table, place = w.HTML(), w.HTML(), w.VBox()
    made: dict[str, Form] = {}

    def draw(_: object = None) -> None:
        if model.tab in FORMS and model.tab not in made:
            made[model.tab] = FORMS[model.tab](model)
        place.children = (made[model.tab].box,) if model.tab in made else ()
        if model.tab in made:
            made[model.tab].refresh()
        controls.show(table, _table(model), language, f"administration-{model.tab}")
        same.value = controls.same_view("administration", model.view(), language)

    def tell(_: object = None) -> None:
        outcome.value = "" if model.beside else forms.outcome(model)

    model.observe(draw, ["tab", "read_at"])
    model.observe(tell, ["problems", "warnings", "recorded", "beside"])
    draw()
    parts = [title, controls.row(cycle), tabs, outcome, place, table, same]
    return w.VBox(parts).add_class("a87-screen").add_class("a87-desk")


def _table(model: Administration) -> doc.Element:
    """The table below the form of a part."""
    tables = {"files": _files, "assign": _load, "rounds": _deadlines, "conflicts": _files,
              "people": _people, "log": _log}  # fmt: skip
    return tables[model.tab](model) if model.tab in tables else doc.stack()


def _columns(model: Administration, *names: str) -> list[str]:
    return [said(f"administration.column.{name}", model.language) for name in names]


def _files(model: Administration) -> doc.Element:
    """Who reviews which file of the cycle, and how far they are."""
    language, names = model.language, model.names()
    rows: list[tuple[Piece, ...]] = []
    for file in model.files:
        country, concluded = names[file.country], f"{len(file.concluded)}/{len(criteria())}"
        for seat in file.seats:
            role = label("review_role", seat.role, language)
            who, state = called(seat.person, _names(model)), _state(seat, language)
            rows.append((country, who, role, state, concluded))
        if not file.seats:
            nobody = doc.badge("missing", said("administration.nobody", language))
            rows.append((country, nobody, "–", "–", concluded))
    if not rows:
        return doc.paragraph(said("administration.no_files", language, cycle=str(model.cycle)))
    columns = _columns(model, "country", "person", "role", "state", "concluded")
    return doc.table(said("administration.files", language, cycle=str(model.cycle)), columns, rows)


def _state(seat: Seat, language: str) -> Piece:
    if seat.conflict is not None:
        return doc.badge("bad", label("conflict", seat.conflict, language))
    if seat.standing != "open":
        return standing.undeclared(language)
    return standing.state(seat.state, language)


def _load(model: Administration) -> doc.Element:
    """How many files each reviewer has in the cycle."""
    rows = [
        (
            called(each.id, _names(model)),
            each.organisation or "–",
            doc.number(model.load.get(each.id, 0)),
        )
        for each in model.people
        if each.has("reviewer")
    ]
    if not rows:
        return doc.paragraph(said("administration.no_reviewers", model.language))
    words = said("administration.load", model.language, cycle=str(model.cycle))
    return doc.table(words, _columns(model, "person", "organisation", "files"), rows)


def _deadlines(model: Administration) -> doc.Element:
    """By when each round of each file is to be done."""
    language, names = model.language, model.names()
    if not model.files:
        return doc.paragraph(said("administration.no_files", language, cycle=str(model.cycle)))
    columns = [*_columns(model, "country"), *(label("review_round", r, language) for r in ROUNDS)]
    rows = [
        (names[f.country], *(standing.deadline(f.deadlines.get(r), language) for r in ROUNDS))
        for f in model.files
    ]
    return doc.table(said("administration.deadlines", language), columns, rows)


def _people(model: Administration) -> doc.Element:
    rows = [(each.id, each.name or "–", each.organisation or "–", more.roles(each, model.language))
            for each in model.people]  # fmt: skip
    if not rows:
        return doc.paragraph(said("administration.no_people", model.language))
    columns = _columns(model, "id", "name", "organisation", "roles")
    return doc.table(said("administration.people", model.language), columns, rows)


def _log(model: Administration) -> doc.Element:
    """What was done in reviews, latest first."""
    shown = ("at", "step", "person", "country", "cycle", "about", "reason")
    steps = (in_words(each, _names(model), model.language) for each in model.log())
    rows = [tuple(step[name] or "–" for name in shown) for step in steps]
    if not rows:
        return doc.paragraph(said("administration.no_log", model.language))
    return doc.table(said("administration.log", model.language), _columns(model, *shown), rows)


def _names(model: Administration) -> dict[str, str]:
    return {each.id: each.name for each in model.people}
