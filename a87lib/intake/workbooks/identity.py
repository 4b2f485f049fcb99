"""What a workbook says it is: template, language, country, cycles, and what it is based on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from a87lib.intake.workbooks.book import Book
from a87lib.intake.workbooks.cells import Sheet
from a87lib.intake.workbooks.faults import Fault, Refused, fault
from a87lib.intake.workbooks.layout import CODES_SHEET, Purpose
from a87lib.intake.workbooks.settings import settings
from a87lib.language import LANGUAGES

FORMAT = "a87-workbook"
NO_BASE = "none"
_COUNTRY = re.compile("[A-Z]{3}", re.A)
_BASE = re.compile("[0-9a-f]{16}|none", re.A)
_CYCLES = re.compile(r"(20\d\d)( 20\d\d)*", re.A)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What the hidden sheet says.

    base: the first 16 digits of the hash of the last entry that the workbook was filled in from
    (`none`: there was none); base_on: the day on which that was recorded. cycles: years, in order.
    """

    country: str
    cycles: tuple[int, ...]
    language: str
    purpose: Purpose = "report"
    base: str = NO_BASE
    base_on: str = ""
    template: str = field(default_factory=lambda: settings().version)

    @property
    def name(self) -> str:
        """The name of this version of the workbook, as its cover prints it."""
        years = (
            f"{self.cycles[0]}" if len(self.cycles) == 1 else f"{self.cycles[0]}-{self.cycles[-1]}"
        )
        return f"{self.country}-{years}-{self.language}-{self.base[:8]}"

    def rows(self) -> list[tuple[str, str]]:
        """What is written into the hidden sheet."""
        return [
            ("format", FORMAT),
            ("template", self.template),
            ("purpose", self.purpose),
            ("language", self.language),
            ("country", self.country),
            ("cycles", " ".join(map(str, self.cycles))),
            ("base", self.base),
            ("base_on", self.base_on),
            ("version", self.name),
        ]


def identified(book: Book) -> Identity:
    """What the workbook says it is; Refused where it does not say so, or was made otherwise."""
    sheet = book.sheet(CODES_SHEET)
    if sheet is None:
        raise Refused([fault("template_unknown", sheet=CODES_SHEET)])
    said, places = _said(sheet)
    language = said.get("language", "")
    language = language if language in LANGUAGES else ""
    if said.get("format") != FORMAT:
        raise Refused([fault("template_unknown", said.get("format", ""), sheet=CODES_SHEET)])
    if said.get("template") not in settings().accepted:
        row, column = places.get("template", (0, 0))
        found = fault(
            "template_version", said.get("template", ""), sheet=CODES_SHEET, row=row,
            column=column, current=settings().version,
        )  # fmt: skip
        raise Refused([found], language)
    if faults := _faults(said, places):
        raise Refused(faults, language)
    purpose: Purpose = "history" if said["purpose"] == "history" else "report"
    return Identity(
        country=said["country"],
        cycles=tuple(int(year) for year in said["cycles"].split()),
        language=language,
        purpose=purpose,
        base=said["base"],
        base_on=said.get("base_on", ""),
        template=said["template"],
    )


def _said(sheet: Sheet) -> tuple[dict[str, str], dict[str, tuple[int, int]]]:
    said: dict[str, str] = {}
    places: dict[str, tuple[int, int]] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        told = sheet.at(row, 2)
        if column == 1 and isinstance(cell.value, str) and cell.value not in said:
            value = "" if told is None or told.value is None else told.value
            said[cell.value] = f"{value:g}" if isinstance(value, float) else str(value)
            places[cell.value] = (row, 2)
    return said, places


def _faults(said: dict[str, str], places: dict[str, tuple[int, int]]) -> list[Fault]:
    sound = {
        "purpose": said.get("purpose") in ("report", "history"),
        "language": said.get("language") in LANGUAGES,
        "country": _COUNTRY.fullmatch(said.get("country", "")) is not None,
        "cycles": _CYCLES.fullmatch(said.get("cycles", "")) is not None,
        "base": _BASE.fullmatch(said.get("base", "")) is not None,
    }
    if said.get("purpose") == "report" and len(said.get("cycles", "").split()) != 1:
        sound["cycles"] = False
    return [
        fault(
            "template_changed", said.get(key, ""), sheet=CODES_SHEET,
            row=places.get(key, (0, 0))[0], column=places.get(key, (0, 0))[1], what=key,
        )
        for key, good in sound.items()
        if not good
    ]  # fmt: skip
