"""The golden notebooks run on a fresh register of the exercise."""

from collections.abc import Iterator

import pytest
from registers import on_the_exercise


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """The first cell of a notebook starts its kernel."""
    if item.path.suffix == ".ipynb":
        with on_the_exercise():
            yield
    else:
        yield
