"""Kinds of entries that others publish: they say so, and change no answer."""

from __future__ import annotations

from typing import ClassVar, Literal

from a87lib.facts import codes
from a87lib.facts.body import Body, StatedCycle, Text


class StatusStated(Body):
    """A third party says what status the country has: changes no status (INT-18)."""

    status: codes.StatedStatusCode
    by: Text
    text: Text | None = None


class AbsenceStated(StatedCycle):
    """A third party says that something was not submitted: changes no answer (INT-18)."""

    what: codes.AbsenceWhatCode
    by: str | None = None


class StatisticsReceived(Body):
    """Public figures from a publisher; the figures are the entry's observations."""

    publisher: Text
    series: Text
    edition: Text | None = None
    licence: Text | None = None


class ClaimRecorded(Body):
    """A sourced public claim that no other kind holds; changes nothing."""

    of: ClassVar[Literal["country", "meeting", "either", "register"]] = "either"
    topic: codes.ClaimTopicCode
    value: Text | None = None
    by: str | None = None
