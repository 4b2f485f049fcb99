"""Facts made into entries: by whom and when recorded, in which slot, under which salt."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from a87lib.facts import KINDS, Fact, body_dict, canonical, instant
from a87lib.intake import Pack, Shelf
from a87lib.register import NewEntry, ObservationRow
from a87lib.register.chain import derived_salt


def stated(facts: Iterable[Fact], by: str) -> list[NewEntry]:
    """Facts that somebody records now: the register stamps them unless they say when."""
    return [_entry(fact, by=by, recorded_at=fact.recorded_at, name=fact.label) for fact in facts]


def shipped(shelf: Shelf) -> list[NewEntry]:
    """The facts of a folder, so that the same folder always makes the same chain.

    A fact's lasting label is the path of its file and its own id. Without a pack.yaml the facts are
    stamped by the register and salted at random.
    """
    entries: list[NewEntry] = []
    recorded: dict[str, datetime] = {}
    for path, facts in shelf.files.items():
        for fact in facts:
            label = None if fact.label is None else f"{path}#{fact.label}"
            corrects = (
                f"{path}#{fact.corrects}" if isinstance(fact.corrects, str) else fact.corrects
            )
            recorded_at = _recorded_at(fact, shelf.pack, recorded.get(str(corrects)))
            if label is not None and recorded_at is not None:
                recorded[label] = recorded_at
            by = shelf.folder.resolve().name if shelf.pack is None else shelf.pack.name
            secret = None if shelf.pack is None else shelf.pack.salt
            entries.append(
                _entry(
                    fact,
                    by=by,
                    recorded_at=recorded_at,
                    name=label,
                    label=label,
                    corrects=corrects,
                    secret=secret,
                )
            )
    return entries


def _recorded_at(fact: Fact, pack: Pack | None, corrected: datetime | None) -> datetime | None:
    """When a shipped fact was recorded; a correction never before what it corrects."""
    if fact.recorded_at is not None or pack is None:
        return fact.recorded_at
    if pack.recorded is None:
        return pack.recorded_at
    day = instant(fact.when.last)
    return day if corrected is None else max(day, corrected)


def _entry(
    fact: Fact,
    *,
    by: str,
    recorded_at: datetime | None,
    name: str | None,
    label: str | None = None,
    corrects: int | str | None = None,
    secret: str | None = None,
) -> NewEntry:
    body = canonical(body_dict(fact.body))
    about = [fact.kind, fact.country, fact.cycle, fact.meeting, str(fact.when), label, body]
    return NewEntry(
        kind=fact.kind,
        body_json=body,
        happened_on=fact.when.first,
        precision=fact.when.precision,
        country=fact.country,
        cycle=fact.cycle,
        meeting=fact.meeting,
        recorded_at=recorded_at,
        recorded_by=fact.recorded_by or by,
        corrects=fact.corrects if corrects is None else corrects,
        withdrawn=fact.withdrawn,
        slot=slot_of(fact),
        visibility=fact.visibility,
        source=fact.source,
        label=label,
        name=name,
        salt=None if secret is None else derived_salt(secret, about),
        observations=[
            ObservationRow(*(getattr(row, name) for name in ObservationRow._fields))
            for row in fact.observations
        ],
        where=fact.where,
    )


def slot_of(fact: Fact) -> str | None:
    """The slot of what there can be only one first of, such as the conclusion on a criterion."""
    fields = KINDS[fact.kind].one_per
    if fact.slot is not None or fields is None or fact.corrects is not None:
        return fact.slot
    envelope = {"country": fact.country, "cycle": fact.cycle, "meeting": fact.meeting}
    values = (envelope[f] if f in envelope else getattr(fact.body, f) for f in fields)
    return ":".join([fact.kind, *map(str, values)])
