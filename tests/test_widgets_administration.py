"""Administration: for the secretariat alone; every form does what it says, or says why not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from html import escape
from pathlib import Path

import pytest
from entries import FIGURE
from screens import field, fields, held, pressed, team_copy
from whole_screens import told
from workflow import ANA, COMMENTS, COUNTRY, CYCLE, SEC, delivered, judged, opened, reported

from a87lib import framework
from a87lib.desk.acting import Acting
from a87lib.desk.people import Person, person_of
from a87lib.desk.reviewing import assigning, commenting, concluding, declaring, desks, drafts
from a87lib.desk.reviewing.assigning import Wish
from a87lib.desk.reviewing.reopening import reopen
from a87lib.facts import canonical
from a87lib.language import LANGUAGES, in_a_row, say
from a87lib.register import NewEntry, Register
from a87lib.serving.view import View, parse
from widgets.administration import TABS, Administration
from widgets.administration_more import entries_form, roles
from widgets.administration_panel import panel
from widgets.opening import opened as opened_for
from widgets.reviews import Reviews

At = Callable[..., Administration]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register in which Ana delivered what she thinks of one country."""
    where = tmp_path_factory.mktemp("administration") / "exercise.db"
    with opened(where, lambda: datetime.now(UTC)) as on:
        delivered(on, ANA)
    return where


