"""Documents made while a screen stays usable: a command of its own, watched by a thread."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import weakref
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Thread
from typing import NamedTuple

from a87lib import register
from a87lib.report.places import NEW

LOOKS_EVERY = 0.5  # seconds between two looks at what is there
ZIP_DAY = (1980, 1, 1, 0, 0, 0)
KEPT_APART = (".ipynb",)
WATCH = "a87-making"
REVIEW, BRIEFING = WHAT = ("review", "briefing")
"""The commands that somebody at a screen can have run."""


class NotMade(NamedTuple):
    """A document that could not be made: its name in the pack, and why."""

    name: str
    message: str


class Making:
    """A command that makes documents in a folder of its own.

    names: the documents expected, as paths without ending; done: how many are there. told: called
    from the watching thread whenever that changes, and in the end. where: the register, which the
    command is told by its environment (an address may hold a password). The folder goes with this.
    """

    def __init__(
        self, arguments: Sequence[str], names: Sequence[str], language: str,
        told: Callable[[], None], where: str,
    ) -> None:  # fmt: skip
        self.names = tuple(names)
        self.language = language
        self.done = 0
        self.running = True
        self.failed: tuple[NotMade, ...] = ()
        self.refusal = ""
        self.folder = Path(tempfile.mkdtemp(prefix="a87-made-"))
        self._told = told
        a87 = Path(sys.executable).with_name("a87")
        lower = [shutil.which("nice") or "", "-n", "10"] if shutil.which("nice") else []
        self._process = subprocess.Popen(  # noqa: S603 - our own command, its words checked here
            [*lower, str(a87), *arguments, "--out", str(self.folder)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "A87_LANG": language, register.VARIABLE: where},
        )
        weakref.finalize(self, _end, self._process, self.folder)
        self.thread = Thread(target=self._watch, daemon=True, name=WATCH)
        self.thread.start()

    def _watch(self) -> None:
        said_last = ""
        while self.running:
            try:
                _, said_last = self._process.communicate(timeout=LOOKS_EVERY)
                self.running = False
            except subprocess.TimeoutExpired:
                pass
            before, self.done = self.done, sum(self._there(name) for name in self.names)
            if not self.running:
                self._ended(said_last)
            if self.done != before or not self.running:
                self._told()

    def _there(self, name: str) -> bool:
        """Whether a document is made, in its place or beside it until the whole pack is."""
        beside = (self.folder / name, self.folder / NEW / name)
        return any(
            path.name.startswith(f"{where.name}.")
            for where in beside
            if where.parent.is_dir()
            for path in where.parent.iterdir()
        )

    def _ended(self, said_last: str) -> None:
        manifest = self.folder / "manifest.json"
        if manifest.is_file():
            told = json.loads(manifest.read_text(encoding="utf-8"))["failed"]
            self.failed = tuple(NotMade(one["name"], one["message"]) for one in told)
        elif self._process.returncode:
            self.refusal = said_last.strip()

    def stop(self) -> None:
        """Ends the command; what is there already stays."""
        self._process.terminate()

    @property
    def files(self) -> dict[str, Path]:
        """The documents made, by their path in the pack."""
        found = sorted(path for path in self.folder.rglob("*") if path.is_file())
        return {
            path.relative_to(self.folder).as_posix(): path
            for path in found
            if path.suffix not in KEPT_APART
            and not any(part.startswith(".") for part in path.relative_to(self.folder).parts)
        }

    def zipped(self) -> bytes:
        """All documents in one ZIP file; the same documents, the same bytes."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
            for name, path in self.files.items():
                entry = zipfile.ZipInfo(name, ZIP_DAY)
                entry.external_attr = 0o644 << 16
                pack.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
        return out.getvalue()


def _end(process: subprocess.Popen[str], folder: Path) -> None:
    """What is left of a command nobody waits for any more."""
    if process.poll() is None:
        process.terminate()
    shutil.rmtree(folder, ignore_errors=True)
