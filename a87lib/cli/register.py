"""`a87 init`, `load`, `record`, `correct`, `erase` and `verify`: the register."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from a87lib import register
from a87lib.cli.findings import where
from a87lib.cli.options import DRY_RUN, about_the_register
from a87lib.desk import evidence, records
from a87lib.facts import Fact, fictional
from a87lib.intake import Shelf, facts_from_yaml, read_shelf
from a87lib.language import say
from a87lib.problems import problem, usage
from a87lib.register import Head

SHIPPED = Path("data/pathfinders")

_file = click.argument("file", type=click.Path(path_type=Path))


@click.command()
@click.option(
    "--from", "folder", type=click.Path(path_type=Path), default=SHIPPED, show_default=True
)
@about_the_register
def init(folder: Path, address: str | None, language: str, as_json: bool) -> int:
    """Makes a register and loads a folder of facts; a register that is there is kept."""
    shelf = read_shelf(folder)
    where = _fitting_folder(address, shelf)
    made, loaded = records.found(shelf, where)
    shown = str(register.Address.of(where))
    key = "register.made" if made else "register.there"
    told = {"register": shown, "made": made, "added": loaded.added, "known": loaded.known}
    return _tell(told, [(key, {"register": shown}), _loaded(loaded)], language, as_json)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@about_the_register
def load(folder: Path, address: str | None, language: str, as_json: bool) -> int:
    """Adds to the register what is in FOLDER and not on file yet."""
    shelf = read_shelf(folder)
    with register.open(_fitting_folder(address, shelf)) as on:
        loaded = records.load(on, shelf)
        told = {"register": str(on.address), "added": loaded.added, "known": loaded.known}
    return _tell(told, [_loaded(loaded)], language, as_json)


@click.command()
@_file
@DRY_RUN
@about_the_register
def record(file: Path, dry_run: bool, address: str | None, language: str, as_json: bool) -> int:
    """Records the facts of FILE, written as in a case; all of them, or none."""
    facts = facts_from_yaml(file)
    if not facts:
        raise problem("no_facts_in_file", file.name)
    with register.open(_fitting_facts(address, facts)) as on:
        numbers = records.record(on, facts, by=getpass.getuser(), dry_run=dry_run)
        return _recorded(str(on.address), numbers, dry_run, language, as_json)


@click.command()
@click.argument("no", type=click.IntRange(min=1))
@_file
@DRY_RUN
@about_the_register
def correct(
    no: int, file: Path, dry_run: bool, address: str | None, language: str, as_json: bool
) -> int:
    """Corrects entry NO by the one fact of FILE, which need not repeat kind, country and cycle."""
    with register.open(register.chosen(address)) as on:
        fact = records.correction_from_yaml(on, no, file)
        new = records.correct(on, no, fact, by=getpass.getuser(), dry_run=dry_run)
        return _recorded(str(on.address), [new], dry_run, language, as_json)


@click.command()
@click.argument("numbers", nargs=-1, type=click.IntRange(min=1), metavar="NO…")
@click.option("--document", help="SHA-256 of a received document, erased with all its links.")
@click.option("--reason", help="Why; kept in the register, so without personal data.")
@about_the_register
def erase(
    numbers: tuple[int, ...],
    document: str | None,
    reason: str | None,
    address: str | None,
    language: str,
    as_json: bool,
) -> int:
    """Blanks what entries NO… say (personal data) and records it; their place and hash stay.

    With --document it blanks the bytes of a received document and what its links say. The reason,
    the digest and the chain stay, and `a87 verify` says that it is in order.
    """
    if bool(numbers) == (document is not None):
        raise usage("missing_option", found="NO… / --document")
    if document is not None:
        return _erase_document(document, reason, address, language, as_json)
    with register.open(register.chosen(address)) as on:
        done = records.erase(on, numbers, by=getpass.getuser(), reason=reason)
        told = {"register": str(on.address), "erased": list(numbers), "records": done}
    args = {"numbers": _listed(numbers), "records": _listed(done)}
    return _tell(told, [("register.erased", args)], language, as_json)


def _erase_document(
    document: str, reason: str | None, address: str | None, language: str, as_json: bool
) -> int:
    if not (reason or "").strip():
        raise usage("missing_option", found="--reason")
    sha256 = document.strip().lower().removeprefix("sha256:")
    with register.open(register.chosen(address)) as on:
        linked = [entry.no for entry in on.links(sha256)]
        done = list(evidence.erase(on, sha256, by=getpass.getuser(), reason=reason))
        told: dict[str, Any] = {"register": str(on.address), "document": sha256}
    args = {"numbers": _listed(linked), "records": _listed(done), "sha256": sha256}
    told |= {"erased": linked, "records": done}
    return _tell(told, [("register.document_erased", args)], language, as_json)


@click.command()
@click.option(
    "--head", "noted", help="An end of the chain noted earlier or elsewhere: number:hash."
)
@about_the_register
def verify(noted: str | None, address: str | None, language: str, as_json: bool) -> int:
    """Checks every entry, figure and link of the register; status 1 if it was tampered with."""
    try:
        given = None if noted is None else Head.of(noted)
    except ValueError:
        raise usage("not_a_head", "--head", noted) from None
    with register.open(register.chosen(address)) as on:
        found = on.verify(given)
        head = on.head()
        shown = str(on.address)
    wrong = [d for d in found if d.tampering]
    listed = [
        {"code": d.code, "entry": d.no, "detail": d.detail, "tampering": d.tampering} for d in found
    ]
    told = {"register": shown, "head": str(head), "sound": not wrong, "found": listed}
    lines: list[tuple[str, dict[str, Any]]] = [
        (f"verify.{d.code}", {"no": d.no, "detail": d.detail}) for d in found
    ]
    closing = {"entries": head.no, "count": len(wrong) or head.no, "head": str(head)}
    lines.append(("verify.unsound" if wrong else "verify.sound", closing))
    _tell(told, lines, language, as_json)
    return 1 if wrong else 0


def _fitting_folder(address: str | None, shelf: Shelf) -> str:
    """The register meant: the one named, or the embedded one that has the folder's name."""
    return register.chosen(address, f"data/{records.name_of(shelf)}.db")


def _fitting_facts(address: str | None, facts: Iterable[Fact]) -> str:
    """The register meant: the one named, or the embedded one that fits the countries."""
    named = (fact.country for fact in facts if fact.country is not None)
    return where(address, next(filter(fictional, named), None))


def _recorded(where: str, numbers: list[int], dry_run: bool, language: str, as_json: bool) -> int:
    told = {"register": where, "entries": numbers, "written": not dry_run}
    key = "register.would_record" if dry_run else "register.recorded"
    args = {"numbers": _listed(numbers), "register": where}
    return _tell(told, [(key, args)], language, as_json)


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))


def _loaded(loaded: records.Loaded) -> tuple[str, dict[str, Any]]:
    return "register.loaded", {**loaded._asdict(), "count": loaded.added}


def _tell(
    told: dict[str, Any], lines: list[tuple[str, dict[str, Any]]], language: str, as_json: bool
) -> int:
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for key, args in lines:
            click.echo(say(key, language, **args))
    return 0
