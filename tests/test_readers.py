"""What a reader who may not see everything is told: no accusation by silence, no hint of more."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from a87lib import frames, framework, register
from a87lib.countryfile import Archive
from a87lib.language import say
from a87lib.register import NewEntry, Reader
from a87lib.report.review.glance import glance
from a87lib.report.review.opening import read
from a87lib.report.review.parameters import declared
from a87lib.rules import Answer, Finding, findings_for, findings_for_council

ASOF = date(2025, 12, 15)
WITHHELD = frozenset(("subgroup_concluded", "QMB", cycle) for cycle in range(2018, 2027))
LIMITED = (
    Reader("members", own=frozenset({("QMB", "reviewers")}), withheld=WITHHELD),
    Reader("reviewers", closed=frozenset({"QMB"})),
    Reader("subgroup"),
    Reader("country", frozenset({"QMB", "QMC"})),
    Reader("members"),
    Reader("public"),
)
NAMES = ("an assigned reviewer", "recused", "subgroup", "country", "members", "public")
SUBJECT = "QMB"  # two signs for want of reports
GIVEN_BY = "QMA"  # whose file has what the subject's lacks


@pytest.fixture(scope="module")
def with_more(exercise_register: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The exercise, where everything that the one country gave came from the other too, hidden."""
    return given(exercise_register, tmp_path_factory.mktemp("readers"))


def given(source: str, folder: Path, kinds: tuple[str, ...] | None = None) -> str:
    """A copy of the register with the one country's entries (of some kinds) for the other too."""
    where = str(folder / "exercise.db")
    shutil.copy(source, where)
    with register.open(where) as on:
        theirs = on.entries(GIVEN_BY, kinds=kinds)
        on.append([_hidden(entry) for entry in theirs if entry.corrects is None])
    return where


def _hidden(entry: register.StoredEntry) -> NewEntry:
    return NewEntry(
        kind=entry.kind,
        body_json=entry.body_json or "{}",
        happened_on=entry.happened_on,
        precision=entry.precision,
        country=SUBJECT,
        cycle=entry.cycle,
        recorded_at=entry.recorded_at,
        recorded_by="test",
        visibility="reviewers",
    )


def told(where: str, reader: Reader | str) -> list[Finding]:
    """All findings about all countries and the GCM, for a reader."""
    seer, used = Reader.of(reader), framework.load()
    with register.open(where) as on:
        archive = Archive(on.facts(visible_to=seer), hides=seer.hides)
    found = [f for code in archive.countries for f in findings_for(archive.file(code, ASOF), used)]
    return found + findings_for_council(archive, ASOF, used)


def about(finding: Finding) -> tuple[str, ...]:
    return (finding.rule, finding.subject, *map(str, finding.about.values()))


@pytest.mark.parametrize("reader", LIMITED[1:], ids=NAMES[1:])
def test_what_a_reader_may_not_see_changes_nothing(
    exercise_register: str, with_more: str, reader: Reader
) -> None:
    """Two registers that differ in hidden entries alone give equal findings, reasons and all."""
    assert told(exercise_register, reader) == told(with_more, reader)


def test_what_they_may_not_see_changes_the_answers_of_who_sees_it(
    exercise_register: str, with_more: str
) -> None:
    """Otherwise the test above could not fail."""
    assert told(exercise_register, "reviewer") != told(with_more, "reviewer")


@pytest.mark.parametrize("reader", LIMITED, ids=NAMES)
def test_silence_is_a_question_to_a_limited_reader(exercise_register: str, reader: Reader) -> None:
    """No answer of theirs contradicts that of the whole file: it is the same, or open."""
    whole = {about(finding): finding.answer for finding in told(exercise_register, "reviewer")}
    open_answers = (Answer.ASK, Answer.NOT_APPLICABLE, Answer.TOO_EARLY)
    odd = [
        about(finding)
        for finding in told(exercise_register, reader)
        if finding.answer not in open_answers and finding.answer != whole.get(about(finding))
    ]
    assert odd == []


def test_what_is_withheld_for_now_alone_is_open(exercise_register: str, tmp_path: Path) -> None:
    """A reviewer who has not delivered yet: no conclusion, so no sign from its want, whether there
    is one or not; the reports, which are all there, still tell."""
    concluded = given(exercise_register, tmp_path, ("subgroup_concluded",))
    assert told(exercise_register, LIMITED[0]) == told(concluded, LIMITED[0])
    mine = {about(finding): finding for finding in told(exercise_register, LIMITED[0])}
    assert mine["signals.no_report", SUBJECT].answer is Answer.YES
    assert mine["signals.no_evidence", SUBJECT].answer is Answer.ASK
    assert mine["signals.no_report", "QMC"].answer is Answer.NO  # both reports are public


@pytest.mark.parametrize("role", ["public", "member", "focal_point"])
def test_a_sign_for_want_of_a_report_needs_the_whole_file(
    exercise_register: str, role: str
) -> None:
    """Reviewers are told that reports are missing; others that the question is open for them."""
    asked = declared(country=SUBJECT, cycle=2025, asof=ASOF, register=exercise_register)
    assert read(asked).found("signals.no_report").answer is Answer.YES
    this = read(asked, role)
    finding = this.found("signals.no_report")
    assert finding.answer is Answer.ASK
    assert {why.key for why in finding.because} >= {"report_received_not_on_file"}
    assert "meant for its reader" in glance(this).html
    assert "meant for its reader" not in glance(read(asked)).html


def test_analysts_tables_follow_the_role(exercise_register: str) -> None:
    """`visible_to` narrows entries and coverage; without it analysts see all."""
    public = frames.read(exercise_register, visible_to="public")
    whole = frames.read(exercise_register)
    assert len(public.entries) < len(whole.entries)
    asked = (SUBJECT, "report_received", 2024, ASOF)
    assert whole.coverage.by(*asked) and not public.coverage.by(*asked)
    assert frames.answers(public, ASOF, [SUBJECT]).loc[SUBJECT, "signals.no_report"] == "ask"
    with pytest.raises(ValueError, match="emperor"):
        frames.read(exercise_register, visible_to="emperor")


def test_a_screen_reads_as_its_reader(
    exercise_register: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The overview of somebody without a role has no sign that rests on silence, and says why."""
    from a87lib.serving.view import View
    from widgets.opening import opened
    from widgets.overview import Overview, panel

    where = tmp_path / "exercise.db"
    shutil.copy(exercise_register, where)
    monkeypatch.setenv(register.VARIABLE, str(where))
    monkeypatch.setenv("A87_SERVING", "team")
    monkeypatch.setenv("A87_USER", "nobody@example.org")
    model = Overview(opened(View()), View(language="en"))
    row = next(row for row in model.rows if row.code == SUBJECT)
    assert not row.present
    circle = framework.load().label("visibility", "public", "en")
    assert say("screen.limited", "en", circle=circle) in panel(model).children[0].value
