"""Kinds of entries in a country's file: candidacy, roadmap, reporting, review, status."""

from __future__ import annotations

from typing import ClassVar, Literal

from a87lib.facts import codes
from a87lib.facts.body import (
    Body,
    Item,
    Number,
    Part,
    PartialDay,
    Stated,
    StatedCycle,
    Text,
    Visibility,
)


class InterestExpressed(Body):
    """The official letter (AF-EOI-2, WS-EOI-1)."""

    addressed_to: codes.AddressedToCode
    reasons: Stated = False
    commitment: Stated = False
    past_successes: Stated = False
    focal_point: Stated = False
    deputy_focal_point: Stated = False


class InterestAcknowledged(Body):
    """The secretariat's answer and invitation (AF-EOI-4)."""


class GcmInformed(Body):
    """The secretariat told the GCM of the expression of interest (AF-EOI-3)."""


class CalendarSet(Body):
    """The candidate fixed a calendar and told the secretariat (AF-EOI-4)."""


class StakeholdersIdentified(Body):
    """Stakeholders and how they are coordinated (AF-EOI-5)."""

    groups: list[codes.StakeholderGroupCode]
    mechanisms: Stated = False


class CoordinationBodyNamed(Body):
    """A coordination body (AF-EOI-6); existing: it was there before."""

    name: Text
    existing: bool = False


class SituationMapped(Body):
    """The mapping of the situation (AF-EOI-7): what it covers."""

    studies: bool
    legal: bool
    policy: bool
    gaps: bool
    with_stakeholders: bool


class WorkshopHeld(Body):
    """A strategic planning workshop (AF-PLAN-2, AF-PLAN-3)."""

    until: PartialDay | None = None
    groups: list[codes.StakeholderGroupCode] = []
    stocktaking: bool | None = None
    place: str | None = None


class Action(Part):
    """One action of a roadmap. budget and secured are amounts in `currency` (ISO 4217)."""

    no: Text
    title: Text
    due: PartialDay | None = None
    responsible: Stated = False
    indicators: list[str] = []
    budget: Number | None = None
    secured: Number | None = None
    currency: str | None = None
    assistance: Stated = False
    objective: codes.StrategicObjectiveCode | list[codes.StrategicObjectiveCode] | None = None
    sdg_targets: list[Text] = []


class Priority(Part):
    """A priority action area of a roadmap."""

    no: Text
    title: Text
    themes: list[codes.ThemeCode] = []
    actions: list[Action] = []


class Period(Part):
    """From a year to a year, both included."""

    start: PartialDay
    end: PartialDay


class RoadmapSubmitted(Body):
    """A version of the roadmap, or of the national action plan instead (AF-PLAN-5, -6)."""

    version: Text | None = None
    basis: codes.RoadmapBasisCode = "roadmap"
    themes: list[codes.ThemeCode] = []
    period: Period | str | list[PartialDay] | None = None
    priorities: list[Priority] = []
    criteria: Stated = False
    human_resources: Stated = False
    funding_steps: Stated = False
    no_assistance_needed: bool = False


class RoadmapPresented(Body):
    """Priorities and planned consultation process presented to the GCM (AF-PLAN-7)."""

    of: ClassVar[Literal["country", "meeting", "either", "register"]] = "either"
    priorities: Stated | int | None = None
    consultation_process: Stated | None = None


class RoadmapCommentsMade(Body):
    """The GCM's comments on a roadmap (AF-PLAN-8)."""

    default_visibility: ClassVar[Visibility] = "country"
    items: list[Item] = []


class RoadmapCommentsAddressed(Body):
    """How the country dealt with the GCM's comments (AF-PLAN-8)."""

    default_visibility: ClassVar[Visibility] = "country"
    items: list[Item] = []


class ProfilePublished(Body):
    """The country profile on the web site (AF-PLAN-9)."""


class ProfileUpdated(Body):
    """The profile after an updated roadmap (AF-PLAN-10)."""


class ReportReceived(StatedCycle):
    """The cycle's progress report arrived (AF-MON-1).

    document: a name, or `sha256:` and the digest of a document that is kept; document_name: what
    its sender called it. difficulties, wishes_to_learn: of the country as a whole (AF-MON-2).
    """

    document: str | None = None
    document_name: Text | None = None
    approved_on: PartialDay | None = None
    difficulties: list[Text] = []
    wishes_to_learn: list[Text] = []


