"""Covering and reminder letters for the reports of a cycle: words ready to send (AF-MON-1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from a87lib import framework
from a87lib.countryfile import Archive, CountryFile
from a87lib.intake.workbooks import settings
from a87lib.language import alphabetical, format_day, say
from a87lib.rules.duties import due_on, owes

WANTED = {"report": "report_received", "framework": "indicator_framework_received"}


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to a country. days: before (+) or after (-) the due date; 0 for the covering one.

    on: the day on which it is to be sent.
    """

    country: str
    cycle: int
    days: int
    on: date
    subject: str
    text: str


def covering(country: str, cycle: int, language: str) -> Letter:
    """The letter that goes with a country's workbook."""
    due = due_on(cycle, framework.load())
    first = due - timedelta(days=max(settings().reminders.days))
    return _letter(country, cycle, 0, first, "cover", (), language)


def reminders(
    archive: Archive, countries: Iterable[str], cycle: int, day: date, language: str
) -> Iterator[Letter]:
    """The reminder that applies on a day, for each country that owes something and has not sent it.

    That is the last one whose day has come; none before the first.
    """
    stage = stage_on(cycle, day)
    if stage is None:
        return
    on = due_on(cycle, framework.load()) - timedelta(days=stage)
    for country in countries:
        file = archive.file(country, day)
        lacking = [what for what, kind in WANTED.items() if file.first(kind, cycle) is None]
        if lacking and _asked(file, cycle):
            key = "before" if stage > 0 else "after"
            yield _letter(country, cycle, stage, on, key, lacking, language, day=day)


def by_name(countries: Iterable[str], language: str) -> list[str]:
    """Countries in the order of their names in the language."""
    return sorted(countries, key=lambda c: alphabetical(framework.country_name(c, language)))


def _asked(file: CountryFile, cycle: int) -> bool:
    return owes(file, framework.load(), cycle)


def stage_on(cycle: int, day: date) -> int | None:
    """The reminder that applies on a day: how many days before or after the due date it is for."""
    left = (due_on(cycle, framework.load()) - day).days
    passed = [days for days in settings().reminders.days if days >= left]
    return min(passed) if passed else None


def _letter(
    country: str,
    cycle: int,
    days: int,
    on: date,
    key: str,
    lacking: Iterable[str],
    language: str,
    *,
    day: date | None = None,
) -> Letter:
    due = due_on(cycle, framework.load())
    args = {"country": framework.country_name(country, language), "cycle": str(cycle)}
    args |= {"due": format_day(due, language)}
    count = {"count": (due - day).days} if key == "before" and day is not None else {}
    invented = framework.is_fictional(country)
    parts = [
        *([say("review.notice.fictional", language)] if invented else []),
        say("intake.letter.greeting", language),
        say(f"intake.letter.{key}", language, **args, **count),
    ]
    if missing := list(lacking):
        what = missing[0] if len(missing) == 1 else "both"
        parts.append(say(f"intake.letter.lacking.{what}", language))
    parts += [say("intake.letter.help", language), say("intake.letter.closing", language)]
    subject = say(f"intake.letter.subject.{key}", language, **args)
    return Letter(country, cycle, days, on, subject, "\n\n".join(parts) + "\n")
