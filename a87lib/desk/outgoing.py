"""What goes out to a country: its workbook, filled in with what is on file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from a87lib import framework
from a87lib.countryfile import Archive, CountryFile
from a87lib.countryfile.figures import figures
from a87lib.intake.workbooks.identity import NO_BASE, Identity
from a87lib.intake.workbooks.layout import Purpose
from a87lib.intake.workbooks.prefill import LastFigure, PlannedAction, Prefill
from a87lib.intake.workbooks.writing import written
from a87lib.register import Reader, Register, StoredEntry
from a87lib.rules.duties import due_on

BASE_KINDS = (
    "roadmap_submitted",
    "report_received",
    "action_progress_stated",
    "indicator_framework_received",
)
"""The kinds of entries that a workbook is filled in from: a newer one makes it out of date."""
DIGITS = 16


class Base(NamedTuple):
    """The last entry that a country's workbooks are filled in from: its hash (cut) and day."""

    digest: str = NO_BASE
    on: str = ""


def base_entries(on: Register, country: str) -> list[StoredEntry]:
    """The entries that a workbook of the country is filled in from, as the country may see them."""
    reader = Reader.of("focal_point", country)
    return list(on.entries(country, kinds=BASE_KINDS, visible_to=reader))


def base_of(entries: Sequence[StoredEntry]) -> Base:
    """The base that a workbook made from these entries has."""
    if not entries:
        return Base()
    last = max(entries, key=lambda entry: entry.no)
    return Base(last.hash[:DIGITS], last.recorded_at.date().isoformat())


def file_for(on: Register, country: str, asof: date) -> CountryFile:
    """The country's file as the country itself may see it."""
    reader = Reader.of("focal_point", country)
    seen = on.facts(country, visible_to=reader)
    return Archive(seen, hides=reader.hides).file(country, asof)


def prefill(
    on: Register,
    country: str,
    cycles: Sequence[int],
    language: str,
    *,
    purpose: Purpose = "report",
    asof: date | None = None,
) -> Prefill:
    """What goes into a country's workbook. asof: as things stood on that day (today)."""
    base = base_of(base_entries(on, country))
    file = file_for(on, country, asof or on.today())
    identity = Identity(
        country=country,
        cycles=tuple(cycles),
        language=language,
        purpose=purpose,
        base=base.digest,
        base_on=base.on,
    )
    if purpose == "history":
        return Prefill(identity=identity)
    cycle = cycles[0]
    return Prefill(
        identity=identity,
        actions=planned_actions(file),
        last=last_figures(file),
        period=period_of(cycle),
        due_on=due_on(cycle, framework.load()),
    )


def template(
    on: Register,
    country: str,
    cycles: Sequence[int],
    language: str,
    *,
    purpose: Purpose = "report",
    asof: date | None = None,
) -> tuple[Identity, bytes]:
    """A country's workbook: what it says it is, and its bytes (the same for the same file)."""
    content = prefill(on, country, cycles, language, purpose=purpose, asof=asof)
    return content.identity, written(content)


def period_of(cycle: int) -> tuple[date, date]:
    """The first and the last day that a cycle covers: the twelve months up to its due date."""
    fw = framework.load()
    return due_on(cycle - 1, fw) + timedelta(days=1), due_on(cycle, fw)


def planned_actions(file: CountryFile) -> list[PlannedAction]:
    """The actions of the roadmap on file, in its order, each with the state stated last."""
    roadmap = file.last("roadmap_submitted")
    if roadmap is None:
        return []
    states = {}
    for entry in sorted(file.of("action_progress_stated"), key=lambda e: (e.cycle or 0, e.no)):
        states[entry.body.action] = entry.body.state
    return [
        PlannedAction(
            priority.no, priority.title, action.no, action.title, action.due or "",
            states.get(action.no, ""),
        )
        for priority in getattr(roadmap.body, "priorities", ())
        for action in priority.actions
    ]  # fmt: skip


def last_figures(file: CountryFile) -> list[LastFigure]:
    """The latest figure that the country gave of each row of its indicator framework."""
    own = {entry.no for entry in file.of("indicator_framework_received")}
    known = framework.load().indicators
    latest: dict[tuple[str, str, str, str], LastFigure] = {}
    for figure in figures(file):
        row = figure.observation
        if figure.entry not in own or row.indicator not in known:
            continue
        value = row.value_number if row.value_number is not None else row.value_text
        latest[row.indicator, row.sex, row.age, row.breakdown] = LastFigure(
            row.indicator, row.sex, row.age, row.breakdown, row.unit,
            value if row.status == "value" else None, row.years, row.status,
        )  # fmt: skip
    return list(latest.values())
