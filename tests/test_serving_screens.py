"""The screens themselves, attacked: what a role hides stays hidden, whatever a page sends."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator

import pytest
from canaries import CANARY, planted
from served import REAL, Served, answered, serving
from test_serving_attacks import all_states, click, updated

from a87lib import register
from a87lib.desk.acting import Acting
from a87lib.desk.administering import give_roles
from a87lib.desk.reviewing import assessing, assigning, declaring, drafts
from a87lib.desk.reviewing.assessing import Judgement
from a87lib.desk.reviewing.assigning import Wish
from a87lib.desk.reviewing.invariants import broken
from a87lib.desk.reviewing.review import criteria
from a87lib.language import say
from a87lib.register.draft_store import drafts_of

SCREENS = ("overview", "country?country=QMC", "calendar")
WISHES: tuple[dict[str, object], ...] = (
    {"disabled": False, "_view_name": "HTMLView", "layout": None},
    {"index": 0}, {"index": 1}, {"index": 7}, {"selected_index": 3},
    {"value": "QMC"}, {"value": True}, {"value": {"year": 2024, "month": 3, "date": 1}},
    {"options": ["reviewers"], "_options_labels": ["reviewers"], "reader": "reviewers"},
)  # fmt: skip
"""What a widget is told to be, whether it is shown and enabled or not."""
DESK: dict[str, tuple[str, ...]] = {
    "reviews?country=QMC&cycle=2025": ("rob", "foz", "obs", "ben"),
    "focal?country=QMC&cycle=2025": ("rob", "foz"),
    "administration?cycle=2025&tab=entries": ("rob", "obs"),
    "intake?country=QMC": ("foz", "ben"),
    "meeting?meeting=22": ("rob", "obs"),
    "packs?country=QMC": ("foz", "rob"),
}
"""The screens of those who write, and who tries to on each: a reviewer with a conflict of interest,
another country's focal point, an observer, somebody of whom nothing is kept."""
DESK_WISHES = (
    *WISHES, {"value": "none"}, {"value": "rita"}, {"value": ["QMC"]}, {"value": 2025},
)  # fmt: skip
WHOM = say("screen.administration.field.whom", "en")
OWN = {"foz": "QMB"}
"""Whose reports the focal point answers for, and whose internal texts it reads."""


@pytest.fixture(scope="module")
def team(exercise_register: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A team's server with the shipped screens; ana is the secretariat, of ben nothing is kept."""
    folder = tmp_path_factory.mktemp("screens")
    where, texts = planted(exercise_register, folder)
    assert texts > 100
    with register.open(where) as on:
        on.name_person("ana", "Ana", roles="secretariat")
        reviewed(on)
    hidden = shutil.ignore_patterns(".*")
    shutil.copytree(REAL, folder / "dashboards", ignore=hidden)
    with serving(folder, team=True, environment={"A87_REGISTER": where}) as served:
        yield served


def reviewed(on: register.Register) -> None:
    """People of every role; a review in which one delivered and drafts, and one has a conflict."""
    people = {"rita": "reviewer", "rob": "reviewer", "foz": "focal_point:QMB", "obs": "observer"}
    ana, rita, about = Acting("ana"), Acting("rita"), ("QMC", 2025)
    for person, roles in people.items():
        give_roles(on, ana, person, roles, name=f"{person} {CANARY}name")
    assigning.assign(on, ana, 2025, [Wish("QMC", "rita", "lead"), Wish("QMC", "rob")])
    declaring.declare(on, Acting("rob"), *about, "declared", f"{CANARY}conflict")
    declaring.declare(on, rita, *about, "none")
    given = [Judgement(code, "shown", f"{CANARY}assessed", "en") for code in criteria()]
    assessing.deliver(on, rita, *about, given)
    for part in ("conclusion", "comments", "assessment"):
        drafts.save(on, rita, *about, part, {"evidence": {"text": f"{CANARY}draft"}}, 0)


def told(
    team: Served, screen: str, user: str, wishes: tuple[dict[str, object], ...] = WISHES
) -> str:
    """All that a screen tells somebody, before and after every forged wish to every widget."""
    page, kernel = team.open(screen, user)
    line = team.line(kernel, user)
    widgets = all_states(line)
    assert len(widgets) > (5 if wishes is WISHES else 2)
    for model in widgets:
        for wish in wishes:
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


@pytest.mark.parametrize(
    ("screen", "user"), [(screen, user) for screen, users in DESK.items() for user in users]
)
def test_who_may_not_write_writes_nothing_and_reads_nothing_hidden(
    team: Served, screen: str, user: str
) -> None:
    """Forged traits and clicks on the screens of those who write: no mark, no entry, no draft."""
    own = OWN.get(user, "")
    before = kept(team, own)
    marks = set(re.findall(rf"{CANARY}\w*", told(team, screen, user, DESK_WISHES)))
    assert marks <= {f"{CANARY}{own}country" if own else ""}
    assert kept(team, own) == before


def test_who_stands_in_for_others_reads_no_draft(team: Served) -> None:
    """Forged traits and clicks on the secretariat's forms for somebody else's part: not a word of
    what is drafted, and nothing recorded that a review must not hold."""
    with register.open(str(team.log.parent / "exercise.db")) as on:
        before = broken(on)
        said = told(team, "administration?cycle=2025&tab=rounds", "ana", DESK_WISHES)
        assert WHOM in said  # the forms are there
        assert f"{CANARY}draft" not in said
        assert broken(on) == before


def kept(team: Served, own: str) -> tuple[object, ...]:
    """All entries and drafts but those of one's own country; the head, where one has none."""
    with register.open(str(team.log.parent / "exercise.db")) as on:
        entries = [(entry.no, entry.hash) for entry in on.entries() if entry.country != own]
        drafted = [draft for draft in drafts_of(on).all() if draft.key.country != own]
        return "" if own else on.head(), entries, drafted


@pytest.mark.parametrize(
    ("screen", "user"),
    [
        (SCREENS[1], "ana"),
        ("administration?cycle=2025&tab=people", "ana"),
        (next(iter(DESK)), "rita"),
    ],
)
def test_what_is_searched_is_there(team: Served, screen: str, user: str) -> None:
    """Who may see it sees on the same screens what the tests above search for."""
    page, kernel = team.open(screen, user)
    line = team.line(kernel, user)
    assert CANARY in page + json.dumps(all_states(line))
    line.close()
    team.leave_all()


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
