"""Errors that nobody foresaw: a number for the reader, the whole story for the log."""

from __future__ import annotations

import logging
import os
import secrets
import sys
import traceback
from datetime import UTC, datetime
from types import MethodType, TracebackType
from typing import Any

from a87lib.language import preferred, say
from a87lib.problems import Problems
from a87lib.serving.view import VARIABLE, language_of

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that is misread on the telephone

Raised = tuple[type[BaseException] | None, BaseException | None, TracebackType | None]


class Incident(Exception):
    """An error as a reader is told about it: its number is all it says."""


def number() -> str:
    """A new incident number: the day in UTC and six signs, such as 20260501-7KQ2MX."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(6))
    return f"{datetime.now(UTC):%Y%m%d}-{signs}"


def sentence(incident: str, language: str) -> str:
    """What a reader is told about the incident."""
    return say("serving.incident", language, incident=incident)


def install(shell: Any) -> None:
    """Makes this kernel tell readers a number instead of a traceback, in cells and in callbacks.

    shell: the kernel's InteractiveShell. The traceback goes to standard error of the process, which
    is the server's log.
    """

    def tell(shell: Any, exc_tuple: Raised | None = None, *_: Any, **__: Any) -> None:
        raised = sys.exc_info() if exc_tuple is None else exc_tuple
        language = language_of(os.environ.get(VARIABLE, ""), preferred())
        incident = number()
        _log(incident, raised)
        text = sentence(incident, language)
        shell._showtraceback(Incident, Incident(incident), [text])

    logging.getLogger("Comm").addFilter(
        # ipykernel says so of every channel that a page opens, just before it opens it.
        lambda record: not str(record.msg).startswith("No such comm:")
    )
    shell.showtraceback = MethodType(tell, shell)
    shell.showsyntaxerror = MethodType(lambda shell, *_, **__: tell(shell), shell)


def _log_file() -> int:
    """The server's log: standard error as it was before ipykernel began to send it to pages."""
    return getattr(sys.stderr, "_original_stdstream_copy", None) or 2


def _log(incident: str, raised: Raised) -> None:
    kind, error, trace = raised
    lines = ["".join(traceback.format_exception(kind, error, trace)).rstrip()]
    if isinstance(error, Problems):
        lines += [str(problem) for problem in error.problems]
    told = "\n".join(lines).replace("\n", f"\n[{incident}] ")
    os.write(
        _log_file(),
        f"[{incident}] kernel {os.getpid()}: {told}\n".encode(errors="backslashreplace"),
    )
