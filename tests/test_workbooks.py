"""Workbooks out and in: made the same each time, taken in once, refused when out of date."""

from __future__ import annotations

import io
import json
import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from corpus.filling import (
    ACTIONS,
    CYCLE,
    FIRST,
    HEADER,
    RECEIVED_ON,
    Sheets,
    facts,
    figure,
    filled,
    make_register,
    template,
)
from corpus.fuzzing import rows
from corpus.good import through_libreoffice
from databases import Server

from a87lib import framework, register
from a87lib.desk import evidence, outgoing, records, submissions
from a87lib.desk.evidence import Attachment
from a87lib.intake import FactsReader
from a87lib.intake.workbooks import Refused, Submission, opened
from a87lib.intake.workbooks.annotating import annotated
from a87lib.intake.workbooks.layout import TABLES, sheet_name, title
from a87lib.language import LANGUAGES, all_told, has, say
from a87lib.problems import Problems
from a87lib.register import NewEntry, Register

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A register, copied for each test."""
    return make_register(tmp_path_factory.mktemp("made") / "register.db")


@pytest.fixture(scope="module")
def made_on_server(server: Server) -> str:
    """The same on PostgreSQL."""
    return make_register(server.database())


@pytest.fixture
def on(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Register]:
    """A register of its own: on SQLite, or where a test asks for both, on each in turn."""
    if getattr(request, "param", "sqlite") == "sqlite":
        copied = str(shutil.copy(request.getfixturevalue("made"), tmp_path / "register.db"))
    else:
        original = request.getfixturevalue("made_on_server")
        copied = request.getfixturevalue("server").copy(original)
    with register.open(copied) as opened_:
        yield opened_


BOTH = pytest.mark.parametrize("on", ["sqlite", "postgresql"], indirect=True)
"""What is written is tested on each of the databases."""


def incoming(data: bytes, **more: object) -> submissions.Incoming:
    told = {"data": data, "name": "report.xlsx", "received_on": RECEIVED_ON, **more}
    return submissions.Incoming(**told)


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {fault.code for fault in refused.value.faults}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_file_makes_the_same_workbook(on: Register, language: str) -> None:
    """Same inputs, same bytes; and what it says of itself is read back."""
    first, second = template(on, "CIV", language), template(on, "CIV", language)
    assert first == second
    identity = opened(first).identity
    assert (identity.country, identity.cycles, identity.language) == ("CIV", (CYCLE,), language)
    assert identity.base == outgoing.base_of(outgoing.base_entries(on, "CIV")).digest


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_brings_what_is_on_file(on: Register, language: str) -> None:
    """Roadmap, states stated last and latest figures are printed; their cells are locked."""
    sheets = Sheets(template(on, "CIV", language), language)
    row = sheets.row("actions", action="1.1")
    actions = sheets.sheet("actions")
    shown = {key: actions.cell(row, sheets.column("actions", key)) for key in
             ("action_title", "due", "last_state", "state", "done")}  # fmt: skip
    assert shown["action_title"].value == "Action 1.1"
    assert shown["due"].value == "2026-12"
    assert shown["last_state"].value == sheets.label("action_state", "ongoing")
    assert shown["last_state"].protection.locked
    assert not shown["state"].protection.locked
    assert actions.protection.sheet
    last = sheets.sheet("figures").cell(figure(sheets, "E1"), sheets.column("figures", "last"))
    assert last.value == "140 (2023)"
    value = sheets.sheet("figures").cell(figure(sheets, "V4"), sheets.column("figures", "value"))
    assert "%" in value.number_format
    assert value.number_format.count('"') == 2  # a sign beside the number, which multiplies nothing


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_of_an_invented_country_says_so(
    on: Register, language: str, exercise_register: str
) -> None:
    """On its first sheet, above everything that the country fills in; no other says it."""
    notice = say("review.notice.fictional", language)
    with register.open(exercise_register) as exercise:
        data = template(exercise, "QMA", language)
    assert openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]["A2"].value == notice
    real = template(on, "CIV", language)
    assert openpyxl.load_workbook(io.BytesIO(real)).worksheets[0]["A2"].value is None


def test_every_list_of_codes_is_a_drop_down_with_a_help_text(on: Register) -> None:
    """Columns of codes offer their labels; every cell to fill in says what it asks for."""
    book = Sheets(template(on, "CIV", "fr"), "fr")
    for table in TABLES["report"]:
        rules = book.sheet(table.key).data_validations.dataValidation
        for column in table.columns:
            if column.type == "shown":
                continue
            number = book.column(table.key, column.key)
            letter = openpyxl.utils.get_column_letter(number)
            own = [rule for rule in rules if any(letter == r.coord.strip("0123456789:")[0]
                   for r in rule.sqref.ranges)] if table.key != "answers" else rules  # fmt: skip
            assert any(rule.prompt for rule in own), (table.key, column.key)
            if column.vocabularies and column.key not in ("unit", "breakdown"):
                assert any(rule.type == "list" for rule in own), (table.key, column.key)


def test_titles_differ_within_each_sheet_in_every_language() -> None:
    """A title names one column, whichever of the three languages it is in."""
    for tables in TABLES.values():
        for table in tables:
            named: dict[str, set[str]] = {}
            for language in LANGUAGES:
                for column in table.columns:
                    named.setdefault(title(column.key, language).casefold(), set()).add(column.key)
            assert all(len(keys) == 1 for keys in named.values()), table.key
    names = [{sheet_name(t.key, lang) for lang in LANGUAGES} for t in TABLES["history"]]
    assert all(not (a & b) for i, a in enumerate(names) for b in names[i + 1 :])
    assert all(len(name) <= 31 for group in names for name in group)


@BOTH
def test_what_was_filled_in_is_on_file(on: Register) -> None:
    """Each row becomes its entry, with its source, its visibility and its figures as typed."""
    receipt = submissions.receive(on, incoming(filled(template(on)).saved()), by="analyst")
    by_kind: dict[str, list[dict[str, object]]] = {}
    entries = {e.no: e for e in on.entries("CIV")}
    for no, kind, cycle in receipt.entries:
        assert cycle == CYCLE
        by_kind.setdefault(kind, []).append(json.loads(entries[no].body_json or "{}"))
    states = {b["action"]: b["state"] for b in by_kind["action_progress_stated"]}
    told = ("ongoing", "completed", "not_started", "delayed", "dropped")
    assert states == dict(zip(ACTIONS, told, strict=True))
    report = by_kind["report_received"][0]
    assert report["difficulties"] == ["Inspectors had no vehicles in the rainy season."]
    assert report["document"] == f"sha256:{receipt.sha256}"
    assert report["approved_on"] == "2025-04-11"
    evidence_ = by_kind["evidence_received"][0]
    assert (evidence_["type"], evidence_["about"], evidence_["dated"]) == (
        "survey",
        "O1",
        "2024-09-30",
    )
    figures = next(e for e in entries.values() if e.kind == "indicator_framework_received"
                   and e.cycle == CYCLE).observations  # fmt: skip
    assert {(f.indicator, f.sex, f.value_number, f.period_start) for f in figures} >= {
        ("E1", "total", 152.0, "2024"),
        ("V4", "total", 81.25, "2023"),
        ("V1", "female", 17.0, "2024"),
    }
    missing = next(f for f in figures if f.indicator == "O4")
    assert (missing.status, missing.value_text, missing.value_number) == (
        "missing", "not_collected", None,
    )  # fmt: skip
    assert on.verify() == []
    assert on.document(receipt.sha256).media_type.endswith("spreadsheetml.sheet")


@BOTH
def test_the_same_file_twice_is_the_same_submission(on: Register) -> None:
    """The second time nothing is recorded, and the first receipt is told again."""
    data = filled(template(on)).saved()
    first = submissions.receive(on, incoming(data), by="analyst")
    before = rows(on)
    again = submissions.receive(on, incoming(data, name="copy.xlsx"), by="somebody else")
    assert again.again
    assert again.entries == first.entries
    assert rows(on) == before
    assert "before" in again.lines("en")[0]


@BOTH
def test_a_workbook_made_before_something_came_in_is_refused(on: Register) -> None:
    """An older base version is refused, with both versions shown; nothing is written."""
    sent = template(on)
    submissions.receive(on, incoming(filled(sent).saved()), by="analyst")
    other = filled(sent)
    other.put("actions", FIRST, "done", "Something else")
    before = rows(on)
    with pytest.raises(Refused) as refused:
        submissions.receive(on, incoming(other.saved()), by="analyst")
    assert codes(refused) == {"base_older"}
    told = refused.value.faults[0].told("en")
    assert opened(sent).identity.base in told["found"]
    assert outgoing.base_of(outgoing.base_entries(on, "CIV")).digest in told["text"]
    assert rows(on) == before


def test_a_workbook_of_another_register_is_refused(on: Register, tmp_path: Path) -> None:
    """A base that this register never had is not taken for an older version of it."""
    with register.open(make_register(tmp_path / "other.db")) as other:
        foreign = filled(template(other)).saved()
    with pytest.raises(Refused) as refused:
        submissions.receive(on, incoming(foreign), by="analyst")
    assert codes(refused) == {"base_unknown"}


@BOTH
def test_a_workbook_made_after_the_first_submission_is_taken_in(on: Register) -> None:
    """What changed since is in the new workbook, and its figures supersede the earlier ones."""
    submissions.receive(on, incoming(filled(template(on)).saved()), by="analyst")
    better = filled(template(on))
    better.put("figures", figure(better, "E1"), "value", 153)
    receipt = submissions.receive(on, incoming(better.saved()), by="analyst")
    assert not receipt.again
    last = outgoing.last_figures(outgoing.file_for(on, "CIV", RECEIVED_ON))
    assert next(f.value for f in last if f.indicator == "E1") == 153.0


@BOTH
def test_of_two_workbooks_of_one_base_one_wins(on: Register) -> None:
    """Two people send different workbooks at once: one is recorded, the other is told so."""
    sent = template(on)
    files = []
    for text in ("mine", "yours"):
        sheets = filled(sent)
        sheets.put("actions", FIRST, "done", text)
        files.append(sheets.saved())
    assert sent_at_once(on, *files) == ["base_older", "taken in"]
    assert len([e for e in on.entries("CIV", kinds=["report_received"]) if e.cycle == CYCLE]) == 1


@BOTH
def test_what_is_recorded_while_a_workbook_is_checked_makes_it_out_of_date(
    on: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An action's state that comes in between checking and writing is not passed over."""
    data = filled(template(on)).saved()
    state = {"kind": "action_progress_stated", "happened_on": "2025-04-20", "country": "CIV"}
    state |= {"cycle": CYCLE, "priority": "1", "action": "1.1", "state": "dropped"}
    meanwhile = FactsReader("facts.yaml").read([state])

    def late(desk: submissions._Desk, submission: Submission, by: str) -> list[NewEntry]:
        with register.open(str(on.address)) as other:
            records.record(other, meanwhile, by="somebody else")
        return entries(desk, submission, by)

    entries = submissions._Desk.entries
    monkeypatch.setattr(submissions._Desk, "entries", late)
    with pytest.raises(Refused) as refused:
        submissions.receive(on, incoming(data), by="analyst")
    assert codes(refused) == {"base_older"}
    assert not [e for e in on.entries("CIV", kinds=["report_received"]) if e.cycle == CYCLE]


