"""Country: one file as of a day and as known at an instant, tab by tab, down to its entries."""

from __future__ import annotations

import base64
from datetime import date, datetime
from html import escape

import ipywidgets as w
import traitlets as t

from a87lib import register
from a87lib.facts import Entry, instant
from a87lib.language import format_instant, format_number
from a87lib.problems import Problems
from a87lib.report import documents as doc
from a87lib.report.review import Review
from a87lib.report.review.opening import read
from a87lib.report.review.parameters import declared
from a87lib.rules.differences import Difference, differences
from a87lib.serving.view import View, parse
from widgets import controls
from widgets.controls import said
from widgets.country_parts import PARTS, compared, entries, part
from widgets.opening import Opened, opened

COMPARE, DOCUMENTS = "compare", "documents"
TABS = (*PARTS, DOCUMENTS, COMPARE)
LARGEST = 20 * 2**20  # bytes that a screen hands out
FIRST_CYCLE = 2017


class Country(t.HasTraits):
    """A country's file: which, of which cycle and day, as known at, and which tab is open.

    this: the review of the file; None where blockers say why there is none. other: the day that it
    is compared with.
    """

    code = t.Unicode()
    cycle = t.Int()
    asof = t.Instance(date)
    known_at = t.Instance(datetime, allow_none=True)
    tab = t.Enum(TABS, TABS[0])
    other = t.Instance(date)
    this = t.Instance(Review, allow_none=True)
    blockers = t.Tuple()

    def __init__(self, on: Opened, view: View) -> None:
        self.on = on
        self.language = view.spoken()
        self.names = on.names(self.language)
        self._of: tuple[object, ...] = ()
        asof = view.date or on.asof
        super().__init__(
            code=view.country or next(iter(self.names), ""),
            cycle=view.cycle or on.cycle,
            asof=asof,
            known_at=view.known_at,
            other=date(asof.year - 1, asof.month, min(asof.day, 28)),
        )

    @property
    def cycles(self) -> list[int]:
        """The cycles that may be asked for, latest first."""
        last = max(self.on.cycle, self.asof.year, self.cycle)
        return list(range(last, min(FIRST_CYCLE, self.cycle) - 1, -1))

    def view(self) -> View:
        """What a link to this view says."""
        return View(
            country=self.code or None,
            cycle=self.cycle,
            date=self.asof,
            known_at=self.known_at,
            language=self.language,
        )  # type: ignore[arg-type]

    def know(self, on: date | None) -> None:
        """Limits the file to what was recorded by the end of a day; None: to nothing."""
        self.known_at = None if on is None else instant(on.isoformat(), end_of_day=True)

    @t.observe("code", "cycle", "asof", "known_at")
    def _read(self, _: object = None) -> None:
        wanted = (self.code, self.cycle, self.asof, self.known_at)
        if self._of == wanted:
            return
        self._of = wanted
        try:
            self.this = self._review(self.asof)
            self.blockers = ()
        except Problems:
            self.this, self.blockers = None, ("country",)

    def _review(self, asof: date) -> Review:
        asked = declared(
            country=self.code,
            cycle=self.cycle,
            asof=asof,
            known_at=self.known_at or "",
            language=self.language,
            register=self.on.where,
        )
        return read(asked, self.on.reader)

    def differences(self) -> list[Difference]:
        """The findings that differ between the earlier and the later of the two days."""
        if self.this is None:
            return []
        before, after = sorted((self.asof, self.other))
        first, second = self._review(before), self._review(after)
        return differences(first.findings.values(), second.findings.values())

    @property
    def documents(self) -> dict[str, Entry]:
        """The entries that link a document kept in the register, by its digest."""
        found: dict[str, Entry] = {}
        for entry in self.this.file.entries if self.this is not None else ():
            named = getattr(entry.body, "document", None)
            if isinstance(named, str) and named.startswith("sha256:"):
                found[named.removeprefix("sha256:")] = entry
        return found

    def document(self, sha256: str) -> register.Document | None:
        """A document of this file, for its reader; None where it is too large for a screen."""
        if sha256 not in self.documents:
            raise KeyError(sha256)
        with register.open(self.on.where) as on:
            kept = on.document(sha256, self.on.reader)
        return kept if len(kept.content) <= LARGEST else None


