"""One job from notebook to files: everything is made in memory first, then put in place."""

from __future__ import annotations

import hashlib
import json
import logging
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst

from a87lib.problems import Problems
from a87lib.report import docx, page, pdf, sameness
from a87lib.report.about import About
from a87lib.report.jobs import Job
from a87lib.report.running import CellFailure, executed, private_home
from a87lib.report.tree import Document, read

RECORD = "ipynb"
LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Made:
    """A document that lies in its formats. files: path below the pack, SHA-256, size in bytes."""

    name: str
    about: About
    parameters: dict[str, Any]
    files: tuple[tuple[str, str, int], ...]
    anew: bool = True


@dataclass(frozen=True)
class Failed:
    """A document that could not be made. cell: number in the notebook, 0 where none is to blame."""

    name: str
    notebook: str
    cell: int
    message: str


def make(job: Job, out: Path, versions: dict[str, str]) -> Made | Failed:
    """Run the notebook and write its editions and its record; on failure leave no file of it."""
    try:
        kept = _unchanged(job, out, versions)
        return kept or _made(job, out, versions)
    except CellFailure as failure:
        failed = Failed(job.name, job.notebook.name, failure.cell, failure.message)
    except (Problems, typst.TypstError, ValueError, OSError) as error:
        failed = Failed(job.name, job.notebook.name, 0, _first_line(error))
    except Exception as error:
        LOG.exception("making %s", job.name)
        message = f"{type(error).__name__}: {_first_line(error)}"
        failed = Failed(job.name, job.notebook.name, 0, message)
    for path in _paths(job, out).values():
        path.unlink(missing_ok=True)
    return failed


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def _paths(job: Job, out: Path) -> dict[str, Path]:
    return {form: out / f"{job.name}.{form}" for form in (*job.formats, RECORD)}


def _made(job: Job, out: Path, versions: dict[str, str]) -> Made:
    with private_home() as folder:
        notebook = executed(job, folder)
    document = read(notebook)
    contents = {form: _rendered(document, form, job.reference) for form in job.formats}
    digests = {form: hashlib.sha256(content).hexdigest() for form, content in contents.items()}
    notebook.metadata["a87"] = {
        "about": document.about.to_json(),
        "files": digests,
        "key": job.key(versions),
        "parameters": job.values(),
        "versions": versions,
    }
    contents[RECORD] = sameness.notebook(notebook).encode()
    put(contents, _paths(job, out))
    return _told(job, out, document.about)


def _rendered(document: Document, form: str, reference: Path | None) -> bytes:
    if form == "docx":
        return docx.render(document, reference)
    return {"html": page.render, "pdf": pdf.render}[form](document)


def put(contents: dict[str, bytes], paths: dict[str, Path]) -> None:
    """Write all contents beside their places, flush them to disk, then move them there.

    The record comes last: where it lies, all else lies. Raises OSError, having removed its parts.
    """
    parts = {form: path.with_name(f"{path.name}.part") for form, path in paths.items()}
    try:
        for form, content in contents.items():
            parts[form].parent.mkdir(parents=True, exist_ok=True)
            with parts[form].open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        for form in contents:
            parts[form].replace(paths[form])
    except BaseException:
        for part in parts.values():
            part.unlink(missing_ok=True)
        raise


def _told(job: Job, out: Path, about: About, anew: bool = True) -> Made:
    files = []
    for path in _paths(job, out).values():
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        files.append((path.relative_to(out).as_posix(), digest, len(content)))
    return Made(job.name, about, job.values(), tuple(files), anew)


def _unchanged(job: Job, out: Path, versions: dict[str, str]) -> Made | None:
    """What lies there, if it was made from the very same inputs and nobody has touched it."""
    key = job.key(versions)
    paths = _paths(job, out)
    if not key or not all(path.is_file() for path in paths.values()):
        return None
    said = json.loads(paths[RECORD].read_bytes())["metadata"].get("a87", {})
    if said.get("key") != key:
        return None
    made = _told(job, out, About.from_json(said["about"]), anew=False)
    found = {Path(name).suffix[1:]: digest for name, digest, _ in made.files}
    return made if all(found[form] == said["files"].get(form) for form in job.formats) else None
