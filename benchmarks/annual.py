"""The annual packs of 40 countries: every review in three languages and formats, and the GCM pack.

Usage: ``python benchmarks/annual.py [--countries 40] [--jobs N] [--out FOLDER]``. The countries are
those of the exercise, all twelve, over and over (120 at most): each further one has the file of an
exercise country under a code and a name of its own. Printed is what the command says: the total,
the peak of memory, and how the time splits; before it, how long the register took to be made.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from a87lib.desk.records import found

EXERCISE = Path(__file__).resolve().parent.parent / "data" / "exercise"
MEETING = "22"
CODE = re.compile(r"\bQM([A-L])\b")


def enlarged(folder: Path, countries: int) -> None:
    """The exercise with as many countries as are asked for: QNA is a second QMA, QOA a third."""
    shutil.copytree(EXERCISE, folder)
    first = sorted(path.stem for path in EXERCISE.glob("QM?.yaml"))
    rounds = -(-countries // len(first))
    wanted = [f"Q{'MNOPQRSTUV'[turn]}{code[2]}" for turn in range(rounds) for code in first]
    further = set(wanted[len(first) : countries])
    for code in further:
        origin = f"QM{code[2]}"
        text = (EXERCISE / f"{origin}.yaml").read_text(encoding="utf-8")
        (folder / f"{code}.yaml").write_text(_renamed(text, code), encoding="utf-8")
        for table in (EXERCISE / "observations").glob(f"{origin}-*.csv"):
            rows = _renamed(table.read_text(encoding="utf-8"), code)
            to = folder / "observations" / _renamed(table.name, code)
            to.write_text(rows, encoding="utf-8")
    _known(folder / "countries.yaml", further)
    _covered(folder / "coverage.yaml", further)


def _renamed(text: str, code: str) -> str:
    """What is said of an exercise country, of another."""
    return text.replace(f"QM{code[2]}", code)


def _known(path: Path, further: set[str]) -> None:
    """Each further country beside the one whose file it has: its code stands after its name."""
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        lines.append(line)
        found_ = CODE.search(line) if "names:" in line else None
        for code in sorted(further):
            if found_ and code[2] == found_[1]:
                named = re.sub(r"(en|fr|es): ([^,}]+)", rf"\1: \2 {code}", line, count=3)
                lines.append(named.replace(found_[0], code))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _covered(path: Path, further: set[str]) -> None:
    """Whatever is complete for a country is so for those that have its file."""

    def more(found_: re.Match[str]) -> str:
        return ", ".join([found_[0], *sorted(c for c in further if c[2] == found_[1])])

    said = path.read_text(encoding="utf-8").splitlines()
    lines = [CODE.sub(more, line) if "countries:" in line else line for line in said]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Make the register, then the packs, as a user would."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--countries", type=int, default=40)
    parser.add_argument("--jobs", type=int)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="a87-benchmark-") as scratch:
        here = Path(scratch)
        enlarged(here / "exercise", asked.countries)
        register = str(here / "exercise.db")
        begun = perf_counter()
        found(here / "exercise", register)
        print(f"register of {asked.countries} countries: {perf_counter() - begun:.1f} s")
        command = [sys.executable, "-c", "from a87lib.cli import main; main()", "briefing", MEETING]
        command += ["--with-reviews", "--register", register]
        command += ["--out", str(asked.out or here / "pack")]
        command += ["--jobs", str(asked.jobs)] if asked.jobs else []
        begun = perf_counter()
        subprocess.run(command, check=True)  # noqa: S603 - our own command
        print(f"as a whole process: {perf_counter() - begun:.1f} s")


if __name__ == "__main__":
    main()
