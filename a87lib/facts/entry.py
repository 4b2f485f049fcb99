"""An entry of the register as the domain sees it, and a fact before it becomes one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from a87lib.facts.body import VISIBILITIES, Body, Visibility
from a87lib.facts.observation import Observation
from a87lib.facts.when import PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry: what was said, of when, when and by whom it was recorded.

    no: its number in the register (in a case: its place). cycle: the reporting cycle, the year in
    whose April the report is due. corrects: the entry that it replaces; withdrawn: it replaces it
    by nothing. visibility: the narrowest circle that may see it. body: the model of its kind.
    erased: what it said was blanked and is not known; day, kind, cycle and figures stand.
    """

    no: int
    kind: str
    when: PartialDate
    recorded_at: datetime
    body: Any
    country: str | None = None
    cycle: int | None = None
    meeting: int | None = None
    recorded_by: str = ""
    corrects: int | None = None
    withdrawn: bool = False
    slot: str | None = None
    visibility: Visibility = "public"
    source: str = ""
    observations: tuple[Observation, ...] = ()
    erased: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A fact as somebody states it, before the register numbers it.

    label: the file's own name for it; corrects: another fact's label, or an entry's number. line:
    where it stands in its file.
    """

    kind: str
    when: PartialDate
    body: Body
    label: str | None = None
    country: str | None = None
    cycle: int | None = None
    meeting: int | None = None
    recorded_at: datetime | None = None
    recorded_by: str = ""
    corrects: str | int | None = None
    withdrawn: bool = False
    slot: str | None = None
    visibility: Visibility = "public"
    source: str = ""
    observations: tuple[Observation, ...] = ()
    file: str = ""
    line: int = 0

    @property
    def where(self) -> str:
        """File and line, as problems name them."""
        return f"{self.file}:{self.line}" if self.file else f"{self.line}"

    def entry(self, no: int, recorded_at: datetime, corrects: int | None) -> Entry:
        """The entry with this number."""
        return Entry(
            no=no,
            kind=self.kind,
            when=self.when,
            recorded_at=recorded_at,
            body=self.body,
            country=self.country,
            cycle=self.cycle,
            meeting=self.meeting,
            recorded_by=self.recorded_by,
            corrects=corrects,
            withdrawn=self.withdrawn,
            slot=self.slot,
            visibility=self.visibility,
            source=self.source,
            observations=self.observations,
        )


def body_dict(body: Body) -> dict[str, Any]:
    """The body as plain data, without the fields that were not stated."""
    return body.model_dump(mode="json", exclude_unset=True, exclude_none=True)


def canonical(data: Any) -> str:
    """Canonical JSON: keys sorted, no spaces, UTF-8 as it is; the same data, the same text."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sees(reader: Visibility, visibility: Visibility) -> bool:
    """Whether a reader of the circle `reader` may see what is meant for `visibility`."""
    return VISIBILITIES.index(visibility) >= VISIBILITIES.index(reader)
