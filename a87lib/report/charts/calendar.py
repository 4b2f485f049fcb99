"""What comes next, drawn: a lane for each country (and the GCM), a mark on each day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from a87lib.language import say
from a87lib.report.charts.timeline import Mark, timeline
from a87lib.rules import Event


def draw(events: Sequence[Event], asof: date, language: str) -> str:
    """The calendar as SVG text; certain days and those that depend on nothing arriving differ."""
    lanes = list(dict.fromkeys(sorted(event.subject for event in events)))
    marks = [
        Mark(event.subject, event.on, "event" if event.certain else "late") for event in events
    ]
    words = {
        "event": say("calendar.certain", language),
        "late": say("calendar.tentative", language),
        "asof": say("calendar.asof", language, asof=asof),
    }
    return timeline(lanes, marks, [], asof, words)
