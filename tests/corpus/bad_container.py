"""The file itself is not what it should be."""

from __future__ import annotations

import itertools
import os
import struct

from corpus.case import Made, bad
from corpus.filling import Sheets
from corpus.parts import changed, members, replaced, sheet_part, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
FIGURES = sheet_part(7)
DTD = '<?xml version="1.0"?><!DOCTYPE x [{}]>'


def ole(stream: str) -> bytes:
    """The beginning of an OLE file with a directory entry of this name."""
    return OLE + stream.encode("utf-16-le").ljust(64, b"\0") + b"\0" * 448


def with_dtd(data: bytes, part: str, definitions: str, inside: str = "") -> bytes:
    """A part that begins with a document type of its own."""

    def change(content: bytes) -> bytes:
        _, _, rest = content.partition(b"?>") if content.startswith(b"<?xml") else ("", "", content)
        start = DTD.format(definitions).encode()
        return start + (rest.replace(b"<t>", f"<t>{inside}".encode(), 1) if inside else rest)

    return changed(data, {part: change})


@bad("file_empty")
def empty(_: Sheets) -> Made:
    return Made(b"")


@bad("file_truncated")
def half_of_it(sheets: Sheets) -> Made:
    data = sheets.saved()
    return Made(data[: len(data) // 2])


@bad("file_truncated")
def cut_upload(sheets: Sheets) -> Made:
    return Made(sheets.saved()[:-30])


@bad("file_truncated")
def a_member_is_damaged(sheets: Sheets) -> Made:
    data = bytearray(sheets.saved())
    at = data.index(b"xl/workbook.xml") + 60
    data[at : at + 40] = b"\xff" * 40
    return Made(bytes(data))


@bad("file_csv")
def csv_called_xlsx(_: Sheets) -> Made:
    return Made(b"indicator;sex;value\nO1;total;12,5\nO2;total;14\n")


@bad("file_html")
def web_page_called_xlsx(_: Sheets) -> Made:
    return Made(b"<html><body><table><tr><td>12</td></tr></table></body></html>")


@bad("file_document", found="docx")
def word_called_xlsx(_: Sheets) -> Made:
    return Made(zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}))


@bad("file_document", found="pdf")
def pdf_called_xlsx(_: Sheets) -> Made:
    return Made(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n")


@bad("file_encrypted")
def password_protected(_: Sheets) -> Made:
    return Made(ole("EncryptedPackage"))


@bad("file_encrypted")
def member_encrypted(sheets: Sheets) -> Made:
    data = bytearray(sheets.saved())
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    return Made(bytes(data))


@bad("file_xls")
def old_excel(_: Sheets) -> Made:
    return Made(ole("Workbook"))


@bad("file_xlsb")
def binary_excel(_: Sheets) -> Made:
    return Made(zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"\x83\x01"}))


@bad("file_ods")
def open_document(_: Sheets) -> Made:
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return Made(zipped({"mimetype": kind, "content.xml": b"<office/>"}))


@bad("file_not_workbook", found="zip")
def open_document_damaged_where_it_says_what_it_is(_: Sheets) -> Made:
    data = bytearray(zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}))
    at = data.index(b"mimetype") + len(b"mimetype")
    data[at : at + 10] = b"\xff" * 10
    return Made(bytes(data))


@bad("file_macros")
def macros(sheets: Sheets) -> Made:
    return Made(changed(sheets.saved(), {"xl/vbaProject.bin": b"\xcc\x61"}))


@bad("file_macros")
def macros_by_content_type(sheets: Sheets) -> Made:
    old = "openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    change = replaced(
        f"application/vnd.{old}", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    )
    return Made(changed(sheets.saved(), {"[Content_Types].xml": change}))


@bad("zip_inflates")
def small_file_that_inflates_to_200_mb(sheets: Sheets) -> Made:
    return Made(changed(sheets.saved(), {"xl/media/image1.bin": b"\0" * 200_000_000}))


@bad("zip_members")
def thousands_of_members(sheets: Sheets) -> Made:
    return Made(changed(sheets.saved(), {f"xl/media/{n}.bin": b"" for n in range(2000)}))


