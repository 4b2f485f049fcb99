"""Writes data/pathfinders (facts and tables) from the public files it was compiled from.

Usage: python scripts/build_pathfinders.py [--sources ../shared/data] [--out data/pathfinders]

Facts and figures only, each with its source; the words are our own (scripts/pathfinders/*.yaml).
The same sources give the same bytes. Nothing is written unless everything could be read.
pack.yaml, council.yaml and PROVENANCE.md beside the output are written by hand.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pathfinders import claims, context, ilab, places, sdg, treaties
from pathfinders.tables import Row, facts_text, table_text, write_all

ROOT = Path(__file__).resolve().parent.parent


def tables_of(sources: Path, countries: places.Countries) -> dict[str, list[Row]]:
    """The rows of every table of observations, by the name of the table."""
    return {
        **sdg.tables(sources, countries),
        **treaties.tables(sources, countries),
        **ilab.tables(sources, countries),
    }


def build(sources: Path) -> dict[str, str]:
    """The text of every file to write, by its path below the output folder.

    Raises ValueError naming the row where a source has something that no rule here covers.
    """
    claimed = claims.read(sources)
    countries = places.read(sorted(claimed))
    tables = tables_of(sources, countries)
    files = {f"tables/{name}.csv": table_text(rows) for name, rows in tables.items()}
    files["tables/context.csv"] = table_text(context.rows(sources))
    for country, facts in claimed.items():
        facts = facts + sdg.statistics(country, tables)
        files[f"facts/{country}.yaml"] = facts_text(country, facts)
    return files


def main(arguments: list[str] | None = None) -> int:
    """Reads the sources, writes the files and prints how many."""
    parser = argparse.ArgumentParser(description="Write data/pathfinders from its public sources.")
    parser.add_argument("--sources", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--out", type=Path, default=ROOT / "data" / "pathfinders")
    chosen = parser.parse_args(arguments)
    if not chosen.sources.is_dir():
        print(f"{chosen.sources} is not a folder: name the sources with --sources", file=sys.stderr)
        return 1
    try:
        files = build(chosen.sources)
    except (OSError, ValueError) as error:
        print(f"nothing written: {error}", file=sys.stderr)
        return 1
    write_all(chosen.out, files)
    print(f"{len(files)} files, {sum(len(text.encode()) for text in files.values())} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
