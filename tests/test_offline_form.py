"""The form for an assessment without a connection: out, filled in, tried, taken in, refused."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from offline_forms import filled
from workflow import ANA, BEN, COUNTRY, CYCLE, SEC, assigned, declared, judged, opened

from a87lib.desk import offline
from a87lib.desk.acting import Acting
from a87lib.desk.reviewing import assessing, desks, drafts
from a87lib.intake.workbooks import Refused
from a87lib.language import LANGUAGES, say, told
from a87lib.problems import Problems
from a87lib.register import Register

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", '=HYPERLINK("x")')


@pytest.fixture
def on(tmp_path: Path) -> Iterator[Register]:
    with opened(tmp_path / "exercise.db", lambda: datetime.now(UTC)) as made:
        assigned(made, BEN)
        declared(made, ANA, BEN)
        yield made


def codes(refused: pytest.ExceptionInfo[Problems]) -> list[str]:
    assert all(told(each, language) for each in refused.value.problems for language in LANGUAGES)
    return [each.code for each in refused.value.problems]


def form(on: Register, acting: Acting = ANA, language: str = "en") -> bytes:
    return offline.made(on, acting, COUNTRY, CYCLE, language)


def test_the_form_is_locked_but_for_its_cells_and_always_the_same(on: Register) -> None:
    """Same draft, same bytes; the hidden sheet says whose it is and what it started from."""
    assert form(on) == form(on)
    book = openpyxl.load_workbook(io.BytesIO(form(on)))
    sheet, hidden = book.worksheets
    assert hidden.sheet_state == "hidden" and sheet.protection.sheet and hidden.protection.sheet
    unlocked = [cell.coordinate for row in sheet for cell in row if not cell.protection.locked]
    assert unlocked == ["B7", "C7", "B8", "C8", "B9", "C9"]
    said = {row[0].value: row[1].value for row in hidden.iter_rows(max_col=2)}
    assert said["reviewer"] == "ana" and said["country"] == COUNTRY and said["delivered"] == "none"
    assert sheet["A5"].value == say("review.notice.fictional", "en")


@pytest.mark.parametrize(("language", "judgement"), [("en", "Shown"), ("es", "Demostrado")])
def test_a_filled_form_becomes_the_draft(on: Register, language: str, judgement: str) -> None:
    """The dry run tells what would change and saves nothing; taking in saves it, once."""
    data = filled(form(on, ANA, language), judgement, "  Table 3 gives the figures.\nTwice. ")
    tried = offline.taken(on, ANA, COUNTRY, CYCLE, data, dry_run=True)
    assert [each.after.judgement for each in tried] == ["shown"] * 3
    assert drafts.load(on, ANA, COUNTRY, CYCLE, "assessment").version == 0
    assert offline.taken(on, ANA, COUNTRY, CYCLE, data) == tried
    saved = drafts.load(on, ANA, COUNTRY, CYCLE, "assessment")
    words = assessing.judgements_of(saved.content)
    assert {each.text for each in words} == {"Table 3 gives the figures.\nTwice."}
    assessing.deliver(on, ANA, COUNTRY, CYCLE)
    assert len(assessing.own(on, ANA, COUNTRY, CYCLE)) == 3


def test_text_in_a_form_never_runs(on: Register) -> None:
    """What looks like a formula goes out as text and comes back as the same text."""
    for payload in FORMULAS:
        content = assessing.content_of(judged(payload))
        version = drafts.load(on, ANA, COUNTRY, CYCLE, "assessment").version
        drafts.save(on, ANA, COUNTRY, CYCLE, "assessment", content, version)
        data = form(on)
        sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
        assert {cell.data_type for row in sheet for cell in row} <= {"s", "n"}
        assert all(c.value is None for row in sheet for c in row if c.data_type == "n")
        assert offline.taken(on, ANA, COUNTRY, CYCLE, data, dry_run=True) == []


def test_a_form_older_than_the_draft_is_refused(on: Register) -> None:
    """The draft stays as it is; the refusal says that the form is older."""
    data = filled(form(on), "Shown", "from the form")
    drafts.save(on, ANA, COUNTRY, CYCLE, "assessment", assessing.content_of(judged("screen")), 0)
    with pytest.raises(Refused) as refused:
        offline.taken(on, ANA, COUNTRY, CYCLE, data)
    assert codes(refused) == ["form_stale"]
    assert "screen" in str(drafts.load(on, ANA, COUNTRY, CYCLE, "assessment").content)
    again = filled(form(on), "Shown", "from the form")
    assessing.deliver(on, ANA, COUNTRY, CYCLE)
    with pytest.raises(Refused) as refused:
        offline.taken(on, ANA, COUNTRY, CYCLE, again)
    assert codes(refused) == ["form_delivered_since"]


def test_a_form_of_somebody_else_or_of_nobody_is_refused(on: Register) -> None:
    """Another reviewer's, a workbook of another kind, no workbook at all."""
    with pytest.raises(Refused) as refused:
        offline.taken(on, BEN, COUNTRY, CYCLE, form(on, ANA))
    assert codes(refused) == ["form_not_yours"]
    other = io.BytesIO()
    openpyxl.Workbook().save(other)
    for data, code in ((other.getvalue(), "form_unknown"), (b"a,b\n1,2\n", "file_csv")):
        with pytest.raises(Refused) as refused:
            offline.taken(on, ANA, COUNTRY, CYCLE, data)
        assert codes(refused) == [code]


