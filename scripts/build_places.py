"""Writes data/reference/other_names.csv and areas.csv: places as publishers of figures name them.

Usage: python scripts/build_places.py [--sources ../shared/data] [--out data/reference]

other_names.csv: further names of the States of countries.csv, in English, French and Spanish.
areas.csv: codes and names of places that are no State of that table (territories, groups of
countries), so that a figure about one is left out knowingly. Both come from the public tables of
country codes and from scripts/places.yaml; the same files give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from a87lib.framework import countries
from a87lib.intake.statistics.places import plain_name

ROOT = Path(__file__).resolve().parent.parent
NAME_COLUMNS = ("official_name_en", "official_name_fr", "official_name_es", "CLDR display name")
UNTERM = [f"UNTERM {lang} {kind}" for lang in ("English", "French", "Spanish")
          for kind in ("Short", "Formal")]  # fmt: skip
GROUPS = ("Global", "Region", "Sub-region", "Intermediate Region")
Area = tuple[str, str, str]


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file as text."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def other_names(folder: Path, own: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Pairs of ISO3 code and name, one per spelling; ValueError where one name means two States."""
    states = countries()
    taken = {plain_name(name): iso3 for iso3, c in states.items() for name in c.names.values()}
    found = [(iso3, name) for iso3, names in own["names"].items() for name in names]
    for row in table(folder / "country-codes.csv"):
        iso3 = row["ISO3166-1-Alpha-3"]
        if iso3 in states:
            found += [(iso3, row[column]) for column in (*NAME_COLUMNS, *UNTERM)]
    for iso3, text in sorted(found):
        name = " ".join(text.removesuffix("*").split())
        if not name or taken.get(plain_name(name)) == iso3:
            continue
        if plain_name(name) in taken:
            raise ValueError(f"{name} would be {iso3} and {taken[plain_name(name)]}")
        taken[plain_name(name)] = iso3
        yield iso3, name


def areas(sources: Path, own: dict[str, Any]) -> Iterator[Area]:
    """Code or name, kind and name of each place that is no State of ours."""
    states = countries()
    numbers = {c.m49.lstrip("0") for c in states.values()}
    yield from (tuple(area) for area in own["areas"])
    for language in ("en", "fr", "es"):
        for row in table(sources / "country_codes" / f"UNSD-M49-{language}.csv"):
            for group in GROUPS:
                if row[f"{group} Code"]:
                    name = row[f"{group} Name"]
                    yield row[f"{group} Code"].lstrip("0"), "group", name
                    yield name, "group", name
            if row["ISO-alpha3 Code"] not in states:
                name = row["Country or Area"]
                for column in ("M49 Code", "ISO-alpha2 Code", "ISO-alpha3 Code"):
                    yield row[column].lstrip("0"), "territory", name
                yield name, "territory", name
    for row in table(sources / "unsd_sdg_ddf_2020" / "ddf--entities--geo_area.csv"):
        if row["geo_area"] not in numbers:
            yield row["geo_area"], "group", row["name"]
    codebook = "unicef_drp_codebook_of_region_code_and_name.csv"
    for row in table(sources / "country_codes" / codebook):
        yield row["Region_Code"], "group", row["Region"]


def first_of_each(found: Iterable[Area]) -> list[Area]:
    """The areas sorted by code; of several under one code, the first."""
    held: dict[str, Area] = {}
    for area in found:
        if area[0]:
            held.setdefault(area[0], area)
    return sorted(held.values())


def text(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table as CSV."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerows([columns, *rows])
    return buffer.getvalue()


def main(arguments: list[str] | None = None) -> int:
    """Reads the sources, writes the two tables and prints their sizes."""
    parser = argparse.ArgumentParser(description="Write other names and areas of data/reference.")
    parser.add_argument("--sources", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--out", type=Path, default=ROOT / "data" / "reference")
    chosen = parser.parse_args(arguments)
    own = YAML(typ="safe").load((ROOT / "scripts" / "places.yaml").read_text(encoding="utf-8"))
    try:
        names = sorted(other_names(chosen.sources / "country_codes", own))
        places = first_of_each(areas(chosen.sources, own))
    except (OSError, KeyError, ValueError) as error:
        print(f"nothing written: {error}", file=sys.stderr)
        return 1
    (chosen.out / "other_names.csv").write_text(text(("iso3", "name"), names), encoding="utf-8")
    (chosen.out / "areas.csv").write_text(text(("code", "kind", "name"), places), encoding="utf-8")
    print(f"{len(names)} names, {len(places)} areas")
    return 0


if __name__ == "__main__":
    sys.exit(main())
