"""The models of Country and Calendar, and what every table of a screen offers."""

from __future__ import annotations

import base64
import csv
import io
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar as Calendars
from lxml import html
from payloads import PAYLOADS
from registers import DATA
from stated import file_of

from a87lib import register
from a87lib.countryfile import frameworks_compared
from a87lib.desk.records import found
from a87lib.facts import KINDS
from a87lib.language import LANGUAGES, has
from a87lib.report import documents as doc
from a87lib.report.review.entry import contents
from a87lib.serving.view import View, parse
from widgets import calendar, country, country_documents, country_opened
from widgets.calendar import Calendar
from widgets.country import Country
from widgets.country_parts import TABS
from widgets.opening import Opened, opened
from widgets.shown import csv_of, inert, screen


@pytest.fixture
def on(exercise_register: str, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """The exercise as one person on their own machine sees it."""
    monkeypatch.setenv(register.VARIABLE, exercise_register)
    return opened(View())


def of(on: Opened, **asked: object) -> Country:
    return Country(on, View.model_validate({"country": "QMC", "language": "en", **asked}))


def test_a_link_opens_the_same_file(on: Opened) -> None:
    """Country, cycle, day, known at and language come back from the link."""
    model = of(on, cycle=2024, date="2024-12-31", known_at="2024-12-31", language="fr")
    assert parse(model.view().query()) == model.view()
    assert (model.cycle, model.asof, model.this.language) == (2024, date(2024, 12, 31), "fr")


def test_a_link_opens_the_same_tab_and_comparison(on: Opened) -> None:
    """The open tab and what the file is compared with come back; unknown ones open the first."""
    model = of(on, tab="compare", other="2023")
    assert (model.tab, model.compared, model.other_cycle) == ("compare", "frameworks", 2023)
    assert (
        of(on, **parse(model.view().query()).model_dump(exclude_none=True)).view() == model.view()
    )
    model.compared, model.other = "dates", date(2022, 2, 28)
    assert of(on, tab="compare", other=model.view().other).other == date(2022, 2, 28)
    assert of(on, tab="nothing", other="2024-99-99").tab == "glance"


def test_known_at_takes_away_what_came_later(on: Opened) -> None:
    """Limited to what was recorded by a day, the file has less; unlimited, all of it again."""
    model = of(on)
    every = len(model.this.file.entries)
    model.know(date(2023, 1, 1))
    assert 0 < len(model.this.file.entries) < every
    assert model.known_at.hour == 23
    model.know(None)
    assert len(model.this.file.entries) == every


def test_a_country_that_is_not_on_file_is_said_so(on: Opened) -> None:
    """A real country in a register of invented ones shows a sentence, no file and no error."""
    model = of(on, country="NPL")
    assert model.this is None and model.blockers == ("country",)
    assert "Nothing is on file" in country.shown(model).html


def test_a_file_of_before_anything_was_recorded_is_said_to_be_empty(on: Opened) -> None:
    """The open panel shows the sentence in every tab, and the file again once it is there."""
    model = of(on, language="es")
    box = country.panel(model)
    model.know(date(2001, 1, 1))
    for tab in TABS:
        model.tab = tab
        assert "Nada consta en el expediente" in box.children[4].value, tab
    model.know(None)
    assert "Nada consta en el expediente" not in box.children[4].value


def test_two_days_differ_by_their_findings(on: Opened) -> None:
    """Between 2024 and 2025 a sign appears; a day differs from itself by nothing."""
    model = of(on)
    assert "signals.no_evidence" in {each.rule for each in model.differences()}
    model.other = model.asof
    assert model.differences() == []
    model.other = date(2024, 12, 15)
    found = model.differences()
    model.asof, model.other = model.other, model.asof
    assert model.differences() == found  # whichever is named first


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["QMC", "QMG", "QMI"])
def test_every_tab_is_shown(on: Opened, code: str, language: str) -> None:
    """Of an active country, a candidate and a mere application, every tab has something to say."""
    model = of(on, country=code, language=language)
    for tab in ("glance", "cycle", "signs", "comments", "documents", "compare"):
        model.tab = tab
        assert html.fromstring(screen(country.shown(model), language, "x")).text_content().strip()


def test_signs_open_down_to_entries(on: Opened) -> None:
    """Below a sign its reasons are folded, each with kind, days and source of its entries."""
    model = of(on)
    model.tab = "signs"
    page = html.fromstring(screen(country.shown(model), "en", "x"))
    folded = page.xpath(".//details[.//table]")
    signs = [each for each in folded if each.find("summary").text == country.said("reasons", "en")]
    assert len(signs) == 5
    said = signs[0].text_content()
    assert "29 April 2024" in said and "Progress report" in said
    concluded = signs[3].findall("./details")[0]
    assert "Conclusion of the subgroup" in concluded.find("summary").text
    told = dict(zip(concluded.xpath(".//dt/text()"), concluded.xpath(".//dd"), strict=True))
    assert told["Judgement"].text_content() == "Not shown"


