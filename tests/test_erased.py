"""What was erased is gone, and everything else can be read as before."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from reviewing import SECTIONS, opened, words

from a87lib import register
from a87lib.desk import records
from a87lib.facts import KINDS
from a87lib.rules import findings_for, reason_sentence, sentence


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
