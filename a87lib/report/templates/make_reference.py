"""Make reference.docx anew: `python -m a87lib.report.templates.make_reference`.

Starts from pandoc's own reference document and sets the styles, the page and the running lines.
Needs python-docx (a test dependency); run only when the look of the DOCX edition changes.
"""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from typing import Any

import pypandoc
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from a87lib.report import sameness
from a87lib.report.colours import BLUE, INK, LINE, SOFT, TINT, TONES

FONT = "Calibri"
TARGET = Path(__file__).parent / "reference.docx"
WIDTH = Cm(16.6)
HEADINGS = {1: (24, INK, 0, 6), 2: (15, BLUE, 20, 6), 3: (12.5, INK, 14, 4), 4: (11, INK, 10, 3)}
PARAGRAPHS: dict[str, tuple[float, str, bool]] = {  # size, colour, bold
    "Kicker": (12, BLUE, True), "Notice": (10.5, INK, False), "Lead": (12, INK, False),
    "Note": (9, SOFT, False), "Facts": (10.5, INK, False), "Compact Small": (8, INK, False),
    "Table Text": (9.5, INK, False),
    "Minor": (10.5, INK, True), "Callout Title": (10.5, INK, True),
}  # fmt: skip


def pandocs_own() -> Any:
    """Pandoc's reference document."""
    command = [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"]
    made = subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - pandoc
    return Document(io.BytesIO(made.stdout))


def type_of(style: Any, size: float | None, colour: str, bold: bool | None = None) -> None:
    """Font, size, colour and weight of a style, for every script."""
    style.font.size, style.font.bold = Pt(size) if size else None, bold
    style.font.color.rgb = RGBColor.from_string(colour[1:].upper())
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)


def spacing(style: Any, before: float, after: float, line: float = 1.15) -> None:
    """Space above and below in points, and the line height."""
    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), line


def style_of(document: Any, name: str, base: str, kind: Any = WD_STYLE_TYPE.PARAGRAPH) -> Any:
    """The style of that name, made where it is missing."""
    styles = document.styles
    made = styles[name] if name in styles else styles.add_style(name, kind)
    made.base_style = styles[base] if base else None
    return made


def shade(properties: Any, fill: str, bar: str | None = None) -> None:
    """A tint behind, and a bar at the left."""
    if bar:
        properties.append(parse_xml(
            f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="24" w:space="8" '
            f'w:color="{bar[1:]}"/></w:pBdr>'
        ))  # fmt: skip
    properties.append(
        parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill[1:]}"/>')
    )


def set_text_styles(document: Any) -> None:
    """Body, headings, captions, terms and our own paragraph styles."""
    styles = document.styles
    type_of(styles["Normal"], 10.5, INK)
    for name in ("Body Text", "First Paragraph"):
        spacing(styles[name], 0, 7)
    spacing(styles["Compact"], 1, 1, 1.05)
    for level, (size, colour, before, after) in HEADINGS.items():
        type_of(styles[f"Heading {level}"], size, colour, True)
        styles[f"Heading {level}"].font.italic = False
        spacing(styles[f"Heading {level}"], before, after, 1.05)
    for name in ("Table Caption", "Image Caption"):
        type_of(styles[name], 10, INK)
        styles[name].font.italic = False
        spacing(styles[name], 10, 3)
        styles[name].paragraph_format.keep_with_next = name == "Table Caption"
    for name, (size, colour, bold) in PARAGRAPHS.items():
        made = style_of(document, name, "Normal")
        type_of(made, size, colour, bold or None)
        made.paragraph_format.keep_with_next = bold
        spacing(made, 0, 1 if name in ("Table Text", "Compact Small") else 5, 1.1)
    facts = styles["Facts"].paragraph_format
    facts.left_indent, facts.first_line_indent, facts.space_after = Cm(6.4), Cm(-6.4), Pt(2)
    facts.tab_stops.add_tab_stop(Cm(6.4))
    shade(styles["Notice"].element.get_or_add_pPr(), TONES["attention"][1], TONES["attention"][0])
    spacing(styles["Block Text"], 0, 6)
    type_of(styles["Block Text"], 10.5, SOFT)
    type_of(styles["Verbatim Char"], None, SOFT)
    styles["Hyperlink"].font.color.rgb = RGBColor.from_string(BLUE[1:].upper())


def set_tones(document: Any) -> None:
    """Badges in each tone, as character styles."""
    for kind, (ink, tint) in TONES.items():
        badge = style_of(document, f"Badge {kind}", "", WD_STYLE_TYPE.CHARACTER)
        type_of(badge, None, ink, True)
        shade(badge.element.get_or_add_rPr(), tint)


def set_table(document: Any) -> None:
    """The table style: hairlines, a tinted head, bold row headers."""
    table = document.styles["Table"].element
    for part in table.findall(qn("w:tblPr")) + table.findall(qn("w:tblStylePr")):
        table.remove(part)
    hair, blue, head = LINE[1:], BLUE[1:], TINT[1:]
    for xml in (
        f"<w:tblPr {nsdecls('w')}><w:tblBorders>"
        f'<w:top w:val="single" w:sz="12" w:space="0" w:color="{blue}"/>'
        f'<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{hair}"/>'
        f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{hair}"/></w:tblBorders>'
        '<w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
        '<w:bottom w:w="30" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr>",
        f'<w:tblStylePr {nsdecls("w")} w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{head}"/><w:vAlign w:val="bottom"/>'
        "</w:tcPr></w:tblStylePr>",
        f'<w:tblStylePr {nsdecls("w")} w:type="firstCol"><w:rPr><w:b/></w:rPr></w:tblStylePr>',
    ):
        table.append(parse_xml(xml))


def set_page(document: Any) -> None:
    """A4, and the running lines whose {fields} are filled in for each document."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2.7), Cm(2.2)
    section.header_distance = section.footer_distance = Cm(1.2)
    for part, text in ((section.header, "{left}\t{right}"), (section.footer, "{foot}\t")):
        part.is_linked_to_previous = False
        line = part.paragraphs[0]
        line.style = style_of(document, "Running Line", "Normal")
        line.style.paragraph_format.tab_stops.clear_all()
        line.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)
        type_of(line.style, 8.5, SOFT)
        line.add_run(text)
    foot = section.footer.paragraphs[0]
    for field in ("PAGE", "/", "NUMPAGES"):
        if field == "/":
            foot.add_run("/")
        else:
            foot._p.append(parse_xml(
                f'<w:fldSimple {nsdecls("w")} w:instr=" {field} "><w:r><w:t>1</w:t></w:r>'
                "</w:fldSimple>"
            ))  # fmt: skip


def main() -> None:
    """Write reference.docx."""
    document = pandocs_own()
    set_text_styles(document)
    set_tones(document)
    set_table(document)
    set_page(document)
    document.save(TARGET)
    TARGET.write_bytes(sameness.zipped(TARGET.read_bytes()))


if __name__ == "__main__":
    main()
