"""HTML, PDF and DOCX say the same, to everyone, and nothing in them runs."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import subprocess
import sys
import zipfile

import pikepdf
import pypdf
import pytest
from document_sample import chart, head, notebook
from docx import Document as WordDocument
from lxml import etree, html
from nbformat.v4 import new_code_cell, new_output
from payloads import PAYLOADS

from a87lib.language import LANGUAGES
from a87lib.problems import Problems
from a87lib.report import checks, docx, page, pdf, sameness, tree
from a87lib.report import documents as doc
from a87lib.report.fonts import FAMILIES, FOLDER, unsupported
from a87lib.report.fonts.make import COVERAGE_FILE, covered, ranges
from a87lib.report.inline import printable
from a87lib.report.jobs import SOURCES
from a87lib.report.pdf import fonts

RENDER = {"html": page.render, "pdf": pdf.render, "docx": docx.render}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def sample():
    return tree.read(notebook())


@pytest.fixture(scope="module")
def editions(sample):
    return {form: render(sample) for form, render in RENDER.items()}


def made(*cells):
    return tree.read(notebook([head("en"), *cells]))


def text_of_pdf(content):
    return "\n".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(content)).pages)


def part(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name).decode()


def test_the_three_editions_hold_the_same_tables_headers_captions_figures_and_headings(editions):
    counted = {form: checks.counts(content) for form, content in editions.items()}
    assert counted["html"] == counted["pdf"] == counted["docx"]
    assert counted["html"] == checks.Counts(
        tables=5, column_headers=26, row_headers=55, captions=7, described_figures=2, headings=9
    )


def test_the_pdf_declares_both_standards_its_language_and_its_title(editions):
    with pikepdf.open(io.BytesIO(editions["pdf"])) as opened:
        said = opened.Root.Metadata.read_bytes().decode()
        assert "<pdfuaid:part>1</pdfuaid:part>" in said
        assert "<pdfaid:part>3</pdfaid:part>" in said
        assert "<pdfaid:conformance>A</pdfaid:conformance>" in said
        assert opened.Root.Lang == "fr-FR"
        assert opened.Root.ViewerPreferences.DisplayDocTitle
        assert str(opened.docinfo.Title) == "Examen du pays – Maravie – 2025"
        assert opened.Root.MarkInfo.Marked


def test_every_row_header_of_the_pdf_is_named_and_its_cells_point_to_it(editions):
    with pikepdf.open(io.BytesIO(editions["pdf"])) as opened:
        root = opened.Root.StructTreeRoot
        names = pikepdf.NameTree(root.IDTree)
        listed = {str(key) for key in names}
        rows = [node for node in checks.structure(root) if str(node.S) == "/TR"]
        pointing = 0
        for row in rows:
            cells = list(row.K)
            owned = [str(cell.ID) for cell in cells if str(cell.S) == "/TH"]
            assert set(owned) <= listed
            for cell in cells:
                if str(cell.S) == "/TD":
                    held = [
                        str(one) for said in cell.A if "/Headers" in said for one in said.Headers
                    ]
                    assert set(owned) <= set(held) <= listed
                    pointing += 1
        assert pointing == 217


def test_the_pdf_carries_all_its_fonts_and_only_ours(editions):
    names = set()
    for one in pypdf.PdfReader(io.BytesIO(editions["pdf"])).pages:
        for font in one["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            assert (
                "/FontFile2" in inner["/FontDescriptor"] or "/FontFile3" in inner["/FontDescriptor"]
            )
            names.add(str(inner["/BaseFont"]).split("+")[-1])
    assert {"NotoSans-Regular", "NotoSans-Bold", "NotoSansArabic-Regular"} <= names
    assert not [name for name in names if not name.startswith(("NotoSans", "DroidSans", "A87"))]


def test_the_docx_has_real_styles_repeated_header_rows_and_its_language(editions):
    word = WordDocument(io.BytesIO(editions["docx"]))
    used = {paragraph.style.name for paragraph in word.paragraphs}
    assert {"Heading 1", "Heading 2", "Heading 3", "Lead", "Note", "Facts", "Table Caption"} <= used
    for table in word.tables:
        assert table.rows[0]._tr.find(f"{W}trPr/{W}tblHeader") is not None
        assert table._tbl.tblPr.find(f"{W}tblLook").get(f"{W}firstColumn") == "1"
    assert 'w:val="fr-FR"' in part(editions["docx"], "word/styles.xml")
    assert word.core_properties.language == "fr-FR"
    assert word.core_properties.title == "Examen du pays – Maravie – 2025"
    assert "Maravie · cycle 2025" in part(editions["docx"], "word/header1.xml")


def test_an_arabic_paragraph_runs_from_right_to_left_everywhere(editions):
    (arabic,) = html.document_fromstring(editions["html"].decode()).xpath("//p[@lang='ar']")
    assert arabic.get("dir") == "auto"
    root = etree.fromstring(part(editions["docx"], "word/document.xml").encode())
    (inside,) = (p for p in root.iter(f"{W}p") if "تستعرض" in "".join(p.itertext()))
    assert inside.find(f"{W}pPr/{W}bidi") is not None
    assert "تستعرض" in "".join(text_of_pdf(editions["pdf"])) or "ﺗ" in text_of_pdf(editions["pdf"])


def test_pictures_in_the_docx_are_png_and_described(editions):
    with zipfile.ZipFile(io.BytesIO(editions["docx"])) as package:
        media = [name for name in package.namelist() if name.startswith("word/media/")]
        assert len(media) == 2
        assert all(package.read(name).startswith(b"\x89PNG") for name in media)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_every_document_states_stands_in_each_edition(language):
    document = tree.read(notebook([head(language), doc.paragraph("x")]))
    texts = {
        "html": "".join(html.document_fromstring(page.render(document).decode()).itertext()),
        "pdf": text_of_pdf(pdf.render(document)),
        "docx": "".join(WordDocument(io.BytesIO(docx.render(document))).element.itertext()),
    }
    for form, text in texts.items():
        plain = re.sub(r"\s+", "", text)
        for label, value in document.about.facts():
            assert re.sub(r"\s+", "", value) in plain, (form, label)


def test_every_payload_is_only_words_in_all_three_editions():
    cells = [
        doc.table("Payloads", ["Nr", "Text"], [(str(n), text) for n, text in enumerate(PAYLOADS)]),
        *(doc.markdown(text) for text in PAYLOADS),
        *(doc.callout("bad", text, doc.quotation(text, text)) for text in PAYLOADS),
    ]
    document = made(*cells)
    for element in document.main.iterdescendants():
        assert element.tag not in ("script", "style", "iframe", "form", "object", "svg", "link")
        assert not [name for name in element.attrib if name.startswith("on")]
    content = page.render(document).decode()
    assert len(re.findall(r"<script", content)) == 0
    with pikepdf.open(io.BytesIO(pdf.render(document))) as opened:
        assert "/OpenAction" not in opened.Root and "/AA" not in opened.Root
        assert "/JavaScript" not in opened.Root.get("/Names", {})
        links = [
            str(note.A.URI)
            for one in opened.pages
            for note in one.get("/Annots", [])
            if "/A" in note and "/URI" in note.A
        ]
        assert all(link.startswith(("http://", "https://", "mailto:")) for link in links)
    word = docx.render(document)
    body = part(word, "word/document.xml")
    assert "instrText" not in body and "urn:x" not in re.sub(r"<w:t[^>]*>[^<]*</w:t>", "", body)
    table = WordDocument(io.BytesIO(word)).tables[0]
    rows = document.main.xpath(".//tbody/tr")
    for payload, row, told in zip(PAYLOADS, table.rows[1:], rows, strict=True):
        expected = " ".join(printable(payload).split())
        assert " ".join(row.cells[1].text.split()) == _as_word_keeps_it(expected)
        assert tree.words(told[1]) == expected


def _as_word_keeps_it(text):
    """Callout marks in text from outside are replaced, so that they cannot be taken for ours."""
    return text.replace("\ue0f1", "\ufffd").replace("\ue0f2", "\ufffd")


def test_no_character_stops_a_pdf():
    planes = [
        *range(0x20, 0x3000, 7),
        *range(0x3000, 0x30000, 97),
        0xE000,
        0xF8FF,
        0x1F600,
        0x10FFFF,
    ]
    letters = "".join(chr(point) for point in planes if not 0xD800 <= point <= 0xDFFF)
    content = pdf.render(made(doc.paragraph(letters)))
    assert content.startswith(b"%PDF")


def test_what_the_fonts_lack_is_named_at_the_end_of_the_pdf():
    said = re.sub(r"\s+", " ", text_of_pdf(pdf.render(made(doc.paragraph("Ok \U00012000 中")))))
    assert "1 character of this text is drawn as a crossed box" in said
    assert "U+12000 CUNEIFORM SIGN A" in said and "U+4E2D" not in said


def test_the_list_of_covered_characters_is_that_of_the_fonts():
    listed = (FOLDER / COVERAGE_FILE).read_text().split()
    assert listed == [f"{first:04X}-{last:04X}" for first, last in ranges(covered())]
    assert unsupported("Aé中ع→✓") == []


def test_all_font_families_named_are_bundled():
    assert set(FAMILIES) == set(fonts().families())


SCRIPT = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from document_sample import notebook
from a87lib.report import docx, page, pdf, sameness, tree
made = notebook()
document = tree.read(made)
parts = [page.render(document), pdf.render(document), docx.render(document)]
parts.append(sameness.notebook(made).encode())
print(*(hashlib.sha256(part).hexdigest() for part in parts))
"""


