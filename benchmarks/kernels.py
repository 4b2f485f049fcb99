"""Pre-forked kernels against ordinary ones, measured in one run on this machine.

``python benchmarks/kernels.py [--rounds 5]`` prints medians and ratios: from the start to the first
result; papermill on a notebook with two tables and nine axes (and the same cells in one warm
process: the floor); two notebooks under nbval; memory that each kernel has for itself alone.
"""

from __future__ import annotations

import argparse
import io
import logging
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import papermill
from jupyter_client.manager import KernelManager
from traitlets.config import Config

from a87lib.kernels.client import CLIENT
from a87lib.kernels.warming import warm

ORDINARY, FORKED = "python3", "a87"
IMPORTS = "import pandas as pd, numpy as np\nimport matplotlib.pyplot as plt"
TABLE = "rows = pd.DataFrame({'i': range(20), 'value': np.linspace(0, 1, 20)})\nrows"
MEANS = "rows.groupby(rows.i % 4).value.mean().to_frame()"
AXES = (
    "figure, axes = plt.subplots(3, 3, figsize=(9, 6))\n"
    "for i, ax in enumerate(axes.flat):\n"
    "    ax.plot(np.arange(10), np.arange(10) ** (i / 4)); ax.set_title(f'{country} {i}')"
)
SVG = "%config InlineBackend.figure_formats = ['svg']"


def notebook(kernel: str) -> nbformat.NotebookNode:
    """Parameters, imports, two tables and one figure of nine axes."""
    new = nbformat.v4.new_code_cell
    cells = [new("country = 'QMA'", metadata={"tags": ["parameters"]})]
    cells += [new(source) for source in (SVG, IMPORTS, TABLE, MEANS, AXES)]
    spec = {"name": kernel, "display_name": kernel, "language": "python"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": spec})


def first_result(kernel: str, code: str) -> float:
    """Seconds from asking for a kernel to the reply to its first cell."""
    begun = time.perf_counter()
    manager = KernelManager(kernel_name=kernel)
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    client.execute(code, reply=True, timeout=60)
    taken = time.perf_counter() - begun
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    return taken


def by_papermill(kernel: str, options: dict[str, Any]) -> float:
    """Seconds for one notebook; its figure must be there."""
    begun = time.perf_counter()
    made = papermill.execute_notebook(
        notebook(kernel),
        None,
        {"country": "QMB"},
        progress_bar=False,
        request_save_on_cell_execute=False,
        autosave_cell_every=0,
        **options,
    )
    taken = time.perf_counter() - begun
    if "image/svg+xml" not in str(made.cells[-1].outputs):
        raise RuntimeError(f"no figure came from {kernel}")
    return taken


def warm_process() -> Callable[[], float]:
    """The cells run again and again in this process: nothing that runs them can be faster."""
    import matplotlib as mpl

    mpl.use("svg")
    names: dict[str, Any] = {"country": "QMA"}
    exec(IMPORTS, names)  # noqa: S102 - the cells above

    def run() -> float:
        begun = time.perf_counter()
        for source in (TABLE, MEANS):
            exec(source, names)  # noqa: S102 - the cells above
            names["rows"].to_html()
        exec(AXES, names)  # noqa: S102 - the cells above
        names["figure"].savefig(io.BytesIO(), format="svg", bbox_inches="tight")
        names["plt"].close(names["figure"])
        return time.perf_counter() - begun

    run()
    return run


def under_nbval(kernel: str) -> float:
    """Seconds for a command that checks two notebooks."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("one", "two"):
            nbformat.write(notebook(kernel), Path(folder, f"{name}.ipynb"))
        begun = time.perf_counter()
        command = [sys.executable, "-m", "pytest", "--nbval-lax", "-q", "-p", "no:cacheprovider"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)  # noqa: S603 - pytest
        return time.perf_counter() - begun


def private_memory(kernel: str) -> float:
    """MB that a kernel has for itself alone after the imports, while three are running."""
    managers = [KernelManager(kernel_name=kernel) for _ in range(3)]
    for manager in managers:
        manager.start_kernel()
        client = manager.client()
        client.start_channels()
        client.execute(IMPORTS, reply=True, timeout=60)
        client.stop_channels()
    rollup = Path(f"/proc/{managers[0].provisioner.pid}/smaps_rollup").read_text()
    for manager in managers:
        manager.shutdown_kernel(now=True)
    return sum(int(kb) for kb in re.findall(r"Private_\w+:\s+(\d+)", rollup)) / 1024


def compare(what: str, unit: str, rows: dict[str, list[float]]) -> None:
    """Print medians, smallest and largest, and each row's ratio to the first."""
    print(what)
    first = statistics.median(next(iter(rows.values())))
    for name, values in rows.items():
        middle = statistics.median(values)
        spread = f"{min(values):.2f} to {max(values):.2f}"
        print(f"  {name:<34}{middle:8.2f} {unit}  ({spread})  1/{first / middle:.1f}")


def in_turn(rounds: int, ways: dict[str, Callable[[], float]]) -> dict[str, list[float]]:
    """Measure the ways one after the other, round by round, so that all meet the same machine."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            found[name].append(way())
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    logging.getLogger("papermill").setLevel(logging.ERROR)
    begun = time.perf_counter()
    if not warm():
        sys.exit("There can be no pre-forked kernel here.")
    print(f"The zygote has imported everything after {time.perf_counter() - begun:.2f} s.")
    for title, code in (("first result: 1 + 1", "1 + 1"), ("first result: imports", IMPORTS)):
        ways = {name: lambda n=name, c=code: first_result(n, c) for name in (ORDINARY, FORKED)}
        compare(title, "s", in_turn(rounds, ways))
    prompt = Config({"KernelManager": {"client_class": CLIENT}})
    quick = {"shutdown_kernel": "immediate", "config": prompt}
    ways = {
        "papermill, ordinary kernel": lambda: by_papermill(ORDINARY, {}),
        "papermill, pre-forked": lambda: by_papermill(FORKED, {}),
        "the same, prompt client and end": lambda: by_papermill(FORKED, quick),
        "the cells in a warm process": warm_process(),
    }
    compare("two tables and nine axes", "s", in_turn(rounds, ways))
    ways = {name: lambda n=name: under_nbval(n) for name in (ORDINARY, FORKED)}
    compare("two notebooks under nbval, a new zygote included", "s", in_turn(2, ways))
    ways = {name: lambda n=name: private_memory(n) for name in (ORDINARY, FORKED)}
    compare("private memory of a kernel", "MB", in_turn(2, ways))


if __name__ == "__main__":
    main()
