"""Recording, correcting, loading, erasing, declaring coverage."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from a87lib import register
from a87lib.desk.consistency import refuse_added
from a87lib.desk.stating import shipped, stated
from a87lib.facts import KINDS, Fact, PartialDate, fictional
from a87lib.intake import FactsReader, Shelf, read_shelf, read_yaml
from a87lib.intake.yaml_text import parse_yaml
from a87lib.problems import Problem, Problems, problem
from a87lib.register import Added, Kind, NewEntry, Reader, Register, StoredEntry
from a87lib.register.draft_store import prepare
from a87lib.register.within import as_one, undisturbed

FICTIONAL: dict[bool, Kind] = {True: "fictional", False: "real"}


class Loaded(NamedTuple):
    """What loading a folder came to: entries added, entries on file already."""

    added: int
    known: int


def record(
    on: Register,
    facts: Sequence[Fact],
    *,
    by: str,
    visible_to: Reader | str | None = None,
    dry_run: bool = False,
) -> list[int]:
    """Records facts, all or none: the numbers of their entries.

    by: who records them, where a fact does not say. visible_to: what a conflict may show of what
    is on file. dry_run: only find out whether it would be accepted.
    """
    with undisturbed(on, dry_run=dry_run) as inside:
        numbers = inside.append(stated(facts, by), visible_to=visible_to)
        refuse_added(inside, facts, Added(numbers, numbers))
        return numbers


def correct(
    on: Register,
    no: int,
    fact: Fact,
    *,
    by: str,
    visible_to: Reader | str | None = None,
    dry_run: bool = False,
) -> int:
    """Records a correction of the entry with this number, with the whole new body: its number."""
    if fact.corrects not in (None, no):
        raise problem("corrects_another", fact.where, fact.corrects, no=no)
    new = replace(fact, corrects=no, slot=None)
    return record(on, [new], by=by, visible_to=visible_to, dry_run=dry_run)[0]


def correction_from_yaml(on: Register, no: int, path: Path) -> Fact:
    """The one fact of a file, which takes from the entry it corrects what it does not say itself.

    Raises Problems where the file holds anything but one fact, or there is no such entry.
    """
    stored = on.entry(no)
    return _correction(stored, read_yaml(path), FactsReader(path.name, folder=path.parent))


def correction_from_text(on: Register, no: int, text: str) -> Fact:
    """The same of what somebody typed: it names no file, nor by whom or when it is recorded."""
    stored, name = on.entry(no), f"#{no}"
    fact = _correction(stored, parse_yaml(text, name), FactsReader(name))
    if fact.recorded_by or fact.recorded_at is not None:
        field = "recorded_by" if fact.recorded_by else "recorded_at"
        known = ", ".join(["happened_on", "visibility", "source", *type(fact.body).model_fields])
        raise problem("unknown_field", name, field, field=field, fields=known)
    return fact


def _correction(stored: StoredEntry, content: Any, reader: FactsReader) -> Fact:
    """The one fact of what was read."""
    if isinstance(content, dict) and "facts" in content:
        content = content["facts"]
    nodes = content if isinstance(content, list) else [content]
    if len(nodes) != 1:
        raise problem("not_one_fact", reader.file, len(nodes))
    about: dict[str, Any] = {name: getattr(stored, name) for name in ("kind", "country", "cycle")}
    about |= {"meeting": stored.meeting, "visibility": stored.visibility}
    if isinstance(nodes[0], dict):
        for name, value in {**about, "corrects": stored.no}.items():
            if value is not None:
                nodes[0].setdefault(name, value)
    facts = reader.read(nodes)
    if reader.problems:
        raise Problems(reader.problems)
    return facts[0]


def load(on: Register, folder: Path | Shelf) -> Loaded:
    """Adds what is in a folder and not on file yet; loading it again adds nothing.

    Raises Problems where a fact on file has been changed in the folder (it wants a correction),
    where one contradicts another or what is on file, or where the folder's countries are fictional
    and the register's real, or the other way round.
    """
    shelf = folder if isinstance(folder, Shelf) else read_shelf(folder)
    if kind_of(shelf) != on.kind:
        raise problem(f"folder_in_{on.kind}_register", str(shelf.folder), on.name)
    with undisturbed(on) as inside:
        added = inside.add_missing(shipped(shelf))
        refuse_added(inside, shelf.facts, added)
    return Loaded(len(added.new), len(added.numbers) - len(added.new))


def found(folder: Path | Shelf, where: str) -> tuple[bool, Loaded]:
    """Makes a register from a folder, or loads the folder into the one that is there.

    Returns whether it was made, and what was loaded. A register is seen whole or not at all.
    """
    shelf = folder if isinstance(folder, Shelf) else read_shelf(folder)
    results: list[Loaded] = []
    made = register.make(
        where, kind_of(shelf), name_of(shelf), lambda new: results.append(load(new, shelf))
    )
    prepare(where)
    if made:
        return True, results[0]
    register.bring_up_to_date(where)
    with register.open(where) as on:
        return False, load(on, shelf)


def name_of(shelf: Shelf) -> str:
    """What the folder is called: as its pack.yaml says, else as the folder is."""
    return shelf.folder.resolve().name if shelf.pack is None else shelf.pack.name


def kind_of(shelf: Shelf) -> Kind:
    """Whether the folder's countries are fictional or real; a mixture is a problem."""
    if shelf.pack is not None:
        return FICTIONAL[shelf.pack.fictional]
    kinds = {fictional(fact.country) for fact in shelf.facts if fact.country is not None}
    if len(kinds) > 1:
        raise problem("folder_mixed", str(shelf.folder))
    return FICTIONAL[kinds.pop()] if kinds else "real"


