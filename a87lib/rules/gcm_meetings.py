"""Meetings of the GCM: observers, minutes, two a year (TR-SEAT-3, TR-MIN-1, TR-MEET-1)."""

from __future__ import annotations

from datetime import date, timedelta

from a87lib.facts import Entry, PartialDate
from a87lib.framework import Framework
from a87lib.meetingfile import CouncilFile, held_by, minutes, observers
from a87lib.meetingfile.meetings import MEETING_KINDS
from a87lib.rules.finding import Answer, Outcome, Reason
from a87lib.rules.in_force import in_force
from a87lib.rules.meeting_states import day_of, not_held
from a87lib.rules.rule import rule
from a87lib.rules.years import years_before


@rule(
    "gcm.observers",
    paragraph="TR-SEAT-3",
    reads=("observer_invited", *MEETING_KINDS),
    interpretations=("INT-12", "INT-18"),
    of="meeting",
)
def observers_told(file: CouncilFile, asof: date, framework: Framework) -> Outcome:
    """Had each observer told the secretariat, and the GCM been told, by the day of the meeting?"""
    invited = observers(file, file.meeting)
    if not invited:
        if file.covered("observer_invited"):
            return not_held(file) or Outcome(Answer.NOT_APPLICABLE, (Reason("no_observer"),))
        return Outcome(Answer.ASK, (Reason("observer_not_on_file"),))
    day = day_of(file)
    reasons, answers = [], []
    for entry in invited:
        for field in ("interest_told_on", "gcm_told_on"):
            stated = getattr(entry.body, field)
            answer, state = _told(file, framework, stated, day)
            answers.append(answer)
            args = {"who": entry.body.who, "on": "" if stated is None else PartialDate.of(stated)}
            reasons.append(Reason(f"observer_{field}_{state}", None, (entry.no,), args))
    worst = (Answer.NO, Answer.ASK, Answer.TOO_EARLY, Answer.YES)
    return Outcome(min(answers, key=worst.index), tuple(reasons), value=len(invited))


def _told(
    file: CouncilFile, framework: Framework, stated: str | None, day: date | None
) -> tuple[Answer, str]:
    """Whether something was told by the day of the meeting, as of the file's day."""
    if stated is None:
        if day is None or file.asof <= day:
            return Answer.TOO_EARLY, "open"
        return (Answer.NO, "lacking") if file.covered("observer_invited") else (Answer.ASK, "open")
    told = PartialDate.of(stated)
    if day is not None and told.last > day:
        ask = framework.reading("INT-12") == "ask_where_it_matters"
        return (Answer.ASK, "imprecise") if ask and told.first <= day else (Answer.NO, "late")
    return (Answer.YES, "there") if told.last <= file.asof else (Answer.TOO_EARLY, "open")


@rule(
    "gcm.minutes_sent",
    paragraph="TR-MIN-1",
    reads=("minutes_sent", *MEETING_KINDS),
    interpretations=("INT-12", "INT-18"),
    parameters=("gcm.minutes_days",),
    of="meeting",
)
def minutes_sent(file: CouncilFile, asof: date, framework: Framework) -> Outcome:
    """Were the minutes of the meeting sent to all members?"""
    sent, day = minutes(file, file.meeting), day_of(file)
    if sent is not None:
        return _sent(sent, day, framework)
    elsewhere = not_held(file)
    if elsewhere is not None or day is None:
        return elsewhere or Outcome(Answer.ASK)
    due = minutes_due(day, framework)
    args = {"due": due, "on": day}
    if asof <= due:
        return Outcome(
            Answer.TOO_EARLY, (Reason("minutes_awaited", None, (), args),), value=due, next_on=due
        )
    if file.covered("minutes_sent"):
        covered = file.coverage_entry("minutes_sent")
        return Outcome(Answer.NO, (Reason("minutes_missing", None, covered, args),), value=due)
    return Outcome(Answer.ASK, (Reason("minutes_not_on_file", None, (), args),), value=due)


def _sent(sent: Entry, day: date | None, framework: Framework) -> Outcome:
    """Late minutes are minutes; of a meeting whose day is not on file they are never late."""
    due = None if day is None else minutes_due(day, framework)
    late = due is not None and sent.when.last > due
    key = "minutes_sent_late" if late else "minutes_sent"
    args = {"when": sent.when, "due": due or ""}
    return Outcome(Answer.YES, (Reason(key, None, (sent.no,), args),), value=str(sent.when))


def minutes_due(held_on: date, framework: Framework) -> date:
    """The last day on which the minutes of a meeting are expected (a dated parameter, assumed)."""
    return held_on + timedelta(days=int(in_force(framework, "gcm.minutes_days", held_on)))


@rule(
    "gcm.meetings_held",
    paragraph="TR-MEET-1",
    reads=MEETING_KINDS,
    interpretations=("INT-11", "INT-12", "INT-18"),
    parameters=("gcm.meetings_per_year",),
    of="council",
    asked=("year",),
)
def meetings_held(file: CouncilFile, asof: date, framework: Framework, year: int) -> Outcome:
    """Did the GCM meet as often as a year asks?"""
    last = date(year, 12, 31)
    if last < framework.starts_on:
        return Outcome(Answer.NOT_APPLICABLE, (Reason("no_norm_yet", None, (), {"year": year}),))
    needed = int(framework.value("gcm.meetings_per_year", last))
    first = date(year, 1, 1)
    if framework.reading("INT-11") == "twelve_months":
        first, last = years_before(asof, 1) + timedelta(days=1), asof
    held = [m for m in held_by(file) if first <= m.on <= last]
    reasons = [
        Reason("meeting_held", None, (m.entry.no,), {"meeting": m.no, "on": m.on}) for m in held
    ]
    if len(held) >= needed:
        return Outcome(Answer.YES, tuple(reasons), value=len(held), since=held[needed - 1].on)
    args = {"count": needed - len(held), "until": last}
    if asof <= last and framework.reading("INT-11") == "calendar_year":
        owed = Reason("meetings_still_owed", None, (), args)
        return Outcome(Answer.TOO_EARLY, (*reasons, owed), value=len(held), next_on=last)
    if not file.covered("meeting_held"):
        unknown = Reason("meetings_not_on_file", None, (), args)
        return Outcome(Answer.ASK, (*reasons, unknown), value=len(held))
    lacking = Reason("meetings_lacking", None, file.coverage_entry("meeting_held"), args)
    return Outcome(Answer.NO, (*reasons, lacking), value=len(held))
