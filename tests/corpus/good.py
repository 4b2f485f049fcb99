"""Workbooks that must be taken in: every writer, language and harmless habit."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import xlsxwriter
from lacking import office

from corpus.filling import FIRST, HEADER, Sheets, figure
from corpus.parts import changed, members, replaced, sheet_part, zipped

Write = Callable[[Sheets, Path], bytes]


@dataclass(frozen=True)
class Good:
    """A good workbook. country: of whom; differs: what it says beside the ordinary workbook."""

    name: str
    write: Write
    country: str = "CIV"
    language: str = "en"
    differs: str = ""


GOOD: list[Good] = []


def good(*languages: str, country: str = "CIV", differs: str = "") -> Callable[[Write], Write]:
    """Registers a function that writes a good workbook, once for each language."""

    def register(write: Write) -> Write:
        for language in languages or ("en",):
            name = f"{write.__name__}-{language}"
            GOOD.append(Good(name, write, country, language, differs))
        return write

    return register


@good("en", "fr", "es")
def saved_by_openpyxl(sheets: Sheets, _: Path) -> bytes:
    assert sheets.book.worksheets
    return sheets.saved()


@good("en", "fr", "es")
def written_by_xlsxwriter(sheets: Sheets, _: Path) -> bytes:
    """Every cell copied into a new file, as an export from another program would be."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    days = book.add_format({"num_format": "dd/mm/yyyy"})
    for source in sheets.book.worksheets:
        sheet = book.add_worksheet(source.title)
        for cell in (cell for row in source.iter_rows() for cell in row if cell.value is not None):
            at = cell.row - 1, cell.column - 1
            if cell.is_date:
                sheet.write_datetime(*at, cell.value, days)
            elif isinstance(cell.value, (int, float)):
                sheet.write_number(*at, cell.value)
            else:
                sheet.write_string(*at, cell.value)
        if source.sheet_state != "visible":
            sheet.hide()
    book.close()
    return buffer.getvalue()


@good("en", "fr", "es")
def saved_by_libreoffice(sheets: Sheets, folder: Path) -> bytes:
    return through_libreoffice(sheets.saved(), folder, "xlsx")


@good("fr")
def through_libreoffice_and_its_own_format(sheets: Sheets, folder: Path) -> bytes:
    """Saved as ODS, and from there as XLSX."""
    other = through_libreoffice(sheets.saved(), folder, "ods")
    return through_libreoffice(other, folder / "again", "xlsx", "ods")


def through_libreoffice(data: bytes, folder: Path, to: str, source: str = "xlsx") -> bytes:
    """The file opened by LibreOffice and saved in a format."""
    if (known := hashlib.sha256(data).hexdigest() + to) not in SAVED:
        all_through_libreoffice([data], folder, to, source)
    return SAVED[known]


SAVED: dict[str, bytes] = {}
"""What LibreOffice made, by the digest of what it was given and the format asked for."""


