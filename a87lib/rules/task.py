"""Something to do that the texts ask of secretariat, working group, chair or GCM."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from a87lib.facts import Entry, in_order

SECRETARIAT, WORKING_GROUP, CHAIR, GCM = "secretariat", "working_group", "chair", "gcm"
OWNERS = (SECRETARIAT, WORKING_GROUP, CHAIR, GCM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something to do that a paragraph of the texts asks for.

    paragraph: where it comes from. owner: one of OWNERS (catalogue `task.owner.<owner>`), or the
    owner's name as agreed at a meeting. what: the key of its sentence (`task.<what>`). country,
    meeting, cycle: what it is about. sign: the sign to report. text: what was agreed, in the words
    of the record. due: the last day (None: the text sets no time). since: the day it came up, by
    the entry `because` (None: by the calendar). done_by, done_on: the entry that shows it done, and
    its day. state: done, open, or ask where nothing is on file and the register is not complete.
    """

    paragraph: str
    owner: str
    what: str
    since: date
    state: str
    because: int | None = None
    country: str | None = None
    meeting: int | None = None
    cycle: int | None = None
    sign: str | None = None
    text: str | None = None
    due: date | None = None
    done_by: int | None = None
    done_on: date | None = None

    def overdue(self, asof: date) -> bool:
        """Whether its due date has passed and nothing shows it done."""
        return self.state != "done" and self.due is not None and self.due < asof


class Done(TypedDict):
    """Whether a task is done: as in `Task`."""

    state: str
    done_by: int | None
    done_on: date | None


@dataclass(frozen=True, slots=True)
class Shown:
    """What would show a task done, and whether the register is complete for it."""

    entries: Sequence[Entry]
    covered: bool

    @property
    def told(self) -> Done:
        """What a task says of it."""
        first = min(self.entries, key=in_order, default=None)
        if first is None:
            return Done(state="open" if self.covered else "ask", done_by=None, done_on=None)
        return Done(state="done", done_by=first.no, done_on=first.when.last)


def answering(entries: Sequence[Entry], trigger: Entry) -> list[Entry]:
    """The entries that can answer the trigger: none that happened before it."""
    return [entry for entry in entries if entry.when.last >= trigger.when.first]
