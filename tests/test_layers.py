"""The layers hold, and the contracts that say so notice an import that breaks them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the packages of a folder."""
    return subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the packages in which an import may be planted."""
    skipped = shutil.ignore_patterns("__pycache__", "*.ttf", "*.otf", "*.po", "*.csv")
    for package in ("a87lib", "widgets"):
        shutil.copytree(PROJECT / package, tmp_path / package, ignore=skipped)
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    return tmp_path


def test_imports_run_downwards_only() -> None:
    """Every contract in pyproject.toml is kept."""
    outcome = lint_imports(PROJECT)
    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("a87lib/problems.py", "import a87lib.facts", "Imports run downwards only"),
        ("a87lib/intake/planted.py", "import a87lib.register", "Imports run downwards only"),
        ("a87lib/rules/planted.py", "import sqlalchemy", "Only register speaks to a database"),
        ("a87lib/facts/planted.py", "import pandas", "The core works without pandas"),
        ("a87lib/desk/planted.py", "import matplotlib.pyplot", "Only report runs notebooks"),
        ("a87lib/report/planted.py", "import ipywidgets", "a87lib shows nothing by itself"),
        ("a87lib/rules/planted.py", "import widgets", "a87lib knows neither widgets"),
        ("widgets/planted.py", "import sqlalchemy", "widgets build on a87lib"),
        ("a87lib/kernels/planted.py", "import a87lib.facts", "kernels is tied to nothing of ours"),
    ],
)
def test_a_planted_import_is_noticed(copy: Path, module: str, line: str, contract: str) -> None:
    """One import in the wrong direction breaks the contract that forbids it."""
    target = copy / module
    target.parent.mkdir(exist_ok=True)
    (target.parent / "__init__.py").touch()
    with target.open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    outcome = lint_imports(copy)
    broken = [row for row in outcome.stdout.splitlines() if " BROKEN" in row]
    assert outcome.returncode == 1
    assert any(row.startswith(contract) for row in broken), outcome.stdout


def test_no_grammar_of_addresses_is_compiled_for_jupyter() -> None:
    """What only jsonschema would want costs no process of ours a second at its start."""
    code = "import sys, a87lib, nbformat; sys.exit('lark' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
