"""One notebook run once, in a kernel of its own, without leaving anything behind."""

from __future__ import annotations

import os
import re
import threading
from queue import Empty
from typing import Any

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete, DeadKernelError
from nbformat import NotebookNode
from papermill.parameterize import parameterize_notebook

from a87lib.kernels.install import NAME
from a87lib.report.ahead import Kernel, of_this_process
from a87lib.report.jobs import Job, read_notebook

LOOK_AFTER = 1.0  # seconds without a word until it is asked whether the kernel still lives
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_TURN = threading.Lock()  # threads of one process run one notebook at a time


class CellFailure(Exception):
    """A cell that failed: its number in the notebook (from 1), and the last line of its error."""

    def __init__(self, cell: int, message: str) -> None:
        super().__init__(message)
        self.cell = cell
        self.message = message


def run(job: Job) -> NotebookNode:
    """The notebook with its outputs. Raises CellFailure where a cell fails."""
    notebook = _asked(job)
    with _TURN:
        kernels = of_this_process()
        kernel = kernels.take({**os.environ, **job.environment})
        try:
            cells = Cells(notebook, record_timing=False)
            cells.ask(kernel)
            kernels.begun(kernel)
            cells.hear(kernel)
        finally:
            kernels.give_back(kernel)
    return notebook


def _asked(job: Job) -> NotebookNode:
    """The notebook without outputs, with a cell that sets the job's parameters, as papermill does.

    (papermill's own function for all of it would write the notebook as text, and read that again.)
    """
    notebook = read_notebook(job.notebook)
    notebook.metadata["papermill"] = {}
    for cell in notebook.cells:
        cell.metadata.setdefault("tags", [])
        if cell.cell_type == "code":
            cell.outputs = []
    asked: NotebookNode = parameterize_notebook(
        notebook, job.values(), kernel_name=NAME, language="python"
    )
    return asked


class Cells(NotebookClient):
    """Asks for all cells at once, and takes what comes of them as it comes.

    (The kernel runs them one after the other and stops at the first that fails. Asking for each
    when the one before is done costs some milliseconds a cell.)
    """

    def ask(self, kernel: Kernel) -> None:
        """Send all cells."""
        self._asked = {
            kernel.client.execute(cell.source): index
            for index, cell in enumerate(self.nb.cells)
            if cell.cell_type == "code" and cell.source.strip()
        }

    def hear(self, kernel: Kernel) -> None:
        """Raises CellFailure where a cell fails, DeadKernelError where the kernel has gone."""
        self.clear_before_next_output = False
        while self._asked:
            message = _next(kernel)
            told = message["parent_header"].get("msg_id")
            if told not in self._asked:
                continue
            index = self._asked[told]
            if self._is_last(message, index):
                self.clear_before_next_output = False
                del self._asked[told]
                _check(self.nb, index)

    def _is_last(self, message: dict[str, Any], index: int) -> bool:
        """Take what was said of a cell; whether that was all."""
        try:
            self.process_message(message, self.nb.cells[index], index)
        except CellExecutionComplete:
            return True
        return False


def _next(kernel: Kernel) -> dict[str, Any]:
    """What the kernel publishes next."""
    while True:
        try:
            message: dict[str, Any] = kernel.client.iopub_channel.get_msg(timeout=LOOK_AFTER)
        except Empty:
            if not kernel.manager.is_alive():
                raise DeadKernelError("Kernel died") from None
        else:
            return message


def _check(notebook: NotebookNode, index: int) -> None:
    """Raises CellFailure, with the number that the cell has in the notebook as it lies on disk."""
    for output in notebook.cells[index].outputs:
        if output.output_type == "error":
            tags = [cell.metadata.get("tags", ()) for cell in notebook.cells[:index]]
            added = any("injected-parameters" in given for given in tags)
            raise CellFailure(index + 1 - added, _last_line(output))


def _last_line(error: NotebookNode) -> str:
    said = f"{error.ename}: {error.evalue}"
    lines = [line for line in _COLOUR.sub("", said).splitlines() if line.strip()]
    return lines[-1].strip() if lines else str(error.ename)
