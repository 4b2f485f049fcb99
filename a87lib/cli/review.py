"""`a87 review`: the reviews of countries as a pack of documents."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from a87lib import framework, register
from a87lib.cli.building import Making, build, known_formats, listed, making, packed
from a87lib.cli.findings import a_day, an_instant, check_country
from a87lib.cli.options import REGISTER
from a87lib.facts import fictional
from a87lib.intake import Pack
from a87lib.language import LANGUAGES, check_language, say
from a87lib.problems import Problem, Problems, problem, usage
from a87lib.report.jobs import Job, read_notebook
from a87lib.report.jobs import declared as declared_in
from a87lib.report.review.inputs import inputs
from a87lib.report.review.opening import PROJECT, Review, notice_of, pack_named, read
from a87lib.report.review.opening import address as register_of
from a87lib.report.review.parameters import Declared, Parameters, declared

NOTEBOOK = PROJECT / "notebooks" / "country_review.ipynb"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of which register. pack: its pack.yaml, if it is one of ours."""

    countries: tuple[str, ...]
    where: str
    kind: str
    name: str
    pack: Pack | None


@click.command()
@click.argument("countries", nargs=-1, required=True, metavar="COUNTRY…|all")
@click.option("--cycle", type=int, help="Reporting cycle: the year in whose April reports are due.")
@click.option("--asof", help="As of this day: what had happened by then (2025-12-15).")
@click.option("--known-at", help="Only what had been recorded by then (day or instant).")
@packed()
@click.option("--notebook", type=click.Path(path_type=Path), help="Your own copy of the notebook.")
@making
@REGISTER
def review(
    countries: tuple[str, ...],
    cycle: int | None,
    asof: str | None,
    known_at: str | None,
    lang: str,
    formats: str,
    out: str | None,
    notebook: Path | None,
    address: str | None,
    how: Making,
) -> int:
    """Makes the country reviews of COUNTRY… (ISO codes, or `all`) as HTML, PDF and DOCX.

    Cycle and day are those of the register's pack.yaml unless they are given.
    """
    started = time.monotonic()
    wanted = _wanted(countries, address)
    languages = [check_language(each) for each in listed(lang)]
    chosen = known_formats(formats)
    an_instant("--known-at", known_at)
    asked = [
        declared(
            country=country,
            cycle=_cycle(cycle, wanted.pack),
            asof=_asof(asof, wanted.pack),
            known_at=known_at or "",
            language=language,
            register=wanted.where,
        )
        for country in wanted.countries
        for language in languages
    ]
    _check_notebook(notebook or NOTEBOOK)
    made = jobs_of(asked, notebook or NOTEBOOK, chosen, wanted.where)
    folder = out or PROJECT / "outputs" / wanted.name
    return build(made, folder, _pack(wanted, asked[0]), how, started)


def _cycle(given: int | None, pack: Pack | None) -> int:
    if given is not None:
        return given
    if pack is None:
        raise usage("missing_option", found="--cycle")
    return pack.cycle


def _asof(given: str | None, pack: Pack | None) -> date:
    return pack.asof if given is None and pack is not None else a_day("--asof", given)


def _wanted(countries: tuple[str, ...], given: str | None) -> Wanted:
    """The countries and their register. Refuses unknown and mixed ones before anything is read."""
    codes = [check_country(code) for code in countries]
    named = [code for code in codes if code != "all"]
    if len({fictional(code) for code in named}) > 1:
        raise usage("countries_mixed", found=", ".join(named))
    where = register_of(given or "", named[0] if named else "")
    with register.open(where) as on:
        held = sorted({e.country for e in on.entries() if e.country is not None})
        if "all" in codes:
            named = held
        if not named:
            raise problem("nothing_on_file", where, "all")
        return Wanted(tuple(dict.fromkeys(named)), where, on.kind, on.name, pack_named(on.name))


def _check_notebook(path: Path) -> None:
    """Refuses a notebook that would ignore what it is given."""
    names = declared_in(read_notebook(path), path.name)
    lacking = [name for name in Declared.model_fields if name not in names]
    if lacking:
        known = ", ".join(sorted(names))
        told = [
            Problem("notebook_lacks_parameter", path.name, n, {"known": known}) for n in lacking
        ]
        raise Problems(told, exit_status=2)


def jobs_of(
    asked: list[Parameters], notebook: Path, formats: tuple[str, ...], where: str
) -> list[Job]:
    """One job per country and language. Every file is opened first, so that all problems show."""
    found: list[Job] = []
    problems: list[Problems] = []
    before: dict[Parameters, Review] = {}
    with register.open(where) as on:
        pack, kind = pack_named(on.name), on.kind
    for each in asked:
        try:
            notice = notice_of(pack, kind, each.language)
            opened = replace(_opened(each, before), asked=each, notice=notice)
        except Problems as refused:
            problems.append(refused)
            continue
        environment = {
            register.VARIABLE: str(Path(where).resolve()) if "://" not in where else where
        }
        found.append(
            Job(
                notebook=notebook,
                parameters=Declared.of(each),
                name=f"{each.country}/review.{each.language}",
                formats=formats,
                environment=environment,
                inputs=inputs(opened),
            )
        )
    if problems:
        told = dict.fromkeys(str(p) for p in problems)
        kept = [next(p for p in problems if str(p) == text) for text in told]
        every = [one for refused in kept for one in refused.problems]
        raise Problems(every, exit_status=max(p.exit_status for p in kept))
    return found


def _opened(asked: Parameters, before: dict[Parameters, Review]) -> Review:
    """The file, read once for all languages."""
    first = asked.model_copy(update={"language": ""})
    if first not in before:
        before[first] = read(asked)
    return before[first]


def _pack(wanted: Wanted, first: Parameters) -> Any:
    from a87lib.report import manifest

    pack = wanted.pack
    names = dict.fromkeys(LANGUAGES, wanted.name)
    notice = {language: say(f"review.notice.{wanted.kind}", language) for language in LANGUAGES}
    return manifest.Pack(
        name=wanted.name,
        title=dict(pack.title) if pack is not None else names,
        asof=first.asof,
        known_at=first.known_at or read(first).known_at,
        framework=framework.load().version,
        notice=dict(pack.notice) if pack is not None else notice,
    )