def all_through_libreoffice(
    files: Sequence[bytes], folder: Path, to: str, source: str = "xlsx"
) -> None:
    """Opens and saves several files in one start of LibreOffice."""
    program = office()
    folder.mkdir(parents=True, exist_ok=True)
    digests = [hashlib.sha256(data).hexdigest() for data in files]
    given = [folder / f"{digest}.{source}" for digest in digests]
    for path, data in zip(given, files, strict=True):
        path.write_bytes(data)
    above = folder.parent if folder.name == "again" else folder
    profile = (above.parent / "libreoffice").as_uri()  # made once for all
    subprocess.run(
        [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", to,
         "--outdir", str(folder / "out"), *map(str, given)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    for digest in digests:
        SAVED[digest + to] = (folder / "out" / f"{digest}.{to}").read_bytes()


SHEET = (
    '<?xml version="1.0" encoding="{encoding}"?><x:worksheet xmlns:x="http://schemas.openxmlformats'
    '.org/spreadsheetml/2006/main"><x:sheetData>{rows}</x:sheetData></x:worksheet>'
)


def by_hand(sheets: Sheets, *, encoding: str = "UTF-8", places: bool = True) -> bytes:
    """XML written by hand: prefixes on every element, inline texts, no styles but for days."""
    from xml.sax.saxutils import escape

    parts = members(sheets.saved())
    for order, source in enumerate(sheets.book.worksheets, start=1):
        rows = []
        for row in source.iter_rows():
            cells = []
            for cell in row:
                at = f' r="{cell.coordinate}"' if places else ""
                if cell.value is None:
                    cells.append("" if places else "<x:c/>")
                elif cell.is_date:
                    cells.append(f'<x:c{at} t="d"><x:v>{cell.value:%Y-%m-%d}</x:v></x:c>')
                elif isinstance(cell.value, (int, float)):
                    cells.append(f"<x:c{at}><x:v>{cell.value!r}</x:v></x:c>")
                else:
                    text = escape(cell.value)
                    cells.append(f'<x:c{at} t="inlineStr"><x:is><x:t>{text}</x:t></x:is></x:c>')
            number = f' r="{row[0].row}"' if places else ""
            rows.append(f"<x:row{number}>{''.join(cells)}</x:row>")
        xml = SHEET.format(rows="".join(rows), encoding=encoding)
        parts[sheet_part(order)] = xml.encode(encoding)
    return zipped(parts)


@good("en", "fr", "es")
def written_by_hand(sheets: Sheets, _: Path) -> bytes:
    return by_hand(sheets)


@good("fr")
def written_by_hand_in_utf_16(sheets: Sheets, _: Path) -> bytes:
    return by_hand(sheets, encoding="UTF-16")


@good("es")
def written_by_hand_without_places(sheets: Sheets, _: Path) -> bytes:
    """Rows and cells without their references, which are then counted."""
    return by_hand(sheets, places=False)


@good("en")
def texts_in_a_shared_list_with_formatting(sheets: Sheets, _: Path) -> bytes:
    """Texts by number from a shared list, in runs of different looks, with phonetic readings."""
    parts = members(sheets.saved())
    texts: list[str] = []

    def shared(found: re.Match[str]) -> str:
        texts.append(found[2])
        return f'<c{found[1]} t="s"><v>{len(texts) - 1}</v></c>'

    pattern = re.compile(r'<c([^>]*?) t="inlineStr"><is><t[^>]*>(.*?)</t></is></c>', re.S)
    for order in range(1, len(sheets.book.worksheets) + 1):
        text = parts[sheet_part(order)].decode()
        parts[sheet_part(order)] = pattern.sub(shared, text).encode()
    items = "".join(
        f'<si><r><t xml:space="preserve">{t[:1]}</t></r><r><rPr><b/></rPr>'
        f'<t xml:space="preserve">{t[1:]}</t></r><rPh sb="0" eb="1"><t>kana</t></rPh></si>'
        if "&" not in t else f"<si><t>{t}</t></si>"
        for t in texts
    )  # fmt: skip
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{items}</sst>'.encode()
    relation = (
        '<Relationship Id="s1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    )
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = replaced("</Relationships>", relation)(parts[name])
    return zipped(parts)


@good("en", "fr")
def days_counted_from_1904(sheets: Sheets, _: Path) -> bytes:
    """A workbook of old Macintosh programs: the same days, other numbers."""
    sheets.book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    return sheets.saved()


@good("en")
def days_as_text(sheets: Sheets, _: Path) -> bytes:
    sheets.put("evidence", FIRST, "dated", "30/09/2024")
    sheets.cover("approved_on", "2025-04-11")
    return sheets.saved()


@good("en")
def a_lying_dimension(sheets: Sheets, _: Path) -> bytes:
    """The sheet says that it ends at A1; all rows are read nevertheless."""
    lying = re.compile(rb'<dimension ref="[^"]*"\s*/>')

    def change(content: bytes) -> bytes:
        assert lying.search(content)
        return lying.sub(b'<dimension ref="A1"/>', content)

    return changed(sheets.saved(), {sheet_part(n): change for n in range(2, 9)})


@good("en", "fr", "es")
def titles_with_other_spaces_and_case(sheets: Sheets, _: Path) -> bytes:
    for table in ("actions", "figures", "evidence"):
        for cell in sheets.sheet(table)[HEADER]:
            if cell.value:
                cell.value = f"  {cell.value.upper()} ".replace(" ", "\u00a0")
    return sheets.saved()


@good("en", "es")
def columns_in_another_order(sheets: Sheets, _: Path) -> bytes:
    sheet = sheets.sheet("participation")
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEADER)]
    for offset, row in enumerate(rows):
        for column, value in enumerate(reversed(row), start=1):
            sheet.cell(HEADER + offset, column).value = value
    return sheets.saved()


@good("fr")
def blank_rows_between(sheets: Sheets, _: Path) -> bytes:
    for table in ("actions", "figures"):
        sheets.sheet(table).insert_rows(FIRST + 2, 3)
    return sheets.saved()


@good("en")
def rows_sorted_otherwise(sheets: Sheets, _: Path) -> bytes:
    sheet = sheets.sheet("actions")
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST, max_row=9)]
    for offset, row in enumerate(reversed(rows)):
        for column, value in enumerate(row, start=1):
            sheet.cell(FIRST + offset, column).value = value
    return sheets.saved()


