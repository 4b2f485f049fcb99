"""What was erased is gone, and everything else can be read as before."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from reviewing import SECTIONS, opened, words

from a87lib import framework, register
from a87lib.countryfile import Archive, CountryFile, Coverage
from a87lib.desk import records
from a87lib.facts import KINDS, Entry
from a87lib.register import StoredEntry
from a87lib.register.typed import typed
from a87lib.rules import (
    Answer,
    Finding,
    as_data,
    ask,
    findings_for,
    findings_for_council,
    findings_for_meeting,
    reason_sentence,
    sentence,
)


def _with_erasures(where: str, folder: Path, country: str) -> str:
    """A copy of the register in which the first entry of each kind that says something is blank."""
    copy = str(shutil.copy(where, folder / "erased.db"))
    says = {kind for kind, body in KINDS.items() if any(f.is_required() for f in _fields(body))}
    with register.open(copy) as on:
        first: dict[str, int] = {}
        for entry in on.entries(country):
            if entry.kind in says:
                first.setdefault(entry.kind, entry.no)
        records.erase(on, list(first.values()), by="desk", reason="asked for")
    assert {"interest_expressed", "stakeholders_identified", "participation_recorded"} <= {*first}
    return copy


def _fields(body):
    return body.model_fields.values()


@pytest.mark.parametrize("country", ["QMA", "QML"])
def test_a_file_with_erased_entries_is_read_as_before(exercise_register, tmp_path, country):
    """Neither the rules nor any section of the review stumble; where words stood, it says so."""
    this = opened(_with_erasures(exercise_register, tmp_path, country), country, "fr")
    for finding in findings_for(this.file, this.framework):
        assert sentence(finding, "fr")
        assert all(reason_sentence(reason, "fr") for reason in finding.because)
    told = " ".join(words(this, section) for section in SECTIONS)
    assert "effacé" in told
    assert "None" not in told


DAY = date(2025, 12, 15)
DEFINITE = (Answer.YES, Answer.NO)
Told = dict[tuple[object, ...], Finding]


@pytest.fixture(scope="module")
def stored(exercise_register) -> list[StoredEntry]:
    """The exercise's entries, which the tests here read as complete in everything."""
    with register.open(exercise_register) as on:
        return list(on.entries())


def _archive(stored: Sequence[StoredEntry], *erased: int) -> Archive:
    entries = [_blank(e) if e.no in erased else _typed(e) for e in stored]
    return Archive(entries, coverage=Coverage.complete())


@cache
def _typed(entry: StoredEntry) -> Entry:
    return typed(entry)


def _blank(entry: StoredEntry) -> Entry:
    return typed(entry._replace(body_json=None))


def _of_country(country: str) -> Callable[[Archive], list[Finding]]:
    return lambda archive: findings_for(archive.file(country, DAY), framework.load())


def _of_meeting(no: int) -> Callable[[Archive], list[Finding]]:
    return lambda archive: findings_for_meeting(archive, no, DAY, framework.load())


def _told(found: list[Finding]) -> Told:
    return {(f.rule, *f.about.items()): f for f in found}


def _only(stored: Sequence[StoredEntry], country: str, kind: str, **about: object) -> int:
    """The last entry of a kind about a country whose body says so."""
    return [
        e.no
        for e in stored
        if (e.country, e.kind) == (country, kind)
        and all(getattr(typed(e).body, name) == value for name, value in about.items())
    ][-1]


@pytest.mark.parametrize("country", ["QMB", "QMD", "QME", "QMG", "QML"])
def test_no_erasure_turns_an_answer_into_another_one(stored, country):
    """What was said is unknown: whatever is erased, a rule then asks or answers as before."""
    near = [e for e in stored if e.country in (None, country)]
    about = [e for e in near if e.country == country]
    _keeps_to_what_is_known(near, _of_country(country), about)


@pytest.mark.parametrize("meeting", [9, 14])
def test_no_erasure_turns_an_answer_about_a_meeting_into_another_one(stored, meeting):
    _keeps_to_what_is_known(
        stored, _of_meeting(meeting), [e for e in stored if e.meeting == meeting]
    )


@pytest.mark.parametrize("day", [DAY, date(2023, 6, 1)])
def test_no_erasure_turns_an_answer_about_the_gcm_into_another_one(stored, day):
    """Who left, who was appointed and which group was closed may be what was erased."""
    kinds = ("seat_taken", "seat_left", "decision_made", "group_created")
    about = [e for e in stored if e.kind in kinds and e.country is None]

    def found(archive: Archive) -> list[Finding]:
        return findings_for_council(archive, day, framework.load())

    _keeps_to_what_is_known(stored, found, about)


def _keeps_to_what_is_known(
    stored: list[StoredEntry],
    findings: Callable[[Archive], list[Finding]],
    about: Sequence[StoredEntry],
) -> None:
    before = _told(findings(_archive(stored)))
    turned = 0
    for entry in about:
        after = _told(findings(_archive(stored, entry.no)))
        for key in before.keys() & after.keys():
            was, now = before[key].answer, after[key].answer
            assert now == was or now not in DEFINITE, (entry.no, entry.kind, key, was, now)
            turned += now != was and was in DEFINITE
    assert turned, "nothing that was erased mattered to any answer"


