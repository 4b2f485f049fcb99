"""Send damaged workbooks to the intake and say what came of them; status 1 if anything crashed.

Run by ``make fuzz``. The same numbers always damage the workbook in the same ways, so that a
number that is reported can be sent again: ``scripts/fuzz.py --first 4711 --mutations 1``.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent / "tests"


def _share(numbers: range) -> tuple[Counter[str], list[str], float]:
    """One process's share of the numbers."""
    sys.path.insert(0, str(TESTS))
    from corpus.fuzzing import fuzz

    with tempfile.TemporaryDirectory() as folder:
        outcome = fuzz(Path(folder), numbers)
    return outcome.answers, outcome.wrong, outcome.slowest


def main() -> int:
    """Run the shares beside one another and print the sum."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutations", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    chosen = parser.parse_args()
    last = chosen.first + chosen.mutations
    shares = [range(chosen.first + job, last, chosen.jobs) for job in range(chosen.jobs)]
    started = time.monotonic()
    with ProcessPoolExecutor(chosen.jobs) as pool:
        outcomes = list(pool.map(_share, shares))
    answers = sum((each[0] for each in outcomes), Counter())
    wrong = [line for each in outcomes for line in each[1]]
    for code, count in answers.most_common():
        sys.stdout.write(f"{count:7} {code}\n")
    for line in wrong:
        sys.stdout.write(f"WRONG {line}\n")
    slowest = max(each[2] for each in outcomes)
    minutes = (time.monotonic() - started) / 60
    sys.stdout.write(
        f"{sum(answers.values())} damaged workbooks, {len(wrong)} wrong, "
        f"slowest {slowest:.2f} s, {minutes:.1f} minutes\n"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
