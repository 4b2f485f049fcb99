"""Whether the code that a zygote has imported is still the code on disk."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path


def folders_of(packages: Iterable[str]) -> tuple[str, ...]:
    """The folders of packages, found without importing them; those that are not there count not."""
    found: list[str] = []
    for package in packages:
        spec = importlib.util.find_spec(package)
        found.extend((spec.submodule_search_locations or ()) if spec else ())
    return tuple(found)


def digest(folders: Iterable[str]) -> str:
    """Digest of every file's time and size below the folders, and of what is installed.

    Hidden files and byte code do not count. Installed packages count by the names and times of
    their METADATA, wherever sys.path leads.
    """
    total = hashlib.sha256()
    for folder in folders:
        for line in _files(folder):
            total.update(line.encode("utf-8", "surrogateescape"))
    for folder in sys.path:
        for line in _installed(folder):
            total.update(line.encode("utf-8", "surrogateescape"))
    return total.hexdigest()


def _files(folder: str) -> Iterator[str]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name == "__pycache__":
            continue
        if entry.is_dir():
            yield from _files(entry.path)
        else:
            yield _line(entry)


def _installed(folder: str) -> Iterator[str]:
    if not Path(folder or ".").is_dir():
        return
    for entry in sorted(os.scandir(folder or "."), key=lambda entry: entry.name):
        if entry.name.endswith(".dist-info"):
            yield _line(Path(entry.path, "METADATA"))
        elif entry.name.endswith(".pth"):
            yield _line(entry)


def _line(file: os.DirEntry[str] | Path) -> str:
    try:
        status = file.stat()
    except OSError:
        return f"{os.fspath(file)} gone\n"
    return f"{os.fspath(file)} {status.st_mtime_ns} {status.st_size}\n"
