"""The head of the document, with what it says of itself."""

from __future__ import annotations

from a87lib.report import documents as doc
from a87lib.report.briefing.opening import Briefing


def head(this: Briefing) -> doc.Title:
    """The meeting, the edition, the day of the meeting, the cut-off."""
    on = this.meeting.on if this.meeting is not None else None
    more = [
        (this.say("fact.day"), this.day(on)),
        (this.say("edition"), this.say(f"edition.{this.asked.edition}")),
        (this.say("cutoff"), this.day(this.cutoff)),
    ]
    number = this.asked.meeting
    return doc.title(
        this.say("title", count=number, number=number),
        language=this.language,
        asof=this.asof,
        known_at=this.known_at,
        digest=this.digest,
        framework=this.framework.version,
        kind=this.say(f"kind.{this.asked.edition}"),
        notice=this.notice,
        more=tuple(more),
    )
