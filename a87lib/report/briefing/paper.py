"""A paper by its key: its numbered heading and its content, where the edition has it."""

from __future__ import annotations

from collections.abc import Callable

from a87lib.report import documents as doc
from a87lib.report.briefing import (
    actions,
    agenda,
    annexes,
    brief,
    candidates,
    context,
    cycle,
    decisions,
    dialogues,
    groups,
    membership,
    overview,
    received,
    signs,
)
from a87lib.report.briefing.opening import Briefing

WRITERS: dict[str, Callable[[Briefing], doc.Element]] = {
    "brief": brief.brief,
    "agenda": agenda.agenda,
    "actions": actions.actions,
    "report": cycle.report,
    "overview": overview.overview,
    "signs": signs.signs,
    "candidates": candidates.papers,
    "dialogues": dialogues.dialogues,
    "received": received.since_cutoff,
    "groups": groups.groups,
    "membership": membership.membership,
    "decisions": decisions.decisions,
    "context": context.context,
    "annexes": annexes.annexes,
}
OWN_PAGE = frozenset(
    {"brief", "agenda", "overview", "signs", "candidates", "dialogues", "decisions"}
)
"""Papers that begin a page, if they have more to show than a sentence."""
ALWAYS = frozenset({"brief", "agenda", "overview"})
FEW = 1200
"""Characters of markup below which a paper needs no page of its own."""


def paper(this: Briefing, key: str) -> doc.Element:
    """The paper, or nothing where this edition has none of that key."""
    if key not in this.papers:
        return doc.stack()
    content = WRITERS[key](this)
    fresh = key in ALWAYS or (key in OWN_PAGE and len(content.html) > FEW)
    return doc.stack(this.section(key, new_page=fresh), content)
