"""What all tests share: where the project is, and which notebooks run."""

import os
from pathlib import Path

import hypothesis
import pytest
from databases import server, where  # noqa: F401 - fixtures
from registers import exercise_register, public_register  # noqa: F401 - fixtures

PROJECT = Path(__file__).resolve().parent.parent
GOLDEN = PROJECT / "tests" / "golden"

hypothesis.settings.register_profile("same", derandomize=True, deadline=None)
hypothesis.settings.register_profile("search", deadline=None)
hypothesis.settings.load_profile("same" if os.environ.get("CI") else "search")


@pytest.fixture(scope="session")
def project() -> Path:
    """The top folder of the project."""
    return PROJECT


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Of the notebooks under tests only the golden ones are run; others are inputs of tests."""
    inside = PROJECT / "tests" in collection_path.parents
    if collection_path.suffix == ".ipynb" and inside and GOLDEN not in collection_path.parents:
        return True
    return None
