"""Entries made ready to be written: references resolved, rules of the register checked."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from a87lib.facts import VISIBILITIES, fictional
from a87lib.problems import Problem, Problems
from a87lib.register.conflicts import Conflict
from a87lib.register.reading import CHUNK, Wanted, read
from a87lib.register.rows import NewEntry, instant_text, unkept
from a87lib.register.tables import entry, possible
from a87lib.register.visibility import Reader

_KNOWN = ("no", "kind", "country", "cycle", "meeting", "visibility", "recorded_at", "slot", "label")


@dataclass(frozen=True, slots=True)
class _Known:
    """What a later entry needs to know of an earlier one."""

    no: int
    kind: str
    country: str | None
    cycle: int | None
    meeting: int | None
    visibility: Any
    recorded_at: str
    slot: str | None
    label: str | None


@dataclass
class Batch:
    """What is on file that concerns the entries to be written, and what they are in conflict with.

    kind: of the register (real, fictional). reader: who writes, so that a conflict shows nothing
    that the writer may not see; None where it may be all.
    """

    connection: Connection
    kind: str
    reader: Reader | None = None
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._known: dict[int, _Known] = {}
        self._corrected: dict[int, int] = {}
        self._slots: dict[str, int] = {}
        self._labels: dict[str, int] = {}
        self._names: dict[str, int] = {}

    def look_up(self, entries: Sequence[NewEntry]) -> None:
        """Reads, in a few queries, what is on file under the numbers, slots and labels named.

        Raises Problems for every entry with a text that cannot be kept.
        """
        for new in entries:
            said = (new.body_json, new.source, new.recorded_by, new.slot, new.label)
            if sign := unkept((*said, *(value for row in new.observations for value in row))):
                self._refuse("null_character", new, sign)
        self.finish()
        texts = [e.corrects for e in entries if isinstance(e.corrects, str)]
        self._load(entry.c.label.in_, [e.label for e in entries if e.label] + texts)
        self._load(entry.c.slot.in_, [e.slot for e in entries if e.slot])
        corrected = (e.corrects for e in entries if isinstance(e.corrects, int))
        self._load(entry.c.no.in_, possible(corrected))

    def _load(self, condition: Callable[[Any], ColumnElement[bool]], values: list[Any]) -> None:
        for piece in _pieces(values):
            query = select(*(entry.c[name] for name in _KNOWN)).where(condition(piece))
            numbers = []
            for row in self.connection.execute(query).all():
                self.remember(_Known(*row))
                numbers.append(row[0])
            later = select(entry.c.corrects, entry.c.no).where(entry.c.corrects.in_(numbers))
            self._corrected |= {row[0]: row[1] for row in self.connection.execute(later)}

    def remember(self, known: _Known, corrects: int | None = None, name: str | None = None) -> None:
        """Takes note of an entry, of what it corrects and of what the batch calls it."""
        self._known[known.no] = known
        if known.slot is not None:
            self._slots[known.slot] = known.no
        if known.label is not None:
            self._labels[known.label] = known.no
        if corrects is not None:
            self._corrected[corrects] = known.no
        if name is not None:
            self._names[name] = known.no

    def labelled(self, label: str | None) -> int | None:
        """The number of the entry with the label, if there is one."""
        return self._labels.get(label) if label is not None else None

    def call(self, new: NewEntry, no: int) -> None:
        """Lets later entries of the batch refer to one on file by its name."""
        if no not in self._known:
            self._load(entry.c.no.in_, [no])
        if new.name is not None:
            self._names[new.name] = no

    def resolved(self, new: NewEntry) -> NewEntry:
        """The entry with the number of what it corrects, and with what it takes over from that."""
        if new.corrects is None:
            return new
        target = self._target(new)
        if target is None:
            self._refuse("corrects_unknown", new, new.corrects)
            return replace(new, corrects=None)
        if new.kind != target.kind:
            self._refuse("corrects_other_kind", new, new.kind, kind=target.kind, no=target.no)
        if new.country is not None and new.country != target.country:
            about = target.country or "–"
            self._refuse("corrects_other_country", new, new.country, country=about, no=target.no)
        return replace(
            new,
            corrects=target.no,
            country=target.country,
            cycle=target.cycle if new.cycle is None else new.cycle,
            meeting=target.meeting if new.meeting is None else new.meeting,
            slot=None,  # the first entry of the chain holds it
            visibility=min(new.visibility, target.visibility, key=VISIBILITIES.index),
        )

    def _target(self, new: NewEntry) -> _Known | None:
        if isinstance(new.corrects, int):
            return self._known.get(new.corrects)
        no = self._names.get(new.corrects or "", self._labels.get(new.corrects or ""))
        return None if no is None else self._known.get(no)

    def stamped(self, new: NewEntry, stamp: str) -> str:
        """When a resolved entry is recorded: as it says or now, never before what it corrects."""
        if new.recorded_at is not None:
            return instant_text(new.recorded_at)
        if isinstance(new.corrects, int):
            return max(stamp, self._known[new.corrects].recorded_at)
        return stamp

    def check(self, new: NewEntry, recorded_at: str) -> None:
        """Notes what the register refuses about a resolved entry; a Conflict is raised at once."""
        countries = {new.country, *(row.country for row in new.observations)} - {None}
        for country in sorted(str(code) for code in countries):
            if fictional(country) != (self.kind == "fictional"):
                self._refuse(f"country_in_{self.kind}_register", new, country)
        for value in (row.value_number for row in new.observations):
            if value is not None and not math.isfinite(value):
                self._refuse("not_finite", new, value)
        if isinstance(new.corrects, int):
            earlier = self._known[new.corrects].recorded_at
            if recorded_at < earlier:
                args = {"no": new.corrects, "earlier": earlier}
                self._refuse("recorded_before_corrected", new, recorded_at, **args)
            first = self._corrected.get(new.corrects)
            self._conflict("corrected_already", new, first, new.corrects)
        if new.slot is not None:
            self._conflict("slot_taken", new, self._slots.get(new.slot), new.slot)
        if new.label is not None and new.label in self._labels:
            self._refuse("label_taken", new, new.label, no=self._labels[new.label])

    def written(self, new: NewEntry, no: int, recorded_at: str) -> None:
        """Takes note of an entry of this batch, for those that follow."""
        known = _Known(
            no, new.kind, new.country, new.cycle, new.meeting, new.visibility, recorded_at,
            new.slot, new.label,
        )  # fmt: skip
        corrects = new.corrects if isinstance(new.corrects, int) else None
        self.remember(known, corrects, new.name)

    def finish(self) -> None:
        """Raises every problem that was noted."""
        if self.problems:
            raise Problems(self.problems)

    def _conflict(self, code: str, new: NewEntry, first: int | None, subject: object) -> None:
        if first is None:
            return
        stored = next(read(self.connection, Wanted(numbers=[first], visible_to=self.reader)), None)
        if stored is None and self.reader is None:  # it stands in this very batch
            self._refuse(f"{code}_twice", new, subject)
            return
        self.finish()
        raise Conflict(code, new, stored, subject)

    def _refuse(self, code: str, new: NewEntry, found: object, **args: object) -> None:
        self.problems.append(Problem(code, new.where, str(found), args))


def _pieces(values: Iterable[Any]) -> Iterator[list[Any]]:
    unique = sorted(set(values))
    for start in range(0, len(unique), CHUNK):
        yield unique[start : start + CHUNK]
