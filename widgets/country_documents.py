"""The documents that came with the entries of a tab: choose one, then save it."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

import ipywidgets as w

from a87lib.facts import Entry
from widgets import controls
from widgets.controls import said
from widgets.country_parts import DOCUMENTS
from widgets.country_signs import entry_name
from widgets.files import anchor, kilobytes

if TYPE_CHECKING:
    from widgets.country import Country

ENDINGS = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "text/csv": ".csv",
    "text/plain": ".txt",
}
_NOT_IN_NAMES = re.compile(r"[^\w .()-]+")
LONGEST = 80


def panel(model: Country) -> w.Box:
    """The documents of the open tab; hidden where it has none."""
    language = model.language
    link = w.HTML()
    head = w.HTML(f'<h2 id="documents" class="a87-h2">{escape(said("documents", language))}</h2>')
    choose = controls.choice("document.choose", language, {}, None)
    choose.add_class("a87-wide")
    fetch = w.Button(description=said("document.fetch", language))
    fields = controls.row(choose, fetch)
    box = w.VBox([head, fields, link]).add_class("a87-documents")

    def offer(_: object = None) -> None:
        held = model.documents
        choose.options = [(_named(model, entry), sha256) for sha256, entry in held.items()]
        choose.value = next(iter(held), None)
        none = f"<p>{escape(said('document.none', language))}</p>"
        link.value = "" if held else none
        fields.layout.display = None if held else "none"
        box.layout.display = None if held or model.tab == DOCUMENTS else "none"

    def forget(_: object) -> None:
        link.value = ""

    def prepare(_: object) -> None:
        if choose.value is not None:
            link.value = saving(model, choose.value)

    fetch.on_click(prepare)
    choose.observe(forget, "value")
    model.observe(offer, ["this", "tab"])
    offer()
    return box


def _named(model: Country, entry: Entry) -> str:
    return entry_name(model.this, entry) if model.this is not None else entry.kind


def saving(model: Country, sha256: str) -> str:
    """The link that saves a document, or why there is none."""
    language = model.language
    kept = model.document(sha256)
    if kept is None:
        return f'<p class="a87-refused">{escape(said("document.too_large", language))}</p>'
    ending = ENDINGS.get(kept.media_type, "")
    name = file_name(model.documents[sha256], f"{model.code}-{sha256[:12]}", ending)
    size = kilobytes(kept.content, language)
    words = said("document.save", language, name=name, size=size)
    return f'<p class="a87-same" role="status">{anchor(name, kept.content, words)}</p>'


def file_name(entry: Entry, otherwise: str, ending: str) -> str:
    """A name to save a document under: its sender's in safe signs, with the ending of its type."""
    named = re.split(r"[/\\]", getattr(entry.body, "document_name", None) or otherwise)[-1]
    stem = named.removesuffix(ending) if ending else named.rpartition(".")[0] or named
    safe = _NOT_IN_NAMES.sub("-", stem).strip(" .-")[:LONGEST]
    return f"{safe or otherwise}{ending}"
