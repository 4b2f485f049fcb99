"""Calendar: what comes next for the countries and the GCM, as a table, a figure and a file."""

from __future__ import annotations

from datetime import date, datetime

import ipywidgets as w
import traitlets as t

from a87lib import framework
from a87lib.language import alphabetical, format_day, join, say
from a87lib.report import documents as doc
from a87lib.report.charts.calendar import draw
from a87lib.report.icalendar_file import icalendar
from a87lib.report.inline import Piece
from a87lib.rules import Event, upcoming, upcoming_council
from a87lib.serving.view import View, link, parse
from widgets import controls
from widgets.controls import said
from widgets.files import anchor
from widgets.opening import Opened, opened

ALL, GCM = "all", "gcm"
YEARS = 2


class Calendar(t.HasTraits):
    """The events after a day, of all, of one country, or of the GCM.

    blockers: why nothing can be shown (`order`: the last day does not come after the first).
    """

    subject = t.Unicode(ALL)
    asof = t.Instance(date)
    until = t.Instance(date)
    known_at = t.Instance(datetime, allow_none=True)
    events = t.Tuple()
    blockers = t.Tuple()

    def __init__(self, on: Opened, view: View) -> None:
        self.on = on
        self.language = view.spoken()
        self.names = on.names(self.language)
        asof = view.date or on.asof
        super().__init__(
            asof=asof,
            until=view.until or date(asof.year + YEARS, asof.month, 1),
            known_at=view.known_at,
            subject=view.country if view.country in self.names else ALL,
        )
        self._read()

    def view(self) -> View:
        """What a link to this view says."""
        country = self.subject if self.subject in self.names else None
        usual = date(self.asof.year + YEARS, self.asof.month, 1)
        return View(
            country=country,
            date=self.asof,
            known_at=self.known_at,
            until=self.until if self.until != usual else None,
            language=self.language,
        )

    def name(self, subject: str) -> str:
        """The name of a country, or of the GCM."""
        return self.names.get(subject) or said("calendar.gcm", self.language)

    @t.observe("subject", "asof", "until", "known_at")
    def _read(self, _: object = None) -> None:
        if self.until <= self.asof:
            self.blockers, self.events = ("order",), ()
            return
        used, archive = framework.load(), self.on.archive(self.known_at)
        subjects = [code for code in self.names if self.subject in (ALL, code)]
        found = [
            event
            for code in subjects
            for event in upcoming(archive.file(code, self.asof), used, self.until)
        ]
        found += upcoming_council(archive, self.asof, used, self.until)
        found = [event for event in found if self.subject in (ALL, event.subject)]
        self.blockers = ()
        self.events = tuple(sorted(found, key=self._place))

    def _place(self, event: Event) -> tuple[date, str, str, str, str]:
        """Where an event stands: by its day, then as a reader looks for its subject."""
        name = alphabetical(self.name(event.subject))
        return event.on, name, event.subject, event.key, str(event.args)

    def file(self) -> bytes:
        """The events as an iCalendar file."""
        return icalendar(self.events, self.asof, self.language)


def panel(model: Calendar) -> w.Box:
    """The calendar as a reader sees it."""
    language = model.language
    subjects = {ALL: said("calendar.all", language), GCM: said("calendar.gcm", language)}
    subject = controls.choice("calendar.subject", language, subjects | model.names, model.subject)
    asof, until = controls.day("asof", language), controls.day("calendar.until", language)
    chart, table, file, same = w.HTML(), w.HTML(), w.HTML(), w.HTML()
    for field, trait in ((subject, "subject"), (asof, "asof"), (until, "until")):
        controls.bind(field, model, trait)

    def show_all(_: object = None) -> None:
        controls.show(chart, _figure(model), language, "calendar")
        controls.show(table, _table(model), language, "calendar")
        file.value = _file(model)
        same.value = controls.same_view("calendar", model.view(), language)

    model.observe(show_all, ["events", "blockers", "asof", "until", "subject"])
    show_all()
    title = controls.head(
        said("calendar.heading", language),
        model.on.limits(language),
        notice=model.on.notice(language),
    )
    parts = [title, controls.row(subject, asof, until), chart, file, table, same]
    return w.VBox(parts).add_class("a87-screen")


def _table(model: Calendar) -> doc.Element:
    language = model.language
    if model.blockers:
        told = [said(f"refused.{why}", language) for why in model.blockers]
        return doc.callout("bad", told[0], *told[1:])
    if not model.events:
        return doc.paragraph(say("calendar.nothing", language, until=model.until))
    names = ("day", "who", "what", "kind", "paragraph")
    return doc.table(
        said("calendar.caption", language, asof=model.asof, until=model.until),
        [said(f"calendar.{name}", language) for name in names],
        [_row(model, event) for event in model.events],
    )


def _row(model: Calendar, event: Event) -> tuple[Piece, ...]:
    language = model.language
    who: Piece = model.name(event.subject)
    if event.subject in model.names:
        view = model.view().but(country=event.subject)
        who = doc.link("#" + link("country", view), model.name(event.subject))
    kind = said("calendar.fixed" if event.certain else "calendar.if_nothing", language)
    badge = doc.badge("info" if event.certain else "attention", kind)
    day = format_day(event.on, language)
    return day, who, event.sentence(language), badge, doc.code(event.paragraph)


def _figure(model: Calendar) -> doc.Element:
    if not model.events:
        return doc.stack()
    language = model.language
    subjects = list(dict.fromkeys(model.name(event.subject) for event in model.events))
    alt = said(
        "calendar.alt",
        language,
        count=len(model.events),
        asof=model.asof,
        until=model.until,
        subjects=join(subjects, language),
    )
    drawn = draw(model.events, model.asof, language)
    return doc.figure(drawn, said("calendar.figure", language, asof=model.asof), alt)


def _file(model: Calendar) -> str:
    """The link that saves the events for a calendar program."""
    if not model.events:
        return ""
    words = said("calendar.ics", model.language)
    saved = anchor(f"calendar-{model.subject}.ics", model.file(), words, "text/calendar")
    return f'<p class="a87-same">{saved}</p>'


def show() -> w.Box:
    """The screen of this kernel's reader."""
    view = parse()
    return panel(Calendar(opened(view), view))