def test_a_document_is_given_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was kept as evidence comes back byte for byte; a document of no entry is refused."""
    where, sent = tmp_path / "own.db", tmp_path / "survey.pdf"
    found(DATA / "exercise", str(where))
    sent.write_bytes(b"%PDF-1.4\n%%EOF\n")
    a87 = Path(sys.executable).with_name("a87")
    told = ("--country", "QMC", "--cycle", "2025", "--type", "survey", "--title", "A survey")
    command = [a87, "evidence", sent, *told, "--register", where]
    subprocess.run(command, check=True, capture_output=True)
    monkeypatch.setenv(register.VARIABLE, str(where))
    model = of(opened(View()), date="2100-01-01")
    assert model.documents == {}  # the first tab is about no document
    model.tab = "evidence"
    (sha256,) = model.documents
    assert 'download="survey.pdf"' in country_documents.saving(model, sha256)
    kept = model.document(sha256)
    assert kept is not None and kept.content == sent.read_bytes()
    with pytest.raises(KeyError):
        model.document("0" * 64)


@pytest.mark.parametrize(
    ("named", "ending", "name"),
    [
        ("Encuesta 2025.pdf", ".pdf", "Encuesta 2025.pdf"),
        ("../../etc/passwd", "", "passwd"),
        ("a<b>\u202efdp.exe", ".pdf", "a-b-fdp.exe.pdf"),
        (None, ".pdf", "QMC-0.pdf"),
        ("???", ".png", "QMC-0.png"),
    ],
)
def test_a_document_is_saved_under_a_safe_name(
    on: Opened, named: str | None, ending: str, name: str
) -> None:
    """The sender's name without signs that could do anything, with the ending of its type."""
    entry = of(on).this.file.entries[0]
    body = KINDS["report_received"].model_validate({"document_name": named} if named else {})
    made = country_documents.file_name(replace(entry, body=body), "QMC-0", ending)
    assert made == name


def test_two_frameworks_differ_by_their_figures(on: Opened) -> None:
    """Of 2024 and 2025: later figures, new ones, and a revised one once 2025 gives 2023 anew."""
    model = of(on)
    model.tab, model.compared, model.other_cycle = "compare", "frameworks", 2024
    found = {(line.indicator, line.change) for line in model.frameworks()}
    assert ("E1", "later") in found
    text = html.fromstring(screen(country.shown(model), "en", "x")).text_content()
    assert "Framework of 2024: received on 29 April 2024." in text
    model.other_cycle = model.cycle
    assert "Choose another cycle" in country.shown(model).html
    model.other_cycle = 2019
    assert {line.change for line in model.frameworks()} == {"new"}
    assert "Framework of 2019: not on file." in country.shown(model).html


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ({"2020": 5}, {"2020": 5}, "same"),
        ({"2020": 5}, {"2020": 6, "2021": 7}, "revised"),
        ({"2020": 5}, {"2021": 5}, "later"),
        ({"2021": 5}, {"2020": 5}, "earlier"),
        ({"2020": 5}, {}, "left_out"),
        ({}, {"2020": 0}, "new"),
        ({"2020": 0}, {"2020": None}, "revised"),
    ],
)
def test_what_changed_between_frameworks(
    before: dict[str, float | None], after: dict[str, float | None], change: str
) -> None:
    """Every kind of change; zero is a value and differs from a missing one."""
    facts = ""
    for cycle, figures in ((2024, before), (2025, after)):
        facts += f"- kind: indicator_framework_received\n  cycle: {cycle}\n"
        facts += f"  happened_on: {cycle}-04-01\n"
        rows = [
            f"{{indicator: O1, period_start: '{year}', period_end: '{year}', unit: percent, "
            + ("status: missing}" if value is None else f"value_number: {value}}}")
            for year, value in figures.items()
        ]
        facts += f"  observations: [{', '.join(rows)}]\n" if rows else ""
    (line,) = frameworks_compared(file_of(facts, "2025-06-01"), 2024, 2025)
    assert (line.indicator, line.change) == ("O1", change)


def test_an_entry_is_opened(on: Opened) -> None:
    """Chosen in the list, an entry says its fields in words; another country's file has its own."""
    model = of(on, language="fr")
    box = country_opened.opened_entry(model)
    choose, place = box.children[0].children[0], box.children[1]
    number = next(str(e.no) for e in model.this.file.entries if e.kind == "workshop_held")
    choose.value = number
    assert "Organisations de travailleurs" in place.value and "5 février 2019" in place.value
    model.code = "QMG"
    assert place.value == "" and number not in [value for _, value in choose.options]


def test_what_a_single_reviewer_judged_is_not_opened(on: Opened) -> None:
    """Of an assessment an entry says that it is there, never the judgement or its grounds."""
    this = of(on).this
    entry = next(e for e in this.file.entries if e.kind == "assessment_made" and e.body.text)
    assert entry.body.text not in contents(this, entry).html
    assert "Judgement" not in contents(this, entry).html


