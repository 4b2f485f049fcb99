"""Entries put right or blanked by the secretariat: only by it, and only what it may see."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from refusing import refused
from workflow import ANA, CHAIR, COUNTRY, CYCLE, MEMBER, NOBODY, SEC, delivered, opened

from a87lib.desk import administering
from a87lib.desk.acting import Acting
from a87lib.desk.reviewing import declaring
from a87lib.desk.reviewing.invariants import broken
from a87lib.register import Register

TEXT = "happened_on: 2026-04-21\ndocument: QMB-2.pdf\n"


@pytest.fixture
def on(where: str) -> Iterator[Register]:
    """A register in which Ana delivered what she thinks of one country, on both databases."""
    with opened(where) as made:
        delivered(made, ANA)
        yield made
        assert [d for d in made.verify() if d.tampering] == []
        assert broken(made) == []


def number(on: Register, kind: str, country: str) -> int:
    return next(e.no for e in on.entries(country, kinds=(kind,)))


def test_the_secretariat_alone_corrects_and_erases(on: Register) -> None:
    """Nobody else does either, not even about an entry that is not there; the secretariat does."""
    no = number(on, "report_received", "QMB")
    for who in (ANA, CHAIR, MEMBER, NOBODY, Acting("ana", on_behalf_of="sec", reason="x")):
        for each in (no, 9999):
            assert refused(administering.correct, on, who, each, TEXT) == ["not_allowed"]
            assert refused(administering.erase, on, who, [each], reason="x") == ["not_allowed"]
    new = administering.correct(on, SEC, no, TEXT)
    stored = on.entry(new)
    assert (stored.corrects, stored.recorded_by, stored.cycle) == (no, "sec", CYCLE)
    assert refused(administering.correct, on, SEC, no, TEXT) == ["corrected_already"]
    assert refused(administering.erase, on, SEC, [no, new], reason=" ") == ["reason_missing"]
    administering.erase(on, SEC, [no, new], reason="a name stood in it")
    assert [on.entry(each).body_json for each in (no, new)] == [None, None]


def test_what_is_closed_to_the_secretariat_is_not_there(on: Register) -> None:
    """One answer for a number that there is not, of a closed file, and of a step of a review; and
    where one of several is closed, none is blanked."""
    mine = number(on, "report_received", "QMB")
    theirs, step = (number(on, kind, COUNTRY) for kind in ("report_received", "review_step"))
    declaring.pin(on, SEC, COUNTRY, "sec", "declared", reason="own family")
    for no in (theirs, step, 0, -1, 9999, 10**30):
        assert refused(administering.correct, on, SEC, no, TEXT) == ["administration_no_entry"]
        wanted = [mine, no]
        assert refused(administering.erase, on, SEC, wanted, reason="x") == [
            "administration_no_entry"
        ]
    assert on.entry(mine).body_json is not None


def test_a_review_is_changed_by_its_own_verbs_alone(on: Register) -> None:
    """What a reviewer delivered here is not rewritten by another; elsewhere it can be."""
    no = number(on, "assessment_made", COUNTRY)
    said = "happened_on: 2026-05-04\ncriterion: evidence\njudgement: not_shown\ntext: x\n"
    assert refused(administering.correct, on, SEC, no, said) == ["administration_by_review"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (TEXT + "recorded_by: ana", "unknown_field"),
        (TEXT + "recorded_at: 2026-04-21", "unknown_field"),
        (TEXT + "country: QMA", "corrects_other_country"),
        ("kind: report_finalised\nhappened_on: 2026-05-01", "corrects_other_kind"),
        (TEXT + "corrects: 1", "corrects_another"),
        (TEXT + "observations: ../figures.csv", "no_such_file"),
        (TEXT + 'source: "\\ud800"', "not_yaml"),
        ("- {}\n- {}", "not_one_fact"),
        ("just words", "not_a_fact"),
    ],
)
def test_what_is_typed_says_only_what_a_correction_may(
    tmp_path_factory: pytest.TempPathFactory, text: str, code: str
) -> None:
    """It reads no file, moves no entry, and says neither who recorded it nor when."""
    with opened(tmp_path_factory.mktemp("typed") / "r.db") as on:
        no = number(on, "report_received", "QMB")
        assert refused(administering.correct, on, SEC, no, text) == [code]
