"""`a87 cases`: runs case files."""

from __future__ import annotations

from pathlib import Path

import click

from a87lib.cases import Case, read_cases, run
from a87lib.cli.options import LANG
from a87lib.problems import Problem, Problems


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@LANG
def cases(files: tuple[Path, ...], language: str) -> int:
    """Runs the cases of FILES… and closes with `N passed, N failed`."""
    found: list[Case] = []
    problems: list[Problem] = []
    for file in files:
        try:
            found += read_cases(file)
        except Problems as refused:
            problems += refused.problems
    if problems:
        raise Problems(problems)
    checks = run(found)
    for check in checks:
        if not check.passed:
            click.echo(check.told(language) + "\n")
    failed = {id(check.case) for check in checks if not check.passed}
    click.echo(f"{len(found) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0
