"""Writes data/reference/countries.csv from the public tables of country codes.

Usage: python scripts/build_reference.py [--sources ../shared/data/country_codes] [--out FILE]

The States are the members and observers of the United Nations and the two States associated with
New Zealand. Codes and names come from the tables; membership of the ILO and the regional groups
are in none of them and stand here, checked against the known number of each. Source and access of
everything: data/reference/PROVENANCE.md. The same tables give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COLUMNS = ("iso3", "iso2", "m49", "name_en", "name_fr", "name_es", "un", "ilo_member", "region")
LANGUAGES = ("en", "fr", "es")

OBSERVERS = frozenset({"PSE", "VAT"})
ASSOCIATED = frozenset({"COK", "NIU"})
NOT_IN_UNTERM = frozenset({"CIV", "TUR"})  # States whose UNTERM cells are empty in the source

# Members of the United Nations that are not members of the ILO; the Cook Islands are the reverse.
OUTSIDE_THE_ILO = frozenset({"AND", "BTN", "PRK", "LIE", "FSM", "MCO", "NRU"})
ONLY_IN_THE_ILO = frozenset({"COK"})

EASTERN_EUROPEAN = frozenset(
    (
        "ALB ARM AZE BLR BIH BGR HRV CZE EST GEO HUN LVA "
        "LTU MNE MKD POL MDA ROU RUS SRB SVK SVN UKR"
    ).split()
)
# Outside Europe. The United States count for elections only; Türkiye takes part in two groups.
WESTERN_AND_OTHERS_ELSEWHERE = frozenset({"AUS", "CAN", "ISR", "NZL", "TUR", "USA"})
BY_M49_REGION = {
    "002": "african",
    "019": "grulac",
    "142": "asia_pacific",
    "150": "weog",
    "009": "asia_pacific",
}

# Names that the tables give otherwise than the United Nations do.
NAMES = {("CIV", "en"): "Côte d’Ivoire", ("NLD", "en"): "Netherlands (Kingdom of the)"}

EXPECTED = {
    "un member": 193,
    "ilo member": 187,
    "african": 54,
    "asia_pacific": 54,
    "eastern_european": 23,
    "grulac": 33,
    "weog": 29,
}


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def states(sources: Path) -> list[str]:
    """ISO 3166-1 alpha-3 codes of the States, sorted."""
    listed = {
        row["ISO3166-1-Alpha-3"]
        for row in _table(sources / "country-codes.csv")
        if row["UNTERM English Short"].strip()
    }
    return sorted(listed | NOT_IN_UNTERM)


def region(iso3: str, m49_region: str) -> str:
    """The State's regional group (code of the vocabulary un_region)."""
    if iso3 in EASTERN_EUROPEAN:
        return "eastern_european"
    return "weog" if iso3 in WESTERN_AND_OTHERS_ELSEWHERE else BY_M49_REGION[m49_region]


def rows(sources: Path) -> list[dict[str, str]]:
    """The table, one row per State; KeyError naming the code where a source lacks one."""
    by_language = {
        language: {
            row["ISO-alpha3 Code"]: row for row in _table(sources / f"UNSD-M49-{language}.csv")
        }
        for language in LANGUAGES
    }
    found = []
    for iso3 in states(sources):
        first = by_language["en"][iso3]
        un = "observer" if iso3 in OBSERVERS else "" if iso3 in ASSOCIATED else "member"
        names = {
            f"name_{language}": NAMES.get(
                (iso3, language), table[iso3]["Country or Area"].replace("'", "’")
            )
            for language, table in by_language.items()
        }
        in_the_ilo = (un == "member" and iso3 not in OUTSIDE_THE_ILO) or iso3 in ONLY_IN_THE_ILO
        found.append(
            {
                "iso3": iso3,
                "iso2": first["ISO-alpha2 Code"],
                "m49": first["M49 Code"].zfill(3),
                **names,
                "un": un,
                "ilo_member": "yes" if in_the_ilo else "no",
                "region": region(iso3, first["Region Code"].zfill(3)) if un == "member" else "",
            }
        )
    return found


def check(table: list[dict[str, str]]) -> None:
    """Raises ValueError where a number of members is not the known one, or a cell is empty."""
    counted = Counter(row["region"] for row in table if row["region"])
    counted["un member"] = sum(row["un"] == "member" for row in table)
    counted["ilo member"] = sum(row["ilo_member"] == "yes" for row in table)
    if dict(counted) != EXPECTED:
        raise ValueError(f"counted {dict(counted)}, expected {EXPECTED}")
    empty = [row["iso3"] for row in table if not all(row[column] for column in COLUMNS[:6])]
    if empty:
        raise ValueError(f"a code or a name is empty for {', '.join(empty)}")


def text(table: list[dict[str, str]]) -> str:
    """The table as CSV."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(table)
    return buffer.getvalue()


def main(arguments: list[str] | None = None) -> int:
    """Reads the sources, writes the table and prints how many States it has."""
    parser = argparse.ArgumentParser(description="Write data/reference/countries.csv.")
    parser.add_argument(
        "--sources", type=Path, default=ROOT.parent / "shared" / "data" / "country_codes"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "data" / "reference" / "countries.csv")
    chosen = parser.parse_args(arguments)
    if not chosen.sources.is_dir():
        print(f"{chosen.sources} is not a folder: name the sources with --sources", file=sys.stderr)
        return 1
    try:
        table = rows(chosen.sources)
        check(table)
    except (OSError, KeyError, ValueError) as error:
        print(f"nothing written: {error}", file=sys.stderr)
        return 1
    chosen.out.write_text(text(table), encoding="utf-8")
    print(f"{len(table)} States")
    return 0


if __name__ == "__main__":
    sys.exit(main())
