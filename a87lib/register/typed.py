"""Stored entries as the domain sees them: with a typed body."""

from __future__ import annotations

import calendar
from datetime import date
from functools import lru_cache
from typing import Any, cast, get_origin

from a87lib.facts import KINDS, Body, Entry, Observation, PartialDate
from a87lib.facts.when import Precision
from a87lib.framework import ERASED
from a87lib.register.rows import ObservationRow, StoredEntry


def typed(stored: StoredEntry) -> Entry:
    """The entry with its body as a model of its kind."""
    return Entry(
        no=stored.no,
        kind=stored.kind,
        when=when(stored.happened_on, stored.precision),
        recorded_at=stored.recorded_at,
        body=body(stored),
        country=stored.country,
        cycle=stored.cycle,
        meeting=stored.meeting,
        recorded_by=stored.recorded_by,
        corrects=stored.corrects,
        withdrawn=stored.withdrawn,
        slot=stored.slot,
        visibility=stored.visibility,
        source=stored.source,
        observations=tuple(map(figure, stored.observations)),
        erased=stored.body_json is None,
    )


def body(stored: StoredEntry) -> Body:
    """The body as a model of its kind; of an erased or withdrawn entry one with nothing in it."""
    model = KINDS[stored.kind]
    if stored.body_json is None:
        return model.model_construct(**_nothing(model))
    if stored.withdrawn and stored.body_json == "{}":
        return Body()
    return model.model_validate_json(stored.body_json)


@lru_cache(maxsize=4096)
def when(first: date, precision: str) -> PartialDate:
    """The days that an entry may have happened on."""
    last = first
    if precision == "month":
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    elif precision == "year":
        last = date(first.year, 12, 31)
    return PartialDate(first, last, cast(Precision, precision))


def figure(row: ObservationRow) -> Observation:
    """A figure as the domain sees it; it was checked when it came in."""
    return Observation.model_construct(**row._asdict())


@lru_cache(maxsize=256)
def _nothing(model: type[Body]) -> dict[str, Any]:
    required = {
        n: field.annotation for n, field in model.model_fields.items() if field.is_required()
    }
    return {
        name: ERASED if kind is str else [] if get_origin(kind) is list else None
        for name, kind in required.items()
    }
