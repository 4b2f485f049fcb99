"""Figures that are no numbers, could be two numbers, or cannot be true."""

from __future__ import annotations

from corpus.case import Made, bad, noted
from corpus.filling import FIRST, Sheets, figure
from corpus.parts import changed, replaced, sheet_part


def _value(sheets: Sheets, value: object, indicator: str = "E1", form: str | None = None) -> Made:
    at = sheets.put("figures", figure(sheets, indicator), "value", value, form)
    return Made(sheets.saved(), at)


@bad("formula_without_value")
def formula_never_calculated(sheets: Sheets) -> Made:
    return _value(sheets, "=SUM(1,2)")


@bad("formula", found="3")
def formula_with_a_result(sheets: Sheets) -> Made:
    made = _value(sheets, "=SUM(1,2)")
    calculated = replaced("<f>SUM(1,2)</f><v></v>", "<f>SUM(1,2)</f><v>3</v>")
    return Made(changed(made.data, {sheet_part(7): calculated}), made.at)


@bad("cell_error", found="#N/A")
def error_value(sheets: Sheets) -> Made:
    cell = sheets.sheet("figures").cell(figure(sheets, "E1"), sheets.column("figures", "value"))
    cell.value, cell.data_type = "#N/A", "e"
    return Made(sheets.saved(), f"{sheets.sheet('figures').title}!{cell.coordinate}")


@bad("number_text", found="12,5")
def decimal_comma_as_text(sheets: Sheets) -> Made:
    return _value(sheets, "12,5", "V4")


@bad("number_text")
def spaces_between_thousands(sheets: Sheets) -> Made:
    return _value(sheets, "1 234,5", "V4")


@bad("number_ambiguous", found="1.234")
def thousands_or_decimals(sheets: Sheets) -> Made:
    return _value(sheets, "1.234")


@bad("number_text")
def plain_number_as_text(sheets: Sheets) -> Made:
    return _value(sheets, "152")


@bad("number_digits")
def arabic_indic_digits(sheets: Sheets) -> Made:
    return _value(sheets, "١٢٫٥", "V4")


@bad("number_percent_format", found="12.5 %")
def percentage_format(sheets: Sheets) -> Made:
    return _value(sheets, 0.125, "V4", "0.0%")


@bad("number_percent_sign")
def percent_sign_as_text(sheets: Sheets) -> Made:
    return _value(sheets, "12.5%", "V4")


@bad("number_boolean", found="TRUE")
def truth_value(sheets: Sheets) -> Made:
    return _value(sheets, True)


@bad("no_data_mark")
def not_available(sheets: Sheets) -> Made:
    return _value(sheets, "n/a")


@bad("no_data_mark")
def dash(sheets: Sheets) -> Made:
    return _value(sheets, "-")


@bad("no_data_mark")
def two_points(sheets: Sheets) -> Made:
    return _value(sheets, "..")


@bad("number_expected")
def words(sheets: Sheets) -> Made:
    return _value(sheets, "about 150")


@bad("number_is_date")
def date_for_a_number(sheets: Sheets) -> Made:
    return _value(sheets, 45000, "E1", "yyyy-mm-dd")


@bad("number_negative")
def negative_count(sheets: Sheets) -> Made:
    return _value(sheets, -3)


@bad("number_not_whole")
def half_an_inspector(sheets: Sheets) -> Made:
    return _value(sheets, 150.5)


@bad("number_above")
def more_than_hundred_per_cent(sheets: Sheets) -> Made:
    return _value(sheets, 101.2, "V4")


@bad("number_huge")
def number_beyond_all_measure(sheets: Sheets) -> Made:
    return _value(sheets, 1e308)


@bad("number_huge")
def number_not_exact(sheets: Sheets) -> Made:
    return _value(sheets, 9007199254740994.0)


@bad("year_outside")
def survey_of_the_year_20(sheets: Sheets) -> Made:
    at = sheets.put("figures", figure(sheets, "D1"), "value", 20)
    return Made(sheets.saved(), at)


@bad("part_above_whole")
def more_women_than_persons(sheets: Sheets) -> Made:
    at = sheets.put("figures", figure(sheets, "V1", "female"), "value", 55)
    return Made(sheets.saved(), at)


@bad("parts_sum")
def sexes_do_not_add_up(sheets: Sheets) -> Made:
    at = sheets.put("figures", figure(sheets, "V1"), "value", 50)
    return Made(sheets.saved(), at)


