"""Let many clients save the same thing, kill processes while they save, let 30 people autosave;
kill kernels and servers under reviewers who type into their screens (`screens`), let 30 type into
theirs at once (`reviewers`); status 1 if anything was lost, overwritten or not told.

Run by ``make soak``. ``scripts/soak.py clash --saves 2000`` runs a portion of one part; a register
of its own is made in a temporary folder, or at the URL of an empty database (--register).
"""

import argparse
import sys
import tempfile
from pathlib import Path

PARTS = ("clash", "kill", "autosave", "screens", "reviewers")
TESTS = Path(__file__).resolve().parent.parent / "tests"


def main() -> int:
    """Run the parts asked for and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], default=[])
    parser.add_argument("--saves", type=int)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--seed", type=int, default=87)
    parser.add_argument("--register", help="URL of an empty database; else a file is made")
    chosen = parser.parse_args()
    sys.path.insert(0, str(TESTS))
    from autosaving import autosave
    from killing import killed
    from soaking import clash
    from writing import at_once, killed_under_screens

    wrong = 0
    for part in chosen.parts or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            where, also = chosen.register or str(Path(folder) / "soak.db"), ""
            if part == "clash":
                outcome = clash(where, chosen.saves or 10_000, chosen.clients)
            elif part == "kill":
                outcome = killed(where, chosen.saves or 1_000)
            elif part == "autosave":
                outcome = autosave(where, chosen.people, chosen.saves or 30)
            elif part == "screens":
                seed = chosen.seed
                outcome = killed_under_screens(Path(folder), chosen.kills, where, seed=seed)
            else:
                outcome, also = at_once(
                    Path(folder), chosen.people, chosen.saves or 20, where=where
                )
        _say(part, outcome, also)
        wrong += len(outcome.wrong)
    return 1 if wrong else 0


def _say(part, outcome, also):
    for line in outcome.wrong[:20]:
        sys.stdout.write(f"WRONG {line}\n")
    counted = ", ".join(f"{count} {name}" for name, count in sorted(outcome.counts.items()))
    times = f"p50 {outcome.percentile(0.5):.3f} s, p95 {outcome.percentile(0.95):.3f} s"
    shown = times if outcome.slowest else "–"
    sys.stdout.write(
        f"{part}: {counted}; {len(outcome.wrong)} wrong; {shown}; {outcome.seconds:.0f} s\n"
    )
    sys.stdout.write(f"{part}: {also}\n" if also else "")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
