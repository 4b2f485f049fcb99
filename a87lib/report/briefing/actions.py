"""Open actions of the last meetings, and what else the secretariat has to do (TR-MIN-1)."""

from __future__ import annotations

from datetime import date

from a87lib.language import alphabetical, has, say
from a87lib.meetingfile import minutes
from a87lib.report import documents as doc
from a87lib.report.briefing.opening import Briefing
from a87lib.report.briefing.pieces import columns, nothing
from a87lib.report.briefing.sheets import Sheet
from a87lib.report.inline import BadgeKind, Piece
from a87lib.rules import Task, tasks
from a87lib.rules.upcoming_council import TaskName

AGREED = "agreed_action"
STATES: dict[str, BadgeKind] = {"done": "good", "open": "info", "ask": "missing"}


def agreed(this: Briefing) -> list[Task]:
    """What earlier meetings agreed: all that is open, and what was done since the last one."""
    since = this.previous.on if this.previous is not None else date.min
    return [
        task
        for task in tasks(this.archive, this.asof, this.framework)
        if task.what == AGREED
        and (task.meeting or 0) < this.asked.meeting
        and (task.state != "done" or (task.done_on or date.min) >= (since or date.min))
    ]


def others(this: Briefing) -> list[Task]:
    """The other tasks that are open."""
    return [
        task
        for task in tasks(this.whole, this.asof, this.framework)
        if task.what != AGREED and task.state != "done"
    ]


def overdue(this: Briefing, task: Task) -> int:
    """How many days ago the task was due; 0 where it is not overdue, or may be done unrecorded."""
    if task.state != "open" or not task.overdue(this.asof) or task.due is None:
        return 0
    return (this.asof - task.due).days


def actions(this: Briefing) -> doc.Element:
    """The minutes of the last meeting, the actions agreed, the other tasks (internal)."""
    parts = [_minutes(this)]
    found = agreed(this)
    parts.append(_table(this, found) if found else nothing(this, "actions"))
    if this.internal:
        parts.append(_others(this))
    return doc.stack(*parts)


def _minutes(this: Briefing) -> doc.Element:
    if this.previous is None:
        return nothing(this, "previous")
    sent = minutes(this.council, this.previous.no)
    args = {"meeting": this.previous.no, "held": this.day(this.previous.on)}
    if sent is not None:
        return doc.paragraph(this.say("actions.minutes_sent", day=sent.when, **args))
    key = "minutes_open" if this.council.covered("minutes_sent") else "minutes_not_on_file"
    return doc.paragraph(this.say(f"actions.{key}", **args))


def _table(this: Briefing, found: list[Task]) -> doc.Element:
    names = ("action", "owner", "due", "state")
    return doc.table(
        this.say("actions.table"),
        columns(this, names, (3.6, 1.6, 1.4, 1.9)),
        [
            (
                doc.joined((
                    _text(this, task),
                    doc.line_break(),
                    doc.small(this.say("of_meeting", meeting=task.meeting or 0)),
                )),
                owner(this, task),
                this.day(task.due) if task.due else this.say("no_due"),
                _state(this, task),
            )
            for task in found
        ],
    )  # fmt: skip


def _text(this: Briefing, task: Task) -> Piece:
    entry = next((e for e in this.archive.entries if e.no == task.because), None)
    text = task.text or ""
    return this.quoted(entry, text) if entry is not None else text


def owner(this: Briefing, task: Task) -> str:
    """Who is to do it."""
    key = f"task.owner.{task.owner}"
    return say(key, this.language) if has(key, this.language) else task.owner


def _state(this: Briefing, task: Task) -> doc.Inline:
    late = overdue(this, task)
    if late:
        return doc.badge("attention", this.say("actions.overdue", count=late))
    if task.state == "done":
        return doc.badge("good", this.say("actions.done", day=this.day(task.done_on)))
    return doc.badge(STATES[task.state], say(f"task.state.{task.state}", this.language))


def _others(this: Briefing) -> doc.Element:
    found = others(this)
    if not found:
        return doc.stack()
    grouped: dict[tuple[object, ...], list[Task]] = {}
    for task in found:
        key = (task.what, task.cycle, task.meeting, task.due, task.owner, task.state)
        grouped.setdefault(key, []).append(task)
    rows = [
        (
            doc.joined((TaskName(same[0]).say(this.language), *_about(this, same))),
            owner(this, same[0]),
            this.day(same[0].due) if same[0].due else this.say("no_due"),
            _state(this, same[0]),
        )
        for same in grouped.values()
    ]
    return doc.stack(
        doc.section(3, this.say("actions.others")),
        doc.table(
            this.say("actions.others_table"),
            columns(this, ("task", "owner", "due", "state"), (3.6, 1.6, 1.4, 1.9)),
            rows,
        ),
    )


def _about(this: Briefing, same: list[Task]) -> list[Piece]:
    """The countries, cycle or meeting that tasks are about."""
    names = {country_name(this, task.country) for task in same if task.country}
    pieces: list[str] = []
    if same[0].cycle is not None:
        pieces.append(this.say("of_cycle", cycle=same[0].cycle))
    if same[0].meeting is not None:
        pieces.append(this.say("of_meeting", meeting=same[0].meeting))
    if names:
        pieces.append(", ".join(sorted(names, key=alphabetical)))
    return [doc.line_break(), doc.small(" · ".join(pieces))] if pieces else []


def country_name(this: Briefing, code: str) -> str:
    """A country's name in the reader's language."""
    from a87lib import framework

    return framework.country_name(code, this.language)


def sheet(this: Briefing) -> Sheet:
    """The actions as a table of plain values."""
    return Sheet.of(
        "actions",
        ("meeting", "action", "owner", "due", "state", "done_on", "days_overdue"),
        [
            (task.meeting, task.text, owner(this, task), task.due,
             say(f"task.state.{task.state}", this.language), task.done_on,
             overdue(this, task) or None)
            for task in agreed(this)
        ],
    )  # fmt: skip
