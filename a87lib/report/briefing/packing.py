"""What is made of briefings beside their notebooks: the XLSX annex, one PDF with all reviews."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path

from a87lib.report import pdf
from a87lib.report.briefing.annex import annex
from a87lib.report.briefing.opening import Briefing
from a87lib.report.jobs import read_notebook
from a87lib.report.making import RECORD, Made, put
from a87lib.report.merging import merged
from a87lib.report.tree import Document, read

ANNEX = "xlsx"


@dataclass(frozen=True)
class Packing:
    """Where the pack lies, the briefings in it, the formats wanted, whether one PDF holds all."""

    folder: Path
    files: tuple[Briefing, ...]
    formats: tuple[str, ...]
    together: bool

    def finish(self, made: tuple[Made, ...]) -> tuple[Made, ...]:
        """What lies in the pack when annexes and merged PDFs are made, too."""
        named = {one.name: one for one in made}
        told = _told_before(self.folder)
        finished: list[Made] = []
        for one in made:
            this = next((f for f in self.files if name_of(f) == one.name), None)
            if this is None:
                finished.append(one)
                continue
            if ANNEX in self.formats:
                one = self._with_annex(one, this)
            finished.append(one)
            if self.together and "pdf" in self.formats:
                finished.append(self._together(one, this, named, told))
        return tuple(finished)

    def _with_annex(self, one: Made, this: Briefing) -> Made:
        stem = "annex" if this.internal else f"annex-{this.asked.edition}"
        path = f"{_folder(this)}/{stem}.{this.language}.{ANNEX}"
        return replace(one, files=(*one.files, self._put(path, annex(this))))

    def _together(
        self, one: Made, this: Briefing, named: dict[str, Made], told: dict[str, str]
    ) -> Made:
        """The briefing and the reviews in its language as one PDF, made in one compilation."""
        parts = [one, *(m for name, m in named.items() if _is_review(name, this.language))]
        about = replace(one.about, kind=this.say("kind.together"))
        path = f"{_folder(this)}/briefing-with-reviews.{this.language}.pdf"
        held = self.folder / path
        kept = held.is_file() and hashlib.sha256(held.read_bytes()).hexdigest() == told.get(path)
        if kept and not any(part.anew for part in parts):
            file = (path, told[path], held.stat().st_size)
        else:
            documents = [self._document(part) for part in parts]
            whole = merged(documents[0], documents[1:], about)
            file = self._put(path, pdf.render(whole))
        return Made(path.removesuffix(".pdf"), about, one.parameters, (file,))

    def _document(self, part: Made) -> Document:
        return read(read_notebook(self.folder / f"{part.name}.{RECORD}"))

    def _put(self, path: str, content: bytes) -> tuple[str, str, int]:
        put({ANNEX: content}, {ANNEX: self.folder / path})
        return path, hashlib.sha256(content).hexdigest(), len(content)


def name_of(this: Briefing) -> str:
    """The name of a briefing's documents in its pack."""
    stem = "briefing" if this.internal else f"briefing-{this.asked.edition}"
    return f"{_folder(this)}/{stem}.{this.language}"


def _folder(this: Briefing) -> str:
    return f"gcm-{this.asked.meeting}"


def _is_review(name: str, language: str) -> bool:
    return name.endswith(f"/review.{language}")


def _told_before(folder: Path) -> dict[str, str]:
    """The digests that the pack's manifest told before this run."""
    path = folder / "manifest.json"
    if not path.is_file():
        return {}
    held = json.loads(path.read_bytes())
    return {file["path"]: file["sha256"] for one in held["documents"] for file in one["files"]}
