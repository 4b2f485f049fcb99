"""How much memory a batch takes at most (its processes together, shared pages once), and may."""

from __future__ import annotations

import os
import threading
from pathlib import Path

EVERY = 1.0  # seconds


class Peak:
    """Looks again and again, while it is entered, at this process and all that come from it.

    bytes: the most that was seen (proportional set size); 0 where the system does not tell.
    """

    def __init__(self) -> None:
        self.bytes = 0
        self._over = threading.Event()
        self._looking = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Peak:
        if Path("/proc/self/smaps_rollup").exists():
            self._looking.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        if self._looking.ident is not None:
            self._looking.join()

    def _look(self) -> None:
        while True:
            self.bytes = max(self.bytes, sum(map(_share, family(os.getpid()))))
            if self._over.wait(EVERY):
                return


def available() -> int | None:
    """Bytes of memory that may still be taken; None where the system does not tell."""
    told = Path("/proc/meminfo")
    for line in told.read_text().splitlines() if told.exists() else ():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return None


def family(first: int) -> list[int]:
    """A process and all that come from it."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            children.setdefault(_parent(folder), []).append(int(folder.name))
    found = [first]
    for one in found:
        found.extend(children.get(one, ()))
    return found


def _parent(folder: Path) -> int:
    try:
        return int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _share(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0  # it has ended meanwhile
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024
