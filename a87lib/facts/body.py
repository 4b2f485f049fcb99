"""What every kind of entry has in common, and the types its fields are made of."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from a87lib.facts.when import PartialDate

Visibility = Literal["reviewers", "subgroup", "country", "members", "public"]
VISIBILITIES: tuple[Visibility, ...] = ("reviewers", "subgroup", "country", "members", "public")
Confidence = Literal["high", "medium", "low"]
Language = str  # a two-letter code: a country may write in any language

Stated = bool | str | list[str]
"""Something a country stated: its text, several texts, or just whether it did."""


def said(value: object) -> bool:
    """Whether a `Stated` field says anything."""
    return value.strip() not in ("", "no") if isinstance(value, str) else bool(value)


class Part(BaseModel):
    """A part of a body: unknown fields are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=False)


class Body(Part):
    """The fields of one kind of entry.

    default_visibility: who may see an entry of the kind unless the entry narrows it.
    of: whose file it belongs to. in_cycle: whether it must name a reporting cycle.
    one_per: the fields that make its slot, where there can be only one first. desk_only: whether it
    is a step of the review itself, which no file, report or screen reads.
    """

    default_visibility: ClassVar[Visibility] = "public"
    of: ClassVar[Literal["country", "meeting", "either", "register"]] = "country"
    in_cycle: ClassVar[bool] = False
    one_per: ClassVar[tuple[str, ...] | None] = None
    desk_only: ClassVar[bool] = False

    language: Language | None = None
    confidence: Confidence | None = None
    note: str | None = None


def _text(value: object) -> object:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return getattr(value, "written", str(value)) if number else value


def _partial(value: object) -> object:
    return value if isinstance(value, PartialDate) else str(PartialDate.of(value))


Day = date
PartialDay = Annotated[str, BeforeValidator(_partial)]
"""A date of day, month or year precision, kept as it was written (`2022-04`)."""
Text = Annotated[str, BeforeValidator(_text), Field(min_length=1, max_length=20_000)]
Number = int | float
Cycle = Annotated[int, Field(ge=2000, le=2100)]


class Item(Part):
    """A numbered comment or suggestion."""

    no: Annotated[str, BeforeValidator(_text)]
    text: Text


class StatedCycle(Body):
    """A body that belongs to a reporting cycle (the cycle itself stands in the entry)."""

    in_cycle: ClassVar[bool] = True
