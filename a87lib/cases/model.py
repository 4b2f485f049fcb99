"""Case files: read, typed, every problem gathered with file and line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from a87lib import framework
from a87lib.countryfile import Coverage, Declaration
from a87lib.facts import KINDS, Fact, instant
from a87lib.intake import FactsReader, known_country, line_of, plain, read_yaml, suggestions
from a87lib.intake.facts_file import check_labels
from a87lib.problems import Problems
from a87lib.rules import RULES, Answer

CASE_FIELDS = frozenset(
    "case paragraph country meeting facts asof known_at coverage council attendance year"
    " expect".split()
)
EXPECT_FIELDS = frozenset(
    "rule answer value cycle criterion seat indicator since next_on because".split()
)
COVERAGE_FIELDS = frozenset({"kinds", "cycles", "until"})
FIRST_YEAR, LAST_YEAR, LAST_MEETING = 1900, 2100, 9999
OBSERVERS = "observers"  # may stand in `attendance:`; they hold no seat and leave no record of one


@dataclass(frozen=True, slots=True)
class Expectation:
    """What one rule must answer. about: cycle, criterion, seat, indicator, where named."""

    rule: str
    about: Mapping[str, Any]
    expected: Mapping[str, Any]
    line: int


@dataclass(frozen=True, slots=True)
class Case:
    """One case.

    council: the seats that are held (`full`, `none`). attendance: how many seats of each group are
    present, and the presence of single seats (present, apology, absent). year: the calendar year
    that gcm.meetings_held is asked about.
    """

    name: str
    paragraph: str
    country: str | None
    meeting: int | None
    facts: tuple[Fact, ...]
    asof: date
    known_at: datetime | None
    coverage: Coverage
    council: str | None
    attendance: Mapping[str, int | str] | None
    year: int | None
    expectations: tuple[Expectation, ...]
    file: str
    line: int = 0


def read_cases(path: Path) -> list[Case]:
    """The cases of a file. Raises Problems with everything that is wrong in it."""
    content = read_yaml(path)
    reader = _CaseReader(path.name, folder=path.parent)
    if not isinstance(content, list):
        reader.refuse("not_a_list", content, None, type(content).__name__)
        raise Problems(reader.problems)
    cases = [case for node in content if (case := reader.case(node)) is not None]
    if reader.problems:
        raise Problems(reader.problems)
    return cases


class _CaseReader(FactsReader):
    """Reads cases; facts are read as in any fact file."""

    def case(self, node: Any) -> Case | None:
        before = len(self.problems)
        if not isinstance(node, dict):
            self.refuse("not_a_case", node, None, node)
            return None
        data = plain(node)
        self._fields(node, data, CASE_FIELDS)
        asof = self._date(node, "asof", data.get("asof"))
        country, meeting = data.get("country"), data.get("meeting")
        if country is not None and not known_country(country):
            near = ", ".join(suggestions(country))
            self.refuse("unknown_country", node, "country", country, near=near)
        if data.get("paragraph") not in framework.load().paragraphs:
            self.refuse("unknown_paragraph", node, "paragraph", data.get("paragraph"))
        facts = self._case_facts(node, country, meeting)
        known_at = self._known_at(node, data.get("known_at"))
        coverage = self._coverage(node, data.get("coverage"))
        expectations = self._expectations(node, node.get("expect"))
        attendance = self._attendance(node, data.get("attendance"))
        if data.get("council") not in (None, "full", "none"):
            self.refuse("unknown_code", node, "council", data["council"], expected="full, none")
        year = data.get("year")
        if year is not None and not (type(year) is int and FIRST_YEAR <= year <= LAST_YEAR):
            self.refuse("not_a_number", node, "year", year, low=FIRST_YEAR, high=LAST_YEAR)
        if meeting is not None and not (type(meeting) is int and meeting > 0):
            self.refuse("not_a_number", node, "meeting", meeting, low=1, high=LAST_MEETING)
        if len(self.problems) > before or asof is None:
            return None
        return Case(
            name=str(data.get("case", "")),
            paragraph=data["paragraph"],
            country=country,
            meeting=meeting,
            facts=tuple(facts),
            asof=asof,
            known_at=known_at,
            coverage=coverage,
            council=data.get("council"),
            attendance=attendance,
            year=year,
            expectations=tuple(expectations),
            file=self.file,
            line=line_of(node),
        )

    def _fields(self, node: Any, data: dict[str, Any], known: frozenset[str]) -> None:
        for key in data:
            if key not in known:
                self.refuse(
                    "unknown_field", node, key, key, field=key, fields=", ".join(sorted(known))
                )
        if "case" in known:
            for key in ("case", "paragraph", "asof", "expect"):
                if key not in data:
                    self.refuse("missing_field", node, None, "", field=key)

    def _case_facts(self, node: Any, country: Any, meeting: Any) -> list[Fact]:
        if node.get("facts") is None:
            return []
        given = {"country": country, "meeting": meeting}
        self.defaults = {key: value for key, value in given.items() if value is not None}
        facts = self.read(node["facts"])
        check_labels(facts, self.problems)
        return facts

    def _date(self, node: Any, key: str, value: Any) -> date | None:
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError as error:
            if value is not None:
                self.refuse("impossible_date", node, key, value, why=str(error))
            return None

    def _known_at(self, node: Any, value: Any) -> datetime | None:
        if value is None:
            return None
        try:
            return instant(value, end_of_day=True)
        except ValueError as error:
            self.refuse("impossible_date", node, "known_at", value, why=str(error))
            return None

    def _coverage(self, node: Any, value: Any) -> Coverage:
        if value is None or value == "complete":
            return Coverage.complete()
        if value == "none":
            return Coverage()
        if not isinstance(value, dict):
            self.refuse(
                "unknown_code", node, "coverage", value, expected="none, complete, {kinds, cycles}"
            )
            return Coverage()
        self._fields(node["coverage"], value, COVERAGE_FIELDS)
        kinds = value.get("kinds")
        for kind in kinds or ():
            if kind not in KINDS:
                self.refuse(
                    "unknown_kind", node["coverage"], "kinds", kind, near=", ".join(sorted(KINDS))
                )
        cycles = value.get("cycles")
        until = self._date(node["coverage"], "until", value.get("until"))
        return Coverage(
            (
                Declaration(
                    kinds=None if kinds is None else frozenset(kinds),
                    cycles=None if cycles is None else frozenset(cycles),
                    until=until,
                ),
            )
        )

    def _attendance(self, node: Any, value: Any) -> dict[str, int | str] | None:
        if value is None:
            return None
        if not isinstance(value, dict):
            self.refuse("wrong_type", node, "attendance", value, expected="{governments: 9, …}")
            return None
        fw = framework.load()
        size = dict.fromkeys(fw.vocabulary("seat_group"), 0)
        for seat in fw.seats.values():
            size[seat.group] += 1
        presences = list(fw.vocabulary("presence"))
        for name, said in value.items():
            place = node["attendance"]
            if name in fw.seats:
                if said not in presences:
                    self.refuse("unknown_code", place, name, said, expected=", ".join(presences))
            elif name not in size and name != OBSERVERS:
                known = ", ".join((*size, OBSERVERS))
                self.refuse("unknown_code", place, name, name, expected=known)
            elif type(said) is not int or not 0 <= said <= size.get(name, said):
                high = size.get(name, "…")
                self.refuse("not_a_number", place, name, said, low=0, high=high)
        return value

    def _expectations(self, case: Any, nodes: Any) -> list[Expectation]:
        if not isinstance(nodes, list):
            self.refuse("not_a_list", case, "expect", type(nodes).__name__)
            return []
        return [e for node in nodes if (e := self._expectation(node)) is not None]

    def _expectation(self, node: Any) -> Expectation | None:
        before = len(self.problems)
        data = plain(node) if isinstance(node, dict) else {}
        self._fields(node, data, EXPECT_FIELDS)
        if data.get("rule") not in RULES:
            self.refuse("unknown_rule", node, "rule", data.get("rule"), known=", ".join(RULES))
        answer = data.get("answer")
        if answer is not None and answer not in set(Answer):
            self.refuse("unknown_code", node, "answer", answer, expected=", ".join(Answer))
        if len(self.problems) > before:
            return None
        about = {k: data[k] for k in ("cycle", "criterion", "seat", "indicator") if k in data}
        keys = ("answer", "value", "since", "next_on", "because")
        expected = {key: data[key] for key in keys if key in data}
        return Expectation(data["rule"], about, expected, line_of(node))
