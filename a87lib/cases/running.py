"""Running cases: open the file that the facts make, ask the rules, compare."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from a87lib import framework
from a87lib.cases.council import council_facts, meeting_meant
from a87lib.cases.model import Case, Expectation
from a87lib.countryfile import Archive, CountryFile
from a87lib.facts import Entry, Fact, instant
from a87lib.framework import Framework
from a87lib.intake import as_written
from a87lib.language import say
from a87lib.meetingfile import groups
from a87lib.problems import problem
from a87lib.rules import RULES, Finding, ask, council_file, cycles_of, reason_sentence, sentence


@dataclass(frozen=True, slots=True)
class Check:
    """One expectation of a case and what was found. differences: what is not as expected."""

    case: Case
    expectation: Expectation
    finding: Finding
    differences: tuple[tuple[str, Any, Any], ...]

    @property
    def passed(self) -> bool:
        """Whether everything was as expected."""
        return not self.differences

    def told(self, language: str) -> str:
        """A failed check for a reader: the sentence, expected and found, the reasons."""
        expectation, finding = self.expectation, self.finding
        about = "".join(f" {key}={value}" for key, value in expectation.about.items())
        lines = [
            f"{self.case.file}:{expectation.line} {self.case.name} ({self.case.paragraph})",
            f"  {finding.rule}{about}: {sentence(finding, language)}",
        ]
        for key, expected, found in self.differences:
            lines.append(
                "  " + say("cases.difference", language, field=key, expected=expected, found=found)
            )
        lines += [
            f"  – {reason_sentence(reason, language)} [{reason.name}]" for reason in finding.because
        ]
        return "\n".join(lines)


def run(cases: Iterable[Case], fw: Framework | None = None) -> list[Check]:
    """All checks of all cases."""
    used = fw or framework.load()
    return [check for case in cases for check in run_case(case, used)]


def run_case(case: Case, fw: Framework) -> list[Check]:
    """The checks of one case."""
    archive = Archive(entries_of(case), known_at=case.known_at, coverage=case.coverage)
    return [_check(case, expectation, archive, fw) for expectation in case.expectations]


def entries_of(case: Case) -> list[Entry]:
    """The case's facts as entries from 1, recorded on the day they happened unless said."""
    return numbered((*case.facts, *council_facts(case)))


def numbered(facts: Iterable[Fact]) -> list[Entry]:
    """Facts as entries, in their order; labels of corrections resolved."""
    labels: dict[str, int] = {}
    entries: list[Entry] = []
    by_no: dict[int, Entry] = {}
    for no, fact in enumerate(facts, start=1):
        corrects = labels[fact.corrects] if isinstance(fact.corrects, str) else fact.corrects
        if fact.label is not None:
            labels[fact.label] = no
        entry = fact.entry(
            no,
            fact.recorded_at or recorded_when_it_happened(fact, by_no.get(corrects or 0)),
            corrects,
        )
        entries.append(entry)
        by_no[no] = entry
    return entries


def recorded_when_it_happened(fact: Fact, corrected: Entry | None) -> datetime:
    """The start of the day it happened; a correction not before what it corrects."""
    own = instant(fact.when.last)
    return own if corrected is None else max(own, corrected.recorded_at)


def _check(case: Case, expectation: Expectation, archive: Archive, fw: Framework) -> Check:
    finding = _find(case, expectation, archive, fw)
    differences = []
    for key, expected in expectation.expected.items():
        if key == "because":
            names = [reason.name for reason in finding.because]
            missing = [str(name) for name in expected if str(name) not in names]
            if missing:
                differences.append((key, ", ".join(missing), ", ".join(names)))
            continue
        found = getattr(finding, key)
        if _text(found) != _text(expected):
            differences.append((key, _text(expected), _text(found)))
    return Check(case, expectation, finding, tuple(differences))


def _find(case: Case, expectation: Expectation, archive: Archive, fw: Framework) -> Finding:
    rule = RULES[expectation.rule]
    about = dict(expectation.about)
    if rule.of != "country":
        return _find_of_council(case, expectation, archive, fw)
    file = archive.file(case.country or "", case.asof)
    if "cycle" in rule.asked and "cycle" not in about:
        about["cycle"] = _last_cycle(file, fw)
    if "criterion" in rule.asked:
        about.setdefault("criterion", "evidence")
    return ask(rule.id, file, fw, **{name: about[name] for name in rule.asked if name in about})


def _find_of_council(
    case: Case, expectation: Expectation, archive: Archive, fw: Framework
) -> Finding:
    """The finding about the GCM or a meeting; a group is named by the value expected."""
    rule = RULES[expectation.rule]
    meeting = meeting_meant(case) if rule.of == "meeting" else None
    file = council_file(archive, case.asof, meeting, case.country)
    about: dict[str, Any] = {}
    if "seat" in rule.asked:
        about["seat"] = expectation.about.get("seat") or _only_seat(case)
    if "year" in rule.asked:
        about["year"] = case.asof.year if case.year is None else case.year
    named = expectation.expected.get("value")
    if "group" in rule.asked and named in {group.name for group in groups(file)}:
        about["group"] = named
    return ask(rule.id, file, fw, **about)


def _only_seat(case: Case) -> str:
    """The seat meant where an expectation names none: the only one among the case's own facts."""
    seats = {getattr(fact.body, "seat", None) for fact in case.facts} - {None}
    if len(seats) != 1:
        raise problem("case_without_seat", f"{case.file}:{case.line} {case.name}")
    return str(seats.pop())


def _last_cycle(file: CountryFile, fw: Framework) -> int:
    """The cycle meant where a case names none: the last one whose due date has passed."""
    return cycles_of(file, fw)[-2]


def _text(value: Any) -> str:
    return "none" if value is None else as_written(value)
