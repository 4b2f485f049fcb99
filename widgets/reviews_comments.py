"""The comments to the country: written together item by item, signed, sent by the lead."""

from __future__ import annotations

from html import escape

import ipywidgets as w

from a87lib.desk.merging import items_of
from a87lib.desk.reviewing.commenting import content_of
from a87lib.language import format_instant, join
from widgets import controls
from widgets.controls import Form, said
from widgets.exchange import exchanged
from widgets.judging import beside, clash_box, joined, saved_line, select, writing
from widgets.reviews import Reviews


def form(model: Reviews) -> Form:
    """What was sent with its answers; and the items being written, once one has delivered."""
    language = model.language
    sent = w.HTML()
    first = w.HTML(f'<p class="a87-note">{escape(said("comments.first", language))}</p>')
    writes = w.VBox()
    made: dict[str, Form] = {}

    def refresh() -> None:
        sent.value = _sent(model)
        if not model.delivered or not model.known.writable:
            writes.children = () if model.delivered else (first,)
            return
        if not made:
            made["it"] = _items(model)
        made["it"].refresh()
        writes.children = (made["it"].box,)

    return Form(w.VBox([sent, writes]), refresh)


def _sent(model: Reviews) -> str:
    found = model.known.exchange
    if found is None:
        return ""
    language = model.language
    line = said("comments.sent_at", language, at=format_instant(found.sent_at, language))
    return f"<p>{escape(line)}</p>{exchanged(found, language)}"


def _items(model: Reviews) -> Form:
    language = model.language
    draft = model.drafting("comments")
    boxes: dict[str, w.Box] = {}
    place, signed = w.VBox(), w.HTML()

    def show(_: object = None) -> None:
        names = list(items_of(draft.content))
        for name in names:
            if name not in boxes:
                boxes[name] = _item(model, name)
        place.children = tuple(boxes[name] for name in names)
        signed.value = _signatures(model)
        sending.refresh()

    def add() -> None:
        taken = [int(name) for name in items_of(draft.content) if name.isdigit()]
        no = str(max(taken, default=0) + 1)
        draft.put(no, {"no": no, "text": "", "about": None})

    draft.observe(show, "content")
    clash = clash_box(
        draft,
        lambda item: said("comments.item", language, no=item),
        language,
        lambda person: model.known.name(person),
    )
    verbs = controls.row(
        controls.button("comments.add", language, add),
        controls.button("comments.sign", language, model.sign),
    )
    sending = _sending(model)
    head = said("comments.title", language)
    title = w.HTML(
        f'<h3 class="a87-h3">{escape(head)}</h3>'
        f'<p class="note">{escape(said("comments.note", language))}</p>'
    )
    line = saved_line(draft, language)

    def refresh() -> None:
        sent = model.known.exchange
        draft.read(instead=None if sent is None else content_of(sent.comments))
        show()

    return Form(w.VBox([title, clash, place, line, signed, verbs, sending.box]), refresh)


def _sending(model: Reviews) -> Form:
    """The lead's tick and button; for the others the sentence that says whose it is.

    What is changed after the tick has to be checked anew.
    """
    language = model.language
    if model.file is None or model.file.role != "lead":
        note = escape(said("comments.lead_sends", language))
        return Form(controls.row(w.HTML(f'<p class="note">{note}</p>')))
    checked = w.Checkbox(value=False, indent=False)
    send = controls.button("comments.send", language, lambda: model.send(checked=checked.value))

    def untick(_: object) -> None:
        checked.value = False

    def refresh() -> None:
        signed, everybody = len(model.known.signed), len(model.known.reviewers) + 1
        checked.description = said("comments.checked", language, signed=signed, every=everybody)

    model.drafting("comments").observe(untick, "content")
    return Form(controls.row(checked, send.add_class("a87-primary")), refresh)


def _item(model: Reviews, no: str) -> w.Box:
    language = model.language
    draft = model.drafting("comments")
    about = select("comments.about", "criterion", language, no=no)
    words = writing("comments.text", language, rows=3, no=no)
    joined(draft, no, {"about": about, "text": words}, no=no)
    remove = w.Button(description=said("comments.remove", language, no=no))
    remove.on_click(lambda _: draft.put(no, None))
    wrong = w.HTML()

    def tell(_: object = None) -> None:
        wrong.value = beside(model.problems, no, language)

    model.observe(tell, "problems")
    return w.VBox([controls.row(about, words, remove), wrong])


def _signatures(model: Reviews) -> str:
    language = model.language
    if not items_of(model.drafting("comments").content):
        return ""
    if not model.known.signed:
        return f'<p class="note">{escape(said("comments.unsigned", language))}</p>'
    names = join([model.known.name(each) for each in model.known.signed], language)
    return f"<p>{escape(said('comments.signed', language, names=names))}</p>"
