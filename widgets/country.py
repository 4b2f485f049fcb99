"""Country: one file as of a day and as known at an instant, tab by tab, down to its entries."""

from __future__ import annotations

from datetime import date, datetime

import ipywidgets as w
import traitlets as t

from a87lib import register
from a87lib.countryfile import FrameworkLine, frameworks_compared
from a87lib.facts import Entry, instant
from a87lib.language import format_instant
from a87lib.problems import Problems
from a87lib.report import documents as doc
from a87lib.report.review import Review
from a87lib.report.review.opening import read
from a87lib.report.review.parameters import declared
from a87lib.rules.differences import Difference, differences
from a87lib.serving.view import View, parse
from widgets import controls, country_compare, country_documents
from widgets.controls import said
from widgets.country_opened import opened_entry
from widgets.country_parts import COMPARE, DOCUMENTS, TABS, entries_of, part
from widgets.country_signs import entries, kept
from widgets.files import LARGEST
from widgets.opening import Opened, opened

FIRST_CYCLE = 2017


class Country(t.HasTraits):
    """A country's file: which, of which cycle and day, as known at, and which tab is open.

    this: the review of the file; None where blockers say why there is none. compared: what is
    compared; other, other_cycle: the day and the cycle that it is compared with.
    """

    code = t.Unicode()
    cycle = t.Int()
    asof = t.Instance(date)
    known_at = t.Instance(datetime, allow_none=True)
    tab = t.Enum(TABS, TABS[0])
    compared = t.Enum(country_compare.COMPARED, country_compare.DATES)
    other = t.Instance(date)
    other_cycle = t.Int()
    this = t.Instance(Review, allow_none=True)
    blockers = t.Tuple()

    def __init__(self, on: Opened, view: View) -> None:
        self.on = on
        self.language = view.spoken()
        self.names = on.names(self.language)
        self._of: tuple[object, ...] = ()
        asof = view.date or on.asof
        cycle = view.cycle or on.cycle
        super().__init__(
            code=view.country or next(iter(self.names), ""),
            cycle=cycle,
            other_cycle=max(cycle - 1, FIRST_CYCLE),
            asof=asof,
            known_at=view.known_at,
            other=date(asof.year - 1, asof.month, min(asof.day, 28)),
            tab=view.tab if view.tab in TABS else TABS[0],
        )
        if view.other is not None:
            country_compare.choose(self, view.other)

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
            tab=self.tab if self.tab != TABS[0] else None,
            other=country_compare.chosen(self) if self.tab == COMPARE else None,
            language=self.language,
        )

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
            this = self._review(self.asof)
        except Problems:
            this = None
        with self.hold_trait_notifications():
            self.this, self.blockers = this, () if this is not None else ("country",)

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

    def frameworks(self) -> list[FrameworkLine]:
        """The lines of the two cycles' indicator frameworks, the earlier cycle's first."""
        if self.this is None or self.cycle == self.other_cycle:
            return []
        return frameworks_compared(self.this.file, *sorted((self.cycle, self.other_cycle)))

    @property
    def documents(self) -> dict[str, Entry]:
        """The entries of the open tab that link a document kept in the register, by its digest."""
        if self.this is None:
            return {}
        linked = ((kept(entry), entry) for entry in entries_of(self.this, self.tab))
        return {sha256: entry for sha256, entry in linked if sha256 is not None}

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
    title, body, same = w.HTML(), w.HTML(), w.HTML()
    tabs = controls.tabs(
        said("country.tabs", language), {tab: said(f"tab.{tab}", language) for tab in TABS}
    )
    controls.bind(tabs, model, "tab")
    documents = country_documents.panel(model)
    first = {COMPARE: (country_compare.panel(model),), DOCUMENTS: (documents, opened_entry(model))}
    before, after = w.VBox(), w.VBox()

    def draw(_: object = None) -> None:
        title.value = _title(model)
        controls.show(body, shown(model), language, f"{model.code}-{model.tab}")
        before.children = first.get(model.tab, ())
        after.children = () if model.tab in first else (documents,)
        same.value = controls.same_view("country", model.view(), language)

    model.observe(draw, ["this", "blockers", "tab", "compared", "other", "other_cycle"])
    draw()
    parts = [title, _fields(model), tabs, before, body, after, same]
    return w.VBox(parts).add_class("a87-screen")


def _fields(model: Country) -> w.Box:
    """Which file: of which country, cycle and day, and as known when."""
    language = model.language
    names = model.names if model.code in model.names else {model.code: model.code, **model.names}
    code = controls.choice("country.choose", language, names, model.code)
    cycles = {str(cycle): str(cycle) for cycle in model.cycles}
    cycle = controls.choice("country.cycle", language, cycles, str(model.cycle))
    asof, known = controls.day("asof", language), controls.day("known_at", language)
    for field, trait in ((code, "code"), (asof, "asof")):
        controls.bind(field, model, trait)
    cycle.observe(lambda change: model.set_trait("cycle", int(change["new"])), "value")
    known.value = model.known_at.date() if model.known_at is not None else None
    known.observe(lambda change: model.know(change["new"]), "value")
    return controls.row(code, cycle, asof, known)


def shown(model: Country) -> doc.Element:
    """What the open tab shows."""
    if model.this is None:
        told = [said(f"refused.{why}", model.language) for why in model.blockers]
        return doc.callout("bad", *told)
    if model.tab == DOCUMENTS:
        return entries(model.this, model.this.file.entries)
    if model.tab == COMPARE:
        return country_compare.shown(model)
    return part(model.this, model.tab)


def _title(model: Country) -> str:
    language = model.language
    name = model.names.get(model.code, model.code)
    lines = [model.on.limits(language, model.code)]
    if model.this is not None:
        known = format_instant(model.this.known_at, language)
        lines.insert(0, said("country.known", language, known_at=known))
    heading = said("country.title", language, country=name, asof=model.asof)
    return controls.headed(heading, *lines, notice=model.on.notice(language))


def show() -> w.Box:
    """The screen of this kernel's reader."""
    view = parse()
    return panel(Country(opened(view), view))
