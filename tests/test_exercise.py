"""The exercise: each country's findings are those that its story tells, and nobody is real."""

from __future__ import annotations

import csv
import difflib
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from babel import Locale

from a87lib import framework
from a87lib.cases.running import numbered
from a87lib.countryfile import Archive
from a87lib.facts import Entry, fictional, instant
from a87lib.intake import plain, read_yaml
from a87lib.intake.pack import Shelf, read_shelf
from a87lib.meetingfile import CouncilFile
from a87lib.rules import Finding, ask

PROJECT = Path(__file__).resolve().parent.parent
EXERCISE = PROJECT / "data" / "exercise"
CODES = [f"QM{letter}" for letter in "ABCDEFGHIJKL"]
SIGNS = (
    "signals.no_report",
    "signals.no_finalised_report",
    "signals.no_indicator_framework",
    "signals.no_evidence",
    "signals.no_collaboration",
)
ASKED_ABOUT = ("cycle", "criterion", "seat", "indicator")
FOUND = ("answer", "value", "since", "next_on")


@dataclass(frozen=True)
class Told:
    """One expected finding of a story. known: as known at this instant, None for now."""

    country: str
    asof: date
    known: datetime | None
    why: str
    expect: dict[str, Any]

    @property
    def id(self) -> str:
        about = " ".join(str(self.expect[key]) for key in ASKED_ABOUT if key in self.expect)
        known = f" known {self.known:%Y-%m-%d}" if self.known else ""
        return f"{self.country} {self.asof}{known} {self.expect['rule']} {about}".strip()


def stories() -> list[dict[str, Any]]:
    return [plain(read_yaml(path)) for path in sorted(EXERCISE.glob("*.story.yaml"))]


def told() -> list[Told]:
    """All expected findings of all stories."""
    found = []
    for story in stories():
        now = {"why": "As of the pack's day.", "asof": story["asof"], "expect": story["expect"]}
        for view in (now, *story.get("on_other_days", ())):
            known = view.get("known_at")
            for expect in view["expect"]:
                instant_of = instant(known, end_of_day=True) if known is not None else None
                found.append(
                    Told(story["country"], _day(view["asof"]), instant_of, view["why"], expect)
                )
    return found


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _told_as(value: object) -> str:
    return "none" if value is None else str(value)


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return read_shelf(EXERCISE)


@pytest.fixture(scope="module")
def entries(shelf: Shelf) -> list[Entry]:
    return numbered(shelf.facts)


@pytest.fixture(scope="module")
def archive(entries: list[Entry]) -> Any:
    """The exercise as known at an instant; each instant opened once."""
    opened: dict[datetime | None, Archive] = {}

    def at(known: datetime | None) -> Archive:
        if known not in opened:
            opened[known] = Archive(entries, known_at=known)
        return opened[known]

    return at


@pytest.mark.parametrize("one", told(), ids=lambda one: one.id)
def test_the_rules_find_what_the_story_tells(one: Told, archive: Any) -> None:
    """Every finding that a story expects is found, with its value and its days."""
    file = archive(one.known).file(one.country, one.asof)
    about = {key: one.expect[key] for key in ASKED_ABOUT if key in one.expect}
    finding = ask(one.expect["rule"], file, framework.load(), **about)
    assert _differences(finding, one.expect) == [], one.why


def _differences(finding: Finding, expect: dict[str, Any]) -> list[str]:
    """What is not as expected, each as a line; empty where all is."""
    wrong = [
        f"{key}: expected {_told_as(expect[key])}, found {_told_as(getattr(finding, key))}"
        for key in FOUND
        if key in expect and _told_as(getattr(finding, key)) != _told_as(expect[key])
    ]
    reasons = [reason.name for reason in finding.because]
    wrong += [f"not a reason: {key}" for key in expect.get("because", ()) if key not in reasons]
    return [*wrong, f"reasons: {reasons}"] if wrong else []


def council_told() -> list[Any]:
    """The expected findings about the GCG, each with its day."""
    story = plain(read_yaml(EXERCISE / "council" / "gcg.story.yaml"))
    return [
        pytest.param(
            _day(view["asof"]),
            expect,
            id=" ".join([str(view["asof"]), *(str(v) for k, v in expect.items() if k != "answer")]),
        )
        for view in story["views"]
        for expect in view["expect"]
    ]


