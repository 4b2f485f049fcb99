"""Start a zygote, and wait until it has imported everything."""

from __future__ import annotations

import json
import logging
import os
import select
import subprocess
import sys
from pathlib import Path
from typing import IO

from a87lib.kernels.kind import Kind

_LOG = logging.getLogger(__name__)
START_WITHIN = 120.0  # seconds that the imports may take on a busy machine


class CannotFork(Exception):
    """No kernel can be forked here, and why."""


def started(path: Path, owner: int, kind: Kind) -> subprocess.Popen[bytes]:
    """A zygote that serves as long as its owner lives. Raises CannotFork."""
    settings = {
        "socket": os.fspath(path),
        "owner": owner,
        "preloaded": kind.preloaded,
        "watched": kind.watched,
    }
    log = path.with_suffix(".log")
    with log.open("wb") as errors:
        process = subprocess.Popen(  # noqa: S603 - our own module, nothing from outside
            [sys.executable, "-m", "a87lib.kernels.zygote", json.dumps(settings)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            cwd=path.parent,
            env=dict(kind.environment),
            start_new_session=True,
        )
    said = _first_line(process.stdout)
    if said.get("ready"):
        if said["skipped"]:
            _LOG.info("Not imported early: %s.", said["skipped"])
        return process
    process.kill()
    process.wait()
    words = log.read_text(encoding="utf-8", errors="replace").split("\n")
    why = said.get("refused") or " ".join(words[-2:]).strip() or "it said nothing"
    raise CannotFork(f"the zygote could not be started: {why}")


def _first_line(stream: IO[bytes] | None) -> dict[str, object]:
    """What the zygote says on standard output, which is then closed; empty if nothing came."""
    if stream is None:
        return {}
    with stream as output:
        watch = select.poll()
        watch.register(output, select.POLLIN)
        line = output.readline() if watch.poll(START_WITHIN * 1000) else b""
    said: dict[str, object] = json.loads(line) if line else {}
    return said
