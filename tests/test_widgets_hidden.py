"""What a role or a conflict hides is on no screen and in no file of it, nor changes one of them."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from test_workflow_secrets import EVE, MAY, NAMES, canary, planted
from whole_screens import handed, told, words_of
from workflow import (
    ANA,
    BEN,
    CLEO,
    COUNTRY,
    CYCLE,
    DAN,
    DAY,
    FOC,
    MEMBER,
    OBSERVER,
    SEC,
    Clock,
    judged,
)

from a87lib import register
from a87lib.desk.acting import Acting
from a87lib.desk.administering import give_roles
from a87lib.desk.reviewing import assessing, assigning, declaring, drafts
from a87lib.desk.reviewing.assigning import Wish
from a87lib.desk.reviewing.reopening import reopen
from a87lib.facts import canonical
from a87lib.language import LANGUAGES
from a87lib.register import NewEntry, Register
from a87lib.serving.view import View

LATER = date(2099, 1, 1)
ON_SCREENS = {ANA: {"name"}, EVE: {"name"}}
"""What they may come to see besides: who delivered sees by name who else did."""
NOT_THEIRS = {
    DAN: ("all",), CLEO: ("all",), BEN: ("concluded", "elsewhere"), FOC: ("concluded", "inside"),
    OBSERVER: ("inside", "elsewhere"), MEMBER: ("inside", "elsewhere"),
}  # fmt: skip
"""What is hidden from each besides the steps of others: the whole file; conclusions of the cycle;
what only reviewers and the subgroup read of it; the same of another country."""


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A review in full swing with a canary in every confidential field."""
    path = tmp_path_factory.mktemp("hidden") / "r.db"
    planted(path).close()
    with register.open(path, clock=Clock()) as on:
        _half_written(on)
    return path


def _half_written(on: Register) -> None:
    """Rounds opened again, in which somebody has begun to write."""
    reopen(on, SEC, COUNTRY, CYCLE, "assessment", until=LATER, reason="a page", person="ana")
    for part in ("comments", "reply"):
        reopen(on, SEC, COUNTRY, CYCLE, part, until=LATER, reason="a page")
    begun = {"evidence": {"judgement": "shown", "text": canary("draft-ana"), "language": "en"}}
    drafts.save(on, ANA, COUNTRY, CYCLE, "assessment", begun, 1)
    items = [{"no": "1", "text": canary("draft-comment")}]
    drafts.save(on, ANA, COUNTRY, CYCLE, "comments", {"items": items}, 1)
    items = [{"no": "1", "reply": "partly", "text": canary("draft-reply")}]
    drafts.save(on, FOC, COUNTRY, CYCLE, "reply", {"items": items}, 1)


def spoken(who: Acting) -> str:
    """The language in which a person's screens are looked at: all three among the people."""
    return LANGUAGES[list(MAY).index(who) % len(LANGUAGES)]


@cache
def shown(where: Path, who: Acting) -> dict[str, str]:
    """All screens of a person, about the country under review."""
    view = View(country=COUNTRY, cycle=CYCLE, language=spoken(who))
    return told(where, who.person, view)


