"""Taking in public statistics: only what is new or changed, one entry per country and series."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from a87lib.countryfile.effective import effective
from a87lib.desk.records import record
from a87lib.facts import KINDS, Fact, Observation, PartialDate
from a87lib.facts.observation import origin
from a87lib.intake.statistics import Reading
from a87lib.intake.statistics.asked import Series, asked
from a87lib.problems import Problems
from a87lib.register import Reader, Register
from a87lib.register.within import as_one

KIND = "statistics_received"
Key = tuple[str, ...]


class Held(NamedTuple):
    """A figure on file: the row, the entry it came with, and the last day of its edition."""

    row: Observation
    entry: int
    on: date


class Change(NamedTuple):
    """A figure that stands in the place of one on file."""

    series: str
    was: Observation
    entry: int
    now: Observation


@dataclass
class Receipt:
    """What an import came to.

    entries: the numbers of those written (or that would be). added: figures that are new; changed:
    those that supersede one on file; unchanged: on file already; older: of an edition before the
    one on file; absent: on file and no longer in the files, by series.
    """

    entries: list[int] = field(default_factory=list)
    added: int = 0
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    older: int = 0
    absent: dict[str, int] = field(default_factory=dict)


@as_one
def receive(
    on: Register,
    readings: Sequence[Reading],
    *,
    by: str,
    visible_to: Reader | str | None = None,
    dry_run: bool = False,
) -> Receipt:
    """Records the figures of files that were read, all or none.

    A figure that is on file with the same value, status and nature adds nothing. Raises Problems
    where anything of any file was refused.
    """
    problems = [problem for reading in readings for problem in reading.problems]
    if problems:
        raise Problems(problems)
    held = _held(on)
    receipt = Receipt()
    facts: list[Fact] = []
    seen: set[Key] = set()
    for reading in sorted(readings, key=lambda each: each.published_on or on.today()):
        facts += _new(reading, held, receipt, seen, on.today())
    _absent(held, seen, readings, receipt)
    if facts:
        receipt.entries = record(on, facts, by=by, visible_to=visible_to, dry_run=dry_run)
    return receipt


def key_of(row: Observation, country: str) -> Key:
    """What makes two rows the same figure, whatever the edition they came with."""
    about = (row.indicator, row.period_start, row.period_end, row.sex, row.age, row.breakdown)
    return (country, origin(row.source), *about, row.unit)


def _held(on: Register) -> dict[Key, Held]:
    """The figures of publishers on file, the latest of each."""
    found: dict[Key, Held] = {}
    for entry in effective(on.facts(kinds=(KIND,))):
        for row in entry.observations:
            country = row.country or entry.country or ""
            found[key_of(row, country)] = Held(row, entry.no, entry.when.last)
    return found


def _new(
    reading: Reading, held: dict[Key, Held], receipt: Receipt, seen: set[Key], today: date
) -> Iterable[Fact]:
    """One fact per country and series with what the file adds; `held` then holds it, too."""
    published = reading.published_on or today
    rows: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for series, figure, _ in reading.figures:
        row = figure.observation()
        key = key_of(row, figure.country)
        seen.add(key)
        if _is_news(series, row, held.get(key), published, receipt):
            rows[figure.country, series].append(row)
            held[key] = Held(row, 0, published)
    return [_fact(reading, country, asked().by_name[series], rows[country, series], published)
            for country, series in sorted(rows)]  # fmt: skip


def _is_news(
    series: str, row: Observation, first: Held | None, published: date, receipt: Receipt
) -> bool:
    if first is None:
        receipt.added += 1
        return True
    if _said(first.row) == _said(row):
        receipt.unchanged += 1
        return False
    if first.on > published:
        receipt.older += 1
        return False
    receipt.changed.append(Change(series, first.row, first.entry, row))
    return True


def _said(row: Observation) -> tuple[object, ...]:
    return (row.value_number, row.value_text, row.status, row.nature)


def _absent(
    held: dict[Key, Held], seen: set[Key], readings: Iterable[Reading], receipt: Receipt
) -> None:
    """Counts what is on file of a series and country of the files, and in none of them."""
    about = {
        (figure.country, origin(figure.source), figure.indicator): series
        for reading in readings
        for series, figure, _ in reading.figures
    }
    for key in held.keys() - seen:
        if series := about.get((key[0], key[1], key[2])):
            receipt.absent[series] = receipt.absent.get(series, 0) + 1


def _fact(
    reading: Reading, country: str, series: Series, rows: list[Observation], published: date
) -> Fact:
    said = {
        "publisher": series.publisher,
        "series": series.said,
        "edition": reading.edition,
        "licence": series.licence,
        "language": "en",
    }
    return Fact(
        kind=KIND,
        country=country,
        when=PartialDate.of(published),
        body=KINDS[KIND].model_validate({name: value for name, value in said.items() if value}),
        source=f"{reading.file}, SHA-256 {reading.sha256}",
        observations=tuple(rows),
        file=reading.file,
    )
