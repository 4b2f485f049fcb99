"""The append-only register: what was said, in a chain that shows when it was tampered with."""

from a87lib.register.address import DEFAULT, EXERCISE, VARIABLE, Address, chosen, embedded
from a87lib.register.conflicts import Conflict
from a87lib.register.documents import Document
from a87lib.register.making import bring_up_to_date, exists, make
from a87lib.register.making import open_register as open  # noqa: A004 - read as register.open
from a87lib.register.reading import digest
from a87lib.register.rows import Head, NewEntry, ObservationRow, StoredEntry
from a87lib.register.store import Kind, Register
from a87lib.register.verify import Discrepancy
from a87lib.register.visibility import ROLES, Reader
from a87lib.register.writing import Added

__all__ = [
    "DEFAULT",
    "EXERCISE",
    "ROLES",
    "VARIABLE",
    "Added",
    "Address",
    "Conflict",
    "Discrepancy",
    "Document",
    "Head",
    "Kind",
    "NewEntry",
    "ObservationRow",
    "Reader",
    "Register",
    "StoredEntry",
    "bring_up_to_date",
    "chosen",
    "digest",
    "embedded",
    "exists",
    "make",
    "open",
]
