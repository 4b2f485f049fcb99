"""Figures of ILOSTAT: the bulk files (codes) and the exports of the data explorer (labels)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from a87lib.intake.statistics.figures import Reading
from a87lib.intake.statistics.files import Received
from a87lib.intake.statistics.grid import Grid, grid_of
from a87lib.intake.statistics.meaning import Given

PUBLISHER = "ILOSTAT"
NEEDED = ("ref_area|ref_area.label", "indicator|indicator.label", "time", "obs_value")
# A file is called after its indicator, with the frequency (_A) or a filter behind it.
_CODE = re.compile(r"([A-Z0-9]{3}_[A-Z0-9]{4}_[A-Z0-9_]+?)(?:_[AQM])?(?:[-. ].*)?")
_AGE = re.compile(r"(AGE|ÂGE|EDAD)(?=[\W_])", re.IGNORECASE)
_UNITS = {"RT": "PERCENT", "NB": "THOUSANDS"}


def read(file: Received, reading: Reading) -> Iterator[Given]:
    """The figures of a file; where it has only labels, the file's name says which series it is."""
    grid = grid_of(file, *NEEDED)
    reading.form = "bulk" if "refarea" in grid.titles else "explorer"
    if file.dated is not None:
        reading.published_on = reading.published_on or file.dated
        reading.edition = reading.edition or file.dated.isoformat()
    return _rows(grid, reading)


def _rows(grid: Grid, reading: Reading) -> Iterator[Given]:
    area, sex = grid.first("refarea", "refarea.label"), grid.first("sex", "sex.label")
    source = grid.first("source", "source.label")
    status = grid.first("obsstatus", "obsstatus.label")
    classes = [name for name in grid.order if name.startswith("classif")]
    notes = [name for name in grid.order if name.startswith("note")]
    columns = grid.printed(area=area, period="time", value="obsvalue", sex=sex, status=status,
                           age=classes[0] if classes else "")  # fmt: skip
    named = _CODE.fullmatch(grid.file.name.rsplit(".", 1)[0])
    for where, row in grid.rows(reading):
        code = row.get("indicator", "").strip()
        code = code or (named[1] if named else row.get("indicator.label", "").strip())
        ages = [name for name in classes if _AGE.match(row[name].strip())]
        yield Given(
            where=where,
            publisher=PUBLISHER,
            code=code.removesuffix("_A"),
            area=row[area],
            period=row["time"],
            value=row["obsvalue"],
            sex=row.get(sex, ""),
            age=row[ages[0]] if ages else "",
            breakdowns={name: row[name] for name in classes if name not in ages},
            unit=_UNITS.get(code.removesuffix("_A").rpartition("_")[2], ""),
            status=row.get(status, ""),
            survey=row.get(source, ""),
            notes=tuple(row[name] for name in notes),
            columns=columns,
        )
