"""Workbooks out and in: made for a country, read within limits, checked as a whole.

A workbook comes in by three steps, of which none opens a register: `opened` (the file itself, then
its cells, then what it says it is), `checked` (against what is on file of the country) and, where
it was refused, `annotated` (a copy with the cells at fault marked).
"""

from __future__ import annotations

from typing import NamedTuple

from a87lib.intake.workbooks import book as _book
from a87lib.intake.workbooks import container as _container
from a87lib.intake.workbooks.book import Book
from a87lib.intake.workbooks.checking import checked
from a87lib.intake.workbooks.context import Context, NamedFile, Submission
from a87lib.intake.workbooks.faults import Fault, Refused, fault
from a87lib.intake.workbooks.identity import Identity, identified
from a87lib.intake.workbooks.settings import settings


class Opened(NamedTuple):
    """A file that is a workbook of ours: its cells, and what it says it is."""

    book: Book
    identity: Identity


def opened(data: bytes) -> Opened:
    """Reads a file within limits; Refused where it is no workbook of ours, or not a safe one."""
    book = _book.read(_container.opened(data))
    return Opened(book, identified(book))


__all__ = [
    "Book",
    "Context",
    "Fault",
    "Identity",
    "NamedFile",
    "Opened",
    "Refused",
    "Submission",
    "checked",
    "fault",
    "identified",
    "opened",
    "settings",
]
