"""The screens themselves, attacked: what a role hides stays hidden, whatever a page sends."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from canaries import CANARY, planted
from served import Served, answered, serving
from test_serving_attacks import all_states, click, updated

from a87lib import register

DASHBOARDS = Path(__file__).resolve().parent.parent / "notebooks" / "dashboards"
SCREENS = ("overview", "country?country=QMC", "calendar")
WISHES: tuple[dict[str, object], ...] = (
    {"disabled": False, "_view_name": "HTMLView", "layout": None},
    {"index": 0}, {"index": 1}, {"index": 7}, {"selected_index": 3},
    {"value": "QMC"}, {"value": True}, {"value": {"year": 2024, "month": 3, "date": 1}},
    {"options": ["reviewers"], "_options_labels": ["reviewers"], "reader": "reviewers"},
)  # fmt: skip
"""What a widget is told to be, whether it is shown and enabled or not."""


@pytest.fixture(scope="module")
def team(exercise_register: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A team's server with the shipped screens; ana is the secretariat, of ben nothing is kept."""
    folder = tmp_path_factory.mktemp("screens")
    where, texts = planted(exercise_register, folder)
    assert texts > 100
    with register.open(where) as on:
        on.name_person("ana", "Ana", roles="secretariat")
    hidden = shutil.ignore_patterns(".*")
    shutil.copytree(DASHBOARDS, folder / "dashboards", ignore=hidden)
    with serving(folder, team=True, environment={"A87_REGISTER": where}) as served:
        yield served


def told(team: Served, screen: str, user: str) -> str:
    """All that a screen tells somebody, before and after every forged wish to every widget."""
    page, kernel = team.open(screen, user)
    line = team.line(kernel, user)
    widgets = all_states(line)
    assert len(widgets) > 5
    for model in widgets:
        for wish in WISHES:
            line.send_binary(updated(model, **wish))
        line.send_binary(click(model))
    said = answered(line)
    after = all_states(line)
    line.close()
    team.leave_all()
    return page + json.dumps([widgets, said, after])


@pytest.mark.parametrize("screen", SCREENS)
def test_what_is_hidden_stays_hidden(team: Served, screen: str) -> None:
    """Forged traits of disabled and hidden widgets bring nothing that the reader may not see."""
    assert CANARY not in told(team, screen, "ben")


def test_what_is_searched_is_there(team: Served) -> None:
    """The secretariat sees on the same screen what the test above searches for."""
    assert CANARY in told(team, SCREENS[1], "ana")


def test_a_notebook_chooses_no_template(team: Served) -> None:
    """A template or theme that a notebook or a link names is not used: there is one page."""
    file = team.log.parent / "dashboards" / "overview.ipynb"
    whole = json.loads(file.read_text())
    whole["metadata"]["voila"] = {"template": "lab", "theme": "dark", "show_tracebacks": True}
    file.write_text(json.dumps(whole))
    page, _ = team.open("overview", "ben")
    assert 'class="a87-frame"' in page
    assert "theme-dark" not in page
    assert "Signed in as ben" in page
    team.leave_all()
