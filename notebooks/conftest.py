"""The notebooks run on a fresh register of the exercise, not on one that somebody works with."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from registers import on_the_exercise


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """The first cell of a notebook starts its kernel."""
    if item.path.suffix == ".ipynb":
        with on_the_exercise():
            yield
    else:
        yield
