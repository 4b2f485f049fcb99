"""What comes next for the GCM: meetings, terms, groups, and tasks with their due dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from a87lib.countryfile import Archive
from a87lib.facts import PartialDate
from a87lib.facts.codes import Coded
from a87lib.framework import Framework
from a87lib.language import say
from a87lib.meetingfile import CouncilFile, groups, held_by, meetings
from a87lib.rules.asking_council import council_file
from a87lib.rules.gcm_terms import rotations
from a87lib.rules.task import Task
from a87lib.rules.tasks import tasks
from a87lib.rules.upcoming import Event

GCM = "gcm"


OVER = ("completed", "dropped")
"""States of an item of a work plan of which nothing is due any more."""


@dataclass(frozen=True, slots=True)
class TaskName:
    """A task, said in the reader's language with what it is about."""

    task: Task

    def say(self, language: str) -> str:
        """The task as a sentence."""
        task = self.task
        about = ("country", "meeting", "cycle", "text", "sign")
        args = {name: value for name in about if (value := getattr(task, name)) is not None}
        return say(f"task.{task.what}", language, **args)

    def __str__(self) -> str:
        return f"{self.task.what} {self.task.country or ''} {self.task.meeting or ''}".strip()


def upcoming_council(
    archive: Archive, asof: date, framework: Framework, until: date
) -> list[Event]:
    """The events after a day, up to `until`, in order of days: about the GCM, and open tasks."""
    file = council_file(archive, asof)
    events = [
        *_terms(file, framework),
        *_meetings(file),
        *_owed(file, framework, until),
        *_groups(file),
        *_tasks(archive, asof, framework),
    ]
    return sorted(
        (event for event in events if asof < event.on <= until),
        key=lambda event: (event.on, event.subject, event.key, str(event.args)),
    )


def _terms(file: CouncilFile, framework: Framework) -> Iterator[Event]:
    for term in rotations(file, framework):
        args = {"seat": Coded("seat", term.seat), "holder": term.holder}
        yield Event(term.ends_on, GCM, "term_ends", "TR-SEAT-2", args)


def _meetings(file: CouncilFile) -> Iterator[Event]:
    for meeting in meetings(file):
        if not meeting.held:
            yield Event(meeting.on, GCM, "meeting_called", "TR-MEET-1", {"meeting": meeting.no})


def _owed(file: CouncilFile, framework: Framework, until: date) -> Iterator[Event]:
    """How many meetings of a year are still to be held, on its last day."""
    needed = int(framework.value("gcm.meetings_per_year", file.asof))
    for year in range(file.asof.year, until.year + 1):
        held = sum(1 for m in held_by(file) if m.on.year == year)
        if held < needed:
            args: dict[str, Any] = {"count": needed - held, "year": year}
            yield Event(date(year, 12, 31), GCM, "meetings_owed", "TR-MEET-1", args)


def _groups(file: CouncilFile) -> Iterator[Event]:
    for group in groups(file):
        if group.created is None or group.closed is not None:
            continue
        if group.created.body.ends_on is not None:
            on = PartialDate.of(group.created.body.ends_on).last
            yield Event(on, GCM, "group_ends", "TR-GCM-2", {"group": group.name})
        for item in group.plan:
            if item.body.due is not None and item.body.state not in OVER:
                args = {"group": group.name, "text": item.body.title}
                due = PartialDate.of(item.body.due).last
                yield Event(due, GCM, "work_plan_due", "TR-GCM-3", args)


def _tasks(archive: Archive, asof: date, framework: Framework) -> Iterator[Event]:
    for task in tasks(archive, asof, framework):
        if task.due is not None and task.state != "done":
            subject = task.country or GCM
            yield Event(task.due, subject, "task_due", task.paragraph, {"task": TaskName(task)})
