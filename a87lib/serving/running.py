"""A dashboard's cells, run one after the other in a kernel of their own."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from logging import Logger
from pathlib import Path
from typing import Any

import nbformat
from markupsafe import Markup, escape
from voila.execute import VoilaExecutor

from a87lib.language import say
from a87lib.serving.incidents import Incident, number, sentence

LATEST = 120
"""Seconds after a cell's end within which everything it showed must have come. On a busy machine
that takes more than nbclient's own 4, after which a page would stay empty and nobody be told."""

QUIET = "import a87lib.serving.incidents as _quiet\n_quiet.install(get_ipython())\ndel _quiet\n"
"""Run in every kernel before its first cell: errors become incident numbers."""


class Cells(VoilaExecutor):
    """Runs cells; what they write to standard error is for the log, not for a page."""

    def process_message(
        self, msg: dict[str, Any], cell: nbformat.NotebookNode, cell_index: int
    ) -> nbformat.NotebookNode | None:
        """Takes a message of the kernel, unless it was meant for whoever runs the server."""
        content = msg["content"]
        if msg["msg_type"] == "stream" and content.get("name") == "stderr":
            self.log.warning("cell %d: %s", cell_index, content.get("text", "").rstrip())
            return None
        kept: nbformat.NotebookNode | None = super().process_message(msg, cell, cell_index)
        return kept


class Failed(Exception):
    """A cell did not run to its end; the incident is in the log."""

    def __init__(self, incident: str) -> None:
        self.incident = incident
        super().__init__(incident)


async def outputs(
    file: Path, start: Callable[[], Awaitable[Any]], log: Logger
) -> AsyncIterator[Markup]:
    """What the code cells show, cell by cell, as parts of a page. Raises Failed at the first error.

    file: the notebook. start: starts its kernel and gives the kernel's manager.
    Markdown cells are notes to whoever edits the notebook and are not shown.
    """
    try:
        notebook = nbformat.read(file, as_version=4)
        executor = Cells(
            notebook,
            km=await start(),
            show_tracebacks=False,
            iopub_timeout=LATEST,
            raise_on_iopub_timeout=True,
            log=log,
        )
        executor.kc = await executor.async_start_new_kernel_client()
    except Exception as error:  # noqa: BLE001 - whatever it is becomes an incident
        raise Failed(_noted("kernel did not start", error, log)) from None
    try:
        executor.kc.execute(QUIET, silent=True, store_history=False)
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type == "code":
                yield await _run(executor, cell, index, log)
    finally:
        executor.kc.stop_channels()


async def _run(executor: Cells, cell: Any, index: int, log: Logger) -> Markup:
    try:
        await executor.async_execute_cell(cell, index, store_history=False)
    except Exception as error:  # noqa: BLE001 - whatever it is becomes an incident
        raise Failed(_incident(cell, index, error, log)) from None
    return Markup("").join(_part(output) for output in cell.outputs)


def _incident(cell: Any, index: int, error: Exception, log: Logger) -> str:
    """The number the kernel gave, which stands in the log already, or a new one."""
    for output in cell.get("outputs", ()):
        if output.output_type == "error" and output.ename == Incident.__name__:
            return str(output.evalue)
    return _noted(f"cell {index}", error, log)


def _noted(what: str, error: Exception, log: Logger) -> str:
    incident = number()
    log.error("[%s] %s", incident, what, exc_info=error)
    return incident


def _part(output: Any) -> Markup:
    """One output: data for the page's script to show, or plain text; never what an error said."""
    if output.output_type in ("display_data", "execute_result"):
        text = json.dumps(output | {"trusted": True}).replace("<", "\\u003c")
        kind = "application/vnd.voila.cell-output+json"
        return Markup('<div class="output"><script type="{}">{}</script></div>\n').format(
            kind,
            Markup(text),  # noqa: S704 - JSON without "<" cannot leave its element
        )
    if output.output_type == "stream" and output.name == "stdout":
        return Markup("<pre>{}</pre>\n").format(escape(output.text))
    return Markup("")


def failed_part(incident: str, language: str) -> Markup:
    """What the reader sees in the place of the cells that did not run."""
    return Markup('<div class="a87-incident" role="alert"><h1>{}</h1><p>{}</p></div>\n').format(
        say("serving.failed", language), sentence(incident, language)
    )
