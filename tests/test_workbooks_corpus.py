"""Bad files change nothing and are told where and why; good ones are all taken in."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from corpus.all_bad import CASES
from corpus.case import Case, Made
from corpus.filling import RECEIVED_ON, Sheets, filled, make_register, template
from corpus.fuzzing import rows
from corpus.good import (
    ARABIC,
    GOOD,
    PAYLOADS,
    SAVED,
    Good,
    all_through_libreoffice,
    saved_by_libreoffice,
)

from a87lib import register
from a87lib.desk import submissions
from a87lib.desk.evidence import Attachment
from a87lib.facts import body_dict
from a87lib.intake import workbooks as workbooks_module
from a87lib.intake.workbooks import Refused
from a87lib.register import Register

SLOWEST = 2.0
"""Seconds of computing for one answer, whatever else runs on the machine."""
LANGUAGES = ("en", "fr", "es")
Facts = list[tuple[str, str, list[str]]]


@pytest.fixture(scope="module")
def on(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """A register of real countries whose workbooks were sent out."""
    address = make_register(tmp_path_factory.mktemp("corpus") / "register.db")
    with register.open(address) as opened:
        yield opened


@pytest.fixture(scope="module")
def workbooks(on: Register) -> dict[tuple[str, str], bytes]:
    """Workbooks filled in as a careful person does it, by country and language."""
    return {}


def base(on: Register, held: dict[tuple[str, str], bytes], country: str, language: str) -> bytes:
    key = country, language
    if key not in held:
        held[key] = filled(template(on, country, language), language).saved()
    return held[key]


def made(case: Case, on: Register, held: dict[tuple[str, str], bytes], language: str) -> Made:
    if case.name == "nothing_filled_in":
        return case.make(Sheets(template(on, case.country, language), language))
    return case.make(Sheets(base(on, held, case.country, language), language))


def send(on: Register, made: Made, *, dry_run: bool = False) -> submissions.Receipt:
    incoming = submissions.Incoming(
        data=made.data,
        name="workbook.xlsx",
        evidence=[Attachment(name, content) for name, content in made.evidence.items()],
        received_on=RECEIVED_ON,
    )
    return submissions.receive(on, incoming, by="test", dry_run=dry_run)


@pytest.mark.parametrize("case", [c for c in CASES if not c.warning], ids=lambda case: case.name)
def test_a_bad_file_is_refused_at_its_cell(
    case: Case, on: Register, workbooks: dict[tuple[str, str], bytes],
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    """Right code, right cell, shown in words of three languages, logged once, nothing written."""
    language = LANGUAGES[CASES.index(case) % 3]
    bad, before = made(case, on, workbooks, language), rows(on)
    started = time.process_time()
    with caplog.at_level(logging.WARNING, logger="a87"), pytest.raises(Refused) as refused:
        send(on, bad)
    assert time.process_time() - started < SLOWEST
    faults = refused.value.faults
    at = bad.at.partition("!")
    found = [(f.code, f.sheet, f.cell) for f in faults]
    assert {f.code for f in faults} == {case.code}, found
    if at[1] and not at[2].isdecimal():
        assert (case.code, at[0], at[2]) in found
    elif at[1]:
        assert (case.code, at[0], int(at[2])) in [(f.code, f.sheet, f.row) for f in faults]
    else:
        assert bad.at in {faults[0].sheet, faults[0].where}
    assert any(case.found in f.found or case.found in f.told(language)["text"] for f in faults)
    for spoken in LANGUAGES:
        told = [fault.told(spoken) for fault in faults]
        assert all(t["problem"] and t["expected"] and t["fix"] for t in told)
    lines = [r.getMessage() for r in caplog.records if "submission refused" in r.getMessage()]
    assert len(lines) == 1
    assert case.code in lines[0]
    assert rows(on) == before


@pytest.mark.parametrize("case", [c for c in CASES if c.warning], ids=lambda case: case.name)
def test_a_file_worth_a_note_is_taken_in_with_it(
    case: Case, on: Register, workbooks: dict[tuple[str, str], bytes]
) -> None:
    """What is odd but harmless is taken in, and said at its place."""
    language = LANGUAGES[CASES.index(case) % 3]
    odd = made(case, on, workbooks, language)
    receipt = send(on, odd, dry_run=True)
    found = [(w.code, f"{w.sheet}!{w.cell}" if w.cell else w.where) for w in receipt.warnings]
    assert (case.code, odd.at) in found
    assert all(w.told(language)["problem"] for w in receipt.warnings)


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.name)
def test_a_good_workbook_is_taken_in(
    case: Good, tmp_path: Path, on: Register, workbooks: dict[tuple[str, str], bytes]
) -> None:
    """Whatever program wrote it: the same facts as the ordinary workbook, none lost or changed."""
    plain = base(on, workbooks, case.country, case.language)
    if case.write is saved_by_libreoffice and not SAVED:
        every = [base(on, workbooks, "CIV", language) for language in LANGUAGES]
        all_through_libreoffice(every, tmp_path, "xlsx")
    data = case.write(Sheets(plain, case.language), tmp_path)
    started = time.process_time()
    opened = workbooks_module.opened(data)
    own = facts_of(on, data)
    assert time.process_time() - started < SLOWEST
    assert opened.identity.language == case.language
    ordinary = ordinary_facts(on, plain)
    if case.differs not in ("texts", "figures"):
        assert own == ordinary
    texts = " ".join(body for _, body, _ in own)
    if case.name.startswith("texts_that_would"):
        assert all(json.dumps(p, ensure_ascii=False)[1:-1] in texts for p in PAYLOADS)
    if case.name.startswith("texts_in_arabic"):
        assert ARABIC in texts
    if case.name.startswith("more_rows"):
        assert sum(len(rows) for _, _, rows in own) == sum(len(r) for _, _, r in ordinary) + 30


@lru_cache
def ordinary_facts(on: Register, data: bytes) -> Facts:
    """The facts of an ordinary workbook, read once."""
    return facts_of(on, data)


def facts_of(on: Register, data: bytes) -> Facts:
    """The facts of a workbook as comparable texts: kind, body without its document, figures."""
    desk = submissions._Desk(on, submissions.Incoming(data=data, name="x", received_on=RECEIVED_ON))
    submission = desk.checked(desk.opened())
    found = []
    for fact in submission.facts:
        body = {k: v for k, v in body_dict(fact.body).items() if not k.startswith("document")}
        rows = sorted(row.model_dump_json() for row in fact.observations)
        body |= {"source": fact.source, "seen": fact.visibility}
        text = json.dumps(body, ensure_ascii=False, sort_keys=True)
        found.append((fact.kind, text, rows))
    return sorted(found)
