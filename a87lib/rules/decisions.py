"""When a decision of the GCM is valid (TR-DEC-1, TR-DEC-2, INT-16)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from a87lib.facts import Entry
from a87lib.framework import Framework
from a87lib.rules.finding import Reason


SEPARATE = ("development_partners", "regional_governments")


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many seats were present, and which stakeholder groups were not.

    missing_seats: how many more are needed; missing_groups: groups with nobody present.
    """

    present: int
    missing_seats: int
    missing_groups: tuple[str, ...]

    @property
    def reached(self) -> bool:
        return self.missing_seats == 0 and not self.missing_groups


def quorum_groups(framework: Framework) -> dict[str, str]:
    """Each seat's group for the quorum: five groups, or seven where so read (INT-08)."""
    seven = framework.reading("INT-08") == "seven_groups"
    return {
        seat.id: seat.sub_group if seven and seat.sub_group in SEPARATE else seat.group
        for seat in framework.seats.values()
    }


def quorum(present: Iterable[str], framework: Framework, asof: Any) -> Quorum:
    """Whether these seats make a quorum: 16 of them, and one of each stakeholder group."""
    seats = frozenset(present)
    groups = quorum_groups(framework)
    here = {groups[seat] for seat in seats}
    order = list(dict.fromkeys(groups.values()))
    needed = int(framework.value("gcm.quorum", asof))
    return Quorum(
        present=len(seats),
        missing_seats=max(0, needed - len(seats)),
        missing_groups=tuple(group for group in order if group not in here),
    )


def present_at(entries: Sequence[Entry]) -> list[str] | None:
    """The seats recorded as present at a meeting; None where no attendance is on file."""
    records = [entry.body for entry in entries if entry.kind == "attendance_recorded"]
    if not records:
        return None
    return [record.seat for record in records if record.presence == "present"]


@dataclass(frozen=True, slots=True)
class Validity:
    """Whether a decision is valid, and what is to be said of it."""

    valid: bool
    reasons: tuple[Reason, ...] = ()


def validity(
    decision: Entry, meeting: Sequence[Entry], framework: Framework, asof: Any
) -> Validity:
    """Valid with a quorum at that decision and consensus recorded; unknown quorum is noted (INT-16)."""
    body = decision.body
    reasons = []
    if body.consensus is not True:
        reasons.append(Reason("decision_without_consensus", None, (decision.no,), _day(decision)))
    present = body.present if body.present is not None else None
    if present is None and body.quorum is None:
        present = present_at(meeting)
    if present is not None:
        reached: bool | None = quorum(present, framework, asof).reached
    else:
        reached = body.quorum
    if reached is False:
        reasons.append(Reason("decision_without_quorum", None, (decision.no,), _day(decision)))
    valid = not reasons or framework.reading("INT-16") == "recorded_stands"
    if reached is None:
        reasons.append(Reason("quorum_not_recorded", None, (decision.no,), _day(decision)))
    return Validity(valid, tuple(reasons))


def _day(decision: Entry) -> dict[str, Any]:
    return {"when": decision.when}
