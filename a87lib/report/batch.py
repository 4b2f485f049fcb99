"""Many documents at once: each notebook in its own kernel, on all cores, whole or not at all."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path

from a87lib.kernels.warming import shared
from a87lib.report import jobs as checking
from a87lib.report.jobs import Job
from a87lib.report.making import Failed, Made, make
from a87lib.report.manifest import Pack, versions, write_index, write_manifest
from a87lib.report.running import sweep

Result = Made | Failed
TRIES = 2  # of a job whose worker process died


@dataclass(frozen=True)
class Outcome:
    """What became of a batch, in the order of its jobs."""

    made: tuple[Made, ...]
    failed: tuple[Failed, ...] = field(default=())

    @property
    def exit_status(self) -> int:
        """0 where everything was made, else 1."""
        return 1 if self.failed else 0


def build(
    jobs: list[Job],
    out: Path,
    pack: Pack,
    workers: int = 2,
    progress: Callable[[Result], None] | None = None,
    executor: Executor | None = None,
    finish: Callable[[tuple[Made, ...]], tuple[Made, ...]] | None = None,
) -> Outcome:
    """Make the documents of a pack below `out`, its manifest.json and its index.html.

    A job that fails is told with notebook, cell and reason, leaves no file, and stops no other.
    progress: called with each result as it comes. executor: where to work instead of `workers`
    processes of this machine (a Dask client's executor has the same interface). finish: makes
    further files of the documents that lie there, before manifest and index are written.
    Raises Problems before anything runs where a job cannot be right, and OSError where manifest or
    index cannot be written.
    """
    checking.check(jobs)
    sweep()
    out.mkdir(parents=True, exist_ok=True)
    known = versions()
    results: dict[str, Result] = {}
    for result in _results(jobs, out, known, workers, executor):
        results[result.name] = result
        if progress is not None:
            progress(result)
    ordered = [results[job.name] for job in jobs]
    made = tuple(result for result in ordered if isinstance(result, Made))
    failed = tuple(result for result in ordered if isinstance(result, Failed))
    if finish is not None:
        made = finish(made)
    write_manifest(out, pack, made, failed, known)
    write_index(out, pack, made)
    return Outcome(made, failed)


def _results(
    jobs: list[Job], out: Path, known: dict[str, str], workers: int, executor: Executor | None
) -> Iterator[Result]:
    """Results as they come. A worker that dies takes its job with it: the rest is tried again."""
    if executor is not None:
        yield from _on(executor, jobs, out, known)
        return
    left = {job.name: job for job in jobs}
    for _ in range(TRIES):
        try:
            with shared(), _pool(workers, len(left)) as pool:
                for result in _on(pool, list(left.values()), out, known):
                    del left[result.name]
                    yield result
        except BrokenProcessPool:
            continue
        if not left:
            return
    for job in left.values():
        yield Failed(job.name, job.notebook.name, 0, "the process that made it was ended")


def _pool(workers: int, jobs: int) -> ProcessPoolExecutor:
    method = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(max_workers=max(1, min(workers, jobs)), mp_context=method)


def _on(executor: Executor, jobs: list[Job], out: Path, known: dict[str, str]) -> Iterator[Result]:
    futures = [executor.submit(make, job, out, known) for job in jobs]
    try:
        for future in as_completed(futures):
            yield future.result()
    finally:
        for future in futures:
            future.cancel()
