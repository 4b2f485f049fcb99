"""The actions of the roadmap, each with the state that the country last stated (AF-MON-2)."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from a87lib.facts import Entry, PartialDate, in_order, said
from a87lib.framework import Erased
from a87lib.language import format_money
from a87lib.report import documents as doc
from a87lib.report.inline import BadgeKind, Piece
from a87lib.report.review.opening import Review
from a87lib.report.review.pieces import lines, nothing, quoted, stated, with_references

UNSTATED = "unstated"
BADGES: dict[str, BadgeKind] = {
    "completed": "good",
    "ongoing": "info",
    "delayed": "attention",
    "not_started": "neutral",
    "dropped": "neutral",
    UNSTATED: "missing",
}


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action of the roadmap. action: as submitted. progress: what was last stated of it.

    state: as last stated up to the cycle under review, or `unstated`. overdue: its due date has
    passed and it is neither completed nor dropped.
    """

    priority: str
    action: Any
    state: str
    progress: Entry | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class PriorityRow:
    """A priority with its actions. money: planned and secured by currency."""

    priority: Any
    actions: tuple[ActionRow, ...]
    money: dict[str, tuple[float, float]]

    @property
    def counts(self) -> dict[str, int]:
        """How many actions are in each state."""
        return dict(Counter(row.state for row in self.actions))


def current(this: Review) -> Entry | None:
    """The last version of the roadmap (or of the plan in its place) on file."""
    return this.file.last("roadmap_submitted")


def priorities(this: Review) -> list[PriorityRow]:
    """The priorities of the current roadmap with the state of each action."""
    roadmap = current(this)
    if roadmap is None:
        return []
    told = last_stated(this)
    return [
        PriorityRow(
            priority,
            tuple(_row(this, priority.no, action, told) for action in priority.actions),
            _money(priority.actions),
        )
        for priority in roadmap.body.priorities
    ]


def last_stated(this: Review) -> dict[str, Entry]:
    """What the country last stated of each action, by its number, up to the cycle under review."""
    found = [e for e in this.file.of("action_progress_stated") if (e.cycle or 0) <= this.cycle]
    found.sort(key=lambda entry: (entry.cycle or 0, *in_order(entry)))
    told = {entry.body.action: entry for entry in found}
    return {action: entry for action, entry in told.items() if not isinstance(action, Erased)}


def _row(this: Review, priority: str, action: Any, told: dict[str, Entry]) -> ActionRow:
    progress = told.get(action.no)
    state = progress.body.state if progress is not None else UNSTATED
    due = PartialDate.of(action.due) if action.due is not None else None
    passed = due is not None and due.last < this.asked.asof
    return ActionRow(
        priority, action, state, progress, passed and state not in ("completed", "dropped")
    )


def _money(actions: list[Any]) -> dict[str, tuple[float, float]]:
    sums: dict[str, tuple[float, float]] = defaultdict(lambda: (0, 0))
    for action in actions:
        if action.currency is not None and action.budget is not None:
            planned, secured = sums[action.currency]
            sums[action.currency] = (planned + action.budget, secured + (action.secured or 0))
    return dict(sums)


def state_label(this: Review, state: str) -> str:
    """A state in words; `unstated`: nothing on file."""
    return this.say("roadmap.no_state") if state == UNSTATED else this.label("action_state", state)


def by_priority(this: Review, entry: Entry, row: PriorityRow) -> doc.Element:
    """A priority with its actions."""
    title = f"{row.priority.no}. {row.priority.title}"
    parts = [doc.section(4, doc.joined((quoted(this, entry, title),)))]
    note = _money_note(this, row)
    if row.actions:
        parts.append(_actions(this, entry, row, note))
    else:
        parts.append(nothing(this, "actions"))
    return doc.stack(*parts)


def _money_note(this: Review, row: PriorityRow) -> str:
    told = [
        this.say(
            "roadmap.money",
            planned=format_money(planned, currency, this.language),
            secured=format_money(secured, currency, this.language),
        )
        for currency, (planned, secured) in sorted(row.money.items())
    ]
    return " ".join(told) or this.say("roadmap.no_money")


def _actions(this: Review, entry: Entry, row: PriorityRow, note: str) -> doc.Element:
    return doc.table(
        this.say("roadmap.table", no=row.priority.no),
        [
            doc.Column(this.say("column.no"), width=0.5),
            doc.Column(this.say("column.action"), width=2.8),
            doc.Column(this.say("column.due"), width=1.4),
            doc.Column(this.say("column.state"), width=1.5),
            doc.Column(this.say("column.stated"), width=2.9),
        ],
        [
            (
                each.action.no,
                _titled(this, entry, each.action),
                _due(this, each),
                _state(this, each),
                _told(this, each.progress),
            )
            for each in row.actions
        ],
        note=note,
    )


def _titled(this: Review, entry: Entry, action: Any) -> doc.Inline:
    pieces: list[Piece] = [quoted(this, entry, action.title)]
    if said(action.responsible):
        who = stated(this, entry, action.responsible)
        pieces.append(doc.small(this.say("roadmap.responsible"), " ", who))
    return lines(pieces)


def _due(this: Review, row: ActionRow) -> Piece:
    if row.action.due is None:
        return this.say("not_stated")
    text = PartialDate.of(row.action.due).say(this.language)
    if not row.overdue:
        return text
    return lines([text, doc.badge("attention", this.say("roadmap.passed"))])


def _state(this: Review, row: ActionRow) -> Piece:
    badge = doc.badge(BADGES[row.state], state_label(this, row.state))
    if row.progress is None:
        return badge
    when = doc.small(this.say("roadmap.as_of_cycle", cycle=row.progress.cycle or 0))
    return lines([badge, when])


def _told(this: Review, progress: Entry | None) -> Piece:
    if progress is None:
        return this.say("roadmap.nothing_stated")
    text = progress.body.text
    piece = quoted(this, progress, text) if text else this.say("roadmap.no_text")
    return with_references(this, piece, progress.no)


def unlisted(this: Review, found: list[PriorityRow]) -> doc.Element:
    """What was stated of actions that the current version no longer lists."""
    listed = {row.action.no for priority in found for row in priority.actions}
    rows = [
        (
            with_references(this, number, entry.no),
            lines([
                doc.badge(BADGES[entry.body.state], state_label(this, entry.body.state)),
                doc.small(this.say("roadmap.as_of_cycle", cycle=entry.cycle or 0)),
            ]),
            _told(this, entry),
        )
        for number, entry in sorted(last_stated(this).items())
        if number not in listed
    ]  # fmt: skip
    if not rows:
        return doc.stack()
    columns = [this.say(f"column.{name}") for name in ("action", "state", "stated")]
    return doc.table(this.say("roadmap.unlisted"), columns, rows)
