"""`a87 evidence`: a document kept as evidence of a country's progress."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Any

import click

from a87lib import framework, register
from a87lib.cli.findings import check_country, where
from a87lib.cli.intake import bytes_of, print_json
from a87lib.cli.options import DRY_RUN, about_the_register
from a87lib.desk import evidence as evidences
from a87lib.language import say
from a87lib.problems import usage


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--country", required=True, help="Whose evidence it is.")
@click.option("--cycle", type=click.IntRange(2000, 2100), required=True, help="Of which cycle.")
@click.option("--type", "kind", required=True, help="Type of evidence (survey, evaluation …).")
@click.option("--title", required=True, help="Its title.")
@click.option("--about", help="Action, priority or indicator that it is about.")
@click.option("--visibility", default="country", show_default=True, help="Who may see it.")
@click.option("--source", default="", help="Where it comes from.")
@DRY_RUN
@about_the_register
def evidence(file: Path, country: str, cycle: int, kind: str, dry_run: bool, language: str,
             address: str | None, as_json: bool, **about: Any) -> int:  # fmt: skip
    """Keeps FILE whole as evidence of a country's progress; it is never opened or run."""
    _check_codes(kind, about["visibility"])
    code = check_country(country.upper())
    stated = evidences.Evidence(country=code, cycle=cycle, type=kind, **about)
    attachment = evidences.Attachment(file.name, bytes_of(file))
    with register.open(where(address, code)) as on:
        number = evidences.keep(on, stated, attachment, by=getpass.getuser(), dry_run=dry_run)
    kept = attachment.document
    args = {"name": file.name, "type": kept.media_type, "sha256": kept.sha256}
    if as_json:
        print_json({"entry": number, "written": not dry_run, **args})
    else:
        click.echo(say("intake.evidence_kept", language, number=number, **args))
    return 0


def _check_codes(kind: str, visibility: str) -> None:
    for option, value, vocabulary in (
        ("--type", kind, "evidence_type"), ("--visibility", visibility, "visibility"),
    ):  # fmt: skip
        codes = framework.load().vocabulary(vocabulary)
        if value not in codes:
            raise usage("unknown_code", option, value, expected=", ".join(codes))
