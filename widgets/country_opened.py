"""One entry of the file opened by choosing it: everything that it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as w

from a87lib.report import documents as doc
from a87lib.report.review.entry import contents
from widgets import controls
from widgets.controls import said
from widgets.country_signs import entry_name

if TYPE_CHECKING:
    from widgets.country import Country

NONE = ""


def opened_entry(model: Country) -> w.Box:
    """A choice among the entries of the file, and the one chosen."""
    language = model.language
    choose = controls.choice("entries.open", language, {}, None).add_class("a87-wide")
    place = w.HTML()

    def offer(_: object = None) -> None:
        this = model.this
        held = [] if this is None else list(this.file.entries)
        nothing = (said("entries.open_none", language), NONE)
        choose.options = [nothing, *((entry_name(this, e), str(e.no)) for e in held if this)]
        choose.value = NONE

    def show(_: object = None) -> None:
        this = model.this
        found = [] if this is None else [e for e in this.file.entries if str(e.no) == choose.value]
        if this is None or not found:
            place.value = ""
            return
        heading = doc.section(2, entry_name(this, found[0]))
        element = doc.stack(heading, contents(this, found[0]))
        controls.show(place, element, language, f"{model.code}-entry")

    choose.observe(show, "value")
    model.observe(offer, "this")
    offer()
    return w.VBox([controls.row(choose), place])