def test_whatever_a_document_is_made_from_makes_it_again_where_it_changes(project):
    """No kind of file beside the code of documents is left out of the digest of the code."""
    parts = [project / "a87lib" / name for name in ("report", "language", "framework", "rules")]
    files = [path for part in parts for path in part.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} - {".pyc"} == set(SOURCES)


def test_same_bytes_whatever_the_hash_seed_time_zone_locale_and_folder(tmp_path, project):
    seen = set()
    for number, (seed, zone, locale) in enumerate(
        (("0", "UTC", "C.UTF-8"), ("77", "Pacific/Kiritimati", "ar_EG.UTF-8"))
    ):
        folder = tmp_path / f"ö {number}"
        folder.mkdir()
        changed = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "SOURCE_DATE_EPOCH": "5"}
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, str(project / "tests")],
            cwd=folder, env={**os.environ, **changed}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        seen.add(done.stdout.strip().splitlines()[-1])
    assert len(seen) == 1 and len(seen.pop().split()) == 4


def test_the_record_forgets_times_paths_counters_and_random_ids():
    first, second = notebook(), notebook()
    for number, one in enumerate((first, second)):
        one.metadata["papermill"] = {"duration": number, "output_path": f"{number}.ipynb"}
        one.cells[1]["id"] = f"abcdef0{number}"
        one.cells[1].metadata["execution"] = {"iopub.execute_input": str(number)}
        styler = f'<style>#T_{number}abcd_row0 {{}}</style><table id="T_{number}abcd"></table>'
        output = new_output(
            "display_data", data={"text/html": styler, "text/plain": f"<X at 0x7f00{number}a00>"}
        )
        one.cells.append(new_code_cell("x", outputs=[output]))
    assert sameness.notebook(first) == sameness.notebook(second)
    assert json.loads(sameness.notebook(first))["cells"][-1]["source"] in ("x", ["x"])


