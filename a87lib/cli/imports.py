"""`a87 import`: public statistics into the register."""

from __future__ import annotations

import getpass
import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from a87lib import register
from a87lib.cli.options import about_the_register
from a87lib.desk import statistics
from a87lib.desk.statistics import Change, Receipt
from a87lib.facts import Observation
from a87lib.intake.statistics import FAMILIES, Reading, Said, read_corrections, receive
from a87lib.intake.statistics.corrections import RECORDS
from a87lib.intake.statistics.reading import read_all
from a87lib.language import say, told
from a87lib.problems import Problem, Problems, problem

SHOWN = 20
"""Changed figures that are printed one by one; --json has all of them."""


@click.command("import")
@click.argument("family", type=click.Choice(FAMILIES))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--dry-run", is_flag=True, help="Tell everything, write nothing.")
@about_the_register
@click.option("--edition", default="", help="Name of the edition, where the file does not say.")
@click.option(
    "--on",
    "published",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Day of the edition, where the file does not say; else today.",
)
@click.option("--year", default="", help="Reporting year (ilab), where the name does not say.")
@click.option(
    "--corrections",
    type=click.Path(path_type=Path),
    default=RECORDS,
    help="Records of known errors of the sources, if not those of data/reference.",
)
def import_(
    family: str,
    files: tuple[Path, ...],
    address: str | None,
    dry_run: bool,
    as_json: bool,
    language: str,
    edition: str,
    published: datetime | None,
    year: str,
    corrections: Path,
) -> int:
    """Adds the public figures of FILE… that indicators ask for: all files, or none."""
    said = Said(edition, None if published is None else published.date(), year)
    readings: list[Reading] = []
    try:
        received = [receive(file) for file in _there(files)]
        readings = read_all(family, received, said, read_corrections(corrections))
        with register.open(register.chosen(address)) as on:
            receipt = statistics.receive(on, readings, by=getpass.getuser(), dry_run=dry_run)
            where = str(on.address)
    except Problems as refused:
        return _refused(refused, readings, language, as_json)
    if as_json:
        click.echo(_text(_document(readings, receipt, where, dry_run)))
        return 0
    for reading in readings:
        _tell_reading(reading, language)
    _tell_receipt(receipt, where, dry_run, language)
    return 0


def _there(files: tuple[Path, ...]) -> list[Path]:
    """The files, once each; the problems of all that are not there."""
    missing = [
        Problem("no_such_file", path.name, path.name) for path in files if not path.is_file()
    ]
    if missing:
        raise Problems(missing)
    if len(set(files)) < len(files):
        twice = dict.fromkeys(path.name for path in files if files.count(path) > 1)
        raise problem("statistics_same_file", found=", ".join(twice))
    return list(files)


def _refused(refused: Problems, readings: list[Reading], language: str, as_json: bool) -> int:
    """Tells what is wrong, and what of the files could be read; nothing was written."""
    if as_json:
        listed = [
            {"code": p.code, "where": p.where, "found": p.found, "told": told(p, language)}
            for p in refused.problems
        ]
        click.echo(_text({"written": False, "problems": listed, "files": _files(readings)}))
        return refused.exit_status
    for each in refused.problems:
        click.echo(told(each, language), err=True)
    for reading in readings:
        _tell_reading(reading, language)
    if readings:
        click.echo(say("statistics.nothing_written", language))
    return refused.exit_status


def _tell_reading(reading: Reading, language: str) -> None:
    kept = len(reading.figures)
    left = sum(reading.left_out.values())
    counts = {"read": reading.read, "kept": kept, "left": left, "refused": reading.refused}
    click.echo(
        say("statistics.file", language, file=reading.file, edition=reading.edition, **counts)
    )
    for series, count in sorted(Counter(placed.series for placed in reading.figures).items()):
        click.echo("  " + say("statistics.series", language, series=series, figures=count))
    reasons = dict.fromkeys(why for why, _ in sorted(reading.left_out))
    for why in reasons:
        found = reading.summed(why)
        named = ", ".join(f"{about} ({n})" if about else str(n) for about, n in found.items())
        args = {"figures": sum(found.values()), "about": named}
        click.echo("  " + say(f"statistics.left.{why}", language, **args))
    for remark in reading.remarks:
        args = {"id": remark.correction, "where": remark.where}
        args |= {"expected": remark.expected, "found": remark.found}
        click.echo("  " + say(f"statistics.correction.{remark.key}", language, **args))


def _tell_receipt(receipt: Receipt, where: str, dry_run: bool, language: str) -> None:
    counts = {
        "added": receipt.added,
        "changed": len(receipt.changed),
        "unchanged": receipt.unchanged,
        "older": receipt.older,
    }
    click.echo(say("statistics.receipt", language, **counts))
    for change in receipt.changed[:SHOWN]:
        click.echo("  " + say("statistics.changed", language, **_changed(change)))
    if len(receipt.changed) > SHOWN:
        more = len(receipt.changed) - SHOWN
        click.echo("  " + say("statistics.more_changed", language, more=more))
    for series, count in sorted(receipt.absent.items()):
        click.echo("  " + say("statistics.absent", language, series=series, figures=count,
                              count=count))  # fmt: skip
    key = "statistics.would_write" if dry_run else "statistics.written"
    count = len(receipt.entries)
    args = {"entries": count, "count": count, "register": where}
    click.echo(say(key if receipt.entries else "statistics.nothing_new", language, **args))


def _changed(change: Change) -> dict[str, Any]:
    row = change.now
    about = " ".join(filter(None, (row.indicator, row.years, row.sex, row.age, row.breakdown)))
    return {
        "country": row.country,
        "series": change.series,
        "about": about,
        "was": _value(change.was),
        "now": _value(row),
        "entry": change.entry,
    }


def _value(row: Observation) -> str:
    """A value as its digits or word, with the status where it is none."""
    value = row.value_text or "" if row.value_number is None else f"{row.value_number:.12g}"
    return value if row.status == "value" else f"{value} [{row.status}]".strip()


def _document(
    readings: list[Reading], receipt: Receipt, where: str, dry_run: bool
) -> dict[str, Any]:
    return {
        "register": where,
        "written": bool(receipt.entries) and not dry_run,
        "files": _files(readings),
        "entries": receipt.entries,
        "added": receipt.added,
        "changed": [_changed(change) for change in receipt.changed],
        "unchanged": receipt.unchanged,
        "older": receipt.older,
        "absent": receipt.absent,
    }


def _files(readings: list[Reading]) -> list[dict[str, Any]]:
    return [
        {
            "file": reading.file,
            "sha256": reading.sha256,
            "form": reading.form,
            "edition": reading.edition,
            "read": reading.read,
            "kept": len(reading.figures),
            "refused": reading.refused,
            "series": dict(sorted(Counter(p.series for p in reading.figures).items())),
            "left_out": {
                why: reading.summed(why) for why in sorted({why for why, _ in reading.left_out})
            },
            "corrections": [remark._asdict() for remark in reading.remarks],
        }
        for reading in readings
    ]


def _text(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2)