@pytest.mark.parametrize(
    ("country", "kind", "rule"),
    [
        ("QMA", "stakeholders_identified", "candidacy.stakeholders_identified"),
        ("QMA", "situation_mapped", "candidacy.situation_mapped"),
        ("QMA", "roadmap_submitted", "candidacy.roadmap_actions"),
        ("QMA", "interest_expressed", "candidacy.letter_complete"),
    ],
)
def test_a_step_whose_words_were_erased_is_asked_about_and_says_so(stored, country, kind, rule):
    no = _only(stored, country, kind)
    finding = ask(rule, _archive(stored, no).file(country, DAY), framework.load())
    assert finding.answer is Answer.ASK
    assert [(r.key, r.entries) for r in finding.because] == [("content_not_on_file", (no,))]
    assert "effacé" in reason_sentence(finding.because[0], "fr")


def test_a_report_whose_words_were_erased_was_received_all_the_same(stored):
    """Its day and its cycle are still known, and no sign comes of it."""
    numbers = [e.no for e in stored if (e.country, e.kind) == ("QMA", "report_received")]
    before, after = (
        [as_data(f) for f in _of_country("QMA")(_archive(stored, *erased)) if "report" in f.rule]
        for erased in ((), numbers)
    )
    assert before == after
    assert any(each["answer"] == "yes" for each in before)


def test_an_erased_decision_leaves_the_status_open_until_the_next_one(stored):
    """QME: granted, declared inactive, reactivated. Nobody is inactive or active by an erasure."""
    made = {
        subject: _only(stored, "QME", "decision_made", subject=subject)
        for subject in ("grant_status", "declare_inactive", "reactivate")
    }

    def status(*erased: str) -> Finding:
        file = _archive(stored, *(made[subject] for subject in erased)).file("QME", DAY)
        return ask("standing.status", file, framework.load())

    assert status().value == "active"
    assert status("declare_inactive").value == "active"
    unknown = status("reactivate")
    assert (unknown.value, unknown.since) == ("not_on_file", None)
    assert "erased" in sentence(unknown, "en")
    assert (made["reactivate"],) in [r.entries for r in unknown.because]


def test_an_erased_declaration_of_completeness_declares_nothing(stored):
    entries = [typed(e) for e in stored]
    declared = [e for e in entries if e.kind == "coverage_declared"]
    assert Coverage.of(declared).declarations
    assert not Coverage.of(replace(e, erased=True) for e in declared).declarations


def test_what_is_erased_later_than_the_day_asked_changes_nothing(stored):
    """The kind counts as not wholly on file from the erased entry's own day on."""
    conclusions = [e for e in stored if (e.country, e.kind) == ("QMA", "subgroup_concluded")]
    last = conclusions[-1]
    coverage = _archive(stored, last.no).coverage

    def covers(cycle: int | None, asof: date, country: str = "QMA") -> bool:
        return coverage.by(country, "subgroup_concluded", cycle, asof) is not None

    before = date(last.happened_on.year - 1, 1, 1)
    assert covers(last.cycle, before)
    assert not covers(last.cycle, last.happened_on)
    assert not covers(None, last.happened_on)
    assert covers((last.cycle or 0) - 1, last.happened_on)
    assert covers(last.cycle, last.happened_on, "QMB")


def test_a_quorum_that_an_erased_attendance_may_have_made_is_not_denied(stored):
    """A decision stands where who was there can no longer be told (INT-16)."""
    granted = _only(stored, "QMA", "decision_made", subject="grant_status")
    meeting = next(e.meeting for e in stored if e.no == granted)
    there = [e.no for e in stored if (e.kind, e.meeting) == ("attendance_recorded", meeting)]
    entries = [
        replace(e, body=e.body.model_copy(update={"present": None})) if e.no == granted else e
        for e in _archive(stored, *there).entries
    ]
    file = Archive(entries, coverage=Coverage.complete()).file("QMA", DAY)
    assert ask("standing.status", file, framework.load()).value == "active"


def test_what_was_erased_may_be_said_again_in_a_correction(exercise_register, tmp_path):
    """Without the name that had to go, say: then nothing is open any more."""
    copy = str(shutil.copy(exercise_register, tmp_path / "corrected.db"))
    with register.open(copy) as on:
        no = _only(list(on.entries()), "QME", "decision_made", subject="reactivate")
        was = on.entry(no)
        said = {k: v for k, v in json.loads(was.body_json or "").items() if k != "text"}
        records.erase(on, [no], by="desk", reason="asked for")
        assert ask("standing.status", _file(on), framework.load()).value == "not_on_file"
        again = json.dumps({"happened_on": was.happened_on.isoformat()} | said)
        records.correct(on, no, records.correction_from_text(on, no, again), by="desk")
        assert ask("standing.status", _file(on), framework.load()).value == "active"


def _file(on: register.Register) -> CountryFile:
    return Archive(on.facts()).file("QME", DAY)
