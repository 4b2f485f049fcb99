"""Kinds of entries of a reporting cycle: report, evidence, participation, comments, conclusions."""

from __future__ import annotations

from typing import ClassVar, Literal

from a87lib.facts import codes
from a87lib.facts.body import Item, Part, PartialDay, Stated, StatedCycle, Text, Visibility


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


class NextStepsStated(StatedCycle):
    """Next steps that the country set itself (AF-PLAN-10)."""

    items: list[Item] = []


class GuidanceGiven(StatedCycle):
    """Guidance on evidence and participation (AF-REV-2)."""

    default_visibility: ClassVar[Visibility] = "country"
    text: Text | None = None


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
