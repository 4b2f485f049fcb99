"""What a fresh copy of the zygote does to become a kernel, and how it ends."""

from __future__ import annotations

import gc
import os
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any, NoReturn

NO_HISTORY = "--HistoryManager.enabled=False"
LAST_WORDS = 1.0  # seconds that a kernel may take to send what it said last


@dataclass(frozen=True)
class Order:
    """A kernel that somebody asked for.

    arguments: of ipykernel_launcher. environment: all of it. folder: where to work. files: open
    files for standard input, output and error, and one to write a byte to when the kernel listens.
    """

    arguments: list[str]
    environment: dict[str, str]
    folder: str
    files: tuple[int, ...]

    def with_file(self, file: int) -> Order:
        """The same with one more open file."""
        return replace(self, files=(*self.files, file))

    def message(self) -> dict[str, Any]:
        """What is sent beside the files."""
        return {
            "arguments": self.arguments,
            "environment": self.environment,
            "folder": self.folder,
        }

    def close_files(self) -> None:
        """Close what came with it."""
        for file in self.files:
            os.close(file)


def become_kernel(order: Order, zygote: int, added: Mapping[str, str]) -> NoReturn:
    """Be the kernel until it ends, then leave the process.

    zygote: its process. added: variables that starting and importing add to any environment.
    """
    status = 1
    try:
        _settle(order, added)
        status = _serve(order, zygote)
    except SystemExit as leaving:
        status = leaving.code if isinstance(leaving.code, int) else 1
    except BaseException:  # noqa: BLE001 - the last frame of the process: told on standard error
        traceback.print_exc(file=sys.__stderr__)
    finally:
        os._exit(status)


def _settle(order: Order, added: Mapping[str, str]) -> None:
    """Take on what belongs to this kernel alone; nothing of it comes from the zygote."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for number, file in enumerate(order.files[:3]):
        os.dup2(file, number)
        os.close(file)
    os.environ.clear()
    os.environ.update({**added, **order.environment})
    time.tzset()
    os.chdir(order.folder)
    tempfile.tempdir = None  # as TMPDIR says, when it is first asked for
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()  # as each process would have; random does so by itself
    gc.enable()


def _serve(order: Order, zygote: int) -> int:
    launcher = import_module("a87lib.kernels.launcher")
    own = [f"--IPKernelApp.parent_handle={zygote}", NO_HISTORY]
    sys.argv = [str(launcher.__file__), *order.arguments, *own]
    app = launcher.KernelApp.instance()
    app.initialize(sys.argv[1:])
    if "ipywidgets" in sys.modules:  # when it was imported there was no kernel to register with
        sys.modules["ipywidgets"].register_comm_target()
    os.write(order.files[3], b"1")
    os.close(order.files[3])
    app.start()
    _tell_the_rest(app)
    return 0


def _tell_the_rest(app: Any) -> None:
    """Let what was said last reach the client; whatever else would happen at exit does not."""
    closing = threading.Thread(target=app.close, daemon=True)
    closing.start()
    closing.join(LAST_WORDS)
