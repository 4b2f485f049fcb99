"""What a decision of the GCM does to a country's status (AF-PLAN-9, AF-REV-12, AF-REA-1)."""

from __future__ import annotations

from dataclasses import dataclass

from a87lib.countryfile import Archive
from a87lib.facts import Entry
from a87lib.framework import Framework
from a87lib.rules.asking import ask
from a87lib.rules.finding import Finding
from a87lib.rules.history import STATUS_DECISIONS

GROUNDS = {
    "grant_status": "candidacy.ready",
    "declare_inactive": "standing.inactive_grounds",
    "reactivate": "standing.reactivation_ready",
    "open_dialogue": "standing.dialogue_suggested",
}
"""For a decision about a country, the rule that tells on what grounds it can rest."""


@dataclass(frozen=True, slots=True)
class Effect:
    """A country's status on the day of a decision: without the decision, and with it."""

    country: str
    before: Finding
    after: Finding

    @property
    def changed(self) -> bool:
        """Whether the decision changed the status."""
        return bool(self.before.value != self.after.value)


def effect(archive: Archive, decision: Entry, framework: Framework) -> Effect | None:
    """What a decision does to the status of its country; None for decisions about anything else."""
    if decision.country is None or decision.body.subject not in STATUS_DECISIONS:
        return None
    day = decision.when.last
    others = [entry for entry in archive.entries if entry.no != decision.no]
    without = Archive(others, coverage=archive.coverage)
    before, after = (
        ask("standing.status", each.file(decision.country, day), framework)
        for each in (without, archive)
    )
    return Effect(decision.country, before, after)