@bad("zip_duplicate_member")
def member_twice(sheets: Sheets) -> Made:
    parts = members(sheets.saved())
    return Made(zipped(parts, {FIGURES: parts[FIGURES]}))


@bad("zip_duplicate_member")
def member_twice_in_other_letters(sheets: Sheets) -> Made:
    parts = members(sheets.saved())
    return Made(zipped({**parts, "XL/Workbook.xml": parts["xl/workbook.xml"]}))


@bad("zip_unsafe_member")
def member_outside(sheets: Sheets) -> Made:
    return Made(changed(sheets.saved(), {"../../evil.xml": b"<x/>"}))


@bad("zip_unsafe_member")
def member_with_absolute_name(sheets: Sheets) -> Made:
    return Made(changed(sheets.saved(), {"/etc/evil.xml": b"<x/>"}))


@bad("too_many_rows")
def rows_600_000(sheets: Sheets) -> Made:
    rows = b"".join(
        b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1000, 601_000)
    )

    def change(content: bytes) -> bytes:
        return content.replace(b"</sheetData>", rows + b"</sheetData>")

    return Made(
        changed(sheets.saved(), {FIGURES: change}), f"{sheets.sheet('figures').title}!A5001"
    )


@bad("cell_far_away")
def one_cell_at_the_far_end(sheets: Sheets) -> Made:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    data = changed(sheets.saved(), {FIGURES: replaced("</sheetData>", far)})
    return Made(data, f"{sheets.sheet('figures').title}!XFD1048576")


@bad("too_many_cells")
def too_many_cells(sheets: Sheets) -> Made:
    cells = "".join(f'<row r="{r}">{"<c><v>1</v></c>" * 60}</row>' for r in range(600, 1700))
    data = changed(sheets.saved(), {FIGURES: replaced("</sheetData>", f"{cells}</sheetData>")})
    return Made(data, sheets.sheet("figures").title)


@bad("xml_dtd")
def external_entity(sheets: Sheets) -> Made:
    definition = '<!ENTITY e SYSTEM "file:///etc/passwd">'
    return Made(with_dtd(sheets.saved(), FIGURES, definition, "&e;"))


@bad("xml_dtd")
def external_entity_in_a_sheet(sheets: Sheets) -> Made:
    definition = '<!ENTITY % e SYSTEM "http://127.0.0.1:9/x.dtd"> %e;'
    return Made(with_dtd(sheets.saved(), FIGURES, definition))


@bad("xml_dtd")
def billion_laughs(sheets: Sheets) -> Made:
    names = "abcdefghij"
    laughs = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in itertools.pairwise(names)
    )
    return Made(with_dtd(sheets.saved(), FIGURES, laughs, "&j;"))


@bad("xml_dtd")
def document_type_in_utf_16(sheets: Sheets) -> Made:
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><styleSheet/>'
    return Made(changed(sheets.saved(), {"xl/styles.xml": text.encode("utf-16")}))


@bad("xml_malformed")
def markup_left_open(sheets: Sheets) -> Made:
    return Made(changed(sheets.saved(), {FIGURES: replaced("</sheetData>", "")}))


@bad("file_too_large")
def over_15_mib(sheets: Sheets) -> Made:
    return Made(changed(sheets.saved(), {"xl/media/image1.png": os.urandom(16 << 20)}))


@bad("template_version", found="2019.4")
def old_template(sheets: Sheets) -> Made:
    sheet = sheets.sheet("a87")
    row = next(c.row for c in sheet["A"] if c.value == "template")
    sheet.cell(row, 2).value = "2019.4"
    return Made(sheets.saved(), f"a87!B{row}")


@bad("template_unknown")
def hidden_sheet_removed(sheets: Sheets) -> Made:
    del sheets.book["a87"]
    return Made(sheets.saved(), "a87")


@bad("template_unknown")
def some_other_workbook(_: Sheets) -> Made:
    import io

    import openpyxl

    book, buffer = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = "Budget"
    book.save(buffer)
    return Made(buffer.getvalue(), "a87")


