"""What is to be made: a notebook, its parameters, a name, formats. Checked before anything runs."""

from __future__ import annotations

import ast
import hashlib
import json
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from pydantic import BaseModel, ConfigDict

import a87lib
from a87lib.problems import Problem, Problems, problem
from a87lib.report import notebooks

SOURCES = (".css", ".docx", ".html", ".po", ".py", ".ttf", ".txt", ".typ", ".xml", ".yaml")
FORMATS = ("html", "pdf", "docx")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")


class Parameters(BaseModel):
    """The declared parameters of a notebook: subclass it with one typed field each."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@lru_cache
def code_digest() -> str:
    """Digest of the code, words, templates, fonts and parameters of a87lib as they lie on disk."""
    package = Path(a87lib.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*")):
        if path.suffix in SOURCES:
            digest.update(path.relative_to(package).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


@dataclass(frozen=True)
class Job:
    """One document in its formats.

    notebook: path of the notebook. parameters: its declared parameters, typed. name: path of the
    document below the pack's folder without extension (`QMA/review.fr`). formats: any of html,
    pdf, docx. environment: variables for the kernel (the register's address: it is no parameter,
    because a parameter is kept in the record and an address differs from machine to machine).
    inputs: digest of everything else that the notebook reads; where it and all else is unchanged
    the document is not made again ("": always made). reference: an office's own reference document
    for the DOCX (None: ours).
    """

    notebook: Path
    parameters: Parameters
    name: str
    formats: tuple[str, ...] = FORMATS
    environment: dict[str, str] = field(default_factory=dict)
    inputs: str = ""
    reference: Path | None = None

    def values(self) -> dict[str, Any]:
        """The parameters as plain values: text, numbers, lists."""
        values: dict[str, Any] = self.parameters.model_dump(mode="json")
        return values

    def key(self, versions: dict[str, str]) -> str:
        """Digest of all that the document depends on; empty where that is not known."""
        if not self.inputs:
            return ""
        source = hashlib.sha256(self.notebook.read_bytes()).hexdigest()
        made = [sorted(self.formats), versions, code_digest()]
        if self.reference is not None:
            made.append(hashlib.sha256(self.reference.read_bytes()).hexdigest())
        whole = [source, self.values(), self.name, self.inputs, made]
        return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()


def read_notebook(path: Path) -> NotebookNode:
    """The notebook. Raises Problems where it is missing or is not one."""
    try:
        text = path.read_text(encoding="utf-8")
        return notebooks.from_text(text)
    except FileNotFoundError:
        raise problem("no_such_file", str(path)) from None
    except (OSError, ValueError, nbformat.reader.NotJSONError) as error:
        raise problem("notebook_unreadable", path.name, str(error).splitlines()[0]) from None


def declared(notebook: NotebookNode, where: str = "") -> frozenset[str]:
    """The names set in the cell tagged `parameters`. Raises Problems where there is none."""
    for cell in notebook.cells:
        if cell["cell_type"] == "code" and "parameters" in cell.get("metadata", {}).get("tags", ()):
            return frozenset(_assigned(cell["source"], where))
    raise problem("notebook_without_parameters", where)


def _assigned(source: str, where: str) -> list[str]:
    try:
        lines = ast.parse(source).body
    except SyntaxError as error:
        raise problem("notebook_unreadable", where, error.msg) from None
    names: list[str] = []
    for line in lines:
        targets = line.targets if isinstance(line, ast.Assign) else []
        if isinstance(line, ast.AnnAssign):
            targets = [line.target]
        names.extend(target.id for target in targets if isinstance(target, ast.Name))
    return names


def check(jobs: list[Job]) -> None:
    """Refuse the whole run where one job cannot be right: all problems at once.

    Names that leave the pack's folder or stand twice, unknown formats, parameters that the
    notebook does not declare.
    """
    found: list[Problem] = []
    names: dict[Path, frozenset[str]] = {}
    taken: set[str] = set()
    for job in jobs:
        if not _NAME.fullmatch(job.name) or job.name in taken:
            found.append(Problem("document_name", found=job.name))
        taken.add(job.name)
        found.extend(
            Problem("unknown_format", job.name, form, {"known": ", ".join(FORMATS)})
            for form in job.formats
            if form not in FORMATS
        )
        if job.notebook not in names:
            names[job.notebook] = declared(read_notebook(job.notebook), job.notebook.name)
        found.extend(
            Problem("unknown_parameter", job.notebook.name, name,
                    {"known": ", ".join(sorted(names[job.notebook]))})
            for name in job.values()
            if name not in names[job.notebook]
        )  # fmt: skip
    if found:
        raise Problems(_once(found))


def _once(found: list[Problem]) -> list[Problem]:
    """The same problem of many jobs is told once."""
    kept: list[Problem] = []
    for one in found:
        if one not in kept:
            kept.append(one)
    return kept
