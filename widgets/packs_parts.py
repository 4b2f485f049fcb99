"""The parts of the Packs screen: what to make, how far it is, what was not made, the files."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import ipywidgets as w

from a87lib.language import LANGUAGES, format_day, say
from a87lib.report.briefing.parameters import ANNEX, EDITIONS
from a87lib.report.jobs import FORMATS
from widgets import controls
from widgets.controls import said
from widgets.files import saving
from widgets.making import BRIEFING, REVIEW, WHAT, NotMade

if TYPE_CHECKING:
    from widgets.packs import Packs

FIRST_CYCLE = 2017
ROWS = 6


def choices(model: Packs) -> w.Box:
    """The fields, and the button with the reasons why it is grey."""
    language = model.language
    kinds = {what: said(f"packs.{what}", language) for what in WHAT}
    what = controls.choice("packs.what", language, kinds, model.what)
    countries = _several(model, "countries", model.names)
    cycles = range(max(model.cycle, model.asof.year), FIRST_CYCLE - 1, -1)
    cycle = controls.choice("packs.cycle", language, {str(c): str(c) for c in cycles},
                            str(model.cycle))  # fmt: skip
    numbers = {str(no): f"{no} – {format_day(on, language)}" for no, on in model.meetings.items()}
    meeting = controls.choice("packs.meeting", language, numbers,
                              str(model.meeting) if numbers else None)  # fmt: skip
    editions = {each: said(f"packs.edition.{each}", language) for each in EDITIONS}
    edition = controls.choice("packs.edition", language, editions, model.edition)
    asof = controls.day("asof", language)
    tongues = {each: say("document.language.name", each) for each in LANGUAGES}
    languages = _several(model, "languages", tongues)
    formats = _several(model, "formats", {form: form.upper() for form in (*FORMATS, ANNEX)})
    why = w.HTML()
    make = controls.button("packs.make", language, model.make)
    stop = controls.button("packs.stop", language, model.stop)
    for field, trait in ((what, "what"), (edition, "edition"), (asof, "asof")):
        controls.bind(field, model, trait)
    for field, trait in ((cycle, "cycle"), (meeting, "meeting")):
        field.observe(lambda change, name=trait: model.set_trait(name, int(change["new"])), "value")

    def look(_: object = None) -> None:
        for field in (countries, cycle):
            field.layout.display = None if model.what == REVIEW else "none"
        for field in (meeting, edition):
            field.layout.display = None if model.what == BRIEFING else "none"
        make.disabled = bool(model.blockers) or model.running
        stop.disabled = not model.running
        told = [said(f"packs.blocker.{each}", language) for each in model.blockers]
        why.value = "".join(f'<p class="a87-same">{escape(each)}</p>' for each in told)

    model.observe(look, ["what", "blockers", "tick"])
    look()
    one = controls.row(what, cycle, meeting, edition, asof)
    several = controls.row(countries, languages, formats)
    return w.VBox([one, several, why, controls.row(make, stop)]).add_class("a87-form")


def _several(model: Packs, trait: str, options: dict[str, str]) -> w.SelectMultiple:
    """A choice of several among codes, shown by their words."""
    pairs = [(words, code) for code, words in options.items()]
    field = w.SelectMultiple(options=pairs, rows=ROWS)
    controls.labelled(field, f"packs.{trait}", model.language)
    controls.bind(field, model, trait)
    return field


def progress(model: Packs) -> w.Box:
    """A bar with its words; then each document that was not made, and the files to save."""
    language = model.language
    bar = w.IntProgress(min=0, max=1)
    words, lacking, link = w.HTML(), w.HTML(), w.HTML()
    choose = controls.choice("packs.file", language, {}, None)
    fetch = controls.button("packs.fetch", language, lambda: _one(model, choose.value or "", link))
    whole = controls.button("packs.zip", language, lambda: _all(model, link))
    files = controls.row(choose, fetch, whole)

    def tell(_: object = None) -> None:
        making = model.making
        for part in (bar, files):
            part.layout.display = "none"
        if making is None:
            return
        bar.max, bar.value = max(1, len(making.names)), making.done
        bar.layout.display = None if making.running else "none"
        key = "made" if making.running else "ended"
        count = {"done": making.done, "count": len(making.names)}
        words.value = f'<p role="status">{escape(said(f"packs.{key}", language, **count))}</p>'
        if making.running:
            lacking.value = link.value = ""
            return
        told = [_not_made(model, each) for each in making.failed]
        told += [making.refusal] if making.refusal else []
        items = "".join(f"<li>{escape(each)}</li>" for each in told)
        lacking.value = f'<div role="alert" class="a87-refused"><ul>{items}</ul></div>' * bool(told)
        choose.options = [(name, name) for name in making.files]
        choose.value = next(iter(making.files), None)
        files.layout.display = None if making.files else "none"

    model.observe(tell, ["tick"])
    tell()
    return w.VBox([bar, words, lacking, files, link]).add_class("a87-form")


def _not_made(model: Packs, each: NotMade) -> str:
    code, _, name = each.name.partition("/")
    country = model.names.get(code, code)
    told: dict[str, Any] = {"country": country, "name": name, "message": each.message}
    return said("packs.failed", model.language, **told)


def _one(model: Packs, name: str, place: w.HTML) -> None:
    data = model.file(name)
    place.value = "" if data is None else saving(name.replace("/", "-"), data, model.language)


def _all(model: Packs, place: w.HTML) -> None:
    packed = model.zipped()
    if packed is None:
        too_large = escape(said("making.too_large", model.language))
        place.value = f'<p class="a87-refused">{too_large}</p>'
        return
    place.value = saving(f"{model.on.name}-{model.what}.zip", packed, model.language)
