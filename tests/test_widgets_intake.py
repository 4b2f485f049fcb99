"""The intake's model: checks, refuses at the cells, takes in once, and only from whom it may."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from corpus.filling import FIRST, Sheets, figure, filled, make_register, template
from corpus.mutating import mutated
from lxml import html
from payloads import PAYLOADS

from a87lib import register
from a87lib.desk.receipts import Receipt
from a87lib.desk.sending import plain_name
from a87lib.intake.workbooks import Refused
from a87lib.intake.workbooks.faults import fault
from a87lib.intake.workbooks.regions import regions
from a87lib.language import LANGUAGES
from a87lib.register import Head
from a87lib.serving.identity import MODE, TEAM, USER
from a87lib.serving.view import View
from widgets import intake, intake_parts
from widgets.intake import Intake
from widgets.intake_fields import EVIDENCE, REPORT, WORKBOOK
from widgets.opening import opened

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
BEFORE = date(2025, 4, 20)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with five countries, in which people have roles; and a workbook filled in."""
    folder = tmp_path_factory.mktemp("intake")
    with register.open(make_register(folder / "register.db")) as on:
        for person, roles in {
            "office": "secretariat",
            "abidjan": "focal_point:CIV",
            "windhoek": "member focal_point:NAM",
            "reviewer": "reviewer",
        }.items():
            on.name_person(person, person.title(), roles=roles)
        (folder / "good.xlsx").write_bytes(filled(template(on, "CIV", "fr"), "fr").saved())
    return folder


