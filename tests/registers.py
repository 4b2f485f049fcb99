"""The registers of the exercise and of public facts, made once for all tests that read them."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parent.parent / "data"
DRILL = """\
name: drill
title: {en: Drill, fr: Essai, es: Prueba}
fictional: true
asof: 2024-01-01
recorded_at: 2024-01-01T00:00:00Z
cycle: 2023
salt: drill-of-the-desk
notice: {en: Invented, fr: Fictif, es: Ficticio}
"""
"""The pack.yaml of a folder of few facts."""


def _made(folder: Path, name: str) -> str:
    from a87lib.desk.records import found

    where = folder / f"{name}.db"
    found(DATA / name, str(where))
    return str(where)


@pytest.fixture(scope="session")
def exercise_register(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The register of the exercise."""
    return _made(tmp_path_factory.mktemp("registers"), "exercise")


@pytest.fixture(scope="session")
def public_register(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The register of public facts."""
    return _made(tmp_path_factory.mktemp("registers"), "pathfinders")


@lru_cache
def _for_notebooks() -> str:
    """A register of the exercise for the kernels of this process, removed when it ends."""
    import atexit

    folder = Path(tempfile.mkdtemp(prefix="a87-exercise-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return _made(folder, "exercise")


@contextmanager
def on_the_exercise() -> Iterator[None]:
    """Kernels started meanwhile read a fresh register of the exercise, whoever's machine it is."""
    before = os.environ.get("A87_REGISTER")
    os.environ["A87_REGISTER"] = _for_notebooks()
    try:
        yield
    finally:
        if before is None:
            del os.environ["A87_REGISTER"]
        else:
            os.environ["A87_REGISTER"] = before


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """The first cell of a notebook starts its kernel."""
    if item.path.suffix == ".ipynb":
        with on_the_exercise():
            yield
    else:
        yield
