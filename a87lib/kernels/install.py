"""Tell Jupyter of the kernel `a87`: ``python -m a87lib.kernels.install``, once per environment.

An ordinary installation of the package does so by itself; one that is editable leaves it out.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

NAME = "a87"
JUPYTER = Path(__file__).parent / "jupyter"  # a folder for JUPYTER_PATH, where nothing is installed
SPEC = JUPYTER / "kernels" / NAME / "kernel.json"


def install(prefix: Path) -> Path:
    """Put the kernel's description below an environment's prefix; gives its place."""
    place = prefix / "share" / "jupyter" / "kernels" / NAME / SPEC.name
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(SPEC, place)
    return place


if __name__ == "__main__":
    install(Path(sys.prefix))