def test_a_picture_without_description_is_refused_with_its_cell():
    broken = notebook()
    broken.cells.append(
        new_code_cell("f", outputs=[new_output("display_data", data={"image/png": "AAAA"})])
    )
    with pytest.raises(Problems) as raised:
        tree.read(broken)
    assert raised.value.problems[0].code == "figure_without_description"
    assert raised.value.problems[0].where == f"cell {len(broken.cells)}"


@pytest.mark.parametrize("cells", [[doc.paragraph("x")], [head("en"), head("fr")]])
def test_a_document_has_exactly_one_title(cells):
    with pytest.raises(Problems) as raised:
        tree.read(notebook(cells))
    assert raised.value.problems[0].code == "document_title"


def test_a_link_to_a_section_that_does_not_exist_is_refused():
    with pytest.raises(Problems) as raised:
        made(doc.paragraph(doc.link("#nowhere", "there")))
    assert raised.value.problems[0].code == "link_to_nowhere"


def test_headings_never_skip_a_level_and_have_names_of_their_own():
    document = made(
        doc.section(4, "Deep"), doc.section(2, "A"), doc.section(4, "A"), doc.section(2, "A")
    )
    found = [
        (element.tag, element.get("id")) for element in document.main.iter("h1", "h2", "h3", "h4")
    ]
    assert found == [("h1", "maravie"), ("h2", "deep"), ("h2", "a"), ("h3", "a-2"), ("h2", "a-3")]


def test_numbers_are_written_as_the_language_writes_them():
    number = doc.paragraph(1234.5, " / ", doc.number(7, 1, percent=True))
    english = tree.read(notebook([head("en"), number])).main.xpath("string(p)")
    french = tree.read(notebook([head("fr"), number])).main.xpath("string(p)")
    assert english == "1,234.5 / 7.0%"
    assert french == "1\u202f234,5 / 7,0\u202f%"


def test_a_data_frame_of_an_analyst_becomes_a_table_with_header_cells():
    frame = (
        "<div><style scoped>x</style><table border='1' class='dataframe'><thead><tr><th></th>"
        "<th>a</th></tr></thead><tbody><tr><th>0</th><td>1</td></tr></tbody></table></div>"
    )
    document = made(doc.Element(frame))
    assert [cell.get("scope") for cell in document.main.iter("th")] == ["col", "row"]
    assert pdf.render(document) and docx.render(document)


def test_the_same_chart_gives_the_same_svg():
    drawn = [doc.figure(chart("x"), "c", "a").html for _ in range(2)]
    assert hashlib.sha256(drawn[0].encode()).digest() == hashlib.sha256(drawn[1].encode()).digest()
