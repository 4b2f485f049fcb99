"""Asking the rules about the GCM as a whole, or about one meeting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from a87lib.countryfile import Archive
from a87lib.framework import Framework
from a87lib.meetingfile import CouncilFile, groups, meetings
from a87lib.rules.finding import Finding
from a87lib.rules.rule import RULES, Rule


def council_file(
    archive: Archive, asof: date, meeting: int | None = None, country: str | None = None
) -> CouncilFile:
    """The GCM's file as of a day, opened at a meeting where one is named.

    country: whose decisions are meant where no meeting is named.
    """
    return CouncilFile(
        archive.council,
        asof,
        coverage=archive.coverage,
        known_at=archive.known_at,
        meeting=meeting,
        country=country,
    )


def meetings_on_file(archive: Archive, asof: date) -> list[int]:
    """The numbers of the meetings that are on file as of a day, called ones included."""
    return [meeting.no for meeting in meetings(council_file(archive, asof))]


def findings_for_meeting(
    archive: Archive, meeting: int, asof: date, framework: Framework
) -> list[Finding]:
    """All findings about one meeting of the GCM, in the order of the rules."""
    file = council_file(archive, asof, meeting)
    return [rule.finding(file, framework) for rule in RULES.values() if rule.of == "meeting"]


def findings_for_council(archive: Archive, asof: date, framework: Framework) -> list[Finding]:
    """All findings about the GCM: its seats one by one, its meetings of this year and the last."""
    file = council_file(archive, asof)
    return [
        rule.finding(file, framework, **about)
        for rule in RULES.values()
        if rule.of == "council"
        for about in _questions(rule, file, framework)
    ]


def _questions(rule: Rule, file: CouncilFile, framework: Framework) -> Iterator[dict[str, Any]]:
    if "seat" in rule.asked:
        yield from ({"seat": seat} for seat in framework.seats)
    elif "year" in rule.asked:
        yield from ({"year": year} for year in (file.asof.year - 1, file.asof.year))
    elif "group" in rule.asked and groups(file):
        yield from ({"group": group.name} for group in groups(file))
    else:
        yield {}
