"""Countries as the sources name them: M49 numbers, two letters, English names."""

from __future__ import annotations

from dataclasses import dataclass

from a87lib.framework import countries
from a87lib.intake.statistics.places import gazetteer


@dataclass(frozen=True, slots=True)
class Countries:
    """The countries wanted, by ISO3 code, found by whatever a source calls them."""

    wanted: tuple[str, ...]

    def find(self, called: str) -> str | None:
        """The country of a code (NA is Namibia) or name, if it is wanted."""
        place = gazetteer().find(called)
        return place.code if place is not None and place.code in self.wanted else None


def read(wanted: list[str]) -> Countries:
    """The wanted countries; ValueError where one is not in the reference table."""
    absent = [iso3 for iso3 in wanted if iso3 not in countries()]
    if absent:
        raise ValueError(f"no such country in the reference table: {', '.join(absent)}")
    return Countries(tuple(wanted))
