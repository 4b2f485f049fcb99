"""The receipt of a submission, as text for its sender and as data."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from a87lib import framework
from a87lib.intake.workbooks import Fault
from a87lib.language import say, told
from a87lib.register import Register


class Kept(NamedTuple):
    """A document kept whole: what its sender called it, its digest, its type by content."""

    name: str
    sha256: str
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was recorded of a workbook.

    entries: number, kind and cycle of each. figures: rows of figures and answers. empty: prefilled
    rows left empty. again: it had been taken in before, and nothing new was recorded. numbered:
    whether its reader may be told the numbers of entries.
    """

    name: str
    sha256: str
    country: str
    cycles: Sequence[int]
    language: str
    entries: Sequence[tuple[int, str, int | None]]
    figures: int = 0
    documents: Sequence[Kept] = ()
    warnings: Sequence[Fault] = field(default_factory=list)
    empty: int = 0
    again: bool = False
    dry_run: bool = False
    numbered: bool = True

    def lines(self, language: str) -> list[str]:
        """The receipt in words."""
        key = "again" if self.again else "dry_run" if self.dry_run else "accepted"
        country = framework.country_name(self.country, language)
        cycles = ", ".join(map(str, self.cycles))
        told_ = [
            say(f"intake.receipt.{key}", language, name=self.name, country=country, cycles=cycles)
        ]
        if framework.is_fictional(self.country):
            told_.append(say("review.notice.fictional", language))
        told_.append(say("intake.receipt.sha256", language, sha256=self.sha256))
        kinds = groupby(self.entries, key=lambda entry: (entry[1], entry[2]))
        for (kind, cycle), group in kinds:
            numbers = [entry[0] for entry in group]
            told_.append(_entry_line(numbers, kind, cycle, language, self.numbered))
        if self.figures:
            told_.append(say("intake.receipt.figures", language, count=self.figures))
        for each in self.documents:
            args = {"name": each.name, "type": each.media_type, "sha256": each.sha256}
            told_.append(say("intake.receipt.document", language, **args))
        if self.empty:
            told_.append(say("intake.receipt.empty", language, count=self.empty))
        told_ += [
            say("intake.receipt.warning", language, text=told(each, language))
            for each in self.warnings
        ]
        return told_

    def data(self, language: str) -> dict[str, Any]:
        """The receipt for a JSON document."""
        return {
            "name": self.name,
            "sha256": self.sha256,
            "country": self.country,
            "cycles": list(self.cycles),
            "language": self.language,
            "again": self.again,
            "dry_run": self.dry_run,
            "entries": [self._entry(*entry) for entry in self.entries],
            "figures": self.figures,
            "empty": self.empty,
            "documents": [each._asdict() for each in self.documents],
            "warnings": [each.told(language) for each in self.warnings],
        }

    def _entry(self, no: int, kind: str, cycle: int | None) -> dict[str, Any]:
        said = {"kind": kind, "cycle": cycle}
        return {"no": no, **said} if self.numbered else said


def _entry_line(
    numbers: Sequence[int], kind: str, cycle: int | None, language: str, numbered: bool
) -> str:
    shown = str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"
    if not numbered:
        shown = f"{len(numbers)} ×"
    name = framework.load().label("entry_kind", kind, language)
    if cycle is None:
        return say("intake.receipt.entry", language, numbers=shown, kind=name)
    return say("intake.receipt.entry_cycle", language, numbers=shown, kind=name, cycle=str(cycle))


def earlier_receipt(on: Register, label: str, name: str, sha256: str) -> Receipt | None:
    """The receipt of a file that was taken in before; None where it was not."""
    entries = on.labelled(label)
    if not entries:
        return None
    bodies = [json.loads(entry.body_json or "{}") for entry in entries]
    languages = [body["language"] for body in bodies if "language" in body]
    linked = {b["document"]: b.get("document_name", "") for b in bodies if "document" in b}
    kept = []
    for reference, own in linked.items():
        digest = reference.removeprefix("sha256:")
        kept.append(Kept(own, digest, on.document(digest).media_type))
    cycles = sorted({entry.cycle for entry in entries if entry.cycle is not None})
    return Receipt(
        name=name,
        sha256=sha256,
        country=entries[0].country or "",
        cycles=cycles,
        language=languages[0] if languages else "en",
        entries=[(entry.no, entry.kind, entry.cycle) for entry in entries],
        figures=sum(len(entry.observations) for entry in entries),
        documents=kept,
        again=True,
    )