@as_one
def erase(on: Register, numbers: Sequence[int], *, by: str, reason: str | None = None) -> list[int]:
    """Blanks what entries say (personal data), and records that: the numbers of the records.

    Where and when the entries stand in the chain remains, and so do their figures. Raises Problems
    where a document would be left that no entry names any more: it is to be erased itself.
    """
    if len(set(numbers)) < len(numbers):
        raise Problems(
            Problem("erased_already", found=str(no)) for no in set(numbers) if numbers.count(no) > 1
        )
    if left := list(_left(on, numbers)):
        raise Problems(left)
    return on.erase(erasures(on, numbers, by=by, reason=reason), numbers)


def erasures(
    on: Register, numbers: Sequence[int], *, by: str, reason: str | None, document: str = ""
) -> list[NewEntry]:
    """The records of erasures. document: how the entries name one that is erased with them."""
    about = {"reason": reason, "document": document or None}
    said = {name: value for name, value in about.items() if value is not None}
    kind, today = "erasure_recorded", PartialDate.of(on.today())
    bodies = [KINDS[kind].model_validate({"entry": no, **said}) for no in numbers]
    return stated([Fact(kind=kind, when=today, body=body) for body in bodies], by)


def _left(on: Register, numbers: Sequence[int]) -> Iterator[Problem]:
    """The documents whose last readable links are among these entries."""
    for no in numbers:
        if not 0 < no <= on.head().no:
            continue
        body = json.loads(on.entry(no).body_json or "{}")
        sha256 = str(body.get("document", "")).removeprefix("sha256:")
        linked = {each.no for each in on.links(sha256)} if sha256 else set()
        if no in linked and linked <= set(numbers):
            yield Problem("erasure_leaves_document", found=str(no), args={"sha256": sha256})


def declare(
    on: Register,
    *,
    by: str,
    kinds: Sequence[str] | None = None,
    cycles: Sequence[int] | None = None,
    countries: Sequence[str] | None = None,
    until: date | None = None,
) -> int:
    """Declares for what the register is complete (None: for all), and until when: its number.

    Within what is declared, nothing on file means that nothing was received.
    """
    unknown = [kind for kind in kinds or () if kind not in KINDS]
    if unknown:
        raise Problems(Problem("unknown_kind", found=kind, args={"near": ""}) for kind in unknown)
    given = {"kinds": kinds, "cycles": cycles, "countries": countries, "until": until}
    said = {name: value for name, value in given.items() if value is not None}
    body = KINDS["coverage_declared"].model_validate(said)
    when = PartialDate.of(on.today())
    return record(on, [Fact(kind="coverage_declared", when=when, body=body)], by=by)[0]