@BOTH
def test_the_same_file_sent_twice_at_once_is_the_same_submission(on: Register) -> None:
    """Whoever presses twice reads the receipt, not that the file is out of date."""
    data = filled(template(on)).saved()
    assert sent_at_once(on, data, data) == ["again", "taken in"]


def sent_at_once(on: Register, *files: bytes) -> list[str]:
    """What became of workbooks that are sent at the same moment, in order."""
    outcomes: list[str] = []
    start, where = threading.Barrier(len(files)), str(on.address)

    def send(data: bytes) -> None:
        with register.open(where) as own:
            start.wait()
            try:
                again = submissions.receive(own, incoming(data), by="x").again
                outcomes.append("again" if again else "taken in")
            except Refused as refused:
                outcomes.append(refused.faults[0].code)

    threads = [threading.Thread(target=send, args=(data,)) for data in files]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


@BOTH
def test_all_problems_are_told_at_once(on: Register) -> None:
    """Faults of several sheets, of the first sheet and of the evidence come in one answer."""
    sheets = filled(template(on, "CIV", "fr"), "fr")
    wanted = {
        sheets.put("figures", figure(sheets, "E1"), "value", "12,5"): "number_text",
        sheets.put("figures", figure(sheets, "V4"), "value", 0.8, "0%"): "number_percent_format",
        sheets.put("actions", FIRST, "state", "presque"): "code_unknown",
        sheets.cover("country", "Ghana"): "country_differs",
        sheets.put("evidence", FIRST, "dated", "03/04/2025"): "date_ambiguous",
    }
    attached = [Attachment("x.pdf", b"<html>")]
    with pytest.raises(Refused) as refused:
        submissions.receive(on, incoming(sheets.saved(), evidence=attached), by="x")
    found = {f"{f.sheet}!{f.cell}": f.code for f in refused.value.faults if f.sheet}
    assert found == wanted
    assert codes(refused) == {*wanted.values(), "evidence_type_refused"}
    assert refused.value.language == "fr"
    assert "Attendu" in all_told(refused.value.faults, "fr")


