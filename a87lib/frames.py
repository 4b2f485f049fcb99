"""Tables for analysts, in three lines:

    from a87lib import frames
    archive = frames.read("data/exercise.db")
    frames.findings(archive, "2025-12-15", countries=["QMC"])

Every table is a pandas DataFrame whose columns its function names. What is not on file is missing
(`NA`), never zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from a87lib import framework, register
from a87lib.countryfile import Archive
from a87lib.facts import Entry, body_dict, instant
from a87lib.rules import Answer, Finding, findings_for, reason_sentence, sentence

PROJECT = Path(__file__).resolve().parents[1]
FINDINGS = (
    "country",
    "rule",
    "cycle",
    "criterion",
    "answer",
    "value",
    "since",
    "next_on",
    "sentence",
)
ENTRIES = (
    "country",
    "kind",
    "cycle",
    "meeting",
    "happened_on",
    "precision",
    "recorded_at",
    "source",
)
OBSERVED = (
    "country", "indicator", "period_start", "period_end", "year", "years", "sex", "age",
    "breakdown", "value_number", "value_text", "unit", "status", "nature", "source",
)  # fmt: skip


def read(
    where: str | Path = "", known_at: str | None = None, visible_to: str = "secretariat"
) -> Archive:
    """Everything in a register: a path or URL, or `exercise` or `pathfinders` for an embedded one.

    Empty: the register that A87_REGISTER names, else the exercise. known_at: only what had been
    recorded by this day or instant. visible_to: what a role sees; for a role that may not see all,
    what is not there counts as not on file, never as not received. Raises Problems where there is
    no register, ValueError for an unknown role.
    """
    reader = register.Reader.of(visible_to)
    name = str(where)
    embedded = str(PROJECT / "data" / f"{name or 'exercise'}.db")
    address = name if name not in ("", "exercise", "pathfinders") else embedded
    known = None if known_at is None else instant(known_at, end_of_day=True)
    with register.open(register.chosen("" if not name else address, embedded)) as on:
        return Archive(on.facts(visible_to=reader), known_at=known, hides=reader.hides)


def findings(
    archive: Archive,
    asof: str | date,
    countries: Iterable[str] | None = None,
    language: str = "en",
    rules: str = "",
) -> pd.DataFrame:
    """The findings about countries (None: all) as of a day, one row each.

    rules: only those whose id begins so. Columns: country, rule, cycle, criterion, answer (yes, no,
    too_early, ask, not_applicable), value, since, next_on, sentence, because (the reasons).
    """
    found = _findings(archive, _day(asof), _countries(archive, countries))
    rows = [_row(each, language) for each in found if each.rule.startswith(rules)]
    table = pd.DataFrame(rows, columns=[*FINDINGS, "because"])
    return table.astype({"cycle": "Int64"})


def answers(
    archive: Archive,
    asof: str | date,
    countries: Iterable[str] | None = None,
    rules: str = "signals.",
) -> pd.DataFrame:
    """A table across countries: one row a country, one column a rule, the answer in the cells."""
    table = findings(archive, asof, countries, rules=rules)
    plain = table[table["cycle"].isna()]
    return plain.pivot(index="country", columns="rule", values="answer")


def statuses(
    archive: Archive, asof: str | date, countries: Iterable[str] | None = None
) -> pd.DataFrame:
    """Each country's status: columns status and since, the number of signs present; by country."""
    found = _findings(archive, _day(asof), _countries(archive, countries))
    signs: dict[str, int] = {}
    rows: dict[str, dict[str, Any]] = {}
    for each in found:
        if each.rule == "standing.status":
            rows[each.subject] = {"status": each.value, "since": each.since}
        if each.rule.startswith("signals.no_"):
            signs[each.subject] = signs.get(each.subject, 0) + (each.answer is Answer.YES)
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["status", "since"])
    table["signs"] = pd.Series(signs, dtype="Int64")
    return table.rename_axis("country")


def entries(
    archive: Archive, countries: Iterable[str] | None = None, kinds: Sequence[str] = ()
) -> pd.DataFrame:
    """What is on file, corrections applied: one row an entry, by its number.

    Columns: country, kind, cycle, meeting, happened_on, precision, recorded_at, source, and `body`,
    the fields of its kind as a dict.
    """
    wanted = set(_countries(archive, countries)) if countries is not None else None
    held = [
        entry
        for entry in archive.entries
        if (wanted is None or entry.country in wanted) and (not kinds or entry.kind in kinds)
    ]
    rows = [_entry(entry) for entry in held]
    index = pd.Index([entry.no for entry in held], name="no")
    table = pd.DataFrame(rows, columns=[*ENTRIES, "body"], index=index)
    return table.astype({"cycle": "Int64", "meeting": "Int64"})


def observations(
    archive: Archive,
    countries: Iterable[str] | None = None,
    indicators: Sequence[str] = (),
) -> pd.DataFrame:
    """The figures on file, one row each, with the number of the entry they came with.

    Columns as in the register, and `year`, where it is placed, and `years`, as printed (2018/19).
    value_number is missing unless status is `value`; zero is a value.
    """
    wanted = _countries(archive, countries)
    rows = [
        {**{name: getattr(row, name) for name in OBSERVED if name != "country"},
         "country": entry.country, "entry": entry.no}
        for entry in archive.entries
        if entry.country in wanted
        for row in entry.observations
        if row.country in (None, "", entry.country)
        and (not indicators or row.indicator in indicators)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=[*OBSERVED, "entry"])


def names(archive: Archive, language: str = "en") -> pd.Series[str]:
    """The countries' names in a language, by code."""
    codes = archive.countries
    return pd.Series({code: framework.country_name(code, language) for code in codes}, name="name")


def _findings(archive: Archive, asof: date, countries: Iterable[str]) -> list[Finding]:
    used = framework.load()
    return [each for code in countries for each in findings_for(archive.file(code, asof), used)]


def _row(finding: Finding, language: str) -> dict[str, Any]:
    return {
        "country": finding.subject,
        "rule": finding.rule,
        "cycle": finding.cycle,
        "criterion": finding.criterion,
        "answer": None if finding.answer is None else str(finding.answer),
        "value": finding.value,
        "since": finding.since,
        "next_on": finding.next_on,
        "sentence": sentence(finding, language),
        "because": [reason_sentence(reason, language) for reason in finding.because],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "country": entry.country,
        "kind": entry.kind,
        "cycle": entry.cycle,
        "meeting": entry.meeting,
        "happened_on": str(entry.when),
        "precision": entry.when.precision,
        "recorded_at": entry.recorded_at,
        "source": entry.source,
        "body": body_dict(entry.body),
    }


def _countries(archive: Archive, countries: Iterable[str] | None) -> list[str]:
    return archive.countries if countries is None else list(countries)


def _day(asof: str | date) -> date:
    return asof if isinstance(asof, date) else date.fromisoformat(asof)
