"""Kinds of entries on the way to becoming a pathfinder: the letter, preparation, the roadmap."""

from __future__ import annotations

from typing import ClassVar, Literal

from a87lib.facts import codes
from a87lib.facts.body import Body, Item, Number, Part, PartialDay, Stated, Text, Visibility


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
