"""What is made of briefings beside their notebooks: the XLSX annex, one PDF with all reviews."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from a87lib.report import notebooks, pdf
from a87lib.report.about import About
from a87lib.report.briefing.annex import annex
from a87lib.report.briefing.opening import Briefing
from a87lib.report.briefing.parameters import ANNEX
from a87lib.report.crew import Crew, Died
from a87lib.report.making import NEW, RECORD, Made
from a87lib.report.merging import merged
from a87lib.report.peak import available
from a87lib.report.places import Place
from a87lib.report.tree import Document, read

EACH = 60 * 2**20  # bytes of memory for each document of a merged PDF, as measured
File = tuple[str, str, int]  # path in the pack, SHA-256, size in bytes


@dataclass(frozen=True)
class Packing:
    """The briefings in a pack, the formats wanted, whether one PDF holds all."""

    files: tuple[Briefing, ...]
    formats: tuple[str, ...]
    together: bool

    def finish(self, made: tuple[Made, ...], place: Place, crew: Crew) -> tuple[Made, ...]:
        """What lies in the pack when annexes and merged PDFs are made, too."""
        whole = self._whole(made, place, crew) if self.together and "pdf" in self.formats else {}
        finished: list[Made] = []
        for one in made:
            this = self._briefing(one)
            if this is not None and ANNEX in self.formats:
                one = self._with_annex(one, this, place)
            finished.append(one)
            if one.name in whole:
                finished.append(whole[one.name])
        return tuple(finished)

    def _briefing(self, one: Made) -> Briefing | None:
        return next((this for this in self.files if name_of(this) == one.name), None)

    def _with_annex(self, one: Made, this: Briefing, place: Place) -> Made:
        stem = "annex" if this.internal else f"annex-{this.asked.edition}"
        path = f"{_folder(this)}/{stem}.{this.language}.{ANNEX}"
        return replace(one, files=(*one.files, _put(place, path, annex(this))))

    def _whole(self, made: tuple[Made, ...], place: Place, crew: Crew) -> dict[str, Made]:
        """For each briefing, it and the reviews in its language as one PDF."""
        told = _told_before(place)
        asked: list[Together] = []
        for one in made:
            this = self._briefing(one)
            if this is not None:
                parts = [one, *(m for m in made if _is_review(m.name, this.language))]
                about = replace(one.about, kind=this.say("kind.together"))
                path = f"{_folder(this)}/briefing-with-reviews.{this.language}.pdf"
                asked.append(Together(place, path, about, tuple(parts), told.get(path, "")))
        lying = [(each, held) for each in asked if (held := each.lying()) is not None]
        there = {each.path for each, _ in lying}
        left = [each for each in asked if each.path not in there]
        made_now = chain.from_iterable(
            crew.each(together, some) for some in portions(left, available())
        )
        found: dict[str, Made] = {}
        given: Iterator[tuple[Together, File | Died]] = chain(lying, made_now)
        for each, file in given:
            if isinstance(file, Died):
                raise OSError(0, f"{each.path}: {file}")
            one, name = each.parts[0], each.path.removesuffix(".pdf")
            anew = each.path not in there
            found[one.name] = Made(name, each.about, one.parameters, (file,), anew)
        return found


@dataclass(frozen=True)
class Together:
    """Documents to become one PDF. told: the digest of what lies there, if it was ours."""

    place: Place
    path: str
    about: About
    parts: tuple[Made, ...]
    told: str

    def lying(self) -> File | None:
        """The PDF that lies there, if none of its parts was made anew and nobody touched it."""
        held = self.place.read(self.path)
        if held is None or any(part.anew or part.below for part in self.parts):
            return None
        if hashlib.sha256(held).hexdigest() != self.told:
            return None
        self.place.remove(f"{NEW}/{self.path}")
        return self.path, self.told, len(held)


def portions(asked: Sequence[Together], memory: int | None) -> Iterator[Sequence[Together]]:
    """Those that are made side by side: as many as the memory holds, at least one."""
    if not asked:
        return
    each = EACH * max(len(one.parts) for one in asked)
    count = len(asked) if memory is None else max(1, memory // each)
    for first in range(0, len(asked), count):
        yield asked[first : first + count]


def together(asked: Together) -> File:
    """The documents in one compilation."""
    documents = [_document(asked.place, part) for part in asked.parts]
    whole = merged(documents[0], documents[1:], asked.about)
    return _put(asked.place, asked.path, pdf.render(whole))


def _document(place: Place, part: Made) -> Document:
    record = place.read(f"{part.below}{part.name}.{RECORD}") or b""
    return read(notebooks.from_text(record.decode()))


def _put(place: Place, path: str, content: bytes) -> File:
    place.write(f"{NEW}/{path}", content)
    return path, hashlib.sha256(content).hexdigest(), len(content)


def name_of(this: Briefing) -> str:
    """The name of a briefing's documents in its pack."""
    stem = "briefing" if this.internal else f"briefing-{this.asked.edition}"
    return f"{_folder(this)}/{stem}.{this.language}"


def _folder(this: Briefing) -> str:
    return f"gcm-{this.asked.meeting}"


def _is_review(name: str, language: str) -> bool:
    return name.endswith(f"/review.{language}")


def _told_before(place: Place) -> dict[str, str]:
    """The digests that the pack's manifest told before this run."""
    held = json.loads(place.read("manifest.json") or b'{"documents": []}')
    return {file["path"]: file["sha256"] for one in held["documents"] for file in one["files"]}
