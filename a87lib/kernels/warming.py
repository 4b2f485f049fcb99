"""Start the zygote of the kernel `a87` early, and share it with the processes of a batch."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from a87lib.kernels.install import SPEC
from a87lib.kernels.kind import Kind
from a87lib.kernels.starting import CannotFork
from a87lib.kernels.zygotes import SHARED, of_this_process, supported

_LOG = logging.getLogger(__name__)


def warm(environment: Mapping[str, str] | None = None) -> bool:
    """Have the zygote ready for kernels with an environment (default: this process's own).

    False where there can be none; kernels are then started in the ordinary way, and say why.
    """
    spec = json.loads(SPEC.read_text(encoding="utf-8"))
    chosen = spec["metadata"]["kernel_provisioner"]["config"]
    kind = Kind.of(chosen["preloaded"], chosen["watched"], environment or os.environ)
    try:
        if not supported():
            raise CannotFork("this system cannot fork and watch processes")
        of_this_process().warm(kind)
    except CannotFork as reason:
        _LOG.warning("Kernels will be started in the ordinary way: %s.", reason)
        return False
    return True


@contextmanager
def shared() -> Iterator[None]:
    """While it lasts, processes that are started get their kernels from zygotes of this one.

    Without it each process of a batch would import everything for itself. The zygote is started
    when the first of them asks for a kernel, and ends with this process.
    """
    before = os.environ.get(SHARED)
    if supported():
        os.environ[SHARED] = os.fspath(of_this_process().folder)
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(SHARED, None)
        else:
            os.environ[SHARED] = before
