"""`a87 calendar`: what comes next for a country, for all, and for the GCM."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from a87lib import framework, register
from a87lib.cli.files import put
from a87lib.cli.findings import a_day, an_instant, check_country, check_on_file, where
from a87lib.cli.options import about_the_register
from a87lib.countryfile import Archive
from a87lib.language import format_day, say
from a87lib.problems import problem, usage
from a87lib.rules import Event, upcoming, upcoming_council

DEFAULT_YEARS = 2
GCM = "gcm"


@click.command()
@click.argument("subject", metavar="COUNTRY|all|gcm")
@click.option("--asof", help="As of this day; what comes after it is listed.")
@click.option("--until", help="Up to this day (default: two years later).")
@click.option("--known-at", help="Only what had been recorded by then (day or instant).")
@click.option("--ics", type=click.Path(path_type=Path), help="Write an iCalendar file.")
@click.option("--svg", type=click.Path(path_type=Path), help="Write the calendar as a figure.")
@about_the_register
def calendar(
    subject: str,
    asof: str | None,
    until: str | None,
    known_at: str | None,
    language: str,
    address: str | None,
    ics: Path | None,
    svg: Path | None,
    as_json: bool,
) -> int:
    """Lists what comes next: deadlines, signs that would appear, terms that end, meetings owed."""
    day = a_day("--asof", asof)
    last = a_day("--until", until) if until else day.replace(year=day.year + DEFAULT_YEARS, day=1)
    if last <= day:
        raise usage("calendar_ends_before", "--until", str(last), asof=day)
    wanted = subject if subject == GCM else check_country(subject)
    with register.open(where(address, None if wanted in (GCM, "all") else wanted)) as opened:
        check_on_file(wanted, opened)
        archive = Archive(opened.facts(), known_at=an_instant("--known-at", known_at))
    events = events_of(archive, wanted, day, last)
    if ics is not None:
        _write_ics(ics, events, day, language)
    if svg is not None:
        _write_svg(svg, events, day, language)
    _print(events, last, language, as_json)
    return 0


def events_of(archive: Archive, subject: str, day: date, until: date) -> list[Event]:
    """The events of a country, of the GCM, or of all, in order of days."""
    fw = framework.load()
    countries = archive.countries if subject == "all" else [] if subject == GCM else [subject]
    events = [e for code in countries for e in upcoming(archive.file(code, day), fw, until)]
    if subject in ("all", GCM):
        events += upcoming_council(archive, day, fw, until)
    return sorted(events, key=lambda event: (event.on, event.subject, event.key))


def _print(events: list[Event], until: date, language: str, as_json: bool) -> None:
    if as_json:
        rows = [_data(event, language) for event in events]
        click.echo(json.dumps({"until": str(until), "events": rows}, ensure_ascii=False, indent=2))
        return
    for event in events:
        tentative = "" if event.certain else f" ({say('calendar.tentative', language)})"
        on = format_day(event.on, language)
        whose = say("calendar.gcm", language) if event.subject == GCM else event.subject
        click.echo(f"{on} · {whose} · {event.sentence(language)}{tentative} [{event.paragraph}]")
    if not events:
        click.echo(say("calendar.nothing", language, until=until))


def _data(event: Event, language: str) -> dict[str, Any]:
    return {
        "on": str(event.on),
        "subject": event.subject,
        "key": event.key,
        "paragraph": event.paragraph,
        "certain": event.certain,
        "sentence": event.sentence(language),
    }


def _write_ics(path: Path, events: list[Event], day: date, language: str) -> None:
    from a87lib.report.icalendar_file import icalendar

    put(path, icalendar(events, day, language))
    click.echo(say("calendar.written", language, count=len(events), file=path.name), err=True)


def _write_svg(path: Path, events: list[Event], day: date, language: str) -> None:
    from a87lib.report.charts.calendar import draw

    if not events:
        raise problem("calendar_empty", path.name)
    put(path, draw(events, day, language).encode())
