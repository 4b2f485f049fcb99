"""A country's file from facts written as in a case, for tests that ask more than a case can."""

from __future__ import annotations

from datetime import date
from textwrap import dedent

from a87lib.cases.running import numbered
from a87lib.countryfile import Archive, CountryFile, Coverage
from a87lib.facts import Fact
from a87lib.intake import FactsReader
from a87lib.intake.yaml_text import parse_yaml

GRANTED = (
    "- {kind: decision_made, happened_on: 2019-06-01, subject: grant_status, consensus: true,"
    " quorum: true}\n"
)


def stated(text: str, country: str = "CIV") -> list[Fact]:
    """The facts of a list in YAML."""
    reader = FactsReader("facts.yaml", defaults={"country": country})
    facts = reader.read(parse_yaml(dedent(text).lstrip("\n") or "[]", "facts.yaml"))
    assert reader.problems == []
    return facts


def file_of(text: str, asof: str, *, covered: bool = True, granted: bool = True) -> CountryFile:
    """The file of Côte d'Ivoire as of a day, active since 1 June 2019 unless told otherwise."""
    facts = [*(stated(GRANTED) if granted else []), *stated(text)]
    coverage = Coverage.complete() if covered else Coverage()
    return Archive(numbered(facts), coverage=coverage).file("CIV", date.fromisoformat(asof))
