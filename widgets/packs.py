"""Packs: documents for countries or for a meeting, made while the screen stays usable."""

from __future__ import annotations

from datetime import date

import ipywidgets as w
import traitlets as t

from a87lib import register
from a87lib.language import LANGUAGES
from a87lib.meetingfile import meetings
from a87lib.report.briefing.parameters import ANNEX, EDITIONS
from a87lib.report.jobs import FORMATS
from a87lib.rules import council_file
from a87lib.serving.view import View, parse
from widgets import controls
from widgets import packs_parts as parts
from widgets.controls import said
from widgets.files import LARGEST
from widgets.making import BRIEFING, REVIEW, WHAT, Making
from widgets.opening import Opened, acting, opened

MAKERS = "secretariat"


class Packs(t.HasTraits):
    """What is to be made, and what became of it.

    what: country reviews, or the briefing for a meeting. making: the command that runs or ran; None
    before. tick: changes whenever there is more to say of it. blockers: why nothing can be made
    (`role`, `countries`, `meeting`, `languages`, `formats`).
    """

    what = t.Enum(WHAT, REVIEW)
    countries = t.Tuple()
    cycle = t.Int()
    meeting = t.Int()
    asof = t.Instance(date)
    edition = t.Enum(EDITIONS, EDITIONS[0])
    languages = t.Tuple()
    formats = t.Tuple()
    making = t.Instance(Making, allow_none=True)
    tick = t.Int()
    blockers = t.Tuple()

    def __init__(self, on: Opened, view: View) -> None:
        self.on = on
        self.language = view.spoken()
        self.names = on.names(self.language)
        with register.open(on.where) as held:
            self.may_make = acting().itself(held).has(MAKERS)
        found = meetings(council_file(on.archive(), date.max))
        self.meetings = {m.no: m.on for m in reversed(found)}
        super().__init__(
            countries=(view.country,) if view.country in self.names else (),
            cycle=view.cycle or on.cycle,
            meeting=view.meeting or next(iter(self.meetings), 0),
            asof=view.date or on.asof,
            languages=(self.language,),
            formats=(FORMATS[0],),
        )
        self._look()

    @property
    def known_formats(self) -> tuple[str, ...]:
        """The formats that these documents come in."""
        return (*FORMATS, ANNEX) if self.what == BRIEFING else FORMATS

    @t.observe("what", "countries", "meeting", "languages", "formats")
    def _look(self, _: object = None) -> None:
        lacking = {
            "role": not self.may_make,
            "countries": self.what == REVIEW and not self.countries,
            "meeting": self.what == BRIEFING and self.meeting not in self.meetings,
            "languages": not self.languages,
            "formats": not any(form in self.known_formats for form in self.formats),
        }
        self.blockers = tuple(why for why, is_so in lacking.items() if is_so)

    @property
    def arguments(self) -> list[str]:
        """The command for what is chosen: codes, numbers and days only, each from our own lists."""
        known = [form for form in self.known_formats if form in self.formats]
        tongues = [each for each in LANGUAGES if each in self.languages]
        common = ["--asof", self.asof.isoformat(), "--lang", ",".join(tongues),
                  "--format", ",".join(known)]  # fmt: skip
        if self.what == BRIEFING:
            return ["briefing", str(self.meeting), "--for", self.edition, *common]
        codes = [code for code in self.names if code in self.countries]
        return ["review", *codes, "--cycle", str(self.cycle), *common]

    @property
    def expected(self) -> list[str]:
        """The documents to come, as the pack calls them."""
        tongues = [each for each in LANGUAGES if each in self.languages]
        if self.what == BRIEFING:
            own = "" if self.edition == EDITIONS[0] else f".{self.edition}"
            return [f"gcm-{self.meeting}/briefing{own}.{tongue}" for tongue in tongues]
        codes = [code for code in self.names if code in self.countries]
        return [f"{code}/review.{tongue}" for code in codes for tongue in tongues]

    @property
    def running(self) -> bool:
        """Whether something is being made."""
        return self.making is not None and self.making.running

    def make(self) -> None:
        """Begins to make what is chosen; nothing while it cannot be, or while something is made."""
        if self.blockers or self.running:
            return
        self.making = Making(
            self.arguments, self.expected, self.language, self._told, self.on.where
        )
        self._told()

    def stop(self) -> None:
        """Stops what is being made; what is there already stays."""
        if self.making is not None:
            self.making.stop()

    def _told(self) -> None:
        self.tick += 1

    def file(self, name: str) -> bytes | None:
        """One of the documents made; None where there is none of the name."""
        path = self.making.files.get(name) if self.making is not None else None
        return None if path is None else path.read_bytes()

    def zipped(self) -> bytes | None:
        """All documents made in one file; None where that is too large for a screen."""
        if self.making is None:
            return None
        packed = self.making.zipped()
        return packed if len(packed) <= LARGEST else None

    def view(self) -> View:
        """What a link to this view says."""
        return View(
            country=self.countries[0] if len(self.countries) == 1 else None,
            meeting=self.meeting if self.what == BRIEFING and self.meeting else None,
            cycle=self.cycle,
            date=self.asof,
            language=self.language,
        )


def panel(model: Packs) -> w.Box:
    """The choices, the progress, the files."""
    language = model.language
    title = controls.head(said("packs.title", language), said("packs.lead", language),
                          notice=model.on.notice(language))  # fmt: skip
    choices = parts.choices(model)
    place, same = parts.progress(model), w.HTML()

    def again(_: object = None) -> None:
        same.value = controls.same_view("packs", model.view(), language)

    model.observe(again, ["countries", "cycle", "asof", "what", "meeting"])
    again()
    return w.VBox([title, choices, place, same]).add_class("a87-screen")


def show() -> w.Box:
    """The screen of this kernel's reader."""
    view = parse()
    return panel(Packs(opened(view), view))
