"""Decisions worded for consensus: drafts for the meeting, each resting on its paragraph.

A declaration of inactivity is never worded: where the grounds on file are complete, the paper says
that the GCM may wish to consider it, and nothing else (INT-07).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from a87lib.facts import PartialDate
from a87lib.meetingfile import groups, minutes
from a87lib.report.briefing import actions, membership
from a87lib.report.briefing.cycle import owing
from a87lib.report.briefing.matters import Matter, matters
from a87lib.report.briefing.opening import Briefing
from a87lib.rules import Answer

PARAGRAPHS = {
    "grant_status": "AF-PLAN-9",
    "reactivate": "AF-REA-1",
    "declare_inactive": "AF-REV-12",
    "open_dialogue": "AF-REV-8",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A decision as it may be worded. about: what or whom it concerns."""

    about: str
    text: str
    paragraph: str


def draft(this: Briefing, matter: Matter) -> str:
    """The wording of a matter about a country."""
    return this.say(
        f"draft.{matter.subject}", country=matter.country.name, meeting=this.asked.meeting
    )


def drafts(this: Briefing) -> list[Draft]:
    """All drafts, in the order of an agenda."""
    return [
        *_minutes(this),
        *_report(this),
        *_countries(this),
        *_groups(this),
        *_seats(this),
    ]


def _minutes(this: Briefing) -> Iterator[Draft]:
    if this.previous is None:
        return
    about = this.say("about.previous", meeting=this.previous.no)
    if minutes(this.council, this.previous.no) is not None:
        text = this.say("draft.minutes", meeting=this.previous.no)
        yield Draft(about, text, "TR-MIN-1")
    if actions.agreed(this):
        yield Draft(about, this.say("draft.actions"), "TR-MIN-1")


def _report(this: Briefing) -> Iterator[Draft]:
    if owing(this):
        about = this.say("about.cycle", cycle=this.cycle)
        yield Draft(about, this.say("draft.report", cycle=this.cycle), "AF-REV-5")


def _countries(this: Briefing) -> Iterator[Draft]:
    for matter in matters(this):
        if matter.ripe:
            yield Draft(matter.country.name, draft(this, matter), PARAGRAPHS[matter.subject])


def _groups(this: Briefing) -> Iterator[Draft]:
    for group in groups(this.council):
        if group.created is None or group.closed is not None:
            if group.created is None and group.proposed is not None:
                yield Draft(group.name, this.say("draft.group_proposed"), "TR-GCM-2")
            continue
        found = this.findings["gcm.group_time_bound", group.name]
        ends_on = group.created.body.ends_on
        if found.answer is Answer.NO:
            yield Draft(group.name, this.say("draft.group_end"), "TR-GCM-2")
        elif ends_on is not None and PartialDate.of(ends_on).last < this.asof:
            day = PartialDate.of(ends_on)
            yield Draft(group.name, this.say("draft.group_over", day=day), "TR-GCM-2")


def _seats(this: Briefing) -> Iterator[Draft]:
    for seat in membership.vacancies(this):
        yield Draft(
            this.label("seat", seat), this.say("draft.vacancy", by=_by(this, seat)), "TR-SEAT-1"
        )
    for row in membership.noted(this, "gcm.term_ending"):
        text = this.say("draft.term", by=_by(this, row.seat), day=row.ends_on)
        yield Draft(this.label("seat", row.seat), text, "TR-SEAT-2")
    for row in membership.noted(this, "gcm.absence_limit"):
        count = this.findings["gcm.absence_limit", row.seat].value
        text = this.say("draft.absence", by=_by(this, row.seat), count=count)
        yield Draft(this.label("seat", row.seat), text, "TR-SEAT-4")


def _by(this: Briefing, seat: str) -> str:
    """Who names the holder of a seat."""
    return this.label("named_by", this.framework.seats[seat].named_by)
