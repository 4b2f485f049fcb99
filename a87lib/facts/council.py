"""Kinds of entries about the Global Coordinating Group: seats, meetings, decisions, groups."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator

from a87lib.facts import codes
from a87lib.facts.body import Body, Number, Part, PartialDay, Stated, Text, Visibility

Of = Literal["country", "meeting", "either", "register"]


def _written(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


Moment = Annotated[str, BeforeValidator(_written)]
"""A day, a clock time or both, as written: `2024-05-02T14:00`, `2024-05-02`, `14:00`."""


class _Council(Body):
    of: ClassVar[Of] = "register"
    default_visibility: ClassVar[Visibility] = "members"


class _Meeting(_Council):
    of: ClassVar[Of] = "meeting"


class MeetingCalled(_Meeting):
    """A meeting was called (TR-MEET-1). happened_on is the day of the call, or of the meeting.

    starts_at: when the meeting starts; its day is that of the meeting.
    """

    mode: codes.MeetingModeCode | None = None
    place: str | None = None
    starts_at: Moment | None = None
    regular: bool | None = None


class Speaker(Part):
    """Who speaks on an agenda item, and for how many minutes."""

    name: Text
    minutes: Number | None = None


class AgendaItem(Part):
    """A slot of an agenda; starts and ends are clock times `16:08`."""

    no: Text
    title: Text
    objective: Text | None = None
    starts: str | None = None
    ends: str | None = None
    minutes: Number | None = None
    speakers: list[Speaker] = []


class Reference(Part):
    """An earlier meeting that an agenda refers to, with the date printed there."""

    meeting: int
    on: date


class AgendaSet(_Meeting):
    """The agenda of a meeting (AG-1, AG-2)."""

    timezone: str | None = None
    refers_to: list[Reference] = []
    items: list[AgendaItem] = []


class MeetingHeld(_Meeting):
    """A meeting took place on happened_on; regular or extraordinary."""

    regular: bool = True
    mode: codes.MeetingModeCode | None = None
    place: str | None = None


class SeatTaken(_Council):
    """A seat was taken (TR-SEAT-1). named_by: who named the holder; capacity: why (UN and IGO)."""

    seat: codes.SeatCode
    holder: Text
    office: str | None = None
    named_by: str | None = None
    capacity: str | None = None


class SeatLeft(_Council):
    """A seat became vacant (TR-SEAT-2)."""

    seat: codes.SeatCode


class AttendanceRecorded(_Meeting):
    """A seat's presence at a meeting (TR-SEAT-4).

    left_at: when whoever was present left the room; came_at: when they came late, or came back. Of
    several records of a seat at a meeting the last one says whether it is in the room.
    """

    seat: codes.SeatCode
    presence: codes.PresenceCode
    left_at: Moment | None = None
    came_at: Moment | None = None


class ObserverInvited(_Meeting):
    """An observer was invited for an occasion (TR-SEAT-3)."""

    who: Text
    interest_told_on: PartialDay | None = None
    gcm_told_on: PartialDay | None = None


class DecisionMade(Body):
    """A decision of the GCM (TR-DEC-1, -2).

    present: seats present at that decision; quorum: what the record says of the quorum where the
    seats present are not on file; shown: what the meeting was shown (kept as it was).
    """

    of: ClassVar[Of] = "either"
    subject: codes.DecisionSubjectCode
    group: str | None = None
    text: Text | None = None
    consensus: bool | None = None
    quorum: bool | None = None
    present: list[codes.SeatCode] | None = None
    shown: Stated | dict[str, object] | list[object] | None = None


class ItemMinuted(_Meeting):
    """What was said on an agenda item (TR-MIN-1)."""

    item: Text
    summary: Text | None = None
    conclusion: Text | None = None


class ActionAgreed(_Meeting):
    """An action to follow up (TR-MIN-1)."""

    text: Text
    owner: Text | None = None
    due: PartialDay | None = None
    no: Text | None = None


class ActionDone(_Meeting):
    """An action agreed at a meeting is done."""

    no: Text | None = None
    text: Text | None = None


class MinutesSent(_Meeting):
    """The minutes were sent to all members (TR-MIN-1)."""


class GroupProposed(_Council):
    """A new group was proposed (TR-GCM-2)."""

    name: Text
    needs: Stated = False
    resources: Stated = False


class GroupCreated(_Council):
    """A group was created: its results and its end (TR-GCM-2)."""

    name: Text
    group_kind: codes.GroupKindCode
    results: Stated = False
    ends_on: PartialDay | None = None
    leaders: list[str] = []


class WorkPlanItem(_Council):
    """An item of a group's work plan (TR-GCM-3)."""

    group: Text
    title: Text
    due: PartialDay | None = None
    state: codes.WorkPlanStateCode


class PartnerJoined(_Council):
    """A partner joined the Alliance (TR-PAR-1)."""

    name: Text
    type: codes.PartnerTypeCode


class CoverageDeclared(_Council):
    """For what the register's submissions are complete, and until when (INT-18)."""

    default_visibility: ClassVar[Visibility] = "public"
    kinds: list[str] | None = None
    cycles: list[int] | None = None
    until: date | None = None
    countries: list[str] | None = None


class ErasureRecorded(_Council):
    """An entry's body was blanked (personal data); its place in the chain stays.

    document: `sha256:` and the digest of a document that the entry linked, blanked with it.
    """

    default_visibility: ClassVar[Visibility] = "public"
    entry: int
    document: str | None = None
    reason: Text | None = None