@pytest.fixture
def on(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    """A copy of it, which the screens of this test open."""
    with team_copy(made, tmp_path, monkeypatch) as found:
        yield found


@pytest.fixture
def at(on: Register, monkeypatch: pytest.MonkeyPatch) -> At:
    """The screen of somebody."""

    def opens(person: str, language: str = "en") -> Administration:
        monkeypatch.setenv("A87_USER", person)
        view = View(cycle=CYCLE, language=language)
        return Administration(opened_for(view), view)

    return opens


def said(key: str, language: str = "en", **args: object) -> str:
    return say(f"screen.administration.{key}", language, **args)


def codes(model: Administration) -> list[str]:
    return [each.code for each in (*model.problems, *model.warnings)]


@pytest.mark.parametrize("person", ["ana", "cha", "obs", "mem", "foc", "nil"])
def test_it_is_for_the_secretariat_alone(at: At, person: str) -> None:
    """Anybody else reads a sentence: no name, no file, no step."""
    model = at(person)
    shown = held(panel(model))
    assert said("none") in shown and "Name of" not in shown
    assert model.files == [] and model.people == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_opens_in_every_language(at: At, language: str) -> None:
    """Each part shows its form or its table, and its link opens the same view."""
    model = at("sec", language)
    box = panel(model)
    for tab in TABS:
        model.tab = tab
        assert said(f"tab.{tab}", language) in held(box)
    assert parse(model.view().query()) == model.view()
    model.tab = TABS[0]
    assert "Name of ana" in held(box)


def test_every_screen_says_plainly_that_countries_are_invented(made: Path) -> None:
    """In a box of its own below the title, not among the grey lines."""
    notice = f'<p class="notice">{escape(say("review.notice.fictional", "fr"))}</p>'
    for name, texts in told(made, "mem", View(language="fr")).items():
        assert notice in texts, name


def test_files_are_assigned_with_what_speaks_against_it(at: At, on: Register) -> None:
    """Checked first, refused with all reasons, then assigned; and taken away with a reason."""
    model = at("sec")
    model.tab = "assign"
    box = panel(model)
    pressed(box, said("press.assign"))
    assert codes(model) == ["administration_nothing_chosen"]
    assert model.problems[0].found == f"{said('field.countries')}, {said('field.person')}"
    countries = field(box, said("field.countries"))
    people = fields(box, said("field.person"))
    countries.value, people[0].value = ("QMA", "QMB"), "dan"
    pressed(box, said("press.check"))
    assert codes(model) == ["assign_conflict"]
    pressed(box, said("press.assign"))
    assert codes(model) == ["assign_conflict"] and model.load == {"ana": 1}
    people[0].value = "ben"
    pressed(box, said("press.assign"))
    assert model.recorded == "assigned" and model.load == {"ana": 1, "ben": 2}
    fields(box, said("field.country"))[0].value, people[1].value = "QMB", "ben"
    pressed(box, said("press.unassign"))
    assert codes(model) == ["reason_missing"]
    field(box, said("field.reason")).value = "too much to do"
    pressed(box, said("press.unassign"))
    assert model.problems == () and model.load == {"ana": 1, "ben": 1}
    assert desks.log(on, SEC)[-1].reason == "too much to do"


def test_files_are_in_the_order_of_names(at: At, on: Register) -> None:
    """Of the secretariat and of a reviewer: the Atolls before Bastrelle in French."""
    on.append([replace(reported("QMB"), country="QMH")])
    assigning.assign(on, SEC, CYCLE, [Wish("QMH", "ana"), Wish("QMB", "ana")])
    expected = [COUNTRY, "QMH", "QMB"]
    assert [file.country for file in at("sec", "fr").files] == expected
    at("ana", "fr")
    mine = Reviews(opened_for(View(language="fr")), View(language="fr")).mine
    assert [each.country for each in mine] == expected


@pytest.mark.parametrize(
    ("language", "listed"),
    [("en", "Reviewer; Focal point: Bastrelle"), ("fr", "Examinateur\u202f; Point focal")],
)
def test_roles_are_listed_as_the_language_does(at: At, language: str, listed: str) -> None:
    """One after the other with the semicolon of the reader."""
    who = Person("x", roles=frozenset({"reviewer", "focal_point"}), focal=frozenset({"QMB"}))
    assert roles(who, language).startswith(listed)


def test_deadlines_and_rounds(at: At) -> None:
    """A day with grace for all; a round reopened for one country."""
    model = at("sec")
    model.tab = "rounds"
    box = panel(model)
    field(box, said("field.due")).value = date(2027, 3, 1)
    field(box, said("field.grace")).value = 10
    pressed(box, said("press.deadline"))
    assert model.recorded == "deadline_set" and "1 March 2027" in held(box)
    assert model.files[0].deadlines["assessment"].closes_on == date(2027, 3, 11)
    fields(box, said("field.country"))[1].value = COUNTRY
    field(box, said("field.until")).value = date(2099, 1, 1)
    field(box, said("field.reason")).value = "a page was missing"
    pressed(box, said("press.reopen"))
    assert model.recorded == "reopened"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_log_speaks_of_people_and_days(at: At, on: Register, language: str) -> None:
    """Names, rounds and days in words; neither a code nor a day of a program nor a digest."""
    commenting.sign(on, ANA, COUNTRY, CYCLE, drafted(on))
    assigning.set_deadline(on, SEC, CYCLE, "reply", date(2027, 1, 31), grace_days=1)
    override = Acting("sec", on_behalf_of="ana", reason="by letter")
    concluding.conclude(on, override, COUNTRY, CYCLE, judged()[0])
    reopen(on, SEC, COUNTRY, CYCLE, "assessment", until=date(2099, 1, 1), reason="x", person="ana")
    model = at("sec", language)
    model.tab = "log"
    shown = held(panel(model))
    label = framework.load().label
    reply, assessment = (label("review_round", each, language) for each in ("reply", "assessment"))
    assert f"{in_a_row([assessment, 'Name of ana (ana)'], language)}<" in shown
    assert f">{label('criterion', 'evidence', language)}<" in shown
    assert say("workflow.log.due", language, round=reply, day=date(2027, 1, 31)) in shown
    both = say(
        "workflow.log.for_other", language, person="Name of sec (sec)", other="Name of ana (ana)"
    )
    assert both in shown and f">{label('conflict', 'none', language)}<" in shown
    table = shown[shown.index("<tbody>") : shown.index("</tbody>")]
    raw = re.compile(r">(ana|sec|none|evidence|assessment)\b|\b\d{4}-\d{2}-\d{2}|[0-9a-f]{32}")
    assert raw.search(re.sub(r'"[^"]*"', "", table)) is None


def drafted(on: Register) -> str:
    """Comments written together, by what is signed of them."""
    drafts.save(on, ANA, COUNTRY, CYCLE, "comments", commenting.content_of(COMMENTS), 0)
    return commenting.digest_of(COMMENTS)


def test_a_pinned_conflict_closes_the_file(at: At, on: Register) -> None:
    """Pinned with a reason, seen in the table and as that person; lifted again."""
    model = at("sec")
    model.tab = "conflicts"
    box = panel(model)
    field(box, said("field.country")).value = COUNTRY
    field(box, said("field.person")).value = "ana"
    field(box, said("field.reason")).value = "worked there"
    pressed(box, said("press.pin"))
    assert model.recorded == "pinned"
    model.tab = "seen"
    fields(box, said("field.person"))[0].value = "ana"
    assert said("closed") in held(box)
    theirs, mine, counts = model.seen_by("ana")
    assert mine == [] and counts[COUNTRY] == 0 and COUNTRY in theirs.closed
    declaring.lift(on, SEC, COUNTRY, "ana", reason="a mistake")
    assert model.seen_by("ana")[0].closed == frozenset({COUNTRY})  # to be declared anew


def test_roles_are_given(at: At, on: Register) -> None:
    """What is kept is filled in; wrong words are told; the last secretariat stays."""
    model = at("sec")
    model.tab = "people"
    box = panel(model)
    who, roles = field(box, said("field.id")), field(box, said("field.roles"))
    who.value = "dan"
    assert roles.value == "reviewer country:QMA"
    roles.value = "reviewer wizard"
    pressed(box, said("press.people"))
    assert codes(model) == ["roles_unknown"]
    roles.value = "chair"
    pressed(box, said("press.people"))
    assert model.recorded == "roles_given" and person_of(on, "dan").roles == {"chair"}
    who.value, roles.value = "sec", ""
    pressed(box, said("press.people"))
    assert codes(model) == ["roles_last_secretariat"]


def test_an_entry_is_corrected_and_erased(at: At, on: Register) -> None:
    """Corrected as a file of facts says; erased only by who is sure, with a reason."""
    model = at("sec")
    model.tab = "entries"
    box = panel(model)
    no = next(e.no for e in model.on.entries if e.kind == "report_received" and e.country == "QMB")
    field(box, said("field.entry")).value = no
    pressed(box, said("press.read"))
    text = field(box, said("field.text"))
    assert "document: QMB.pdf" in text.value
    before = on.head()
    text.value = text.value.replace("QMB.pdf", "QMB-2.pdf").replace("2026-04-20", "2026-44-20")
    pressed(box, said("press.correct"))
    assert codes(model) == ["impossible_date"] and on.head() == before
    text.value = text.value.replace("2026-44-20", "2026-04-21")
    pressed(box, said("press.correct"))
    assert model.recorded == "corrected"
    assert any(e.corrects == no and str(e.when) == "2026-04-21" for e in model.on.entries)
    field(box, said("field.numbers")).value = str(no)
    field(box, said("field.reason")).value = "a name stood in it"
    pressed(box, said("press.erase"))
    assert codes(model) == ["administration_nothing_chosen"]
    assert model.problems[0].found == said("field.sure")
    field(box, said("field.sure")).value = True
    pressed(box, said("press.erase"))
    assert model.recorded == "erased" and on.entry(no).body_json is None


def test_a_file_closed_to_the_secretariat_stays_closed_here(
    at: At, on: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A conflict of one's own: neither the file is there, nor its entries, nor who sees it."""
    declaring.pin(on, SEC, COUNTRY, "sec", "declared", reason="own family")
    model = at("sec")
    assert COUNTRY not in model.names() and [f.country for f in model.files] == ["QMB"]
    no = next(e.no for e in on.facts(COUNTRY))
    box = panel(model)
    model.tab = "entries"
    field(box, said("field.entry")).value = no
    pressed(box, said("press.read"))
    assert codes(model) == ["administration_no_entry"]
    assert COUNTRY not in model.seen_by("ana")[2]


def number(on: Register, country: str) -> int:
    return next(e.no for e in on.entries(country, kinds=("report_received",)))


@pytest.mark.parametrize("person", ["ana", "cha", "foc", "nil"])
def test_forged_messages_to_the_forms_of_entries_do_nothing(
    at: At, on: Register, person: str
) -> None:
    """Whoever has no right may build the forms and fill them in: the desk refuses each press."""
    before, model = on.head(), at(person)
    box = entries_form(model).box
    field(box, said("field.entry")).value = number(on, "QMB")
    pressed(box, said("press.read"))
    assert codes(model) == ["not_allowed"]
    field(box, said("field.text")).value = "happened_on: 2026-04-21"
    pressed(box, said("press.correct"))
    assert codes(model) == ["not_allowed"]
    field(box, said("field.numbers")).value = str(number(on, "QMB"))
    field(box, said("field.reason")).value = "because"
    field(box, said("field.sure")).value = True
    pressed(box, said("press.erase"))
    assert codes(model) == ["not_allowed"] and on.head() == before


def test_a_closed_file_is_neither_corrected_nor_erased_here(at: At, on: Register) -> None:
    """A number sent for an entry of a closed file is that of no entry, whatever is to be done."""
    declaring.pin(on, SEC, COUNTRY, "sec", "declared", reason="own family")
    before, model = on.head(), at("sec")
    box = entries_form(model).box
    field(box, said("field.entry")).value = number(on, COUNTRY)
    field(box, said("field.text")).value = "happened_on: 2026-04-21"
    pressed(box, said("press.correct"))
    assert codes(model) == ["administration_no_entry"]
    for numbers in (str(number(on, COUNTRY)), f"{number(on, 'QMB')} {number(on, COUNTRY)}", "²"):
        model.problems = ()
        field(box, said("field.numbers")).value = numbers
        field(box, said("field.reason")).value = "because"
        field(box, said("field.sure")).value = True
        pressed(box, said("press.erase"))
        assert codes(model) == ["administration_no_entry"] and on.head() == before


def test_what_is_corrected_keeps_its_figures_and_its_source(at: At, on: Register) -> None:
    """A correction replaces all of an entry, so all of it is filled in to begin with."""
    body = canonical({"document": "a.xlsx"})
    [no] = on.append([
        NewEntry(kind="indicator_framework_received", country="QMB", cycle=CYCLE, body_json=body,
                 happened_on=date(2026, 4, 20), recorded_by="sec", source="letter: of 20 April",
                 visibility="country", observations=[FIGURE])
    ])  # fmt: skip
    model = at("sec")
    box = entries_form(model).box
    field(box, said("field.entry")).value = no
    pressed(box, said("press.read"))
    text = field(box, said("field.text"))
    text.value = text.value.replace("a.xlsx", "b.xlsx")
    pressed(box, said("press.correct"))
    assert model.problems == ()
    was, now = on.entry(no), on.entry(on.head().no)
    assert now.body_json == canonical({"document": "b.xlsx"})
    assert (now.corrects, now.source, now.visibility) == (no, was.source, was.visibility)
    assert now.observations == was.observations == (FIGURE,)


def test_other_texts_are_tried_and_stored_nowhere(at: At, on: Register) -> None:
    """What would differ is shown; a value that cannot be one is refused."""
    model = at("sec")
    before = on.head()
    model.tab = "what_if"
    box = panel(model)
    field(box, said("field.norm")).value = "signals.consecutive_cycles"
    field(box, said("field.value")).value = "many"
    pressed(box, said("press.what_if"))
    assert codes(model) == ["no_such_value"]
    field(box, said("field.value")).value = "3"
    pressed(box, said("press.what_if"))
    assert model.problems == () and on.head() == before
