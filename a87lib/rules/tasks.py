"""The tasks that follow from what the register holds and lacks: owner, due date, done or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from a87lib.countryfile import Archive, CountryFile
from a87lib.facts import Entry, PartialDate
from a87lib.framework import Framework
from a87lib.meetingfile import CouncilFile, agenda, held_by, meetings, minutes
from a87lib.rules.asking_council import council_file
from a87lib.rules.duties import due_on, owed_cycles
from a87lib.rules.gcm_meetings import minutes_due
from a87lib.rules.grounds import present_signs
from a87lib.rules.task import CHAIR, SECRETARIAT, WORKING_GROUP, Shown, Task, answering
from a87lib.rules.tasks_country import country_tasks


def tasks(archive: Archive, asof: date, framework: Framework) -> list[Task]:
    """All tasks that came up by a day, done ones too: by due date, those without one at the end."""
    files = [archive.file(country, asof) for country in archive.countries]
    council = council_file(archive, asof)
    told = [e for e in archive.entries if e.when.last <= asof]
    found = [task for file in files for task in country_tasks(file, framework)]
    found += [task for file in files for task in _signs(file, told, framework)]
    found += _reviews(files, told, council, framework)
    found += [*_minutes(council, framework), *_agendas(council), *_agreed(council)]
    return sorted(found, key=_in_order)


def _in_order(task: Task) -> tuple[date, date, str, str, int, int, str, str]:
    place = (task.country or "", task.meeting or 0, task.cycle or 0)
    text = task.text or task.sign or ""
    return (task.due or date.max, task.since, task.paragraph, *place, task.what, text)


def _signs(file: CountryFile, told: Sequence[Entry], framework: Framework) -> Iterator[Task]:
    """Every sign is reported to the GCM (AF-REV-8): of the country, or in a report on all."""
    for sign, since in present_signs(file, framework):
        found = [
            entry
            for entry in told
            if entry.kind == "signs_reported"
            and entry.country in (None, file.country)
            and entry.when.last >= since
        ]
        shown = Shown(found, file.covered("signs_reported"))
        yield Task(
            paragraph="AF-REV-8",
            owner=WORKING_GROUP,
            what="report_sign",
            since=since,
            country=file.country,
            sign=sign,
            **shown.told,
        )


def _reviews(
    files: Sequence[CountryFile],
    told: Sequence[Entry],
    council: CouncilFile,
    framework: Framework,
) -> Iterator[Task]:
    """After each cycle the working group reports to the GCM (AF-REV-5): before the next is due."""
    owed = {cycle for file in files for cycle in owed_cycles(file, framework)}
    for cycle in sorted(owed):
        found = [e for e in told if e.kind == "review_reported" and e.cycle == cycle]
        shown = Shown(found, council.covered("review_reported"))
        yield Task(
            paragraph="AF-REV-5",
            owner=WORKING_GROUP,
            what="report_review",
            since=due_on(cycle, framework),
            cycle=cycle,
            due=due_on(cycle + 1, framework),
            **shown.told,
        )


def _minutes(file: CouncilFile, framework: Framework) -> Iterator[Task]:
    """Minutes after each meeting (TR-MIN-1)."""
    for meeting in held_by(file):
        sent = minutes(file, meeting.no)
        shown = Shown([] if sent is None else [sent], file.covered("minutes_sent"))
        yield Task(
            paragraph="TR-MIN-1",
            owner=CHAIR,
            what="send_minutes",
            since=meeting.on,
            because=meeting.entry.no,
            meeting=meeting.no,
            due=minutes_due(meeting.on, framework),
            **shown.told,
        )


def _agendas(file: CouncilFile) -> Iterator[Task]:
    """The agenda of a meeting that was called or held, by its day (TR-SEC-1)."""
    for meeting in meetings(file):
        called = file.of("meeting_called", meeting=meeting.no)
        trigger = called[0] if called else meeting.entry
        there = agenda(file, meeting.no)
        shown = Shown([] if there is None else [there], file.covered("agenda_set"))
        yield Task(
            paragraph="TR-SEC-1",
            owner=SECRETARIAT,
            what="send_agenda",
            since=min(trigger.when.last, file.asof),
            because=trigger.no,
            meeting=meeting.no,
            due=meeting.on,
            **shown.told,
        )


def _agreed(file: CouncilFile) -> Iterator[Task]:
    """What meetings agreed should be done (TR-MIN-1)."""
    for entry in file.of("action_agreed"):
        found = [e for e in answering(file.of("action_done"), entry) if _same(e, entry)]
        shown = Shown(found, file.covered("action_done"))
        body = entry.body
        yield Task(
            paragraph="TR-MIN-1",
            owner=body.owner or SECRETARIAT,
            what="agreed_action",
            since=entry.when.last,
            because=entry.no,
            meeting=entry.meeting,
            text=body.text,
            due=None if body.due is None else PartialDate.of(body.due).last,
            **shown.told,
        )


def _same(done: Entry, agreed: Entry) -> bool:
    """Whether an action done is the one agreed: by number within its meeting, else by its text."""
    if done.body.no is not None and agreed.body.no is not None:
        return done.meeting == agreed.meeting and bool(done.body.no == agreed.body.no)
    return done.body.text is not None and bool(done.body.text == agreed.body.text)
