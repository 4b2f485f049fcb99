"""Steps of the review itself: who reviews what, conflicts, deadlines, what was done by whom.

These kinds belong to the desk alone (`desk_only`): they tell who reviews whom.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from a87lib.facts import codes
from a87lib.facts.body import Body, Day, Text, Visibility

PersonId = Annotated[str, Field(min_length=1, max_length=128)]
Days = Annotated[int, Field(ge=0, le=365)]


class _Step(Body):
    desk_only: ClassVar[bool] = True
    default_visibility: ClassVar[Visibility] = "reviewers"


class ReviewAssigned(_Step):
    """A person reviews a country's file in a cycle, as its lead or as a reviewer (AF-REV-1)."""

    in_cycle: ClassVar[bool] = True
    one_per: ClassVar[tuple[str, ...] | None] = ("country", "cycle", "reviewer")
    reviewer: PersonId
    role: codes.ReviewRoleCode


class ConflictStated(_Step):
    """Whether a person has a conflict of interest about a country.

    In a cycle: as the person declared it. In none: pinned by the secretariat, until lifted.
    """

    one_per: ClassVar[tuple[str, ...] | None] = ("country", "cycle", "person")
    person: PersonId
    conflict: codes.ConflictCode
    text: Text | None = None


class ReviewDeadlineSet(_Step):
    """By when a round of a cycle is to be done, and the days of grace after it.

    For one country, or for all that have none of their own.
    """

    of: ClassVar[Literal["country", "meeting", "either", "register"]] = "either"
    in_cycle: ClassVar[bool] = True
    one_per: ClassVar[tuple[str, ...] | None] = ("country", "cycle", "round")
    round: codes.ReviewRoundCode
    due_on: Day
    grace_days: Days = 0


class ReviewReopened(_Step):
    """A round that was done or closed is open again, for one person or for all, until a day."""

    in_cycle: ClassVar[bool] = True
    round: codes.ReviewRoundCode
    until: Day
    reason: Text
    person: PersonId | None = None


class ReviewStep(_Step):
    """What somebody did in a review, on whose behalf, in time or not, and why."""

    of: ClassVar[Literal["country", "meeting", "either", "register"]] = "either"
    step: codes.ReviewStepCode
    person: PersonId
    on_behalf_of: PersonId | None = None
    about: str | None = None
    reason: Text | None = None
    timeliness: codes.TimelinessCode | None = None


class RolesGiven(_Step):
    """The roles that a person has from now on; the person's name is kept elsewhere."""

    of: ClassVar[Literal["country", "meeting", "either", "register"]] = "register"
    person: PersonId
    roles: str