def panel(model: Country) -> w.Box:
    """The file as a reader sees it."""
    language = model.language
    names = model.names if model.code in model.names else {model.code: model.code, **model.names}
    code = controls.choice("country.choose", language, names, model.code)
    cycles = {str(cycle): str(cycle) for cycle in model.cycles}
    cycle = controls.choice("country.cycle", language, cycles, str(model.cycle))
    asof, known = controls.day("asof", language), controls.day("known_at", language)
    tabs = w.RadioButtons(
        options=[(said(f"tab.{tab}", language), tab) for tab in TABS],
        description=said("country.tabs", language),
        orientation="horizontal",
    ).add_class("a87-tabs")
    for field, trait in ((code, "code"), (asof, "asof"), (tabs, "tab")):
        controls.bind(field, model, trait)
    cycle.observe(lambda change: model.set_trait("cycle", int(change["new"])), "value")
    known.value = model.known_at.date() if model.known_at is not None else None
    known.observe(lambda change: model.know(change["new"]), "value")
    title, body, same = w.HTML(), w.HTML(), w.HTML()
    more = w.VBox()
    extra = {COMPARE: _comparing(model), DOCUMENTS: _documents(model)}

    def draw(_: object = None) -> None:
        title.value = _title(model)
        controls.show(body, shown(model), language, f"{model.code}-{model.tab}")
        more.children = (extra[model.tab],) if model.tab in extra else ()
        same.value = controls.same_view("country", model.view(), language)

    model.observe(draw, ["this", "blockers", "tab", "other"])
    draw()
    fields = controls.row(code, cycle, asof, known)
    return w.VBox([title, fields, tabs, more, body, same]).add_class("a87-screen")


def shown(model: Country) -> doc.Element:
    """What the open tab shows."""
    language = model.language
    if model.this is None:
        told = [said(f"refused.{why}", language) for why in model.blockers]
        return doc.callout("bad", *told)
    if model.tab == DOCUMENTS:
        return entries(model.this)
    if model.tab == COMPARE:
        if model.other == model.asof:
            return doc.paragraph(said("compare.choose", language))
        before, after = sorted((model.asof, model.other))
        return compared(model.this, model.differences(), before, after)
    return part(model.this, model.tab)


def _title(model: Country) -> str:
    language = model.language
    name = model.names.get(model.code, model.code)
    lines = [model.on.notice(language), model.on.limits(language, model.code)]
    if model.this is not None:
        known = format_instant(model.this.known_at, language)
        lines.insert(0, said("country.known", language, known_at=known))
    heading = said("country.title", language, country=name, asof=model.asof)
    return controls.head(heading, *lines).value


def _comparing(model: Country) -> w.Box:
    other = controls.day("compare.with", model.language)
    controls.bind(other, model, "other")
    return controls.row(other)


def _documents(model: Country) -> w.Box:
    """The documents of the file: choose one, then save it."""
    language = model.language
    link = w.HTML()
    choose = controls.choice("document.choose", language, {}, None)
    fetch = w.Button(description=said("document.fetch", language))

    def offer(_: object = None) -> None:
        held = model.documents
        choose.options = [(_named(model, entry), sha256) for sha256, entry in held.items()]
        none = said("document.none", language)
        link.value = "" if held else f'<p class="a87-same">{escape(none)}</p>'
        for part_ in (choose, fetch):
            part_.layout.display = None if held else "none"

    def prepare(_: object) -> None:
        link.value = _saving(model, choose.value)

    fetch.on_click(prepare)
    model.observe(offer, "this")
    offer()
    return w.VBox([controls.row(choose, fetch), link])


def _named(model: Country, entry: Entry) -> str:
    this = model.this
    title = getattr(entry.body, "title", None)
    kind = this.label("entry_kind", entry.kind) if this is not None else entry.kind
    return " – ".join(filter(None, (kind, title, entry.when.say(model.language))))


def _saving(model: Country, sha256: str) -> str:
    """The link that saves a document, or why there is none."""
    language = model.language
    kept = model.document(sha256)
    if kept is None:
        return f'<p class="a87-refused">{escape(said("document.too_large", language))}</p>'
    name = f"{model.code}-{sha256[:12]}{ENDINGS.get(kept.media_type, '')}"
    size = format_number(-(-len(kept.content) // 1024), language)
    words = escape(said("document.save", language, name=name, size=size))
    data = base64.b64encode(kept.content).decode()
    href = f"data:application/octet-stream;base64,{data}"
    return f'<p class="a87-same"><a download="{name}" href="{href}">{words}</a></p>'


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


def show() -> w.Box:
    """The screen of this kernel's reader."""
    view = parse()
    return panel(Country(opened(view), view))
