"""Countries as the sources name them: M49 numbers, two letters, English names."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path

from pathfinders.tables import read_csv

NAME_COLUMNS = (
    "official_name_en",
    "UNTERM English Short",
    "UNTERM English Formal",
    "CLDR display name",
)


@dataclass(frozen=True, slots=True)
class Countries:
    """ISO3 codes of the countries wanted, by each way in which a source may name them."""

    by_m49: dict[str, str]
    by_iso2: dict[str, str]
    by_name: dict[str, str]
    wanted: tuple[str, ...]

    def m49(self, number: str) -> str | None:
        """The country of an M49 number, written with or without leading zeros."""
        return self.by_m49.get(number.lstrip("0"))

    def iso2(self, code: str) -> str | None:
        """The country of a two-letter code (NA is Namibia)."""
        return self.by_iso2.get(code)

    def name(self, name: str) -> str | None:
        """The country of an English name, whatever its apostrophe, accents or article."""
        return self.by_name.get(plain_name(name))


def plain_name(name: str) -> str:
    """A name without accents, apostrophes, articles and capitals."""
    letters = unicodedata.normalize("NFKD", name.removesuffix(" (the)"))
    return "".join(letter for letter in letters if letter.isalnum()).casefold()


def read(sources: Path, wanted: list[str]) -> Countries:
    """The wanted countries from the table of country codes; ValueError where one is not in it."""
    rows = {
        row["ISO3166-1-Alpha-3"]: row
        for row in read_csv(sources / "country_codes" / "country-codes.csv")
    }
    absent = [iso3 for iso3 in wanted if iso3 not in rows]
    if absent:
        raise ValueError(f"no such country in country-codes.csv: {', '.join(absent)}")
    return Countries(
        by_m49={rows[iso3]["M49"].lstrip("0"): iso3 for iso3 in wanted},
        by_iso2={rows[iso3]["ISO3166-1-Alpha-2"]: iso3 for iso3 in wanted},
        by_name={
            plain_name(rows[iso3][column]): iso3
            for iso3 in wanted
            for column in NAME_COLUMNS
            if rows[iso3][column]
        },
        wanted=tuple(wanted),
    )
