"""Whether a meeting was held, and on which day: what many rules of the GCM ask first."""

from __future__ import annotations

from datetime import date

from a87lib.meetingfile import CouncilFile, meeting_of
from a87lib.rules.finding import Answer, Outcome, Reason


def not_held(file: CouncilFile) -> Outcome | None:
    """What to answer of a meeting that is not on file as held; None where it was held."""
    if file.meeting is None:
        return Outcome(Answer.NOT_APPLICABLE, (Reason("no_meeting_named"),))
    found = meeting_of(file, file.meeting)
    if found is not None and found.held:
        return None
    args = {"meeting": file.meeting}
    if found is not None and found.on >= file.asof:
        reason = Reason("meeting_to_come", None, (found.entry.no,), {**args, "on": found.on})
        return Outcome(Answer.TOO_EARLY, (reason,), next_on=found.on)
    if not file.covered("meeting_held"):
        return Outcome(Answer.ASK, (Reason("meeting_not_on_file", None, (), args),))
    if found is not None:
        reason = Reason("meeting_not_held", None, (found.entry.no,), {**args, "on": found.on})
        return Outcome(Answer.NOT_APPLICABLE, (reason,))
    return Outcome(Answer.TOO_EARLY, (Reason("meeting_not_held_yet", None, (), args),))


def day_of(file: CouncilFile) -> date | None:
    """The day of the file's meeting: on which it was held, or for which it is called."""
    found = meeting_of(file, file.meeting)
    return None if found is None else found.on
