"""A form that comes back: read within limits, told cell by cell, taken in as the draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from a87lib import framework
from a87lib.desk.acting import Acting
from a87lib.desk.offline.base import TEMPLATE, Base, base_of, read
from a87lib.desk.permissions import require
from a87lib.desk.reviewing import assessing, drafts
from a87lib.desk.reviewing.assessing import LONGEST, Judgement
from a87lib.desk.reviewing.review import criteria
from a87lib.desk.reviewing.steps import do
from a87lib.intake.workbooks import book as books
from a87lib.intake.workbooks import container
from a87lib.intake.workbooks.cells import Cell, Sheet
from a87lib.intake.workbooks.faults import Fault, Refused, fault
from a87lib.intake.workbooks.layout import CODES_SHEET
from a87lib.intake.workbooks.naming import normal
from a87lib.language import LANGUAGES, join, say
from a87lib.register import Register

CRITERION, JUDGEMENT, TEXT = 1, 2, 3
"""The columns (from 1)."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a form changes of a criterion. before: as drafted now."""

    criterion: str
    before: Judgement
    after: Judgement


def taken(
    on: Register, acting: Acting, country: str, cycle: int, data: bytes, *, dry_run: bool = False
) -> list[Change]:
    """Takes a filled form in as the draft of the assessment: what it changes.

    dry_run: nothing is saved. Raises Refused with every fault at its cell: no form of ours,
    somebody else's, of another file, or made before what is there now was saved or delivered.
    Where it is taken in for somebody else, the log says who did it and why.
    """
    require(on, acting, "assess", country, cycle)
    base, sheet = _form(data)
    now = base_of(on, acting, country, cycle, base.language)
    if found := list(_other(base, now)):
        raise Refused(found, base.language)
    given, faults = _given(sheet, base.language)
    if faults:
        raise Refused(faults, base.language)
    saved = drafts.load(on, acting, country, cycle, "assessment")
    held = {each.criterion: each for each in assessing.judgements_of(saved.content)}
    changes = [
        Change(code, held.get(code) or Judgement(code, ""), given[code]) for code in criteria()
    ]
    changes = [each for each in changes if not each.after.says(each.before)]
    if changes and not dry_run:
        content = assessing.content_of(list(given.values()))
        drafts.save(on, acting, country, cycle, "assessment", content, saved.version)
        if acting.for_other:
            do(on, acting, "assess", country, cycle, lambda doing: [doing.step("form_taken")])
    return changes


def faults_of(data: bytes) -> Sequence[Fault]:
    """What is wrong with a form in itself, each at its cell, whosever it is."""
    try:
        base, sheet = _form(data)
    except Refused as refused:
        return refused.faults
    return _given(sheet, base.language)[1]


def _form(data: bytes) -> tuple[Base, Sheet | None]:
    """What a form says it is, and its cells. Raises Refused where it is no form of ours."""
    book = books.read(container.opened(data))
    base = read(book.sheet(CODES_SHEET))
    if base is None:
        raise Refused([fault("form_unknown", sheet=CODES_SHEET)])
    return base, next((each for each in book.sheets if each.name != CODES_SHEET), None)


def _other(base: Base, now: Base) -> Iterator[Fault]:
    """Why a form is not the one that may be taken in now."""
    if base.template != TEMPLATE:
        yield fault("form_template", base.template, current=TEMPLATE)
    elif base.reviewer != now.reviewer:
        yield fault("form_not_yours")
    elif (base.country, base.cycle) != (now.country, now.cycle):
        yield fault("form_other_file", f"{base.country} {base.cycle}")
    elif base.delivered != now.delivered:
        yield fault("form_delivered_since")
    elif base.draft != now.draft:
        yield fault("form_stale", base.draft, current=now.draft)


def _given(sheet: Sheet | None, language: str) -> tuple[dict[str, Judgement], list[Fault]]:
    """The judgements of a form by criterion, and what is wrong at which cell."""
    names = _labels("criterion")
    given: dict[str, Judgement] = {}
    faults: list[Fault] = []
    for row in sorted({row for row, _ in ({} if sheet is None else sheet.cells)}):
        cell = None if sheet is None else sheet.at(row, CRITERION)
        code = names.get(normal(str(cell.value))) if cell is not None else None
        if sheet is None or code is None:
            continue
        if code in given:
            faults.append(_fault("form_twice", sheet, row, CRITERION, language, cell))
        judgement, text = (sheet.at(row, column) for column in (JUDGEMENT, TEXT))
        faults += _judgement_faults(sheet, row, language, judgement)
        faults += _text_faults(sheet, row, language, text)
        chosen = _labels("judgement").get(normal(_text(judgement)), "")
        given[code] = Judgement(code, chosen, _text(text).strip(), language)
    for code in criteria():
        if code not in given:
            label = framework.load().label("criterion", code, language)
            name = "" if sheet is None else sheet.name
            faults.append(fault("form_criterion_missing", label, sheet=name))
    return given, faults


def _judgement_faults(sheet: Sheet, row: int, language: str, cell: Cell | None) -> Iterator[Fault]:
    if cell is None:
        return
    if cell.formula:
        yield _fault("form_formula", sheet, row, JUDGEMENT, language, cell)
    elif normal(_text(cell)) not in _labels("judgement"):
        words = framework.load().vocabulary("judgement").values()
        known = join([each[language] for each in words], language)
        yield _fault("form_judgement", sheet, row, JUDGEMENT, language, cell, known=known)


def _text_faults(sheet: Sheet, row: int, language: str, cell: Cell | None) -> Iterator[Fault]:
    if cell is None:
        return
    if cell.formula or cell.kind == "error":
        yield _fault("form_formula", sheet, row, TEXT, language, cell)
    elif len(_text(cell)) > LONGEST:
        yield _fault("form_text_long", sheet, row, TEXT, language, cell, most=LONGEST)


def _fault(
    code: str,
    sheet: Sheet,
    row: int,
    column: int,
    language: str,
    cell: Cell | None,
    **args: Any,
) -> Fault:
    key = ("criterion", "judgement", "text")[column - 1]
    return fault(
        code, _text(cell), sheet=sheet.name, row=row, column=column,
        title=say(f"offline.column.{key}", language), **args,
    )  # fmt: skip


def _labels(vocabulary: str) -> Mapping[str, str]:
    """The codes by their labels in every language, and by themselves."""
    words = framework.load().vocabulary(vocabulary)
    labels = {normal(words[code][each]): code for code in words for each in LANGUAGES}
    return labels | {normal(code): code for code in words}


def _text(cell: Cell | None) -> str:
    if cell is None or cell.value is None:
        return ""
    return f"{cell.value:g}" if isinstance(cell.value, float) else str(cell.value)
