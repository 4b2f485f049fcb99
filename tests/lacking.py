"""What a test needs of the machine and does not find there."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
"""The optional inputs beside the project: all of them, some, or none."""

needs_sources = pytest.mark.skipif(
    not (SHARED / "data").is_dir(),
    reason="the public source files, an optional input (../shared/data), are not here",
)


def lacking(said: str) -> NoReturn:
    """Skips the test; on CI, where `make test` has installed it, the test fails."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(said)


def optional(name: str) -> Path:
    """One of the optional inputs; the test is skipped where it is not there."""
    if not (SHARED / name).exists():
        pytest.skip(f"the optional input ../shared/{name} is not here")
    return SHARED / name


def office() -> str:
    """LibreOffice; without it the test is skipped, as `make test` does not install it."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        pytest.skip("needs LibreOffice (Debian: apt-get install libreoffice)")
    return found
