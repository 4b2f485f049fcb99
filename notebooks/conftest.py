"""The notebooks run on the exercise: its register is made where there is none."""

from pathlib import Path

from a87lib.desk.records import found

PROJECT = Path(__file__).resolve().parent.parent
EXERCISE = PROJECT / "data" / "exercise.db"


def pytest_configure() -> None:
    """Once before anything runs; two workers at the same time make one register."""
    if not EXERCISE.exists():
        found(PROJECT / "data" / "exercise", str(EXERCISE))
