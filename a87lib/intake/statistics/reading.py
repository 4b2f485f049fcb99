"""A file of statistics read to the end: figures, what was left out, everything wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from a87lib.facts.observation import origin
from a87lib.intake.statistics import ilab, ilostat, sdmx_csv, sdmx_ml, unsd, wdi
from a87lib.intake.statistics.asked import Asked, asked
from a87lib.intake.statistics.corrections import Correction, apply
from a87lib.intake.statistics.figures import Figure, Placed, Reading
from a87lib.intake.statistics.files import Received
from a87lib.intake.statistics.meaning import Given, Understanding, within
from a87lib.problems import Problem, Problems, problem

Reader = Callable[[Received, Reading], Iterator[Given]]


def _sdmx(file: Received, reading: Reading) -> Iterator[Given]:
    """SDMX in the syntax that the file has."""
    is_xml = file.content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    return sdmx_ml.read(file, reading) if is_xml else sdmx_csv.read(file, reading)


READERS: Final[dict[str, Reader]] = {
    "unsd": unsd.read,
    "ilostat": ilostat.read,
    "sdmx": _sdmx,
    "wdi": wdi.read,
}
FAMILIES: Final = (*READERS, "ilab")


@dataclass(frozen=True, slots=True)
class Said:
    """What the user says of the files: edition, its day, and the reporting year (ilab)."""

    edition: str = ""
    published_on: date | None = None
    year: str = ""


def read_statistics(
    family: str,
    file: Received,
    said: Said = Said(),
    corrections: Sequence[Correction] = (),
    wanted: Asked | None = None,
) -> Reading:
    """A file of one of the FAMILIES as figures.

    Problems with single figures are in the reading (`problems`, `refused`); Problems are raised
    where the file as a whole is not what it should be. wanted: the series asked for; those of the
    framework in use where it is left out.
    """
    wanted = asked() if wanted is None else wanted
    reading = Reading(file.name, file.sha256)
    reading.edition, reading.published_on = said.edition, said.published_on
    if family == "ilab":
        _ilab(file, reading, wanted, said)
    else:
        rows = READERS[family](file, reading)
        reading.edition = reading.edition or f"SHA-256 {file.sha256[:12]}"
        Understanding(reading, wanted).take(rows)
    apply(corrections, reading)
    _one_of_each(reading)
    return reading


def _ilab(file: Received, reading: Reading, wanted: Asked, said: Said) -> None:
    """A report of USDOL/ILAB; its reporting year is said, or stands in the file's name."""
    reading.form = "xml"
    root = ilab.root_of(file)
    year = said.year or file.year
    if not year:
        raise problem("statistics_no_year", file.name)
    reading.edition = year
    understanding = Understanding(reading, wanted)
    for cell in ilab.cells(root):
        reading.read += 1
        series = wanted.find(ilab.PUBLISHER, cell.series)
        if series is None or cell.indicator not in series.indicators:
            about = f"{cell.series}/{cell.breakdown}" if cell.breakdown else cell.series
            reading.leave("not_asked", f"{ilab.PUBLISHER}:{about}")
            continue
        given = Given(where=cell.where, publisher=ilab.PUBLISHER, code=cell.series,
                      area=cell.name, period=year, value=cell.printed)  # fmt: skip
        country = understanding.country(given)
        if country is None:
            continue
        if cell.part:
            reading.leave("part_of_a_country", cell.part)
            continue
        figure = ilab_figure(cell, country, year, series.cited(year))
        reading.keep(series.name, figure, cell.where)


def ilab_figure(cell: ilab.Cell, country: str, year: str, source: str) -> Figure:
    """A cell of a report as a figure; its period is the reporting year."""
    return Figure(
        country=country,
        indicator=cell.indicator,
        period_start=year,
        period_end=year,
        age=cell.age,
        breakdown=cell.breakdown,
        value_number=cell.value_number,
        value_text=cell.value_text,
        unit=cell.unit,
        status=cell.status,
        nature="third_party",
        source="; ".join((source, *cell.notes)),
    )


def _one_of_each(reading: Reading) -> None:
    """Keeps one of figures given twice alike; refuses those given twice and differently.

    Also refuses corrected and reprinted figures that cannot be of their unit.
    """
    held: dict[tuple[str, ...], Placed] = {}
    for placed in reading.figures:
        figure = placed.figure
        value = figure.value_number
        if value and not within(float(value), figure.unit):
            reading.refused += 1
            reading.refuse("statistics_out_of_range", placed.where, "", value, unit=figure.unit)
            continue
        key = (placed.series, origin(figure.source), *figure.key)
        first = held.setdefault(key, placed)
        if first is placed:
            continue
        if first.figure.said == figure.said:
            reading.leave("repeated", placed.series)
        else:
            reading.refused += 1
            shown = first.figure.value_number or first.figure.value_text
            found = value or figure.value_text
            reading.refuse("statistics_twice", placed.where, "", found, first=shown,
                           at=first.where)  # fmt: skip
    reading.figures = list(held.values())


def read_all(
    family: str, files: Sequence[Received], said: Said, corrections: Sequence[Correction]
) -> list[Reading]:
    """Every file read; raises the problems of all files that are not what they should be."""
    found: list[Reading] = []
    problems: list[Problem] = []
    for file in files:
        try:
            found.append(read_statistics(family, file, said, corrections))
        except Problems as refused:
            problems += refused.problems
    if problems:
        raise Problems(problems)
    return found