def test_the_marked_copy_shows_every_cell_at_fault(on: Register) -> None:
    """The copy opens, colours and explains each cell, and lists all problems in front."""
    sheets = filled(template(on, "CIV", "es"), "es")
    at = [sheets.put("figures", figure(sheets, "E1"), "value", "12,5"),
          sheets.put("actions", FIRST, "done", "=cmd|x"),
          sheets.put("actions", FIRST, "state", "casi")]  # fmt: skip
    data = sheets.saved()
    with pytest.raises(Refused) as refused:
        submissions.receive(on, incoming(data), by="x")
    copy = openpyxl.load_workbook(io.BytesIO(annotated(data, refused.value.faults, "es")))
    for place in (at[0], at[2]):
        sheet, _, cell = place.partition("!")
        assert copy[sheet][cell].fill.fgColor.rgb.endswith("F8B4B4")
        assert copy[sheet][cell].comment.text
    sheet, _, cell = at[1].partition("!")
    assert copy[sheet][cell].data_type == "s"  # what was text stays text
    listed = copy.worksheets[0]
    assert listed.title == "Problemas"
    assert listed.max_row == 1 + len(refused.value.faults)


def test_the_marked_copy_put_right_is_taken_in(on: Register) -> None:
    """A sender may correct the marked copy itself and send that back."""
    sheets = filled(template(on))
    at = sheets.put("figures", figure(sheets, "E1"), "value", "n/a")
    data = sheets.saved()
    with pytest.raises(Refused) as refused:
        submissions.receive(on, incoming(data), by="x")
    copy = openpyxl.load_workbook(io.BytesIO(annotated(data, refused.value.faults, "en")))
    sheet, _, cell = at.partition("!")
    copy[sheet][cell].value = 152
    buffer = io.BytesIO()
    copy.save(buffer)
    receipt = submissions.receive(on, incoming(buffer.getvalue()), by="x")
    assert [warning.code for warning in receipt.warnings] == ["sheet_extra"]


