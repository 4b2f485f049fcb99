"""The pages in a real browser: nothing asked for, nothing run, no barrier, on any screen."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from document_sample import head, notebook
from payloads import PAYLOADS

from a87lib.report import documents as doc
from a87lib.report import page, tree
from a87lib.report.jobs import FORMATS
from a87lib.report.making import Made
from a87lib.report.manifest import Pack
from a87lib.report.manifest import index as index_of

sys.path.insert(0, str(Path(__file__).parent / "browser"))
from pages import chromium, look

WIDTHS = (1280, 360)


@pytest.fixture(scope="module")
def browser():
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    file = tmp_path_factory.mktemp("page") / "sample.html"
    file.write_bytes(page.render(tree.read(notebook())))
    return file


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pack")
    made = tuple(
        Made(f"{country}/review.{language}", head(language, country=country).about, {},
             tuple((f"{country}/review.{language}.{form}", "0" * 64, 99999) for form in FORMATS))
        for country in ("QMA", "QMB") for language in ("en", "fr", "es")
    )  # fmt: skip
    titles = {"en": "Exercise pack", "fr": "Dossier d'exercice", "es": "Carpeta de ejercicio"}
    pack = Pack("x", titles, date(2026, 5, 1), datetime(2026, 5, 2, tzinfo=UTC), "1", titles)
    file = folder / "index.html"
    file.write_bytes(index_of(pack, made))
    return file


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["sample", "index"])
def test_a_page_has_no_barrier_asks_for_nothing_and_fits_the_screen(browser, request, name, width):
    file = request.getfixturevalue(name)
    looked = look(browser, file, width)
    assert looked.violations() == []
    assert looked.requests == [file.as_uri()]
    assert looked.events == []
    assert looked.wider_than_screen() <= 0
    looked.page.close()


def test_on_a_telephone_no_language_of_the_index_is_cut(browser, index):
    """The table of documents fits beside the edges of the screen, in each of its languages."""
    looked = look(browser, index, 360)
    tables = looked.page.locator(".table")
    assert tables.count() == 3
    for table in tables.all():
        assert table.evaluate("box => box.scrollWidth - box.clientWidth") == 0
    looked.page.close()


def test_a_table_of_many_short_columns_is_whole_on_a_desk_s_screen(browser, tmp_path):
    """Beside the table of contents there is room for it: its last column is not cut."""
    table = doc.table("Cycles", list("abcdefgh"), [["2025"] * 8])
    file = tmp_path / "wide.html"
    cells = [head("en"), doc.section(2, "All cycles"), table]
    file.write_bytes(page.render(tree.read(notebook(cells))))
    looked = look(browser, file, 1280)
    box = looked.page.locator(".table", has=looked.page.locator("table.wide"))
    assert box.evaluate("box => box.scrollWidth - box.clientWidth") == 0
    looked.page.close()


def test_no_payload_runs_or_asks_for_anything(browser, tmp_path):
    cells = [
        head("en", country_name=PAYLOADS[0], notice=PAYLOADS[1], kind=PAYLOADS[18]),
        *(doc.section(2, text) for text in PAYLOADS),
        *(doc.stack(doc.paragraph(text), doc.markdown(text)) for text in PAYLOADS),
        *(doc.Element(text) for text in PAYLOADS if "<img" not in text),
        doc.figure(
            '<svg xmlns="http://www.w3.org/2000/svg" width="9pt" height="9pt" onload="alert(1)">'
            "<script>alert(2)</script><image href='http://127.0.0.1:9/p.png'/></svg>", "c", "a",
        ),
    ]  # fmt: skip
    file = tmp_path / "payloads.html"
    file.write_bytes(page.render(tree.read(notebook(cells))))
    looked = look(browser, file)
    looked.page.mouse.move(300, 300)
    looked.page.keyboard.press("Tab")
    looked.page.wait_for_timeout(300)
    assert [one for one in looked.requests if not one.startswith("data:")] == [file.as_uri()]
    assert looked.events == []
    assert looked.page.evaluate("() => document.scripts.length") == 0


def test_the_data_behind_a_chart_open_by_keyboard(browser, sample):
    looked = look(browser, sample)
    summary = looked.page.locator("summary").first
    summary.focus()
    looked.page.keyboard.press("Enter")
    assert looked.page.locator("details").first.get_attribute("open") is not None


def test_on_paper_the_data_behind_a_chart_is_shown(browser, sample):
    looked = look(browser, sample)
    looked.page.emulate_media(media="print")
    box = looked.page.locator("details table").first.bounding_box()
    assert box is not None and box["height"] > 40