@good("en")
def sheets_in_another_order(sheets: Sheets, _: Path) -> bytes:
    sheets.book._sheets.reverse()
    return sheets.saved()


@good("en", country="NAM")
def na_is_namibia(sheets: Sheets, _: Path) -> bytes:
    sheets.cover("country", "NA")
    return sheets.saved()


@good("fr")
def country_with_decomposed_accents(sheets: Sheets, _: Path) -> bytes:
    sheets.cover("country", unicodedata.normalize("NFD", "Côte d’Ivoire"))
    return sheets.saved()


@good("en", "fr")
def country_with_another_apostrophe(sheets: Sheets, _: Path) -> bytes:
    sheets.cover("country", "CÔTE D'IVOIRE")
    return sheets.saved()


@good("es")
def country_by_its_code(sheets: Sheets, _: Path) -> bytes:
    sheets.cover("country", "civ")
    return sheets.saved()


PAYLOADS = (
    "=cmd|' /C calc'!A0", "<script>alert(1)</script>", "**bold** [x](javascript:alert(1))",
    '#import "x.typ"', "\\input{/etc/passwd}", "{{7*7}} ${7*7} %s {0}", "'; DROP TABLE entry; --",
)  # fmt: skip


@good("en", differs="texts")
def texts_that_would_be_code_elsewhere(sheets: Sheets, _: Path) -> bytes:
    for offset, text in enumerate(PAYLOADS[:5]):
        sheets.put("actions", FIRST + offset, "done", text)
    for offset, text in enumerate(PAYLOADS[5:]):
        sheets.put("actions", FIRST + offset, "difficulty", text)
    return sheets.saved()


ARABIC = "نُفِّذت أنشطة التفتيش في أربع مقاطعات، وشُكِّلت لجنة ثلاثية."


@good("fr", differs="texts")
def texts_in_arabic(sheets: Sheets, _: Path) -> bytes:
    sheets.put("actions", FIRST, "done", ARABIC)
    sheets.put("evidence", FIRST, "title", "مسح القوى العاملة")
    return sheets.saved()


@good("en", differs="texts")
def texts_over_several_lines(sheets: Sheets, _: Path) -> bytes:
    sheets.put("actions", FIRST, "done", "One\nTwo\tthree_x000D_\nfour 👩🏽‍🏫")
    return sheets.saved()


@good("fr", differs="labels")
def labels_of_another_language(sheets: Sheets, _: Path) -> bytes:
    """Codes and labels of any of the languages are one and the same choice."""
    sheets.put("actions", FIRST, "state", "Ongoing")
    sheets.put("participation", FIRST, "group", "workers")
    return sheets.saved()


@good("en", differs="figures")
def more_rows_than_were_offered(sheets: Sheets, _: Path) -> bytes:
    sheet = sheets.sheet("figures")
    free = next(r for r in range(FIRST, sheet.max_row + 2) if not sheet.cell(r, 1).value)
    for offset in range(30):
        for key, value in {
            "indicator": "E2",
            "start": 1990 + offset,
            "value": 100 + offset,
        }.items():
            sheets.put("figures", free + offset, key, value)
    return sheets.saved()


@good("en", differs="figures")
def zero_is_a_value(sheets: Sheets, _: Path) -> bytes:
    sheets.put("figures", figure(sheets, "E2"), "value", 0)
    return sheets.saved()


@good("en")
def a_link_to_click_on(sheets: Sheets, _: Path) -> bytes:
    row, column = FIRST, sheets.column("evidence", "where")
    sheets.sheet("evidence").cell(row, column).hyperlink = "https://example.org/survey"
    sheets.sheet("evidence").cell(row, column).value = "Statistical office"
    return sheets.saved()


@good("en")
def empty_rows_hidden_and_styled_to_the_end(sheets: Sheets, _: Path) -> bytes:
    """What spreadsheet programs leave behind: formats far below, hidden empty rows, a last row."""
    tail = '<row r="1048576" hidden="1" customHeight="1"><c r="A1048576" s="1"/></row></sheetData>'
    sheets.sheet("figures").row_dimensions[120].hidden = True
    return changed(sheets.saved(), {sheet_part(7): replaced("</sheetData>", tail)})


@good("en")
def comments_beside_the_cells(sheets: Sheets, _: Path) -> bytes:
    from openpyxl.comments import Comment

    sheets.sheet("actions").cell(FIRST, 7).comment = Comment("Checked with Awa", "office")
    return sheets.saved()