@BOTH
def test_a_dry_run_writes_nothing(on: Register) -> None:
    """It tells the whole receipt, and neither head nor any table changes."""
    data, before = filled(template(on)).saved(), rows(on)
    receipt = submissions.receive(on, incoming(data), by="x", dry_run=True)
    assert receipt.dry_run
    assert len(receipt.entries) == 11
    assert rows(on) == before


@BOTH
def test_a_report_that_came_as_a_document_is_kept_whole(on: Register) -> None:
    """The PDF is the received document of the report, its content is keyed in by the workbook."""
    data = filled(template(on)).saved()
    report = Attachment("rapport final.pdf", PDF)
    receipt = submissions.receive(on, incoming(data, report=report), by="x")
    body = json.loads(on.entry(receipt.entries[0][0]).body_json or "{}")
    assert body["document"] == report.document.reference
    assert body["document_name"] == "rapport final.pdf"
    kept = on.document(report.document.sha256)
    assert (kept.content, kept.media_type) == (PDF, "application/pdf")
    assert on.document(receipt.sha256).content == data


@BOTH
def test_evidence_is_kept_once_with_every_link(on: Register) -> None:
    """The same bytes twice are one document with two links, each with its own visibility."""
    sheets = filled(template(on))
    sheets.put("evidence", FIRST, "file", "Survey 2023.PDF")
    attached = [Attachment("survey 2023.pdf", PDF)]
    receipt = submissions.receive(on, incoming(sheets.saved(), evidence=attached), by="x")
    digest = attached[0].document.sha256
    before = rows(on)
    own = evidence.Evidence(
        country="NAM", cycle=2025, type="survey", title="Same", visibility="subgroup"
    )
    evidence.keep(on, own, Attachment("other name.pdf", PDF), by="x")
    assert [link.visibility for link in on.links(digest)] == ["public", "subgroup"]
    assert sum(map(int, rows(on)[1:])) - sum(map(int, before[1:])) == 2  # an entry and its body
    assert [link.country for link in on.links(digest, "public")] == ["CIV"]
    assert on.document(digest, "public").content == PDF
    assert any(kept.sha256 == digest for kept in receipt.documents)
    assert on.verify() == []


