"""ipykernel's application; but nothing that a kernel says is dropped, nor waited for in vain.

Run as ``python -m a87lib.kernels.launcher`` it is an ordinary kernel, as ipykernel_launcher is one.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

if __name__ == "__main__" and sys.path[0] == str(Path.cwd()):
    del sys.path[0]  # while modules are imported; ipykernel puts it back

from ipykernel.iostream import OutStream
from ipykernel.kernelapp import IPKernelApp
from traitlets import DottedObjectName

WITHOUT_LIMIT = 0  # as ZeroMQ's high-water mark has it


class Stream(OutStream):
    """What is printed. It waits for the thread that sends only where there is something to send.

    ipykernel flushes its two streams three times for each cell, and again for each output.
    """

    def flush(self) -> None:
        """Send what was printed; what is published next comes after it."""
        if self._buffers or self.echo is not None:
            flush: Any = super().flush  # ipykernel has no types
            flush()


class KernelApp(IPKernelApp):
    """ZeroMQ drops what is published while 1,000 messages wait for a reader that is busy.

    A lost ``idle`` leaves its reader waiting forever, a lost output is missing from a document.
    What waits is kept in the kernel's memory instead.
    """

    outstream_class = DottedObjectName("a87lib.kernels.launcher.Stream")

    def init_iopub(self, context: Any) -> None:
        """Make the socket for all that is published, without a limit to what waits in it."""
        context.sndhwm = WITHOUT_LIMIT
        make: Any = super().init_iopub  # ipykernel has no types
        make(context)


if __name__ == "__main__":
    KernelApp.launch_instance()
