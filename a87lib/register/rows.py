"""The rows that go into the register and come out of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import NamedTuple

from a87lib.facts import Visibility

_UNKEPT = re.compile("[\0\ud800-\udfff]")


class ObservationRow(NamedTuple):
    """One figure of an entry, in the columns of the table `observation`.

    value_number is in `unit`, zero is a value; status: value, missing, not_applicable or
    not_assessable; period_start and period_end: a year or an ISO date.
    """

    country: str | None
    indicator: str
    period_start: str
    period_end: str
    sex: str
    age: str
    breakdown: str
    value_number: float | None
    value_text: str | None
    unit: str
    status: str
    nature: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """An entry before the register numbers it.

    happened_on: the first day it may have happened, with precision day, month or year.
    recorded_at: None to have the register stamp it. corrects: an entry's number, or the name or
    label of another entry. name: what other entries of the same batch call it (not kept). label:
    its lasting name, of which there can be one (kept). salt: None for a random one. where: file and
    line, for messages.
    """

    kind: str
    body_json: str
    happened_on: date
    precision: str = "day"
    country: str | None = None
    cycle: int | None = None
    meeting: int | None = None
    recorded_at: datetime | None = None
    recorded_by: str = ""
    corrects: int | str | None = None
    withdrawn: bool = False
    slot: str | None = None
    visibility: Visibility = "public"
    source: str = ""
    label: str | None = None
    name: str | None = None
    salt: str | None = None
    observations: Sequence[ObservationRow] = ()
    where: str = ""


class StoredEntry(NamedTuple):
    """An entry as the register holds it; body_json is None where it was erased."""

    no: int
    kind: str
    country: str | None
    cycle: int | None
    meeting: int | None
    happened_on: date
    precision: str
    recorded_at: datetime
    recorded_by: str
    corrects: int | None
    withdrawn: bool
    slot: str | None
    visibility: Visibility
    source: str
    label: str | None
    hash: str
    body_json: str | None
    observations: tuple[ObservationRow, ...] = ()


class Head(NamedTuple):
    """The end of the chain: the number and the hash of the last entry."""

    no: int
    hash: str

    def __str__(self) -> str:
        return f"{self.no}:{self.hash}"

    @classmethod
    def of(cls, text: str) -> Head:
        """A head from `number:hash`; ValueError where it is not one."""
        no, _, digest = text.partition(":")
        if not no.isdecimal() or len(digest) != 64:
            raise ValueError(f"{text!r} is not number:hash")
        return cls(int(no), digest.lower())


def unkept(values: Iterable[object]) -> str:
    """The first character among texts that no database keeps (NUL, half of a sign); else empty."""
    found = (_UNKEPT.search(value) for value in values if isinstance(value, str))
    return next((f"U+{ord(each[0]):04X}" for each in found if each), "")


def instant_text(instant: datetime) -> str:
    """The instant as kept: UTC, always to the microsecond, so that texts sort as instants do."""
    if instant.tzinfo is None:
        raise ValueError(f"{instant.isoformat()} has no time zone")
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")
