"""One notebook run once, in a kernel of its own, without leaving anything behind."""

from __future__ import annotations

import logging
import os
import re
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import papermill
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from a87lib.kernels.client import CLIENT
from a87lib.kernels.install import JUPYTER, NAME
from a87lib.report.jobs import Job, read_notebook

START_TIMEOUT = 120  # seconds: a busy machine starts a kernel slowly
LONGEST_SOCKET_FOLDER = 80  # characters: the path of a socket has at most 107
PREFIX = "a87-run-"
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
QUIET = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
_TURN = threading.Lock()  # threads of one process share its environment: one at a time starts
_PROFILE = "c = get_config()\nc.HistoryManager.enabled = False\n"


class CellFailure(Exception):
    """A cell that failed: its number in the notebook (from 1), and the last line of its error."""

    def __init__(self, cell: int, message: str) -> None:
        super().__init__(message)
        self.cell = cell
        self.message = message


@contextmanager
def private_home() -> Iterator[Path]:
    """A private folder for sockets and settings, so that no user's own start-up files take part."""
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    profile = folder / "ipython" / "profile_default"
    profile.mkdir(parents=True)
    (profile / "ipython_kernel_config.py").write_text(_PROFILE, encoding="ascii")
    changed = {
        "JUPYTER_RUNTIME_DIR": str(folder),
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_PATH": str(JUPYTER),
        **QUIET,
    }
    try:
        with with_environment(changed):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(job: Job) -> NotebookNode:
    """The notebook with its outputs, run in a private home. See `executed`."""
    with _TURN, private_home() as folder:
        return executed(job, folder)


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


def executed(job: Job, folder: Path) -> NotebookNode:
    """The notebook with its outputs; only the kernel's sockets are files, in the given folder.

    (Jupyter's own default for them is one name in the working directory: two kernels would answer
    one another's messages.)
    Raises CellFailure where a cell fails.
    """
    logging.getLogger("papermill").setLevel(logging.ERROR)
    notebook = read_notebook(job.notebook)
    with with_environment(job.environment):
        try:
            made: NotebookNode = papermill.execute_notebook(
                notebook,
                None,
                parameters=job.values(),
                kernel_name=NAME,
                language="python",
                progress_bar=False,
                request_save_on_cell_execute=False,
                autosave_cell_every=0,
                start_timeout=START_TIMEOUT,
                shutdown_kernel="immediate",
                config=_channels(folder),
            )
        except PapermillExecutionError as error:
            raise CellFailure(_place(notebook, error), _last_line(error)) from None
    return made


def _channels(folder: Path) -> Config:
    """Sockets in the folder; where its name is too long for that, ports of this machine."""
    channels = {"transport": "ipc", "ip": f"{folder}/k"}
    if len(str(folder)) > LONGEST_SOCKET_FOLDER:
        channels = {"transport": "tcp"}
    return Config({"KernelManager": {"client_class": CLIENT, **channels}})


def _place(notebook: NotebookNode, error: PapermillExecutionError) -> int:
    """The number of the cell in the notebook as it lies on disk (papermill has added one)."""
    before = [
        number
        for number, cell in enumerate(notebook.cells)
        if "parameters" in cell.get("metadata", {}).get("tags", ())
    ]
    added = 1 if before and error.cell_index > before[0] else 0
    return int(error.cell_index) + 1 - added


def _last_line(error: PapermillExecutionError) -> str:
    said = f"{error.ename}: {error.evalue}"
    lines = [line for line in _COLOUR.sub("", said).splitlines() if line.strip()]
    return lines[-1].strip() if lines else error.ename
