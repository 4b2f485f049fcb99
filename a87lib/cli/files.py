"""Files that a command writes."""

from __future__ import annotations

from pathlib import Path

from a87lib.problems import problem
from a87lib.report import places


def put(path: Path, content: bytes) -> None:
    """Writes a file under its name when it is whole; its folder is made where there is none."""
    try:
        places.put({"": content}, {"": path})
    except OSError as error:
        raise problem("unwritable_file", str(path), error.strerror or "") from None
