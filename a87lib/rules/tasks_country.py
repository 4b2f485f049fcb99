"""Tasks that come up in a country's file (AF-EOI, AF-PLAN, AF-MON, AF-REV)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from a87lib.countryfile import CountryFile
from a87lib.framework import Framework
from a87lib.rules.duties import due_on, next_due, owed_cycles, owes
from a87lib.rules.history import history
from a87lib.rules.task import GCM, SECRETARIAT, Shown, Task, answering

FOLLOWING = (
    ("interest_expressed", "gcm_informed", "AF-EOI-3", "inform_gcm"),
    ("interest_expressed", "interest_acknowledged", "AF-EOI-4", "answer_interest"),
    ("report_finalised", "report_published", "AF-MON-5", "publish_report"),
)
"""What comes up with an entry of a kind, and the kind that shows it done."""


def country_tasks(file: CountryFile, framework: Framework) -> Iterator[Task]:
    """The tasks of one country's file."""
    yield from _following(file)
    yield from _profile(file, framework)
    yield from _profile_updates(file, framework)
    yield from _reminder(file, framework)
    yield from _notices(file, framework)
    yield from _inactive_notices(file, framework)


def _following(file: CountryFile) -> Iterator[Task]:
    for trigger, done, paragraph, what in FOLLOWING:
        for entry in file.of(trigger):
            found = answering(file.of(done, entry.cycle), entry)
            shown = Shown(found, file.covered(done, entry.cycle))
            yield Task(
                paragraph=paragraph,
                owner=SECRETARIAT,
                what=what,
                since=entry.when.last,
                because=entry.no,
                country=file.country,
                cycle=entry.cycle,
                **shown.told,
            )


def _profile(file: CountryFile, framework: Framework) -> Iterator[Task]:
    """The country profile, once the status is granted (AF-PLAN-9)."""
    changes = history(file, framework).changes
    granted = next((change.entry for change in changes if change.status == "active"), None)
    if granted is None:
        return
    profiles = file.of("profile_published") + file.of("profile_updated")
    shown = Shown(profiles, file.covered("profile_published"))
    yield Task(
        paragraph="AF-PLAN-9",
        owner=SECRETARIAT,
        what="publish_profile",
        since=granted.when.last,
        because=granted.no,
        country=file.country,
        **shown.told,
    )


def _profile_updates(file: CountryFile, framework: Framework) -> Iterator[Task]:
    """A new version of the roadmap of a pathfinder means a new profile (AF-PLAN-10)."""
    granted = history(file, framework).granted_on
    for entry in file.of("roadmap_submitted"):
        if granted is None or entry.when.last <= granted:
            continue
        found = answering(file.of("profile_updated"), entry)
        shown = Shown(found, file.covered("profile_updated"))
        yield Task(
            paragraph="AF-PLAN-10",
            owner=SECRETARIAT,
            what="update_profile",
            since=entry.when.last,
            because=entry.no,
            country=file.country,
            **shown.told,
        )


def _reminder(file: CountryFile, framework: Framework) -> Iterator[Task]:
    """The report that falls due next: the secretariat sees to it that the country can meet it."""
    cycle, due = next_due(file.asof, framework)
    if not owes(file, framework, cycle):
        return
    shown = Shown(file.of("report_received", cycle), covered=True)  # it can still be reminded of
    yield Task(
        paragraph="AF-MON-1",
        owner=SECRETARIAT,
        what="remind_of_report",
        since=_before(cycle, framework),
        country=file.country,
        cycle=cycle,
        due=due,
        **shown.told,
    )


def _before(cycle: int, framework: Framework) -> date:
    """The due date of the cycle before: from then on the next report is the one awaited."""
    return due_on(cycle - 1, framework)


def _notices(file: CountryFile, framework: Framework) -> Iterator[Task]:
    """The yearly notice of status, before the next cycle falls due (AF-REV-5)."""
    for cycle in owed_cycles(file, framework):
        sent = file.of("status_notice_sent", cycle)
        shown = Shown(sent, file.covered("status_notice_sent", cycle))
        yield Task(
            paragraph="AF-REV-5",
            owner=GCM,
            what="send_status_notice",
            since=due_on(cycle, framework),
            country=file.country,
            cycle=cycle,
            due=due_on(cycle + 1, framework),
            **shown.told,
        )


def _inactive_notices(file: CountryFile, framework: Framework) -> Iterator[Task]:
    """The country is told that it was declared inactive (AF-REV-12)."""
    for change in history(file, framework).changes:
        if change.status != "inactive":
            continue
        found = answering(file.of("inactive_notice_sent"), change.entry)
        shown = Shown(found, file.covered("inactive_notice_sent"))
        yield Task(
            paragraph="AF-REV-12",
            owner=GCM,
            what="send_inactive_notice",
            since=change.on,
            because=change.entry.no,
            country=file.country,
            meeting=change.entry.meeting,
            **shown.told,
        )
