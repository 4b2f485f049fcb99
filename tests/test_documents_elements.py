"""The words in which report notebooks write refuse what no reader could use."""

from __future__ import annotations

import pytest
from document_sample import elements, head
from lxml import html
from payloads import PAYLOADS

from a87lib.report import documents as doc
from a87lib.report.about import MIME, About
from a87lib.report.gate import TAGS, clean


def test_all_text_is_escaped():
    for payload in PAYLOADS:
        for element in (
            doc.paragraph(payload),
            doc.table(payload, [payload], [[payload]], note=payload),
            doc.items([payload, (payload, [payload])]),
            doc.definition_list([(payload, [payload, payload])]),
            doc.callout("bad", payload, payload),
            doc.quotation(payload, payload),
            doc.section(2, payload),
        ):
            assert "<script" not in element.html
            assert "<img" not in element.html
            assert "\x00" not in element.html


def test_the_gate_leaves_our_own_elements_as_they_are():
    def canonical(fragment):
        return html.tostring(html.fragment_fromstring(fragment, create_parent="main"))

    for element in elements():
        assert canonical(clean(element.html)) == canonical(element.html)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_gate_lets_no_foreign_markup_in(payload):
    for fragment in (payload, f"<p>{payload}</p>", f"<table><tr><td>{payload}</td></tr></table>"):
        main = html.fragment_fromstring(clean(fragment), create_parent="main")
        for element in main.iterdescendants():
            assert element.tag in TAGS
            assert not [name for name in element.attrib if name.startswith("on") or name == "style"]
            assert element.get("href", "#").startswith(("http", "mailto:", "#"))
            assert element.get("src", "data:image/png;base64,").startswith("data:image/")


def test_an_empty_cell_is_refused_with_its_row_and_column():
    with pytest.raises(ValueError, match="row 2, column Jahr"):
        doc.table("c", ["Land", "Jahr"], [["A", 1], ["B", ""]])


def test_a_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match="row 1 has 1 cells, the table 2 columns"):
        doc.table("c", ["a", "b"], [["x"]])


def test_a_column_without_title_is_refused():
    with pytest.raises(ValueError, match="column 2 has no title"):
        doc.table("c", ["a", " "], [["x", "y"]])


def test_a_figure_without_description_is_refused():
    with pytest.raises(ValueError, match="no alternative text"):
        doc.figure('<svg width="10pt" height="10pt"/>', "c", "  ")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_never_printed_as_one(value):
    with pytest.raises(ValueError, match="say what is missing"):
        doc.number(value)


@pytest.mark.parametrize("value", [None, True, False])
def test_none_and_booleans_have_no_words_of_their_own(value):
    with pytest.raises((TypeError, ValueError)):
        doc.table("c", ["a"], [[value]])


def test_zero_is_a_value():
    assert ">0<" in doc.table("c", ["a", "b"], [["x", 0]]).html


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "data:text/html,x", "//host/x", "file:x"]
)
def test_a_link_leads_to_the_web_a_mailbox_or_a_section(target):
    with pytest.raises(ValueError, match="must begin with"):
        doc.link(target, "x")


def test_submitted_headings_come_below_their_section_without_gaps():
    made = doc.markdown("# A\n\n### B\n\n###### C\n\ntext", below=2).html
    assert "<h3>A</h3>" in made and "<h4>B</h4>" in made
    assert '<p class="minor">C</p>' in made
    assert "<h1" not in made and "<h2" not in made


def test_submitted_markdown_shows_raw_html_as_text_and_no_picture():
    made = doc.markdown("<b>x</b> ![alt](https://example.org/i.png)").html
    assert "&lt;b&gt;x&lt;/b&gt;" in made
    assert "<img" not in made


def test_a_title_carries_what_the_document_says_of_itself():
    title = head("es")
    said = title._repr_mimebundle_()[MIME]
    assert said["country"] == "QMA" and said["known_at"] == "2026-05-02T06:30:00Z"
    assert About.from_json(title.about.to_json()) == title.about


def test_numbers_stand_right_and_text_left():
    made = doc.table("c", ["a", "b"], [["x", 1.5], ["y", 2]]).html
    assert made.count('class="right"') == 3
