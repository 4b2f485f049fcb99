"""The form of Administration for what somebody else sent, or can no longer do themselves."""

from __future__ import annotations

from html import escape
from typing import Any

import ipywidgets as w

from a87lib.desk.evidence import Attachment
from a87lib.report import documents as doc
from a87lib.report.inline import Piece
from widgets import administration_forms as forms
from widgets import controls
from widgets.administration import Administration
from widgets.controls import Form, said
from widgets.dropping import dropping
from widgets.judging import label
from widgets.reviews_paper import judged
from widgets.shown import screen
from widgets.standing_in import DONE_FOR, StandingIn


def rounds_form(model: Administration) -> Form:
    """When a round is to be done, opened again, or done for somebody else."""
    parts = forms.rounds_form(model), others_form(model)

    def refresh() -> None:
        for part in parts:
            part.refresh()

    return Form(w.VBox([part.box for part in parts]), refresh)


def others_form(model: Administration) -> Form:
    """Whose part it is, why it is done for them, the file that they sent, and what comes of it."""
    language, stand = model.language, StandingIn(model)
    round_ = forms.pick("round", model, forms.labels("review_round", DONE_FOR, model), stand.round)
    of, whom = forms.country(model), forms.pick("whom", model, {}, None)
    why = forms.words("for_other", model)
    why.continuous_update = False
    late = w.Checkbox(value=False, indent=False)
    late.description = said("administration.field.late", language)
    for field, trait in ((round_, "round"), (of, "country"), (whom, "person"), (why, "reason"),
                         (late, "late")):  # fmt: skip
        field.observe(_put(stand, trait), "value")

    def offered(_: object = None) -> None:
        names = forms.people(model, ())
        forms.offer(whom, {each: names[each] for each in stand.people() if each in names})

    stand.observe(offered, ["round", "country"])
    stand.observe(lambda change: late.set_trait("value", change["new"]), "late")
    note = w.HTML(f'<p class="note">{escape(said("administration.others_note", language))}</p>')
    fields = controls.row(round_, of, whom, why, late)
    file = _file(stand, language)
    verbs, answer = _verbs(stand), _answer(stand)
    boxes = [forms.heading("others", model), note, fields, file, answer, verbs]
    return Form(w.VBox(boxes), offered)


def _put(stand: StandingIn, trait: str) -> Any:
    """Keeps what was chosen; an emptied field is kept, too: it is of nobody any more."""

    def put(change: Any) -> None:
        setattr(stand, trait, "" if change["new"] is None else change["new"])

    return put


def _file(stand: StandingIn, language: str) -> w.Box:
    """The place for the form or the document; empty again once that is taken in."""
    place = w.VBox()

    def given(file: Attachment | None) -> None:
        stand.file = file

    def anew(_: object = None) -> None:
        if stand.file is None:
            form = stand.round == "assessment"
            key, accept = ("paper.filled", ".xlsx") if form else ("focal.document", "")
            place.children = (dropping(key, language, given, accept=accept),)

    stand.observe(anew, ["round", "file"])
    anew()
    return place


def _verbs(stand: StandingIn) -> w.Box:
    """What can be done: with the form that is here, with the draft, or with the final report."""
    model = stand.model
    made = {
        key: controls.button(f"administration.press.{key}", model.language, does)
        for key, does in (("take", stand.take), ("deliver", stand.deliver),
                          ("finalise", stand.finalise))
    }  # fmt: skip

    def show(_: object = None) -> None:
        drafted = "deliver" if stand.file is None else "take"
        now = "finalise" if stand.round == "finalisation" else drafted
        for key, button in made.items():
            button.layout.display = None if key == now else "none"
        made["take"].disabled = not stand.changes

    stand.observe(show, ["round", "file", "changes"])
    show()
    return w.VBox([button.add_class("a87-primary") for button in made.values()])


def _answer(stand: StandingIn) -> w.HTML:
    """What the form says, or everything that is wrong; then what was done."""
    place, model = w.HTML(), stand.model

    def tell(_: object = None) -> None:
        shown = forms.outcome(model) if model.beside else ""
        place.value = shown + ("" if stand.changes is None else _tried(stand))

    model.observe(tell, ["problems", "recorded", "beside"])
    stand.observe(tell, "changes")
    return place


def _tried(stand: StandingIn) -> str:
    """What the form says where it differs from the draft, which stays its reviewer's own."""
    language = stand.model.language
    if not stand.changes:
        return f'<p role="status">{escape(said("administration.same", language))}</p>'
    titles = [said(f"paper.column.{name}", language) for name in ("criterion", "after")]
    rows: list[tuple[Piece, ...]] = [
        (label("criterion", each.criterion, language), judged(each.after, language))
        for each in stand.changes
    ]
    table = doc.table(said("administration.tried", language), titles, rows)
    return f'<div role="status">{screen(table, language, "form")}</div>'
