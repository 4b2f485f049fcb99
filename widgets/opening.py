"""What a screen opens: the register, as far as the person at the screen may see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from a87lib import framework, register
from a87lib.countryfile import Archive
from a87lib.desk import permissions
from a87lib.desk.acting import Acting
from a87lib.facts import Entry
from a87lib.intake import Pack
from a87lib.language import alphabetical, say
from a87lib.report.review.opening import PROJECT, address, notice_of, pack_named
from a87lib.serving import identity
from a87lib.serving.view import View

ALONE = register.Reader("reviewers")
"""Whoever opens a register on their own machine holds the whole file."""


@dataclass(frozen=True)
class Opened:
    """A register as somebody sees it. asof, cycle: those of an exercise, else today and its year.

    entries: every entry that the reader may see, corrected ones too.
    """

    where: str
    name: str
    kind: str
    pack: Pack | None
    reader: register.Reader
    entries: tuple[Entry, ...]
    asof: date
    cycle: int

    def archive(self, known_at: datetime | None = None) -> Archive:
        """The entries as known at an instant."""
        return Archive(self.entries, known_at=known_at, hides=self.reader.hides)

    def notice(self, language: str) -> str:
        """What every page about this register must say."""
        return notice_of(self.pack, self.kind, language)

    def limits(self, language: str, country: str | None = None) -> str:
        """What a reader who may not see everything (of a country) must know; else nothing."""
        if self.reader.sees_all_of(country):
            return ""
        seen = self.reader.circle_for(country)
        circle = framework.load().label("visibility", seen, language)
        return say("screen.limited", language, circle=circle)

    def names(self, language: str) -> dict[str, str]:
        """The countries on file by code, in the order of their names."""
        return named(self.archive().countries, language)


def named(countries: Iterable[str], language: str) -> dict[str, str]:
    """Countries by code, in the order of their names."""
    names = {code: framework.country_name(code, language) for code in countries}
    return dict(sorted(names.items(), key=lambda item: alphabetical(item[1])))


def acting() -> Acting:
    """Whoever is at the screen, acting for nobody else."""
    who = identity.current()
    return Acting(who.id, alone=who.alone)


def opened(view: View, today: date | None = None) -> Opened:
    """The register that a view is about, read once for the person at the screen.

    today: the present day where it is not the clock's. An exercise keeps the day of its pack.
    """
    where = chosen(view.country)
    with register.open(where) as on:
        who = acting()
        reader = ALONE if who.alone else permissions.reader(on, who)
        pack = pack_named(on.name)
        exercise = pack if pack is not None and pack.fictional else None
        day = today or on.today()
        return Opened(
            where=where,
            name=on.name,
            kind=on.kind,
            pack=pack,
            reader=reader,
            entries=tuple(on.facts(visible_to=reader)),
            asof=day if exercise is None else exercise.asof,
            cycle=day.year if exercise is None else exercise.cycle,
        )


def chosen(country: str | None = None) -> str:
    """The register named by A87_REGISTER, else the embedded one of the country or of the exercise.

    Without a country and without an exercise it is that of the public facts.
    """
    if country is not None:
        return address("", country)
    embedded = [PROJECT / name for name in (register.EXERCISE, register.DEFAULT)]
    there = next((path for path in embedded if path.is_file()), embedded[0])
    return register.chosen(None, str(there))