@BOTH
def test_a_hidden_document_is_as_unknown_as_none(on: Register) -> None:
    """Whoever may see no link of a document is told the same as for one that is not there."""
    own = evidence.Evidence(
        country="CIV", cycle=2025, type="survey", title="S", visibility="subgroup"
    )
    evidence.keep(on, own, Attachment("s.pdf", PDF), by="x")
    digest = Attachment("s.pdf", PDF).document.sha256
    told = []
    for asked in (digest, "0" * 64):
        with pytest.raises(Problems) as refused:
            on.document(asked, "public")
        told.append([p.code for p in refused.value.problems])
    assert told == [["document_unknown"], ["document_unknown"]]


@BOTH
def test_an_erased_document_leaves_its_digest(on: Register) -> None:
    """Personal data in a document can be blanked, by a recorded erasure only."""
    own = evidence.Evidence(country="CIV", cycle=2025, type="interview", title="Named person")
    evidence.keep(on, own, Attachment("s.pdf", PDF), by="x")
    digest = Attachment("s.pdf", PDF).document.sha256
    evidence.erase(on, digest, by="secretariat", reason="names a victim")
    with pytest.raises(Problems):
        on.document(digest)
    assert [(d.code, d.tampering, digest in d.detail) for d in on.verify()] == [
        ("document_erased", False, True), ("erased", False, False),
    ]  # fmt: skip
    assert "Named person" not in "".join(e.body_json or "" for e in on.entries())
    before = rows(on)
    with pytest.raises(Problems) as refused:
        evidence.keep(on, own, Attachment("again.pdf", PDF), by="x")
    assert [p.code for p in refused.value.problems] == ["document_erased"]
    assert rows(on) == before


