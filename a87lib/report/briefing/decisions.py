"""Draft decisions worded for consensus, each with its paragraph (TR-DEC-1)."""

from __future__ import annotations

from a87lib.report import documents as doc
from a87lib.report.briefing.opening import Briefing
from a87lib.report.briefing.pieces import columns, nothing
from a87lib.report.briefing.sheets import Sheet
from a87lib.report.briefing.wording import Draft, drafts


def numbered(this: Briefing) -> list[tuple[str, Draft]]:
    """The drafts with their numbers, 22/1, 22/2 …"""
    return [(f"{this.asked.meeting}/{place}", each) for place, each in enumerate(drafts(this), 1)]


def decisions(this: Briefing) -> doc.Element:
    """The drafts, in the order of the agenda."""
    found = numbered(this)
    if not found:
        return nothing(this, "decisions")
    return doc.stack(
        doc.paragraph(this.say("decisions.lead"), kind="note"),
        doc.table(
            this.say("decisions.table"),
            columns(this, ("decision_no", "about", "wording", "paragraph"), (0.8, 1.7, 4.6, 1.2)),
            [(no, each.about, each.text, doc.code(each.paragraph)) for no, each in found],
        ),
    )


def sheet(this: Briefing) -> Sheet:
    """The drafts as plain values."""
    return Sheet.of(
        "decisions",
        ("decision_no", "about", "wording", "paragraph"),
        [(no, each.about, each.text, each.paragraph) for no, each in numbered(this)],
    )
