"""Files that a command writes."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from a87lib.problems import problem
from a87lib.report import places


def put(path: Path, content: bytes) -> None:
    """Writes a file under its name when it is whole; its folder is made where there is none."""
    if not path.name:  # a folder, written as "." or "/"
        raise problem("unwritable_file", str(path), os.strerror(errno.EISDIR))
    try:
        places.put({"": content}, {"": path})
    except OSError as error:
        raise problem("unwritable_file", str(path), error.strerror or "") from None
