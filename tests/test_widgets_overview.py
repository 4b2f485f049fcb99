"""The overview's model: rows, search, filters, what came in, and who sees what."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from a87lib import register
from a87lib.desk import permissions
from a87lib.desk.acting import Acting
from a87lib.language import LANGUAGES
from a87lib.register import NewEntry
from a87lib.report import documents as doc
from a87lib.serving.view import View, parse
from widgets import overview
from widgets.opening import Opened, opened
from widgets.overview import Overview
from widgets.overview_parts import _row

DASHBOARDS = Path(__file__).resolve().parent.parent / "notebooks" / "dashboards"


@pytest.fixture
def on(exercise_register: str, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """The exercise as one person on their own machine sees it."""
    monkeypatch.setenv(register.VARIABLE, exercise_register)
    return opened(View())


@pytest.fixture
def model(on: Opened) -> Overview:
    """The overview in English."""
    return Overview(on, View(language="en"))


def codes(model: Overview) -> list[str]:
    return [row.code for row in model.rows]


def test_every_country_has_a_row(model: Overview) -> None:
    """All twelve countries, by name, as of the day of the exercise, whatever day it is."""
    assert codes(model) == [f"QM{letter}" for letter in "ABCDEFGHIJKL"]
    assert model.asof == date(2025, 12, 15)
    later = opened(View(), date(2031, 2, 3))
    assert (later.asof, later.cycle) == (model.on.asof, model.on.cycle) == (model.asof, 2025)


def test_names_are_in_the_order_of_the_readers_alphabet(
    public_register: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An accent moves no country behind the letter z."""
    monkeypatch.setenv(register.VARIABLE, public_register)
    names = list(opened(View()).names("fr").values())
    assert names.index("Éthiopie") < names.index("Fidji")


