"""The files of a briefing: the same bytes, one PDF with its tree, a DOCX that can be edited."""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile

import pikepdf
import pypdf
import pytest
from briefings import document, opened, printed, read
from docx import Document as WordDocument
from docx.shared import Pt, RGBColor
from lacking import office
from reviewing import opened as review_opened

from a87lib.cli import group
from a87lib.report import checks, docx, page, pdf, review
from a87lib.report.merging import merged
from a87lib.report.rowheads import structure


@pytest.fixture(scope="module")
def french(exercise_register):
    return document(opened(exercise_register, language="fr"))


@pytest.fixture(scope="module")
def french_docx(french):
    return docx.render(french)


def review_document(register, country, language):
    this = review_opened(register, country, language)
    sections = (review.glance, review.standing, review.obligations, review.five_signs,
                review.early_warnings, review.to_decide, review.comments)  # fmt: skip
    named = ("glance", "standing", "cycle", "signs", "warnings", "decisions", "comments")
    parts = [
        part
        for name, section in zip(named, sections, strict=True)
        for part in (this.section(name), section(this))
    ]
    last = [this.section("statements"), review.third_parties(this), this.section("sources"),
            review.sources(this), this.section("annex"), review.annex(this)]  # fmt: skip
    return read(review.head(this), *parts, *last)


def test_the_three_editions_hold_the_same(exercise_register, french, french_docx):
    """Tables, headers, captions and headings are as many in HTML, PDF and DOCX."""
    made = printed(exercise_register, "fr")
    counted = [checks.counts(each) for each in (page.render(french), made, french_docx)]
    assert counted[0] == counted[1] == counted[2] and counted[0].tables > 20


def test_the_same_inputs_give_the_same_bytes(exercise_register, french, french_docx):
    """A second opening of the register gives the same HTML, PDF and DOCX."""
    again = document(opened(exercise_register, language="fr"))
    assert docx.render(again) == french_docx
    assert pdf.render(again) == printed(exercise_register, "fr")
    assert page.render(again) == page.render(french)


@pytest.fixture(scope="module")
def annexes(exercise_register):
    return [review_document(exercise_register, code, "fr") for code in ("QMA", "QMC")]


def test_one_pdf_of_briefing_and_reviews_keeps_its_structure(french, annexes):
    """Language, structure tree, bookmarks of every part, pages numbered through; the same bytes."""
    first, whole = french, merged(french, annexes, french.about)
    made = pdf.render(whole)
    assert made == pdf.render(merged(french, annexes, french.about))
    with pikepdf.open(io.BytesIO(made)) as held:
        assert held.Root.Lang == "fr-FR"
        kinds = [str(node.S) for node in structure(held.Root.StructTreeRoot)]
        count = len(held.pages)
    tables = sum(len(part.main.findall(".//table")) for part in (first, *annexes))
    assert kinds.count("/Table") == tables and kinds.count("/H1") == 1
    reader = pypdf.PdfReader(io.BytesIO(made))
    titles = [entry.title for entry in reader.outline[0:] if not isinstance(entry, list)]
    flat = json.dumps([str(e) for e in reader.outline], ensure_ascii=False)
    assert titles and all(part.about.title in flat for part in annexes)
    assert all(f"{n}/{count}" in p.extract_text() for n, p in enumerate(reader.pages, 1))


def test_tables_of_a_merged_document_are_numbered_through(french, annexes):
    """No two tables have the same number."""
    whole = merged(french, annexes, french.about)
    marks = [c[0].text for c in whole.main.iter("caption") if c[0].text.startswith("Table")]
    assert len(marks) == len(set(marks)) > 40


def test_page_references_are_fields_and_headings_begin_pages(french_docx):
    """Word and LibreOffice fill in the pages; a break before a heading is a property of it."""
    with zipfile.ZipFile(io.BytesIO(french_docx)) as package:
        text = package.read("word/document.xml").decode()
    fields = set(re.findall(r'instr=" PAGEREF (\S+) ', text))
    names = set(re.findall(r'w:bookmarkStart [^>]*w:name="([^"]+)"', text))
    assert {"brief", "agenda", "decisions"} <= fields <= names
    assert text.count("<w:pageBreakBefore/>") >= 5


