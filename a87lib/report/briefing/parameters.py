"""What a briefing is asked for: declared, typed, and refused in one sentence where wrong."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from a87lib.report import jobs
from a87lib.report.inline import DOCUMENT
from a87lib.report.review.parameters import Day, KnownAt, Tongue, not_after, validated

EDITIONS = ("internal", "members")
"""For chair and secretariat, who see every entry; for all members."""
ANNEX = "xlsx"
"""The format that a briefing can have besides those of every document."""


def _meeting(value: object) -> object:
    if type(value) is not int or value < 1:
        raise ValueError("not_a_meeting")
    return value


def _edition(value: object) -> object:
    if value not in EDITIONS:
        raise ValueError("unknown_edition")
    return value


def _cutoff(value: object) -> object:
    if value in ("", None) or isinstance(value, date):
        return value or None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError("impossible_day") from None


def _points(value: object) -> object:
    pairs = [each.partition("=") for each in str(value or "").split(",") if each.strip()]
    if not all(paper.strip() and point.strip() for paper, _, point in pairs):
        raise ValueError("not_a_point")
    return {paper.strip(): point.strip() for paper, _, point in pairs}


def _reviews(value: object) -> object:
    paths = [str(path) for path in value] if isinstance(value, (list, tuple)) else [str(value)]
    if not all(DOCUMENT.fullmatch(f"../{path}") for path in paths):
        raise ValueError("not_a_document")
    return tuple(paths)


class Parameters(BaseModel):
    """The parameters of a briefing.

    meeting: its number. asof, known_at: as in a review. cutoff: papers hold what had come by that
    day, later things are listed apart (None: the day of the last meeting). edition: internal or
    members. points: on which agenda item a paper is dealt with, as `report=II,candidates=VI`.
    reviews: the country reviews that lie in the same pack, to be linked. language, register: as in
    a review.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    meeting: Annotated[int, BeforeValidator(_meeting)]
    asof: Day
    known_at: KnownAt = None
    cutoff: Annotated[date | None, BeforeValidator(_cutoff)] = None
    edition: Annotated[str, BeforeValidator(_edition)] = "internal"
    points: Annotated[dict[str, str], BeforeValidator(_points)] = {}
    reviews: Annotated[tuple[str, ...], BeforeValidator(_reviews)] = ()
    language: Tongue = "en"
    register_: str = ""


class Declared(jobs.Parameters):
    """The same as the notebook declares them: plain literals."""

    meeting: int
    asof: str
    known_at: str
    cutoff: str
    edition: str
    points: str
    reviews: list[str]
    language: str

    @classmethod
    def of(cls, asked: Parameters) -> Declared:
        """The literals that stand for these parameters."""
        known_at = asked.known_at
        return cls(
            meeting=asked.meeting,
            asof=asked.asof.isoformat(),
            known_at="" if known_at is None else known_at.isoformat().replace("+00:00", "Z"),
            cutoff="" if asked.cutoff is None else asked.cutoff.isoformat(),
            edition=asked.edition,
            points=",".join(f"{paper}={point}" for paper, point in asked.points.items()),
            reviews=list(asked.reviews),
            language=asked.language,
        )


class WhatIfDeclared(jobs.Parameters):
    """The parameters of the paper on what would differ if the GCM changed its texts."""

    meeting: int
    asof: str
    known_at: str
    changes: str
    language: str


NAMES = (*Declared.model_fields, "register")
"""The names under which the notebook declares them."""


def declared(**values: object) -> Parameters:
    """The parameters, or Problems of usage with everything that is wrong with them."""
    asked = validated(Parameters, NAMES, values)
    not_after("cutoff", asked.cutoff, asked.asof)
    return asked
