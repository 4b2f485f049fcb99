"""What each letter needs: declared, typed, and refused in one sentence where wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from a87lib.facts import Visibility
from a87lib.problems import problem, usage
from a87lib.report import jobs
from a87lib.report.review.parameters import (
    Country,
    Cycle,
    Day,
    KnownAt,
    Tongue,
    not_after,
    validated,
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of letter.

    needs: which of country, meeting, cycle it cannot do without; circle: who reads it, so that it
    shows nothing else; paragraph: what asks for it; sender: secretariat or chair.
    """

    name: str
    needs: tuple[str, ...]
    circle: Visibility
    paragraph: str
    sender: str


KINDS = {
    kind.name: kind
    for kind in (
        Kind("interest-answer", ("country",), "country", "AF-EOI-4", "secretariat"),
        Kind("status-notice", ("country", "cycle"), "country", "AF-REV-5", "chair"),
        Kind("comments", ("country", "cycle"), "country", "AF-MON-4", "working_group"),
        Kind("dialogue", ("country",), "country", "AF-REV-8", "chair"),
        Kind("inactivity", ("country",), "country", "AF-REV-12", "chair"),
        Kind("reactivation", ("country",), "country", "AF-REA-1", "chair"),
        Kind("invitation", ("meeting",), "members", "TR-SEC-1", "chair"),
        Kind("minutes", ("meeting",), "members", "TR-MIN-1", "chair"),
        Kind("overview", ("cycle",), "public", "AF-MON-5", "secretariat"),
        Kind("bulletin", (), "public", "TR-SEC-2", "secretariat"),
        Kind("profile", ("country",), "public", "AF-PLAN-9", "secretariat"),
    )
}
"""The letters and records, with what each needs."""


def _kind(value: object) -> object:
    if value not in KINDS:
        raise ValueError("unknown_letter")
    return value


def _or_none(value: object) -> object:
    return None if value in ("", 0, None) else value


class Parameters(BaseModel):
    """The parameters of a letter.

    kind: one of KINDS. country, meeting, cycle: as far as its kind needs them. since: after which
    day a bulletin begins (None: a month before). asof, known_at, language, register: as in a
    review.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Annotated[str, BeforeValidator(_kind)]
    country: Annotated[Country | None, BeforeValidator(_or_none)] = None
    meeting: Annotated[int | None, BeforeValidator(_or_none)] = None
    cycle: Annotated[Cycle | None, BeforeValidator(_or_none)] = None
    since: Annotated[Day | None, BeforeValidator(_or_none)] = None
    asof: Day
    known_at: KnownAt = None
    language: Tongue = "en"
    register_: str = ""

    @property
    def about(self) -> Kind:
        """What there is to know of its kind."""
        return KINDS[self.kind]


class Declared(jobs.Parameters):
    """The same as notebooks declare them: plain literals. Each notebook has those that it needs."""

    asof: str
    known_at: str
    language: str


class OfCountry(Declared):
    """Of a letter to one country."""

    country: str


class OfCountryAndCycle(OfCountry):
    """Of a letter to one country about a cycle."""

    cycle: int


class OfMeeting(Declared):
    """Of a letter about a meeting."""

    meeting: int


class OfCycle(Declared):
    """Of a document about a cycle."""

    cycle: int


class Since(Declared):
    """Of a document about what happened since a day."""

    since: str


MODELS: dict[tuple[str, ...], type[Declared]] = {
    ("country",): OfCountry,
    ("country", "cycle"): OfCountryAndCycle,
    ("meeting",): OfMeeting,
    ("cycle",): OfCycle,
    (): Since,
}


def literals(asked: Parameters) -> Declared:
    """The literals that stand for these parameters in the notebook of their kind."""
    known_at = asked.known_at
    values: dict[str, object] = {
        "asof": asked.asof.isoformat(),
        "known_at": "" if known_at is None else known_at.isoformat().replace("+00:00", "Z"),
        "language": asked.language,
    }
    for name in asked.about.needs:
        values[name] = getattr(asked, name)
    if not asked.about.needs:
        values["since"] = asked.since.isoformat() if asked.since is not None else ""
    return MODELS[asked.about.needs].model_validate(values)


NAMES = ("kind", "country", "meeting", "cycle", "since", "asof", "known_at", "language", "register")


def declared(**values: object) -> Parameters:
    """The parameters, or Problems of usage with what is wrong with them or lacks."""
    asked: Parameters = validated(Parameters, NAMES, values)
    for name in asked.about.needs:
        if getattr(asked, name) is None:
            raise usage("letter_needs", found=asked.kind, option=f"--{name}")
    not_after("since", asked.since, asked.asof)
    return asked


def refused(kind: str, subject: str, asof: date) -> Exception:
    """The problem that nothing on file gives ground for a letter."""
    return problem("letter_without_ground", subject, kind, asof=asof)
