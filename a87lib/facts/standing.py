"""Kinds of entries about a pathfinder's standing: dialogue, support, reactivation, commitments."""

from __future__ import annotations

from typing import ClassVar, Literal

from a87lib.facts import codes
from a87lib.facts.body import Body, Stated, Text, Visibility


class DialogueOpened(Body):
    """A dialogue with the country was opened (AF-REV-8, -9)."""

    default_visibility: ClassVar[Visibility] = "country"
    about: codes.DialogueAboutCode | None = None
    circumstances: Stated = False
    way_forward: Stated = False


class DialogueHeld(DialogueOpened):
    """A dialogue was held (AF-REV-9 to -11)."""


class SupportOffered(Body):
    """Support offered by the GCM or a partner (AF-REV-11)."""

    default_visibility: ClassVar[Visibility] = "country"
    form: codes.SupportFormCode | None = None
    by: str | None = None


class SupportGiven(SupportOffered):
    """Support given (AF-IMP-2)."""


class ReactivationRequested(Body):
    """Contact or letter that opens a reactivation (AF-REA-1, AF-BOX-3)."""

    default_visibility: ClassVar[Visibility] = "country"
    addressed_to: codes.ReactivationAddressedToCode
    corrective_measures: Stated = False
    roadmap_changes: Stated = False


class DialogueConcluded(Body):
    """What a person recorded as the outcome of dialogue and assistance (AF-REV-12)."""

    default_visibility: ClassVar[Visibility] = "country"
    outcome: codes.DialogueOutcomeCode
    text: Text | None = None


class SubgroupFormed(Body):
    """A review or support subgroup (AF-REV-1, AF-REV-11)."""

    of: ClassVar[Literal["country", "meeting", "either", "register"]] = "either"
    default_visibility: ClassVar[Visibility] = "members"
    purpose: codes.SubgroupPurposeCode
    members: list[str] = []


class InactiveNoticeSent(Body):
    """The country was told that it is declared inactive (AF-REV-12)."""

    default_visibility: ClassVar[Visibility] = "country"


class CommitmentShown(Body):
    """A commitment that the country turned into action (AF-BOX-2)."""

    about: codes.CommitmentAboutCode
    text: Text | None = None


class TreatyRatified(Body):
    """A treaty that the country ratified."""

    treaty: codes.TreatyCode