@pytest.mark.parametrize(("asof", "expect"), council_told())
def test_the_rules_find_what_the_council_story_tells(
    asof: date, expect: dict[str, Any], archive: Any
) -> None:
    """Every finding that the GCG's story expects is found."""
    known = archive(None)
    file = CouncilFile(known.council, asof, coverage=known.coverage, meeting=expect.get("meeting"))
    about = {key: expect[key] for key in ("seat", "year") if key in expect}
    assert _differences(ask(expect["rule"], file, framework.load(), **about), expect) == []


def test_seats_meetings_and_decisions_agree(entries: list[Entry]) -> None:
    """Whoever is present holds a seat that day, and decides only at a meeting he attended."""
    attended: dict[int, set[str]] = {}
    for entry in entries:
        if entry.kind == "attendance_recorded":
            assert _holds(entries, entry.body.seat, entry.when.last), (
                entry.meeting,
                entry.body.seat,
            )
            if entry.body.presence == "present":
                attended.setdefault(entry.meeting or 0, set()).add(entry.body.seat)
    held = {e.meeting: e.when.last for e in entries if e.kind == "meeting_held"}
    decisions = [e for e in entries if e.kind == "decision_made"]
    for entry in decisions:
        assert held[entry.meeting] == entry.when.last
        assert set(entry.body.present) <= attended[entry.meeting or 0], (
            entry.meeting,
            entry.country,
        )
    assert {e.body.subject for e in decisions} == set(
        framework.load().vocabulary("decision_subject")
    )
    status = [(e.country, e.meeting, e.body.subject) for e in decisions if e.country]
    assert len(status) == len(set(status))


def _holds(entries: list[Entry], seat: str, on: date) -> bool:
    """Whether somebody holds the seat on a day."""
    taken = [e.when.last for e in entries if e.kind == "seat_taken" and e.body.seat == seat]
    left = [e.when.last for e in entries if e.kind == "seat_left" and e.body.seat == seat]
    return any(start <= on and not any(start <= end < on for end in left) for start in taken)


def test_each_country_has_a_story_and_facts(shelf: Shelf) -> None:
    """Twelve countries, each with a story, facts and a name in three languages."""
    assert [story["country"] for story in stories()] == CODES
    assert [name for name in shelf.files if name.startswith("QM")] == CODES
    assert {fact.country for fact in shelf.facts if fact.country} == set(CODES)
    for country in _countries():
        assert set(country["names"]) == {"en", "fr", "es"}


def test_the_stories_show_every_status_and_sign() -> None:
    """As of the pack's day the stories show each status, each sign and each kind of answer."""
    now = [expect for story in stories() for expect in story["expect"]]
    statuses = {e["value"] for e in now if e["rule"] == "standing.status"}
    assert statuses == {"none", "candidate", "active", "inactive"}
    assert {e["rule"] for e in now if e["rule"] in SIGNS and e["answer"] == "yes"} == set(SIGNS)
    assert any(e["rule"] == "signals.early_warning" and e["answer"] == "yes" for e in now)
    answers = {one.expect["answer"] for one in told() if "answer" in one.expect}
    assert answers == {"yes", "no", "too_early", "ask", "not_applicable"}
    assert any(one.known is not None for one in told())


def test_the_facts_show_what_happens_in_real_files(entries: list[Entry]) -> None:
    """Every reply, evidence type, visibility, level, judgement and kind of mishap occurs."""

    def values(kind: str, field: str) -> set[Any]:
        return {getattr(e.body, field) for e in entries if e.kind == kind and not e.withdrawn}

    vocabulary = framework.load().vocabulary
    replies = {i.reply for e in entries if e.kind == "reply_received" for i in e.body.items}
    assert replies == set(vocabulary("reply"))
    assert values("evidence_received", "type") == set(vocabulary("evidence_type"))
    assert {e.visibility for e in entries} == set(vocabulary("visibility"))
    assert values("participation_recorded", "level") == set(vocabulary("participation_level"))
    assert values("subgroup_concluded", "judgement") == set(vocabulary("judgement"))
    assert values("action_progress_stated", "state") == set(vocabulary("action_state"))
    assert values("roadmap_submitted", "basis") == set(vocabulary("roadmap_basis"))
    assert values("dialogue_concluded", "outcome") == set(vocabulary("dialogue_outcome"))
    assert {e.when.precision for e in entries if e.kind == "report_received"} == {
        "day",
        "month",
        "year",
    }
    assert any(e.corrects is not None and not e.withdrawn for e in entries)
    assert any(e.withdrawn for e in entries)
    assert any(e.body.consensus is False for e in entries if e.kind == "decision_made")


