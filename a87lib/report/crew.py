"""Who makes the documents of a batch: processes of this machine, or an executor of another kind."""

from __future__ import annotations

import multiprocessing
import os
import select
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import util
from pathlib import Path
from typing import Any, TypeVar

from a87lib.kernels.warming import shared, warm
from a87lib.report.ahead import of_this_process
from a87lib.report.homes import QUIET, with_environment

TRIES = 2  # of work whose process died
SPARE = 1  # one process more than cores: while a kernel starts or a disk is waited for, it works
IMPORTED = ["a87lib.report.early"]
Asked = TypeVar("Asked")
Given = TypeVar("Given")


class Died(Exception):
    """The process that did the work was ended, again and again."""


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Crew:
    """Processes that are started when there is work, and end with the batch or with its process.

    workers: how many (one: strictly one after the other). executor: another to use instead.
    """

    def __init__(self, workers: int, executor: Executor | None = None) -> None:
        self.workers = workers
        self.executor = executor
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def each(
        self, work: Callable[[Asked], Given], asked: Iterable[Asked]
    ) -> Iterator[tuple[Asked, Given | Died]]:
        """What comes of each, as it comes. A process that dies takes its work with it: the work
        that is left is tried again. Other exceptions of the work are raised."""
        left = dict(enumerate(asked))
        for _ in range(TRIES):
            if not left:
                return
            try:
                for place, given in self._once(work, left):
                    one = left.pop(place)
                    yield one, given
            except BrokenProcessPool:
                self.end()
        for one in left.values():
            yield one, Died("the process that made it was ended")

    def _once(
        self, work: Callable[[Asked], Given], left: dict[int, Asked]
    ) -> Iterator[tuple[int, Given | Died]]:
        executor = self.executor or self._started(len(left))
        futures: dict[Future[Given], int] = {}
        for place, one in left.items():
            futures[executor.submit(work, one)] = place
        try:
            for future in as_completed(futures):
                given: Given | Died = _result(future)
                yield futures[future], given
        finally:
            for future in futures:
                future.cancel()

    def _started(self, most: int) -> ProcessPoolExecutor:
        if self._pool is None:
            wanted = self.workers + SPARE if self.workers > 1 else 1
            early = {**os.environ, **QUIET}
            threading.Thread(target=warm, args=(early,), daemon=True).start()
            with shared():
                settings = (dict(os.environ), str(Path.cwd()), os.getpid())
            count = max(1, min(wanted, most))
            self._pool = ProcessPoolExecutor(count, _context(), _settle, settings)
        return self._pool

    def end(self) -> None:
        """Wait for what is being done, begin nothing more."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _result(future: Future[Given]) -> Given | Died:
    """What came of the work; Died where a cluster gave it up. Raises what the work raised."""
    try:
        return future.result()
    except BrokenProcessPool:
        raise
    except Exception as error:
        if type(error).__module__.startswith("distributed"):
            return Died(str(error).splitlines()[0])
        raise


def _context() -> Any:
    """Where processes can be forked: from one that has imported everything once."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(IMPORTED)
    with with_environment(QUIET):  # what is forked has one thread
        forkserver.ensure_running()
    return context


def _settle(environment: dict[str, str], folder: str, owner: int) -> None:
    """Take on the environment of the batch, and end with it by whatever death.

    Each process has a kernel ready for its next report.
    """
    os.environ.clear()
    os.environ.update(environment)
    if hasattr(time, "tzset"):
        time.tzset()
    os.chdir(folder)
    kernels = of_this_process()
    kernels.start_ahead()
    util.Finalize(None, kernels.end, exitpriority=0)
    if hasattr(os, "pidfd_open"):
        threading.Thread(target=_watch, args=(owner,), daemon=True).start()


def _watch(owner: int) -> None:
    try:
        file = os.pidfd_open(owner)
    except ProcessLookupError:
        os._exit(1)
    watch = select.poll()
    watch.register(file, select.POLLIN)
    watch.poll()
    os._exit(1)
