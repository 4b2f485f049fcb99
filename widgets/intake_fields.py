"""The fields of the Intake screen: where files are dropped, whose they are, check and take in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import ipywidgets as w

from a87lib.intake.workbooks import Refused
from a87lib.problems import Problems
from widgets import controls, intake_parts
from widgets.controls import said

if TYPE_CHECKING:
    from widgets.intake import Intake

WORKBOOK, REPORT, EVIDENCE = "workbook", "report", "evidence"
GIVEN = (WORKBOOK, REPORT, EVIDENCE)
ANY = "any"
HELD = 100 * 2**20
"""Bytes of all files that a screen holds together."""


def zone(model: Intake, what: str) -> w.Box:
    """Where a file is dropped or chosen, and what was given already."""
    language = model.language
    choose = w.FileUpload(
        accept=".xlsx" if what == WORKBOOK else "",
        multiple=what == EVIDENCE,
        description=said(f"intake.choose.{what}", language),
        icon="",
        tooltip="",
    )
    remove = w.Button(description=said(f"intake.remove.{what}", language))
    held = w.HTML()

    def took(change: Any) -> None:
        if change["new"]:
            files = [(each["name"], bytes(each["content"])) for each in change["new"]]
            choose.value = ()
            held.value = intake_parts.working(model, what)
            model.give(what, files)
            show_held()

    def show_held(_: object = None) -> None:
        held.value = intake_parts.held(model, what)
        remove.layout.display = None if model.held(what) else "none"

    choose.observe(took, "value")
    remove.on_click(lambda _: model.remove(what))
    model.observe(show_held, [what, "note"])
    show_held()
    head = w.HTML(intake_parts.zone(model, what))
    return w.VBox([head, choose, held, remove]).add_class("a87-drop")


def about(model: Intake) -> w.Box:
    """Whose workbook it should be, and when it was received."""
    language = model.language
    options = {ANY: said("intake.any", language)} | model.names
    country = controls.choice("intake.country", language, options, model.country)
    controls.bind(country, model, "country")
    if model.countries is not None:
        return controls.row(country)
    received = controls.day("intake.received_on", language, max=model.today)
    controls.bind(received, model, "received_on")
    return controls.row(country, received)


def verbs(model: Intake) -> w.Box:
    """Check and take in; beside them, why the second cannot be used."""
    language = model.language
    check = w.Button(description=said("intake.check", language))
    take = w.Button(description=said("intake.take", language)).add_class("a87-primary")
    why = w.HTML()

    def once(verb: Callable[[], None]) -> Callable[[object], None]:
        def clicked(_: object) -> None:
            check.disabled = take.disabled = True
            verb()
            allow()

        return clicked

    def allow(_: object = None) -> None:
        check.disabled = model.workbook is None
        take.disabled = bool(model.blockers)
        why.value = intake_parts.reasons(model)

    check.on_click(once(model.check))
    take.on_click(once(model.take_in))
    model.observe(allow, ["blockers", "workbook"])
    allow()
    return w.Box([check, take, why]).add_class("a87-verbs")


def copying(model: Intake) -> w.Box:
    """The marked copy of a refused workbook: made when it is asked for."""
    language = model.language
    fetch = w.Button(description=said("intake.fetch", language))
    link = w.HTML()

    def offer(_: object = None) -> None:
        link.value = ""
        fetch.layout.display = None if isinstance(model.answer, Refused) else "none"

    def prepare(_: object) -> None:
        try:
            link.value = intake_parts.copy_link(model, model.copy())
        except Problems as unable:
            link.value = intake_parts.refusal(intake_parts.told_all(unable, language))

    fetch.on_click(prepare)
    model.observe(offer, "answer")
    offer()
    return w.Box([fetch, link]).add_class("a87-verbs")