@BOTH
def test_the_last_link_of_a_document_is_not_erased_without_it(on: Register) -> None:
    """Otherwise its bytes would stay where nobody finds them; of two links one may go."""
    own = evidence.Evidence(country="CIV", cycle=2025, type="interview", title="Named person")
    first = evidence.keep(on, own, Attachment("s.pdf", PDF), by="x")
    second = evidence.keep(on, own, Attachment("t.pdf", PDF), by="x")
    before = rows(on)
    with pytest.raises(Problems) as refused:
        records.erase(on, [first, second], by="secretariat")
    assert [p.code for p in refused.value.problems] == ["erasure_leaves_document"] * 2
    assert rows(on) == before
    records.erase(on, [first], by="secretariat")
    assert [link.no for link in on.links(Attachment("s.pdf", PDF).document.sha256)] == [second]


@BOTH
def test_several_past_cycles_come_in_at_once(on: Register) -> None:
    """A history workbook gives each cycle its days of receipt, its report and its figures."""
    _, data = outgoing.template(on, "NAM", [2021, 2022], "fr", purpose="history")
    sheets = Sheets(data, "fr")
    for offset, cycle in enumerate((2021, 2022)):
        row = FIRST + offset
        assert sheets.sheet("received").cell(row, 1).value == str(cycle)
        sheets.put("received", row, "report", date(cycle, 4, 28 + offset))
        sheets.put("received", row, "framework", str(cycle))
        sheets.put("actions", row, "cycle", cycle)
        sheets.put("actions", row, "action", "1.1")
        sheets.put("actions", row, "state", "En cours")
        for key, value in {
            "cycle": cycle,
            "indicator": "E1",
            "value": 100 + cycle,
            "start": cycle - 1,
        }.items():
            sheets.put("figures", row, key, value)
    receipt = submissions.receive(on, incoming(sheets.saved()), by="x")
    found = [e for e in on.entries("NAM") if e.no in {no for no, _, _ in receipt.entries}]
    days = {(e.kind, e.cycle): (str(e.happened_on), e.precision) for e in found}
    assert days["report_received", 2021] == ("2021-04-28", "day")
    assert days["action_progress_stated", 2022] == ("2022-04-29", "day")
    assert days["indicator_framework_received", 2022] == ("2022-01-01", "year")
    assert {o.value_number for e in found for o in e.observations} == {2121.0, 2122.0}


def test_a_past_cycle_without_a_day_of_receipt_is_refused(on: Register) -> None:
    """What is told of a cycle cannot be placed in time without its day of receipt."""
    _, data = outgoing.template(on, "NAM", [2021, 2022], "en", purpose="history")
    sheets = Sheets(data, "en")
    at = sheets.put("next_steps", FIRST, "cycle", 2021)
    sheets.put("next_steps", FIRST, "no", "1")
    sheets.put("next_steps", FIRST, "step", "Something")
    with pytest.raises(Refused) as refused:
        submissions.receive(on, incoming(sheets.saved()), by="x")
    assert [(f.code, f"{f.sheet}!{f.cell}") for f in refused.value.faults] == [
        ("cycle_without_date", at)
    ]


def test_a_country_without_a_roadmap_can_report(on: Register) -> None:
    """Its actions are then taken as it numbers them."""
    granted = replace(facts("FJI")[0], country="DEU")
    records.record(on, [granted], by="x")
    sheets = Sheets(template(on, "DEU"))
    sheets.put("actions", FIRST, "priority", "A")
    sheets.put("actions", FIRST, "action", "A-01")
    sheets.put("actions", FIRST, "state", "Ongoing")
    receipt = submissions.receive(on, incoming(sheets.saved()), by="x")
    body = json.loads(on.entry(receipt.entries[1][0]).body_json or "{}")
    assert (body["priority"], body["action"], body["state"]) == ("A", "A-01", "ongoing")


