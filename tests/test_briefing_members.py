"""The members' edition: what is internal leaves no trace in it."""

from __future__ import annotations

import io
import shutil
import zipfile

import pypdf
import pytest
from briefings import document, opened, words
from canaries import CANARY, planted

from a87lib import register
from a87lib.cli import group
from a87lib.desk import records
from a87lib.language import LANGUAGES
from a87lib.problems import Problems
from a87lib.report import briefing
from a87lib.report.briefing import matters, overview
from a87lib.report.briefing.annex import annex
from a87lib.report.briefing.inputs import inputs
from a87lib.report.briefing.on_file import on_file
from a87lib.report.briefing.opening import CIRCLES


@pytest.fixture(scope="module")
def marked(exercise_register, tmp_path_factory):
    return planted(exercise_register, tmp_path_factory.mktemp("canaries"))


def text_of(content: bytes, name: str) -> str:
    """All that a file holds as text: of a zip every member, of a PDF its pages and properties."""
    if name.endswith((".docx", ".xlsx")):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return "".join(package.read(n).decode(errors="replace") for n in package.namelist())
    if name.endswith(".pdf"):
        reader = pypdf.PdfReader(io.BytesIO(content))
        return "".join(page.extract_text() for page in reader.pages) + str(reader.metadata)
    return content.decode(errors="replace")


def test_the_canaries_are_there_to_be_found(marked):
    """The internal edition prints some of them, so that the search below can fail."""
    where, texts = marked
    assert texts > 300
    assert words(document(opened(where)).main).count(CANARY) > 10


@pytest.mark.slow
def test_no_canary_in_any_file_of_the_members_pack(marked, tmp_path):
    """HTML, PDF, DOCX, XLSX, the record, the index and the manifest."""
    arguments = ["briefing", "22", "--asof", "2025-12-15", "--for", "members", "--lang", "es",
                 "--out", str(tmp_path), "--register", marked[0]]  # fmt: skip
    assert group.main(args=arguments, standalone_mode=False) == 0
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".html", ".pdf", ".docx", ".xlsx", ".ipynb", ".json"}
    assert len(files) == 5 + 2
    for path in files:
        content = path.read_bytes()
        assert CANARY not in text_of(content, path.name), path.name
        assert CANARY.encode() not in content, path.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_internal_entry_changes_no_byte_of_the_members_edition(
    exercise_register, marked, language
):
    """Words, digest, known-at instant and annex are the same with canaries and without."""
    before = opened(exercise_register, language=language, edition="members")
    after = opened(marked[0], language=language, edition="members")
    assert before.digest == after.digest
    said = words(document(after).main)
    assert said == words(document(before).main) and CANARY not in said
    assert before.known_at == after.known_at and annex(before) == annex(after)


def test_every_reader_sees_with_their_own_eyes_however_often_a_register_is_read(exercise_register):
    """What one edition was made from is kept for the next one, and shows it nothing more."""
    with register.open(exercise_register) as on:
        for edition in ("internal", "members", "internal", "members"):
            reader = register.Reader.of(CIRCLES[edition])
            own = {entry.no for entry in on.entries(visible_to=reader)}
            assert opened(exercise_register, edition=edition).seen == own


def test_a_paper_is_as_new_as_the_register_and_nothing_erased_is_kept(exercise_register, tmp_path):
    """In a screen open for long, what was read before something was erased does not stay."""
    where = str(shutil.copy(exercise_register, tmp_path / "exercise.db"))
    stated = next(e for e in opened(where).whole.entries if getattr(e.body, "text", None))
    with register.open(where) as on:
        records.erase(on, [stated.no], by="sec")
    (after,) = (e for e in opened(where).whole.entries if e.no == stated.no)
    assert stated.body.text and not after.body.text
    assert on_file.cache_info().currsize == 1


def test_the_record_has_no_key_that_internal_entries_change(exercise_register):
    """A digest over hidden entries would tell of them."""
    assert inputs(opened(exercise_register, edition="members")) == ""
    assert inputs(opened(exercise_register)) != ""


def test_both_editions_give_the_same_answers(exercise_register):
    """Signs, statuses and matters are what the working group reports to all members (AF-REV-8)."""
    inside, outside = opened(exercise_register), opened(exercise_register, edition="members")
    for a, b in zip(inside.countries, outside.countries, strict=True):
        assert (a.code, a.status) == (b.code, b.status)
        assert [f.rule for f in overview.present(a)] == [f.rule for f in overview.present(b)]
    told = [
        [(m.subject, m.country.code) for m in matters.matters(each)] for each in (inside, outside)
    ]
    assert told[0] == told[1]


def test_the_chairs_brief_is_not_for_members(exercise_register):
    """Numbers run on without a gap."""
    this = opened(exercise_register, edition="members")
    assert "brief" not in this.papers and this.number("agenda") == 1
    assert briefing.paper(this, "brief").html == ""


def test_reviews_cannot_be_put_into_the_members_pack(exercise_register, tmp_path):
    """Country reviews are internal; the combination is refused before anything is written."""
    arguments = ["briefing", "22", "--for", "members", "--with-reviews", "--out",
                 str(tmp_path / "x"), "--register", exercise_register]  # fmt: skip
    with pytest.raises(Problems) as refused:
        group.main(args=arguments, standalone_mode=False)
    assert refused.value.exit_status == 2 and not (tmp_path / "x").exists()
