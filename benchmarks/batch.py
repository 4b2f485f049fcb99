"""Our batch against its peers, in one run, one worker against one, with the same content.

Usage: ``python benchmarks/batch.py [--reports 4] [--rounds 1] [--parts html,all]``. Growth is what
``benchmarks/growth.py`` measures; how a large pack splits is printed by ``a87 review`` itself.

The reviews of a few countries of the exercise are made by: ours, a notebook in a pre-forked kernel
for each; the floor, the same functions called in this process without any notebook, and the same in
a fork of it for each report (what it takes to keep them apart); papermill in a loop with ordinary
kernels and nbconvert; R Markdown in one R session. The peers get what our reviews hold, worked out
before the clock starts: the same headings, paragraphs, rows of tables and figures with the same
axes, lines, points, bars and words, in the same size on the page. (Ours and the floor also read the
register and ask the rules.) Counts of rows and figures are printed for all. Each way makes one
report before the clock starts. PDF of the papermill loop: nbconvert and XeLaTeX; where there is
none, Chromium prints its page, and the line says so. DOCX: pandoc from its page.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from batch_content import Content, contents
from batch_peers import by_papermill, by_r_markdown, latex

from a87lib.cli.review import NOTEBOOK, jobs_of
from a87lib.desk.records import found
from a87lib.kernels.warming import warm
from a87lib.report.ahead import of_this_process
from a87lib.report.jobs import Job
from a87lib.report.making import Made, finished, make
from a87lib.report.places import Folder
from a87lib.report.review.parameters import declared

PROJECT = Path(__file__).resolve().parent.parent
COUNTRIES = ("QMA", "QMD", "QMF", "QMG", "QMB", "QMC")
FORMATS = {"html": ("html",), "all": ("html", "pdf", "docx")}
Way = Callable[[int], object]


def ours(jobs: list[Job], folder: Path) -> Way:
    """The batch's own function for one job, files and record written."""

    def one(number: int) -> Made:
        made = make(jobs[number], Folder(folder), {})
        if not isinstance(made, Made):
            raise RuntimeError(made.message)
        return made

    return one


def floor(jobs: list[Job], register: str, folder: Path) -> Way:
    """The same functions in this process: fragments, then tree, editions, record, files."""
    from batch_content import SECTIONS
    from nbformat.v4 import new_code_cell, new_notebook, new_output

    from a87lib.report import review

    def one(number: int) -> Made:
        asked = jobs[number].values()
        this = review.opened(*(asked[name] for name in asked), register=register)
        shown = [review.head(this)._repr_mimebundle_()]
        for heading, names in SECTIONS:
            parts = [this.section(heading), *(getattr(review, name)(this) for name in names)]
            shown.append({"text/html": "".join(part.html for part in parts)})
        cells = [new_code_cell("", outputs=[new_output("execute_result", data)]) for data in shown]
        return finished(jobs[number], new_notebook(cells=cells), Folder(folder), {}, {})

    return one


def apart(way: Way) -> Way:
    """A way, each report in a copy of this process that ends with it."""

    def one(number: int) -> None:
        copy = os.fork()
        if copy == 0:
            status = 1
            try:
                way(number)
                status = 0
            finally:
                os._exit(status)
        if os.waitpid(copy, 0)[1]:
            raise RuntimeError(f"report {number} failed in a copy of this process")

    return one


def timed(way: Way, reports: int) -> float:
    """Seconds for one report; the first is not counted."""
    way(0)
    begun = perf_counter()
    for number in range(1, reports):
        way(number)
    return (perf_counter() - begun) / (reports - 1)


def timed_ours(jobs: list[Job], folder: Path) -> float:
    """Seconds for one of ours; as in a process of a batch the next kernel is started meanwhile."""
    kernels = of_this_process()
    kernels.start_ahead()
    try:
        return timed(ours(jobs, folder), len(jobs))
    finally:
        kernels.end()


def compare(title: str, rows: dict[str, list[float]]) -> None:
    """Medians and what ours takes of each."""
    print(f"\n{title}")
    first = statistics.median(next(iter(rows.values())))
    for name, values in rows.items():
        middle = statistics.median(values)
        print(f"  {name:<58}{middle:7.2f} s   ours/this {first / middle:5.2f}"
              f"   this/ours {middle / first:5.1f}")  # fmt: skip


def told(content: list[Content]) -> None:
    """What the reports hold."""
    for one in content:
        drawn = f"{one.axes} axes with {one.artists} lines, bars, points and words"
        counted = f"{len(one.tables)} tables of {one.rows} rows, {len(one.figures)} figures"
        print(f"  {one.country}: {counted} of {drawn}")


def main() -> None:
    """Make the register, work out the content, measure the ways in turn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--parts", default="html,all")
    asked = parser.parse_args()
    countries = COUNTRIES[: asked.reports]
    folder = Path(tempfile.mkdtemp(prefix="a87-benchmark-"))
    try:
        register = str(folder / "exercise.db")
        found(PROJECT / "data" / "exercise", register)
        parameters = [
            declared(country=code, cycle=2025, asof="2025-12-15", known_at="", language="en",
                     register=register)
            for code in countries
        ]  # fmt: skip
        content = contents(countries, register)
        print("One worker; seconds for one report. Each report holds:")
        told(content)
        if not warm():
            sys.exit("There can be no pre-forked kernel here.")
        for part in asked.parts.split(","):
            formats = FORMATS[part]
            jobs = jobs_of(parameters, NOTEBOOK, formats, register)
            ways: dict[str, Callable[[], float]] = {
                "ours": lambda jobs=jobs: timed_ours(jobs, folder / "ours"),
                "floor: the same functions, no notebook":
                    lambda jobs=jobs: timed(floor(jobs, register, folder / "floor"), len(jobs)),
                f"papermill in a loop, nbconvert{latex(part)}":
                    lambda part=part: timed(by_papermill(content, folder, part), len(content)),
            }  # fmt: skip
            if part == "html":  # what draws PDF has threads, which no copy of a process has
                ways["the same, each report in a process of its own (a fork)"] = lambda jobs=jobs: (
                    timed(apart(floor(jobs, register, folder / "apart")), len(jobs))
                )
            if part == "html" and shutil.which("Rscript"):
                ways["R Markdown, one session, HTML"] = lambda: by_r_markdown(content, folder)
            rows: dict[str, list[float]] = {name: [] for name in ways}
            for _ in range(asked.rounds):
                for name, way in ways.items():
                    rows[name].append(way())
            compare(f"{' + '.join(formats).upper()}", rows)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
