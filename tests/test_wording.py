"""Findings as plain data, and what their sentences name."""

from __future__ import annotations

import json
from datetime import date

from council import find, seat
from stated import file_of

from a87lib import framework
from a87lib.facts import PartialDate
from a87lib.facts.codes import Coded
from a87lib.language import LANGUAGES
from a87lib.rules import Finding, Reason, as_data, ask, reason_sentence, sentence

FW = framework.load()
ROWS = "- {kind: report_received, happened_on: 2020-04, cycle: 2020}"


def asked(rule: str, asof: str = "2020-06-01", **about: object) -> Finding:
    """A finding about a country with one report."""
    return ask(rule, file_of(ROWS, asof), FW, **about)


def test_a_finding_as_data_says_everything_in_plain_types() -> None:
    """Days and codes as text; nothing left out, nothing that JSON would change."""
    data = as_data(asked("cycle.report_received", cycle=2020))
    assert data == json.loads(json.dumps(data))
    assert {name: data[name] for name in ("rule", "subject", "asof", "answer", "cycle")} == {
        "rule": "cycle.report_received",
        "subject": "CIV",
        "asof": "2020-06-01",
        "answer": "yes",
        "cycle": 2020,
    }
    assert (data["criterion"], data["seat"], data["indicator"]) == (None, None, None)
    assert {reason["key"] for reason in data["because"]} >= {"report_received"}
    assert all(set(reason) == {"key", "cycle", "entries", "args"} for reason in data["because"])
    assert data["because"][0]["entries"] == [2]
    assert "sentence" not in data


def test_a_finding_without_an_answer_has_none_in_its_data() -> None:
    """standing.status gives a value, and since when."""
    data = as_data(asked("standing.status"))
    assert (data["answer"], data["value"], data["since"]) == (None, "active", "2019-06-01")
    assert as_data(asked("signals.early_warning"))["next_on"] is not None


def test_data_have_sentences_in_the_language_asked_for() -> None:
    """Of the finding and of each reason; none where no language is named."""
    finding = asked("cycle.report_received", cycle=2020)
    for language in LANGUAGES:
        data = as_data(finding, language)
        assert data["sentence"] == sentence(finding, language)
        told = [reason["sentence"] for reason in data["because"]]
        assert told == [reason_sentence(reason, language) for reason in finding.because]


def test_what_a_reason_names_is_kept_as_it_is_where_data_can_hold_it() -> None:
    """Numbers, texts, lists and tables stay; days and codes become text."""
    args = {
        "count": 3,
        "share": 0.5,
        "yes": True,
        "none": None,
        "text": "a",
        "on": date(2020, 1, 2),
        "when": PartialDate.of("2020-04"),
        "seat": Coded("seat", "ngo-1"),
        "seats": (Coded("seat", "ngo-1"), 2),
        "table": {1: date(2020, 1, 2)},
    }
    finding = Finding(
        rule="signals.no_report",
        subject="CIV",
        asof=date(2020, 1, 1),
        answer=None,
        because=(Reason("a_key", 2020, (1,), args),),
        paragraph="AF-REV-7a",
        parameters={"from": date(2016, 1, 1)},
        interpretations=("INT-03",),
    )
    data = as_data(finding)
    assert data["because"][0]["args"] == {
        "count": 3,
        "share": 0.5,
        "yes": True,
        "none": None,
        "text": "a",
        "on": "2020-01-02",
        "when": "2020-04",
        "seat": "ngo-1",
        "seats": ["ngo-1", 2],
        "table": {"1": "2020-01-02"},
    }
    assert data["parameters"] == {"from": "2016-01-01"}


def test_sentences_name_the_day_and_the_seat() -> None:
    """Where the finding's sentence has a place for them."""
    assert "1 June 2019" in sentence(asked("standing.status"), "en")
    assert "1er mai 2022" in sentence(asked("signals.early_warning", "2021-05-01"), "fr")
    rows = [seat("chair", "2022-05-01")]
    term = find(rows, "gcm.term_ending", "2025-04-01", seat="chair")
    told = sentence(term, "fr")
    assert FW.label("seat", "chair", "fr") in told and "30 avril 2025" in told


def test_a_sentence_names_the_indicator_by_code_and_name() -> None:
    """A code alone says nothing to a reader; one that the framework lacks stays as it is."""
    o1 = ask("progress.on_track", file_of("", "2022-01-01"), FW, indicator="O1")
    for language in LANGUAGES:
        assert sentence(o1, language).startswith(f"O1 ({FW.indicators['O1'].name[language]})")
    other = ask("progress.on_track", file_of("", "2022-01-01"), FW, indicator="Z9")
    assert sentence(other, "en").startswith("Z9: ")
    assert as_data(o1, "en")["indicator"] == "O1"
