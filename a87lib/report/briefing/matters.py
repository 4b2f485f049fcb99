"""What the meeting may decide about countries: from findings, never a verdict of the program."""

from __future__ import annotations

from dataclasses import dataclass

from a87lib.report.briefing.country import Country
from a87lib.report.briefing.opening import Briefing
from a87lib.report.review.decisions import questions
from a87lib.rules import Finding

CANDIDATES = ("grant_status", "reactivate", "declare_inactive")
"""Decisions that change a status; each country has a page of its own."""


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that the meeting may decide about a country.

    subject: as in decisions. open: a person has yet to say or send something first, so that nothing
    is put to the meeting. decided: the meeting at which it was decided already, if it was.
    """

    subject: str
    country: Country
    finding: Finding
    open: bool
    decided: int | None

    @property
    def ripe(self) -> bool:
        """Whether it can be put to the meeting: the grounds are complete and it is undecided."""
        return not self.open and self.decided is None


def matters(this: Briefing) -> list[Matter]:
    """All matters, by subject in the order of an agenda, then by country."""
    order = (*CANDIDATES, "conclude_dialogue", "open_dialogue")
    found = [
        Matter(q.subject, country, q.finding, q.open, _decided(country, q.subject))
        for country in this.countries
        for q in questions(country.whole)
    ]
    return sorted(found, key=lambda matter: order.index(matter.subject))


def _decided(country: Country, subject: str) -> int | None:
    """The meeting that opened a dialogue since the first sign that is there now."""
    if subject != "open_dialogue":
        return None
    since = [
        f.since
        for f in country.whole.findings.values()
        if f.rule.startswith("signals.no_") and f.answer == "yes" and f.since is not None
    ]
    made = [
        entry
        for entry in country.shown.of("decision_made")
        if entry.body.subject == subject
        and entry.body.consensus is not False
        and since
        and entry.when.last >= min(since)
    ]
    return made[-1].meeting if made else None


def candidates(this: Briefing) -> list[Matter]:
    """The matters on which a status may change at this meeting."""
    return [m for m in matters(this) if m.subject in CANDIDATES and m.ripe]