def test_every_bad_cell_is_told_at_once(on: Register) -> None:
    """A word that is no judgement and a formula, each at its cell; nothing is saved."""
    book = openpyxl.load_workbook(io.BytesIO(filled(form(on), "Shown", "fine")))
    sheet = book.worksheets[0]
    sheet["B7"], sheet["C8"] = "Perhaps", "=1+1"
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(Refused) as refused:
        offline.taken(on, ANA, COUNTRY, CYCLE, out.getvalue())
    assert codes(refused) == ["form_judgement", "form_formula"]
    assert [each.cell for each in refused.value.faults] == ["B7", "C8"]
    assert drafts.load(on, ANA, COUNTRY, CYCLE, "assessment").version == 0


def test_a_closed_file_has_no_form(on: Register) -> None:
    """Whoever may not assess gets none, and the answer tells nothing."""
    for who in ("dan", "cleo", "nil"):
        with pytest.raises(Problems):
            form(on, Acting(who))


def test_a_form_taken_in_for_somebody_else_is_on_record(on: Register) -> None:
    """By whom, for whom, why; one's own draft is nobody's business; no entry for a dry run."""
    own = filled(form(on), "Shown", "mine")
    before = on.head()
    offline.taken(on, ANA, COUNTRY, CYCLE, own)
    data = filled(form(on, BEN), "Shown", "by hand")
    for_ben = Acting("sec", on_behalf_of="ben", reason="by post")
    offline.taken(on, for_ben, COUNTRY, CYCLE, data, dry_run=True)
    assert on.head() == before
    offline.taken(on, for_ben, COUNTRY, CYCLE, data)
    done = desks.log(on, SEC, COUNTRY)[-1]
    assert (done.step, done.person, done.on_behalf_of, done.reason) == (
        "form_taken", "sec", "ben", "by post",
    )  # fmt: skip
    assert "by hand" in str(drafts.load(on, BEN, COUNTRY, CYCLE, "assessment").content)
    for who, code in ((Acting("sec", on_behalf_of="ben"), "reason_missing"),
                      (Acting("ana", on_behalf_of="ben", reason="x"), "not_allowed")):  # fmt: skip
        with pytest.raises(Problems) as refused:
            offline.taken(on, who, COUNTRY, CYCLE, data)
        assert codes(refused) == [code]
