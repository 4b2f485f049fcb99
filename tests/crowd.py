"""Several processes that do the same at once."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from multiprocessing.synchronize import Barrier
from typing import Any

__all__ = ["Barrier", "at_once"]


def at_once(
    does: Callable[..., None], given: Sequence[tuple[Any, ...]], method: str = "fork"
) -> list[int | None]:
    """How each process ended.

    Each is called with what is given to it and, last, a barrier at which all can wait for all.
    """
    context: Any = multiprocessing.get_context(method)
    start = context.Barrier(len(given))
    running = [context.Process(target=does, args=(*each, start)) for each in given]
    for process in running:
        process.start()
    for process in running:
        process.join()
    return [process.exitcode for process in running]
