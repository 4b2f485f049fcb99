"""Without a connection and on paper: the form out and in again, and the file for printing."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import ipywidgets as w

from a87lib import register
from a87lib.desk import offline
from a87lib.desk.evidence import Attachment
from a87lib.desk.offline import Change
from a87lib.desk.reviewing.assessing import Judgement
from a87lib.intake.workbooks import Refused
from a87lib.language import told
from a87lib.problems import Problems
from a87lib.report import documents as doc
from a87lib.report import reviewing
from a87lib.report.inline import Piece
from a87lib.report.review.opening import read
from a87lib.report.review.parameters import declared
from a87lib.report.review.pieces import lines
from widgets import controls
from widgets.controls import Form, said
from widgets.dropping import dropping
from widgets.files import saving
from widgets.judging import elsewhere, in_words, label, refused
from widgets.reviews import Reviews
from widgets.shown import screen


def form(model: Reviews) -> Form:
    """The form while an assessment can be delivered; printing always."""
    language = model.language
    writes = w.VBox([_out(model), _in(model)])
    head = w.HTML(f'<h2 class="a87-h2">{escape(said("paper.form", language))}</h2>')
    done = w.HTML(f'<p class="note">{escape(said("paper.delivered", language))}</p>')

    def refresh() -> None:
        writes.layout.display = None if model.known.editable else "none"
        done.layout.display = "none" if model.known.editable else None

    return Form(w.VBox([head, done, writes, _printing(model)]), refresh)


def _out(model: Reviews) -> w.Box:
    language = model.language
    link = w.HTML()

    def make() -> None:
        model.leave()
        name, data = _form(model)
        link.value = saving(name, data, language)

    note = w.HTML(f'<p class="note">{escape(said("paper.note", language))}</p>')
    return w.VBox([note, controls.row(controls.button("paper.make", language, make)), link])


def _form(model: Reviews) -> tuple[str, bytes]:
    country, cycle = model.about()
    with register.open(model.on.where) as on:
        data = offline.made(on, model.acting, country, cycle, model.language)
    return f"{said('paper.name', model.language)}-{country}-{cycle}.xlsx", data


def _in(model: Reviews) -> w.Box:
    """The filled form: checked as soon as it is here, taken in when asked."""
    language = model.language
    answer = w.HTML()
    held: dict[str, Attachment] = {}
    take = controls.button("paper.take", language, lambda: taken()).add_class("a87-primary")
    take.disabled = True

    def given(file: Attachment | None) -> None:
        held.clear()
        answer.value, take.disabled = "", True
        if file is not None:
            held["it"] = file
            model.leave()
            changes = ask(dry_run=True)
            if changes is not None:
                answer.value = tried(changes, language)
                take.disabled = not changes

    def ask(*, dry_run: bool) -> Sequence[Change] | None:
        data = held["it"].data
        try:
            with register.open(model.on.where) as on:
                return offline.taken(on, model.acting, *model.about(), data, dry_run=dry_run)
        except Refused as faults:
            answer.value = _faults(faults, language)
        except Problems as problems:
            answer.value = elsewhere(problems.problems, (), language)
        return None

    def taken() -> None:
        take.disabled = True
        if ask(dry_run=False) is not None:
            answer.value = ""
            model.form_taken()

    place = dropping("paper.filled", language, given, accept=".xlsx")
    return w.VBox([place, answer, take])


def tried(changes: Sequence[Change], language: str) -> str:
    """What a form would change of the draft."""
    if not changes:
        return f'<p role="status">{escape(said("paper.same", language))}</p>'
    titles = [said(f"paper.column.{name}", language) for name in ("criterion", "before", "after")]
    rows: list[tuple[Piece, ...]] = []
    for each in changes:
        pair = (judged(each.before, language), judged(each.after, language))
        rows.append((label("criterion", each.criterion, language), *pair))
    table = screen(doc.table(said("paper.tried", language), titles, rows), language, "form")
    return f'<div role="status">{table}</div>'


def judged(given: Judgement, language: str) -> Piece:
    """A judgement with its words, as a cell of a table."""
    said_ = in_words({"judgement": given.judgement, "text": given.text}, language)
    return lines(said_.splitlines()) if said_ else "–"


def _faults(refusal: Refused, language: str) -> str:
    return refused(
        [said("paper.refused", language), *(told(fault, language) for fault in refusal.faults)]
    )


def _printing(model: Reviews) -> w.Box:
    language = model.language
    link = w.HTML()

    def make() -> None:
        model.leave()
        link.value = f'<p role="status">{escape(said("paper.printing", language))}</p>'
        made = printed(model)
        stem = f"{said('paper.print_name', language)}-{'-'.join(map(str, model.about()))}"
        links = (saving(f"{stem}.{form}", data, language) for form, data in made.items())
        link.value = "".join(links)

    head = w.HTML(
        f'<h2 class="a87-h2">{escape(said("paper.print_title", language))}</h2>'
        f'<p class="note">{escape(said("paper.print_note", language))}</p>'
    )
    return w.VBox([head, controls.row(controls.button("paper.print", language, make)), link])


def printed(model: Reviews) -> dict[str, bytes]:
    """The file for printing, as far as this person may see it."""
    country, cycle = model.about()
    asked: Any = declared(
        country=country, cycle=cycle, asof=model.on.asof, known_at="",
        language=model.language, register=model.on.where,
    )  # fmt: skip
    this = read(asked, model.on.reader)
    with register.open(model.on.where) as on:
        return reviewing.printed(on, model.acting, this)
