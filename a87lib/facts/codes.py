"""Codes of the framework's vocabularies as field types: other values are refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from a87lib import framework


@dataclass(frozen=True, slots=True)
class Code:
    """Marks a text field as a code of one of the named vocabularies of the framework."""

    vocabulary: str
    or_of: str | None = None

    def known(self, value: str) -> str:
        """The value, if a vocabulary has it; ValueError naming the codes otherwise."""
        codes = list(framework.load().vocabulary(self.vocabulary))
        if self.or_of is not None:
            codes += framework.load().vocabulary(self.or_of)
        if value not in codes:
            raise ValueError(f"one of {', '.join(codes)}")
        return value

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        text = core_schema.no_info_before_validator_function(_as_text, handler(source))
        return core_schema.no_info_after_validator_function(self.known, text)


@dataclass(frozen=True, slots=True)
class Coded:
    """A code that is said by its label in the reader's language."""

    vocabulary: str
    code: str

    def say(self, language: str) -> str:
        """The label of the code."""
        return framework.load().label(self.vocabulary, self.code, language)

    def __str__(self) -> str:
        return self.code


class Holder(str):
    """Who holds a seat of the GCM: a country is said by its name in the reader's language."""

    __slots__ = ()

    def say(self, language: str) -> str:
        """The name: of anybody else as it is written."""
        return framework.name_in(self, language)


def _as_text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


AbsenceWhatCode = Annotated[str, Code("absence_what")]
ActionStateCode = Annotated[str, Code("action_state")]
AddressedToCode = Annotated[str, Code("addressed_to")]
ClaimTopicCode = Annotated[str, Code("claim_topic")]
CommitmentAboutCode = Annotated[str, Code("commitment_about")]
CriterionCode = Annotated[str, Code("criterion")]
ConflictCode = Annotated[str, Code("conflict")]
DecisionSubjectCode = Annotated[str, Code("decision_subject")]
DialogueAboutCode = Annotated[str, Code("dialogue_about")]
DialogueOutcomeCode = Annotated[str, Code("dialogue_outcome")]
EvidenceTypeCode = Annotated[str, Code("evidence_type")]
GroupKindCode = Annotated[str, Code("group_kind")]
JudgementCode = Annotated[str, Code("judgement")]
MeetingModeCode = Annotated[str, Code("meeting_mode")]
ParticipantGroupCode = Annotated[str, Code("stakeholder_group", "international_group")]
ParticipationLevelCode = Annotated[str, Code("participation_level")]
ParticipationStageCode = Annotated[str, Code("participation_stage")]
PartnerTypeCode = Annotated[str, Code("partner_type")]
PresenceCode = Annotated[str, Code("presence")]
ReactivationAddressedToCode = Annotated[str, Code("reactivation_addressed_to")]
ReplyCode = Annotated[str, Code("reply")]
ReviewRoleCode = Annotated[str, Code("review_role")]
ReviewRoundCode = Annotated[str, Code("review_round")]
ReviewStepCode = Annotated[str, Code("review_step")]
RoadmapBasisCode = Annotated[str, Code("roadmap_basis")]
SeatCode = Annotated[str, Code("seat")]
StakeholderGroupCode = Annotated[str, Code("stakeholder_group")]
StatedStatusCode = Annotated[str, Code("stated_status")]
StrategicObjectiveCode = Annotated[str, Code("strategic_objective")]
SubgroupPurposeCode = Annotated[str, Code("subgroup_purpose")]
SupportFormCode = Annotated[str, Code("support_form")]
ThemeCode = Annotated[str, Code("theme")]
TimelinessCode = Annotated[str, Code("timeliness")]
TreatyCode = Annotated[str, Code("treaty")]
WorkPlanStateCode = Annotated[str, Code("work_plan_state")]
