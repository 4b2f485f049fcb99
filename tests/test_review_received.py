"""What came with a report: its document by the name its sender gave it, difficulties and wishes."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from entries import at
from reviewing import opened, words

from a87lib import register
from a87lib.facts import canonical
from a87lib.language import say
from a87lib.register import NewEntry, ObservationRow
from a87lib.report.review.roadmap import roadmap
from a87lib.report.review.sources import sources

DIGEST = "0123456789abcdef" * 4
NAMED = {"document": f"sha256:{DIGEST}", "document_name": "Informe anual 2025.docx"}
TOLD = {
    "difficulties": ["Few inspectors", "No survey since 2019"],
    "wishes_to_learn": ["How others reach farms"],
}


@pytest.fixture(scope="module")
def with_report(exercise_register: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The exercise, with a further report of Amberlund and one without a name."""
    where: Path = tmp_path_factory.mktemp("received") / "exercise.db"
    shutil.copy(exercise_register, where)
    unnamed = {"document": f"sha256:{DIGEST}"}
    made = [
        NewEntry(
            kind=kind,
            country="QMA",
            cycle=2025,
            happened_on=date(2025, 5, 2),
            body_json=canonical(body),
            recorded_at=at("2025-05-02T08:00:00"),
            recorded_by="test",
        )
        for kind, body in (
            ("report_received", NAMED | TOLD),
            ("indicator_framework_received", unnamed),
        )
    ]
    with register.open(str(where)) as on:
        on.append(made)
    return str(where)


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_document_is_called_what_its_sender_called_it(with_report: str, language: str) -> None:
    """The list of sources names the document and never its digest."""
    this = opened(with_report, "QMA", language)
    this.cited.update(entry.no for entry in this.file.entries)
    text = " ".join(sources(this).html.replace("\u200b", "").split())
    assert "Informe anual 2025.docx" in text
    assert say("review.sources.kept", language) in text
    assert DIGEST[:12] not in text and "sha256" not in text


def test_difficulties_and_wishes_of_the_country_are_shown(with_report: str) -> None:
    """Each text that the report states of the country as a whole is there, with its entry."""
    this = opened(with_report, "QMA")
    told = " ".join(roadmap(this).html.split())
    for text in (*TOLD["difficulties"], *TOLD["wishes_to_learn"]):
        assert text in told
    number = next(e.no for e in this.file.entries if getattr(e.body, "difficulties", None))
    assert number in this.cited
    assert "Few inspectors" not in words(opened(with_report, "QMA", cycle=2024), "roadmap")


def test_a_ratification_in_words_is_shown_in_words(with_report: str) -> None:
    """Words where a date is asked for, of a treaty no list has, stop nothing and invent nothing."""
    row = ObservationRow("QMA", "L1", "2024", "2024", "total", "", "An old treaty", None,
                         "ratified long ago", "", "value", "country", "a letter")  # fmt: skip
    with register.open(with_report) as on:
        on.append([
            NewEntry(
                kind="indicator_framework_received", country="QMA", cycle=2024, body_json="{}",
                happened_on=date(2024, 5, 2), recorded_at=at("2024-05-02T08:00:00"),
                recorded_by="test", observations=(row,),
            )
        ])  # fmt: skip
    told = words(opened(with_report, "QMA"), "ratifications")
    for said in ("An old treaty", "a letter; ratified long ago"):
        assert said in told
