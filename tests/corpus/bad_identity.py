"""Names, codes and texts that are not what they look like."""

from __future__ import annotations

from corpus.case import Made, bad, noted
from corpus.filling import FIRST, Sheets, figure


def _country(sheets: Sheets, value: object) -> Made:
    at = sheets.cover("country", value)
    return Made(sheets.saved(), at)


@bad("country_lookalike", country="FJI", found="Fіji")
def cyrillic_letter_in_fiji(sheets: Sheets) -> Made:
    return _country(sheets, "Fіji")


@bad("country_unknown", country="NER", found="Nigerr")
def niger_or_nigeria(sheets: Sheets) -> Made:
    return _country(sheets, "Nigerr")


@bad("country_differs")
def another_country(sheets: Sheets) -> Made:
    return _country(sheets, "Ghana")


@bad("country_missing")
def no_country(sheets: Sheets) -> Made:
    return _country(sheets, None)


@bad("zeros_lost", country="NAM", found="50")
def numeric_code_without_its_zero(sheets: Sheets) -> Made:
    return _country(sheets, 50)


@bad("text_invisible")
def zero_width_space_in_the_country(sheets: Sheets) -> Made:
    return _country(sheets, "Côte\u200b d’Ivoire")


@bad("cycle_differs")
def another_cycle(sheets: Sheets) -> Made:
    at = sheets.cover("cycle", 2024)
    return Made(sheets.saved(), at)


@bad("text_direction", found="U+202E")
def text_turned_round(sheets: Sheets) -> Made:
    at = sheets.put("actions", FIRST, "done", "Report \u202efdp.exe")
    return Made(sheets.saved(), at)


@bad("text_invisible", found="U+200B")
def zero_width_space_in_a_code(sheets: Sheets) -> Made:
    at = sheets.put("figures", figure(sheets, "E1"), "indicator", "E\u200b1")
    return Made(sheets.saved(), at)


@bad("text_control")
def control_character_in_a_text(sheets: Sheets) -> Made:
    at = sheets.put("actions", FIRST, "done", "bell_x0007_")
    return Made(sheets.saved(), at)


@bad("text_invisible")
def control_character_in_a_code(sheets: Sheets) -> Made:
    at = sheets.put("actions", FIRST, "action", "1.1_x0000_")
    return Made(sheets.saved(), at)


@bad("text_too_long")
def text_of_30_000_characters(sheets: Sheets) -> Made:
    at = sheets.put("actions", FIRST, "done", "long " * 6000)
    return Made(sheets.saved(), at)


@bad("text_too_long")
def title_of_600_characters(sheets: Sheets) -> Made:
    at = sheets.put("evidence", FIRST, "title", "x" * 600)
    return Made(sheets.saved(), at)


@noted("text_mojibake")
def garbled_text(sheets: Sheets) -> Made:
    at = sheets.put("actions", FIRST, "done", "Les rÃ©gions du Nord")
    return Made(sheets.saved(), at)


@bad("code_unknown")
def state_that_is_not_in_the_list(sheets: Sheets) -> Made:
    at = sheets.put("actions", FIRST, "state", "nearly done")
    return Made(sheets.saved(), at)


@bad("action_unknown", found="7.7")
def action_that_the_roadmap_does_not_have(sheets: Sheets) -> Made:
    at = sheets.put("actions", FIRST, "action", "7.7")
    return Made(sheets.saved(), at)


@bad("about_unknown")
def evidence_about_nothing_known(sheets: Sheets) -> Made:
    at = sheets.put("evidence", FIRST, "about", "Z9")
    return Made(sheets.saved(), at)


@bad("indicator_unknown")
def indicator_that_there_is_not(sheets: Sheets) -> Made:
    at = sheets.put("figures", figure(sheets, "E1"), "indicator", "E99")
    return Made(sheets.saved(), at)


@bad("age_unknown")
def age_in_words(sheets: Sheets) -> Made:
    at = sheets.put("figures", figure(sheets, "E1"), "age", "children")
    return Made(sheets.saved(), at)
