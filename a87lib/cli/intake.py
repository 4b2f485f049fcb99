"""`a87 template` and `a87 intake`: workbooks out and in, with what comes with them."""

from __future__ import annotations

import getpass
import json
import logging
import os
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from a87lib import register
from a87lib.cli.files import put
from a87lib.cli.findings import a_day, check_country, check_on_file, where
from a87lib.cli.options import JSON, REGISTER
from a87lib.desk import evidence as evidences
from a87lib.desk import outgoing, submissions
from a87lib.intake.workbooks import Refused, opened
from a87lib.language import check_language, preferred, say, told
from a87lib.problems import Problems, problem, usage

LOG_VARIABLE = "A87_LOG"
FIRST_CYCLE = 2017


@click.command()
@click.argument("country", metavar="COUNTRY")
@click.option("--cycle", type=click.IntRange(2000, 2100), help="The cycle reported on.")
@click.option("--history", help="Several past cycles at once: 2019-2023 or 2019,2021.")
@click.option("--lang", default="en", show_default=True, help="Language of the workbook.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Name of the workbook.")
@click.option("--asof", help="Filled in as things stood on this day (default: today).")
@REGISTER
def template(
    country: str,
    cycle: int | None,
    history: str | None,
    lang: str,
    out: Path,
    asof: str | None,
    address: str | None,
) -> int:
    """Makes the workbook of COUNTRY, filled in with its roadmap and last year's figures."""
    language = check_language(lang)
    code = check_country(country.upper())
    if code == "all":
        raise usage("unknown_country", found=country, near="")
    if (cycle is None) == (history is None):
        raise usage("missing_option", found="--cycle / --history")
    with register.open(where(address, code)) as on:
        check_on_file(code, on)
        cycles = [cycle] if cycle is not None else _cycles(history or "", on.today())
        day = a_day("--asof", asof) if asof else None
        identity, content = outgoing.template(
            on, code, cycles, language, purpose="report" if cycle else "history", asof=day
        )
    put(out, content)
    click.echo(say("intake.written", language, file=str(out), version=identity.name))
    return 0


def _cycles(text: str, today: date) -> list[int]:
    """Past cycles from `2019-2023` or `2019,2021`."""
    last = today.year
    years: list[int] = []
    for part in text.split(","):
        found = re.fullmatch(r"\s*(\d{4})(?:\s*-\s*(\d{4}))?\s*", part, re.A)
        span = [] if found is None else range(int(found[1]), int(found[2] or found[1]) + 1)
        if not span or span[0] < FIRST_CYCLE or span[-1] > last:
            raise usage("cycle_not_past", "--history", part, first=str(FIRST_CYCLE), last=str(last))
        years += span
    return sorted(set(years))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Tell everything and write nothing.")
@click.option("--country", help="Whose workbook it should be.")
@click.option("--evidence", multiple=True, type=click.Path(path_type=Path), help="A file it names.")
@click.option("--report", type=click.Path(path_type=Path), help="The report as a document (PDF …).")
@click.option("--received", help="The day of receipt (default: today).")
@click.option("--annotated", type=click.Path(path_type=Path), help="Where a marked copy goes.")
@click.option("--lang", help="Language of the answer (default: the workbook's).")
@REGISTER
@JSON
def intake(
    file: Path,
    dry_run: bool,
    country: str | None,
    evidence: Sequence[Path],
    report: Path | None,
    received: str | None,
    annotated: Path | None,
    lang: str | None,
    address: str | None,
    as_json: bool,
) -> int:
    """Takes in a workbook that a country filled in: all of it, or nothing and all problems."""
    language = check_language(lang) if lang else None
    incoming = submissions.Incoming(
        data=bytes_of(file),
        name=file.name,
        report=None if report is None else evidences.Attachment(report.name, bytes_of(report)),
        evidence=[evidences.Attachment(each.name, bytes_of(each)) for each in evidence],
        country=None if country is None else check_country(country.upper()),
        received_on=a_day("--received", received) if received else None,
    )
    _log()
    try:
        with register.open(_register_for(address, country, incoming.data)) as on:
            receipt = submissions.receive(on, incoming, by=getpass.getuser(), dry_run=dry_run)
    except Refused as refused:
        spoken = language or refused.language or preferred()
        copy = _copied(annotated, incoming.data, refused, spoken)
        _tell_refusal(refused, incoming, spoken, as_json, dry_run, copy)
        return 1
    spoken = language or receipt.language
    if as_json:
        written = not (receipt.dry_run or receipt.again)
        told_ = {"accepted": True, "written": written, "problems": []}
        print_json({**told_, "receipt": receipt.data(spoken)})
    else:
        click.echo("\n".join(receipt.lines(spoken)))
    return 0


def _register_for(address: str | None, country: str | None, data: bytes) -> str:
    """The register meant: the one named, else the embedded one that fits the workbook's country."""
    if address or country or os.environ.get(register.VARIABLE):
        return where(address, country)
    try:
        return where(address, opened(data).identity.country)
    except Refused:
        return where(address)


def bytes_of(path: Path) -> bytes:
    """The bytes of a file; a problem naming it where it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise problem("no_such_file", str(path)) from None
    except OSError as error:
        raise problem("unreadable_file", str(path), error.strerror or "") from None


def _log() -> None:
    """Refusals are logged to the file that A87_LOG names; whoever typed is told in words."""
    logger = logging.getLogger("a87")
    for before in [each for each in logger.handlers if each.name == LOG_VARIABLE]:
        logger.removeHandler(before)
        before.close()
    name = os.environ.get(LOG_VARIABLE)
    handler = (
        logging.FileHandler(name, encoding="utf-8", delay=True) if name else logging.NullHandler()
    )
    handler.name = LOG_VARIABLE
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(handler)


def _copied(path: Path | None, data: bytes, refused: Refused, language: str) -> str | None:
    """Writes the marked copy; a file that cannot be copied safely has none."""
    if path is None:
        return None
    from a87lib.intake.workbooks.annotating import annotated

    try:
        put(path, annotated(data, [*refused.faults, *refused.warnings], language))
    except Problems as unable:
        click.echo(told(unable.problems[0], language), err=True)
        return None
    return str(path)


def _tell_refusal(refused: Refused, incoming: submissions.Incoming, language: str, as_json: bool,
                  dry_run: bool, copy: str | None) -> None:  # fmt: skip
    if as_json:
        print_json({
            "accepted": False,
            "written": False,
            "dry_run": dry_run,
            "name": incoming.name,
            "sha256": incoming.sha256,
            "language": language,
            "problems": [fault.told(language) for fault in refused.faults],
            "warnings": [fault.told(language) for fault in refused.warnings],
            "annotated": copy,
        })  # fmt: skip
        return
    lines = [say("intake.refused", language, file=incoming.name, count=len(refused.faults))]
    lines += [f"[{fault.code}] {told(fault, language)}" for fault in refused.faults]
    lines += [
        say("intake.receipt.warning", language, text=told(fault, language))
        for fault in refused.warnings
    ]
    if copy is not None:
        lines.append(say("intake.copied", language, file=copy))
    click.echo("\n".join(lines), err=True)


def print_json(document: dict[str, Any]) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))
