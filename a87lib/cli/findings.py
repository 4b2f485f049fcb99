"""`a87 findings`: what the rules find about a country, all countries, or a meeting."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import click

from a87lib import framework, register
from a87lib.cli import what_if
from a87lib.cli.findings_schema import SCHEMA
from a87lib.cli.options import about_the_register
from a87lib.countryfile import Archive
from a87lib.facts import fictional, instant
from a87lib.intake import LAST_CYCLE, LAST_MEETING, known_country, suggestions
from a87lib.problems import problem, usage
from a87lib.rules import RULES, Finding, as_data, findings_for, reason_sentence, sentence


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the collector of reference cycles.

    Entries and findings stay to the end and hold no cycles: it would look at ever more of them,
    again and again, and find nothing.
    """
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


@click.command()
@click.argument("country", required=False)
@click.option("--meeting", type=int, help="Findings about a meeting of the GCG instead.")
@click.option("--asof", help="As of this day: what had happened by then (2023-06-01).")
@click.option("--known-at", help="Only what had been recorded by then (day or instant).")
@click.option(
    "--rule", "rules", multiple=True, help="Only this rule, or rules beginning so (signals.)."
)
@click.option(
    "--set", "settings", multiple=True, metavar="NAME=VALUE",
    help="What would differ if the GCG changed this value or reading; nothing is stored.",
)  # fmt: skip
@about_the_register
@click.option("--schema", is_flag=True, help="Print the JSON schema of the document and end.")
@uncollected()
def findings(
    country: str | None,
    meeting: int | None,
    asof: str | None,
    known_at: str | None,
    rules: tuple[str, ...],
    settings: tuple[str, ...],
    address: str | None,
    language: str,
    as_json: bool,
    schema: bool,
) -> int:
    """Prints the findings about COUNTRY (ISO code, or `all`) as of a day."""
    if schema:
        click.echo(json.dumps(SCHEMA, indent=2))
        return 0
    day = a_day("--asof", asof)
    known = an_instant("--known-at", known_at)
    if (country is None) == (meeting is None):
        raise usage("country_or_meeting")
    _check_rules(rules)
    subjects = check_country(country) if country is not None else None
    with register.open(where(address, country)) as opened:
        check_on_file(country, opened)
        _check_meeting(meeting, opened)
        archive = Archive(opened.facts(), known_at=known)
    if settings:
        what_if.told(archive, subjects, meeting, day, settings, rules, language, as_json)
        return 0
    found = _find(archive, subjects, meeting, day)
    wanted = [
        f for f in found if not rules or any(f.rule == r or f.rule.startswith(r) for r in rules)
    ]
    if as_json:
        document = _document(wanted, country, meeting, day, known, language)
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(wanted, language)))
    return 0


def where(address: str | None, country: str | None = None) -> str:
    """The register meant: the one named, or the embedded one that fits the country's code."""
    return register.chosen(address, register.embedded(country))


def a_day(option: str, text: str | None) -> date:
    """A day given as an option; a problem of usage where it is missing, no day or too far off."""
    if text is None:
        raise usage("missing_option", found=option)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise usage("impossible_day", option, text) from None
    first = framework.load().starts_on
    if day < first:
        raise usage("day_before_framework", option, text, day=day, first=first)
    if day.year > LAST_CYCLE:
        raise usage("day_too_far", option, text, last=str(LAST_CYCLE))
    return day


def an_instant(option: str, text: str | None) -> datetime | None:
    """An instant given as an option (a day: its end); None where it is not given."""
    if text is None:
        return None
    try:
        return instant(text, end_of_day=True)
    except ValueError:
        raise usage("impossible_day", option, text) from None


def check_country(code: str) -> str:
    """The code, or `all`; a problem of usage with suggestions where there is no such country."""
    if code != "all" and not known_country(code):
        raise usage("unknown_country", found=code, near=", ".join(suggestions(code)))
    return code


def check_on_file(code: str | None, on: register.Register) -> None:
    """Refuses a code for invented countries that has neither a name nor a file.

    Of a country with a name it is found that nothing is on file.
    """
    if code is None or not fictional(code) or code in framework.invented_countries():
        return
    if not on.has_file(code):
        raise problem("nothing_on_file", found=code)


def _check_meeting(meeting: int | None, on: register.Register) -> None:
    """Refuses what is no number of a meeting, and a meeting of which nothing was ever recorded."""
    if meeting is None:
        return
    if not 1 <= meeting <= LAST_MEETING:
        raise usage("not_a_meeting", "--meeting", meeting)
    if next(on.facts(meeting=meeting), None) is None:
        raise problem("meeting_not_on_file", found=meeting)


def _check_rules(rules: tuple[str, ...]) -> None:
    for wanted in rules:
        if not any(rule.startswith(wanted) for rule in RULES):
            raise usage("unknown_rule", found=wanted, known=", ".join(RULES))


def _find(archive: Archive, country: str | None, meeting: int | None, day: date) -> list[Finding]:
    fw = framework.load()
    if country is None:
        from a87lib.rules import findings_for_meeting

        return findings_for_meeting(archive, meeting or 0, day, fw)
    codes = archive.countries if country == "all" else [country]
    return [finding for code in codes for finding in findings_for(archive.file(code, day), fw)]


def _document(
    found: list[Finding],
    country: str | None,
    meeting: int | None,
    day: date,
    known: datetime | None,
    language: str,
) -> dict[str, Any]:
    return {
        "country": country,
        "meeting": meeting,
        "asof": day.isoformat(),
        "known_at": None if known is None else known.isoformat(),
        "language": language,
        "framework": framework.load().version,
        "findings": [as_data(finding, language) for finding in found],
    }


def _lines(found: list[Finding], language: str) -> list[str]:
    lines, subject = [], ""
    for finding in found:
        if finding.subject != subject:
            subject = finding.subject
            lines.append(f"\n{subject}")
        about = " ".join(str(value) for value in finding.about.values())
        told = (finding.answer or finding.value, sentence(finding, language))
        said = " – ".join(str(each) for each in told if each is not None)
        lines.append(f"{finding.rule} {about}".strip() + f": {said}")
        lines += [f"    {reason_sentence(reason, language)}" for reason in finding.because]
    return lines
