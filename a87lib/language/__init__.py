"""Sentences, names, dates and numbers in English, French and Spanish.

Catalogues are gettext PO files, `catalogues/<domain>.<language>.po`, whose msgid is a key such as
`reason.report_missing` and whose msgstr is the reader's sentence with `{named}` fields. They are
compiled in memory at first use, so that a text changed by an office is in force at once.
"""

from __future__ import annotations

from a87lib.language.catalogue import has, keys, raw, say
from a87lib.language.formats import (
    LANGUAGES,
    LOCALES,
    alphabetical,
    check_language,
    enough,
    format_day,
    format_instant,
    format_money,
    format_number,
    format_percent,
    in_a_row,
    join,
    with_colon,
)
from a87lib.language.telling import all_told, preferred, told
from a87lib.language.typography import spaced

__all__ = [
    "LANGUAGES",
    "LOCALES",
    "all_told",
    "alphabetical",
    "check_language",
    "enough",
    "format_day",
    "format_instant",
    "format_money",
    "format_number",
    "format_percent",
    "has",
    "in_a_row",
    "join",
    "keys",
    "preferred",
    "raw",
    "say",
    "spaced",
    "told",
    "with_colon",
]
