"""Days that have not come, do not exist, or could be two days; periods that cannot be."""

from __future__ import annotations

from datetime import date

from corpus.case import Made, bad
from corpus.filling import FIRST, Sheets, figure


def _dated(sheets: Sheets, value: object, form: str | None = None) -> Made:
    at = sheets.put("evidence", FIRST, "dated", value, form)
    return Made(sheets.saved(), at)


@bad("date_future")
def evidence_of_next_year(sheets: Sheets) -> Made:
    return _dated(sheets, date(2026, 1, 31))


@bad("date_future")
def approved_tomorrow(sheets: Sheets) -> Made:
    at = sheets.cover("approved_on", date(2025, 4, 21))
    return Made(sheets.saved(), at)


@bad("date_impossible")
def leap_day_of_no_leap_year(sheets: Sheets) -> Made:
    return _dated(sheets, "29/02/2025")


@bad("date_impossible")
def month_thirteen(sheets: Sheets) -> Made:
    return _dated(sheets, "2024-13-01")


@bad("date_ambiguous")
def third_of_april_or_fourth_of_march(sheets: Sheets) -> Made:
    return _dated(sheets, "03/04/2025")


@bad("date_ambiguous")
def year_of_two_digits(sheets: Sheets) -> Made:
    return _dated(sheets, "25.12.24")


@bad("date_serial", found="45678")
def bare_serial(sheets: Sheets) -> Made:
    return _dated(sheets, 45678, "General")


@bad("date_leap_1900")
def serial_60(sheets: Sheets) -> Made:
    return _dated(sheets, 60, "yyyy-mm-dd")


@bad("date_expected")
def words_for_a_day(sheets: Sheets) -> Made:
    return _dated(sheets, "end of last year")


@bad("number_digits")
def arabic_indic_date(sheets: Sheets) -> Made:
    return _dated(sheets, "٢٠٢٤-٠٩-٣٠")


@bad("date_before_period")
def approved_before_the_period(sheets: Sheets) -> Made:
    at = sheets.cover("approved_on", date(2023, 4, 11))
    return Made(sheets.saved(), at)


@bad("date_too_early")
def evidence_of_1905(sheets: Sheets) -> Made:
    return _dated(sheets, date(1905, 7, 14))


@bad("period_outside")
def figure_of_a_year_to_come(sheets: Sheets) -> Made:
    at = sheets.put("figures", figure(sheets, "E1"), "start", 2026)
    return Made(sheets.saved(), at)


@bad("period_reversed")
def period_that_ends_before_it_starts(sheets: Sheets) -> Made:
    row = figure(sheets, "V4")
    sheets.put("figures", row, "start", 2023)
    at = sheets.put("figures", row, "end", 2021)
    return Made(sheets.saved(), at)


@bad("period_missing")
def figure_without_a_period(sheets: Sheets) -> Made:
    at = sheets.put("figures", figure(sheets, "V4"), "start", None)
    return Made(sheets.saved(), at)


@bad("date_future")
def treaty_ratified_in_the_future(sheets: Sheets) -> Made:
    row = sheets.row("answers", indicator="L1", breakdown=sheets.label("treaty", "P029"))
    at = sheets.put("answers", row, "answer", date(2027, 1, 1))
    return Made(sheets.saved(), at)
