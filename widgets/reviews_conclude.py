"""What the others judge, beside one's own; and the subgroup's conclusion on each criterion."""

from __future__ import annotations

from html import escape

import ipywidgets as w

from a87lib.desk.reviewing import assessing
from a87lib.desk.reviewing.review import criteria
from a87lib.language import format_instant
from widgets import controls
from widgets.controls import Form, said
from widgets.differing import compared
from widgets.judging import (
    badge,
    clash_box,
    in_words,
    joined,
    label,
    refused,
    saved_line,
    select,
    text,
    writing,
)
from widgets.reviews import Reviews
from widgets.reviews_assess import said_of


def form(model: Reviews) -> Form:
    """The criteria one below the other; nothing but a sentence before the own is delivered."""
    language = model.language
    first = w.HTML(f'<p class="a87-note">{escape(said("conclude.first", language))}</p>')
    box = w.VBox([first])
    made: dict[str, Form] = {}

    def refresh() -> None:
        if not model.delivered:
            box.children = (first,)
            return
        if not made:
            made["it"] = _whole(model)
        made["it"].refresh()
        box.children = (made["it"].box,)

    return Form(box, refresh)


def _whole(model: Reviews) -> Form:
    language = model.language
    draft = model.drafting("conclusion")
    again = controls.button("conclude.refresh", language, lambda: _again(model))
    clash = clash_box(
        draft,
        lambda item: label("criterion", item, language),
        language,
        lambda person: model.known.name(person),
    )
    second = _second(model)
    parts = [_criterion(model, code) for code in criteria()]
    line = saved_line(draft, language)
    note = w.HTML(f'<p class="note">{escape(said("conclude.note", language))}</p>')

    def refresh() -> None:
        draft.read()
        for field in (note, line):
            field.layout.display = None if model.known.concludable else "none"
        for part in (*parts, second):
            part.refresh()

    boxes = [part.box for part in parts]
    return Form(w.VBox([note, again, second.box, clash, line, *boxes]), refresh)


def _again(model: Reviews) -> None:
    model.leave()
    model.look()


def _criterion(model: Reviews, code: str) -> Form:
    language = model.language
    name = label("criterion", code, language)
    shown = w.HTML()
    judgement = select("conclude.judgement", "judgement", language, criterion=name)
    words = writing("conclude.text", language, rows=4, criterion=name)
    joined(model.drafting("conclusion"), code, {"judgement": judgement, "text": words},
           language=language)  # fmt: skip
    record = w.Button(description=said("conclude.record", language, criterion=name))
    record.add_class("a87-primary")
    record.on_click(lambda _: model.conclude(code))
    earlier = w.HTML()
    write = w.VBox([earlier, controls.row(judgement, words), record])
    change = w.Button(description=said("conclude.change", language, criterion=name))
    box = w.VBox([shown, change, write]).add_class("a87-criterion")
    unfolded: set[int] = set()  # the versions of the conclusion that are being changed

    def refresh() -> None:
        shown.value, earlier.value = _known(model, code), _corrected(model, code)
        held = model.known.conclusions.get(code)
        drafted = assessing.judgements_of(model.drafting("conclusion").content)
        begun = (each for each in drafted if each.criterion == code)
        open_ = (
            held is None
            or held.version in unfolded
            or not all(held.judgement.says(each) for each in begun)
        )
        change.layout.display = None if model.known.concludable and not open_ else "none"
        write.layout.display = None if model.known.concludable and open_ else "none"

    def unfold(_: object) -> None:
        unfolded.add(model.known.conclusions[code].version)
        model.change(code)
        refresh()

    change.on_click(unfold)
    return Form(box, refresh)


def _known(model: Reviews, code: str) -> str:
    """Everybody's judgement of a criterion, and the conclusion if there is one."""
    language = model.language
    parts = [f'<h3 class="a87-h3">{escape(label("criterion", code, language))}</h3>']
    if code in model.known.own:
        parts.append(said_of(model.known.own[code], model, said("conclude.own", language)))
    others = [each for each in model.known.others if each.judgement.criterion == code]
    parts += [said_of(each, model, model.known.name(each.reviewer)) for each in others]
    if not others:
        parts.append(f'<p class="note">{escape(said("conclude.no_others", language))}</p>')
    held = model.known.conclusions.get(code)
    if held is not None:
        at = format_instant(held.at, language)
        line = said("conclude.on_file", language, at=at, by=model.known.name(held.by))
        parts.append(
            f'<div class="a87-said a87-final a87-doc"><p><b>{escape(line)}</b> '
            f"{badge('judgement', held.judgement.judgement, language)}</p>"
            f"{text(held.judgement.text)}</div>"
        )
    return "".join(parts)


def _corrected(model: Reviews, code: str) -> str:
    """Which conclusion on file a change corrects."""
    held, language = model.known.conclusions.get(code), model.language
    if held is None:
        return ""
    at, by = format_instant(held.at, language), model.known.name(held.by)
    line = said("conclude.corrects", language, at=at, by=by, version=held.version)
    return f'<p class="note">{escape(line)}</p>'


def _second(model: Reviews) -> Form:
    """Where somebody recorded the conclusion first: both, the difference, and the choice."""
    language = model.language
    place = w.HTML()
    buttons = controls.row(
        controls.button("conclude.yield", language, model.yield_),
        controls.button("conclude.insist", language, model.insist),
    )
    box = w.VBox([place, buttons]).add_class("a87-clash")

    def refresh(_: object = None) -> None:
        found = model.clashed
        box.layout.display = None if found is not None else "none"
        if found is None:
            place.value = ""
            return
        stored = found.stored
        by = "" if stored is None else model.known.name(stored.by)
        mine, theirs = (
            "" if j is None else in_words({"judgement": j.judgement, "text": j.text}, language)
            for j in (found.mine, None if stored is None else stored.judgement)
        )
        name = label("criterion", found.mine.criterion, language)
        head = f'<h3 class="a87-h3">{escape(name)}</h3>'
        told = refused([said("conclude.second", language, by=by)])
        place.value = told + head + compared(theirs, mine, by, language)

    model.observe(refresh, "clashed")
    refresh()
    return Form(box, refresh)