def test_the_workbook_of_another_country_than_expected(on: Register) -> None:
    """Who expects Namibia's workbook is told that this one is another's."""
    data = filled(template(on)).saved()
    with pytest.raises(Refused) as refused:
        submissions.receive(on, incoming(data, country="NAM"), by="x")
    assert codes(refused) == {"country_not_expected"}
    assert framework.country_name("NAM", "en") in refused.value.faults[0].told("en")["expected"]


def test_an_invented_country_in_a_real_register(on: Register, tmp_path: Path) -> None:
    """Real and fictional countries are never mixed."""
    path = tmp_path / "exercise.db"
    invented = [replace(fact, country="QMA") for fact in facts("CIV")]
    register.make(str(path), "fictional", "x", lambda o: records.record(o, invented, by="x"))
    with register.open(path) as exercise:
        data = filled(template(exercise, "QMA")).saved()
    with pytest.raises(Refused) as refused:
        submissions.receive(on, incoming(data), by="x")
    assert codes(refused) == {"country_in_real_register"}


def test_a_full_disk_leaves_nothing_behind(on: Register) -> None:
    """A disk that fills up at commit is told as such, and the register is as before."""
    data, before = filled(template(on)).saved(), rows(on)
    with on._engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(Problems) as refused:
        submissions.receive(on, incoming(data), by="x")
    assert [p.code for p in refused.value.problems] == ["register_disk_full"]
    assert rows(on) == before


def test_headers_stand_where_helpers_look_for_them(on: Register) -> None:
    """The header is in row 4 of every table, so that cases of the corpus name the right cells."""
    sheets = Sheets(template(on))
    for table in TABLES["report"]:
        values = [cell.value for cell in sheets.sheet(table.key)[HEADER]]
        assert values[: len(table.columns)] == [title(c.key, "en") for c in table.columns]


def test_every_problem_has_its_words_and_every_word_its_problem() -> None:
    """Codes in the source and codes in the catalogue of the intake are the same."""
    root = Path(__file__).resolve().parent.parent / "a87lib"
    folders = (root / "intake" / "workbooks", root / "desk", root / "cli", root / "register")
    source = "".join(p.read_text(encoding="utf-8") for f in folders for p in f.glob("*.py"))
    catalogue = (root / "language" / "catalogues" / "intake.en.po").read_text(encoding="utf-8")
    known = set(re.findall(r'msgid "problem\.([a-z0-9_]+)"', catalogue))
    assert [code for code in sorted(known) if f'"{code}"' not in source] == []
    raised = set(re.findall(r'(?:fault|refuse|warn)\(\s*(?:row, "?\w+"?, )?"([a-z]\w+)"', source))
    assert raised
    assert [code for code in sorted(raised) if not has(f"problem.{code}")] == []
    kept = {code for code in known if not has(f"problem.{code}.fix")}
    assert kept == {"sheet_extra", "column_extra", "filter_active", "parts_sum_noted",
                    "text_mojibake", "evidence_not_attached", "unwritable_file", "cycle_not_past",
                    "document_unknown"}  # fmt: skip


def test_drop_downs_and_help_survive_libreoffice(on: Register, tmp_path: Path) -> None:
    """A French workbook saved by LibreOffice still offers its lists, in French."""
    saved = Sheets(through_libreoffice(template(on, "CIV", "fr"), tmp_path, "xlsx"), "fr")
    rules = saved.sheet("actions").data_validations.dataValidation
    lists = [rule for rule in rules if rule.type == "list"]
    assert lists
    assert all(rule.prompt for rule in lists)
    sheet, _, area = lists[0].formula1.strip("=").replace("'", "").partition("!")
    offered = [
        cell.value for row in saved.book[sheet.strip("$")][area.replace("$", "")] for cell in row
    ]
    assert offered == ["Non commencée", "En cours", "Achevée", "Retardée", "Abandonnée"]
    assert saved.book["a87"].sheet_state == "hidden"
    assert saved.sheet("actions").protection.sheet