@bad("template_changed")
def hidden_sheet_changed(sheets: Sheets) -> Made:
    sheet = sheets.sheet("a87")
    row = next(c.row for c in sheet["A"] if c.value == "country")
    sheet.cell(row, 2).value = "Ivory Coast"
    return Made(sheets.saved(), f"a87!B{row}")


@bad("external_links")
def link_to_another_workbook(sheets: Sheets) -> Made:
    return Made(changed(sheets.saved(), {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}))


@bad("external_links")
def relationship_to_an_address(sheets: Sheets) -> Made:
    relation = (
        '<Relationship Id="x9" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/attachedTemplate" Target="http://127.0.0.1:9/t.dotm" TargetMode="External"/>'
        "</Relationships>"
    )
    change = replaced("</Relationships>", relation)
    return Made(changed(sheets.saved(), {"xl/_rels/workbook.xml.rels": change}))


@bad("external_links")
def connection_to_a_database(sheets: Sheets) -> Made:
    return Made(changed(sheets.saved(), {"xl/connections.xml": b"<connections/>"}))


@bad("ole_objects")
def embedded_object(sheets: Sheets) -> Made:
    return Made(changed(sheets.saved(), {"xl/embeddings/oleObject1.bin": ole("Ole10Native")}))


@bad("member_missing")
def sheet_without_its_part(sheets: Sheets) -> Made:
    parts = members(sheets.saved())
    del parts[FIGURES]
    return Made(zipped(parts), sheets.sheet("figures").title)


@bad("file_not_workbook")
def a_picture(_: Sheets) -> Made:
    return Made(b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13))


def _with_evidence(sheets: Sheets, name: str, content: bytes) -> Made:
    sheets.put("evidence", 5, "file", name)
    return Made(sheets.saved(), name, {name: content})


@bad("evidence_name_differs", found="docx")
def evidence_is_a_document_of_another_kind(sheets: Sheets) -> Made:
    made = _with_evidence(sheets, "survey.pdf", b"")
    return Made(made.data, "survey.pdf", {"survey.pdf": zipped({"word/document.xml": b"<w/>"})})


@bad("evidence_type_refused", found="html")
def evidence_with_a_script(sheets: Sheets) -> Made:
    return _with_evidence(sheets, "survey.pdf", b"<html><script>alert(1)</script></html>")


@bad("evidence_type_refused", found="program")
def evidence_is_a_program(sheets: Sheets) -> Made:
    return _with_evidence(sheets, "survey.pdf", b"MZ\x90\x00" + b"\0" * 100)


@bad("evidence_not_named")
def evidence_that_no_row_names(sheets: Sheets) -> Made:
    return Made(sheets.saved(), "", {"other.pdf": b"%PDF-1.7\n"})


@bad("too_many_cells")
def two_million_empty_cells(sheets: Sheets) -> Made:
    rows = b"".join(b'<row r="%d">%s</row>' % (n, b'<c s="1"/>' * 1000) for n in range(200, 2200))

    def change(content: bytes) -> bytes:
        return content.replace(b"</sheetData>", rows + b"</sheetData>")

    return Made(changed(sheets.saved(), {FIGURES: change}), sheets.sheet("figures").title)


@bad("zip_inflates")
def styles_of_70_mib(sheets: Sheets) -> Made:
    def change(content: bytes) -> bytes:
        return content.replace(b"</styleSheet>", b"<x/>" * (70 << 18) + b"</styleSheet>")

    return Made(changed(sheets.saved(), {"xl/styles.xml": change}))


@bad("too_much_text")
def millions_of_shared_texts(sheets: Sheets) -> Made:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    texts = f'<sst xmlns="{main}">'.encode() + b"<si><t>x</t></si>" * 3_000_000 + b"</sst>"
    relation = (
        '<Relationship Id="s1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    )
    parts = {"xl/sharedStrings.xml": texts,
             "xl/_rels/workbook.xml.rels": replaced("</Relationships>", relation)}  # fmt: skip
    return Made(changed(sheets.saved(), parts))