def test_every_field_that_readers_see_has_a_name() -> None:
    """Fields of countries' entries are said in words; those without a name are not for readers."""
    unsaid = {"confidence", "language", "document_name", "shown"}
    kinds = [KINDS[entry] for entry in NAMED_KINDS]
    fields = {field for kind in kinds for field in kind.model_fields}
    assert {field for field in fields if not has(f"review.field.{field}")} <= unsaid


NAMED_KINDS = ("report_received", "roadmap_submitted", "evidence_received", "reply_received",
               "participation_recorded", "decision_made", "dialogue_held", "support_given",
               "reactivation_requested", "interest_expressed", "claim_recorded")  # fmt: skip


def test_the_calendar_lists_what_comes(on: Opened) -> None:
    """For one country only its own days; for all, the GCM's too; the file has as many events."""
    model = Calendar(on, View(language="en"))
    subjects = {event.subject for event in model.events}
    assert {"gcm", "QMC"} <= subjects
    assert len(Calendars.from_ical(model.file()).walk("VEVENT")) == len(model.events)
    model.subject = "QMC"
    assert {event.subject for event in model.events} == {"QMC"}
    model.subject = "gcm"
    assert {event.subject for event in model.events} == {"gcm"}


def test_the_days_of_the_calendar_are_in_the_order_of_names(on: Opened) -> None:
    """On one day the Atolls come before Bastrelle in French, whatever their codes are."""
    model = Calendar(on, View(language="fr"))
    model.until = date(2027, 12, 31)
    told = [(event.on, model.name(event.subject)) for event in model.events]
    assert told == sorted(told)
    days = {day for day, name in told if name == "Atolls Haldine"}
    assert days & {day for day, name in told if name == "Bastrelle"}


def test_a_link_opens_the_same_calendar(on: Opened) -> None:
    """Subject and last day come back from the link."""
    model = Calendar(on, View(language="en", country="QMC"))
    model.until = date(2026, 5, 1)
    again = Calendar(on, parse(model.view().query()))
    assert (again.until, again.subject, again.events) == (model.until, "QMC", model.events)


def test_a_calendar_that_ends_before_it_begins_says_why(on: Opened) -> None:
    """The days in the wrong order show one sentence and no event."""
    model = Calendar(on, View(language="es"))
    model.until = model.asof
    assert model.blockers == ("order",) and model.events == ()
    shown = "".join(getattr(child, "value", "") for child in calendar.panel(model).children)
    assert "posterior" in shown


def table(cell: str) -> doc.Element:
    return doc.table("Said", ["No.", "Text"], [("1", cell), ("2", "other")])


@pytest.mark.parametrize("text", ["=1+1", "+cmd|'x'!A1", "-2+3", "@SUM(A1)", "\tx", "\r=1"])
def test_no_cell_becomes_a_formula(text: str) -> None:
    """Text that a spreadsheet would run is marked as text."""
    assert inert(text) == f"'{text}"
    assert b"'" in csv_of([[text]])


def test_plain_numbers_stay_numbers() -> None:
    """A negative figure is left alone."""
    assert [inert(text) for text in ("-5", "-5.2 %", "12", "a")] == ["-5", "-5.2 %", "12", "a"]


def test_every_table_is_sorted_and_saved() -> None:
    """Each header is a button, each cell knows what it sorts by, and the link holds the table."""
    days = [("2 May 2024", 10), ("30 April 2024", 9), ("May 2023", 8)]
    page = html.fromstring(screen(doc.table("Days", ["Day", "Count"], days), "en", "days"))
    assert [head.text_content() for head in page.xpath(".//th/button")] == ["Day", "Count"]
    keys = [cell.get("data-sort") for cell in page.xpath(".//tbody/tr/th")]
    assert keys == ["2024-05-02", "2024-04-30", "2023-05-00"]
    assert [cell.get("data-sort") for cell in page.xpath(".//tbody/tr/td")] == ["10", "9", "8"]
    link = page.xpath(".//a[@download='days-1.csv']")[0].get("href")
    data = base64.b64decode(link.split(",", 1)[1]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(data)))[1] == ["2 May 2024", "10"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_from_outside_runs(payload: str) -> None:
    """Scripts in a cell are shown as text, as themselves."""
    page = screen(table(payload), "en", "x")
    assert not re.search(r"<(script|iframe|svg|object|embed|style)\b", page)
    assert not html.fromstring(page).xpath(".//*[@*[starts-with(name(), 'on')]]")


def test_links_lead_to_screens_or_nowhere() -> None:
    """`#/country` becomes a path of this server; another host or a missing section do not."""
    pieces = [doc.link(to, "x") for to in ("#/country?country=QMA", "#//evil.example", "#gone")]
    page = html.fromstring(screen(doc.paragraph(*pieces), "en", "x"))
    assert [a.get("href") for a in page.xpath(".//a")] == ["/country?country=QMA"]


def test_the_tabs_have_words_in_every_language() -> None:
    """Each tab has a name in the three languages."""
    for language in LANGUAGES:
        assert len({country.said(f"tab.{tab}", language) for tab in TABS}) == len(TABS)
