"""`make dashboards` as a newcomer: seconds from the command to a page that can be used.

    .venv/bin/python benchmarks/newcomer.py

A fresh clone of what is committed, without an environment: the first run installs everything from
the package index (pip's cache counts as it is); the second finds the environment and the register.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from opening import free_port, listens, usable

PROJECT = Path(__file__).resolve().parent.parent
LONGEST = 900  # seconds


def measure(folder: Path) -> None:
    """Both runs, in a clone below a folder."""
    clone = folder / "clone"
    subprocess.run(["git", "clone", "--quiet", PROJECT, clone], check=True)  # noqa: S603, S607 - git
    for which in ("first run, with the environment", "second run"):
        ready, whole = dashboards(clone)
        print(
            f"make dashboards, {which}: listens after {ready:.1f} s, usable after {whole:.1f} s",
            flush=True,
        )


def dashboards(clone: Path) -> tuple[float, float]:
    """Seconds from the command until the server listens, and until a screen can be used."""
    port = free_port()
    command = ["make", "dashboards", f"BROWSER_PORT={port}"]
    own = {k: v for k, v in os.environ.items() if not k.startswith(("A87_", "VIRTUAL_ENV"))}
    log = clone / "outputs" / "make.log"
    start = time.perf_counter()
    with log.open("w") as told:
        process = subprocess.Popen(  # noqa: S603 - a command of this project
            command, cwd=clone, env=own, stdout=told, stderr=told, start_new_session=True
        )
    try:
        while not listens(port):
            if process.poll() is not None or time.perf_counter() - start > LONGEST:
                raise SystemExit(log.read_text())
            time.sleep(0.05)
        ready = time.perf_counter() - start
        usable(f"http://127.0.0.1:{port}/", visits=1)
        return ready, time.perf_counter() - start
    finally:
        os.killpg(process.pid, signal.SIGINT)  # Ctrl+C
        process.wait(60)


if __name__ == "__main__":
    place = Path(tempfile.mkdtemp(prefix="a87-newcomer-"))
    try:
        measure(place)
    finally:
        shutil.rmtree(place, ignore_errors=True)
