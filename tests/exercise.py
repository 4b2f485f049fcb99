"""The exercise as an archive, for tests that need no register."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from a87lib.cases.running import numbered
from a87lib.countryfile import Archive
from a87lib.intake.pack import read_shelf

EXERCISE = Path(__file__).resolve().parent.parent / "data" / "exercise"


@lru_cache
def exercise_archive() -> Archive:
    """All facts of the exercise, recorded as its pack says."""
    return Archive(numbered(read_shelf(EXERCISE).facts))
