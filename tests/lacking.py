"""What a test needs of the machine and does not find there."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def lacking(said: str) -> NoReturn:
    """Skips the test; on CI, where `make test` has installed it, the test fails."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(said)