def test_what_comes_in_today_is_seen_today_where_countries_are_real(
    public_register: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The day and the cycle are the present ones, whatever folder the register was made from."""
    where = shutil.copy(public_register, tmp_path)
    monkeypatch.setenv(register.VARIABLE, str(where))
    today = date(2027, 4, 21)
    with register.open(where, clock=lambda: datetime(2027, 4, 21, 9, tzinfo=UTC)) as held:
        report = NewEntry(kind="report_received", country="NPL", cycle=2027, happened_on=today,
                          body_json="{}", recorded_by="sec")  # fmt: skip
        held.append([report])
    screen = Overview(opened(View(), today), View(language="en"))
    assert (screen.asof, screen.on.cycle) == (today, 2027)
    came = {row.code: [entry.kind for entry in row.came] for row in screen.rows}
    assert "report_received" in came["NPL"]


def test_no_early_warning_is_claimed_only_where_the_file_says_so(
    model: Overview, public_register: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A country that owes nothing has none to have; of one that is not on file nobody knows."""
    told = {row.code: str(_row(model, row)[-2]) for row in model.rows}
    assert (told["QMA"], told["QMD"]) == ("None", str(doc.small("Not applicable")))
    assert told["QMB"] == "1 January 2027"
    monkeypatch.setenv(register.VARIABLE, public_register)
    public = Overview(opened(View(), date(2026, 11, 22)), View(language="fr"))
    assert {str(_row(public, row)[-2]) for row in public.rows} == {
        str(doc.badge("missing", "Non versé au dossier"))
    }


def test_search_takes_names_and_codes_in_any_case(model: Overview) -> None:
    """Part of a name or a code, whatever its case, is found; nothing else is."""
    model.search = " corva"
    assert codes(model) == ["QMC"]
    model.search = "qmd"
    assert codes(model) == ["QMD"]
    model.search = "nowhere"
    assert codes(model) == []


def test_filters_leave_what_they_name(model: Overview) -> None:
    """By status, by a sign present, by an early warning; both hold together."""
    model.show = overview.WITH_SIGN
    assert codes(model) == ["QMB", "QMC", "QMF"]
    model.show = overview.WITH_WARNING
    assert all(row.warned is not None for row in model.rows) and "QME" in codes(model)
    model.status = "inactive"
    assert codes(model) == []
    model.show = overview.ALL
    assert {row.status.value for row in model.rows} == {"inactive"}


def test_what_came_in_counts_from_the_day_chosen(model: Overview) -> None:
    """Entries recorded on or after the day count, earlier ones do not."""
    row = next(row for row in model.rows if row.code == "QMC")
    last = max(entry.recorded_at.date() for entry in row.came)
    model.since = last
    assert {e.recorded_at.date() for r in model.rows if r.code == "QMC" for e in r.came} == {last}
    model.since = date(2026, 1, 1)
    assert not any(row.came for row in model.rows)
    model.show = overview.WITH_NEWS
    assert codes(model) == []


def test_an_earlier_day_shows_what_was_known_then(model: Overview) -> None:
    """The sign of 2025 is not there in 2023."""
    model.asof = date(2023, 12, 15)
    row = next(row for row in model.rows if row.code == "QMC")
    assert "signals.no_evidence" not in {sign.rule for sign in row.present}


def test_a_link_opens_the_same_view(model: Overview) -> None:
    """What the link says is read back as the same view."""
    model.asof = date(2024, 5, 1)
    assert parse(model.view().query()) == model.view()
    model.asof = date(2025, 12, 15)
    model.search, model.show, model.status = "a", overview.WITH_SIGN, "active"
    model.since = date(2025, 10, 1)
    again = Overview(model.on, parse(model.view().query()))
    assert codes(again) == codes(model) == ["QMB", "QMC"]
    assert again.since == model.since
    model.search = "x" * 99
    assert parse(model.view().query()).search == "x" * 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_panel_speaks_each_language(on: Opened, language: str) -> None:
    """The panel is made in each language, and shows each country with a link to its file."""
    box = overview.panel(Overview(on, View(language=language)))
    shown = "".join(getattr(child, "value", "") for child in box.children)
    for code, name in on.names(language).items():
        assert f"country={code}&amp;date=2025-12-15&amp;language={language}" in shown
        assert name in shown


def test_a_person_without_a_role_sees_what_is_public(
    exercise_register: str, on: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a team's server somebody of whom no role is kept gets public entries only."""
    monkeypatch.setenv("A87_SERVING", "team")
    monkeypatch.setenv("A87_USER", "nobody@example.org")
    theirs = opened(View())
    assert theirs.reader == register.Reader("public")
    assert {entry.visibility for entry in theirs.entries} <= {"public"}
    assert len(theirs.entries) < len(on.entries)


@pytest.mark.parametrize(
    ("roles", "circle", "countries"),
    [
        ("reviewer", "members", set()),
        ("chair", "subgroup", set()),
        ("member", "members", set()),
        ("focal_point:QMA", "public", {"QMA"}),
        ("member focal_point:QMA", "members", {"QMA"}),
        ("secretariat focal_point:QMA", "reviewers", set()),
        ("focal_point", "public", set()),
        ("emperor", "public", set()),
        ("", "public", set()),
    ],
)
def test_roles_give_a_circle(tmp_path: Path, roles: str, circle: str, countries: set[str]) -> None:
    """Each role kept with a person gives its circle; words that are no roles give nothing."""
    where = tmp_path / "own.db"
    assert register.make(where, kind="fictional", name="own")
    with register.open(str(where)) as on:
        on.name_person("ana", "Ana", roles=roles)
        reader = permissions.reader(on, Acting("ana"))
    assert (reader.circle, reader.own) == (circle, {(code, "country") for code in countries})


@pytest.mark.parametrize("name", ["overview", "country", "calendar", "intake", "meeting", "packs"])
def test_dashboards_are_thin(name: str) -> None:
    """Each notebook has one to three cells, and no output."""
    notebook = json.loads((DASHBOARDS / f"{name}.ipynb").read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert 1 <= len(cells) <= 3
    assert not any(cell["outputs"] for cell in cells)
