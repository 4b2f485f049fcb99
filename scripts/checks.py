"""Run everything that must hold before a change is kept: style, types, layers, tests, notebooks.

All checks run even when one fails, so that one run shows everything; pytest runs last and its
closing line is the last one of a good run. Exit status 0 when all passed, else 1.
"""

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CHECKS = (
    ("ruff", "check", "--quiet", "."),
    ("ruff", "format", "--check", "--quiet", "."),
    ("mypy",),
    ("lint-imports", "--no-cache"),
    ("pytest", "-n", "2", "--dist", "loadfile", "--nbval-lax", "-q", "-rfEs", "tests", "notebooks"),
)


def main() -> int:
    """Run all checks; name on standard error those that failed."""
    failed = []
    for tool, *arguments in CHECKS:
        sys.stdout.write(f"== {tool} {' '.join(arguments)}\n")
        sys.stdout.flush()
        outcome = subprocess.run([BIN / tool, *arguments], cwd=PROJECT, check=False)  # noqa: S603 - CHECKS
        if outcome.returncode != 0:
            failed.append(" ".join([tool, *arguments[:1]]))
    if failed:
        sys.stderr.write(f"Failed: {', '.join(failed)}.\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
