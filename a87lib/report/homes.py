"""Private folders of kernels, so that no user's own start-up files take part in a report."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from a87lib.kernels.install import JUPYTER

PREFIX = "a87-run-"
QUIET = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
_PROFILE = "c = get_config()\nc.HistoryManager.enabled = False\nc.Kernel._execute_sleep = 0\n"


def new_home() -> Path:
    """A new folder for a kernel's sockets and settings."""
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    profile = folder / "ipython" / "profile_default"
    profile.mkdir(parents=True)
    (profile / "ipython_kernel_config.py").write_text(_PROFILE, encoding="ascii")
    return folder


def variables(home: Path) -> dict[str, str]:
    """What a kernel finds in its environment beside what its report asks for."""
    return {
        **QUIET,
        "JUPYTER_RUNTIME_DIR": str(home),
        "IPYTHONDIR": str(home / "ipython"),
        "JUPYTER_PATH": str(JUPYTER),
    }


def sweep() -> None:
    """Remove the private folders of processes that were killed and could not do it themselves."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*-*"):
        process = folder.name.removeprefix(PREFIX).split("-")[0]
        if process.isdigit() and not _lives(int(process)):
            shutil.rmtree(folder, ignore_errors=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@contextmanager
def with_environment(changed: dict[str, str]) -> Iterator[None]:
    """The environment of this process with some variables changed."""
    before = {name: os.environ.get(name) for name in changed}
    os.environ.update(changed)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
