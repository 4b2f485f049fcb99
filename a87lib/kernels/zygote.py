"""The process that has imported everything once and forks a kernel whenever it is asked.

Run as ``python -m a87lib.kernels.zygote SETTINGS`` by `zygotes`, in a private folder and with a
bare environment. SETTINGS is JSON: socket (path), owner (process id), preloaded (modules), watched
(packages). On standard output it says ``{"ready": true, "skipped": {module: why}}`` once it
serves, or ``{"refused": why}``. It ends with its owner, or when the code that it has imported has
changed and its last kernel is gone.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import shutil
import signal
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

from jupyter_client.localinterfaces import localhost

from a87lib.kernels import freshness
from a87lib.kernels.becoming import become_kernel
from a87lib.kernels.service import Service

# What every kernel imports while it starts.
ALWAYS = (
    "a87lib.kernels.launcher",
    "ipykernel.ipkernel",
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.utils.wildcard",
    "IPython.extensions.storemagic",
    "psutil",
    "tornado.platform.asyncio",
    "tornado.queues",
)
# Imported before there is a shell, it would never show a figure, and not say so.
NEVER = "matplotlib_inline.backend_inline"
ALONE = {"0", "1", "2"}  # the open files of a process that holds nothing


def main() -> NoReturn:
    """Import, then serve until the owner ends."""
    settings = json.loads(sys.argv[1])
    if sys.path[0] == str(Path.cwd()):  # a kernel has its own folder
        del sys.path[0]
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    service = Service(settings["socket"], freshness.folders_of(settings["watched"]))
    gc.disable()
    skipped = _import((*ALWAYS, *settings["preloaded"]))
    localhost()  # looks at the network's interfaces once
    refusal = _refusal()
    if refusal:
        _say({"refused": refusal})
        os._exit(1)
    gc.freeze()  # not collected first: kernels would fill the holes, and own every page with one
    try:
        service.open(settings["owner"])
    except ProcessLookupError:
        os._exit(0)  # it has gone in the meantime
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    _say({"ready": True, "skipped": skipped})
    _be_quiet()
    _serve(service, Path(settings["socket"]).parent)


def _serve(service: Service, folder: Path) -> NoReturn:
    zygote, own = os.getpid(), _own_variables()
    try:
        order = service.serve()
    except SystemExit:
        order = None
    if order is not None:
        become_kernel(order, zygote, own)
    service.stop()
    if service.owner_is_gone():
        shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def _import(modules: Iterable[str]) -> dict[str, str]:
    """Import what a kernel will need; why a module could not be (the kernel will say it, too).

    ``module:function:argument`` also calls a function, which keeps what it has read in memory.
    """
    skipped = {}
    for module in modules:
        name, _, call = module.partition(":")
        try:
            imported = importlib.import_module(name)
            if call:
                function, *arguments = call.split(":")
                getattr(imported, function)(*arguments)
        except Exception as error:  # noqa: BLE001 - whatever a module raises is told, not hidden
            skipped[module] = repr(error)
    return skipped


def _refusal() -> str:
    """Why this process must not be forked. Empty where it has no threads and no open files."""
    if NEVER in sys.modules:
        return f"{NEVER} must not be imported early"
    threads = len(list(Path("/proc/self/task").iterdir()))
    if threads > 1:
        return f"{threads} threads were running after the imports"
    held = {
        path.name: str(path.readlink())
        for path in Path("/proc/self/fd").iterdir()
        if path.name not in ALONE and path.is_symlink()
    }
    return f"open after the imports: {sorted(held.values())}" if held else ""


def _own_variables() -> dict[str, str]:
    """What Python and the packages have added to the environment, as they would in a kernel."""
    lines = Path("/proc/self/environ").read_bytes().split(b"\0")
    given = {os.fsdecode(line.partition(b"=")[0]) for line in lines}
    return {name: value for name, value in os.environ.items() if name not in given}


def _say(message: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def _be_quiet() -> None:
    """Let go of the pipe on which readiness was told."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.close(nothing)


if __name__ == "__main__":
    main()
