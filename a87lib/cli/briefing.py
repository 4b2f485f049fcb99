"""`a87 briefing`: the papers of one meeting of the GCM as a pack of documents."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path

import click

from a87lib import register
from a87lib.cli import review as reviews
from a87lib.cli.building import REFERENCE, Making, build, known_formats, listed, making, packed
from a87lib.cli.findings import a_day, an_instant
from a87lib.cli.options import REGISTER
from a87lib.intake import Pack
from a87lib.language import LANGUAGES, check_language
from a87lib.problems import usage
from a87lib.report import manifest
from a87lib.report.briefing.inputs import inputs
from a87lib.report.briefing.opening import Briefing, read
from a87lib.report.briefing.packing import Packing, name_of
from a87lib.report.briefing.parameters import ANNEX, EDITIONS, Declared, WhatIfDeclared, declared
from a87lib.report.jobs import FORMATS, Job
from a87lib.report.places import Place, place_of
from a87lib.report.review.opening import PROJECT, pack_named
from a87lib.report.review.opening import address as register_of
from a87lib.report.review.parameters import declared as review_declared
from a87lib.rules.what_if import changes_of

NOTEBOOK = PROJECT / "notebooks" / "gcm_briefing.ipynb"
WHAT_IF = PROJECT / "notebooks" / "what_if.ipynb"
KNOWN = (*FORMATS, ANNEX)


@dataclass(frozen=True, slots=True)
class Meant:
    """The register meant, and its pack.yaml, if it is one of ours."""

    where: str
    kind: str
    name: str
    pack: Pack | None


@click.command()
@click.argument("meeting", type=int)
@click.option("--asof", help="As of this day: what had happened by then (2025-12-15).")
@click.option("--known-at", help="Only what had been recorded by then (day or instant).")
@click.option("--cutoff", help="Later things are listed apart; else the day of the last meeting.")
@click.option("--for", "edition", default="internal", show_default=True,
              type=click.Choice(EDITIONS), help="Whose edition.")  # fmt: skip
@click.option("--point", "points", multiple=True, metavar="PAPER=ITEM",
              help="On which item of the agenda as set a paper is dealt with.")  # fmt: skip
@click.option("--with-reviews", is_flag=True, help="Make the country reviews, too, and one PDF.")
@click.option("--with-letters", is_flag=True, help="Make the letters of the year, too.")
@click.option("--what-if", "changes", multiple=True, metavar="NAME=VALUE",
              help="Also a paper: what would differ if this value were another.")  # fmt: skip
@packed(KNOWN)
@REFERENCE
@making
@REGISTER
def briefing(
    meeting: int,
    asof: str | None,
    known_at: str | None,
    cutoff: str | None,
    edition: str,
    points: tuple[str, ...],
    with_reviews: bool,
    with_letters: bool,
    changes: tuple[str, ...],
    lang: str,
    formats: str,
    out: str | None,
    reference: Path | None,
    address: str | None,
    how: Making,
) -> int:
    """Makes the briefing of MEETING (its number) as HTML, PDF, DOCX and an XLSX annex.

    The day is that of the register's pack.yaml unless it is given. With --for members it shows only
    what members of the GCG may see.
    """
    started = time.monotonic()
    if (with_reviews or with_letters or changes) and edition != "internal":
        raise usage("reviews_are_internal", found="--with-reviews, --with-letters, --what-if")
    languages = [check_language(each) for each in listed(lang)]
    chosen = known_formats(formats, KNOWN)
    an_instant("--known-at", known_at)
    meant = meant_by(address)
    folder = out or PROJECT / "outputs" / meant.name
    asked = [
        declared(
            meeting=meeting,
            asof=meant.pack.asof if asof is None and meant.pack else a_day("--asof", asof),
            known_at=known_at or "",
            cutoff=cutoff or "",
            edition=edition,
            points=",".join(points),
            language=language,
            register=meant.where,
        )
        for language in languages
    ]
    files = [read(each) for each in asked]
    wanted = review_jobs(files, chosen, meant) if with_reviews else []
    files = [linked(this, wanted, place_of(folder)) for this in files]
    if with_letters:
        wanted += letter_jobs(files, chosen, meant, reference)
    wanted += what_if_jobs(files, chosen, meant, changes) if changes else []
    made = [*wanted, *(job_of(this, chosen, meant, reference) for this in files)]
    packing = Packing(tuple(files), chosen, with_reviews)
    return build(made, folder, pack_of(files[0], meant), how, started, packing.finish)


def meant_by(given: str | None, country: str = "") -> Meant:
    """The register named, A87_REGISTER, or the embedded one that fits the country's code."""
    where = register_of(given or "", country)
    with register.open(where) as on:
        return Meant(where, on.kind, on.name, pack_named(on.name))


