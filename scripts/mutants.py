"""Put small faults into the rules, one at a time, and say which ones no case and no test notices.

Run by ``make mutants``. Results are kept per module in outputs/mutants and hold for the text of the
module they were made for: a second run does only what is missing. ``--survivors`` tries again what
nothing noticed, after a case was added. ``--report`` prints the table and what is left.
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from mutation.killing import SAME, SURVIVED, Calls, calls_of, outcome
from mutation.making import Mutant, digest, mutants

PROJECT = Path(__file__).resolve().parent.parent
TESTS = PROJECT / "tests"
RULES = PROJECT / "a87lib" / "rules"
FILES = (
    "test_agenda",
    "test_calendar",
    "test_contradictions",
    "test_effects",
    "test_gcm_case_forms",
    "test_gcm_meetings",
    "test_gcm_quorum",
    "test_gcm_seats",
    "test_readings",
    "test_replay",
    "test_rules_candidacy",
    "test_rules_progress",
    "test_rules_shape",
    "test_rules_standing",
    "test_tasks",
    "test_what_if",
    "test_wording",
)
Results = dict[str, str]


def _kept(folder: Path, module: Path) -> Results:
    """The results on file for this text of the module, by mutant."""
    path = folder / f"{module.stem}.tsv"
    if not path.exists():
        return {}
    first, *lines = path.read_text(encoding="utf-8").splitlines()
    if first != digest(module):
        return {}
    return dict(line.split("\t")[:2] for line in lines)


def _keep(folder: Path, module: Path, results: Results) -> None:
    lines = [digest(module), *(f"{key}\t{found}" for key, found in results.items())]
    part = folder / f"{module.stem}.tsv.part"
    part.write_text("\n".join(lines) + "\n", encoding="utf-8")
    part.replace(folder / f"{module.stem}.tsv")


def _forget_survivors(folder: Path, modules: list[Path]) -> None:
    """Makes what survived missing, so that it is tried again."""
    for module in modules:
        kept = _kept(folder, module)
        _keep(folder, module, {key: found for key, found in kept.items() if found != SURVIVED})


def _run(folder: Path, modules: list[Path]) -> None:
    """Tries what is missing, and keeps each module's results."""
    from exercise import exercise_archive

    from a87lib.cases import read_cases

    cases = [case for path in sorted(TESTS.glob("cases/*.yaml")) for case in read_cases(path)]
    exercise_archive()
    import databases  # noqa: F401 - read once here, not in every child
    import hypothesis  # noqa: F401 - likewise

    calls = _calls(folder)
    for module in modules:
        results = _kept(folder, module)
        for mutant in mutants(module):
            if mutant.key not in results:
                results[mutant.key] = outcome(mutant, cases, calls)
                if len(results) % 10 == 0:
                    _keep(folder, module, results)
        _keep(folder, module, results)
        sys.stdout.write(f"{module.stem}: {dict(Counter(results.values()))}\n")
        sys.stdout.flush()


def _calls(folder: Path) -> Calls:
    """Which functions each test reaches; kept for these texts of tests and rules."""
    files = [f"tests/{name}.py" for name in FILES]
    texts = [*(PROJECT / name for name in files), *sorted(RULES.glob("*.py"))]
    key = " ".join(digest(path) for path in texts)
    path = folder / "calls.json"
    if path.exists():
        kept, calls = json.loads(path.read_text(encoding="utf-8"))
        if kept == key:
            return dict(calls)
    found = calls_of(files, RULES)
    path.write_text(json.dumps([key, found]), encoding="utf-8")
    return found


def _equivalent() -> dict[tuple[str, str], str]:
    """Mutants that mean the same, by module and changed line, with the reason."""
    from ruamel.yaml import YAML

    path = TESTS / "mutation" / "equivalent.yaml"
    rows = YAML(typ="safe").load(path) or []
    return {(row["module"], change): row["why"] for row in rows for change in row["becomes"]}


def _report(folder: Path, modules: list[Path]) -> None:
    """One line per module: mutants, killed by what, equivalent, survived; then each survivor."""
    known, left, total = _equivalent(), list[tuple[Mutant, str]](), Counter[str]()
    sys.stdout.write("| module | mutants | by cases | by tests | other | equivalent | survived |\n")
    sys.stdout.write("|---|--:|--:|--:|--:|--:|--:|\n")
    for module in modules:
        results, count = _kept(folder, module), Counter[str]()
        for mutant in mutants(module):
            found = results.get(mutant.key, "not tried")
            if found == SAME:
                continue
            if found == SURVIVED:
                change = mutant.difference[1]
                if (module.stem, change) in known:
                    found = "equivalent"
                else:
                    left.append((mutant, change))
            count[found] += 1
        total += count
        _line(module.stem, count)
    _line("all", total)
    for mutant, change in left:
        sys.stdout.write(f"\n{mutant.path.stem}:{mutant.line} {mutant.key}\n")
        sys.stdout.write(f"  - {mutant.difference[0]}\n  + {change}\n")


def _line(name: str, count: Counter[str]) -> None:
    columns = [count["cases"], count["tests"], count["import"] + count["timeout"]]
    columns += [count["equivalent"], count[SURVIVED]]
    if count.total():
        row = " | ".join(str(each) for each in (name, count.total(), *columns))
        sys.stdout.write(f"| {row} |\n")


def main() -> None:
    """Run, then report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", help="names of modules of a87lib/rules; else all")
    parser.add_argument("--out", type=Path, default=PROJECT / "outputs" / "mutants")
    parser.add_argument("--survivors", action="store_true")
    parser.add_argument("--report", action="store_true")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    paths = [RULES / f"{name}.py" for name in chosen.modules] or sorted(RULES.glob("*.py"))
    if chosen.survivors:
        _forget_survivors(chosen.out, paths)
    if not chosen.report:
        _run(chosen.out, paths)
    _report(chosen.out, paths)


if __name__ == "__main__":
    main()
