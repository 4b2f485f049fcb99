"""No text becomes a formula: in a screen's table, an export, an annex, a form, a workbook."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import briefings
import openpyxl
import planting
import pytest
from whole_screens import handed, told
from workflow import ANA, BEN, COUNTRY, CYCLE, FOC, OBSERVER, SEC, assigned, opened

from a87lib import export, register
from a87lib.desk import offline, outgoing
from a87lib.desk.administering import give_roles
from a87lib.desk.reviewing import (
    assessing,
    commenting,
    concluding,
    declaring,
    drafts,
    replying,
)
from a87lib.desk.reviewing.assessing import Judgement
from a87lib.desk.reviewing.commenting import Comment
from a87lib.desk.reviewing.reopening import reopen
from a87lib.desk.reviewing.replying import Answer
from a87lib.desk.reviewing.review import criteria
from a87lib.report.briefing.annex import annex
from a87lib.serving.view import View

LIVE = ("=", "+", "-", "@", "\t", "\r")
FORMULAS = (
    "=1+1 zqlive", "+1+1 zqlive", "-1+1 zqlive", "@SUM(1,1) zqlive", "\t=1+1 zqlive",
    "\r=1+1 zqlive", '=HYPERLINK("http://127.0.0.1:9","zqlive")', "=cmd|' /C calc'!A0 zqlive",
    "\n=1+1 zqlive", "zqlive\t=1+1", 'zqlive",=1+1,"', "zqlive\r\n=1+1;=1+1",
)  # fmt: skip
MARK = "zqlive"
PLAIN = re.compile(r"[+-]?\d[\d\s.,%]*")
EXERCISE = "QMC"
UTF8 = b"\xef\xbb\xbf"  # how every table of a screen begins


@pytest.fixture(scope="module")
def exercise(exercise_register: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The exercise, where all that is said of one country and the GCM begins like a formula."""
    folder = tmp_path_factory.mktemp("formulas")
    where, texts = planting.planted(exercise_register, folder, EXERCISE, FORMULAS)
    assert texts > 400
    with register.open(where) as on:
        on.name_person("sec", FORMULAS[0], FORMULAS[3], "secretariat")
    return where


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A review in which everybody writes formulas, wherever something can be written."""
    where = tmp_path_factory.mktemp("formulas") / "review.db"
    texts = _texts()
    with opened(where, lambda: datetime.now(UTC)) as on:
        for person, roles in {"sec": "secretariat", "ana": "reviewer", "ben": "reviewer"}.items():
            give_roles(on, SEC, person, roles, name=next(texts), organisation=next(texts))
        declaring.pin(on, SEC, "QMB", "cleo", "declared", reason=next(texts))
        assigned(on, BEN)
        for who in (ANA, BEN):
            declaring.declare(on, who, COUNTRY, CYCLE, "none", next(texts))
            given = [Judgement(code, "shown", next(texts), "en") for code in criteria()]
            assessing.deliver(on, who, COUNTRY, CYCLE, given)
        for code in criteria():
            concluding.conclude(on, ANA, COUNTRY, CYCLE, Judgement(code, "shown", next(texts)))
        comments = [Comment(str(no), next(texts), "evidence") for no in range(1, 4)]
        commenting.send(on, ANA, COUNTRY, CYCLE, comments)
        answers = [Answer(each.no, "partly", next(texts)) for each in comments]
        replying.reply(on, FOC, COUNTRY, CYCLE, answers)
        reopen(on, SEC, COUNTRY, CYCLE, "assessment", until=date(2099, 1, 1), reason=next(texts))
        draft = {code: {"judgement": "shown", "text": next(texts)} for code in criteria()}
        drafts.save(on, ANA, COUNTRY, CYCLE, "assessment", draft, 0)
    return str(where)


def _texts() -> Iterator[str]:
    while True:
        yield from FORMULAS


def live(data: bytes) -> tuple[list[str], int]:
    """Cells of a file that a spreadsheet would run, and how many cells hold one of our texts."""
    cells = list(_in_workbook(data) if data.startswith(b"PK") else _in_csv(data))
    return [text for text, runs in cells if runs], sum(MARK in text for text, _ in cells)


def _in_csv(data: bytes) -> Iterator[tuple[str, bool]]:
    lines = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    for line in lines:
        for cell in line:
            yield cell, cell.lstrip(" \n").startswith(LIVE) and not PLAIN.fullmatch(cell)


def _in_workbook(data: bytes) -> Iterator[tuple[str, bool]]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                yield from (("a formula in " + name, True)
                            for _ in re.findall(rb"<f[ >/]", package.read(name)))  # fmt: skip
    for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                text = str(cell.value if cell.value is not None else "")
                yield text, cell.data_type not in ("s", "n", "d", "b") or bool(cell.hyperlink)


def _screens(where: str, person: str, country: str, cycle: int) -> Iterator[bytes]:
    view = View(country=country, cycle=cycle, language="en")
    for texts in told(where, person, view).values():
        yield from (data for data in handed(texts) if data.startswith((b"PK", UTF8)))


def _exported(where: str, folder: Path, role: str) -> Iterator[bytes]:
    with register.open(where) as on:
        export.write(folder, on, role)
    yield from (path.read_bytes() for path in folder.glob("*.csv"))


def _annex(where: str) -> Iterator[bytes]:
    yield annex(briefings.opened(where))


def _form(where: str) -> Iterator[bytes]:
    with register.open(where) as on:
        yield offline.made(on, ANA, COUNTRY, CYCLE, "en")


def _workbook(where: str) -> Iterator[bytes]:
    with register.open(where) as on:
        yield outgoing.template(on, EXERCISE, [2025], "en", asof=date(2025, 12, 15))[1]


Made = Callable[[str, str, Path], Iterator[bytes]]
EXPORTS: dict[str, Made] = {
    "screens of the secretariat": lambda e, r, f: _screens(e, "sec", EXERCISE, 2025),
    "screens of a review": lambda e, r, f: _screens(r, "sec", COUNTRY, CYCLE),
    "screens of a reviewer": lambda e, r, f: _screens(r, ANA.person, COUNTRY, CYCLE),
    "screens of a focal point": lambda e, r, f: _screens(r, FOC.person, COUNTRY, CYCLE),
    "export of the exercise": lambda e, r, f: _exported(e, f, "secretariat"),
    "export of a review": lambda e, r, f: _exported(r, f, "secretariat"),
    "annex of a briefing": lambda e, r, f: _annex(e),
    "offline form": lambda e, r, f: _form(r),
    "country's workbook": lambda e, r, f: _workbook(e),
}  # fmt: skip


@pytest.mark.parametrize("made", EXPORTS)
def test_no_cell_of_an_export_runs(exercise: str, review: str, tmp_path: Path, made: str) -> None:
    """Every cell that holds one of our texts is text, and no other cell is a formula."""
    found, texts = [], 0
    for data in EXPORTS[made](exercise, review, tmp_path):
        cells, ours = live(data)
        found += cells
        texts += ours
    assert found == []
    assert texts > 0  # what is searched is there


def test_a_live_cell_is_noticed() -> None:
    """Otherwise the test above could not fail."""
    book = openpyxl.Workbook()
    book.active["A1"] = "=1+1"
    out = io.BytesIO()
    book.save(out)
    assert live(out.getvalue())[0]
    lines = "\r\n".join(f'"{text}"' for text in ("=1+1", "@x", "-2+3", "\t=1"))
    assert len(live(lines.encode())[0]) == 4
    assert live(b"-2.5,+3,plain,'=1+1\r\n") == ([], 0)


def test_an_observer_gets_no_more_cells(review: str) -> None:
    """The tables on an observer's screens hold nothing of what the review's people wrote."""
    screens = _screens(review, OBSERVER.person, COUNTRY, CYCLE)
    assert sum(live(data)[1] for data in screens) == 0
