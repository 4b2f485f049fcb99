"""Analysts' tables: what they hold, and what they never make up."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from a87lib import frames
from a87lib.countryfile import Archive
from a87lib.problems import Problems

ASOF = "2025-12-15"


@pytest.fixture(scope="module")
def archive(exercise_register: str) -> Archive:
    return frames.read(exercise_register)


def test_findings_have_a_row_for_each_answer(archive):
    """Three lines give a country's signs with sentences and reasons."""
    table = frames.findings(archive, ASOF, ["QMC"], rules="signals.")
    assert list(table.columns) == [*frames.FINDINGS, "because"]
    present = table[table["answer"] == "yes"].set_index("rule")
    assert list(present.index) == ["signals.no_evidence", "signals.early_warning"]
    assert present.loc["signals.no_evidence", "since"] == date(2025, 10, 8)
    assert len(present.loc["signals.no_evidence", "because"]) == 2


def test_findings_speak_the_language_asked_for(archive):
    """The same table in French has French sentences and the same answers."""
    english = frames.findings(archive, ASOF, ["QMC"], rules="signals.")
    french = frames.findings(archive, ASOF, ["QMC"], "fr", rules="signals.")
    assert list(english["answer"]) == list(french["answer"])
    assert (english["sentence"] != french["sentence"]).all()


def test_answers_cross_countries_and_rules(archive):
    """A row for each country, a column for each rule, the answer in the cell."""
    table = frames.answers(archive, ASOF, rules="signals.no_")
    assert table.shape == (12, 5)
    assert table.loc["QMC", "signals.no_evidence"] == "yes"
    assert table.loc["QMK", "signals.no_report"] == "not_applicable"


def test_statuses_name_the_day_and_count_the_signs(archive):
    """Status, since when, how many signs: nothing is added up into a verdict."""
    table = frames.statuses(archive, ASOF)
    assert table.loc["QMC", "status"] == "active" and table.loc["QMC", "signs"] == 1
    assert table.loc["QMC", "since"] == date(2019, 11, 20)
    assert set(table.columns) == {"status", "since", "signs"}


def test_a_missing_figure_is_missing_and_zero_is_zero(archive):
    """Stated as missing: NA. Zero convictions: 0."""
    table = frames.observations(archive, ["QMA"])
    assert table.loc[table["status"] != "value", "value_number"].isna().all()
    convictions = table.query("indicator == 'E4' and breakdown == 'convictions' and year == 2019")
    assert list(convictions["value_number"]) == [0]
    assert "2018/19" in set(table["years"])


def test_entries_hold_and_corrections_are_applied(archive):
    """The report entered for Dolmera by mistake was withdrawn: it is not among the entries."""
    table = frames.entries(archive, ["QMD"], kinds=["report_received"])
    assert 2022 not in set(table["cycle"].dropna())
    assert table.index.name == "no" and isinstance(table, pd.DataFrame)


def test_what_was_known_on_a_day(exercise_register):
    """`known_at` limits a table to what had been recorded by then."""
    before = frames.read(exercise_register, known_at="2025-10-07")
    table = frames.findings(before, "2025-10-08", ["QMC"], rules="signals.no_evidence")
    assert list(table["answer"]) == ["ask"]


def test_a_register_that_is_not_there_is_told(tmp_path):
    """A sentence, no empty table."""
    with pytest.raises(Problems) as refused:
        frames.read(tmp_path / "none.db")
    assert refused.value.problems[0].code == "register_missing"


def test_names_are_in_the_language_asked_for(archive):
    assert frames.names(archive, "es")["QMA"] == "Amberlundia"
