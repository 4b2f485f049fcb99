"""Codes of publishers in our words: sex, age, nature, status, unit and number.

Each function raises ValueError naming a code it does not know; nothing is guessed.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

MARKS = "*†‡§¹²³"

_SEXES = {
    "total": "",
    "female": "F FEMALE SEX_F FEMININ FÉMININ FEMMES MUJER MUJERES",
    "male": "M MALE SEX_M MASCULIN HOMMES HOMBRE HOMBRES",
}
_AGES = {
    "ALLAGE": "",
    "18": "18+",
    "LT18Y": "<18",
    "LT1Y": "<1",
    "LT5Y": "<5",
    "LT6Y": "<6",
    "LT8Y": "<8",
    "M6T59": "6-59 months",
}
_TOTALS = frozenset(
    "|_T|_Z|T|TOTAL|ALL|ALLAGE|ALLAREA|BOTHSEX|SEX_T|NOC_VALUE|NATIONAL|NORMAL VALUE|ENSEMBLE|"
    "NOT AVAILABLE|NO BREAKDOWN|ALL AGE RANGES OR NO BREAKDOWN BY AGE|TOTAL (NATIONAL LEVEL)|"
    "BOTH SEXES OR NO BREAKDOWN BY SEX|BOTH SEXES|TOTAL SEXES|LES DEUX SEXES|AMBOS SEXOS|"
    "NOT APPLICABLE".split("|")
)
_UNKNOWN = frozenset("_U U _X X NOTSPEC SEX_O UNKNOWN OTHER".split())
_NATURES = {
    "C": "country",
    "CA": "country_adjusted",
    "E": "estimated",
    "G": "global_monitoring",
    "M": "modelled",
    "N": "not_stated",
    "NA": "not_stated",
    "NOTSPEC": "not_stated",
    "_X": "not_stated",
    "X": "not_stated",
    "": "not_stated",
}
_UNITS = {
    "percent": "PERCENT PT PCNT PC % PER_MARW_20T24Y PERCENTAGE",
    "count": "NUMBER NUM NB N UNITS PERSONS",
    "score_0_10": "SCORE SCORE_0_10",
    "per_1000": "PER_1000_POP PER_1000",
    "year": "YEAR YEARS",
}
_MISSING_STATUS = frozenset(("M", "O", "L", "Q", "MISSING", "MISSING VALUE"))
_NO_VALUE = frozenset(("", "NAN", "..", "...", "-", "–", "…", "UNAVAILABLE", "UNKNOWN"))
_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]+)?|[0-9]{1,3}(,[0-9]{3})+")
_BOUND = re.compile(r"[<>≤≥]\s?=?\s?[0-9]+(\.[0-9]+)?")
_AGE_FORMS = (
    (re.compile(r"(?:Y|AGE_[A-Z]*_?Y?)?0*([0-9]+)(?:_|-|–|T|T0*|-0*)0*([0-9]+)Y?"), "{0}-{1}"),
    (re.compile(r"([0-9]+) TO ([0-9]+) YEARS?(?: OLD)?"), "{0}-{1}"),
    (re.compile(r"([0-9]+) YEARS?(?: OLD)? AND (?:OVER|OLDER|ABOVE)"), "{0}+"),
    (re.compile(r"M([0-9]+)T([0-9]+)"), "{0}-{1} months"),
    (re.compile(r"(?:Y_GE|Y_GE_|GE)?([0-9]+)(?:\+|Y\+)?"), "{0}+"),
    (re.compile(r"(?:Y_LT|LT|<)([0-9]+)(?:Y)?"), "<{0}"),
    (re.compile(r"LT_([0-9]+)Y|<=([0-9]+)Y?"), "<={0}"),
    (re.compile(r"(?:LT|<)([0-9]+)M"), "<{0} months"),
)


def _plain(code: str) -> str:
    """A code without case, surrounding spaces and the name of the classification before it."""
    return code.strip().rpartition(": ")[2].upper()


def total(code: str) -> bool:
    """Whether a code stands for everybody, or for no breakdown."""
    word = _plain(code)
    return word in _TOTALS or word.endswith("_TOTAL")


def unknown(code: str) -> bool:
    """Whether a code stands for those of whom it is not known or not specified."""
    return _plain(code) in _UNKNOWN


def sex_of(code: str) -> str:
    """total, female or male."""
    if total(code):
        return "total"
    for sex, codes in _SEXES.items():
        if _plain(code) in codes.split():
            return sex
    raise ValueError(code)


def age_of(code: str) -> str:
    """An age group as we write it (5-17, 15+, <18), empty for all ages."""
    word = _plain(code)
    if word in _AGES:
        return _AGES[word]
    if total(code):
        return ""
    for form, written in _AGE_FORMS:
        if found := form.fullmatch(word):
            return written.format(*(group for group in found.groups() if group is not None))
    raise ValueError(code)


def nature_of(code: str) -> str:
    """How a figure came about, as in the vocabulary observation_nature."""
    word = _plain(code)
    if word not in _NATURES:
        raise ValueError(code)
    return _NATURES[word]


def unit_of(code: str) -> str:
    """A unit of the vocabulary `unit`."""
    for unit, codes in _UNITS.items():
        if _plain(code) in codes.split():
            return unit
    raise ValueError(code)


def unmarked(cell: str) -> str:
    """A cell without its footnote marks."""
    return cell.strip().rstrip(MARKS).strip()


def missing(value: str, status: str = "") -> bool:
    """Whether a cell says that there is no figure (zero is one)."""
    return unmarked(value).upper() in _NO_VALUE or (
        _plain(status) in _MISSING_STATUS and not _NUMBER.fullmatch(unmarked(value))
    )


def bound(value: str) -> bool:
    """Whether a cell gives a bound where a number belongs (<2.5): kept as text."""
    return _BOUND.fullmatch(unmarked(value)) is not None


def number_of(value: str, scale: int = 0) -> str:
    """A number as the source writes it, without footnote mark and thousands separators.

    scale: the power of ten to multiply by, done in decimal arithmetic.
    """
    text = unmarked(value)
    if not _NUMBER.fullmatch(text):
        raise ValueError(value)
    plain = text.replace(",", "")
    if scale == 0:
        return plain
    try:
        scaled = Decimal(plain).scaleb(scale)
    except InvalidOperation as error:
        raise ValueError(value) from error
    shown = format(scaled, "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def period_of(text: str) -> str:
    """A year from 1900 to 2100, or a month of one, as ISO writes them."""
    word = text.strip().removesuffix(".0")
    if not (re.fullmatch(r"[0-9]{4}(-(0[1-9]|1[0-2]))?", word) and 1900 <= int(word[:4]) <= 2100):
        raise ValueError(text)
    return word