@pytest.fixture
def where(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A copy of the register for one test."""
    path = shutil.copy(kept / "register.db", tmp_path / "register.db")
    monkeypatch.setenv(register.VARIABLE, str(path))
    return str(path)


@pytest.fixture
def good(kept: Path) -> Sheets:
    """A sound workbook, which a test may spoil."""
    return Sheets((kept / "good.xlsx").read_bytes(), "fr")


@pytest.fixture
def model(where: str) -> Iterator[Intake]:
    """The screen of one person on their own machine."""
    made = Intake(opened(View()), View(language="en"))
    made.received_on = BEFORE
    yield made


def head(where: str) -> Head:
    with register.open(where) as on:
        return on.head()


def signed_in(person: str, monkeypatch: pytest.MonkeyPatch) -> Intake:
    monkeypatch.setenv(MODE, TEAM)
    monkeypatch.setenv(USER, person)
    return Intake(opened(View()), View(language="en"))


def test_problems_stand_beside_their_cells(model: Intake, good: Sheets, where: str) -> None:
    """All problems in the workbook's language, each marked in its cell; nothing is recorded."""
    value = good.put("figures", figure(good, "E1"), "value", "12,5").partition("!")[2]
    good.put("actions", FIRST, "state", "presque")
    before = head(where)
    model.give(WORKBOOK, [("rapport.xlsx", good.saved())])
    assert isinstance(model.answer, Refused)
    assert model.blockers == ("refused",)
    shown = intake_parts.answered(model)
    assert shown.startswith('<div lang="fr">')
    for words in ("rapport.xlsx : refusé, 2 problèmes", f"{value} · Valeur", "Comment corriger"):
        assert words in shown.replace("\u202f", " ").replace("\xa0", " ")
    marked = shown.partition('class="a87-fault"><bdi>')[2]
    assert marked.startswith('presque</bdi> <strong class="a87-mark">Problème 1')
    assert head(where) == before
    copy = Sheets(model.copy(), "fr")
    assert copy.sheet("figures")[value].comment is not None


def test_what_is_sound_is_tried_then_taken_in_once(model: Intake, good: Sheets, where: str) -> None:
    """The check records nothing, the button does, and the second time it is the same."""
    before, data = head(where), good.saved()
    model.give(WORKBOOK, [("rapport.xlsx", data)])
    tried = model.answer
    assert isinstance(tried, Receipt) and tried.dry_run and model.blockers == ()
    assert head(where) == before
    model.take_in()
    taken = model.answer
    assert isinstance(taken, Receipt) and not taken.dry_run and model.blockers == ("done",)
    assert taken.entries == tried.entries
    assert head(where).no == before.no + len(taken.entries)
    after = head(where)
    model.take_in()
    assert head(where) == after
    model.remove(WORKBOOK)
    assert (model.answer, model.blockers) == (None, ("workbook",))
    model.give(WORKBOOK, [("copy.xlsx", data)])
    assert isinstance(model.answer, Receipt) and model.answer.again
    assert model.blockers == ("done",)
    shown = intake_parts.answered(model)
    assert taken.sha256 in shown and "Déjà reçu" in shown
    assert f'download="receipt-CIV-2025-{taken.sha256[:12]}.json"' in shown


def test_an_older_base_shows_both_versions(model: Intake, good: Sheets, where: str) -> None:
    """Who filled in a workbook made before the last report is told both versions."""
    other = Sheets(good.data, "fr")
    other.put("actions", FIRST, "done", "autre chose")
    model.give(WORKBOOK, [("first.xlsx", good.saved())])
    model.take_in()
    model.give(WORKBOOK, [("second.xlsx", other.saved())])
    assert isinstance(model.answer, Refused)
    (found,) = model.answer.faults
    assert found.code == "base_older"
    with register.open(where) as on:
        last = max(
            (e for e in on.entries("CIV") if e.kind == "indicator_framework_received"),
            key=lambda e: e.no,
        )
    shown = intake_parts.answered(model)
    assert last.hash[:16] in shown and found.found in shown


def test_report_and_evidence_come_with_it(model: Intake, good: Sheets) -> None:
    """What the workbook names is kept; what it does not name is a problem, put right by removal."""
    good.put("evidence", FIRST, "file", "enquête.pdf")
    model.give(WORKBOOK, [("rapport.xlsx", good.saved())])
    assert [w.code for w in model.answer.warnings] == ["evidence_not_attached"]
    model.give(EVIDENCE, [("C:\\fakepath\\enquête.pdf", PDF), ("other.pdf", PDF + b"%")])
    assert [f.code for f in model.answer.faults] == ["evidence_not_named"]
    model.remove(EVIDENCE)
    model.give(EVIDENCE, [("enquête.pdf", PDF)])
    model.give(REPORT, [("../../report.pdf", PDF + b"%%")])
    assert [kept.name for kept in model.answer.documents] == [
        "rapport.xlsx", "enquête.pdf", "report.pdf",
    ]  # fmt: skip


def test_a_file_that_is_no_workbook_has_no_cells_to_show(model: Intake) -> None:
    """The container is refused in words; there is nothing to draw and nothing to copy."""
    model.give(WORKBOOK, [("report.xlsx", PDF)])
    shown = intake_parts.answered(model)
    assert "a87-sheet" not in shown
    assert isinstance(model.answer, Refused) and len(model.answer.faults) == 1


def test_a_cell_never_becomes_markup(model: Intake, good: Sheets) -> None:
    """Whatever is typed into a cell at fault, or beside it, or into a name, is shown as text."""
    texts = [text for text in PAYLOADS if "\x00" not in text]
    for offset, text in enumerate(texts):
        good.put("evidence", FIRST + offset, "type", text)
        good.put("evidence", FIRST + offset, "title", text)
        good.put("evidence", FIRST + offset, "dated", text)
    model.give(WORKBOOK, [(texts[0], good.saved())])
    assert isinstance(model.answer, Refused) and len(model.answer.faults) >= 2 * len(texts)
    page = html.fromstring(intake_parts.answered(model) + intake_parts.held(model, WORKBOOK))
    tags = {element.tag for element in page.iter()}
    assert tags <= {*"a b bdi button caption code div h2 p span strong table".split(),
                    *"tbody td th thead tr".split()}  # fmt: skip
    assert not [name for e in page.iter() for name in e.attrib if name.startswith("on")]
    links = {element.get("href") for element in page.iter("a")}
    assert all(link.startswith("data:text/csv;base64,") for link in links)
    shown = page.text_content()
    assert "<script>alert(1)</script>" in shown and "<img src=x onerror=alert(2)>" in shown


def test_damaged_workbooks_can_be_shown(model: Intake, good: Sheets) -> None:
    """Whatever cells a damaged file holds, what is wrong with it is drawn without an error."""
    for row in range(FIRST, FIRST + 5):
        good.put("actions", row, "state", "presque")
    data, drawn = good.saved(), 0
    for number in range(1, 20):
        model.give(WORKBOOK, [("x.xlsx", mutated(data, number))])
        shown = intake_parts.answered(model)
        assert shown
        drawn += "a87-sheet" in shown
    assert drawn > 5


def test_a_focal_point_sends_the_own_country_only(
    where: str, good: Sheets, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of another country nothing is told, not even that its workbook came in before."""
    data = good.saved()
    own = signed_in("abidjan", monkeypatch)
    own.give(WORKBOOK, [("rapport.xlsx", data)])
    own.take_in()
    assert isinstance(own.answer, Receipt)
    assert not any(line[0].isdigit() and "–" in line for line in own.answer.lines("en"))
    assert "no" not in own.answer.data("en")["entries"][0]
    assert list(own.names) == ["CIV"]
    with register.open(where) as on:
        assert {e.recorded_by for e in on.entries("CIV", kinds=["report_received"])} >= {"abidjan"}
    other = signed_in("windhoek", monkeypatch)
    before = head(where)
    other.give(WORKBOOK, [("rapport.xlsx", data)])
    assert [p.code for p in other.answer.problems] == ["not_allowed"]
    assert head(where) == before


@pytest.mark.parametrize("person", ["reviewer", "nobody"])
def test_others_send_nothing(
    where: str, good: Sheets, person: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a reviewer nor a stranger takes a workbook in, whatever their page sends."""
    model = signed_in(person, monkeypatch)
    before = head(where)
    model.give(WORKBOOK, [("rapport.xlsx", good.saved())])
    assert model.blockers == ("role",)
    model.blockers = ()
    model.take_in()
    assert [p.code for p in model.answer.problems] == ["not_allowed"]
    assert head(where) == before
    assert "secretariat" in json.dumps([str(c.get_state().get("value", ""))
                                        for c in intake.panel(model).children])  # fmt: skip


def test_a_role_taken_away_meanwhile_holds(
    where: str, good: Sheets, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who may send is asked at each verb, not when the page was opened."""
    model = signed_in("office", monkeypatch)
    model.give(WORKBOOK, [("rapport.xlsx", good.saved())])
    assert model.blockers == ()
    with register.open(where) as on:
        on.name_person("office", "Office", roles="")
    model.take_in()
    assert [p.code for p in model.answer.problems] == ["not_allowed"]


def test_more_than_a_screen_holds_is_not_kept(
    model: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files beyond the limit are told and dropped, the others stay."""
    monkeypatch.setattr(intake, "HELD", 3 * len(PDF))
    model.give(EVIDENCE, [("a.pdf", PDF), ("b.pdf", PDF)])
    model.give(EVIDENCE, [("c.pdf", PDF), ("d.pdf", PDF)])
    assert model.note == "too_much"
    assert [each.name for each in model.evidence] == ["a.pdf", "b.pdf"]
    assert 'role="alert"' in intake_parts.held(model, EVIDENCE)


@pytest.mark.parametrize(
    ("given", "kept_as"),
    [
        ("C:\\fakepath\\a.xlsx", "a.xlsx"),
        ("../../etc/a.xlsx", "a.xlsx"),
        ("a\u202excod.xlsx", "axcod.xlsx"),
        ("\n", "–"),
        ("x" * 300 + ".xlsx", "x" * 114 + "….xlsx"),
    ],
)
def test_a_name_is_made_plain(given: str, kept_as: str) -> None:
    """No folders, nothing invisible, not too long; the ending stays."""
    assert plain_name(given) == kept_as


def test_a_region_shows_what_a_spreadsheet_would(good: Sheets) -> None:
    """Days, percentages and numbers as they look; years are not grouped; far rows are left out."""
    from a87lib.intake.workbooks import opened as opened_workbook

    row = good.put("figures", figure(good, "V4"), "value", 0.125, "0.0%")
    sheet, _, cell = row.partition("!")
    book = opened_workbook(good.saved()).book
    number, column = int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), good.column("figures", "value")
    found = [fault("x", sheet=sheet, row=number, column=column, title="Valeur")]
    for language, decimal in zip(LANGUAGES, (".", ",", ","), strict=True):
        (region,) = regions(book, found, language)
        shown = {r.number: dict(zip(region.columns, r.cells, strict=True)) for r in region.rows}
        assert shown[number][column].text == f"12{decimal}5 %"
        assert shown[number][column].faults == (1,)
        assert shown[number][good.column("figures", "start")].text == "2023"
        assert {1, 2} <= set(region.columns)
        assert not any(cell.faults for r in region.rows if r.number != number for cell in r.cells)
    many = [fault("x", sheet=sheet, row=n, column=column) for n in range(5, 90)]
    (region,) = regions(book, many, "en")
    assert region.left_out == len(many) - 60
