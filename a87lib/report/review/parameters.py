"""What a country review is asked for: declared, typed, and refused in one sentence where wrong."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from a87lib import framework
from a87lib.facts import instant
from a87lib.intake import known_country, suggestions
from a87lib.language import LANGUAGES
from a87lib.problems import Problem, Problems, usage
from a87lib.report import jobs

LAST_CYCLE = 2100
Asked = TypeVar("Asked", bound=BaseModel)


def _country(value: object) -> object:
    if not known_country(value):
        raise ValueError("unknown_country")
    return value


def _language(value: object) -> object:
    if value not in LANGUAGES:
        raise ValueError("unknown_language")
    return value


def _day(value: object) -> object:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError("impossible_day") from None


def _instant(value: object) -> object:
    if value in ("", None):
        return None
    try:
        return instant(value, end_of_day=True)
    except ValueError:
        raise ValueError("impossible_instant") from None


def _cycle(value: object) -> object:
    if type(value) is not int:
        raise ValueError("not_a_cycle")
    first = framework.load().value("cycle.first", date(min(max(value, 2016), LAST_CYCLE), 1, 1))
    if not first <= value <= LAST_CYCLE:
        raise ValueError("cycle_before_framework" if value < first else "not_a_cycle")
    return value


Country = Annotated[str, BeforeValidator(_country)]
Cycle = Annotated[int, BeforeValidator(_cycle)]
Day = Annotated[date, BeforeValidator(_day)]
KnownAt = Annotated[datetime | None, BeforeValidator(_instant)]
Tongue = Annotated[str, BeforeValidator(_language)]
"""Types of parameters that other documents have, too."""


class Parameters(BaseModel):
    """The parameters of a review.

    country: ISO 3166-1 alpha-3. cycle: the year in whose April the report is due. asof: what had
    happened by then. known_at: what had been recorded by then (None: everything). language: en,
    fr or es. register: path or URL (empty: A87_REGISTER, else the embedded one that fits).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    country: Country
    cycle: Cycle
    asof: Day
    known_at: KnownAt = None
    language: Tongue = "en"
    register_: str = ""


class Declared(jobs.Parameters):
    """The same as a notebook declares them: plain literals. The register is no parameter of a
    document, since its address differs from machine to machine."""

    country: str
    cycle: int
    asof: str
    known_at: str
    language: str

    @classmethod
    def of(cls, asked: Parameters) -> Declared:
        """The literals that stand for these parameters."""
        known_at = asked.known_at
        return cls(
            country=asked.country,
            cycle=asked.cycle,
            asof=asked.asof.isoformat(),
            known_at="" if known_at is None else known_at.isoformat().replace("+00:00", "Z"),
            language=asked.language,
        )


NAMES = ("country", "cycle", "asof", "known_at", "language", "register")
"""The names under which notebooks declare them."""


def declared(**values: object) -> Parameters:
    """The parameters, or Problems of usage with everything that is wrong with them."""
    return validated(Parameters, NAMES, values)


def validated(model: type[Asked], names: tuple[str, ...], values: dict[str, object]) -> Asked:
    """The parameters of a document, typed; names: under which notebooks declare them.

    Raises Problems of usage with everything that is wrong with them.
    """
    given = {("register_" if name == "register" else name): v for name, v in values.items()}
    try:
        return model.model_validate(given)
    except ValidationError as error:
        found = [_told(detail, names) for detail in error.errors(include_url=False)]
        raise Problems(found, exit_status=2) from None


def not_after(name: str, day: date | None, asof: date) -> None:
    """Refuses a day that begins a window after the window's end: it would show nothing."""
    if day is not None and day > asof:
        raise usage("window_begins_after", name, day, day=day, asof=asof)


def _told(detail: Any, names: tuple[str, ...]) -> Problem:
    name = str(detail["loc"][0]).rstrip("_")
    found = str(detail["input"])
    if detail["type"] == "extra_forbidden":
        return Problem("no_such_parameter", name, found, {"name": name, "known": ", ".join(names)})
    if detail["type"] == "missing":
        return Problem("missing_parameter", name, "", {"name": name})
    code = str(detail.get("ctx", {}).get("error", "wrong_parameter"))
    return Problem(code, name, found, _hints(code, found))


def _hints(code: str, found: str) -> dict[str, object]:
    if code == "unknown_country":
        return {"near": ", ".join(suggestions(found)) or "–"}
    if code == "unknown_language":
        return {"known": ", ".join(LANGUAGES)}
    if code == "cycle_before_framework":
        return {"first": str(framework.load().value("cycle.first", date(2016, 1, 1)))}
    return {}
