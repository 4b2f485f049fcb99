"""Tables of points in the form of open-numbers (DDF): dimensions first, the measure last."""

from __future__ import annotations

from collections.abc import Iterator

from a87lib.intake.statistics.figures import Reading
from a87lib.intake.statistics.files import Received
from a87lib.intake.statistics.grid import grid_of
from a87lib.intake.statistics.meaning import Given

_KNOWN = frozenset(("geoarea", "geo", "nature", "sex", "age", "units", "year", "time"))


def is_ddf(file: Received) -> bool:
    """Whether the first line is that of a table of points."""
    first = file.content[:2_000].decode("utf-8-sig", "replace").split("\n")[0].strip().split(",")
    return bool({"geo_area", "geo"} & set(first) and {"year", "time"} & set(first))


def points(file: Received, publisher: str, reading: Reading) -> Iterator[Given]:
    """Each point as a figure; the series is the measure, in the publisher's way of writing it."""
    grid = grid_of(file, "geo_area|geo", "year|time")
    area, year = grid.first("geoarea", "geo"), grid.first("year", "time")
    measure = grid.order[-1]
    printed = grid.titles[measure]
    code = printed.upper().replace("_", ".") if publisher == "WB" else printed.upper()
    others = [name for name in grid.order if name not in _KNOWN and name != measure]
    columns = grid.printed(area=area, period=year, value=measure, unit="units", sex="sex",
                           age="age", nature="nature")  # fmt: skip
    for where, row in grid.rows(reading):
        yield Given(
            where=where,
            publisher=publisher,
            code=code,
            area=row[area],
            period=row[year],
            value=row[measure],
            sex=row.get("sex", ""),
            age=row.get("age", ""),
            breakdowns={grid.titles[name]: row[name] for name in others},
            unit=row.get("units", ""),
            nature=row.get("nature"),
            columns=columns,
        )
