"""A country's status over time, from valid decisions alone (INT-07, INT-16, INT-22)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from a87lib.countryfile import CountryFile
from a87lib.facts import Entry, in_order
from a87lib.framework import Framework
from a87lib.meetingfile import Seating
from a87lib.rules.decisions import validity
from a87lib.rules.erased import content_not_on_file
from a87lib.rules.finding import Reason
from a87lib.rules.in_force import in_force
from a87lib.rules.rule import derived

STATUS_DECISIONS = ("grant_status", "declare_inactive", "reactivate")
NOT_KNOWN = "not_on_file"
STATUS_KINDS = ("decision_made", "interest_expressed", "reactivation_requested")


@dataclass(frozen=True, slots=True)
class Change:
    """A change of status: to what, on which day, by which entry.

    status: `not_on_file` from a decision on that was erased: it may have changed the status.
    """

    status: str
    on: date
    entry: Entry


@dataclass(frozen=True, slots=True)
class History:
    """The changes of a status in order; remarks: on decisions that changed nothing."""

    changes: tuple[Change, ...]
    remarks: tuple[Reason, ...]

    @property
    def status(self) -> str | None:
        """The status after the last change; None before the first."""
        return self.changes[-1].status if self.changes else None

    @property
    def granted_on(self) -> date | None:
        """The day the status was first granted."""
        return next((change.on for change in self.changes if change.status == "active"), None)

    @property
    def reactivations(self) -> tuple[date, ...]:
        """The days on which the country was reactivated."""
        return tuple(change.on for change in self.changes if change.status == "active")[1:]

    @property
    def reactivated_on(self) -> date | None:
        """The day of the last reactivation, where the country was reactivated."""
        return self.reactivations[-1] if self.reactivations else None

    @property
    def inactive_since(self) -> date | None:
        """The day since which the country is inactive, where it is."""
        return self.changes[-1].on if self.status == "inactive" else None

    def active_on(self, day: date) -> bool:
        """Whether the country was an active pathfinder on a day."""
        before = [change for change in self.changes if change.on <= day]
        return bool(before) and before[-1].status == "active"


_LEADS_TO = {
    (None, "grant_status"): "active",
    ("active", "declare_inactive"): "inactive",
    ("inactive", "reactivate"): "active",
    ("inactive", "grant_status"): "active",
    (NOT_KNOWN, "grant_status"): "active",
    (NOT_KNOWN, "declare_inactive"): "inactive",
    (NOT_KNOWN, "reactivate"): "active",
}


@derived
def history(file: CountryFile, framework: Framework) -> History:
    """The status decisions of a file in order, the invalid and the ineffective ones as remarks."""
    changes: list[Change] = []
    remarks: list[Reason] = []
    seats = Seating.of(file.seats)
    for entry in _steps(file, framework):
        now = changes[-1].status if changes else None
        if entry.kind == "decision_made" and entry.erased:
            remarks.extend(content_not_on_file([entry]))
            changes.append(Change(NOT_KNOWN, entry.when.last, entry))
            continue
        if entry.kind == "decision_made":
            body = entry.body
            meeting = file.meetings.get(entry.meeting, ()) if entry.meeting is not None else ()
            found = validity(
                entry,
                meeting,
                framework,
                entry.when.last,
                seating=seats,
                seats_complete=file.covered("seat_taken"),
            )
            remarks.extend(found.reasons)
            if not found.valid:
                continue
            status = _LEADS_TO.get((now, body.subject))
        else:
            status = _LEADS_TO.get((now, "reactivate"))
            if status is None:
                continue
        if status is None:
            remarks.append(
                Reason("decision_without_effect", None, (entry.no,), {"when": entry.when})
            )
            continue
        changes.append(Change(status, entry.when.last, entry))
    return History(tuple(changes), tuple(remarks))


def _steps(file: CountryFile, framework: Framework) -> list[Entry]:
    """The entries that may change the status, in order of days."""
    steps = [
        entry
        for entry in file.of("decision_made")
        if entry.erased or entry.body.subject in STATUS_DECISIONS
    ]
    for entry in file.of("reactivation_requested"):
        if not in_force(framework, "reactivation.by_decision", entry.when.last):
            steps.append(entry)
    return sorted(steps, key=in_order)


@derived
def status(file: CountryFile, framework: Framework) -> str:
    """The status: none, candidate, active, inactive or not_on_file (INT-20, INT-22)."""
    decided = history(file, framework).status
    if decided is not None:
        return decided
    if not file.covered("decision_made"):
        return NOT_KNOWN
    if file.of("interest_expressed"):
        return "candidate"
    return "none" if file.covered("interest_expressed") else NOT_KNOWN