def environment(where: str) -> dict[str, str]:
    """What the kernel is told of the register: an address is no parameter of a document."""
    return {register.VARIABLE: str(Path(where).resolve()) if "://" not in where else where}


def review_jobs(files: list[Briefing], formats: tuple[str, ...], meant: Meant) -> list[Job]:
    """The reviews of all countries of the register, in every language."""
    wanted = [
        review_declared(
            country=country.code,
            cycle=this.cycle,
            asof=this.asof,
            known_at=this.asked.known_at or "",
            language=this.language,
            register=meant.where,
        )
        for this in files
        for country in this.countries
    ]
    made = tuple(form for form in formats if form in FORMATS)
    return reviews.jobs_of(wanted, reviews.NOTEBOOK, made, meant.where)


def letter_jobs(
    files: list[Briefing], formats: tuple[str, ...], meant: Meant, reference: Path | None
) -> list[Job]:
    """The letters and records of the year that something on file gives ground for."""
    from a87lib.cli import letters

    made = tuple(form for form in formats if form in FORMATS)
    return [
        letters.job_of(letter, made, meant, reference)
        for this in files
        for letter in letters.of_the_year(this, meant)
    ]


def what_if_jobs(
    files: list[Briefing], formats: tuple[str, ...], meant: Meant, changes: tuple[str, ...]
) -> list[Job]:
    """The paper on what would differ if the GCM changed its texts, in every language."""
    changes_of(changes, files[0].framework, files[0].asof, "--what-if")
    return [
        Job(
            notebook=WHAT_IF,
            parameters=WhatIfDeclared(
                **this.asked.model_dump(mode="json", include={"meeting", "asof", "language"}),
                known_at=Declared.of(this.asked).known_at,
                changes=",".join(changes),
            ),
            name=f"gcm-{this.asked.meeting}/what-if.{this.language}",
            formats=tuple(form for form in formats if form in FORMATS),
            environment=environment(meant.where),
            inputs=inputs(this),
        )
        for this in files
    ]


def linked(this: Briefing, wanted: list[Job], place: Place) -> Briefing:
    """The briefing with links to the reviews that lie in its pack, or will."""
    if not this.internal:
        return this
    language = this.language
    coming = [f"{job.name}.{form}" for job in wanted for form in job.formats]
    there = [
        f"{country.code}/review.{language}.{form}"
        for country in this.countries
        for form in FORMATS
        if place.there(f"{country.code}/review.{language}.{form}")
    ]
    paths = [path for path in coming if path.split(".")[1] == language] or there
    asked = this.asked.model_copy(update={"reviews": tuple(sorted(paths, key=in_order))})
    return replace(this, asked=asked)


def in_order(path: str) -> tuple[str, int]:
    """By country, then HTML, PDF, DOCX."""
    stem, form = path.rsplit(".", 1)
    return stem, FORMATS.index(form)


def job_of(this: Briefing, formats: tuple[str, ...], meant: Meant, reference: Path | None) -> Job:
    """The job that makes a briefing."""
    return Job(
        notebook=NOTEBOOK,
        parameters=Declared.of(this.asked),
        name=name_of(this),
        formats=tuple(form for form in formats if form in FORMATS),
        environment=environment(meant.where),
        inputs=inputs(this),
        reference=reference,
    )


def pack_of(this: Briefing, meant: Meant) -> manifest.Pack:
    """What the manifest says of the whole pack."""
    pack = meant.pack
    notice = dict.fromkeys(LANGUAGES, this.notice)
    return manifest.Pack(
        name=meant.name,
        title=dict(pack.title) if pack is not None else dict.fromkeys(LANGUAGES, meant.name),
        asof=this.asof,
        known_at=this.known_at,
        framework=this.framework.version,
        notice=dict(pack.notice) if pack is not None else notice,
    )
