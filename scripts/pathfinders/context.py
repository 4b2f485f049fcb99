"""World figures that stand beside a country's: aggregates, global estimates, counts of members."""

from __future__ import annotations

from pathlib import Path

from pathfinders.sdg import SERIES, unsd_rows
from pathfinders.tables import Row, read_yaml

WORLD = "1"


def rows(sources: Path) -> list[Row]:
    """The world aggregates of the series that publish one, and the estimates of context.yaml."""
    series = [name for name, about in SERIES.items() if about["reader"] == "unsd"]
    world = [row for name in series for area, row in unsd_rows(sources, name) if area == WORLD]
    return world + [
        Row(country="", **{key: str(value) for key, value in given.items()})
        for given in read_yaml("context.yaml")
    ]
