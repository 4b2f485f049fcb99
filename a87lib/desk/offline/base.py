"""What a form says it is, and what it started from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from a87lib.desk.acting import Acting
from a87lib.desk.reviewing import assessing, drafts
from a87lib.facts import canonical
from a87lib.intake.workbooks.cells import Sheet
from a87lib.language import LANGUAGES
from a87lib.register import Register

FORMAT, TEMPLATE = "a87-assessment", "2026.1"
NOTHING = "none"


@dataclass(frozen=True, slots=True)
class Base:
    """The rows of the hidden sheet.

    draft: a digest of the draft that it was made from; delivered: the versions of what was
    delivered then (`none`: there was none).
    """

    format: str
    template: str
    language: str
    country: str
    cycle: str
    reviewer: str
    draft: str
    delivered: str

    def rows(self) -> list[tuple[str, str]]:
        """What is written into the hidden sheet."""
        return [(each.name, getattr(self, each.name)) for each in fields(self)]


def base_of(on: Register, acting: Acting, country: str, cycle: int, language: str) -> Base:
    """What a form made now starts from."""
    draft = drafts.load(on, acting, country, cycle, "assessment")
    own = assessing.own(on, acting, country, cycle)
    versions = " ".join(sorted(f"{d.judgement.criterion}={d.version}" for d in own))
    return Base(
        FORMAT, TEMPLATE, language, country, str(cycle), acting.principal,
        _digest(draft.content), versions or NOTHING,
    )  # fmt: skip


def read(sheet: Sheet | None) -> Base | None:
    """What the hidden sheet of a form says; None where it is no form of ours."""
    said: dict[str, str] = {}
    for (row, column), cell in sorted(({} if sheet is None else sheet.cells).items()):
        value = None if sheet is None else sheet.at(row, 2)
        if column == 1 and isinstance(cell.value, str):
            plain = "" if value is None or value.value is None else value.value
            said[cell.value] = f"{plain:g}" if isinstance(plain, float) else str(plain)
    names = [each.name for each in fields(Base)]
    if any(name not in said for name in names) or said["format"] != FORMAT:
        return None
    return Base(**{name: said[name] for name in names}) if said["language"] in LANGUAGES else None


def _digest(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(dict(content)).encode()).hexdigest()[:16]
