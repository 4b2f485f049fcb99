"""What workbooks hold and how much of it is read, from template.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from a87lib.intake.yaml_text import parse_yaml, plain


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Limits(_Part):
    """How much is read of a file; more is refused, not cut."""

    bytes: int
    inflated: int
    members: int
    cells: int
    elements: int
    rows: int
    columns: int
    texts: int
    long_text: int
    short_text: int
    problems: int


class EvidenceLimits(_Part):
    """How large a file of evidence may be, in bytes."""

    bytes: int


class Periods(_Part):
    """earliest: first year of a figure; latest_gap: years after the cycle's that one may end."""

    earliest: int
    latest_gap: int


class Tolerance(_Part):
    """By how much rounding may make parts miss the whole: rates in their unit, amounts in money."""

    rate: float
    amount: float


class Reminders(_Part):
    """days: before (+) and after (-) the due date on which a reminder is sent."""

    days: tuple[int, ...]


class Offered(_Part):
    """Rows offered for an indicator, beside those that the country has on file."""

    ages: tuple[str, ...] = ()
    breakdowns: tuple[str, ...] = ()


class Settings(_Part):
    """Everything in template.yaml; accepted: versions of the template that are still read."""

    version: str
    accepted: tuple[str, ...]
    limits: Limits
    evidence: EvidenceLimits
    periods: Periods
    tolerance: Tolerance
    reminders: Reminders
    blank_rows: Mapping[str, int]
    history_rows: Mapping[str, int]
    rows: Mapping[str, Offered]
    ages: Mapping[str, tuple[str, ...]]
    amounts: Mapping[str, tuple[str, ...]]


@lru_cache
def settings() -> Settings:
    """The settings in force."""
    text = files(__package__).joinpath("template.yaml").read_text(encoding="utf-8")
    return Settings.model_validate(plain(parse_yaml(text, "template.yaml")))
