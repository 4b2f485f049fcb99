"""Events as an iCalendar file (RFC 5545) that every calendar program can import."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

from icalendar import Calendar
from icalendar import Event as Component

from a87lib.language import say
from a87lib.rules import Event

PRODUCER = "-//Alliance 8.7 review workbench//{language}"


def icalendar(events: Iterable[Event], asof: date, language: str) -> bytes:
    """The events as all-day entries; the same events as of the same day give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCER.format(language=language.upper()))
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", say("calendar.title", language))
    stamp = datetime.combine(asof, time.min, UTC)
    for event in events:
        calendar.add_component(_component(event, stamp, language))
    return bytes(calendar.to_ical())


def _component(event: Event, stamp: datetime, language: str) -> Component:
    component = Component()
    identity = "|".join(
        [str(event.on), event.subject, event.key, str(sorted(event.args.items(), key=str))]
    )
    component.add("uid", sha256(identity.encode()).hexdigest()[:32] + "@a87")
    component.add("dtstamp", stamp)
    component.add("dtstart", event.on)
    component.add("dtend", event.on + timedelta(days=1))
    component.add("summary", f"{event.subject} – {event.sentence(language)}")
    component.add("description", event.paragraph)
    component.add("status", "CONFIRMED" if event.certain else "TENTATIVE")
    component.add("transp", "TRANSPARENT")
    return component
