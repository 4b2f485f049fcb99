"""What a link to a screen says: which country, cycle, dates, tab, filters and language.

Values come from whoever wrote the link. Only these names are read, each once and of its type; they
are never put into code or paths.
"""

from __future__ import annotations

import os
from datetime import date as day
from datetime import datetime
from typing import Annotated, Literal, Self
from urllib.parse import parse_qsl, urlencode

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from a87lib.facts.when import instant
from a87lib.language import LANGUAGES, preferred
from a87lib.problems import Problem, Problems

VARIABLE = "QUERY_STRING"
LONGEST = 500
YEARS = {"ge": 2015, "le": 2100}
WORD = r"^[a-z_]{1,20}$"
LONGEST_SEARCH = 60


def _plain_day(text: object) -> object:
    if isinstance(text, str) and len(text) != len("2024-12-31"):
        raise ValueError("not a day")
    return text


def _plain_number(text: object) -> object:
    if isinstance(text, str) and not (text.isascii() and text.isdigit()):
        raise ValueError("not a number")
    return text


def _instant(text: object) -> object:
    return instant(text, end_of_day=True) if isinstance(text, str) else text


def _readable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("not words")
    return text


class View(BaseModel):
    """What a screen is to show; None where the link does not say.

    country: ISO 3166-1 alpha-3. meeting: its number. cycle: a year. date: as of this day. known_at:
    what was recorded by then (UTC; a day means its end). tab: the part that is open. search,
    status, show: what is searched for and filtered. since, until: from and to which day. other: the
    day or the cycle compared with. sort: table, column and direction (`0.2.down`), which the page
    keeps. language: en, fr or es.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    country: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    meeting: Annotated[int, BeforeValidator(_plain_number), Field(ge=1, le=999)] | None = None
    cycle: Annotated[int, BeforeValidator(_plain_number), Field(**YEARS)] | None = None
    date: Annotated[day, BeforeValidator(_plain_day)] | None = None
    known_at: Annotated[datetime, BeforeValidator(_instant)] | None = None
    tab: Annotated[str, Field(pattern=WORD)] | None = None
    search: Annotated[str, Field(max_length=LONGEST_SEARCH), AfterValidator(_readable)] | None = (
        None
    )
    status: Annotated[str, Field(pattern=WORD)] | None = None
    show: Annotated[str, Field(pattern=WORD)] | None = None
    since: Annotated[day, BeforeValidator(_plain_day)] | None = None
    until: Annotated[day, BeforeValidator(_plain_day)] | None = None
    other: Annotated[str, Field(pattern=r"^[0-9]{4}(-[0-9]{2}-[0-9]{2})?$")] | None = None
    sort: Annotated[str, Field(pattern=r"^[0-9]{1,2}\.[0-9]{1,2}\.(up|down)$")] | None = None
    language: Literal["en", "fr", "es"] | None = None

    def query(self) -> str:
        """The view as the query of a link (`country=QMA&cycle=2024`), in a fixed order."""
        given = self.model_dump(mode="json", exclude_none=True)
        return urlencode({name: str(value) for name, value in given.items()})

    def but(self, **changes: object) -> Self:
        """The same view with some things changed, checked again."""
        return type(self).model_validate(self.model_dump() | changes)

    def spoken(self) -> str:
        """The language to speak: the link's, else that of whoever runs the program."""
        return self.language or preferred()


def link(screen: str, view: View) -> str:
    """The path that opens a screen with this view; the same link opens the same view."""
    query = view.query()
    return f"/{screen}?{query}" if query else f"/{screen}"


def parse(query: str | None = None) -> View:
    """The view that a query asks for; without one, the query this kernel was started for.

    Raises Problems, all at once, for a name that is not declared or stands twice, and for a value
    that is not of its type.
    """
    text = os.environ.get(VARIABLE, "") if query is None else query
    if len(text) > LONGEST:
        raise Problems([Problem("view_too_long", args={"most": LONGEST})])
    pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=LONGEST)
    names = [name for name, _ in pairs]
    wrong = [_unknown(name) for name in dict.fromkeys(names) if name not in View.model_fields]
    wrong += [
        Problem("view_twice", name)
        for name in dict.fromkeys(names)
        if name in View.model_fields and names.count(name) > 1
    ]
    given = {name: value for name, value in pairs if name in View.model_fields}
    try:
        view = View.model_validate({name: value for name, value in given.items() if value})
    except ValidationError as refused:
        bad = dict.fromkeys(str(error["loc"][0]) for error in refused.errors())
        wrong += [Problem(f"view_{name}", name, _short(given[name])) for name in bad]
    if wrong:
        raise Problems(wrong)
    return view


def language_of(query: str, accepted: str = "") -> str:
    """The language to answer in, even where the rest of the query is wrong.

    accepted: the browser's Accept-Language. Falls back to that of whoever runs the program.
    """
    asked = [value for name, value in parse_qsl(query[:LONGEST]) if name == "language"]
    wanted = asked + [part.strip()[:2].lower() for part in accepted.split(",")]
    return next((language for language in wanted if language in LANGUAGES), preferred())


def _unknown(name: str) -> Problem:
    return Problem("view_unknown", _short(name), args={"known": ", ".join(View.model_fields)})


def _short(text: str, most: int = 40) -> str:
    shown = "".join(c if c.isprintable() else "�" for c in text)
    return shown if len(shown) <= most else shown[: most - 1] + "…"
