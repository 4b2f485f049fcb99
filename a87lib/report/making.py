"""One job from notebook to files: made in memory first, then put below ``.new`` of its place."""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import typst
from nbformat import NotebookNode

from a87lib.problems import Problems
from a87lib.report import docx, page, pdf, sameness
from a87lib.report.about import About
from a87lib.report.jobs import Job
from a87lib.report.places import NEW, Folder, Place
from a87lib.report.running import CellFailure, run
from a87lib.report.tree import Document, read

RECORD = "ipynb"
LOG = logging.getLogger(__name__)
Given = TypeVar("Given")


class NotWritten(OSError):
    """The place takes no files: there is no use in making more."""


@dataclass(frozen=True)
class Made:
    """A document that lies in its formats. files: path below the pack, SHA-256, size in bytes.

    anew: whether it was made in this run. below: where its files are until the pack is whole
    (``.new/``, or nothing where they lie in their places). seconds: what each step took.
    """

    name: str
    about: About
    parameters: dict[str, Any]
    files: tuple[tuple[str, str, int], ...]
    anew: bool = True
    below: str = f"{NEW}/"
    seconds: dict[str, float] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Failed:
    """A document that could not be made. cell: number in the notebook, 0 where none is to blame."""

    name: str
    notebook: str
    cell: int
    message: str


def make(job: Job, place: Place, versions: dict[str, str], key: str = "") -> Made | Failed:
    """Run the notebook; put its editions and its record below ``.new``, the record last.

    key: the job's key where the batch was begun; another machine must have the same. Raises
    NotWritten where the place takes no files.
    """
    try:
        if key and job.key(versions) != key:
            raise ValueError("this worker has other code, another notebook or other packages")
        steps: dict[str, float] = {}
        notebook = _timed(steps, "run", lambda: run(job))
        return finished(job, notebook, place, versions, steps)
    except NotWritten:
        raise
    except CellFailure as failure:
        return Failed(job.name, job.notebook.name, failure.cell, failure.message)
    except (Problems, typst.TypstError, ValueError, OSError) as error:
        return Failed(job.name, job.notebook.name, 0, _first_line(error))
    except Exception as error:
        LOG.exception("making %s", job.name)
        message = f"{type(error).__name__}: {_first_line(error)}"
        return Failed(job.name, job.notebook.name, 0, message)


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def finished(
    job: Job,
    notebook: NotebookNode,
    place: Place,
    versions: dict[str, str],
    steps: dict[str, float],
) -> Made:
    """The editions and the record of a notebook that has been run, put below ``.new``.

    steps: what was done so far, in seconds; what is done here is added. Raises Problems where the
    notebook makes no document, NotWritten where the place takes no files.
    """
    document = _timed(steps, "tree", lambda: read(notebook))
    contents = {
        form: _timed(steps, form, partial(_rendered, document, form, job.reference))
        for form in job.formats
    }
    digests = {form: hashlib.sha256(content).hexdigest() for form, content in contents.items()}
    notebook.metadata["a87"] = {
        "about": document.about.to_json(),
        "files": digests,
        "key": job.key(versions),
        "parameters": job.values(),
        "versions": versions,
    }
    contents[RECORD] = _timed(steps, "record", lambda: sameness.notebook(notebook).encode())
    _timed(steps, "write", lambda: _put(job, contents, place))
    files = tuple(
        (f"{job.name}.{form}", hashlib.sha256(content).hexdigest(), len(content))
        for form, content in contents.items()
    )
    return Made(job.name, document.about, job.values(), files, seconds=steps)


def _timed(steps: dict[str, float], step: str, work: Callable[[], Given]) -> Given:
    begun = time.perf_counter()
    done = work()
    steps[step] = time.perf_counter() - begun
    return done


def _rendered(document: Document, form: str, reference: Path | None) -> bytes:
    if form == "docx":
        return docx.render(document, reference)
    return {"html": page.render, "pdf": pdf.render}[form](document)


def _put(job: Job, contents: dict[str, bytes], place: Place) -> None:
    place.remove(f"{NEW}/{job.name}.{RECORD}")
    try:
        for form, content in contents.items():
            place.write(f"{NEW}/{job.name}.{form}", content)
    except OSError as error:
        raise NotWritten(error.errno, error.strerror or str(error)) from None


def kept(job: Job, place: Place, versions: dict[str, str]) -> Made | None:
    """What lies there already, if it was made from the very same and nobody has touched it.

    It may lie below ``.new``, where a batch was ended before all of its pack was there.
    """
    key = job.key(versions)
    if not key:
        return None
    return _lying(job, key, place, "") or _lying(job, key, place, f"{NEW}/")


def _lying(job: Job, key: str, place: Place, below: str) -> Made | None:
    record = place.read(f"{below}{job.name}.{RECORD}")
    said = _said(record)
    if record is None or said.get("key") != key:
        return None
    files = []
    for form in job.formats:
        content = place.read(f"{below}{job.name}.{form}")
        digest = hashlib.sha256(content or b"").hexdigest()
        if content is None or digest != said["files"].get(form):
            return None
        files.append((f"{job.name}.{form}", digest, len(content)))
    files.append((f"{job.name}.{RECORD}", hashlib.sha256(record).hexdigest(), len(record)))
    about = About.from_json(said["about"])
    return Made(job.name, about, job.values(), tuple(files), anew=False, below=below)


def _said(record: bytes | None) -> dict[str, Any]:
    """What a record says of its run; nothing where it is none (somebody wrote over it)."""
    try:
        said: dict[str, Any] = json.loads(record or b"{}")["metadata"]["a87"]
    except (ValueError, KeyError, TypeError):
        return {}
    return said


__all__ = ["NEW", "RECORD", "Failed", "Folder", "Made", "NotWritten", "kept", "make"]
