"""Figures of the World Bank: the World Development Indicators.

Four forms: the download of an indicator (four lines above the header, a column per year), the bulk
file (the same without those lines), the export of DataBank (years as `2015 [YR2015]`, `..` for
what is missing, notes at the end), and the tables of open-numbers (DDF).
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import date

from a87lib.intake.statistics import ddf
from a87lib.intake.statistics.figures import Reading
from a87lib.intake.statistics.files import Received
from a87lib.intake.statistics.grid import Grid, grid_of
from a87lib.intake.statistics.meaning import Given

PUBLISHER = "WB"
NEEDED = ("Country Code", "Indicator Code|Series Code")
_YEAR = re.compile(r"((?:19|20)\d\d)(?:yr\1)?")
_DATES = ("%Y-%m-%d", "%m/%d/%Y")


def read(file: Received, reading: Reading) -> Iterator[Given]:
    """The figures of a file in any of the forms; `reading.form` says which."""
    if ddf.is_ddf(file):
        reading.form = "ddf"
        return ddf.points(file, PUBLISHER, reading)
    grid = grid_of(file, *NEEDED)
    reading.form = "databank" if "seriescode" in grid.titles else "csv"
    _state_edition(grid, reading)
    return _years(grid, reading)


def _state_edition(grid: Grid, reading: Reading) -> None:
    """Takes the day of the last update from above the header or below the table."""
    for _, cells in [*grid.preamble, *grid.below[-5:]]:
        said = " ".join(cells)
        if not said.lower().startswith("last updated"):
            continue
        day = _day(said.replace(":", " ").split()[-1])
        if day is not None:
            reading.published_on = reading.published_on or day
            reading.edition = reading.edition or day.isoformat()


def _day(text: str) -> date | None:
    for form in _DATES:
        try:
            return date(*time.strptime(text, form)[:3])
        except ValueError:
            continue
    return None


def _years(grid: Grid, reading: Reading) -> Iterator[Given]:
    code = grid.first("indicatorcode", "seriescode")
    years = {name: found[1] for name in grid.order if (found := _YEAR.fullmatch(name))}
    for where, row in grid.rows(reading):
        if not row["countrycode"].strip():
            continue  # notes below the table
        for name, year in years.items():
            if row[name].strip() in ("", ".."):
                continue  # no figure for the year
            yield Given(
                where=where,
                publisher=PUBLISHER,
                code=row[code].strip(),
                area=row["countrycode"],
                period=year,
                value=row[name],
                columns=grid.printed(area="countrycode", code=code, value=name, period=name),
            )
