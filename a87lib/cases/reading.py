"""Case files: read, typed, every problem gathered with file and line."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path
from typing import Any

from a87lib import framework
from a87lib.cases.model import Case, Expectation
from a87lib.countryfile import Coverage, Declaration
from a87lib.facts import KINDS, Fact, instant
from a87lib.intake import (
    FIRST_CYCLE,
    LAST_CYCLE,
    FactsReader,
    excerpt,
    line_of,
    plain,
    read_yaml,
)
from a87lib.problems import Problems
from a87lib.rules import RULES, Answer

CASE_FIELDS = frozenset(
    "case paragraph country meeting facts asof known_at coverage council attendance year"
    " expect".split()
)
NEEDED_FIELDS = ("case", "paragraph", "asof", "expect")
EXPECT_FIELDS = frozenset(
    "rule answer value cycle criterion seat indicator since next_on because".split()
)
COVERAGE_FIELDS = frozenset({"kinds", "cycles", "until"})
ABOUT = ("cycle", "criterion", "seat", "indicator")
EXPECTED = ("answer", "value", "since", "next_on", "because")
FIRST_YEAR, LAST_YEAR, LAST_MEETING = 1900, 2100, 9999
OBSERVERS = "observers"  # may stand in `attendance:`; they hold no seat and leave no record of one


def read_cases(path: Path) -> list[Case]:
    """The cases of a file. Raises Problems with everything that is wrong in it."""
    content = read_yaml(path)
    reader = _CaseReader(path.name, folder=path.parent)
    found = (reader.case(node) for node in reader.maps_of(content, "not_a_case"))
    cases = [case for case in found if case is not None]
    if reader.problems:
        raise Problems(reader.problems)
    return cases


class _CaseReader(FactsReader):
    """Reads cases; facts are read as in any fact file."""

    def case(self, node: Any) -> Case | None:
        """One case, or None where something is wrong with it."""
        before = len(self.problems)
        data = plain(node)
        self._fields(node, CASE_FIELDS)
        for key in NEEDED_FIELDS:
            if data.get(key) is None:
                self.refuse("missing_field", node, None, "", field=key)
        self._about(node, data)
        asof = self._date(node, "asof")
        facts = self._case_facts(node, data)
        known_at, coverage = self._known_at(node), self._coverage(node)
        attendance, expectations = self._attendance(node), self._expectations(node)
        if len(self.problems) > before or asof is None:
            return None
        return Case(
            name=str(data["case"]),
            paragraph=data["paragraph"],
            country=data.get("country"),
            meeting=data.get("meeting"),
            facts=tuple(facts),
            asof=asof,
            known_at=known_at,
            coverage=coverage,
            council=data.get("council"),
            attendance=attendance,
            year=data.get("year"),
            expectations=tuple(expectations),
            file=self.file,
            line=line_of(node),
        )

    def _about(self, node: Any, data: dict[str, Any]) -> None:
        """Refuses what is no paragraph, country, meeting, council or year."""
        self._code(node, "paragraph", framework.load().paragraphs, problem="unknown_paragraph")
        self.check_country(node)
        self._number(node, "meeting", 1, LAST_MEETING)
        self._number(node, "year", FIRST_YEAR, LAST_YEAR)
        self._code(node, "council", ("full", "none"))

    def _fields(self, node: Any, known: frozenset[str]) -> None:
        for key in node:
            if key not in known:
                fields = ", ".join(sorted(known))
                self.refuse("unknown_field", node, key, key, field=key, fields=fields)

    def _code(
        self, node: Any, key: str, known: Collection[str], *, problem: str = "unknown_code"
    ) -> None:
        value = node.get(key)
        if value is not None and not (isinstance(value, str) and value in known):
            expected = ", ".join(known)
            self.refuse(problem, node, key, excerpt(value), expected=expected, known=expected)

    def _number(self, node: Any, key: str, low: int, high: int) -> None:
        value = plain(node.get(key))
        if value is not None and not (type(value) is int and low <= value <= high):
            self.refuse("not_a_number", node, key, excerpt(value), low=low, high=high)

    def _list(self, node: Any, key: str) -> list[Any]:
        """The list under a key, plain; empty where there is none, or no list (then refused)."""
        value = node.get(key)
        if value is None or isinstance(value, list):
            return [] if value is None else list(plain(value))
        self.refuse("not_a_list", node, key, excerpt(value))
        return []

    def _case_facts(self, node: Any, data: dict[str, Any]) -> list[Fact]:
        if node.get("facts") is None:
            return []
        given = {"country": data.get("country"), "meeting": data.get("meeting")}
        self.defaults = {key: value for key, value in given.items() if value is not None}
        return self.read(node["facts"])

    def _date(self, node: Any, key: str) -> date | None:
        value = node.get(key)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError as error:
            self.refuse("impossible_date", node, key, excerpt(value), why=str(error))
            return None

    def _known_at(self, node: Any) -> datetime | None:
        value = node.get("known_at")
        if value is None:
            return None
        try:
            return instant(value, end_of_day=True)
        except ValueError as error:
            self.refuse("impossible_date", node, "known_at", excerpt(value), why=str(error))
            return None

    def _coverage(self, node: Any) -> Coverage:
        place = node.get("coverage")
        if place is None or place == "complete":
            return Coverage.complete()
        if place == "none":
            return Coverage()
        if not isinstance(place, dict):
            expected = "none, complete, {kinds, cycles, until}"
            self.refuse("unknown_code", node, "coverage", excerpt(place), expected=expected)
            return Coverage()
        self._fields(place, COVERAGE_FIELDS)
        kinds, cycles = self._list(place, "kinds"), self._list(place, "cycles")
        for kind in kinds:
            if kind not in KINDS:
                self.unknown_kind(place, "kinds", kind)
        for cycle in cycles:
            if not (type(cycle) is int and FIRST_CYCLE <= cycle <= LAST_CYCLE):
                limits = {"low": FIRST_CYCLE, "high": LAST_CYCLE}
                self.refuse("not_a_number", place, "cycles", excerpt(cycle), **limits)
        declared = Declaration(
            kinds=None if place.get("kinds") is None else frozenset(kinds),
            cycles=None if place.get("cycles") is None else frozenset(cycles),
            until=self._date(place, "until"),
        )
        return Coverage((declared,))

    def _attendance(self, node: Any) -> dict[str, int | str] | None:
        place = node.get("attendance")
        if place is None:
            return None
        if not isinstance(place, dict):
            expected = "{governments: 9, …}"
            self.refuse("wrong_type", node, "attendance", excerpt(place), expected=expected)
            return None
        fw = framework.load()
        size = dict.fromkeys(fw.vocabulary("seat_group"), 0)
        for seat in fw.seats.values():
            size[seat.group] += 1
        for name in place:
            if name in fw.seats:
                self._code(place, name, fw.vocabulary("presence"))
            elif name in size or name == OBSERVERS:
                self._number(place, name, 0, size.get(name, LAST_MEETING))
            else:
                known = ", ".join((*size, OBSERVERS))
                self.refuse("unknown_code", place, name, name, expected=known)
        return dict(plain(place))

    def _expectations(self, case: Any) -> list[Expectation]:
        if case.get("expect") is None:
            return []
        nodes = self.maps_of(case["expect"], "not_an_expectation")
        return [found for node in nodes if (found := self._expectation(case, node)) is not None]

    def _expectation(self, case: Any, node: Any) -> Expectation | None:
        before = len(self.problems)
        self._fields(node, EXPECT_FIELDS)
        if node.get("rule") is None:
            self.refuse("missing_field", node, None, "", field="rule")
        self._code(node, "rule", RULES, problem="unknown_rule")
        self._code(node, "answer", tuple(Answer))
        self._number(node, "cycle", FIRST_CYCLE, LAST_CYCLE)
        self._code(node, "criterion", framework.load().vocabulary("criterion"))
        self._code(node, "seat", framework.load().seats)
        self._date(node, "since")
        self._date(node, "next_on")
        because = self._list(node, "because")
        data = plain(node)
        if len(self.problems) == before:
            self._asked(case, node, data)
        if len(self.problems) > before:
            return None
        expected = {key: data[key] for key in EXPECTED if key in data}
        if "because" in data:
            expected["because"] = because
        about = {key: data[key] for key in ABOUT if key in data}
        return Expectation(data["rule"], about, expected, line_of(node))

    def _asked(self, case: Any, node: Any, data: dict[str, Any]) -> None:
        """Refuses an expectation that expects nothing, or lacks what its rule is asked about."""
        if not any(key in data for key in EXPECTED):
            self.refuse("missing_field", node, None, "", field=" / ".join(EXPECTED))
        rule = RULES[data["rule"]]
        if rule.of == "country" and case.get("country") is None:
            self.refuse("missing_field", case, None, "", field="country")
        if "indicator" in rule.asked and "indicator" not in data:
            self.refuse("missing_field", node, None, "", field="indicator")
