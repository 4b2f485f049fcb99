"""Groups with their work plans, and the partner register (TR-GCM-2, TR-GCM-3, TR-PAR-1)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from a87lib.facts import Entry
from a87lib.meetingfile.file import CouncilFile

GROUP_DECISIONS = ("create_group", "reactivate_group", "close_group")


@dataclass(frozen=True, slots=True)
class Group:
    """A group: how it was proposed and created, what was decided on it, its work plan.

    created: None while it is only proposed. decided: decisions that name it, in order.
    """

    name: str
    proposed: Entry | None
    created: Entry | None
    decided: tuple[Entry, ...]
    plan: tuple[Entry, ...]

    @property
    def closed(self) -> Entry | None:
        """The decision that closed the group, where it is closed."""
        last = self.decided[-1] if self.decided else None
        return last if last is not None and last.body.subject == "close_group" else None


def groups(file: CouncilFile) -> list[Group]:
    """The groups on file, by name."""
    shelves: dict[str, dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for kind in ("group_proposed", "group_created"):
        for entry in file.of(kind):
            shelves[entry.body.name][kind].append(entry)
    for entry in file.of("work_plan_item"):
        shelves[entry.body.group]["plan"].append(entry)
    for entry in file.of("decision_made"):
        if entry.body.group is not None and entry.body.subject in GROUP_DECISIONS:
            shelves[entry.body.group]["decided"].append(entry)
    return [_group(name, shelves[name]) for name in sorted(shelves)]


def _group(name: str, told: dict[str, list[Entry]]) -> Group:
    proposed, created = told.get("group_proposed"), told.get("group_created")
    return Group(
        name,
        proposed[-1] if proposed else None,
        created[-1] if created else None,
        tuple(told.get("decided", ())),
        tuple(told.get("plan", ())),
    )


def partners(file: CouncilFile) -> dict[str, list[Entry]]:
    """The partner register: who joined, by type (TR-PAR-1)."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in file.of("partner_joined"):
        found[entry.body.type].append(entry)
    return {type_: found[type_] for type_ in sorted(found)}
