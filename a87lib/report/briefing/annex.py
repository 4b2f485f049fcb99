"""The annex of a briefing: its tables as a workbook."""

from __future__ import annotations

from collections.abc import Callable

from a87lib.framework import version_in
from a87lib.language import LOCALES, format_day, format_instant, say
from a87lib.report import workbook
from a87lib.report.briefing import (
    actions,
    agenda,
    candidates,
    context,
    cycle,
    decisions,
    dialogues,
    groups,
    membership,
    overview,
    received,
)
from a87lib.report.briefing.opening import Briefing
from a87lib.report.briefing.sheets import Sheet

SHEETS: tuple[Callable[[Briefing], Sheet], ...] = (
    agenda.sheet, actions.sheet, cycle.sheet, overview.sheet, candidates.sheet, dialogues.sheet,
    received.sheet, groups.sheet, membership.seat_sheet, membership.quorum_sheet, decisions.sheet,
    context.sheet,
)  # fmt: skip


def sheets(this: Briefing) -> list[Sheet]:
    """All tables of the annex that have a row."""
    return [made for each in SHEETS if (made := each(this)).rows]


def annex(this: Briefing) -> bytes:
    """The workbook; its first sheet says what it is."""
    tables = [_about(this)]
    for sheet in sheets(this):
        titles = tuple(this.say(f"column.{name}") for name in sheet.columns)
        tables.append(workbook.Table(this.say(f"sheet.{sheet.key}"), titles, sheet.rows))
    return workbook.written(
        tables, title(this), say("document.alliance", this.language),
        LOCALES[this.language].replace("_", "-"), this.known_at,
    )  # fmt: skip


def title(this: Briefing) -> str:
    """The title of the workbook."""
    number = this.asked.meeting
    return this.say("annex.title", meeting=this.say("title", count=number, number=number))


def _about(this: Briefing) -> workbook.Table:
    rows = (
        (this.say("annex.document"), title(this)),
        (this.say("edition"), this.say(f"edition.{this.asked.edition}")),
        (say("document.asof", this.language), format_day(this.asof, this.language)),
        (this.say("cutoff"), this.day(this.cutoff)),
        (say("document.known_at", this.language), format_instant(this.known_at, this.language)),
        (
            say("document.framework", this.language),
            version_in(this.framework.version, this.language),
        ),
        (say("document.language", this.language), say("document.language.name", this.language)),
        (say("document.digest", this.language), this.digest),
        (this.say("annex.notice"), this.notice),
    )
    titles = (this.say("column.about"), this.say("column.value"))
    return workbook.Table(this.say("sheet.about"), titles, rows)