@noted("parts_sum_noted")
def sexes_do_not_add_up_and_a_note_says_why(sheets: Sheets) -> Made:
    row = figure(sheets, "V1")
    sheets.put("figures", row, "note", "Of nine persons the sex is not known")
    at = sheets.put("figures", row, "value", 50)
    return Made(sheets.saved(), at)


@bad("parts_sum")
def ages_do_not_add_up(sheets: Sheets) -> Made:
    sheet = sheets.sheet("figures")
    free = next(r for r in range(FIRST, sheet.max_row + 2) if not sheet.cell(r, 1).value)
    at = ""
    for offset, (age, value) in enumerate(
        (("5-17", 100), ("5-11", 30), ("12-14", 30), ("15-17", 30))
    ):
        row = free + offset
        sheets.put("figures", row, "indicator", "O5")
        sheets.put("figures", row, "age", age)
        sheets.put("figures", row, "start", 2024)
        cell = sheets.put("figures", row, "value", value)
        at = at or cell
    return Made(sheets.saved(), at)


@bad("rate_outside_parts")
def rate_above_those_of_both_sexes(sheets: Sheets) -> Made:
    at = ""
    for sex, value in (("total", 14.0), ("female", 11.0), ("male", 12.5)):
        row = figure(sheets, "O1", sex, "5-17")
        sheets.put("figures", row, "start", 2023)
        cell = sheets.put("figures", row, "value", value)
        at = at or cell
    return Made(sheets.saved(), at)


@bad("parts_sum")
def budget_that_does_not_add_up(sheets: Sheets) -> Made:
    at = ""
    for part, value in (("planned", 1000), ("secured", 500), ("gap", 400)):
        row = figure(sheets, "P3", breakdown=part)
        sheets.put("figures", row, "unit", "XOF")
        cell = sheets.put("figures", row, "value", value)
        at = at or cell
    return Made(sheets.saved(), at)


@bad("currency_needed")
def amount_without_currency(sheets: Sheets) -> Made:
    row = figure(sheets, "P3", breakdown="secured")
    sheets.put("figures", row, "value", 500)
    at = sheets.put("figures", row, "unit", "francs")
    return Made(sheets.saved(), at)


@bad("unit_changed")
def unit_overwritten(sheets: Sheets) -> Made:
    at = sheets.put("figures", figure(sheets, "V4"), "unit", sheets.label("unit", "count"))
    return Made(sheets.saved(), at)


@bad("value_and_reason")
def value_and_a_reason_for_none(sheets: Sheets) -> Made:
    reason = sheets.label("missing_reason", "confidential")
    return Made(sheets.saved(), "") if not reason else _reason(sheets, reason)


def _reason(sheets: Sheets, reason: str) -> Made:
    at = sheets.put("figures", figure(sheets, "E1"), "reason", reason)
    return Made(sheets.saved(), at)


@bad("value_missing")
def source_without_a_value(sheets: Sheets) -> Made:
    row = figure(sheets, "O3", age="5-17")
    sheets.put("figures", row, "source", "Survey of 2024")
    cell = sheets.sheet("figures").cell(row, sheets.column("figures", "value"))
    return Made(sheets.saved(), f"{sheets.sheet('figures').title}!{cell.coordinate}")


@bad("zeros_lost", found="3")
def leading_zero_lost(sheets: Sheets) -> Made:
    row = sheets.row("actions", action="03")
    at = sheets.put("actions", row, "action", 3)
    return Made(sheets.saved(), at)


@bad("zeros_lost", found="1.1")
def trailing_zero_lost(sheets: Sheets) -> Made:
    row = sheets.row("actions", action="1.10")
    at = sheets.put("actions", row, "action", 1.1)
    return Made(sheets.saved(), at)


@bad("key_is_date")
def ages_turned_into_a_date(sheets: Sheets) -> Made:
    row = figure(sheets, "O1", age="5-11")
    sheets.put("figures", row, "value", 9.1)
    sheets.put("figures", row, "start", 2023)
    at = sheets.put("figures", row, "age", 45966, "d-mmm")
    return Made(sheets.saved(), at)


@bad("cell_damaged")
def number_that_is_none(sheets: Sheets) -> Made:
    made = _value(sheets, 777777)
    broken = replaced("<v>777777</v>", "<v>77x777</v>")
    return Made(changed(made.data, {sheet_part(7): broken}), made.at)
