"""The body of a letter by its kind."""

from __future__ import annotations

from collections.abc import Callable

from a87lib.report import documents as doc
from a87lib.report.letters import country, meeting, public
from a87lib.report.letters.opening import Letter

WRITERS: dict[str, Callable[[Letter], doc.Element]] = {
    "interest-answer": country.interest_answer,
    "status-notice": country.status_notice,
    "comments": country.comments,
    "dialogue": country.dialogue,
    "inactivity": country.inactivity,
    "reactivation": country.reactivation,
    "invitation": meeting.invitation,
    "minutes": meeting.minutes,
    "overview": public.overview,
    "bulletin": public.bulletin,
    "profile": public.profile,
}


def body(this: Letter) -> doc.Element:
    """What the letter says. Raises Problems where nothing on file gives ground for it."""
    return WRITERS[this.asked.kind](this)
