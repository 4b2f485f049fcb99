"""`a87 backup` and `a87 restore`: everything that is kept, into one file and back."""

from __future__ import annotations

import getpass
import json
import time
from pathlib import Path
from typing import Any

import click

from a87lib import register
from a87lib.cli.options import JSON, LANG, about_the_register
from a87lib.desk import backup as backups
from a87lib.desk.acting import Acting
from a87lib.desk.backup import Taken
from a87lib.language import say


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@about_the_register
def backup(file: Path, address: str | None, language: str, as_json: bool) -> int:
    """Writes entries, persons, documents and drafts to FILE, while others go on working.

    FILE holds everything, personal names too: keep it where nobody else reads it.
    """
    started = time.monotonic()
    with register.open(register.chosen(address)) as on:
        taken = backups.backup(on, Acting(getpass.getuser(), alone=True), file)
    return _tell("backup.taken", taken, str(file), started, language, as_json)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--register", "address", required=True, help="Where to make the register.")
@LANG
@JSON
def restore(file: Path, address: str, language: str, as_json: bool) -> int:
    """Makes a register from FILE at a place where there is none, and verifies it."""
    started = time.monotonic()
    taken = backups.restore(file, address)
    shown = str(register.Address.of(address))
    return _tell("backup.restored", taken, shown, started, language, as_json)


def _tell(key: str, taken: Taken, path: str, started: float, language: str, as_json: bool) -> int:
    told: dict[str, Any] = {
        "path": path,
        "head": str(taken.head),
        "entries": taken.head.no,
        "persons": taken.persons,
        "documents": taken.documents,
        "drafts": taken.drafts,
    }
    if as_json:
        told |= {"seconds": round(time.monotonic() - started, 3)}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        click.echo(say(key, language, **told))
    return 0
