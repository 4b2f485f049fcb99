"""`a87 letters`: letters and records of the mechanism and of the GCM."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import click

from a87lib.cli.briefing import Meant, environment, meant_by
from a87lib.cli.building import REFERENCE, Making, build, known_formats, listed, making, packed
from a87lib.cli.findings import a_day, an_instant, check_country
from a87lib.cli.options import REGISTER
from a87lib.language import LANGUAGES, check_language, preferred, say
from a87lib.problems import Problems, usage
from a87lib.report import manifest
from a87lib.report.briefing.opening import Briefing
from a87lib.report.jobs import Job
from a87lib.report.letters.body import body
from a87lib.report.letters.opening import Letter, read
from a87lib.report.letters.parameters import KINDS, Parameters, declared, literals
from a87lib.report.review.opening import PROJECT

NOTEBOOKS = PROJECT / "notebooks" / "letters"
NO_GROUND = "letter_without_ground"


@click.command()
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("countries", nargs=-1, metavar="[COUNTRY…|all]")
@click.option("--meeting", type=int, help="Number of the meeting (invitation, minutes).")
@click.option("--cycle", type=int, help="Reporting cycle (status-notice, comments, overview).")
@click.option("--since", help="Tells what happened after this day (bulletin).")
@click.option("--asof", help="As of this day: what had happened by then (2025-12-15).")
@click.option("--known-at", help="Only what had been recorded by then (day or instant).")
@packed()
@REFERENCE
@making
@REGISTER
def letters(
    kind: str,
    countries: tuple[str, ...],
    meeting: int | None,
    cycle: int | None,
    since: str | None,
    asof: str | None,
    known_at: str | None,
    lang: str,
    formats: str,
    out: str | None,
    reference: Path | None,
    address: str | None,
    how: Making,
) -> int:
    """Makes letters of a KIND as HTML, PDF and DOCX.

    Letters to countries need COUNTRY… or `all`: all to whom a letter of the kind is called for.
    Cycle and day are those of the register's pack.yaml unless they are given.
    """
    started = time.monotonic()
    languages = [check_language(each) for each in listed(lang)]
    chosen = known_formats(formats)
    an_instant("--known-at", known_at)
    meant = meant_by(address, next(iter(countries), ""))
    day = meant.pack.asof if asof is None and meant.pack else a_day("--asof", asof)
    if cycle is None and meant.pack is not None:
        cycle = meant.pack.cycle
    asked = [
        declared(
            kind=kind, country=country, meeting=meeting, since=since or "", asof=day,
            cycle=cycle if "cycle" in KINDS[kind].needs else None, known_at=known_at or "",
            language=language, register=meant.where,
        )
        for country in named(kind, countries, meant)
        for language in languages
    ]  # fmt: skip
    wanted = list(grounded(asked, everybody="all" in countries))
    if not wanted:
        click.echo(say("cli.letters_none", preferred(), kind=kind, asof=day))
        return 0
    folder = out or PROJECT / "outputs" / meant.name
    made = [job_of(each, chosen, meant, reference) for each in wanted]
    return build(made, folder, pack_of(wanted[0], meant, day), how, started)


def named(kind: str, countries: tuple[str, ...], meant: Meant) -> Sequence[str | None]:
    """The countries to write to; one None for a kind that is to nobody in particular."""
    from a87lib import register

    if "country" not in KINDS[kind].needs:
        if countries:
            raise usage("letter_to_nobody", found=", ".join(countries))
        return [None]
    if "all" not in countries:
        codes = [check_country(code) for code in dict.fromkeys(countries)]
        return codes or [None]
    with register.open(meant.where) as on:
        return sorted({e.country for e in on.entries() if e.country is not None})


def grounded(asked: list[Parameters], everybody: bool) -> Iterator[Letter]:
    """The letters that something on file gives ground for; without `all`, each must have it."""
    for each in asked:
        this = read(each)
        try:
            body(this)
        except Problems as refused:
            if everybody and all(p.code == NO_GROUND for p in refused.problems):
                continue
            raise
        yield this


def of_the_year(this: Briefing, meant: Meant) -> Iterator[Letter]:
    """Every letter and record of a year that something on file gives ground for."""
    previous = this.previous.no if this.previous is not None else None
    for kind in KINDS.values():
        meeting = previous if kind.name == "minutes" else this.asked.meeting
        if "meeting" in kind.needs and meeting is None:
            continue
        codes = [country.code for country in this.countries] if "country" in kind.needs else [None]
        asked = [
            declared(
                kind=kind.name, country=code, asof=this.asof, known_at=this.asked.known_at or "",
                meeting=meeting if "meeting" in kind.needs else None,
                cycle=this.cycle if "cycle" in kind.needs else None,
                language=this.language, register=meant.where,
            )
            for code in codes
        ]  # fmt: skip
        yield from grounded(asked, everybody=True)


def job_of(this: Letter, formats: tuple[str, ...], meant: Meant, reference: Path | None) -> Job:
    """The job that makes a letter."""
    asked = this.asked
    return Job(
        notebook=NOTEBOOKS / f"{asked.kind}.ipynb",
        parameters=literals(asked),
        name=f"{name_of(this)}.{asked.language}",
        formats=formats,
        environment=environment(meant.where),
        reference=reference,
    )


def name_of(this: Letter) -> str:
    """Where a letter lies in its pack."""
    asked = this.asked
    cycle = f"-{asked.cycle}" if asked.cycle is not None else ""
    if asked.country is not None:
        return f"{asked.country}/{asked.kind}{cycle}"
    if asked.meeting is not None:
        return f"gcm-{asked.meeting}/{asked.kind}"
    return f"alliance/{asked.kind}{cycle or f'-{asked.asof.isoformat()}'}"


def pack_of(this: Letter, meant: Meant, day: date) -> manifest.Pack:
    """What the manifest says of the whole pack."""
    pack = meant.pack
    file = this.file
    return manifest.Pack(
        name=meant.name,
        title=dict(pack.title) if pack is not None else dict.fromkeys(LANGUAGES, meant.name),
        asof=day,
        known_at=file.known_at,
        framework=file.framework.version,
        notice=dict(pack.notice) if pack is not None else dict.fromkeys(LANGUAGES, file.notice),
    )
