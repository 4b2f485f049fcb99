"""What comes next, drawn: a lane for each country (and the GCM), a mark on each day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from a87lib import framework
from a87lib.language import alphabetical, say
from a87lib.report.charts.timeline import Mark, timeline
from a87lib.rules import Event
from a87lib.rules.upcoming_council import GCM


def draw(events: Sequence[Event], asof: date, language: str) -> str:
    """The calendar as SVG text; certain days and those that depend on nothing arriving differ."""
    subjects = {event.subject for event in events}
    names = {code: framework.country_name(code, language) for code in subjects - {GCM}}
    lanes = sorted(names.values(), key=alphabetical)
    if GCM in subjects:
        names[GCM] = say("calendar.gcm", language)
        lanes.append(names[GCM])
    marks = [
        Mark(names[event.subject], event.on, "event" if event.certain else "late")
        for event in events
    ]
    words = {
        "event": say("calendar.certain", language),
        "late": say("calendar.tentative", language),
        "asof": say("calendar.asof", language, asof=asof),
    }
    return timeline(lanes, marks, [], asof, words)