def squeezed(text: str) -> str:
    """A text as it is searched: whatever breaks lines and words is gone."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


def found(where: Path, who: Acting) -> dict[str, set[str]]:
    """The canaries that somebody comes upon, and on which screens."""
    seen: dict[str, set[str]] = {}
    for screen, texts in shown(where, who).items():
        whole = squeezed("\n".join([texts, *map(words_of, handed(texts))]))
        for name in NAMES:
            if squeezed(canary(name)) in whole:
                seen.setdefault(name, set()).add(screen)
    return seen


@pytest.mark.parametrize("who", MAY, ids=lambda who: who.person)
def test_no_screen_and_no_file_of_it_tells_what_is_hidden(where: Path, who: Acting) -> None:
    """Every text of every widget, every table, form, printed file and document, decoded."""
    may = MAY[who] | ON_SCREENS.get(who, set())
    assert {name: on for name, on in found(where, who).items() if name not in may} == {}


def test_what_is_searched_is_found_where_it_may_be(where: Path) -> None:
    """Otherwise the test above could not fail: each canary is seen by who may see it."""
    seen = {who: found(where, who) for who in (SEC, ANA, BEN, FOC)}
    assert set().union(*seen.values()) == set(NAMES)
    assert "administration" in seen[SEC]["log"] and "focal" in seen[FOC]["draft-reply"]
    assert "reviews" in seen[ANA]["assess-eve"] and "country" in seen[ANA]["reviewers"]


def differing(source: Path, folder: Path, who: Acting) -> Path:
    """A copy of the register with more in it that one person may not see, recorded last."""
    copy = folder / source.name
    for file in source.parent.glob(f"{source.stem}.*"):
        shutil.copy(file, folder / file.name)
    with register.open(copy, clock=Clock()) as on:
        _steps(on)
        for what in NOT_THEIRS[who]:
            on.append(list(HIDDEN[what](on)))
    return copy


def _steps(on: Register) -> None:
    """One more reviewer, who delivers; other drafts, conflicts, reasons and names."""
    gus = Acting("gus")
    give_roles(on, SEC, "gus", "reviewer", name="Gustave")
    assigning.assign(on, SEC, CYCLE, [Wish(COUNTRY, "gus"), Wish("QMB", "gus")])
    declaring.declare(on, gus, COUNTRY, CYCLE, "none", "once my neighbour's")
    assessing.deliver(on, gus, COUNTRY, CYCLE, judged("seen by few", "not_shown"))
    drafts.save(on, ANA, COUNTRY, CYCLE, "assessment", {"evidence": {"text": "other"}}, 2)
    declaring.pin(on, SEC, "QMB", "fay", "declared", reason="family")
    declaring.lift(on, SEC, "QMB", "fay", reason="a mistake")
    reopen(on, SEC, COUNTRY, CYCLE, "assessment", until=DAY, reason="a page", person="gus")


def _entry(kind: str, country: str, circle: str, **body: object) -> NewEntry:
    return NewEntry(
        kind=kind, country=country, cycle=CYCLE, happened_on=date(2026, 4, 25),
        body_json=canonical(body), recorded_by="sec", visibility=circle, source="a letter",
    )  # fmt: skip


def _inside(on: Register, country: str = COUNTRY, circles: tuple[str, ...] = ()) -> list[NewEntry]:
    """What only reviewers and the subgroup read: evidence, a conclusion."""
    made = []
    for circle in circles or ("reviewers", "subgroup"):
        made.append(_entry("evidence_received", country, circle, type="survey", title="Hidden"))
        said = {"criterion": "evidence", "judgement": "not_shown", "text": "Hidden.",
                "language": "en"}  # fmt: skip
        if country != COUNTRY:
            made.append(_entry("subgroup_concluded", country, circle, **said))
    return made


def _elsewhere(on: Register) -> list[NewEntry]:
    """Of another country, and of one of which nothing else is on file."""
    circles = ("reviewers", "subgroup", "country")
    report = _entry("report_received", "QMC", "subgroup", document="QMC.pdf")
    return [*_inside(on, "QMB", circles), report]


def _concluded(on: Register) -> list[NewEntry]:
    """Another conclusion on the first criterion, in place of the one on file."""
    last = next(on.entries(COUNTRY, kinds=("subgroup_concluded",)))
    said = {"criterion": "evidence", "judgement": "not_shown", "text": "Hidden.", "language": "en"}
    entry = _entry("subgroup_concluded", COUNTRY, "subgroup", **said)
    return [replace(entry, corrects=last.no, slot=last.slot)]


def _all(on: Register) -> list[NewEntry]:
    """Of the whole file: what everybody reads of it, too."""
    public = _entry("evidence_received", COUNTRY, "public", type="survey", title="Hidden")
    report = _entry("report_received", COUNTRY, "public", document="later.pdf")
    return [public, replace(report, cycle=CYCLE - 1), *_inside(on), *_concluded(on)]


HIDDEN = {"all": _all, "inside": _inside, "elsewhere": _elsewhere, "concluded": _concluded}


@pytest.mark.parametrize("who", NOT_THEIRS, ids=lambda who: who.person)
def test_what_is_hidden_changes_no_byte_of_a_page(where: Path, tmp_path: Path, who: Acting) -> None:
    """Two registers that differ in what a person may not see alone give that person equal pages."""
    other = differing(where, tmp_path, who)
    before, after = shown(where, who), shown(other, who)
    assert [screen for screen in before if before[screen] != after[screen]] == []


def test_what_was_hidden_changes_the_pages_of_who_may_see_it(where: Path, tmp_path: Path) -> None:
    """Otherwise the test above could not fail."""
    before, after = shown(where, SEC), shown(differing(where, tmp_path, OBSERVER), SEC)
    changed = {screen for screen in before if before[screen] != after[screen]}
    assert changed >= {"overview", "country", "administration"}
