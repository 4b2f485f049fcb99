"""What comes next for a country: deadlines, and signs that would appear, each on its day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from a87lib.countryfile import CountryFile
from a87lib.framework import Framework
from a87lib.language import say
from a87lib.rules.duties import due_on, owed_cycles, owes
from a87lib.rules.history import history, status
from a87lib.rules.readiness import READY
from a87lib.rules.rule import RULES
from a87lib.rules.signals import SIGNS, SignName
from a87lib.rules.signals_warning import warning_on


@dataclass(frozen=True, slots=True)
class Event:
    """Something that comes due or would happen on a day.

    subject: a country's code, a meeting, or the GCM. key: `event.<key>` in the catalogue.
    paragraph: where it comes from. certain: false for what happens only if nothing arrives.
    """

    on: date
    subject: str
    key: str
    paragraph: str
    args: Mapping[str, Any] = field(default_factory=dict)
    certain: bool = True

    def sentence(self, language: str) -> str:
        """The event in words."""
        return say(f"event.{self.key}", language, on=self.on, **self.args)


def upcoming(file: CountryFile, framework: Framework, until: date) -> list[Event]:
    """The events after the file's day, up to `until`, in order of days."""
    now = status(file, framework)
    events: list[Event] = []
    if now == "active":
        events += _deadlines(file, framework, until)
        events += _warnings(file, framework, until)
    if now == "candidate":
        events += _candidate(file, framework)
    return sorted(
        (event for event in events if file.asof < event.on <= until),
        key=lambda event: (event.on, event.key, str(event.args)),
    )


def _deadlines(file: CountryFile, framework: Framework, until: date) -> Iterator[Event]:
    """Due dates of reports and frameworks to come, and ends of finalising."""
    for cycle in range(file.asof.year, until.year + 1):
        if owes(file, framework, cycle):
            on = due_on(cycle, framework)
            for kind in ("report_received", "indicator_framework_received"):
                if file.first(kind, cycle) is None:
                    yield Event(on, file.country, f"{kind}_due", "AF-MON-3", {"cycle": cycle})
    for cycle in owed_cycles(file, framework)[-2:]:
        if file.first("comments_sent", cycle) and not file.first("report_finalised", cycle):
            on = due_on(cycle + 1, framework)
            yield Event(on, file.country, "finalising_ends", "AF-MON-4", {"cycle": cycle})


def _warnings(file: CountryFile, framework: Framework, until: date) -> Iterator[Event]:
    for sign in SIGNS:
        found = warning_on(file, framework, sign.id)
        if found is not None:
            on, missed, coming = found
            args = {"sign": SignName(sign.id), "missed": missed, "cycle": coming}
            paragraph = RULES[sign.id].paragraph
            yield Event(on, file.country, "sign_would_appear", paragraph, args, certain=False)


def _candidate(file: CountryFile, framework: Framework) -> Iterator[Event]:
    """Actions of a candidate's roadmap that were to be taken in the year of submission (INT-15)."""
    roadmap = file.last("roadmap_submitted")
    if roadmap is not None and history(file, framework).granted_on is None:
        on = date(roadmap.when.last.year, 12, 31)
        yield Event(on, file.country, "immediate_measures_until", RULES[READY].paragraph)
