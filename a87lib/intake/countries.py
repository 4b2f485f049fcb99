"""Codes of countries in inputs, and what somebody may have meant."""

from __future__ import annotations

from difflib import get_close_matches

from a87lib import framework
from a87lib.facts import fictional


def known_country(code: object) -> bool:
    """Whether the code is a country's (ISO 3166-1 alpha-3) or one for invented countries."""
    return isinstance(code, str) and (code in framework.countries() or fictional(code))


def suggestions(code: object) -> list[str]:
    """Codes of countries that somebody may have meant: by two-letter code or by name."""
    word = str(code)
    countries = framework.countries()
    by_iso2 = [iso3 for iso3, country in countries.items() if country.iso2 == word.upper()]
    names = {n.casefold(): iso3 for iso3, c in countries.items() for n in c.names.values()}
    by_name = [names[n] for n in get_close_matches(word.casefold(), names, n=3, cutoff=0.75)]
    near = get_close_matches(word.upper(), countries, n=3, cutoff=0.6) if len(word) == 3 else []
    return list(dict.fromkeys(by_iso2 + by_name + near))