class IndicatorFrameworkReceived(StatedCycle):
    """The cycle's indicator framework arrived, new or updated (AF-MON-1)."""

    document: str | None = None
    document_name: Text | None = None


class ActionProgressStated(StatedCycle):
    """What the country says of an action in its report (AF-MON-2)."""

    priority: Text | None = None
    action: Text
    state: codes.ActionStateCode
    text: Text | None = None
    difficulty: Text | None = None
    wish_to_learn: Text | None = None


class EvidenceReceived(StatedCycle):
    """Evidence of progress (AF-REV-3); about: an action, priority, indicator or theme.

    dated: when it was made. document, document_name: as in a report.
    """

    type: codes.EvidenceTypeCode = "other"
    about: Stated | None = None
    title: Text | None = None
    dated: PartialDay | None = None
    document: str | None = None
    document_name: Text | None = None


class ParticipationRecorded(StatedCycle):
    """Participation of a stakeholder group (AF-REV-4)."""

    group: codes.ParticipantGroupCode
    organisation: Text | None = None
    level: codes.ParticipationLevelCode = "national"
    stage: codes.ParticipationStageCode | None = None
    endorsed: bool | None = None


class CommentItem(Item):
    """A comment to the country. about: the criterion or the rule that it is about, if any."""

    about: Text | None = None


class CommentsSent(StatedCycle):
    """The working group's comments to the country, item by item (AF-MON-4)."""

    default_visibility: ClassVar[Visibility] = "country"
    items: list[CommentItem] = []


class ReplyItem(Part):
    """The country's answer to one comment."""

    item: Text
    reply: codes.ReplyCode | None = None
    text: Text | None = None


class ReplyReceived(StatedCycle):
    """The country's reply to the comments, item by item."""

    default_visibility: ClassVar[Visibility] = "country"
    items: list[ReplyItem] = []


class ReportFinalised(StatedCycle):
    """The finalised report (AF-MON-4)."""

    document: str | None = None


class ReportPublished(StatedCycle):
    """The final report is on the web site (AF-MON-5)."""

    document: str | None = None


class AssessmentMade(StatedCycle):
    """One reviewer's own assessment of a criterion."""

    default_visibility: ClassVar[Visibility] = "reviewers"
    criterion: codes.CriterionCode
    judgement: codes.JudgementCode
    text: Text | None = None
    reviewer: str | None = None


class SubgroupConcluded(StatedCycle):
    """The review subgroup's conclusion on a criterion (INT-06)."""

    default_visibility: ClassVar[Visibility] = "subgroup"
    one_per: ClassVar[tuple[str, ...] | None] = ("country", "cycle", "criterion")
    criterion: codes.CriterionCode
    judgement: codes.JudgementCode
    text: Text | None = None


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


class NextStepsStated(StatedCycle):
    """Next steps that the country set itself (AF-PLAN-10)."""

    items: list[Item] = []


class GuidanceGiven(StatedCycle):
    """Guidance on evidence and participation (AF-REV-2)."""

    default_visibility: ClassVar[Visibility] = "country"
    text: Text | None = None


class SubgroupFormed(Body):
    """A review or support subgroup (AF-REV-1, AF-REV-11)."""

    of: ClassVar[Literal["country", "meeting", "either", "register"]] = "either"
    default_visibility: ClassVar[Visibility] = "members"
    purpose: codes.SubgroupPurposeCode
    members: list[str] = []


class SignsReported(StatedCycle):
    """The working group reported the signs of a cycle to the GCM (AF-REV-8)."""

    of: ClassVar[Literal["country", "meeting", "either", "register"]] = "either"
    default_visibility: ClassVar[Visibility] = "members"


class ReviewReported(StatedCycle):
    """The working group reported on the cycle to the GCM (AF-REV-5)."""

    of: ClassVar[Literal["country", "meeting", "either", "register"]] = "either"
    default_visibility: ClassVar[Visibility] = "members"


class StatusNoticeSent(StatedCycle):
    """The yearly notice of its status to the country (AF-REV-5)."""

    default_visibility: ClassVar[Visibility] = "country"


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