def test_the_figures_show_split_years_sex_and_every_reason_for_a_gap(entries: list[Entry]) -> None:
    """Figures have split survey years, both sexes, zeros, and gaps that say why."""
    figures = [o for e in entries for o in e.observations]
    vocabulary = framework.load().vocabulary
    assert {o.status for o in figures} == set(vocabulary("observation_status"))
    assert {o.sex for o in figures} == {"total", "female", "male"}
    assert "2018/19" in {o.years for o in figures}
    assert any(o.value_number == 0 for o in figures)
    reasons = {o.value_text for o in figures if o.status == "missing"}
    assert reasons <= set(vocabulary("missing_reason")) and len(reasons) >= 4
    assert {o.indicator for o in figures} == {
        item.code for item in framework.load().indicators.items
    }


def test_roadmaps_are_rich(entries: list[Entry]) -> None:
    """Roadmaps have three or four priorities of three to six actions, each dated and owned."""
    submitted = [e for e in entries if e.kind == "roadmap_submitted"]
    assert {e.country for e in submitted} == set(CODES) - {"QMI"}
    for entry in submitted:
        assert 3 <= len(entry.body.priorities) <= 4, entry.country
        for priority in entry.body.priorities:
            assert 3 <= len(priority.actions) <= 6, (entry.country, priority.no)
            for action in priority.actions:
                assert action.due and action.responsible and action.objective and action.sdg_targets


def test_what_a_country_reports_is_in_its_roadmap(entries: list[Entry]) -> None:
    """No progress is stated of an action that no version of the country's roadmap has."""
    known = {
        (e.country, action.no)
        for e in entries
        if e.kind == "roadmap_submitted"
        for priority in e.body.priorities
        for action in priority.actions
    }
    stated = {(e.country, e.body.action) for e in entries if e.kind == "action_progress_stated"}
    assert stated <= known, sorted(stated - known)


def test_texts_are_not_copied_between_countries(entries: list[Entry]) -> None:
    """No sentence of more than forty letters stands in two countries' files."""
    seen: dict[str, str] = {}
    for entry in entries:
        if entry.country is None or entry.kind in ("decision_made", "coordination_body_named"):
            continue
        for text in _texts(entry.body.model_dump(mode="json")):
            if len(text) > 40:
                assert seen.setdefault(text, entry.country) == entry.country, text


def test_the_free_texts_speak_four_languages(entries: list[Entry]) -> None:
    """There are texts in English, French and Spanish, and some in Arabic."""
    assert {e.body.language for e in entries} >= {"en", "fr", "es", "ar"}
    assert sum(bool(re.search(r"[\u0600-\u06ff]{3}", str(e.body))) for e in entries) >= 3


def test_no_code_and_no_name_is_a_real_countrys() -> None:
    """Codes are user-assigned, and no name resembles that of a territory in three languages."""
    real = {
        _bare(name)
        for language in ("en", "fr", "es")
        for code, name in Locale(language).territories.items()
        if len(code) == 2
    }
    for country in _countries():
        assert fictional(country["code"])
        for name in country["names"].values():
            near = difflib.get_close_matches(_bare(name), real, n=1, cutoff=0.8)
            assert not near, f"{name} resembles {near}"


def test_everything_lies_between_2018_and_2025(entries: list[Entry]) -> None:
    """Nothing happens before 2018 or after the pack's day, or is recorded before it happens."""
    for entry in entries:
        if entry.withdrawn:
            continue
        assert date(2018, 1, 1) <= entry.when.first and entry.when.first <= date(2025, 12, 15), (
            entry
        )
        assert instant(entry.when.first) <= entry.recorded_at, entry


def test_every_table_of_figures_is_used(shelf: Shelf) -> None:
    """Each file of observations belongs to an entry, and no row of it is lost."""
    rows = 0
    for path in sorted((EXERCISE / "observations").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows += sum(1 for _ in csv.DictReader(file))
    assert rows == sum(len(fact.observations) for fact in shelf.facts)


def _countries() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = plain(read_yaml(EXERCISE / "countries.yaml"))["countries"]
    return found


def _bare(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inner for text in _texts(one)]
