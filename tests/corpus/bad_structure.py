"""Sheets, columns and rows are not as they were sent out."""

from __future__ import annotations

from openpyxl.worksheet.filters import FilterColumn, Filters

from corpus.case import Made, bad, noted
from corpus.filling import FIRST, HEADER, Sheets, figure
from corpus.parts import changed, replaced, sheet_part


@bad("sheet_missing")
def sheet_deleted(sheets: Sheets) -> Made:
    name = sheets.sheet("participation").title
    del sheets.book[name]
    return Made(sheets.saved(), name)


@bad("sheet_missing")
def sheet_renamed(sheets: Sheets) -> Made:
    name = sheets.sheet("next_steps").title
    sheets.sheet("next_steps").title = "Sheet9"
    return Made(sheets.saved(), name)


@bad("column_missing")
def column_deleted(sheets: Sheets) -> Made:
    sheets.sheet("figures").delete_cols(sheets.column("figures", "nature"))
    return Made(sheets.saved(), f"{sheets.sheet('figures').title}!{HEADER}")


@bad("column_missing")
def column_renamed(sheets: Sheets) -> Made:
    sheet = sheets.sheet("actions")
    sheet.cell(HEADER, sheets.column("actions", "difficulty")).value = "Remarks"
    return Made(sheets.saved(), f"{sheet.title}!{HEADER}")


@bad("column_twice")
def column_copied(sheets: Sheets) -> Made:
    sheet = sheets.sheet("actions")
    sheet.cell(HEADER, 11).value = sheet.cell(HEADER, sheets.column("actions", "state")).value
    return Made(sheets.saved(), f"{sheet.title}!K{HEADER}")


@bad("header_missing")
def header_deleted(sheets: Sheets) -> Made:
    sheets.sheet("evidence").delete_rows(HEADER)
    return Made(sheets.saved(), sheets.sheet("evidence").title)


@bad("header_twice")
def header_pasted_again(sheets: Sheets) -> Made:
    sheet = sheets.sheet("actions")
    for column in range(1, 11):
        sheet.cell(13, column).value = sheet.cell(HEADER, column).value
    return Made(sheets.saved(), f"{sheet.title}!A13")


@noted("sheet_extra")
def sheet_added(sheets: Sheets) -> Made:
    sheets.book.create_sheet("Calculations")["B2"] = "=1+1"
    return Made(sheets.saved(), "Calculations")


@noted("column_extra")
def column_added(sheets: Sheets) -> Made:
    sheets.sheet("actions").cell(FIRST, 12).value = "ask Awa"
    return Made(sheets.saved(), f"{sheets.sheet('actions').title}!L")


@bad("sheet_hidden")
def hidden_sheet_with_data(sheets: Sheets) -> Made:
    extra = sheets.book.create_sheet("Old")
    extra["C3"], extra.sheet_state = 12, "hidden"
    return Made(sheets.saved(), "Old!C3")


@bad("sheet_hidden")
def very_hidden_sheet_with_data(sheets: Sheets) -> Made:
    extra = sheets.book.create_sheet("Old")
    extra["A1"], extra.sheet_state = "x", "veryHidden"
    return Made(sheets.saved(), "Old!A1")


@bad("sheet_hidden")
def own_sheet_hidden(sheets: Sheets) -> Made:
    sheet = sheets.sheet("participation")
    sheet.sheet_state = "hidden"
    return Made(sheets.saved(), f"{sheet.title}!A{FIRST}")


@bad("merged_cells")
def merged_cells_in_the_table(sheets: Sheets) -> Made:
    sheet = sheets.sheet("actions")
    sheet.merge_cells("H5:H6")
    return Made(sheets.saved(), f"{sheet.title}!H5")


@bad("merged_cells")
def everything_merged(sheets: Sheets) -> Made:
    merge = '</sheetData><mergeCells count="1"><mergeCell ref="A5:XFD1048576"/></mergeCells>'
    change = replaced("</sheetData>", merge)
    return Made(
        changed(sheets.saved(), {sheet_part(7): change}), f"{sheets.sheet('figures').title}!A5"
    )


@bad("row_hidden")
def hidden_row_with_data(sheets: Sheets) -> Made:
    row = figure(sheets, "E1")
    at = sheets.put("figures", row, "value", 152)
    sheets.sheet("figures").row_dimensions[row].hidden = True
    return Made(sheets.saved(), at)


@bad("column_hidden")
def hidden_column_with_data(sheets: Sheets) -> Made:
    row = sheets.row("actions", action="1.1")
    at = sheets.put("actions", row, "difficulty", "Too few inspectors")
    letter = at.rpartition("!")[2].rstrip("0123456789")
    sheets.sheet("actions").column_dimensions[letter].hidden = True
    return Made(sheets.saved(), at)


@noted("filter_active")
def active_filter(sheets: Sheets) -> Made:
    sheet = sheets.sheet("figures")
    sheet.auto_filter.ref = f"A{HEADER}:N80"
    chosen = FilterColumn(colId=0, filters=Filters(filter=["E1"]))
    sheet.auto_filter.filterColumn.append(chosen)
    for row in range(FIRST, 60):
        sheet.row_dimensions[row].hidden = sheet.cell(row, 1).value != "E1"
    return Made(sheets.saved(), sheet.title)


def _second_figure(sheets: Sheets, value: float) -> Made:
    row = figure(sheets, "E1")
    sheet = sheets.sheet("figures")
    free = next(r for r in range(row, sheet.max_row + 2) if not sheet.cell(r, 1).value)
    sheets.put("figures", free, "indicator", "E1")
    sheets.put("figures", free, "sex", sheets.label("sex", "total"))
    sheets.put("figures", free, "start", 2024)
    return Made(b"", sheets.put("figures", free, "value", value))


@bad("row_repeated")
def figure_twice(sheets: Sheets) -> Made:
    at = _second_figure(sheets, 152).at
    return Made(sheets.saved(), at)


@bad("row_contradicts")
def figure_twice_with_different_values(sheets: Sheets) -> Made:
    at = _second_figure(sheets, 153).at
    return Made(sheets.saved(), at)


@bad("row_contradicts")
def action_twice_with_different_states(sheets: Sheets) -> Made:
    at = sheets.put("actions", 12, "action", "1.1")
    sheets.put("actions", 12, "state", sheets.label("action_state", "completed"))
    return Made(sheets.saved(), at)


@bad("cell_twice")
def cell_twice_in_the_file(sheets: Sheets) -> Made:
    again = '<row r="5"><c r="A5"><v>1</v></c></row></sheetData>'
    data = changed(sheets.saved(), {sheet_part(7): replaced("</sheetData>", again)})
    return Made(data, f"{sheets.sheet('figures').title}!A5")


@bad("cell_needed")
def evidence_without_a_title(sheets: Sheets) -> Made:
    sheets.put("evidence", FIRST + 1, "about", "1.1")
    sheets.put("evidence", FIRST + 1, "type", sheets.label("evidence_type", "survey"))
    column = sheets.column("evidence", "title")
    cell = sheets.sheet("evidence").cell(FIRST + 1, column)
    return Made(sheets.saved(), f"{sheets.sheet('evidence').title}!{cell.coordinate}")


@bad("nothing_filled_in")
def nothing_filled_in(sheets: Sheets) -> Made:
    return Made(Sheets(sheets.data, sheets.language).saved())
