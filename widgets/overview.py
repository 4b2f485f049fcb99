"""Overview: all countries with status, signs, early warnings, and what came in since a day."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import ipywidgets as w
import traitlets as t

from a87lib import framework
from a87lib.facts import Entry
from a87lib.report.review.pieces import STATUSES, answer_key
from a87lib.rules import Answer, Finding, findings_for
from a87lib.rules.signals import SIGNS as SIGN_RULES
from a87lib.serving.view import LONGEST_SEARCH, View, parse
from widgets import controls, overview_parts
from widgets.controls import said
from widgets.opening import Opened, opened

ALL = "all"
WITH_SIGN, WITH_WARNING, WITH_NEWS, WITH_OPEN = "sign", "warning", "news", "open"
SHOWS = (ALL, WITH_SIGN, WITH_WARNING, WITH_OPEN, WITH_NEWS)
RECENT = timedelta(days=182)
WARNING = "signals.early_warning"


@dataclass(frozen=True, slots=True)
class CountryRow:
    """A country: its status, what is found about each sign, the warning, and what came in."""

    code: str
    name: str
    status: Finding
    signs: tuple[Finding, ...]
    warning: Finding | None
    came: tuple[Entry, ...]

    @property
    def present(self) -> tuple[Finding, ...]:
        """The signs that are there."""
        return tuple(sign for sign in self.signs if sign.answer is Answer.YES)

    @property
    def open(self) -> tuple[Finding, ...]:
        """The signs on which people are still to say something."""
        return tuple(sign for sign in self.signs if answer_key(sign) == "open")

    @property
    def warned(self) -> date | None:
        """The earliest day on which a further sign would appear."""
        found = self.warning
        return found.next_on if found is not None and found.answer is Answer.YES else None

    def has(self, what: str) -> bool:
        """Whether the row is shown where only some are asked for (see SHOWS)."""
        shown: dict[str, Any] = {
            WITH_SIGN: self.present, WITH_WARNING: self.warned,
            WITH_OPEN: self.open, WITH_NEWS: self.came,
        }  # fmt: skip
        return what == ALL or bool(shown[what])


class Overview(t.HasTraits):
    """What the overview shows: all rows, and those that search and filters leave."""

    asof = t.Instance(date)
    known_at = t.Instance(datetime, allow_none=True)
    since = t.Instance(date)
    search = t.Unicode()
    status = t.Unicode(ALL)
    show = t.Enum(SHOWS, ALL)
    every = t.Tuple()
    rows = t.Tuple()

    def __init__(self, on: Opened, view: View) -> None:
        asof = view.date or on.asof
        self.on = on
        self.language = view.spoken()
        self.names = on.names(self.language)
        self._of: tuple[object, ...] = ()
        super().__init__(
            asof=asof,
            known_at=view.known_at,
            since=view.since or asof - RECENT,
            search=view.search or "",
            show=view.show if view.show in SHOWS else ALL,
        )
        if view.status in self.statuses:
            self.status = view.status

    @property
    def statuses(self) -> list[str]:
        """The statuses that countries have, in the order of the mechanism."""
        held = {row.status.value for row in self.every}
        return [status for status in STATUSES if status in held]

    def view(self) -> View:
        """What a link to this view says."""
        return View(
            date=self.asof,
            known_at=self.known_at,
            search=self.search[:LONGEST_SEARCH]
            if self.search.isprintable() and self.search
            else None,
            status=self.status if self.status != ALL else None,
            show=self.show if self.show != ALL else None,
            since=self.since if self.since != self.asof - RECENT else None,
            language=self.language,
        )

    @t.observe("asof", "since", "known_at")
    def _read(self, _: object = None) -> None:
        if self._of == (wanted := (self.asof, self.since, self.known_at)):
            return
        self._of = wanted
        archive = self.on.archive(self.known_at)
        used = framework.load()
        rows = []
        for code, name in self.names.items():
            file = archive.file(code, self.asof)
            found = {f.rule: f for f in findings_for(file, used) if f.cycle is None}
            came = tuple(e for e in file.entries if e.recorded_at.date() >= self.since)
            signs = tuple(found[sign.id] for sign in SIGN_RULES if sign.id in found)
            status, warning = found["standing.status"], found.get(WARNING)
            rows.append(CountryRow(code, name, status, signs, warning, came))
        self.every = tuple(rows)
        self._filter()

    @t.observe("search", "status", "show")
    def _filter(self, _: object = None) -> None:
        wanted = plain(self.search.strip())
        self.rows = tuple(
            row
            for row in self.every
            if wanted in plain(f"{row.name} {row.code}")
            and self.status in (ALL, row.status.value)
            and row.has(self.show)
        )


def plain(text: str) -> str:
    """A text as it is searched for: without case and accents."""
    spread = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in spread if not unicodedata.combining(sign)).casefold()


def panel(model: Overview) -> w.Box:
    """The overview as a reader sees it."""
    language = model.language
    label = framework.load().label
    day, since = controls.day("asof", language), controls.day("since", language)
    search = controls.text("search", language, continuous_update=True)
    named = {s: label("status", s, language) for s in model.statuses}
    everything = {ALL: said("all_statuses", language)}
    status = controls.choice("status", language, everything | named, ALL)
    shows = {what: said(f"show.{what}", language) for what in SHOWS}
    show = controls.choice("show", language, shows, ALL)
    chart, table, came, same = w.HTML(), w.HTML(), w.HTML(), w.HTML()
    for field, trait in ((day, "asof"), (since, "since"), (search, "search"), (status, "status"),
                         (show, "show")):  # fmt: skip
        controls.bind(field, model, trait)

    def draw(_: object = None) -> None:
        controls.show(table, overview_parts.table(model), language, "overview")
        controls.show(chart, overview_parts.chart(model), language, "portfolio")
        controls.show(came, overview_parts.came(model), language, "came-in")

    def follow(_: object = None) -> None:
        same.value = controls.same_view("overview", model.view(), language)

    model.observe(draw, "rows")
    model.observe(follow, ["rows", "asof", "since", "search", "status", "show"])
    draw()
    follow()
    title = controls.head(
        said("overview.title", language),
        model.on.limits(language),
        notice=model.on.notice(language),
    )
    fields = controls.row(search, status, show, day, since)
    return w.VBox([title, fields, table, came, chart, same]).add_class("a87-screen")


def show() -> w.Box:
    """The screen of this kernel's reader."""
    view = parse()
    return panel(Overview(opened(view), view))
