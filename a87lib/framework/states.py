"""States of the reference table, and the invented countries of the exercise."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from a87lib.framework.source import Part, Words, read
from a87lib.language import LANGUAGES
from a87lib.problems import problem, usage

DATA = Path(__file__).resolve().parents[2] / "data"
TABLE = DATA / "reference" / "countries.csv"
INVENTED = DATA / "exercise" / "countries.yaml"
COLUMNS = ("iso3", "iso2", "m49", "name_en", "name_fr", "name_es", "un", "ilo_member", "region")
# The codes that ISO 3166-1 leaves to its users; the exercise takes its own from QMA to QMZ.
FICTIONAL = re.compile("AA[A-Z]|Q[M-Z][A-Z]|X[A-Z]{2}|ZZ[A-Z]")


@dataclass(frozen=True, slots=True)
class Country:
    """A State, or an invented country.

    iso3, iso2, m49: its codes (an invented one has only iso3); names: short name per language;
    ilo_member: whether it is a member of the ILO; region: code of the vocabulary `un_region`, ""
    outside the regional groups; un: member, observer or ""; fictional: invented for the exercise.
    """

    iso2: str
    iso3: str
    m49: str
    names: Mapping[str, str]
    ilo_member: bool
    region: str
    un: str = ""
    fictional: bool = False


def is_fictional(iso3: str) -> bool:
    """Whether the code is one of those used for invented countries."""
    return FICTIONAL.fullmatch(iso3) is not None


def _state(row: Mapping[str, str]) -> Country:
    return Country(
        iso2=row["iso2"],
        iso3=row["iso3"],
        m49=row["m49"],
        names={language: row[f"name_{language}"] for language in LANGUAGES},
        ilo_member=row["ilo_member"] == "yes",
        region=row["region"],
        un=row["un"],
    )


@lru_cache
def countries() -> Mapping[str, Country]:
    """The States of data/reference/countries.csv by ISO 3166-1 alpha-3 code, in its order.

    Raises Problems where the table is missing or has other columns.
    """
    try:
        with TABLE.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise problem("framework_other_columns", TABLE.name, known=", ".join(COLUMNS))
            return {row["iso3"]: _state(row) for row in reader}
    except OSError as error:
        raise problem("framework_not_readable", TABLE.name, error.strerror or "") from error


def _invented(part: Part) -> Country:
    members = part.members(("code", "names"), ("language", "note", "ilo_member", "region"))
    return Country(
        iso2="",
        iso3=members["code"].text(),
        m49="",
        names=members["names"].words(),
        ilo_member=members["ilo_member"].flag() if "ilo_member" in members else True,
        region=members["region"].text() if "region" in members else "",
        fictional=True,
    )


def _invented_list(top: Part) -> dict[str, Country]:
    listed = map(_invented, top.members(("countries",))["countries"].items())
    return {country.iso3: country for country in listed}


@lru_cache
def invented_countries() -> Mapping[str, Country]:
    """The countries of the exercise by code; none where the exercise is not there."""
    if not INVENTED.exists():
        return {}
    return read(INVENTED, INVENTED.read_bytes(), _invented_list)


def country(iso3: str) -> Country:
    """The State or invented country of a code; an invented one without a name is called its code.

    Raises Problems (usage) for any other code.
    """
    found = countries().get(iso3) or invented_countries().get(iso3)
    if found is not None:
        return found
    if is_fictional(iso3):
        names: Words = dict.fromkeys(LANGUAGES, iso3)
        return Country("", iso3, "", names, ilo_member=True, region="", fictional=True)
    raise usage("unknown_country", found=iso3, near="")


@lru_cache
def _named() -> Mapping[str, Country]:
    every = (*countries().values(), *invented_countries().values())
    return {name: each for each in every for name in each.names.values()}


def name_in(name: str, language: str) -> str:
    """A country's name, in whichever of our languages, in the reader's; any other as it stands."""
    found = _named().get(name)
    return name if found is None else found.names[language]


def country_name(iso3: str, language: str) -> str:
    """The short name of a State or invented country in a language."""
    return country(iso3).names[language]
