"""What the Intake screen says: files given, problems beside their cells, receipts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from a87lib.desk.receipts import Receipt
from a87lib.intake import workbooks
from a87lib.intake.workbooks import Fault, Refused
from a87lib.intake.workbooks.faults import letters
from a87lib.intake.workbooks.regions import Region, ShownCell, ShownRow, regions
from a87lib.language import say, told
from a87lib.problems import Problems
from a87lib.report import documents as doc
from a87lib.report.elements import CalloutKind
from a87lib.report.inline import Piece
from a87lib.serving.view import link
from widgets.controls import said
from widgets.dropping import limits
from widgets.files import anchor, kilobytes
from widgets.shown import screen

if TYPE_CHECKING:
    from widgets.intake import Intake

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PARTS = ("sheet", "cell", "found", "problem", "expected", "fix")


def zone(model: Intake, what: str) -> str:
    """The head of a place for files, with what the page itself says of files it cannot send."""
    language = model.language
    title, hint = (said(f"intake.{what}{part}", language) for part in ("", ".hint"))
    head = f'<h2>{escape(title)}</h2><p class="note">{escape(hint)}</p>'
    return head + limits(language)


def working(model: Intake, what: str) -> str:
    """What stands in the place of the files while they are checked."""
    return f'<p role="status">{escape(said("intake.checking", model.language))}</p>'


def held(model: Intake, what: str) -> str:
    """The files given, with their sizes."""
    language = model.language
    lines = [
        said("intake.held", language, name=each.name, size=kilobytes(each.data, language))
        for each in model.held(what)
    ]
    note = refusal([said(f"intake.{model.note}", language)]) if model.note else ""
    if not lines:
        return note + f'<p class="note">{escape(said("intake.no_file", language))}</p>'
    return note + "".join(f'<p class="a87-held">{escape(line)}</p>' for line in lines)


def reasons(model: Intake) -> str:
    """Why the workbook cannot be taken in yet."""
    told_ = [said(f"intake.blocked.{why}", model.language) for why in model.blockers]
    return f'<p class="note">{escape(" ".join(told_))}</p>' if told_ else ""


def refusal(lines: Iterable[str]) -> str:
    """Lines that must not be missed, told at once by screen readers."""
    return "".join(f'<p class="a87-refused" role="alert">{escape(line)}</p>' for line in lines)


def told_all(problems: Problems, language: str) -> list[str]:
    """Each problem in a line."""
    return [told(problem, language) for problem in problems.problems]


def answered(model: Intake) -> str:
    """What the register answers, in the language of the workbook."""
    answer, language = model.answer, model.language
    if isinstance(answer, Refused):
        return _refused(model, answer, answer.language or language)
    if isinstance(answer, Problems):
        return refusal(told_all(answer, language))
    if isinstance(answer, Receipt):
        return _received(model, answer, answer.language)
    return ""


def _refused(model: Intake, answer: Refused, language: str) -> str:
    name = model.workbook.name if model.workbook is not None else ""
    count = len(answer.faults)
    title = say("intake.refused", language, file=name, count=count)
    faults = [*answer.faults, *answer.warnings]
    caption = said("intake.problems", language, file=name)
    columns = [said("intake.no", language)]
    columns += [say(f"intake.part.{part}", language) for part in PARTS]
    rows = [_row(place, fault, language) for place, fault in enumerate(faults, 1)]
    table = screen(doc.table(caption, columns, rows), language, "problems")
    shown = "".join(_region(each, language) for each in _regions(model, faults, language))
    heading = said("intake.cells", language)
    below = f'<div class="a87-doc"><h2>{escape(heading)}</h2>{shown}</div>' if shown else ""
    return f'<div lang="{language}">{refusal([title])}{table}{below}</div>'


def _row(place: int, fault: Fault, language: str) -> tuple[Piece, ...]:
    words = fault.told(language)
    cell = words["cell"] or str(words["row"] or words["column"] or "")
    where = " · ".join(filter(None, (cell, words["title"])))
    problem = words["problem"]
    if fault.warning:
        problem = doc.joined(
            (doc.badge("attention", said("intake.warning", language)), " ", problem)
        )
    sheet = words["sheet"] or words["where"] or said("intake.whole", language)
    said_ = (words[part] for part in ("expected", "fix"))
    return (
        str(place), sheet, where or "–", words["found"] or "–", problem, *(s or "–" for s in said_),
    )  # fmt: skip


def _regions(model: Intake, faults: Sequence[Fault], language: str) -> list[Region]:
    """The cells around the faults; none where the file cannot be opened as a workbook."""
    if model.workbook is None or not any(fault.row for fault in faults):
        return []
    try:
        book = workbooks.opened(model.workbook.data).book
    except Refused:
        return []
    return regions(book, faults, language)


def _region(region: Region, language: str) -> str:
    caption = said("intake.region", language, sheet=region.sheet)
    heads = "".join(f'<th scope="col">{letters(column)}</th>' for column in region.columns)
    body = "".join(_region_row(row, language) for row in region.rows)
    more = ""
    if region.left_out:
        words = said("intake.left_out", language, count=region.left_out)
        more = f'<p class="note">{escape(words)}</p>'
    return (
        f'<div class="table a87-sheet" role="region" tabindex="0" aria-label="{escape(caption)}">'
        f"<table><caption>{escape(caption)}</caption><thead><tr><td></td>{heads}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>{more}"
    )


def _region_row(row: ShownRow, language: str) -> str:
    cells = "".join(_region_cell(cell, row.heads, language) for cell in row.cells)
    head = f'<th scope="row">{row.number}{_marks(row.faults, language)}</th>'
    kind = ' class="a87-titles"' if row.heads else ""
    return f"<tr{kind}>{head}{cells}</tr>"


def _region_cell(cell: ShownCell, heads: bool, language: str) -> str:
    text = escape(cell.text)
    if cell.faults:
        return f'<td class="a87-fault"><bdi>{text}</bdi>{_marks(cell.faults, language)}</td>'
    return f"<td><bdi>{text}</bdi></td>"


def _marks(faults: Sequence[int], language: str) -> str:
    if not faults:
        return ""
    words = said("intake.mark", language, numbers=", ".join(map(str, faults)))
    return f' <strong class="a87-mark">{escape(words)}</strong>'


def _received(model: Intake, receipt: Receipt, language: str) -> str:
    lines = receipt.lines(language)
    recorded = not receipt.dry_run and not receipt.again
    kind: CalloutKind = "good" if recorded else "info"
    parts: list[doc.Element | Piece] = [doc.items(lines[1:])]
    if recorded or receipt.again:
        cycle = max(receipt.cycles) if receipt.cycles else None
        view = model.view().but(country=receipt.country, cycle=cycle, date=model.today)
        words = said("intake.open_file", model.language)
        parts.append(doc.paragraph(doc.link("#" + link("country", view), words)))
    box = screen(doc.callout(kind, lines[0], *parts), language, "receipt")
    saving = "" if receipt.dry_run and not receipt.again else _saving(model, receipt, language)
    return f'<div lang="{language}" role="status">{box}</div>{saving}'


def _saving(model: Intake, receipt: Receipt, language: str) -> str:
    """The links that save the receipt, as a text and as data."""
    cycles = "-".join(map(str, receipt.cycles))
    name = f"receipt-{receipt.country}-{cycles}-{receipt.sha256[:12]}"
    text = "\n".join(receipt.lines(language)) + "\n"
    data = json.dumps(receipt.data(language), ensure_ascii=False, indent=2) + "\n"
    links = (
        _file(f"{name}.txt", text.encode(), "text/plain", said("intake.as_text", model.language)),
        _file(f"{name}.json", data.encode(), "application/json",
              said("intake.as_data", model.language)),
    )  # fmt: skip
    return "".join(links)


def copy_link(model: Intake, data: bytes) -> str:
    """The link that saves the marked copy."""
    stem = model.workbook.name.rpartition(".")[0] if model.workbook is not None else ""
    name = f"{stem or 'workbook'}-{said('intake.marked', model.language)}.xlsx"
    size = kilobytes(data, model.language)
    return _file(name, data, XLSX, said("document.save", model.language, name=name, size=size))


def _file(name: str, data: bytes, media_type: str, words: str) -> str:
    return f'<p class="a87-same">{anchor(name, data, words, media_type)}</p>'