def test_an_office_can_use_its_own_reference_document(french, tmp_path):
    """Its fonts and colours are used; of our styles it gets those that it lacks."""
    own = WordDocument(str(docx.OURS))
    own.styles["Heading 2"].font.color.rgb = RGBColor(0xC0, 0x00, 0x40)
    badge = own.styles["Badge good"].element
    badge.getparent().remove(badge)
    own.save(tmp_path / "own.docx")
    made = WordDocument(io.BytesIO(docx.render(french, tmp_path / "own.docx")))
    assert made.styles["Heading 2"].font.color.rgb == RGBColor(0xC0, 0x00, 0x40)
    assert "Badge good" in [style.name for style in made.styles]


RED = (0xA0, 0x10, 0x10)
_FILL = re.compile(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|scn)\b")


def printed_colours(reader):
    """The colours in which a PDF is filled, text above all."""
    contents = (page.get_contents() for page in reader.pages)
    found = {parts for c in contents if c is not None for parts in _FILL.findall(c.get_data())}
    return {tuple(round(float(part) * 255) for part in parts) for parts in found}


@pytest.mark.slow
def test_the_french_docx_survives_an_office(exercise_register, french_docx, tmp_path):
    """A heading style and a paragraph are changed, LibreOffice prints: nothing breaks."""
    edited = WordDocument(io.BytesIO(french_docx))
    assert RED not in printed_colours(pypdf.PdfReader(io.BytesIO(printed(exercise_register, "fr"))))
    heading = edited.styles["Heading 2"].font
    heading.color.rgb, heading.size = RGBColor(*RED), Pt(21)
    lead = next(p for p in edited.paragraphs if p.style.name == "Lead")
    lead.text = "Paragraphe modifié par le bureau."
    edited.save(tmp_path / "edited.docx")
    profile = (tmp_path / "profile").as_uri()
    command = [office(), f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf",
               "--outdir", str(tmp_path), str(tmp_path / "edited.docx")]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    reader = pypdf.PdfReader(tmp_path / "edited.pdf")
    assert RED in printed_colours(reader), "the headings were not printed in their new style"
    text = "\n".join(each.extract_text() for each in reader.pages)
    assert "Paragraphe modifié par le bureau." in text and len(reader.pages) >= 12
    titles = [p.text for p in edited.paragraphs if p.style.name.startswith("Heading")]
    flat = re.sub(r"\s+", "", text)
    assert all(re.sub(r"\s+", "", title) in flat for title in titles)
    assert not re.search(r"Error:?!?Reference|Referencesourcenotfound|Erreur!", flat)
    listed = re.search(r"Suites de la dernière réunion\s+\d+\s+\d+\s+(\d+)", text)
    assert listed and int(listed[1]) > 1, "the page of a paper was not filled in"


@pytest.mark.slow
def test_the_command_makes_a_pack_that_a_second_run_leaves_as_it_is(exercise_register, tmp_path):
    """All editions, the annex and the manifest; the same bytes in another folder."""

    def run(folder):
        arguments = ["briefing", "22", "--asof", "2025-12-15", "--lang", "fr", "--out", str(folder),
                     "--register", exercise_register]  # fmt: skip
        assert group.main(args=arguments, standalone_mode=False) == 0
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}

    first = run(tmp_path / "a")
    assert {"gcm-22/briefing.fr.html", "gcm-22/briefing.fr.pdf", "gcm-22/briefing.fr.docx",
            "gcm-22/annex.fr.xlsx", "manifest.json", "index.html"} <= set(first)  # fmt: skip
    assert run(tmp_path / "a") == first == run(tmp_path / "b")
    told = json.loads(first["manifest.json"])
    listed = {file["path"] for one in told["documents"] for file in one["files"]}
    assert listed == set(first) - {"manifest.json", "index.html"}
