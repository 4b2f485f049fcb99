"""Figures of the United Nations Statistics Division: the Global SDG Indicators Database.

Three forms: the download of today (CSV or XLSX, one figure a row, dimensions in brackets or not),
the wide form of 2018 (a column per year, each followed by its footnotes), and the tables of
open-numbers (DDF).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from a87lib.intake.statistics import ddf
from a87lib.intake.statistics.figures import Reading
from a87lib.intake.statistics.files import Received, Row, header_at, rows_of, title_of
from a87lib.intake.statistics.grid import Grid, grid_of
from a87lib.intake.statistics.meaning import Given

PUBLISHER = "UNSD"
LONG = ("SeriesCode", "GeoAreaCode", "TimePeriod", "Value", "Units", "Nature")
WIDE = ("Series Code", "Country or Area Code", "Unit")
# What the download says of a figure beside its dimensions.
ABOUT = frozenset(
    "goal target indicator seriescode seriesdescription geoareacode geoareaname timeperiod value "
    "timedetail timecoverage upperbound lowerbound baseperiod source geoinfourl footnote footnotes "
    "nature observationstatus reportingtype units sex age isdiscontinued".split()
)
_YEAR = re.compile(r"(19|20)\d\d")


def read(file: Received, reading: Reading) -> Iterator[Given]:
    """The figures of a file in any of the three forms; `reading.form` says which."""
    if ddf.is_ddf(file):
        reading.form = "ddf"
        return ddf.points(file, PUBLISHER, reading)
    if _is_wide(file):
        reading.form = "wide"
        return _wide(grid_of(file, *WIDE), reading)
    grid = grid_of(file, *LONG)
    reading.form = "xlsx" if file.zipped else "csv"
    return _long(grid, reading)


def _is_wide(file: Received) -> bool:
    if file.zipped:
        return False
    rows: list[Row] = []
    for row in rows_of(file):
        rows.append(row)
        if len(rows) == 5:
            break
    return header_at(rows, [frozenset((title_of(name),)) for name in WIDE[:2]]) is not None


def _long(grid: Grid, reading: Reading) -> Iterator[Given]:
    dimensions = [name for name in grid.titles if name not in ABOUT and not name.startswith("#")]
    columns = grid.printed(area="geoareacode", period="timeperiod", value="value", unit="units",
                           nature="nature", status="observationstatus", sex="sex", age="age",
                           code="seriescode")  # fmt: skip
    for where, row in grid.rows(reading):
        detail, year = row.get("timedetail", ""), row["timeperiod"]
        yield Given(
            where=where,
            publisher=PUBLISHER,
            code=row["seriescode"].strip(),
            area=row["geoareacode"],
            period=year,
            value=row["value"],
            sex=row.get("sex", ""),
            age=row.get("age", ""),
            breakdowns={name: row[name] for name in dimensions if row[name].strip()},
            unit=row["units"],
            nature=row["nature"],
            status=row.get("observationstatus", ""),
            notes=(
                row.get("source", ""),
                row.get("footnote", row.get("footnotes", "")),
                "" if detail.strip() == year.strip() else detail,
            ),
            columns=columns,
        )


def _wide(grid: Grid, reading: Reading) -> Iterator[Given]:
    columns = grid.printed(area="countryorareacode", code="seriescode", unit="unit",
                           sex="sex", age="agegroup")  # fmt: skip
    order = list(grid.order)
    for where, cells in grid.below:
        row = dict(zip(order, cells + [""] * len(order), strict=False))
        for at, year in enumerate(order):
            if not _YEAR.fullmatch(year) or at >= len(cells) or not cells[at].strip():
                continue
            footnotes = cells[at + 1] if at + 1 < len(cells) and order[at + 1] == "fn" else ""
            nature, _, numbers = footnotes.partition(",")
            yield Given(
                where=where,
                publisher=PUBLISHER,
                code=row["seriescode"].strip(),
                area=row["countryorareacode"],
                period=year,
                value=cells[at],
                sex=row.get("sex", ""),
                age=row.get("agegroup", ""),
                breakdowns={k: row[k] for k in ("location", "valuetype") if row.get(k, "").strip()},
                unit=row["unit"],
                scale="" if row.get("unitmultiplier", "Units").strip() == "Units" else "?",
                nature=nature,
                notes=(
                    f"FN {numbers.strip()}" if numbers.strip() else "",
                    row.get("sourcetype", "").replace("Not available", ""),
                ),
                columns={**columns, "value": year, "period": year, "nature": "FN"},
            )
